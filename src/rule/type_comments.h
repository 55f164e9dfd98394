// `# type: …` comments: PEP 484, "Compatibility with Python 2.7", as flake8-annotations 3.3 reads
// them.

#ifndef ASYNCLINT_RULE_TYPE_COMMENTS_H
#define ASYNCLINT_RULE_TYPE_COMMENTS_H

#include "facts/file.h"

// `name,  # type: int`
bool parameter_has_type_comment(const File *file, const Node *parameter);

// Behind the header's colon, or on a line of its own before the body.
bool function_has_type_comment(const File *file, const Node *function);

// Whether `# type: ignore` stands on the first line of the file, or of the function; for the file,
// mypy's `ignore-errors` counts as well.
bool module_is_type_ignored(const File *file);
bool function_is_type_ignored(const File *file, const Node *function);

// The byte offset of the colon that ends a function's header.
uint32_t header_colon(const File *file, const Node *function);

#endif
