// Calls and references, and what becomes of their values.

#include "facts/summary/making.h"

#include "facts/generators.h"
#include "facts/used_before.h"
#include "facts/withs.h"

// Bytes of a key: no padding.
typedef struct MethodCalled {
    const Variable *object;
    uint32_t function;
    NameId callee;
} MethodCalled;

static const Node *unstarred(const Node *argument) {
    return argument->kind == NODE_LIST_SPLAT && argument->size > 1 ? argument + 1 : argument;
}

static bool is_display(NodeKind kind) {
    return kind == NODE_LIST || kind == NODE_TUPLE || kind == NODE_SET ||
           kind == NODE_LIST_COMPREHENSION || kind == NODE_SET_COMPREHENSION;
}

static Shape shape_of_starred(const Node *starred) {
    const Node *inner = node_unparenthesized(unstarred(starred));
    bool has_elements = is_display(inner->kind) || inner->kind == NODE_GENERATOR_EXPRESSION;
    bool first_awaits = has_elements && inner->size > 1 && inner[1].kind == NODE_AWAIT;
    return first_awaits ? SHAPE_STARRED_AWAITS : SHAPE_STARRED;
}

static Shape shape_of_argument(const Node *argument) {
    if (argument == NULL) return SHAPE_NONE;
    argument = node_unparenthesized(argument);
    if (is_display(argument->kind)) return SHAPE_LIST;
    switch (argument->kind) {
    case NODE_GENERATOR_EXPRESSION: return SHAPE_GENERATOR;
    case NODE_AWAIT: return SHAPE_AWAIT;
    case NODE_LAMBDA: return SHAPE_LAMBDA;
    case NODE_LIST_SPLAT: return shape_of_starred(argument);
    default: return SHAPE_OTHER;
    }
}

static void describe_arguments(Site *site, const Node *call) {
    const Node *arguments = node_child(call, FIELD_ARGUMENTS);
    if (arguments == NULL) return;
    bool is_list = arguments->kind == NODE_ARGUMENT_LIST;
    const Node *first = is_list ? node_first_child(arguments) : arguments;
    site->shape = (uint8_t)shape_of_argument(first);
    uint32_t count = is_list ? 0 : 1;
    for (const Node *child = is_list ? first : NULL; child != NULL;
         child = node_next_sibling(child)) {
        if (child->kind == NODE_LIST_SPLAT || child->kind == NODE_DICTIONARY_SPLAT)
            site->flags |= SITE_STARRED_CALL;
        count++;
    }
    site->argument_count = (uint8_t)(count > UINT8_MAX ? UINT8_MAX : count);
}

// The direct child of the argument list that holds `node`.
static const Node *argument_holding(const Node *node) {
    while (node_parent(node)->kind != NODE_ARGUMENT_LIST && node_parent(node)->kind != NODE_CALL)
        node = node_parent(node);
    return node;
}

// Which child of `list` it is, from 0; beyond MOST_PLACES all are the same.
static uint16_t place_among(const Node *list, const Node *child) {
    enum { MOST_PLACES = 256 };
    uint16_t place = 0;
    for (const Node *other = list + 1; other != child && place < MOST_PLACES;
         other = node_end(other))
        place++;
    return place;
}

static void describe_argument(Making *making, Site *site, const Node *node, const Node *call) {
    site->by = making_index(&making->calls, call);
    const Node *argument = argument_holding(node);
    if (argument->kind == NODE_KEYWORD_ARGUMENT) {
        const Node *name = node_child(argument, FIELD_NAME);
        if (name != NULL) site->keyword = making_intern(making, node_text(making->file, name));
        return;
    }
    site->position = place_among(node_parent(argument), argument);
}

// The argument list or keyword argument that a display stands in, alone or behind a `*`; or NULL.
static const Node *argument_of_display(const Node *display) {
    const Node *parent = node_parent(display);
    while (parent->kind == NODE_PARENTHESIZED_EXPRESSION || parent->kind == NODE_LIST_SPLAT)
        parent = node_parent(parent);
    bool is_argument = parent->kind == NODE_ARGUMENT_LIST || parent->kind == NODE_CALL ||
                       parent->kind == NODE_KEYWORD_ARGUMENT;
    return is_argument ? parent : NULL;
}

