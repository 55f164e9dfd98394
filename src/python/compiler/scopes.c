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

static const Scope *scope_of(const Parser *self, const Event *event) {
    return &self->scopes.at[event->scope];
}

// The scope around any comprehensions.
static uint32_t home_scope(const Parser *self, uint32_t scope) {
    while (is_comprehension(&self->scopes.at[scope]))
        scope = self->scopes.at[scope].parent;
    return scope;
}

static void refuse_event(Parser *self, const Event *event, RefusalKind kind, const char *what) {
    refuse(self, kind, event->start, event->end, ANY_VERSION, NO_VERSION, "%s", what);
}

// ---- Places ----

static void check_return(Parser *self, const Event *event) {
    if (scope_of(self, event)->kind != SCOPE_FUNCTION)
        refuse_event(self, event, REFUSED_MEANING, "`return` outside a function");
}

static void check_yield(Parser *self, const Event *event) {
    const Scope *scope = scope_of(self, event);
    const Scope *home = &self->scopes.at[home_scope(self, event->scope)];
    if (is_comprehension(scope))
        refuse(self, REFUSED_MEANING, event->start, event->end, 308, NO_VERSION,
               "`yield` in a comprehension");
    else if (!is_function(home))
        refuse_event(self, event, REFUSED_MEANING, "`yield` outside a function");
    else if (event->kind == EVENT_YIELD_FROM && home->is_async)
        refuse_event(self, event, REFUSED_YIELD_FROM, "`yield from` in a coroutine");
}

static void check_await(Parser *self, const Event *event, const char *what) {
    const Scope *scope = scope_of(self, event);
    if (is_comprehension(scope) || scope->is_async) return;
    refuse(self, REFUSED_AWAIT, event->start, event->end, ANY_VERSION, NO_VERSION,
           scope->kind == SCOPE_MODULE || scope->kind == SCOPE_CLASS
               ? "%s outside a function"
               : "%s outside an async function",
           what);
}

static void check_place(Parser *self, const Event *event) {
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
            refuse_event(self, event, REFUSED_MEANING, "`import *` below module level");
        break;
    default: break;
    }
}

void check_scopes(Parser *self) {
    for (uint32_t i = 0; i < self->events.len; i++)
        check_place(self, &self->events.at[i]);
}
