// Where numbers end, as Python 3.7's tokenize.py has it.

#ifndef ASYNCLINT_PYTHON_NUMBERS_H
#define ASYNCLINT_PYTHON_NUMBERS_H

#include "base/str.h"

// The byte offset behind the number at `at`, a digit or a point before one. It ends with `text`.
uint32_t number_token_end(Str text, uint32_t at);

#endif
