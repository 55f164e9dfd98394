// One walk over the flat tree. Definitions come before what refers to them, for their indices; the
// names are made by facts/names.c.

#include "facts/summary.h"

#include "base/hash.h"
#include "base/map.h"
#include "base/search.h"
#include "base/vec.h"
#include "facts/generators.h"
#include "facts/late_writes.h"
#include "facts/names.h"
#include "facts/scopes.h"
#include "facts/used_before.h"
#include "facts/withs.h"

typedef struct OpenRegion {
    uint32_t index;
    const Node *end; // of the body
} OpenRegion;

// A node with the index that it has among the summary's functions, classes or sites.
typedef struct Numbered {
    const Node *node;
    uint32_t index;
} Numbered;

typedef VEC(Numbered) Numbers; // in document order

// Bytes of a key: no padding.
typedef struct MethodCalled {
    const Variable *object;
    uint32_t function;
    NameId callee;
} MethodCalled;

typedef struct Making {
    File *file;
    Arena *arena;
    Summary *summary;
    Map name_ids;
    Numbers definitions, calls;
    VEC(OpenRegion) open;
    uint8_t *is_loose;     // a bit for each word_hash(); NULL: none is
    Map methods_called;    // for SITE_SAME_OBJECT: MethodCalled to nothing
    const Node *last_try;  // that was asked whether it handles RuntimeError
    bool last_try_handles; // whether it does
    LineCursor start, end; // of the last place: they mostly go forward
} Making;

static void number(Making *making, Numbers *numbers, const Node *node, uint32_t index) {
    vec_push(making->file->arena, numbers, (Numbered){node, index});
}

// NO_INDEX where it has none.
static uint32_t index_of(const Numbers *numbers, const Node *node) {
    uint32_t place = COUNT_BEFORE(i, numbers->len, numbers->at[i].node < node);
    bool is_found = place < numbers->len && numbers->at[place].node == node;
    return is_found ? numbers->at[place].index : NO_INDEX;
}

// ---- Names and places ----

// `name` lives as long as the file.
static NameId intern(Making *making, Str name) {
    if (name.len == 0) return 0;
    NameId fresh = making->summary->names.len;
    NameId id = map_get_or_put(making->file->arena, &making->name_ids, name, fresh);
    if (id == fresh)
        vec_push(making->arena, &making->summary->names, str_copy(making->arena, name));
    return id;
}

static NameId name_id(Making *making, const Node *expression) {
    return intern(making, value_name(making->file, expression));
}

static uint16_t clip(uint32_t number) {
    return number > UINT16_MAX ? UINT16_MAX : (uint16_t)number;
}

static Place place_of(Making *making, const Node *node) {
    const Lines *lines = &making->file->lines;
    Position start = lines_position_from(lines, &making->start, node->start);
    Position end = lines_position_from(lines, &making->end, node->end);
    return (Place){.start = node->start,
                   .end = node->end,
                   .line = start.line,
                   .column = clip(start.column),
                   .end_column = clip(end.column),
                   .more_lines = clip(end.line - start.line)};
}

static const Node *name_or_itself(const Node *definition) {
    const Node *name = node_child(definition, FIELD_NAME);
    return name == NULL ? definition : name;
}

// ---- Definitions ----

// The function whose code runs `node`, or NO_INDEX.
static uint32_t function_around(const Making *making, const Node *node) {
    const Node *function = enclosing_function(node);
    return function == NULL ? NO_INDEX : index_of(&making->definitions, function);
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
        NameId name = name_id(making, child + 1);
        vec_push(making->arena, &summary->decorators, name);
        if (str_ends_with(summary->names.at[name], STR("abstractmethod")))
            info->flags |= FUNCTION_ABSTRACT;
        info->decorator_count++;
    }
}

static uint32_t class_index(const Making *making, const Node *class) {
    return class == NULL ? NO_INDEX : index_of(&making->definitions, class);
}

