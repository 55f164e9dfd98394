#include "facts/names.h"

#include "base/ascii.h"
#include "base/search.h"
#include "base/vec.h"
#include "facts/functions.h"
#include "facts/node_numbers.h"

// A name asks for others: of annotations, attributes, `partial`'s argument. What lies deeper than
// DEEPEST such questions is unknown.
enum { LONGEST_CHAIN = 24, DEEPEST = 64, MOST_BINDINGS = 8 };

// The answer to a question: 1 + the index of an empty name.
enum { UNKNOWN = 1 };

// An attribute that is assigned more often is unknown, too.
enum { MOST_ASSIGNMENTS = 256 };

// The two questions differ in where a name may end: IDENTITY stops at the file's own definitions,
// module variables and attributes of `self`, so that others can tell one lock from another; PLAIN
// goes on to their values.
typedef enum Question { IDENTITY, PLAIN } Question;

struct NameFacts {
    // By Question and number of the node: 1 + index into `names`; 0 where not yet asked. NULL:
    // nobody did.
    uint32_t *asked[2];
    VEC(Str) names; // the first one is empty: it cannot be told
    Str *imports;   // by variable: agreed_import(); `at` NULL where not yet asked
    Str *selves;    // by variable: name_of_self(), in the same way
    uint32_t depth; // of questions inside questions
};

static NameFacts *names_of(File *file) {
    if (file->names != NULL) return file->names;
    NameFacts *self = file->names = arena_new(file->arena, NameFacts);
    vec_reserve(file->arena, &self->names, file->tree.count / 3 + 16);
    vec_push(file->arena, &self->names, (Str){0});
    self->imports = arena_array(file->arena, Str, variable_count(file));
    self->selves = arena_array(file->arena, Str, variable_count(file));
    return self;
}

// ---- Chains ----

typedef enum PartKind { PART_ATTRIBUTE, PART_CALL, PART_AWAIT } PartKind;

typedef struct Part {
    PartKind kind;
    Str name;         // of an attribute
    const Node *call; // where there is one
} Part;

// A name is found from its end to its beginning: `parts` holds it backwards.
typedef struct Chain {
    Part parts[LONGEST_CHAIN];
    uint32_t len;
    Str root;
} Chain;

static bool push(Chain *chain, Part part) {
    if (chain->len == LONGEST_CHAIN) return false;
    chain->parts[chain->len++] = part;
    return true;
}

// The text of a string without prefix, escapes and triple quotes.
static Str plain_string(const File *file, const Node *string) {
    Str text = node_text(file, string);
    if (string->kind != NODE_STRING || string->size > 1 || text.len < 3) return (Str){0};
    if (text.at[0] != '"' && text.at[0] != '\'') return (Str){0};
    Str inside = str_slice(text, 1, text.len - 1);
    bool is_plain = str_find_byte(inside, '\\') == inside.len &&
                    str_find_byte(inside, text.at[0]) == inside.len;
    return is_plain ? inside : (Str){0};
}

static const Node *first_argument(const Node *call) {
    const Node *arguments = node_child(call, FIELD_ARGUMENTS);
    const Node *first = arguments == NULL ? NULL : node_first_child(arguments);
    return first == NULL ? NULL : node_unparenthesized(first);
}

// The module that `call` imports; `callee` is the name of what it calls. `__import__('a.b')` is a.
static Str dynamic_import(const File *file, const Node *call, Str callee) {
    bool by_function = str_is(callee, "importlib.import_module");
    if (!by_function && !str_is(callee, "builtins.__import__")) return (Str){0};
    const Node *argument = first_argument(call);
    Str name = argument == NULL ? (Str){0} : plain_string(file, argument);
    return by_function ? name : str_slice(name, 0, str_find_byte(name, '.'));
}

