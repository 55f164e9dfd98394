// Keywords and operators: what a token says that is one of them.

#ifndef ASYNCLINT_PYTHON_WORDS_H
#define ASYNCLINT_PYTHON_WORDS_H

#include "base/str.h"

typedef enum TokenWord {
    WORD_NONE, // a name that is no keyword; any token but an operator and a name
#define OPERATOR(suffix, text) OP_##suffix,
#define KEYWORD(suffix, text)  KEYWORD_##suffix,
#include "python/words.def"
#undef OPERATOR
#undef KEYWORD
    WORD_COUNT
} TokenWord;

// The keyword that `name` is, or WORD_NONE.
TokenWord keyword_of(Str name);

// The longest operator that `text` begins with, but for those with a point; `:=` counts with
// `walrus`. WORD_NONE: none. `text` is not empty.
TokenWord operator_of(Str text, bool walrus);

// "(" for OP_LEFT_PAREN; "" for WORD_NONE. Ends with a NUL, which does not count.
Str token_word_text(TokenWord word);

#endif
