// The attributes of a file's classes. Found once per file, on first demand, in time linear in the
// tree.

#ifndef ASYNCLINT_FACTS_ATTRIBUTES_H
#define ASYNCLINT_FACTS_ATTRIBUTES_H

#include "facts/scopes.h"

// An assignment to an attribute of a class: `self.x = value` in one of its methods, `x = value` or
// `x: T` in its body.
typedef struct Attribute {
    Str name;
    const Node *class;
    const Node *value;      // NULL for a mere annotation, an unpacking, a loop's target …
    const Node *annotation; // NULL where there is none
    const Node *target;     // `self.x` or `x`
    uint32_t next;          // for attribute_after()
} Attribute;

// All of them, in document order.
typedef struct Attributes {
    const Attribute *at;
    uint32_t count;
} Attributes;

Attributes class_attributes(File *file);

// The first assignment to that attribute of `class`, or NULL.
const Attribute *class_attribute(File *file, const Node *class, Str name);

// Another one to the same attribute, in no certain order, or NULL.
const Attribute *attribute_after(File *file, const Attribute *attribute);

#endif