// What an import binding stands for: "a" and "a.b" after `import a.b` and `import a.b as x`, "m.x"
// and ".x" after `from m import x` and `from . import x`.
static Str import_path(const File *file, const Binding *binding) {
    if (binding->kind == BINDING_IMPORT) {
        bool is_aliased = !node_is_inside(binding->name, binding->value);
        return node_text(file, is_aliased ? binding->value : binding->name);
    }
    if (binding->kind != BINDING_FROM_IMPORT) return (Str){0};
    const Node *statement = node_ancestor(binding->value, NODE_IMPORT_FROM_STATEMENT);
    const Node *module = statement == NULL ? NULL : node_child(statement, FIELD_MODULE_NAME);
    if (module == NULL) return (Str){0};
    Str from = node_text(file, module);
    if (!str_ends_with(from, STR("."))) from = str_join(file->arena, from, STR("."));
    return str_join(file->arena, from, node_text(file, binding->value));
}

// What all bindings of the variable import, where they agree (`import a.b` and `import a.c` bind
// the same `a`).
static Str find_agreed_import(const File *file, const Variable *variable) {
    Str agreed = STR("");
    for (uint32_t i = 0; i < variable->binding_count; i++) {
        const Binding *binding = &variable->bindings[i];
        if (binding_is_none(binding)) continue;
        Str path = import_path(file, binding);
        if (path.len == 0 || (agreed.len > 0 && !str_eq(agreed, path))) return STR("");
        agreed = path;
    }
    return agreed;
}

static Str agreed_import(File *file, const Variable *variable) {
    Str *known = &names_of(file)->imports[variable_number(file, variable)];
    if (known->at == NULL) *known = find_agreed_import(file, variable);
    return *known;
}

static const Str builtin_names[] = {
#define BUILTIN(name) STR("builtins." name),
#include "facts/builtins.def"
#undef BUILTIN
};

enum { BUILTIN_COUNT = sizeof builtin_names / sizeof builtin_names[0] };

static Str builtin_name(Str name) {
    const uint32_t prefix = sizeof "builtins." - 1;
    uint32_t place =
        COUNT_BEFORE(i, BUILTIN_COUNT, str_compare(str_from(builtin_names[i], prefix), name) < 0);
    if (place == BUILTIN_COUNT) return (Str){0};
    Str found = builtin_names[place];
    return str_eq(str_from(found, prefix), name) ? found : (Str){0};
}

static Str ask(File *file, const Node *expression, Question question);
static Str ask_annotation(File *file, const Node *annotation, Question question);

static Str own_root(const File *file, Str name) {
    return str_join(file->arena, STR(":"), name);
}

static Str instance_of(const File *file, Str class) {
    return class.len == 0 ? class : str_join(file->arena, class, STR("()"));
}

// The place of a parameter among its function's, or UINT32_MAX.
static uint32_t parameter_index(const Node *name) {
    const Node *parameter = name;
    while (node_parent(parameter)->kind != NODE_PARAMETERS) {
        parameter = node_parent(parameter);
        bool is_wrapper = parameter->kind == NODE_TYPED_PARAMETER ||
                          parameter->kind == NODE_DEFAULT_PARAMETER ||
                          parameter->kind == NODE_TYPED_DEFAULT_PARAMETER;
        if (!is_wrapper) return UINT32_MAX;
    }
    uint32_t index = 0;
    for_each_child(child, node_parent(parameter)) {
        if (child == parameter) return index;
        bool is_parameter =
            child->kind != NODE_POSITIONAL_SEPARATOR && child->kind != NODE_KEYWORD_SEPARATOR;
        index += is_parameter;
    }
    return UINT32_MAX;
}

static Str find_name_of_self(File *file, const Variable *variable) {
    bool is_class = false;
    const Node *class = class_of_self(file, variable, &is_class);
    if (class == NULL) return STR("");
    Str name = own_root(file, definition_qualname(file, class));
    return is_class ? name : instance_of(file, name);
}

// Of `self` and `cls`; empty for other variables.
static Str name_of_self(File *file, const Variable *variable) {
    Str *known = &names_of(file)->selves[variable_number(file, variable)];
    if (known->at == NULL) *known = find_name_of_self(file, variable);
    return *known;
}

