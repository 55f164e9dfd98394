#include "facts/attributes.h"

#include "base/map.h"
#include "base/vec.h"
#include "facts/definitions.h"

enum { NONE = UINT32_MAX };

struct AttributeFacts {
    VEC(Attribute) all;
    Map firsts; // "offset of the class.name" to the first one
};

// The class's offset, as four bytes, and the name.
static Str key_of(const File *file, const Node *class, Str name) {
    return str_join(file->arena, (Str){(const char *)&class->start, sizeof class->start}, name);
}

static void add_attribute(File *file, const Node *class, const Node *name, const Node *target) {
    AttributeFacts *self = file->attributes;
    const Node *parent = node_parent(target);
    bool is_assigned = parent->kind == NODE_ASSIGNMENT;
    Attribute attribute = {.name = node_text(file, name),
                           .class = class,
                           .value = is_assigned ? assigned_value(parent) : NULL,
                           .annotation = is_assigned ? node_child(parent, FIELD_TYPE) : NULL,
                           .target = target,
                           .next = NONE};
    uint32_t index = self->all.len;
    uint32_t first =
        map_get_or_put(file->arena, &self->firsts, key_of(file, class, attribute.name), index);
    vec_push(file->arena, &self->all, attribute);
    if (first == index) return;
    // Behind the first one: the order among the others does not matter.
    self->all.at[index].next = self->all.at[first].next;
    self->all.at[first].next = index;
}

// Whether `node` stands where something is assigned, looped into, entered as or deleted.
static bool is_target(const Node *node) {
    const Node *parent = node_parent(node);
    switch (parent->kind) {
    case NODE_PATTERN_LIST:
    case NODE_TUPLE_PATTERN:
    case NODE_LIST_PATTERN:
    case NODE_LIST_SPLAT_PATTERN:
    case NODE_AS_PATTERN_TARGET: return true;
    case NODE_DELETE_STATEMENT: return false;
    default: return node->field == FIELD_LEFT;
    }
}

static void note_self_attribute(File *file, const Node *node) {
    const Node *name = node_child(node, FIELD_ATTRIBUTE);
    if (name == NULL || !is_target(node)) return;
    bool is_class;
    const Node *class = class_of_self_attribute(file, node, &is_class);
    if (class != NULL) add_attribute(file, class, name, node);
}

static void note_class_variable(File *file, const Node *node) {
    const Node *left = node_child(node, FIELD_LEFT);
    if (left == NULL || left->kind != NODE_IDENTIFIER) return;
    const Scope *scope = scope_of(file, node);
    if (scope->kind == SCOPE_CLASS) add_attribute(file, scope->node, left, left);
}

static const AttributeFacts *attributes_of(File *file) {
    if (file->attributes != NULL) return file->attributes;
    file->attributes = arena_new(file->arena, AttributeFacts);
    for (uint32_t i = 0; i < file->tree.count; i++) {
        const Node *node = &file->tree.nodes[i];
        if (node->kind == NODE_ATTRIBUTE) note_self_attribute(file, node);
        if (node->kind == NODE_ASSIGNMENT) note_class_variable(file, node);
    }
    return file->attributes;
}

Attributes class_attributes(File *file) {
    const AttributeFacts *self = attributes_of(file);
    return (Attributes){self->all.at, self->all.len};
}

const Attribute *class_attribute(File *file, const Node *class, Str name) {
    const AttributeFacts *self = attributes_of(file);
    uint32_t index = map_get(&self->firsts, key_of(file, class, name));
    return index == MAP_NONE ? NULL : &self->all.at[index];
}

const Attribute *attribute_after(File *file, const Attribute *attribute) {
    return attribute->next == NONE ? NULL : &attributes_of(file)->all.at[attribute->next];
}
