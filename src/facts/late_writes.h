// `if self.x is None: self.x = await make()`: what is tested as missing, and set only after the
// coroutine has waited.

#ifndef ASYNCLINT_FACTS_LATE_WRITES_H
#define ASYNCLINT_FACTS_LATE_WRITES_H

#include "facts/file.h"

// The assignment in the block of `if_statement` (the first one to it among the block's statements)
// to the attribute of `self` or the module's variable that the condition says is missing (`x is
// None`, `not x`, `key not in x`), where an `await` comes before it is done. `*tested` is that
// attribute or name. NULL where there is none, outside coroutines and inside an `async with`.
const Node *late_write(File *file, const Node *if_statement, const Node **tested);

#endif
