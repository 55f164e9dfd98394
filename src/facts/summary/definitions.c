// Functions, classes with their bases and attributes, and what the module's own names stand for.

#include "facts/summary/making.h"

// ---- Functions ----

static const Node *name_or_itself(const Node *definition) {
    const Node *name = node_child(definition, FIELD_NAME);
    return name == NULL ? definition : name;
}

static bool is_trivial_value(const Node *value) {
    return value == NULL || value->size == 1 || value->kind == NODE_STRING;
}

static bool is_trivial_statement(const Node *statement) {
    const Node *value = node_first_child(statement);
    switch (statement->kind) {
    case NODE_PASS_STATEMENT:
    case NODE_RAISE_STATEMENT: return true;
    case NODE_RETURN_STATEMENT:
        return value == NULL || (value->size == 1 && value->kind != NODE_IDENTIFIER);
    case NODE_EXPRESSION_STATEMENT:
        return is_trivial_value(value) && (value == NULL || value->kind != NODE_IDENTIFIER);
    default: return false;
    }
}

static bool is_trivial_body(const Node *function) {
    const Node *body = node_child(function, FIELD_BODY);
    if (body == NULL || body->kind != NODE_BLOCK) return false;
    for_each_child(statement, body) {
        if (!is_trivial_statement(statement)) return false;
    }
    return true;
}

static void add_decorators(Making *making, FunctionInfo *info, const Node *definition) {
    Summary *summary = making->summary;
    info->first_decorator = summary->decorators.len;
    const Node *decorated = decorated_around(definition);
    if (decorated == NULL) return;
    for_each_child(child, decorated) {
        if (child->kind != NODE_DECORATOR || child->size == 1) continue;
        NameId name = making_name(making, child + 1);
        vec_push(making->arena, &summary->decorators, name);
        if (str_ends_with(summary->names.at[name], STR("abstractmethod")))
            info->flags |= FUNCTION_ABSTRACT;
        info->decorator_count++;
    }
}

static uint32_t class_index(const Making *making, const Node *class) {
    return class == NULL ? NO_INDEX : making_index(&making->definitions, class);
}

static void add_function(Making *making, const Node *node) {
    Summary *summary = making->summary;
    bool is_lambda = node->kind == NODE_LAMBDA;
    FunctionInfo info = {.name = making_intern(making, definition_qualname(making->file, node)),
                         .class = is_lambda ? NO_INDEX : class_index(making, class_around(node)),
                         .outer = making_function_around(making, node),
                         .place = making_place(making, name_or_itself(node)),
                         .end = node->end};
    if (function_is_async(node)) info.flags |= FUNCTION_ASYNC;
    if (is_lambda) info.flags |= FUNCTION_LAMBDA;
    if (is_trivial_body(node)) info.flags |= FUNCTION_TRIVIAL;
    const Node *annotation = node_child(node, FIELD_RETURN_TYPE);
    if (annotation != NULL)
        info.annotation = making_intern(making, annotation_name(making->file, annotation));
    const Node *body = node_child(node, FIELD_BODY);
    if (is_lambda && body != NULL) {
        info.returned = making_name(making, body);
        info.flags |= FUNCTION_RETURNS;
    }
    if (!is_lambda) add_decorators(making, &info, node);
    making_number(making, &making->definitions, node, summary->functions.len);
    vec_push(making->arena, &summary->functions, info);
}

static void add_type_arguments(Making *making, const Node *base) {
    if (base->kind != NODE_SUBSCRIPT) return;
    for (const Node *child = node_first_child(base); child != NULL;
         child = node_next_sibling(child)) {
        if (child->field != FIELD_SUBSCRIPT) continue;
        TypeArgument argument = {making->summary->bases.len,
                                 making_intern(making, annotation_name(making->file, child))};
        vec_push(making->arena, &making->summary->type_arguments, argument);
    }
}

static void add_class(Making *making, const Node *node) {
    Summary *summary = making->summary;
    ClassInfo info = {.name = making_intern(making, definition_qualname(making->file, node)),
                      .first_base = summary->bases.len,
                      .has_decorators = decorated_around(node) != NULL,
                      .place = making_place(making, name_or_itself(node))};
    const Node *bases = node_child(node, FIELD_SUPERCLASSES);
    for (const Node *base = bases == NULL ? NULL : node_first_child(bases); base != NULL;
         base = node_next_sibling(base)) {
        if (base->kind == NODE_KEYWORD_ARGUMENT) {
            info.has_keywords = true;
            continue;
        }
        add_type_arguments(making, base);
        NameId name = making_intern(making, annotation_name(making->file, base));
        vec_push(making->arena, &summary->bases, name);
        info.base_count++;
    }
    making_number(making, &making->definitions, node, summary->classes.len);
    vec_push(making->arena, &summary->classes, info);
}