static void add_function(Making *making, const Node *node) {
    Summary *summary = making->summary;
    bool is_lambda = node->kind == NODE_LAMBDA;
    FunctionInfo info = {.name = intern(making, definition_qualname(making->file, node)),
                         .class = is_lambda ? NO_INDEX : class_index(making, class_around(node)),
                         .outer = function_around(making, node),
                         .place = place_of(making, name_or_itself(node))};
    if (function_is_async(node)) info.flags |= FUNCTION_ASYNC;
    if (is_lambda) info.flags |= FUNCTION_LAMBDA;
    if (is_trivial_body(node)) info.flags |= FUNCTION_TRIVIAL;
    const Node *annotation = node_child(node, FIELD_RETURN_TYPE);
    if (annotation != NULL)
        info.annotation = intern(making, annotation_name(making->file, annotation));
    const Node *body = node_child(node, FIELD_BODY);
    if (is_lambda && body != NULL) {
        info.returned = name_id(making, body);
        info.flags |= FUNCTION_RETURNS;
    }
    if (!is_lambda) add_decorators(making, &info, node);
    number(making, &making->definitions, node, summary->functions.len);
    vec_push(making->arena, &summary->functions, info);
}

static void add_type_arguments(Making *making, const Node *base) {
    if (base->kind != NODE_SUBSCRIPT) return;
    for (const Node *child = node_first_child(base); child != NULL;
         child = node_next_sibling(child)) {
        if (child->field != FIELD_SUBSCRIPT) continue;
        TypeArgument argument = {making->summary->bases.len,
                                 intern(making, annotation_name(making->file, child))};
        vec_push(making->arena, &making->summary->type_arguments, argument);
    }
}

static void add_class(Making *making, const Node *node) {
    Summary *summary = making->summary;
    ClassInfo info = {.name = intern(making, definition_qualname(making->file, node)),
                      .first_base = summary->bases.len,
                      .has_decorators = decorated_around(node) != NULL,
                      .place = place_of(making, name_or_itself(node))};
    const Node *bases = node_child(node, FIELD_SUPERCLASSES);
    for (const Node *base = bases == NULL ? NULL : node_first_child(bases); base != NULL;
         base = node_next_sibling(base)) {
        if (base->kind == NODE_KEYWORD_ARGUMENT) {
            info.has_keywords = true;
            continue;
        }
        add_type_arguments(making, base);
        NameId name = intern(making, annotation_name(making->file, base));
        vec_push(making->arena, &summary->bases, name);
        info.base_count++;
    }
    number(making, &making->definitions, node, summary->classes.len);
    vec_push(making->arena, &summary->classes, info);
}

static NameId instance_name(Making *making, Str class) {
    return class.len == 0 ? 0 : intern(making, str_join(making->file->arena, class, STR("()")));
}

static NameId attribute_value(Making *making, const Attribute *attribute) {
    if (attribute->annotation != NULL)
        return instance_name(making, annotation_name(making->file, attribute->annotation));
    return attribute->value == NULL ? 0 : name_id(making, attribute->value);
}

// Attributes come in document order; each class takes its own in one stretch.
static void add_attributes(Making *making) {
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
            .name = intern(making, attribute->name),
            .value = attribute_value(making, attribute),
            .class = index & INT32_MAX,
            .is_made = attribute->value != NULL && attribute->value->kind == NODE_CALL};
    }
}

// ---- The module's own names ----

uint16_t word_hash(Str word) {
    return (uint16_t)hash64(word);
}

static void add_loose_word(Making *making, Str word) {
    uint16_t hash = word_hash(word);
    if (making->is_loose == NULL) making->is_loose = arena_alloc(making->file->arena, 65536 / 8);
    if (making->is_loose[hash / 8] & 1u << hash % 8) return;
    making->is_loose[hash / 8] |= (uint8_t)(1u << hash % 8);
    vec_push(making->arena, &making->summary->loose_words, hash);
}

