#include "facts/node_numbers.h"

bool has_number(NodeKind kind) {
    static const bool numbered[NODE_KIND_COUNT] = {
        [NODE_IDENTIFIER] = true,
        [NODE_ATTRIBUTE] = true,
        [NODE_CALL] = true,
        [NODE_AWAIT] = true,
        [NODE_NAMED_EXPRESSION] = true,
        [NODE_CONDITIONAL_EXPRESSION] = true,
        [NODE_BINARY_OPERATOR] = true,
        [NODE_LAMBDA] = true,
    };
    return numbered[kind];
}

const NodeNumbers *node_numbers(File *file) {
    if (file->node_numbers != NULL) return file->node_numbers;
    uint32_t count = file->tree.count, given = 0;
    uint32_t *before = arena_alloc_raw(file->arena, sizeof(uint32_t) * (count / 256 + 1), 4);
    uint8_t *within = arena_alloc_raw(file->arena, count, 1);
    for (uint32_t i = 0, first = 0; i < count; i++) {
        if (i % 256 == 0) before[i / 256] = first = given;
        within[i] = (uint8_t)(given - first);
        given += has_number(file->tree.nodes[i].kind);
    }
    NodeNumbers *self = arena_new(file->arena, NodeNumbers);
    *self = (NodeNumbers){.count = given, .before = before, .within = within};
    file->node_numbers = self;
    return self;
}
