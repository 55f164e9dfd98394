// with statements, and which of their context managers are task groups or limit the time.

#ifndef ASYNCLINT_FACTS_WITHS_H
#define ASYNCLINT_FACTS_WITHS_H

#include "facts/file.h"

// The with_item after `previous` (the first one where that is NULL), or NULL.
const Node *with_item_after(const Node *with_statement, const Node *previous);

// Its context manager.
const Node *with_item_value(const Node *item);

// What stands behind `as`, or NULL.
const Node *with_item_target(const Node *item);

typedef enum ScopeManager {
    MANAGER_TIMEOUT = 1,    // asyncio.timeout() and its like: cancels what runs in it
    MANAGER_TASK_GROUP = 2, // asyncio.TaskGroup() and its like
    MANAGER_OTHER = 4,      // another library's, with one of these two inside
} ScopeManager;

// Which of these a context manager's expression opens; 0: none. By its full name.
unsigned manager_of(File *file, const Node *value);

// The first item of a with statement that opens one of `kinds`, or NULL.
const Node *with_opens(File *file, const Node *with_statement, unsigned kinds);

// Whether `node` stands in a block that is to fail: `with self.assertRaises(…)`,
// `pytest.raises(…)`.
bool is_expected_to_fail(const File *file, const Node *node);

// The exceptions that such a block around `node` is to fail with, as they are written there:
// "TypeError" or "(TypeError, ValueError)". Empty where there is no such block.
Str expected_failure(const File *file, const Node *node);

// Whether it is `async with`.
bool with_is_async(const Node *with_statement);

#endif
