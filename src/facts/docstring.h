// What can carry a docstring: the module, and every class and function, nested ones too.
//
// Kinds and publicity are those of pydocstyle 6.3 (its parser.py): a name in `__all__` or without
// a leading underscore is public, what is inside something private is private.

#ifndef ASYNCLINT_FACTS_DOCSTRING_H
#define ASYNCLINT_FACTS_DOCSTRING_H

#include "facts/file.h"
#include "python/literal.h"

typedef enum DefinitionKind {
    DEFINITION_MODULE,
    DEFINITION_PACKAGE, // an __init__.py
    DEFINITION_CLASS,
    DEFINITION_NESTED_CLASS, // in a class or a function
    DEFINITION_FUNCTION,
    DEFINITION_METHOD,
    DEFINITION_NESTED_FUNCTION,
} DefinitionKind;

// A docstring as pydocstyle looks at it: the first literal where several are joined. Line ends are
// LF.
typedef struct Docstring {
    const struct Definition *definition;
    const Node *node;
    Str written; // with prefix and quotes
    Str value;
    Str indent;          // what stands before it on its line
    uint32_t first_line; // 0-based
    uint32_t last_line;
} Docstring;

typedef struct Definition {
    DefinitionKind kind;
    bool is_public;
    bool is_broken;    // its head or the start of its body does not parse: nothing is known of it
    const Node *node;  // module, class_definition or function_definition
    const Node *name;  // NULL for the module
    const Node *outer; // the decorated_definition around `node`, or `node`
    const struct Definition *parent; // the class or function around it, or the module; NULL for it
    const Node *docstring; // string or concatenated_string, as Python finds it; NULL: none
    StringValue value;     // of the docstring
    const Docstring *text; // NULL where there is none or a blank one
} Definition;

struct Docstrings {
    const Definition *at; // in document order, the module first
    uint32_t count;       // 0 where the file was not parsed
};

const Docstrings *file_docstrings(File *file);

static inline bool definition_is_module(const Definition *definition) {
    return definition->kind <= DEFINITION_PACKAGE;
}
static inline bool definition_is_class(const Definition *definition) {
    return definition->kind == DEFINITION_CLASS || definition->kind == DEFINITION_NESTED_CLASS;
}
static inline bool definition_is_function(const Definition *definition) {
    return definition->kind >= DEFINITION_FUNCTION;
}

// "f", or for the module its file's name without suffix.
Str definition_name(const File *file, const Definition *definition);

// The dotted name in a decorator, before any parentheses: "functools.wraps".
Str decorator_name(const File *file, const Node *decorator);

// Whether one of its decorators has exactly that name.
bool definition_has_decorator(const File *file, const Definition *definition, Str name);

// `__str__` and its like, but not the three that pydocstyle takes for ordinary methods: `__init__`,
// `__call__` and `__new__`.
bool is_magic_name(Str name);

// Whether it is decorated with `name.setter` or another part of the property `name`, its own name:
// Python shows the getter's docstring for all of them.
bool is_property_part(const File *file, const Definition *definition);

#endif