static Str name_of_parameter(File *file, const Node *use, const Variable *variable,
                             const Binding *binding, Question question) {
    Str self = name_of_self(file, variable);
    if (self.len > 0) return self;
    const Node *annotation = binding_annotation(binding);
    bool is_collected = node_parent(binding->name)->kind == NODE_LIST_SPLAT_PATTERN ||
                        node_parent(binding->name)->kind == NODE_DICTIONARY_SPLAT_PATTERN;
    if (is_collected) return (Str){0};
    if (annotation != NULL) return instance_of(file, ask_annotation(file, annotation, question));
    const Scope *scope = variable_scope(file, variable);
    uint32_t index = parameter_index(binding->name);
    bool is_own = scope->kind == SCOPE_FUNCTION && enclosing_function(use) == scope->node;
    return is_own && index != UINT32_MAX ? str_format(file->arena, "$%u", index) : (Str){0};
}

// `x` of `with f() as x`: "f().__enter__()".
static Str name_entered(File *file, const Binding *binding, Question question) {
    if (node_parent(binding->name)->kind != NODE_AS_PATTERN_TARGET) return (Str){0};
    const Node *with = node_ancestor(binding->name, NODE_WITH_STATEMENT);
    bool is_async = with != NULL && with[1].kind == NODE_ASYNC;
    Str manager = ask(file, binding->value, question);
    if (manager.len == 0) return manager;
    return str_join(file->arena, manager, is_async ? STR(".__aenter__()!") : STR(".__enter__()"));
}

static Str name_bound(File *file, const Binding *binding, Question question) {
    if (binding->kind == BINDING_WITH) return name_entered(file, binding, question);
    bool is_assigned = binding->kind == BINDING_ASSIGNMENT || binding->kind == BINDING_WALRUS;
    return is_assigned && binding->value != NULL ? ask(file, binding->value, question) : (Str){0};
}

// The name of a variable that is bound several times, where all its values have the same one.
static Str agreed_name(File *file, const Variable *variable, Question question) {
    Str agreed = {0};
    if (variable->binding_count > MOST_BINDINGS) return agreed;
    for (uint32_t i = 0; i < variable->binding_count; i++) {
        const Binding *binding = &variable->bindings[i];
        if (binding_is_none(binding)) continue;
        Str name = name_bound(file, binding, question);
        if (name.len == 0 || (agreed.len > 0 && !str_eq(agreed, name))) return (Str){0};
        agreed = name;
    }
    return agreed;
}

// `x: T = …`: what it is says its value or, where that cannot be told, its annotation.
static Str annotated_name(File *file, const Node *value, const Node *annotation,
                          Question question) {
    Str name = value == NULL ? (Str){0} : ask(file, value, question);
    if (name.len > 0) return name;
    return instance_of(file, ask_annotation(file, annotation, question));
}

// A local or class variable's own name is its value's.
static const Node *push_variable(File *file, Chain *chain, const Node *use,
                                 const Variable *variable, Question question) {
    const Scope *scope = variable_scope(file, variable);
    if (scope->kind == SCOPE_MODULE && question == IDENTITY) {
        chain->root = own_root(file, variable->name);
        return NULL;
    }
    const Binding *binding = only_binding(variable);
    if (binding == NULL) {
        chain->root = agreed_name(file, variable, question);
        return NULL;
    }
    switch (binding->kind) {
    case BINDING_FUNCTION:
    case BINDING_CLASS:
        chain->root = own_root(file, definition_qualname(file, binding->value));
        return NULL;
    case BINDING_PARAMETER:
        chain->root = name_of_parameter(file, use, variable, binding, question);
        return NULL;
    case BINDING_WITH: chain->root = name_entered(file, binding, question); return NULL;
    case BINDING_ASSIGNMENT:
        if (binding_annotation(binding) == NULL) break;
        chain->root =
            annotated_name(file, plain_value(variable), binding_annotation(binding), question);
        return NULL;
    default: break;
    }
    return plain_value(variable);
}

// In PLAIN names, `self.x` is what the class assigns to x, where all assignments agree.
static Str attribute_plainly(File *file, const Node *class, Str name) {
    Str agreed = {0};
    uint32_t seen = 0;
    for (const Attribute *attribute = class_attribute(file, class, name); attribute != NULL;
         attribute = attribute_after(file, attribute)) {
        if (seen++ == MOST_ASSIGNMENTS) return (Str){0};
        if (attribute->value != NULL && attribute->value->kind == NODE_NONE) continue;
        Str value = {0};
        if (attribute->annotation != NULL)
            value = instance_of(file, ask_annotation(file, attribute->annotation, PLAIN));
        else if (attribute->value != NULL)
            value = ask(file, attribute->value, PLAIN);
        if (value.len == 0 || value.at[0] == '$') return (Str){0};
        if (agreed.len > 0 && !str_eq(agreed, value)) return (Str){0};
        agreed = value;
    }
    return agreed;
}

