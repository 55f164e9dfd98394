// What the compiler looks at once the scopes are known: names declared global or nonlocal, and
// return, yield, await and import * where they are not allowed.

#include "python/compiler/parser.h"

#include "base/map.h"

static bool is_comprehension(const Scope *scope) {
    return scope->kind == SCOPE_COMPREHENSION || scope->kind == SCOPE_GENERATOR;
}

static bool is_function(const Scope *scope) {
    return scope->kind == SCOPE_FUNCTION || scope->kind == SCOPE_LAMBDA;
}

static Scope *scope_of(const Parser *self, const Event *event) {
    return &self->scopes.at[event->scope];
}

// The scope around any comprehensions.
static uint32_t home_scope(const Parser *self, uint32_t scope) {
    while (is_comprehension(&self->scopes.at[scope]))
        scope = self->scopes.at[scope].parent;
    return scope;
}

static void refuse_event(Parser *self, const Event *event, RefusalKind kind, const char *what) {
    refuse(self, kind, event->start, event->end, event->is_dead ? 308 : ANY_VERSION, NO_VERSION,
           "%s", what);
}

// ---- Where what may stand ----

static void check_return(Parser *self, const Event *event) {
    const Scope *scope = scope_of(self, event);
    if (scope->kind != SCOPE_FUNCTION)
        refuse_event(self, event, REFUSED_MEANING, "`return` outside a function");
    else if (event->kind == EVENT_RETURN_VALUE && scope->is_async && scope->has_yield)
        refuse_event(self, event, REFUSED_ASYNC, "`return` with a value in an async generator");
}

static void check_yield(Parser *self, const Event *event) {
    const Scope *scope = scope_of(self, event);
    bool is_run = event->zone != ZONE_UNCOMPILED && event->zone != ZONE_TEXT;
    if (is_comprehension(scope))
        refuse(self, REFUSED_MEANING, event->start, event->end, 308, NO_VERSION,
               "`yield` in a comprehension");
    else if (!is_run)
        return;
    else if (!is_function(scope))
        refuse_event(self, event, REFUSED_MEANING, "`yield` outside a function");
    else if (event->kind == EVENT_YIELD_FROM && scope->is_async)
        refuse_event(self, event, REFUSED_YIELD_FROM, "`yield from` in an async function");
}

static void check_await(Parser *self, const Event *event, const char *what) {
    const Scope *scope = scope_of(self, event);
    if (is_comprehension(scope) || scope->is_async) return;
    if (event->zone == ZONE_UNCOMPILED || event->zone == ZONE_TEXT) return;
    refuse(self, REFUSED_AWAIT, event->start, event->end, event->is_dead ? 308 : ANY_VERSION,
           NO_VERSION,
           is_function(scope) ? "%s outside an async function" : "%s outside a function", what);
}

// await, yield and assignment expressions where types are written.
static void check_zone(Parser *self, const Event *event) {
    bool is_walrus = event->kind == EVENT_WALRUS;
    if (!is_walrus && event->kind != EVENT_AWAIT && event->kind != EVENT_YIELD &&
        event->kind != EVENT_YIELD_FROM)
        return;
    bool is_inside = is_comprehension(scope_of(self, event));
    if (event->zone == ZONE_TEXT && !is_inside)
        refuse(self, REFUSED_MEANING, event->start, event->end, 310, NO_VERSION,
               "await, yield or an assignment expression in an annotation");
    if (event->zone == ZONE_GENERIC && (!is_inside || is_walrus))
        refuse(self, REFUSED_MEANING, event->start, event->end, ANY_VERSION, NO_VERSION,
               "await, yield or an assignment expression in a generic definition or type alias");
}

static void check_place(Parser *self, const Event *event) {
    if (event->zone != ZONE_NONE) check_zone(self, event);
    switch ((EventKind)event->kind) {
    case EVENT_RETURN:
    case EVENT_RETURN_VALUE: check_return(self, event); break;
    case EVENT_YIELD:
    case EVENT_YIELD_FROM: check_yield(self, event); break;
    case EVENT_AWAIT: check_await(self, event, "`await`"); break;
    case EVENT_ASYNC_FOR: check_await(self, event, "`async for`"); break;
    case EVENT_ASYNC_WITH: check_await(self, event, "`async with`"); break;
    case EVENT_IMPORT_STAR:
        if (scope_of(self, event)->kind != SCOPE_MODULE)
            refuse(self, REFUSED_MEANING, event->start, event->end, ANY_VERSION, NO_VERSION,
                   "`import *` below module level");
        break;
    default: break;
    }
}

// ---- Comprehensions that wait ----

