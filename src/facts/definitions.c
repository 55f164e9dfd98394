#include "facts/definitions.h"

#include "base/buf.h"
#include "facts/functions.h"

const Node *decorated_around(const Node *definition) {
    const Node *parent = node_parent(definition);
    return parent != NULL && parent->kind == NODE_DECORATED_DEFINITION ? parent : NULL;
}

const Node *class_around(const Node *definition) {
    const Node *decorated = decorated_around(definition);
    const Node *block = node_parent(decorated == NULL ? definition : decorated);
    const Node *class = block == NULL ? NULL : node_parent(block);
    bool is_body =
        class != NULL && class->kind == NODE_CLASS_DEFINITION && block->field == FIELD_BODY;
    return is_body ? class : NULL;
}

static Str name_in_qualname(const File *file, const Node *definition) {
    if (definition->kind == NODE_LAMBDA)
        return str_format(file->arena, "<lambda>@%u", definition->start);
    const Node *name = node_child(definition, FIELD_NAME);
    return name == NULL ? STR("?") : node_text(file, name);
}

static bool is_definition(NodeKind kind) {
    return kind == NODE_FUNCTION_DEFINITION || kind == NODE_CLASS_DEFINITION || kind == NODE_LAMBDA;
}

// Python refuses what is nested deeper; there the outermost names are left out.
enum { MOST_NESTED = 200 };

Str definition_qualname(File *file, const Node *definition) {
    const Node *outer[MOST_NESTED];
    uint32_t count = 0;
    for (const Node *node = definition, *above = node_parent(node);
         above != NULL && count < MOST_NESTED; node = above, above = node_parent(above))
        if (is_definition(above->kind) && node->field == FIELD_BODY) outer[count++] = above;
    if (count == 0) return name_in_qualname(file, definition);
    Buf name = {0};
    while (count-- > 0) {
        buf_add(&name, name_in_qualname(file, outer[count]));
        if (outer[count]->kind != NODE_CLASS_DEFINITION) buf_add(&name, STR(".<locals>"));
        buf_add_byte(&name, '.');
    }
    buf_add(&name, name_in_qualname(file, definition));
    Str kept = str_copy(file->arena, buf_str(&name));
    buf_release(&name);
    return kept;
}

static bool is_decorated_with(const File *file, const Node *definition, const char *text) {
    const Node *decorated = decorated_around(definition);
    if (decorated == NULL) return false;
    for_each_child(child, decorated) {
        if (child->kind == NODE_DECORATOR && child->size > 1 &&
            str_is(node_text(file, child + 1), text))
            return true;
    }
    return false;
}

static bool takes_the_class(const File *file, const Node *method) {
    static const char *const names[] = {"__new__", "__init_subclass__", "__class_getitem__"};
    return STR_IS_ONE_OF(own_name(file, method), names) ||
           is_decorated_with(file, method, "classmethod");
}

const Node *class_of_self(File *file, const Variable *variable, bool *is_class) {
    const Binding *binding = variable == NULL ? NULL : only_binding(variable);
    if (binding == NULL || binding->kind != BINDING_PARAMETER) return NULL;
    const Node *parameter = binding->name;
    if (node_parent(parameter)->kind == NODE_TYPED_PARAMETER) parameter = node_parent(parameter);
    const Node *parameters = node_parent(parameter);
    if (parameters->kind != NODE_PARAMETERS || parameter != parameters + 1) return NULL;
    const Node *method = node_parent(parameters);
    const Node *class = method == NULL ? NULL : class_around(method);
    if (class == NULL || is_decorated_with(file, method, "staticmethod")) return NULL;
    *is_class = takes_the_class(file, method);
    return class;
}

const Node *class_of_self_attribute(File *file, const Node *expression, bool *is_class) {
    if (expression->kind != NODE_ATTRIBUTE) return NULL;
    const Node *object = node_child(expression, FIELD_OBJECT);
    if (object == NULL || object->kind != NODE_IDENTIFIER) return NULL;
    return class_of_self(file, variable_of(file, object), is_class);
}
