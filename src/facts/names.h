// What the value of an expression is called, in a notation that means something outside the file.
//
//     name := root part*
//     root := "asyncio"      a module or what it holds, as the file imports it; dots in front are
//                            those of a relative import: ".db.query"
//           | ":load"        the file's own: a function, class or module-level variable, by its
//                            qualified name (":Cache.get", ":main.<locals>.work")
//           | "$2"           the third parameter of the function that the expression stands in
//     part := ".attribute"
//           | ".<super>"     what `super()` gives in a method of that class
//           | "()"           what calling it gives; an instance, where it is a class
//           | "!"            what awaiting it gives
//
// `await self.pool.get()` in a method of Cache is ":Cache().pool.get()!". Local variables that are
// bound once are replaced by their values' names, annotated parameters by an instance of their
// class, `x` of `async with f() as x` by "f().__aenter__()!". The summary (facts/summary.h) stores
// such names, and src/project gives them their meaning.

#ifndef ASYNCLINT_FACTS_NAMES_H
#define ASYNCLINT_FACTS_NAMES_H

#include "facts/attributes.h"
#include "facts/definitions.h"
#include "facts/scopes.h"

// The dotted name of what `expression` (identifier, attribute chain, call) stands for, resolved
// through imports and single assignments: `sleep` after `from time import sleep as sleep` is
// "time.sleep", `t.sleep` after `import time as t` too; an unshadowed builtin is "builtins.input".
// The result of a call is written with `()`: "asyncio.get_event_loop().run_in_executor", also for
// `loop.…` after `loop = asyncio.get_event_loop()`; an instance is the result of calling its class:
// `q.get` is "asyncio.Queue().get" where `q` is a parameter annotated `asyncio.Queue`, and
// `self.lock.acquire` is "asyncio.Lock().acquire" where the class has `self.lock = asyncio.Lock()`.
// `__import__('0-x')` and `importlib.import_module('0-x')` are "0-x". A relative import keeps its
// dots: ".db.query". A name that nothing binds stands for itself: whoever writes `os.system()`
// means that one, though the import is missing. Empty where it cannot be told, a name of the file's
// own included. In the file's arena, asked for twice at no cost.
Str qualified_name(File *file, const Node *expression);

// The same of what `call` (NODE_CALL) calls.
Str callee_name(File *file, const Node *call);

// Whether `call` (NODE_CALL) calls exactly `dotted`.
bool callee_is(File *file, const Node *call, const char *dotted);

// What the value of `expression` is called, in the notation above. Empty where it cannot be told.
// In the file's arena, asked for twice at no cost.
Str value_name(File *file, const Node *expression);

// The name of the class that an annotation (a `type` node or an expression) stands for, without
// Optional, None and type arguments; of a string too. Empty where it cannot be told.
Str annotation_name(File *file, const Node *annotation);

#endif