static NameId import_id(Making *making, const Variable *variable) {
    // Any use or binding of an imported name has the import's name.
    return name_id(making, variable->bindings[0].name);
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
    if (value != NULL) return name_id(making, value);
    NameId imported = import_id(making, variable);
    Str name = making->summary->names.at[imported];
    return name.len > 0 && name.at[0] != ':' ? imported : 0;
}

static void add_exports(Making *making) {
    Variables variables = module_variables(making->file);
    for (uint32_t i = 0; i < variables.count; i++) {
        const Variable *variable = variables.at[i];
        if (variable->binding_count == 0 || is_defined_only(variable)) continue;
        NameId name = intern(making, variable->name);
        NameId value = export_value(making, variable);
        // Somebody else gives it its value.
        if (is_only_annotated(only_binding(variable))) add_loose_word(making, variable->name);
        vec_push(making->arena, &making->summary->exports, (ExportInfo){name, value});
    }
}

static void add_star(Making *making, const Node *wildcard) {
    const Node *module = node_child(node_parent(wildcard), FIELD_MODULE_NAME);
    if (module == NULL) return;
    NameId name = intern(making, node_text(making->file, module));
    vec_push(making->arena, &making->summary->stars, name);
}

// ---- Functions' bodies ----

static FunctionInfo *function_running(const Making *making, const Node *node) {
    uint32_t index = function_around(making, node);
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

static void note_return(Making *making, const Node *statement) {
    FunctionInfo *info = function_running(making, statement);
    const Node *value = node_first_child(statement);
    if (info == NULL || value == NULL || value->kind == NODE_NONE) return;
    NameId name = name_id(making, value);
    bool is_first = (info->flags & FUNCTION_RETURNS) == 0;
    info->returned = is_first || info->returned == name ? name : 0;
    if (is_first) info->flags |= FUNCTION_RETURNS | FUNCTION_RETURNS_FIRST;
    if (!is_first_parameter(making, value)) info->flags &= (uint16_t)~FUNCTION_RETURNS_FIRST;
}

static void mark_function(const Making *making, const Node *node, FunctionFlag flag) {
    FunctionInfo *info = function_running(making, node);
    if (info != NULL) info->flags |= flag;
}

static void note_yield(const Making *making, const Node *yield) {
    mark_function(making, yield, FUNCTION_YIELDS);
    if (yield_holds_something(making->file, yield)) mark_function(making, yield, FUNCTION_HOLDS);
}

// ---- Regions ----

static bool suspends(const Node *node) {
    switch (node->kind) {
    case NODE_AWAIT:
    case NODE_YIELD: return true;
    case NODE_ASYNC: return node_parent(node)->kind != NODE_FUNCTION_DEFINITION;
    default: return false;
    }
}

static bool body_suspends(const Node *body) {
    const Node *function = enclosing_function(body);
    for_each_descendant(inner, body) {
        if (suspends(inner) && enclosing_function(inner) == function) return true;
    }
    return false;
}

static bool is_self_attribute(const Making *making, const Node *expression) {
    bool is_class;
    return class_of_self_attribute(making->file, expression, &is_class) != NULL && !is_class;
}

static bool starts_from_self(const Making *making, const Node *attribute) {
    const Node *object = node_child(attribute, FIELD_OBJECT);
    while (object != NULL && object->kind == NODE_ATTRIBUTE) {
        attribute = object;
        object = node_child(object, FIELD_OBJECT);
    }
    return is_self_attribute(making, attribute);
}

static void add_region(Making *making, const Node *item) {
    const Node *with = node_ancestor(item, NODE_WITH_STATEMENT);
    const Node *value = node_child(item, FIELD_VALUE);
    const Node *body = with == NULL ? NULL : node_child(with, FIELD_BODY);
    if (value == NULL || body == NULL) return;
    if (value->kind == NODE_AS_PATTERN && value->size > 1) value++;
    NameId name = name_id(making, value);
    if (name == 0) return;
    uint32_t function = function_around(making, item);
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
                      .is_on_self = is_self_attribute(making, value),
                      .awaits = body_suspends(body),
                      .place = place_of(making, value),
                      .end = with->end});
}

