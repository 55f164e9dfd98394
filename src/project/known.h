// What is known of values from outside the project: known_values.def as a table.

#ifndef ASYNCLINT_PROJECT_KNOWN_H
#define ASYNCLINT_PROJECT_KNOWN_H

#include "base/str.h"

// What can be done with a value.
typedef enum Trait {
    TRAIT_AWAIT = 1 << 0,
    TRAIT_ITERATE = 1 << 1,
    TRAIT_ASYNC_ITERATE = 1 << 2,
    TRAIT_ENTER = 1 << 3,
    TRAIT_ASYNC_ENTER = 1 << 4,
    TRAIT_COROUTINE = 1 << 5, // a coroutine object: does nothing until it is awaited or scheduled
    TRAIT_KNOWN = 1 << 6,     // the other bits are all there is
} Trait;

typedef struct KnownValue {
    char name[64];
    char same_as[40]; // the name it is followed further by, or empty
    uint8_t traits;
} KnownValue;

// What is known of the value of that name, or NULL.
const KnownValue *known_value(Str name);

// Whether that top-level module is one of the standard library from which the table has something.
bool is_standard_module(Str name);

#endif
