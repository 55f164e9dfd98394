// Which Python versions have what of the standard library (data: facts/versions/), and which code
// asks for the version before it uses something.

#ifndef ASYNCLINT_FACTS_VERSIONS_H
#define ASYNCLINT_FACTS_VERSIONS_H

#include "facts/file.h"

typedef struct ApiSpan {
    uint16_t added;      // 308 for 3.8; 0: 3.7 or before
    uint16_t removed;    // 0: still there
    uint16_t deprecated; // 0: not
    const char *instead; // of what is deprecated; may be empty
} ApiSpan;

// What is known of `path`: "asyncio.to_thread", "asyncio.create_task(name)" for a parameter,
// "asyncio.Queue[]" for subscription at run time. `path` may have calls in it as qualified_name()
// gives them: "asyncio.Queue().shutdown". False where all versions since 3.7 are alike.
bool api_find(Str path, ApiSpan *span);

// Whether `node` runs only where its author has asked: under a condition on sys.version_info,
// hasattr() or TYPE_CHECKING, behind one that leaves, in a `try` that catches the import's or the
// attribute's failure, or in what a decorator skips by version.
bool is_version_guarded(File *file, const Node *node);

#endif