static const Node *push_attribute(File *file, Chain *chain, const Node *expression,
                                  Question question) {
    const Node *name = node_child(expression, FIELD_ATTRIBUTE);
    if (name == NULL) return NULL;
    bool is_class;
    const Node *class =
        question == PLAIN ? class_of_self_attribute(file, expression, &is_class) : NULL;
    if (class != NULL) {
        chain->root = attribute_plainly(file, class, node_text(file, name));
        if (chain->root.len > 0) return NULL;
    }
    if (!push(chain, (Part){PART_ATTRIBUTE, node_text(file, name)})) return NULL;
    return node_child(expression, FIELD_OBJECT);
}

// Calling what `functools.partial(f, …)` gives is calling f.
static bool is_partial(File *file, const Node *callee, Question question) {
    if (callee->kind != NODE_IDENTIFIER && callee->kind != NODE_ATTRIBUTE) return false;
    if (!str_ends_with(node_text(file, callee), STR("partial"))) return false;
    return str_is(ask(file, callee, question), "functools.partial");
}

// A, where `A[…]` with a class's kind of name is called: a class with its type arguments.
static const Node *generic_class(const File *file, const Node *callee) {
    const Node *value = callee->kind == NODE_SUBSCRIPT ? node_child(callee, FIELD_VALUE) : NULL;
    if (value == NULL || (value->kind != NODE_IDENTIFIER && value->kind != NODE_ATTRIBUTE))
        return NULL;
    Str text = node_text(file, value);
    uint32_t dot = str_find_last_byte(text, '.');
    Str word = dot == text.len ? text : str_from(text, dot + 1);
    bool is_class = word.len > 1 && word.at[0] >= 'A' && word.at[0] <= 'Z' && word.at[1] >= 'a' &&
                    word.at[1] <= 'z';
    return is_class ? value : NULL;
}

// The class whose method runs `super()`.
static const Node *class_of_super(File *file, const Node *call) {
    const Node *callee = node_child(call, FIELD_FUNCTION);
    const Node *arguments = node_child(call, FIELD_ARGUMENTS);
    bool is_bare = callee->kind == NODE_IDENTIFIER && arguments != NULL && arguments->size == 1 &&
                   str_is(node_text(file, callee), "super") && variable_of(file, callee) == NULL;
    if (!is_bare) return NULL;
    const Node *function = enclosing_function(call);
    while (function != NULL && class_around(function) == NULL)
        function = enclosing_function(function);
    return function == NULL ? NULL : class_around(function);
}

static const Node *push_call(File *file, Chain *chain, const Node *call, Question question) {
    const Node *callee = node_child(call, FIELD_FUNCTION);
    if (callee == NULL) return NULL;
    const Node *class = class_of_super(file, call);
    if (class != NULL) {
        chain->root =
            str_format(file->arena, ":%.*s().<super>", STR_ARG(definition_qualname(file, class)));
        return NULL;
    }
    if (is_partial(file, callee, question)) return first_argument(call);
    if (generic_class(file, callee) != NULL) callee = generic_class(file, callee);
    return push(chain, (Part){.kind = PART_CALL, .call = call}) ? callee : NULL;
}

static const Node *other_than_none(const Node *conditional) {
    const Node *chosen = NULL;
    uint32_t place = 0;
    for_each_child(child, conditional) {
        bool is_condition = place++ == 1;
        if (is_condition || child->kind == NODE_NONE) continue;
        if (chosen != NULL) return NULL;
        chosen = child;
    }
    return chosen;
}

static Str unbound_name(File *file, Str name, Question question) {
    if (has_star_import(file)) return question == IDENTITY ? own_root(file, name) : (Str){0};
    Str builtin = builtin_name(name);
    return builtin.len > 0 || question == IDENTITY ? builtin : name;
}