static void note_yields_and_waits(Parser *self) {
    for (uint32_t i = 0; i < self->events.len; i++) {
        const Event *event = &self->events.at[i];
        Scope *scope = scope_of(self, event);
        if (event->kind == EVENT_YIELD || event->kind == EVENT_YIELD_FROM) scope->has_yield = true;
        if (event->kind != EVENT_AWAIT && event->kind != EVENT_ASYNC_CLAUSE) continue;
        if (!is_comprehension(scope) || scope->is_async) continue;
        scope->is_async = true;
        scope->wait_start = event->start;
        scope->wait_end = event->end;
    }
    // From 3.11 on a comprehension in another one makes that one wait too; generators do not.
    for (uint32_t i = 1; i < self->scopes.len; i++) {
        const Scope *scope = &self->scopes.at[i];
        if (!scope->is_async) continue;
        while (scope->kind == SCOPE_COMPREHENSION) {
            Scope *parent = &self->scopes.at[scope->parent];
            if (!is_comprehension(parent) || parent->wait_end != 0) break;
            parent->wait_start = scope->wait_start;
            parent->wait_end = scope->wait_end;
            scope = parent;
        }
    }
}

static void check_comprehensions(Parser *self) {
    for (uint32_t i = 1; i < self->scopes.len; i++) {
        const Scope *scope = &self->scopes.at[i];
        if (scope->kind != SCOPE_COMPREHENSION || scope->wait_end == 0) continue;
        const Scope *parent = &self->scopes.at[scope->parent];
        bool is_refused_before = scope->is_async && !parent->is_async;
        if (scope->zone == ZONE_UNCOMPILED || scope->zone == ZONE_TEXT) continue;
        if (scope->zone == ZONE_GENERIC && self->has_future_annotations) continue;
        bool is_refused_since =
            !is_comprehension(parent) && (!parent->is_async || scope->zone == ZONE_GENERIC);
        if (!is_refused_before && !is_refused_since) continue;
        refuse(self, REFUSED_ASYNC, scope->wait_start, scope->wait_end,
               is_refused_before ? ANY_VERSION : 311, is_refused_since ? NO_VERSION : 311,
               is_refused_since ? "an async comprehension outside an async function"
                                : "an async comprehension in one that does not wait");
    }
}

// ---- Names ----

enum {
    NAME_USED = 1,
    NAME_STORED = 2,
    NAME_PARAMETER = 4,
    NAME_GLOBAL = 8,
    NAME_NONLOCAL = 16,
    NAME_ANNOTATED = 32,
    NAME_IMPORTED = 64, // bound, but may be declared afterwards all the same
};

typedef struct Names {
    Parser *parser;
    Map asked;     // those that somebody will ask about
    Map *of_scope; // their flags
} Names;

static Str event_text(const Names *names, const Event *event) {
    return parser_text(names->parser, event->start, event->end);
}

static uint32_t name_flags(const Names *names, uint32_t scope, Str name) {
    uint32_t flags = map_get(&names->of_scope[scope], name);
    return flags == MAP_NONE ? 0 : flags;
}

static void add_flag(Names *names, uint32_t scope, Str name, uint32_t flag) {
    uint32_t flags = name_flags(names, scope, name);
    if ((flags & flag) == 0)
        map_put(names->parser->arena, &names->of_scope[scope], name, flags | flag);
}

static void declare(Names *names, const Event *event) {
    bool is_global = event->kind == EVENT_GLOBAL;
    const char *word = is_global ? "global" : "nonlocal";
    Str name = event_text(names, event);
    uint32_t flags = name_flags(names, event->scope, name);
    const char *problem = NULL;
    if (!is_global && event->scope == 0)
        problem = "at module level";
    else if (flags & NAME_PARAMETER)
        problem = "though it is a parameter";
    else if (flags & NAME_ANNOTATED)
        problem = "though it is annotated";
    else if (flags & NAME_STORED)
        problem = "behind an assignment to it";
    else if (flags & NAME_USED)
        problem = "behind a use of it";
    else if (flags & (is_global ? NAME_NONLOCAL : NAME_GLOBAL))
        problem = "and also the other way";
    if (problem != NULL)
        refuse(names->parser, REFUSED_MEANING, event->start, event->end, ANY_VERSION, NO_VERSION,
               "`%.*s` declared %s %s", STR_ARG(name), word, problem);
    add_flag(names, event->scope, name, is_global ? NAME_GLOBAL : NAME_NONLOCAL);
}

