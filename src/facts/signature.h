// A function's parameters, in the order in which they are written.

#ifndef ASYNCLINT_FACTS_SIGNATURE_H
#define ASYNCLINT_FACTS_SIGNATURE_H

#include "base/vec.h"
#include "facts/file.h"

typedef enum ParameterKind {
    PARAMETER_POSITIONAL_ONLY, // before `/`
    PARAMETER_ORDINARY,
    PARAMETER_VARIADIC,     // *args
    PARAMETER_KEYWORD_ONLY, // after `*` or `*args`
    PARAMETER_KEYWORDS,     // **kwargs
} ParameterKind;

typedef struct Parameter {
    ParameterKind kind;
    const Node *node;  // stars, annotation and default included
    const Node *name;  // identifier
    const Node *type;  // the annotation (NODE_TYPE), or NULL
    const Node *value; // the default, or NULL
} Parameter;

typedef struct Signature {
    VEC(Parameter) parameters;
    const Node *result; // the return annotation (NODE_TYPE), or NULL
} Signature;

// Of a function_definition or lambda; in `arena`.
Signature signature_of(Arena *arena, const Node *function);

#endif
