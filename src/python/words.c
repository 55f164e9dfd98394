#include "python/words.h"

static const Str words[] = {
    {"", 0},
#define OPERATOR(suffix, text) {text, sizeof(text) - 1},
#define KEYWORD(suffix, text)  {text, sizeof(text) - 1},
#include "python/words.def"
#undef OPERATOR
#undef KEYWORD
};

Str token_word_text(TokenWord word) {
    return words[word];
}

// The keywords that begin with a letter, as a range of words[]: they are sorted.
typedef struct WordRange {
    uint8_t first, end;
} WordRange;

static const WordRange keywords_by_letter[128] = {
    ['F'] = {KEYWORD_FALSE, KEYWORD_FALSE + 1},  ['N'] = {KEYWORD_NONE, KEYWORD_NONE + 1},
    ['T'] = {KEYWORD_TRUE, KEYWORD_TRUE + 1},    ['a'] = {KEYWORD_AND, KEYWORD_AWAIT + 1},
    ['b'] = {KEYWORD_BREAK, KEYWORD_BREAK + 1},  ['c'] = {KEYWORD_CLASS, KEYWORD_CONTINUE + 1},
    ['d'] = {KEYWORD_DEF, KEYWORD_DEL + 1},      ['e'] = {KEYWORD_ELIF, KEYWORD_EXCEPT + 1},
    ['f'] = {KEYWORD_FINALLY, KEYWORD_FROM + 1}, ['g'] = {KEYWORD_GLOBAL, KEYWORD_GLOBAL + 1},
    ['i'] = {KEYWORD_IF, KEYWORD_IS + 1},        ['l'] = {KEYWORD_LAMBDA, KEYWORD_LAMBDA + 1},
    ['n'] = {KEYWORD_NONLOCAL, KEYWORD_NOT + 1}, ['o'] = {KEYWORD_OR, KEYWORD_OR + 1},
    ['p'] = {KEYWORD_PASS, KEYWORD_PRINT + 1},   ['r'] = {KEYWORD_RAISE, KEYWORD_RETURN + 1},
    ['t'] = {KEYWORD_TRY, KEYWORD_TRY + 1},      ['w'] = {KEYWORD_WHILE, KEYWORD_WITH + 1},
    ['y'] = {KEYWORD_YIELD, KEYWORD_YIELD + 1}};

TokenWord keyword_of(Str name) {
    if (name.len < 2 || name.len > 8) return WORD_NONE;
    unsigned char letter = (unsigned char)name.at[0];
    if (letter >= 128) return WORD_NONE;
    WordRange range = keywords_by_letter[letter];
    for (uint8_t word = range.first; word < range.end; word++)
        if (words[word].len == name.len && words[word].at[1] == name.at[1] &&
            memcmp(words[word].at, name.at, name.len) == 0)
            return word;
    return WORD_NONE;
}

typedef struct OperatorForms {
    uint8_t alone, doubled, assign, doubled_assign; // TokenWord; 0 where there is no such form
} OperatorForms;

static const OperatorForms operator_forms[128] = {
    ['('] = {.alone = OP_LEFT_PAREN},
    [')'] = {.alone = OP_RIGHT_PAREN},
    ['['] = {.alone = OP_LEFT_BRACKET},
    [']'] = {.alone = OP_RIGHT_BRACKET},
    ['{'] = {.alone = OP_LEFT_BRACE},
    ['}'] = {.alone = OP_RIGHT_BRACE},
    [','] = {.alone = OP_COMMA},
    [':'] = {.alone = OP_COLON},
    [';'] = {.alone = OP_SEMICOLON},
    ['~'] = {.alone = OP_TILDE},
    ['@'] = {.alone = OP_AT, .assign = OP_AT_ASSIGN},
    ['='] = {.alone = OP_ASSIGN, .assign = OP_EQUAL},
    ['!'] = {.assign = OP_NOT_EQUAL},
    ['<'] = {OP_LESS, OP_LEFT_SHIFT, OP_LESS_EQUAL, OP_LEFT_SHIFT_ASSIGN},
    ['>'] = {OP_GREATER, OP_RIGHT_SHIFT, OP_GREATER_EQUAL, OP_RIGHT_SHIFT_ASSIGN},
    ['*'] = {OP_STAR, OP_POWER, OP_STAR_ASSIGN, OP_POWER_ASSIGN},
    ['/'] = {OP_SLASH, OP_FLOOR, OP_SLASH_ASSIGN, OP_FLOOR_ASSIGN},
    ['+'] = {.alone = OP_PLUS, .assign = OP_PLUS_ASSIGN},
    ['-'] = {.alone = OP_MINUS, .assign = OP_MINUS_ASSIGN},
    ['%'] = {.alone = OP_PERCENT, .assign = OP_PERCENT_ASSIGN},
    ['&'] = {.alone = OP_AND, .assign = OP_AND_ASSIGN},
    ['|'] = {.alone = OP_OR, .assign = OP_OR_ASSIGN},
    ['^'] = {.alone = OP_XOR, .assign = OP_XOR_ASSIGN}};

TokenWord operator_of(Str text, bool walrus) {
    unsigned char first = (unsigned char)text.at[0];
    if (first >= 128) return WORD_NONE;
    char second = str_byte(text, 1);
    OperatorForms forms = operator_forms[first];
    if (first == '-' && second == '>') return OP_ARROW;
    if (first == ':' && second == '=' && walrus) return OP_WALRUS;
    if (forms.doubled != 0 && second == text.at[0])
        return str_byte(text, 2) == '=' ? forms.doubled_assign : forms.doubled;
    return forms.assign != 0 && second == '=' ? forms.assign : forms.alone;
}
