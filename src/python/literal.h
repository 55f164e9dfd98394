// What a string literal says: its prefix, its quotes and the text that it stands for.

#ifndef ASYNCLINT_PYTHON_LITERAL_H
#define ASYNCLINT_PYTHON_LITERAL_H

#include "base/vec.h"
#include "python/syntax.h"

// One literal, without the neighbours that it is joined with. Offsets are bytes of the text.
typedef struct StringPart {
    uint32_t start, end;           // prefix and quotes included
    uint32_t body_start, body_end; // between the quotes
    char quote;                    // ' or "
    bool is_triple;
    bool is_raw, is_bytes, is_format, is_unicode; // by prefix
} StringPart;

// Reads the literal that is exactly text[start, end); false where that is none.
bool string_part_read(StringPart *self, Str text, uint32_t start, uint32_t end);

// Byte `value` of the text comes from byte `source` of the file; what follows goes along with it
// until the next step.
typedef struct StringStep {
    uint32_t value, source;
} StringStep;

// The text that a literal stands for, and where in the file each byte of it comes from.
typedef struct StringValue {
    Str text; // escapes read, line ends LF; UTF-8, or the bytes of a bytes literal. A lone
              // surrogate and a \N{name} are U+FFFD
    bool
        is_plain; // str and not a format string: then Python knows the text before the program runs
    VEC(StringStep) steps;
} StringValue;

// The value of `node` (NODE_STRING or NODE_CONCATENATED_STRING) in `arena`; of format strings the
// braces and what is in them stay as they are written.
StringValue string_value(Arena *arena, Str text, const Node *node);

// Where byte `offset` of the value stands in the file.
uint32_t string_value_source(const StringValue *self, uint32_t offset);

// Whether `node` is a literal, joined or not, that Python takes as a plain str.
bool is_plain_string(Str text, const Node *node);

#endif