// An element of what a call is given: `any(f(x) for x in xs)`, `gather(*[f(), g()])`.
static void describe_element(Making *making, Site *site, const Node *node, const Node *display) {
    const Node *argument = argument_of_display(display);
    if (argument == NULL) return;
    const Node *call = argument;
    while (call->kind == NODE_KEYWORD_ARGUMENT || call->kind == NODE_ARGUMENT_LIST)
        call = node_parent(call);
    if (call->kind != NODE_CALL) return;
    site->by = making_index(&making->calls, call);
    if (argument->kind != NODE_KEYWORD_ARGUMENT) return;
    const Node *name = node_child(argument, FIELD_NAME);
    if (name != NULL) site->keyword = making_intern(making, node_text(making->file, name));
    while (node_parent(node) != display)
        node = node_parent(node);
    site->position = place_among(display, node);
}

// Whether an element of `display` is an argument to be: `Thread(target=f, args=(x,))`.
static bool holds_arguments(const Making *making, const Node *display) {
    if (display->kind != NODE_TUPLE && display->kind != NODE_LIST) return false;
    const Node *argument = argument_of_display(display);
    if (argument == NULL || argument->kind != NODE_KEYWORD_ARGUMENT) return false;
    const Node *name = node_child(argument, FIELD_NAME);
    return name != NULL && str_is(node_text(making->file, name), "args");
}

static bool is_unused_local(const Making *making, const Node *identifier) {
    const Variable *variable = variable_of(making->file, identifier);
    if (variable == NULL || variable->use_count > 0 || variable->is_shared) return false;
    const Scope *scope = variable_scope(making->file, variable);
    return scope->kind == SCOPE_FUNCTION && variable->binding_count == 1;
}

static bool handles_runtime_error(const Making *making, const Node *try) {
    for_each_child(clause, try) {
        if (clause->kind != NODE_EXCEPT_CLAUSE || clause->size == 1) continue;
        Str type = node_text(making->file, clause + 1);
        if (str_contains(type, STR("RuntimeError")) || str_starts_with(type, STR("Exception")))
            return true;
    }
    return false;
}

// Asked by all that is inside, which may be as much as there are handlers.
static bool is_runtime_guard(Making *making, const Node *try) {
    if (making->last_try != try) {
        making->last_try = try;
        making->last_try_handles = handles_runtime_error(making, try);
    }
    return making->last_try_handles;
}

static bool is_guarded(Making *making, const Node *node) {
    for (const Node *above = node_parent(node); above != NULL; above = node_parent(above)) {
        if (above->kind == NODE_FUNCTION_DEFINITION) return false;
        if (above->kind == NODE_TRY_STATEMENT && is_runtime_guard(making, above)) return true;
    }
    return false;
}

// The local variable that `x.y.method` begins with; NULL where it is none, or bound twice.
static const Variable *local_object(const Making *making, const Node *callee) {
    const Node *object = callee;
    while (object != NULL && object->kind == NODE_ATTRIBUTE)
        object = node_child(object, FIELD_OBJECT);
    if (object == NULL || object == callee || object->kind != NODE_IDENTIFIER) return NULL;
    const Variable *variable = variable_of(making->file, object);
    if (variable == NULL || variable->binding_count != 1) return NULL;
    return variable_scope(making->file, variable)->kind == SCOPE_FUNCTION ? variable : NULL;
}

// Whether the same function calls that method of the object at an earlier place.
static bool is_called_before(Making *making, MethodCalled called) {
    Str key = str_copy(making->file->arena, (Str){(const char *)&called, sizeof called});
    return map_get_or_put(making->file->arena, &making->methods_called, key,
                          making->summary->sites.len) != making->summary->sites.len;
}

