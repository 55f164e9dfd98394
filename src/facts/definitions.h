// Functions and classes by where they stand: what they are called, and whose methods they are.

#ifndef ASYNCLINT_FACTS_DEFINITIONS_H
#define ASYNCLINT_FACTS_DEFINITIONS_H

#include "facts/scopes.h"

// The qualified name of a function_definition, class_definition or lambda, as Python's
// __qualname__; a lambda's has its offset behind it.
Str definition_qualname(File *file, const Node *definition);

// The class_definition whose body `definition` (a function or class) stands in, or NULL.
const Node *class_around(const Node *definition);

// The decorated_definition around `definition`, or NULL.
const Node *decorated_around(const Node *definition);

// Whether the parameter is an instance's (`self`) or, with `*is_class`, a class's (`cls`) own
// first parameter; returns the class_definition, or NULL.
const Node *class_of_self(File *file, const Variable *variable, bool *is_class);

// Likewise for the object of `expression`: the class of `self.x` or `cls.x`; NULL for anything
// else.
const Node *class_of_self_attribute(File *file, const Node *expression, bool *is_class);

#endif
