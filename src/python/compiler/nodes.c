#include "python/compiler/nodes.h"

void surround_last(NodeMaker *self, NodeKind kind) {
    if (self->nodes.len == 0) return;
    Node inner = *last_node(self);
    add_node(self, kind, mark_before_last(self), inner.start, inner.end);
}

uint32_t count_long_stars(const NodeMaker *self) {
    uint32_t count = 0, root = self->nodes.len - 1;
    uint32_t mark = self->nodes.len - self->nodes.at[root].size;
    for (uint32_t i = root; i > mark; i -= self->nodes.at[i - 1].size)
        count += self->nodes.at[i - 1].kind == NODE_LIST_SPLAT && self->nodes.at[i - 1].size > 2;
    return count;
}

// ---- Operations ----

static NodeField last_field(NodeKind kind) {
    switch (kind) {
    case NODE_ASSIGNMENT:
    case NODE_AUGMENTED_ASSIGNMENT:
    case NODE_BINARY_OPERATOR:
    case NODE_BOOLEAN_OPERATOR: return FIELD_RIGHT;
    case NODE_NOT_OPERATOR:
    case NODE_UNARY_OPERATOR: return FIELD_ARGUMENT;
    default: return FIELD_NONE;
    }
}

static NodeField first_field(NodeKind kind) {
    bool has_sides = last_field(kind) == FIELD_RIGHT;
    return has_sides ? FIELD_LEFT : FIELD_NONE;
}

void begin_prefix(NodeMaker *self, NodeKind kind, Precedence precedence, uint32_t start) {
    vec_push(self->arena, &self->operations,
             (Operation){nodes_mark(self), start, (uint8_t)kind, (uint8_t)precedence});
}

void complete_operations(NodeMaker *self, uint32_t base, Precedence precedence) {
    while (self->operations.len > base) {
        Operation operation = vec_last(&self->operations);
        if (operation.precedence < precedence) return;
        self->operations.len--;
        if (self->nodes.len == 0) continue;
        if (operation.kind == NODE_UNION_TYPE) surround_last(self, NODE_TYPE);
        // The type of an annotation without a value has one.
        if (last_node(self)->field == FIELD_NONE) set_field(self, last_field(operation.kind));
        add_node(self, operation.kind, operation.mark, operation.start, last_node(self)->end);
    }
}

void begin_infix(NodeMaker *self, uint32_t base, NodeKind kind, Precedence precedence) {
    bool is_right = precedence == PRECEDENCE_POWER || precedence <= PRECEDENCE_CONDITIONAL;
    complete_operations(self, base, is_right ? precedence + 1 : precedence);
    if (self->nodes.len == 0) return;
    if (kind == NODE_UNION_TYPE)
        surround_last(self, NODE_TYPE);
    else
        self->is_unsure |= is_type_kind(last_kind(self));
    set_field(self, first_field(kind));
    vec_push(self->arena, &self->operations,
             (Operation){mark_before_last(self), last_node(self)->start, (uint8_t)kind,
                         (uint8_t)precedence});
}

// ---- Targets ----

static NodeKind pattern_kind(NodeKind kind) {
    switch (kind) {
    case NODE_EXPRESSION_LIST: return NODE_PATTERN_LIST;
    case NODE_LIST: return NODE_LIST_PATTERN;
    case NODE_LIST_SPLAT: return NODE_LIST_SPLAT_PATTERN;
    case NODE_PARENTHESIZED_EXPRESSION:
    case NODE_TUPLE: return NODE_TUPLE_PATTERN;
    default: return NODE_SKIPPED;
    }
}

void make_target(NodeMaker *self) {
    if (self->nodes.len == 0) return;
    uint32_t mark = mark_before_last(self);
    for (uint32_t i = self->nodes.len; i > mark;) {
        Node *node = &self->nodes.at[i - 1];
        NodeKind kind = pattern_kind(node->kind);
        if (kind == NODE_SKIPPED) {
            i -= node->size;
            continue;
        }
        node->kind = (uint8_t)kind;
        i--;
        bool is_star = kind == NODE_LIST_SPLAT_PATTERN;
        if (is_star && pattern_kind(self->nodes.at[i - 1].kind) != NODE_SKIPPED)
            self->is_unsure = true;
    }
}

NodeKind number_kind(Str number) {
    bool is_hexadecimal = number.len > 1 && (number.at[1] | 32) == 'x';
    for (uint32_t i = 0; i < number.len && !is_hexadecimal; i++)
        if (number.at[i] == '.' || (number.at[i] | 32) == 'e') return NODE_FLOAT;
    return NODE_INTEGER;
}

// ---- Document order ----

// What is not touched costs nothing, a copy costs its pages twice.
void begin_module(NodeMaker *self, uint32_t length, uint32_t expected) {
    vec_reserve(self->arena, &self->done, expected);
    vec_reserve(self->arena, &self->nodes, expected / 16); // of one statement of the module
    vec_push(self->arena, &self->done,
             (Node){.start = 0, .end = length, .size = 1, .kind = NODE_MODULE});
}

// Backwards, every node comes behind its parent and before the siblings on its left, and ends where
// the one on its right begins.
void place_statement(NodeMaker *self) {
    vec_reserve(self->arena, &self->done, self->nodes.len);
    Node *done = self->done.at;
    uint32_t end = self->done.len += self->nodes.len, parent = 0, depth = 1;
    for (uint32_t i = self->nodes.len; i > 0; i--) {
        const Node *node = &self->nodes.at[i - 1];
        uint32_t at = end - node->size;
        done[at] = *node;
        done[at].up = at - parent;
        if (node->size > 1) {
            parent = at;
            self->is_unsure |= ++depth >= MOST_TREE_DEPTH;
            continue;
        }
        for (end = at; end == parent + 1 && parent > 0; depth--) {
            end = parent;
            parent -= done[parent].up;
        }
    }
    done[0].size = self->done.len;
    self->nodes.len = 0;
}