static void close_regions(Making *making, const Node *node) {
    while (making->open.len > 0 && node >= vec_last(&making->open).end)
        making->open.len--;
}

static uint32_t region_around(const Making *making, const Node *node, uint32_t function) {
    if (making->open.len == 0) return NO_INDEX;
    uint32_t index = vec_last(&making->open).index;
    const Node *item = node_ancestor(node, NODE_WITH_CLAUSE);
    bool is_in_head = item != NULL && node_end(node_parent(item)) == vec_last(&making->open).end;
    if (is_in_head || making->summary->regions.at[index].function != function) return NO_INDEX;
    return index;
}

static void add_late_write(Making *making, const Node *if_statement) {
    const Node *tested;
    const Node *write = late_write(making->file, if_statement, &tested);
    if (write == NULL) return;
    vec_push(making->arena, &making->summary->late_writes,
             (LateWrite){.name = intern(making, node_text(making->file, tested)),
                         .function = function_around(making, if_statement),
                         .is_attribute = tested->kind == NODE_ATTRIBUTE,
                         .place = place_of(making, write)});
}

// ---- Sites ----

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
    site->by = index_of(&making->calls, call);
    const Node *argument = argument_holding(node);
    if (argument->kind == NODE_KEYWORD_ARGUMENT) {
        const Node *name = node_child(argument, FIELD_NAME);
        if (name != NULL) site->keyword = intern(making, node_text(making->file, name));
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
    site->by = index_of(&making->calls, call);
    if (argument->kind != NODE_KEYWORD_ARGUMENT) return;
    const Node *name = node_child(argument, FIELD_NAME);
    if (name != NULL) site->keyword = intern(making, node_text(making->file, name));
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
    return intern(making, str_slice(name, 0, name.len - 2));
}

static void describe_callee(Making *making, Site *site, const Node *callee) {
    if (callee == NULL || callee->kind != NODE_ATTRIBUTE) return;
    if (is_self_attribute(making, callee)) site->flags |= SITE_ON_SELF;
    if (starts_from_self(making, callee)) site->flags |= SITE_FROM_SELF;
    if (is_on_same_object(making, callee, site)) site->flags |= SITE_SAME_OBJECT;
}

