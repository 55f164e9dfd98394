// What a function definition says about itself, and which function runs what.

#ifndef ASYNCLINT_FACTS_FUNCTIONS_H
#define ASYNCLINT_FACTS_FUNCTIONS_H

#include "facts/file.h"

// The expression of the decorator after `previous` (of the first one where that is NULL), or NULL.
const Node *decorator_after(const Node *definition, const Node *previous);

// The last name of a decorator: "fixture" of `@pytest.fixture(autouse=True)`; empty where it is
// no name.
Str decorator_last_name(const File *file, const Node *decorator);

// Whether one of its decorators has that last name.
bool has_decorator(const File *file, const Node *definition, const char *name);

// Whether it makes a context manager of a generator: @contextmanager, @asynccontextmanager or a
// test fixture.
bool is_context_manager_function(const File *file, const Node *function);

// Whether a name is written like those that Python itself calls: `__len__`.
static inline bool is_dunder(Str name) {
    return str_starts_with(name, STR("__")) && str_ends_with(name, STR("__"));
}

// The name of a function or class, as it stands behind `def` or `class`.
Str own_name(const File *file, const Node *definition);

// Whether the body holds nothing but pass, `...` and strings.
bool has_empty_body(const Node *function);

// The function_definition or lambda whose body (not its decorators, defaults or annotations) runs
// `node`; a comprehension is part of the function around it, a generator expression's first
// iterable too, and the body of a class, which runs where the class is made. NULL at module level.
const Node *enclosing_function(const Node *node);

// Whether `function` is an `async def`.
bool function_is_async(const Node *function);

// Whether `node` runs in the body of an `async def`, not of a function or lambda inside it.
bool is_in_coroutine(const Node *node);

// Whether `node` is an `await` or holds one that the same function runs.
bool has_await(const Node *node);

// Whether code in `node`'s subtree belongs to a function or lambda inside it: jumps over these
// when going through what one body runs.
//
//     for (const Node *inner = body + 1; inner < node_end(body); inner = next_of_body(inner))
static inline const Node *next_of_body(const Node *inner) {
    bool is_other = inner->kind == NODE_FUNCTION_DEFINITION || inner->kind == NODE_LAMBDA;
    return is_other ? node_end(inner) : inner + 1;
}

// Whether a `yield` is among what its body runs.
bool function_yields(const Node *function);

// The statement that `node` is a part of, or is.
const Node *statement_of(const Node *node);

// Whether `expression` is awaited where it stands: `await (f())`.
bool is_awaited(const Node *expression);

// The argument of a call at `position` or, where that is not given by position, of that name (which
// may be NULL); NULL where there is none or a splat hides it.
const Node *call_argument(const File *file, const Node *call, uint32_t position, const char *name);

#endif