static void take_name(Names *names, const Event *event) {
    Str name = event_text(names, event);
    switch ((EventKind)event->kind) {
    case EVENT_USE: add_flag(names, event->scope, name, NAME_USED); break;
    case EVENT_STORE: add_flag(names, event->scope, name, NAME_STORED); break;
    case EVENT_IMPORT: add_flag(names, event->scope, name, NAME_IMPORTED); break;
    case EVENT_PARAMETER: add_flag(names, event->scope, name, NAME_PARAMETER); break;
    case EVENT_WALRUS:
        add_flag(names, home_scope(names->parser, event->scope), name, NAME_STORED);
        break;
    case EVENT_GLOBAL:
    case EVENT_NONLOCAL: declare(names, event); break;
    case EVENT_ANNOTATE:
        if ((name_flags(names, event->scope, name) & (NAME_GLOBAL | NAME_NONLOCAL)) != 0)
            refuse(names->parser, REFUSED_MEANING, event->start, event->end, ANY_VERSION,
                   event->scope == 0 ? 308 : NO_VERSION,
                   "`%.*s` annotated though it is declared global or nonlocal", STR_ARG(name));
        add_flag(names, event->scope, name, NAME_ANNOTATED);
        break;
    default: break;
    }
}

// Whether a function around `scope` binds `name`.
static bool is_bound_around(const Names *names, uint32_t scope, Str name) {
    while (scope != 0) {
        scope = names->parser->scopes.at[scope].parent;
        const Scope *around = &names->parser->scopes.at[scope];
        if (around->kind == SCOPE_CLASS && str_is(name, "__class__")) return true;
        if (!is_function(around)) continue;
        uint32_t flags = name_flags(names, scope, name);
        if (flags & NAME_GLOBAL) return false;
        if (flags & NAME_NONLOCAL) continue;
        if (flags & (NAME_STORED | NAME_PARAMETER | NAME_IMPORTED)) return true;
    }
    return false;
}

static void check_nonlocal(const Names *names, const Event *event) {
    Str name = event_text(names, event);
    if (event->scope == 0 || is_bound_around(names, event->scope, name)) return;
    refuse(names->parser, REFUSED_MEANING, event->start, event->end, ANY_VERSION, NO_VERSION,
           "`%.*s` declared nonlocal, but no function around binds it", STR_ARG(name));
}

// An assignment expression in a comprehension binds in the scope around it.
static void check_walrus(const Names *names, const Event *event) {
    const Parser *parser = names->parser;
    Str name = event_text(names, event);
    uint32_t scope = event->scope;
    if (str_starts_with(name, STR("__"))) return; // mangled in a class: another name
    for (; is_comprehension(&parser->scopes.at[scope]); scope = parser->scopes.at[scope].parent) {
        if ((name_flags(names, scope, name) & NAME_STORED) == 0) continue;
        refuse(names->parser, REFUSED_MEANING, event->start, event->end, 308, NO_VERSION,
               "the comprehension's own variable `%.*s` assigned to", STR_ARG(name));
        return;
    }
    if (scope != event->scope && parser->scopes.at[scope].kind == SCOPE_CLASS)
        refuse(names->parser, REFUSED_MEANING, event->start, event->end, 308, NO_VERSION,
               "an assignment expression in a comprehension of a class body");
}

static bool asks_for_names(const Parser *self, const Event *event) {
    switch ((EventKind)event->kind) {
    case EVENT_GLOBAL:
    case EVENT_NONLOCAL: return true;
    case EVENT_WALRUS: return is_comprehension(scope_of(self, event));
    default: return false;
    }
}

static void find_names(Names *names) {
    const Parser *self = names->parser;
    for (uint32_t i = 0; i < self->events.len; i++)
        if (asks_for_names(self, &self->events.at[i]))
            map_put(self->arena, &names->asked, event_text(names, &self->events.at[i]), 1);
}

static bool is_asked_name(const Names *names, const Event *event) {
    return event->kind <= EVENT_WALRUS &&
           map_get(&names->asked, event_text(names, event)) != MAP_NONE;
}

static void check_names(Parser *self) {
    Names names = {.parser = self};
    find_names(&names);
    if (names.asked.len == 0) return;
    names.of_scope = arena_array(self->arena, Map, self->scopes.len);
    for (uint32_t i = 0; i < self->events.len; i++)
        if (is_asked_name(&names, &self->events.at[i])) take_name(&names, &self->events.at[i]);
    for (uint32_t i = 0; i < self->events.len; i++) {
        const Event *event = &self->events.at[i];
        if (event->kind == EVENT_NONLOCAL) check_nonlocal(&names, event);
        if (event->kind == EVENT_WALRUS) check_walrus(&names, event);
    }
}

void check_scopes(Parser *self) {
    note_yields_and_waits(self);
    check_comprehensions(self);
    for (uint32_t i = 0; i < self->events.len; i++)
        check_place(self, &self->events.at[i]);
    check_names(self);
}
