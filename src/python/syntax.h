// The syntax tree of a file, as one flat array in document order.
//
// tree-sitter's tree is walked once and copied: a node is 20 bytes, parent, first child and next
// sibling are additions, and a subtree is a slice of the array. A rule that looks at every call
// runs over an array; nobody needs a cursor, a stack or recursion.

#ifndef ASYNCLINT_PYTHON_SYNTAX_H
#define ASYNCLINT_PYTHON_SYNTAX_H

#include "base/arena.h"
#include "base/str.h"

typedef enum NodeKind {
    NODE_SKIPPED, // a node that is not kept
    NODE_ERROR,
    NODE_ASYNC, // the keyword, in function_definition, for_statement, with_statement, for_in_clause
    NODE_FROM,  // the keyword, in `yield from`
    NODE_OPERATOR, // of a binary, boolean, unary, comparison or augmented form; `*` of `except*`
#define KIND(suffix, name) NODE_##suffix,
#include "python/node_kinds.def"
#undef KIND
    NODE_KIND_COUNT
} NodeKind;

typedef enum NodeField {
    FIELD_NONE,
#define FIELD(suffix, name) FIELD_##suffix,
#include "python/node_fields.def"
#undef FIELD
    FIELD_COUNT
} NodeField;

typedef struct Node {
    uint32_t start, end; // byte offsets into the text
    uint32_t up;         // how far before this node its parent stands; 0 for the root
    uint32_t size;       // nodes in this subtree, this one included
    uint8_t kind;        // NodeKind
    uint8_t field;       // NodeField: what it is to its parent
    bool is_missing;     // put in by the parser where the text has nothing
} Node;

typedef struct Tree {
    Node *nodes; // the first one is the module; NULL where the file was not parsed
    uint32_t count;
    bool has_error; // some node is NODE_ERROR or missing
    // Nodes nest more than MOST_TREE_DEPTH deep, at `too_deep_offset`: nothing is kept.
    bool is_too_deep;
    uint32_t too_deep_offset;
} Tree;

// CPython's compiler gives up at 740 to 10000 levels, as version and construct may be. The limit
// keeps walks upward from making long chains quadratic.
enum { MOST_TREE_DEPTH = 3000 };

// Parses `text` by tree-sitter and copies the tree into `arena`. The caller must have made sure
// that indentation is at most 100 levels deep and brackets at most 200 (the grammar's scanner is
// not safe beyond).
void tree_parse(Tree *self, Arena *arena, Str text);

// "function_definition" for NODE_FUNCTION_DEFINITION: the grammar's name.
const char *node_kind_name(NodeKind kind);

// ---- Going about. All of these are a few instructions; NULL where there is none. ----

static inline const Node *node_parent(const Node *node) {
    return node->up == 0 ? NULL : node - node->up;
}

// One past the last node of the subtree.
static inline const Node *node_end(const Node *node) {
    return node + node->size;
}

static inline const Node *node_first_child(const Node *node) {
    return node->size > 1 ? node + 1 : NULL;
}

static inline const Node *node_next_sibling(const Node *node) {
    const Node *next = node_end(node);
    return node->up != 0 && next < node_end(node - node->up) ? next : NULL;
}

static inline bool node_is_inside(const Node *node, const Node *outer) {
    return node >= outer && node < node_end(outer);
}

#define for_each_child(child, node)                                                                \
    for (const Node *child = (node) + 1; child < node_end(node); child += child->size)

// Every node of the subtree but its root, in document order.
#define for_each_descendant(inner, node)                                                           \
    for (const Node *inner = (node) + 1; inner < node_end(node); inner++)

// The first child with that field, or of that kind.
const Node *node_child(const Node *node, NodeField field);
const Node *node_child_of_kind(const Node *node, NodeKind kind);

// The nearest node above `node` (not itself) of that kind.
const Node *node_ancestor(const Node *node, NodeKind kind);

// The number of children.
uint32_t node_child_count(const Node *node);

// The node inside any number of parentheses.
const Node *node_unparenthesized(const Node *node);

#endif
