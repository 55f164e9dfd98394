// What Python's str methods and regular expressions say about a code point.
//
// Source: CPython 3.7 (Unicode 11.0); the tables are made by unicode_tables.py.

#ifndef ASYNCLINT_PYTHON_UNICODE_H
#define ASYNCLINT_PYTHON_UNICODE_H

#include "base/str.h"

bool unicode_is_space(uint32_t point);            // str.isspace(), \s
bool unicode_is_word(uint32_t point);             // \w
bool unicode_is_identifier_start(uint32_t point); // may begin an identifier
bool unicode_is_identifier_part(uint32_t point);  // may follow in an identifier

// str.isidentifier() of valid UTF-8.
bool unicode_is_identifier(Str s);

// str.strip(), str.lstrip() and str.rstrip() of valid UTF-8.
Str unicode_trim(Str s);
Str unicode_trim_start(Str s);
Str unicode_trim_end(Str s);

static inline Str unicode_leading_space(Str s) {
    return str_slice(s, 0, s.len - unicode_trim_start(s).len);
}

static inline bool unicode_is_blank(Str s) {
    return unicode_trim_start(s).len == 0;
}

#endif
