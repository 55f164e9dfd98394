// Logical lines: the tokens from one NEWLINE (or lone comment or blank line) to the next, and the
// text that pycodestyle builds of them (strings muted to "xxx", comments left out, line ends
// between tokens made a blank or nothing). And physical lines in the order in which pycodestyle
// looks at them.
//
// Source: pycodestyle 2.5.0, class Checker, run by CPython 3.7.

#ifndef ASYNCLINT_PYTHON_LOGICAL_H
#define ASYNCLINT_PYTHON_LOGICAL_H

#include "base/vec.h"
#include "python/tokens.h"

// One look at a physical line. Lines that only go on behind a backslash and the rest of a file that
// cannot be tokenized get none; some get two.
typedef struct PhysicalLine {
    uint32_t start, end; // the text with its line end; empty where a last line has none
    uint32_t row;        // 1-based: where its findings are shown
    uint32_t mixed;      // where its indentation has another character than indent_char, from its
                         // start; UINT32_MAX where it has none
    char indent_char;    // what the file indents with as far as it is read; 0 where nothing was
    bool in_string;      // the string goes on behind it
    bool is_repeated;    // the look before was at this row, too
    bool noqa;           // pycodestyle does not look here: it is in a string with `# noqa`
    uint32_t noqa_start, noqa_end; // where a `# noqa` for it stands, if there is one
} PhysicalLine;

// What there is in a line, for checks that need not look further without it. A line with an
// ERRORTOKEN has all of them, and all words and kinds.
typedef enum LineTrait {
    TRAIT_WIDE_GAP = 1,        // more than one blank, or another than a space, between two tokens
    TRAIT_GAP_INSIDE = 2,      // a blank behind an opening bracket or before a closing one , ; :
    TRAIT_NO_GAP_BEHIND = 4,   // no blank behind , ; :
    TRAIT_GAP_BEFORE_OPEN = 8, // a blank or line end before ( or [
    TRAIT_ASSIGN_INSIDE = 16,  // `=` in brackets, or behind some
    TRAIT_BACKSLASH = 32,      // a backslash at a line's end, outside of strings
    TRAIT_ONE_LETTER = 64,     // a name of one letter: l, O or I
} LineTrait;

// Whether the tokens of a line are CPython's; filled by line_is_certain() (rule/layout.h).
typedef enum Certainty { CERTAINTY_UNKNOWN, CERTAINTY_GIVEN, CERTAINTY_MISSING } Certainty;

typedef struct LogicalPart {
    uint32_t logical; // byte offset into `text`: where the token's text ends
    uint32_t token;   // index into `tokens`
} LogicalPart;

typedef struct LogicalLine {
    const Token *tokens; // a slice of Tokens.at
    uint32_t token_count;
    uint32_t first;               // the first token that is no NEWLINE, NL, INDENT or DEDENT
    Str text;                     // without indentation and comments; empty for a comment line
    uint32_t previous;            // how many lines before it the nearest one with a text is, or 0
    uint32_t previous_unindented; // the same for one at level 0
    uint32_t indent_level;        // columns, tabs expanded to multiples of eight
    uint32_t blank_lines;         // directly before it
    uint32_t blank_before;        // before the comments that stand before it
    uint32_t row;                 // 1-based: the last physical line read for it
    uint64_t words[2];            // the TokenWords in it, as bits
    uint16_t kinds;               // the TokenKinds in it, as bits
    uint8_t traits;               // LineTraits
    char indent_char;             // as in PhysicalLine
    bool noqa;                    // one of its comments has `# noqa`
    uint8_t certainty;            // Certainty
    LogicalPart *parts;           // made on demand by logical_spot()
    uint32_t part_count;
} LogicalLine;

typedef struct LogicalLines {
    VEC(LogicalLine) lines;
    VEC(PhysicalLine) physical;
    char *texts; // of those lines whose text is not the file's
    size_t texts_size;
} LogicalLines;

// A line with mixed indentation changes indent_char for those behind it where `moves_indent_char`.
void logical_lines_build(LogicalLines *self, Arena *arena, const Lines *lines, const Tokens *tokens,
                         bool moves_indent_char);

// Nobody looks at them any more: their memory is for what comes next.
void logical_lines_give_back(LogicalLines *self, Arena *arena);

// A place by rows and columns: row 1-based; column 0-based in code points, which may lie behind the
// row's end or, before a string over several lines, below zero.
typedef struct RowColumn {
    uint32_t row;
    int32_t column;
} RowColumn;

// The place of byte `offset`, which stands on line `line` (0-based) or is the end of its line end.
RowColumn line_place(const Lines *lines, uint32_t line, uint32_t offset);

// The byte at that place or the one next to it on the same row.
uint32_t place_offset(const Lines *lines, RowColumn place);

typedef struct Spot {
    uint32_t offset;   // into the file's text
    bool is_elsewhere; // shown at `place`, not where `offset` is
    RowColumn place;
} Spot;

// Where pycodestyle shows byte `offset` of the line's text.
Spot logical_spot(const LogicalLine *self, Arena *arena, const Lines *lines, uint32_t offset);

// The text of the nearest line before that has one; empty where there is none.
static inline Str line_previous_text(const LogicalLine *self) {
    return self->previous == 0 ? (Str){0} : (self - self->previous)->text;
}

// The indentation of that line.
static inline uint32_t line_previous_indent(const LogicalLine *self) {
    return self->previous == 0 ? 0 : (self - self->previous)->indent_level;
}

// The text of the nearest line before at level 0 that has one; empty where there is none.
static inline Str line_previous_unindented_text(const LogicalLine *self) {
    return self->previous_unindented == 0 ? (Str){0} : (self - self->previous_unindented)->text;
}

static inline bool line_has_word(const LogicalLine *self, TokenWord word) {
    return (self->words[word >> 6] >> (word & 63) & 1) != 0;
}

static inline bool line_has_kind(const LogicalLine *self, TokenKind kind) {
    return (self->kinds >> kind & 1) != 0;
}

static inline bool line_has_trait(const LogicalLine *self, LineTrait trait) {
    return (self->traits & trait) != 0;
}

// The name is one letter: l, O or I.
bool token_is_ambiguous(const Lines *lines, const Token *token);

// NEWLINE, NL, INDENT or DEDENT.
static inline bool token_is_skipped(const Token *token) {
    return token->kind == TOKEN_NEWLINE || token->kind == TOKEN_NL || token->kind == TOKEN_INDENT ||
           token->kind == TOKEN_DEDENT;
}

// The physical lines that tokenize calls the token's line: all that a string stands on, but not the
// last one that an unfinished string stands on; nothing for what stands behind the file's end.
Str token_line(const Lines *lines, const Token *token);

// pycodestyle's expand_indent(): the columns of the blanks that `text` begins with, tabs expanded.
// In a line of blanks alone the line end is one of them, unless there are tabs.
uint32_t expand_indent(Str text);
uint32_t line_indent(const Lines *lines, uint32_t line);

// pycodestyle's `# no(?:qa|pep8)\b`, in any case.
bool has_noqa(Str text);

#endif