static void add_site(Making *making, const Node *node, NameId name, Use use) {
    uint32_t function = function_around(making, node);
    Site site = {.name = name,
                 .function = function,
                 .region = region_around(making, node, function),
                 .by = NO_INDEX,
                 .use = (uint8_t)use.kind,
                 .place = place_of(making, node)};
    if (is_in_loop(node)) site.flags |= SITE_IN_LOOP;
    if (function == NO_INDEX) site.flags |= SITE_AT_IMPORT;
    if (is_guarded(making, node)) site.flags |= SITE_GUARDED;
    site.flags |= expectations(making, node);
    if (use.kind == USE_ASSIGNED && is_unused_local(making, use.by)) site.flags |= SITE_UNUSED;
    if (use.kind == USE_ARGUMENT || use.kind == USE_STARRED)
        describe_argument(making, &site, node, use.by);
    if (use.kind == USE_ELEMENT) describe_element(making, &site, node, use.by);
    if (use.kind == USE_ATTRIBUTE && use.by != NULL)
        site.by = intern(making, node_text(making->file, use.by));
    if (node->kind == NODE_CALL) {
        site.flags |= SITE_CALL;
        site.callee = callee_id(making, name);
        describe_arguments(&site, node);
        if (use.kind == USE_ASYNC_ITERATED && loop_left_early(use.by) != NULL)
            site.flags |= SITE_LEFT_EARLY;
        describe_callee(making, &site, node_child(node, FIELD_FUNCTION));
    }
    if (node->kind == NODE_CALL) number(making, &making->calls, node, making->summary->sites.len);
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

static void visit_call(Making *making, const Node *call) {
    Str name = value_name(making->file, call);
    if (name.len == 0) return;
    if (probes_loop(name)) mark_function(making, call, FUNCTION_PROBES_LOOP);
    if (probes_thread(name)) mark_function(making, call, FUNCTION_PROBES_THREAD);
    add_site(making, call, intern(making, name), use_of(making->file, call));
}

// Whether such a use of a reference is worth a site; an attribute is of what a call gave.
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
    Str name = value_name(making->file, node);
    if (name.len == 0 || name.at[0] == '$') return;
    if (use.kind == USE_ATTRIBUTE && !is_of_call(name)) return;
    if (str_starts_with(name, STR("builtins."))) return;
    if (may_be_none(making, node, use.kind)) return;
    add_site(making, node, intern(making, name), use);
    if (use.kind == USE_TESTED || use.kind == USE_COMPARED)
        vec_last(&making->summary->sites).callee = callee_id(making, intern(making, name));
    bool is_used_up = node->kind == NODE_IDENTIFIER && is_used_before(making->file, node);
    if (is_used_up) vec_last(&making->summary->sites).flags |= SITE_USED_UP;
}

// ---- Loose words ----

static bool goes_elsewhere(UseKind use) {
    switch (use) {
    case USE_RETURNED:
    case USE_YIELDED:
    case USE_STARRED:
    case USE_ASSIGNED:
    case USE_STORED:
    case USE_ELEMENT:
    case USE_LAMBDA_RESULT: return true;
    default: return false;
    }
}

static bool is_unknown_name(Str name) {
    return name.len == 0 || name.at[0] == '$';
}

// The last word of `x.y` and of a module's variable; empty for local ones, which have no word that
// others know.
static Str last_word(const Making *making, const Node *node) {
    if (node->kind == NODE_ATTRIBUTE) {
        const Node *name = node_child(node, FIELD_ATTRIBUTE);
        return name == NULL ? (Str){0} : node_text(making->file, name);
    }
    if (node->kind != NODE_IDENTIFIER) return (Str){0};
    const Variable *variable = variable_of(making->file, node);
    bool is_shared =
        variable != NULL && variable_scope(making->file, variable)->kind == SCOPE_MODULE;
    return is_shared ? variable->name : (Str){0};
}

// `x.queue.task_done`, where nobody sees which queue that is.
static void note_hidden_count(Making *making, const Node *node, Use use) {
    if (!str_is(last_word(making, node), "task_done")) return;
    bool is_seen = use.kind == USE_CALLED || use.kind == USE_ARGUMENT;
    if (is_seen && !is_unknown_name(value_name(making->file, node))) return;
    const Node *object = node_child(node, FIELD_OBJECT);
    Str word = object == NULL ? (Str){0} : last_word(making, object);
    if (word.len > 0) add_loose_word(making, word);
}

// `other.queue = x`
static bool is_foreign_target(const Making *making, const Node *node) {
    bool is_target = node->kind == NODE_ATTRIBUTE && node->field == FIELD_LEFT &&
                     node_parent(node)->kind == NODE_ASSIGNMENT;
    return is_target && !is_self_attribute(making, node);
}

static void note_loose_word(Making *making, const Node *node, Use use) {
    if (node->kind != NODE_ATTRIBUTE && node->kind != NODE_IDENTIFIER) return;
    if (node->kind == NODE_ATTRIBUTE) note_hidden_count(making, node, use);
    bool is_loose = goes_elsewhere(use.kind) || is_foreign_target(making, node) ||
                    (node->kind == NODE_ATTRIBUTE && use.kind == USE_ARGUMENT &&
                     is_unknown_name(value_name(making->file, node)));
    if (!is_loose) return;
    Str word = last_word(making, node);
    if (word.len > 0) add_loose_word(making, word);
}

