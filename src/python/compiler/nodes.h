// The tree's nodes, made while the text is parsed: a node behind its children.
//
// So what is inside a node need not be known when its first part is read: `a.b` is an attribute
// once the dot is there, and a target once `=` is. A *mark* is the number of nodes made so far; all
// since then are what a new node is put around. The nodes are those that tree-sitter-python would
// make, its own ways with precedences included; `tests/differential/trees.py` says so.

#ifndef ASYNCLINT_PYTHON_COMPILER_NODES_H
#define ASYNCLINT_PYTHON_COMPILER_NODES_H

#include "base/vec.h"
#include "python/syntax.h"

// How tight an operator binds, after the grammar: `&` less than `^`, `await` less than `**`.
typedef enum Precedence {
    PRECEDENCE_NONE,
    PRECEDENCE_ASSIGNMENT,
    PRECEDENCE_CONDITIONAL,
    PRECEDENCE_UNION_TYPE,
    PRECEDENCE_OR,
    PRECEDENCE_AND,
    PRECEDENCE_NOT,
    PRECEDENCE_BAR,
    PRECEDENCE_AMPERSAND,
    PRECEDENCE_CARET,
    PRECEDENCE_SHIFT,
    PRECEDENCE_PLUS,
    PRECEDENCE_TIMES,
    PRECEDENCE_UNARY,
    PRECEDENCE_POWER,
    PRECEDENCE_HIGHEST,
} Precedence;

// One whose last operand is not complete.
typedef struct Operation {
    uint32_t mark, start;
    uint8_t kind; // NodeKind
    uint8_t precedence;
} Operation;

typedef struct NodeMaker {
    Arena *arena;
    VEC(Node) nodes; // of the module's statement that is being parsed
    VEC(Node) done;  // the module and the statements before, in document order
    VEC(Operation) operations;
    bool is_wanted; // somebody asked for the tree
    bool is_unsure; // the grammar may make other nodes of this text
} NodeMaker;

static inline uint32_t nodes_mark(const NodeMaker *self) {
    return self->nodes.len;
}

// The node that was made last; there must be one.
static inline Node *last_node(NodeMaker *self) {
    return &vec_last(&self->nodes);
}

// Its kind; NODE_SKIPPED for none.
static inline NodeKind last_kind(const NodeMaker *self) {
    return self->nodes.len == 0 ? NODE_SKIPPED : (NodeKind)vec_last(&self->nodes).kind;
}

// Whether nothing but a type is like that.
static inline bool is_type_kind(NodeKind kind) {
    return kind == NODE_GENERIC_TYPE || kind == NODE_UNION_TYPE;
}

// The mark before the node that was made last and what is inside it.
static inline uint32_t mark_before_last(NodeMaker *self) {
    return self->nodes.len - last_node(self)->size;
}

static inline void set_field(NodeMaker *self, NodeField field) {
    if (self->nodes.len > 0) last_node(self)->field = (uint8_t)field;
}

// A node from byte `start` to byte `end` around all since `mark`; without children where there are
// none.
static inline void add_node(NodeMaker *self, NodeKind kind, uint32_t mark, uint32_t start,
                            uint32_t end) {
    uint32_t size = self->nodes.len - mark + 1;
    vec_push(self->arena, &self->nodes,
             (Node){.start = start, .end = end, .size = size, .kind = (uint8_t)kind});
}

static inline void add_leaf(NodeMaker *self, NodeKind kind, NodeField field, uint32_t start,
                            uint32_t end) {
    add_node(self, kind, self->nodes.len, start, end);
    last_node(self)->field = (uint8_t)field;
}

// How many children of the node that was made last are stars before more than a name.
uint32_t count_long_stars(const NodeMaker *self);

// The grammar reads `a if b else (c as d)`: says so where such a thing was made last.
static inline void note_loose_value(NodeMaker *self) {
    NodeKind kind = last_kind(self);
    self->is_unsure |= kind == NODE_CONDITIONAL_EXPRESSION || kind == NODE_LAMBDA;
}

// A node around the one that was made last, with the same span.
void surround_last(NodeMaker *self, NodeKind kind);

// Begins an operation whose operands come later.
void begin_prefix(NodeMaker *self, NodeKind kind, Precedence precedence, uint32_t start);

// Begins one whose first operand was made last; completes those since `base` that bind tighter, or
// as tight and to the left.
void begin_infix(NodeMaker *self, uint32_t base, NodeKind kind, Precedence precedence);

// Completes the operations since `base` that bind at least as tight.
void complete_operations(NodeMaker *self, uint32_t base, Precedence precedence);

// What was made last turns out to be a target: tuples, lists and stars are patterns.
void make_target(NodeMaker *self);

// The kind of a number, which may be complex.
NodeKind number_kind(Str number);

// Begins a tree of a text of that many bytes, with room for the nodes that are expected, and puts
// the module's next statement into it. One that nests deeper than a tree may is none of this
// parser's.
void begin_module(NodeMaker *self, uint32_t length, uint32_t expected);

void place_statement(NodeMaker *self);

#endif