// `folder / "name"` is a path as the folder is.
static Str joined_path(File *file, const Node *operation, Question question) {
    const Node *left = node_first_child(operation);
    const Str path = STR("pathlib.Path()");
    return left != NULL && str_eq(ask(file, left, question), path) ? path : (Str){0};
}

// One step from the end of the expression to its root: the expression that stands before, or NULL
// where the root is found or the way is lost.
static const Node *push_step(File *file, Chain *chain, const Node *expression, Question question) {
    switch (expression->kind) {
    case NODE_ATTRIBUTE: return push_attribute(file, chain, expression, question);
    case NODE_CALL: return push_call(file, chain, expression, question);
    case NODE_AWAIT: return push(chain, (Part){PART_AWAIT}) ? node_first_child(expression) : NULL;
    case NODE_NAMED_EXPRESSION: return node_child(expression, FIELD_VALUE);
    case NODE_CONDITIONAL_EXPRESSION: return other_than_none(expression);
    case NODE_BINARY_OPERATOR: chain->root = joined_path(file, expression, question); return NULL;
    case NODE_LAMBDA:
        if (question == IDENTITY)
            chain->root = own_root(file, definition_qualname(file, expression));
        return NULL;
    case NODE_IDENTIFIER: break;
    default: return NULL;
    }
    const Variable *variable = variable_of(file, expression);
    if (variable == NULL) {
        chain->root = unbound_name(file, node_text(file, expression), question);
        return NULL;
    }
    chain->root = agreed_import(file, variable);
    if (chain->root.len > 0) return NULL;
    return push_variable(file, chain, expression, variable, question);
}

static Str join_parts(const File *file, const Chain *chain) {
    Str name = chain->root;
    for (uint32_t i = chain->len; i-- > 0;) {
        const Part *part = &chain->parts[i];
        if (part->kind == PART_ATTRIBUTE) {
            name = str_join3(file->arena, name, STR("."), part->name);
        } else if (part->kind == PART_AWAIT) {
            name = str_join(file->arena, name, STR("!"));
        } else {
            Str module = {0};
            if (part->call != NULL) module = dynamic_import(file, part->call, name);
            name = module.len > 0 ? module : str_join(file->arena, name, STR("()"));
        }
    }
    return name;
}

static Str find_name(File *file, const Node *expression, Question question) {
    Chain chain; // its parts are many, and few are used
    chain.len = 0;
    chain.root = (Str){0};
    for (int steps = 0; expression != NULL && steps < LONGEST_CHAIN; steps++)
        expression = push_step(file, &chain, node_unparenthesized(expression), question);
    return chain.root.len == 0 ? (Str){0} : join_parts(file, &chain);
}

static uint32_t *place_of_answer(File *file, const Node *expression, Question question) {
    const NodeNumbers *numbers = node_numbers(file);
    uint32_t **asked = &names_of(file)->asked[question];
    if (*asked == NULL) *asked = arena_array(file->arena, uint32_t, numbers->count);
    return &(*asked)[node_number(numbers, file, expression)];
}

static Str ask(File *file, const Node *expression, Question question) {
    expression = node_unparenthesized(expression);
    if (!has_number(expression->kind)) return (Str){0};
    uint32_t *answer = place_of_answer(file, expression, question);
    NameFacts *self = file->names;
    if (*answer == 0) {
        if (self->depth == DEEPEST) return (Str){0};
        *answer = UNKNOWN; // while it is being found: `x = x.y` ends here
        self->depth++;
        Str name = find_name(file, expression, question);
        self->depth--;
        if (name.len == 0) return name;
        vec_push(file->arena, &self->names, name);
        *answer = self->names.len;
    }
    return self->names.at[*answer - 1];
}

// ---- Annotations ----

static bool is_transparent_type(Str name) {
    static const char *const names[] = {"Optional", "Annotated", "Final", "ClassVar", "Union"};
    uint32_t dot = str_find_last_byte(name, '.');
    Str last = dot == name.len ? name : str_from(name, dot + 1);
    return STR_IS_ONE_OF(last, names);
}