static void visit_reference(Making *making, const Node *node) {
    if (is_part_of_chain(node) || is_name_of_something(node)) return;
    Use use = use_of(making->file, node);
    note_reference(making, node, use);
    note_loose_word(making, node, use);
}

// ---- The walk ----

static void visit(Making *making, const Node *node) {
    close_regions(making, node);
    if (suspends(node) && node->kind != NODE_YIELD) mark_function(making, node, FUNCTION_AWAITS);
    switch (node->kind) {
    case NODE_RETURN_STATEMENT: note_return(making, node); break;
    case NODE_YIELD: note_yield(making, node); break;
    case NODE_WILDCARD_IMPORT: add_star(making, node); break;
    case NODE_WITH_ITEM: add_region(making, node); break;
    case NODE_IF_STATEMENT: add_late_write(making, node); break;
    case NODE_CALL: visit_call(making, node); break;
    case NODE_IDENTIFIER:
    case NODE_AWAIT:
    case NODE_LAMBDA:
    case NODE_ATTRIBUTE: visit_reference(making, node); break;
    default: break;
    }
}

// All definitions, and room for a site of each call.
static void add_definitions(Making *making) {
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

Summary *summary_make(File *file, Arena *arena) {
    Summary *summary = arena_new(arena, Summary);
    summary->path = str_copy(arena, file->source.path);
    Making making = {.file = file, .arena = arena, .summary = summary};
    map_reserve(file->arena, &making.name_ids, likely_names(file));
    vec_push(arena, &summary->names, (Str){"", 0});
    add_definitions(&making);
    for (uint32_t i = 0; i < file->tree.count; i++)
        visit(&making, &file->tree.nodes[i]);
    add_attributes(&making);
    add_exports(&making);
    return summary;
}

// ---- Copies ----

Str name_part(const Summary *self, NameId id, NameForm form, uint32_t len) {
    uint32_t back = form == NAME_BEGINS_LAST_BUT ? 2 : 1;
    Str whole = id < back ? (Str){0} : self->names.at[id - back];
    if (len > whole.len) return (Str){0};
    return form == NAME_ENDS_LAST ? str_from(whole, whole.len - len) : str_slice(whole, 0, len);
}

NameForm name_form(const Summary *self, NameId id) {
    Str name = self->names.at[id];
    for (NameForm form = NAME_BEGINS_LAST; name.len > 0 && form <= NAME_ENDS_LAST; form++)
        if (str_eq(name_part(self, id, form, name.len), name)) return form;
    return NAME_WHOLE;
}

static void copy_names(Summary *copy, const Summary *self, Arena *arena) {
    copy->names.at = arena_array(arena, Str, self->names.len);
    copy->names.len = copy->names.cap = self->names.len;
    for (NameId id = 0; id < self->names.len; id++) {
        NameForm form = name_form(self, id);
        Str name = self->names.at[id];
        copy->names.at[id] =
            form == NAME_WHOLE ? str_copy(arena, name) : name_part(copy, id, form, name.len);
    }
}

static void *copy_records(const void *records, size_t size, Arena *arena) {
    void *copy = arena_alloc_raw(arena, size, 4);
    return size == 0 ? copy : memcpy(copy, records, size);
}

Summary *summary_copy(const Summary *self, Arena *arena) {
    Summary *copy = arena_new(arena, Summary);
    copy->path = str_copy(arena, self->path);
    copy_names(copy, self, arena);
#define COPY(list)                                                                                 \
    copy->list.at = copy_records(self->list.at, self->list.len * sizeof *self->list.at, arena);    \
    copy->list.len = copy->list.cap = self->list.len;
    SUMMARY_EACH_LIST(COPY)
    COPY(loose_words)
#undef COPY
    return copy;
}