static bool is_on_same_object(Making *making, const Node *callee, const Site *site) {
    if (site->use != USE_ARGUMENT && site->use != USE_ELEMENT) return false;
    const Variable *object = local_object(making, callee);
    if (object == NULL) return false;
    const Node *loop = repeating_loop(callee);
    if (loop != NULL && !node_is_inside(object->bindings[0].name, loop)) return true;
    return is_called_before(making, (MethodCalled){object, site->function, site->callee});
}

// What a test expects to fail: the wrong call in it is there on purpose.
static uint16_t expectations(const Making *making, const Node *node) {
    static const char *const refusals[] = {"ValueError", "AttributeError", "RuntimeError"};
    Str failure = expected_failure(making->file, node);
    if (str_contains(failure, STR("TypeError")) || str_ends_with(failure, STR("Exception")))
        return SITE_EXPECTS_TYPE_ERROR | SITE_EXPECTS_REFUSAL;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        if (str_contains(failure, str_of(refusals[i]))) return SITE_EXPECTS_REFUSAL;
    return 0;
}

// Calling what `partial(f)` gives has f's name: then there is no callee of its own.
static NameId callee_id(Making *making, NameId call) {
    Str name = making->summary->names.at[call];
    if (!str_ends_with(name, STR("()"))) return 0;
    return making_intern(making, str_slice(name, 0, name.len - 2));
}

bool making_is_on_self(const Making *making, const Node *expression) {
    bool is_class;
    return class_of_self_attribute(making->file, expression, &is_class) != NULL && !is_class;
}

static bool starts_from_self(const Making *making, const Node *attribute) {
    const Node *object = node_child(attribute, FIELD_OBJECT);
    while (object != NULL && object->kind == NODE_ATTRIBUTE) {
        attribute = object;
        object = node_child(object, FIELD_OBJECT);
    }
    return making_is_on_self(making, attribute);
}

static void describe_callee(Making *making, Site *site, const Node *callee) {
    if (callee == NULL || callee->kind != NODE_ATTRIBUTE) return;
    if (making_is_on_self(making, callee)) site->flags |= SITE_ON_SELF;
    if (starts_from_self(making, callee)) site->flags |= SITE_FROM_SELF;
    if (is_on_same_object(making, callee, site)) site->flags |= SITE_SAME_OBJECT;
}

static void add_site(Making *making, const Node *node, NameId name, Use use) {
    uint32_t function = making_function_around(making, node);
    Site site = {.name = name,
                 .function = function,
                 .region = making_region_around(making, node, function),
                 .by = NO_INDEX,
                 .use = (uint8_t)use.kind,
                 .place = making_place(making, node)};
    if (is_in_loop(node)) site.flags |= SITE_IN_LOOP;
    if (function == NO_INDEX) site.flags |= SITE_AT_IMPORT;
    if (is_guarded(making, node)) site.flags |= SITE_GUARDED;
    site.flags |= expectations(making, node);
    if (use.kind == USE_ASSIGNED && is_unused_local(making, use.by)) site.flags |= SITE_UNUSED;
    if (use.kind == USE_ARGUMENT || use.kind == USE_STARRED)
        describe_argument(making, &site, node, use.by);
    if (use.kind == USE_ELEMENT) describe_element(making, &site, node, use.by);
    if (use.kind == USE_ATTRIBUTE && use.by != NULL)
        site.by = making_intern(making, node_text(making->file, use.by));
    if (node->kind == NODE_CALL) {
        site.flags |= SITE_CALL;
        site.callee = callee_id(making, name);
        describe_arguments(&site, node);
        if (use.kind == USE_ASYNC_ITERATED && loop_left_early(use.by) != NULL)
            site.flags |= SITE_LEFT_EARLY;
        describe_callee(making, &site, node_child(node, FIELD_FUNCTION));
    }
    if (node->kind == NODE_CALL)
        making_number(making, &making->calls, node, making->summary->sites.len);
    vec_push(making->arena, &making->summary->sites, site);
}

