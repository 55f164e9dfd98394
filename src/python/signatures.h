// The nodes of plain imports, types and parameters: `from .a import b as c`, `dict[str, a.B]`,
// `self, *, name: str = "", **options`.
//
// type:      name_or_string ("|" name_or_string)* | name "[" type ("," type)* "]" | list | "..."
// parameter: ["*" | "**"] name [":" type] ["=" value] | "*" | "/"
//
// Each function appends what it makes and returns the last token of it; or it appends nothing and
// returns NO_TOKEN where the code is not plain.

#ifndef ASYNCLINT_PYTHON_SIGNATURES_H
#define ASYNCLINT_PYTHON_SIGNATURES_H

#include "python/primaries.h"

// An import statement, whose node is its own parent.
uint32_t add_import(Primaries *self, uint32_t first);

// A `type` node with that field.
uint32_t add_type(Primaries *self, uint32_t first, NodeField field, uint32_t parent,
                  uint32_t level);

// Parameters from the token behind "(" to the last one before ")" or ",)", each its own parent.
uint32_t add_parameters(Primaries *self, uint32_t first);

#endif
