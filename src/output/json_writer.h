// Writes JSON as it comes: indented by two blanks, UTF-8, nothing but ASCII controls escaped.
//
//     Json json = {.out = &out};
//     json_begin(&json, '{');
//     json_add_key(&json, "row");
//     json_add_number(&json, 1);
//     json_end(&json, '}');
//
// Commas and line ends are the writer's business. The caller pairs begin with end, and gives every
// value in an object a key.

#ifndef ASYNCLINT_OUTPUT_JSON_WRITER_H
#define ASYNCLINT_OUTPUT_JSON_WRITER_H

#include "base/buf.h"

typedef struct Json {
    Buf *out;
    uint32_t depth;   // open arrays and objects
    bool has_before;  // a value stands before this one in the same array or object
    bool follows_key; // the next value belongs on the key's line
} Json;

void json_begin(Json *self, char bracket); // '[' or '{'
void json_end(Json *self, char bracket);   // ']' or '}'
void json_add_key(Json *self, const char *key);

// Any bytes: what is not UTF-8 becomes U+FFFD, so that the result is always JSON.
void json_add_string(Json *self, Str text);
void json_add_number(Json *self, uint64_t number);
void json_add_bool(Json *self, bool value);
void json_add_null(Json *self);

#endif