static bool probes_loop(Str name) {
    return str_is(name, "asyncio.get_running_loop()") ||
           str_is(name, "asyncio._get_running_loop()") || str_ends_with(name, STR(".is_running()"));
}

static bool probes_thread(Str name) {
    return str_is(name, "threading.get_ident()") || str_is(name, "threading.get_native_id()") ||
           str_is(name, "threading.current_thread()") || str_is(name, "threading.main_thread()");
}

void making_visit_call(Making *making, const Node *call) {
    Str name = value_name(making->file, call);
    if (name.len == 0) return;
    if (probes_loop(name)) making_mark_function(making, call, FUNCTION_PROBES_LOOP);
    if (probes_thread(name)) making_mark_function(making, call, FUNCTION_PROBES_THREAD);
    add_site(making, call, making_intern(making, name), use_of(making->file, call));
}

// Whether such a use of a reference is worth a site; an attribute is of what a call gave, and of
// `self`, which nobody could have forgotten to await, tells nothing.
static bool use_may_tell(UseKind use) {
    switch (use) {
    case USE_ARGUMENT:
    case USE_AWAITED:
    case USE_TESTED:
    case USE_COMPARED:
    case USE_CALCULATED:
    case USE_FORMATTED:
    case USE_SUBSCRIPTED:
    case USE_ITERATED:
    case USE_ASYNC_ITERATED:
    case USE_ENTERED:
    case USE_ASYNC_ENTERED:
    case USE_ATTRIBUTE: return true;
    default: return false;
    }
}

static bool is_of_call(Str name) {
    return str_ends_with(name, STR("()"));
}

static bool is_part_of_chain(const Node *node) {
    const Node *parent = node_parent(node);
    return parent->kind == NODE_ATTRIBUTE && node->field == FIELD_ATTRIBUTE;
}

static bool is_name_of_something(const Node *node) {
    switch (node_parent(node)->kind) {
    case NODE_KEYWORD_ARGUMENT: return node->field == FIELD_NAME;
    case NODE_FUNCTION_DEFINITION:
    case NODE_CLASS_DEFINITION:
    case NODE_DOTTED_NAME:
    case NODE_ALIASED_IMPORT:
    case NODE_TYPE: return true;
    default: return false;
    }
}

// `x` after `x = f() if c else None` is worth testing; what the name says is then not all of it.
static bool may_be_none(const Making *making, const Node *node, UseKind use) {
    if (use != USE_TESTED && use != USE_COMPARED) return false;
    return value_of(making->file, node)->kind != NODE_CALL;
}

static void note_reference(Making *making, const Node *node, Use use) {
    if (use.kind == USE_OTHER || use.kind == USE_CALLED) return;
    if (node->kind == NODE_AWAIT && use.kind != USE_ARGUMENT) return;
    bool is_handed_on = use.kind == USE_ELEMENT && holds_arguments(making, use.by);
    if (!is_handed_on && !use_may_tell(use.kind)) return;
    if (use.kind == USE_ATTRIBUTE && making_is_on_self(making, node_parent(node))) return;
    Str name = value_name(making->file, node);
    if (name.len == 0 || name.at[0] == '$') return;
    if (use.kind == USE_ATTRIBUTE && !is_of_call(name)) return;
    if (str_starts_with(name, STR("builtins."))) return;
    if (may_be_none(making, node, use.kind)) return;
    add_site(making, node, making_intern(making, name), use);
    if (use.kind == USE_TESTED || use.kind == USE_COMPARED)
        vec_last(&making->summary->sites).callee = callee_id(making, making_intern(making, name));
    bool is_used_up = node->kind == NODE_IDENTIFIER && is_used_before(making->file, node);
    if (is_used_up) vec_last(&making->summary->sites).flags |= SITE_USED_UP;
}

void making_visit_reference(Making *making, const Node *node) {
    if (is_part_of_chain(node) || is_name_of_something(node)) return;
    Use use = use_of(making->file, node);
    note_reference(making, node, use);
    making_note_loose_word(making, node, use);
}