static NameId instance_name(Making *making, Str class) {
    return class.len == 0 ? 0
                          : making_intern(making, str_join(making->file->arena, class, STR("()")));
}

static NameId attribute_value(Making *making, const Attribute *attribute) {
    if (attribute->annotation != NULL)
        return instance_name(making, annotation_name(making->file, attribute->annotation));
    return attribute->value == NULL ? 0 : making_name(making, attribute->value);
}

// Attributes come in document order; each class takes its own in one stretch.
void making_add_attributes(Making *making) {
    Summary *summary = making->summary;
    Attributes all = class_attributes(making->file);
    for (uint32_t i = 0; i < all.count; i++)
        summary->classes.at[class_index(making, all.at[i].class)].attribute_count++;
    uint32_t next = 0;
    for (uint32_t i = 0; i < summary->classes.len; i++) {
        ClassInfo *class = &summary->classes.at[i];
        class->first_attribute = next;
        next += class->attribute_count;
        class->attribute_count = 0;
    }
    vec_reserve(making->arena, &summary->attributes, next);
    summary->attributes.len = next;
    for (uint32_t i = 0; i < all.count; i++) {
        const Attribute *attribute = &all.at[i];
        uint32_t index = class_index(making, attribute->class);
        ClassInfo *class = &summary->classes.at[index];
        bool is_none = attribute->value != NULL && attribute->value->kind == NODE_NONE;
        if (is_none && attribute->annotation == NULL) continue;
        summary->attributes.at[class->first_attribute + class->attribute_count++] = (AttributeInfo){
            .name = making_intern(making, attribute->name),
            .value = attribute_value(making, attribute),
            .class = index & INT32_MAX,
            .is_made = attribute->value != NULL && attribute->value->kind == NODE_CALL};
    }
}

void making_add_definitions(Making *making) {
    const Tree *tree = &making->file->tree;
    uint32_t calls = 0;
    for (const Node *node = tree->nodes; node < tree->nodes + tree->count; node++) {
        if (node->kind == NODE_FUNCTION_DEFINITION || node->kind == NODE_LAMBDA)
            add_function(making, node);
        if (node->kind == NODE_CLASS_DEFINITION) add_class(making, node);
        if (node->kind == NODE_CALL) calls++;
    }
    vec_reserve(making->arena, &making->summary->sites, calls);
    vec_reserve(making->file->arena, &making->calls, calls);
}

// ---- The module's own names ----

static NameId import_id(Making *making, const Variable *variable) {
    // Any use or binding of an imported name has the import's name.
    return making_name(making, variable->bindings[0].name);
}

static bool is_definition(const Binding *binding) {
    return binding->kind == BINDING_FUNCTION || binding->kind == BINDING_CLASS;
}

static bool is_defined_only(const Variable *variable) {
    for (uint32_t i = 0; i < variable->binding_count; i++)
        if (!is_definition(&variable->bindings[i])) return false;
    return variable->binding_count > 0;
}

static bool is_only_annotated(const Binding *binding) {
    return binding != NULL && binding_annotation(binding) != NULL && binding->value == NULL;
}

static NameId export_value(Making *making, const Variable *variable) {
    const Binding *binding = only_binding(variable);
    if (is_only_annotated(binding))
        return instance_name(making, annotation_name(making->file, binding_annotation(binding)));
    const Node *value = plain_value(variable);
    if (value != NULL) return making_name(making, value);
    NameId imported = import_id(making, variable);
    Str name = making->summary->names.at[imported];
    return name.len > 0 && name.at[0] != ':' ? imported : 0;
}

void making_add_exports(Making *making) {
    Variables variables = module_variables(making->file);
    for (uint32_t i = 0; i < variables.count; i++) {
        const Variable *variable = variables.at[i];
        if (variable->binding_count == 0 || is_defined_only(variable)) continue;
        NameId name = making_intern(making, variable->name);
        NameId value = export_value(making, variable);
        // Somebody else gives it its value.
        if (is_only_annotated(only_binding(variable)))
            making_add_loose_word(making, variable->name);
        vec_push(making->arena, &making->summary->exports, (ExportInfo){name, value});
    }
}

void making_add_star(Making *making, const Node *wildcard) {
    const Node *module = node_child(node_parent(wildcard), FIELD_MODULE_NAME);
    if (module == NULL) return;
    NameId name = making_intern(making, node_text(making->file, module));
    vec_push(making->arena, &making->summary->stars, name);
}