// The one child behind the first `skip` that is not None or, among Annotated's, the first.
static const Node *only_type(const Node *node, uint32_t skip, bool is_annotated) {
    const Node *only = NULL;
    for_each_child(child, node) {
        if (skip > 0) {
            skip--;
            continue;
        }
        const Node *inner = child;
        while (inner->kind == NODE_TYPE && inner->size > 1)
            inner++;
        if (inner->kind == NODE_NONE || inner->kind == NODE_OPERATOR) continue;
        if (only != NULL) return is_annotated ? only : NULL;
        only = inner;
    }
    return only;
}

// One layer less: NULL where nothing is left, the node itself where it has none.
static const Node *peel_annotation(const File *file, const Node *node) {
    switch (node->kind) {
    case NODE_TYPE:
    case NODE_PARENTHESIZED_EXPRESSION: return node_first_child(node);
    case NODE_UNION_TYPE:
    case NODE_BINARY_OPERATOR: return only_type(node, 0, false);
    case NODE_GENERIC_TYPE: {
        const Node *name = node_first_child(node);
        if (name == NULL || !is_transparent_type(node_text(file, name))) return name;
        const Node *arguments = node_next_sibling(name);
        bool is_annotated = str_is(node_text(file, name), "Annotated");
        return arguments == NULL ? NULL : only_type(arguments, 0, is_annotated);
    }
    case NODE_SUBSCRIPT: {
        const Node *name = node_child(node, FIELD_VALUE);
        if (name == NULL || !is_transparent_type(node_text(file, name))) return name;
        return only_type(node, 1, str_ends_with(node_text(file, name), STR("Annotated")));
    }
    default: return node;
    }
}

static bool is_dotted(Str text) {
    for (uint32_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (!is_letter_or_digit(c) && c != '_' && c != '.') return false;
    }
    return text.len > 0;
}

// "Queue", "asyncio.Queue", "Queue | None": read in the module's scope.
static Str quoted_annotation(File *file, Str text, Question question) {
    if (str_ends_with(text, STR("| None"))) text = str_slice(text, 0, text.len - 6);
    if (str_starts_with(text, STR("Optional[")) && str_ends_with(text, STR("]")))
        text = str_slice(text, 9, text.len - 1);
    text = str_trim(text);
    text = str_slice(text, 0, str_find_byte(text, '['));
    if (!is_dotted(text)) return (Str){0};
    uint32_t dot = str_find_byte(text, '.');
    const Variable *variable = module_variable(file, str_slice(text, 0, dot));
    if (variable == NULL) return builtin_name(text);
    Str root = agreed_import(file, variable);
    const Binding *binding = only_binding(variable);
    bool is_class = binding != NULL && binding->kind == BINDING_CLASS;
    if (root.len == 0 && (is_class || question == IDENTITY)) root = own_root(file, variable->name);
    return root.len == 0 ? root : str_join(file->arena, root, str_from(text, dot));
}

static Str ask_annotation(File *file, const Node *annotation, Question question) {
    for (int steps = 0; annotation != NULL && steps < LONGEST_CHAIN; steps++) {
        const Node *inner = peel_annotation(file, annotation);
        if (inner == annotation) break;
        annotation = inner;
    }
    if (annotation == NULL) return (Str){0};
    if (annotation->kind == NODE_NONE) return STR("builtins.None");
    if (annotation->kind == NODE_STRING)
        return quoted_annotation(file, plain_string(file, annotation), question);
    return ask(file, annotation, question);
}

// ---- Asking ----

Str value_name(File *file, const Node *expression) {
    return ask(file, expression, IDENTITY);
}

Str annotation_name(File *file, const Node *annotation) {
    return ask_annotation(file, annotation, IDENTITY);
}

Str qualified_name(File *file, const Node *expression) {
    Str name = ask(file, expression, PLAIN);
    bool is_own = name.len > 0 && (name.at[0] == ':' || name.at[0] == '$');
    return is_own ? (Str){0} : name;
}

Str callee_name(File *file, const Node *call) {
    const Node *callee = node_child(call, FIELD_FUNCTION);
    return callee == NULL ? (Str){0} : qualified_name(file, callee);
}

bool callee_is(File *file, const Node *call, const char *dotted) {
    return str_is(callee_name(file, call), dotted);
}
