// What the code of a function does: what it returns, whether it yields, its `with` statements, and
// writes that come too late.

#include "facts/summary/making.h"

#include "facts/generators.h"
#include "facts/late_writes.h"

static FunctionInfo *function_running(const Making *making, const Node *node) {
    uint32_t index = making_function_around(making, node);
    return index == NO_INDEX ? NULL : &making->summary->functions.at[index];
}

static bool is_first_parameter(const Making *making, const Node *value) {
    const Variable *variable =
        value->kind == NODE_IDENTIFIER ? variable_of(making->file, value) : NULL;
    const Binding *binding = variable == NULL ? NULL : only_binding(variable);
    if (binding == NULL || binding->kind != BINDING_PARAMETER) return false;
    const Node *parameter = binding->name;
    if (node_parent(parameter)->kind == NODE_TYPED_PARAMETER) parameter = node_parent(parameter);
    const Node *parameters = node_parent(parameter);
    return parameters->kind == NODE_PARAMETERS && parameter == parameters + 1 &&
           node_parent(parameters) == enclosing_function(value);
}

void making_note_return(Making *making, const Node *statement) {
    FunctionInfo *info = function_running(making, statement);
    const Node *value = node_first_child(statement);
    if (info == NULL || value == NULL || value->kind == NODE_NONE) return;
    NameId name = making_name(making, value);
    bool is_first = (info->flags & FUNCTION_RETURNS) == 0;
    info->returned = is_first || info->returned == name ? name : 0;
    if (is_first) info->flags |= FUNCTION_RETURNS | FUNCTION_RETURNS_FIRST;
    if (!is_first_parameter(making, value)) info->flags &= (uint16_t)~FUNCTION_RETURNS_FIRST;
}

void making_mark_function(const Making *making, const Node *node, FunctionFlag flag) {
    FunctionInfo *info = function_running(making, node);
    if (info != NULL) info->flags |= flag;
}

static bool suspends(const Node *node) {
    switch (node->kind) {
    case NODE_AWAIT:
    case NODE_YIELD: return true;
    case NODE_ASYNC: return node_parent(node)->kind != NODE_FUNCTION_DEFINITION;
    default: return false;
    }
}

void making_note_yield(const Making *making, const Node *yield) {
    making_mark_function(making, yield, FUNCTION_YIELDS);
    if (yield_holds_something(making->file, yield))
        making_mark_function(making, yield, FUNCTION_HOLDS);
}

void making_note_suspension(const Making *making, const Node *node) {
    if (suspends(node) && node->kind != NODE_YIELD)
        making_mark_function(making, node, FUNCTION_AWAITS);
}

// ---- Regions ----

static bool body_suspends(const Node *body) {
    const Node *function = enclosing_function(body);
    for_each_descendant(inner, body) {
        if (suspends(inner) && enclosing_function(inner) == function) return true;
    }
    return false;
}

void making_add_region(Making *making, const Node *item) {
    const Node *with = node_ancestor(item, NODE_WITH_STATEMENT);
    const Node *value = node_child(item, FIELD_VALUE);
    const Node *body = with == NULL ? NULL : node_child(with, FIELD_BODY);
    if (value == NULL || body == NULL) return;
    if (value->kind == NODE_AS_PATTERN && value->size > 1) value++;
    NameId name = making_name(making, value);
    if (name == 0) return;
    uint32_t function = making_function_around(making, item);
    uint32_t outer = making->open.len == 0 ? NO_INDEX : vec_last(&making->open).index;
    if (outer != NO_INDEX && making->summary->regions.at[outer].function != function)
        outer = NO_INDEX;
    vec_push(making->file->arena, &making->open,
             (OpenRegion){making->summary->regions.len, node_end(with)});
    vec_push(making->arena, &making->summary->regions,
             (Region){.name = name,
                      .function = function,
                      .outer = outer,
                      .is_async = with[1].kind == NODE_ASYNC,
                      .is_on_self = making_is_on_self(making, value),
                      .awaits = body_suspends(body),
                      .place = making_place(making, value),
                      .end = with->end});
}

void making_close_regions(Making *making, const Node *node) {
    while (making->open.len > 0 && node >= vec_last(&making->open).end)
        making->open.len--;
}

uint32_t making_region_around(const Making *making, const Node *node, uint32_t function) {
    if (making->open.len == 0) return NO_INDEX;
    uint32_t index = vec_last(&making->open).index;
    const Node *item = node_ancestor(node, NODE_WITH_CLAUSE);
    bool is_in_head = item != NULL && node_end(node_parent(item)) == vec_last(&making->open).end;
    if (is_in_head || making->summary->regions.at[index].function != function) return NO_INDEX;
    return index;
}

void making_add_late_write(Making *making, const Node *if_statement) {
    const Node *tested;
    const Node *write = late_write(making->file, if_statement, &tested);
    if (write == NULL) return;
    vec_push(making->arena, &making->summary->late_writes,
             (LateWrite){.name = making_intern(making, node_text(making->file, tested)),
                         .function = making_function_around(making, if_statement),
                         .is_attribute = tested->kind == NODE_ATTRIBUTE,
                         .place = making_place(making, write)});
}
