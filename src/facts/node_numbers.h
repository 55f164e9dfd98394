// Numbers for the nodes that have a variable or whose value can have a name: two in five. Tables
// about them have a place for each number instead of one for each node.

#ifndef ASYNCLINT_FACTS_NODE_NUMBERS_H
#define ASYNCLINT_FACTS_NODE_NUMBERS_H

#include "facts/file.h"

// Whether nodes of that kind have numbers: identifiers, and what facts/names.c can make a name of.
bool has_number(NodeKind kind);

struct NodeNumbers {
    uint32_t count;
    // The numbers given before each 256 nodes, and inside of these before each node.
    const uint32_t *before;
    const uint8_t *within;
};

// In the file's arena, made on first demand.
const NodeNumbers *node_numbers(File *file);

// From 0, in document order. `node` is of a kind that has numbers.
static inline uint32_t node_number(const NodeNumbers *self, const File *file, const Node *node) {
    uint32_t index = (uint32_t)(node - file->tree.nodes);
    return self->before[index / 256] + self->within[index];
}

#endif
