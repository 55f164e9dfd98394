// Plain primaries: `self.lock.acquire`, `open(path, mode="rb").read()`, `"a" "b"`, `rows[0].name`.
//
// primary:  atom trailer*                      (language reference, 6.3)
// atom:     a name | True | False | None | a number | plain strings side by side
// trailer:  "." name | "(" [argument ("," argument)* [","]] ")" | "[" value "]"
// argument: [name "="] value | "*" name | "**" name
// value:    primary | display
// display:  a list, tuple, set, dictionary of values, or one value in parentheses

#ifndef ASYNCLINT_PYTHON_PRIMARIES_H
#define ASYNCLINT_PYTHON_PRIMARIES_H

#include "base/vec.h"
#include "python/syntax.h"

struct PrimaryFrame;

typedef struct Primaries {
    Arena *arena;
    const Lines *lines;
    const Token *tokens;
    uint32_t count;
    uint32_t *close; // an opening bracket → the closing one, where what is between is plain
    VEC(uint32_t) trailers; // tokens: ".", "(" or "["
    VEC(struct PrimaryFrame) frames;
    VEC(Node) nodes;
    uint32_t depth; // the most levels of nodes since it was set to 0
    bool has_error; // one of the tokens is an error
} Primaries;

enum { NO_TOKEN = UINT32_MAX };

// Looks at all brackets. Those must be at most 200 levels deep.
void primaries_init(Primaries *self, Arena *arena, const Lines *lines, const Tokens *tokens);

// The next token that the grammar sees. A text ends with TOKEN_END, which is its own next one.
uint32_t primaries_next(const Primaries *self, uint32_t token);

// Whether an operand ends with the token, so that a bracket behind it is a trailer.
bool token_is_operand(const Token *token);

// Whether the name is a statement's, too: `exec`, `match`, `case`.
bool names_statement(Str name);

// The last token of the longest plain primary that starts with token `first`, or NO_TOKEN. With
// `subscripts` false it ends before a "[".
uint32_t primary_end(Primaries *self, uint32_t first, bool subscripts);

// The same for a value.
uint32_t value_end(Primaries *self, uint32_t first);

// Appends the nodes of the value that starts with token `first` and has an end, below the node
// `parent` (its own index for none) and `level` nodes deep.
void add_value(Primaries *self, uint32_t first, bool subscripts, NodeField field, uint32_t parent,
               uint32_t level);

// Appends one node from token `first` to token `last`; its index.
uint32_t add_node(Primaries *self, NodeKind kind, NodeField field, uint32_t first, uint32_t last,
                  uint32_t parent);

static inline bool primaries_is_word(const Primaries *self, uint32_t token, TokenWord word) {
    return self->tokens[token].word == word;
}

// Says that nodes are `depth` levels deep, or may be.
static inline void primaries_note_depth(Primaries *self, uint32_t depth) {
    if (depth > self->depth) self->depth = depth;
}

// All nodes since are inside the node, which ends with token `last`.
void close_node(Primaries *self, uint32_t node, uint32_t last);

#endif
