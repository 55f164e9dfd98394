// What CPython's compile() refuses, for every version at once.
//
// tree-sitter makes a tree of any text, and is neither as strict nor as lenient as the language.
// Whether a file *is* Python is decided here, by a parser of its own over the compiler's own kind
// of tokens (f-strings opened up, numbers and escapes checked), followed by the checks that the
// compiler makes after parsing. On its way it makes the tree of what it understands (nodes.h).

#ifndef ASYNCLINT_PYTHON_COMPILER_REFUSALS_H
#define ASYNCLINT_PYTHON_COMPILER_REFUSALS_H

#include "base/vec.h"
#include "python/syntax.h"
#include "python/tokens.h"

typedef enum RefusalKind {
    REFUSED_SYNTAX,
    REFUSED_INDENTATION, // IndentationError, TabError
    REFUSED_DEPTH,       // 100 blocks, 200 brackets
    REFUSED_MEANING,     // grammatical, and refused when names, targets and places are looked at
    REFUSED_AWAIT,       // await and its kin outside a coroutine
    REFUSED_YIELD_FROM,  // in a coroutine
    REFUSED_ASYNC,       // return with a value in an async generator, misplaced comprehension
    REFUSED_OLD,         // newer syntax: understood from version `before` on
} RefusalKind;

enum { ANY_VERSION = 0, NO_VERSION = 9999 };

typedef struct Refusal {
    uint32_t start, end; // byte offsets into the text
    uint8_t kind;        // RefusalKind
    // Versions `from` <= v < `before` refuse; counted as 307 for 3.7.
    uint16_t from, before;
    Str message; // REFUSED_OLD: what the construct is called
} Refusal;

typedef struct Refusals {
    VEC(Refusal) list; // in the order found: one that ends the parse comes last of its kind
} Refusals;

// Checks `text` (UTF-8 without byte order mark), and makes the tree that tree-sitter-python would
// make of it; `tree` is NULL where nobody wants that. It has no nodes where the text is no Python
// or may be something else for the grammar. Everything is allocated in `arena`. What `tokens` say
// of the text need not be found out again: those of all of it, which is ASCII, with lines as
// lines_scan() cuts them; or NULL.
void compiler_check(Refusals *self, Tree *tree, Arena *arena, Str text, const Tokens *tokens);

#endif
