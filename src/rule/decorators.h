// Decorators as the user's settings name them.

#ifndef ASYNCLINT_RULE_DECORATORS_H
#define ASYNCLINT_RULE_DECORATORS_H

#include "rule/rule.h"

// Whether a decorator makes something else of the generator `function`: a context manager, a test
// fixture, or one of Settings.generator_decorators. By its last name.
bool is_transformed_generator(const Pass *pass, const Node *function);

// Whether `name` matches one of the patterns (base/glob.h); what stands behind `->` in a pattern
// does not count. Returns the pattern's place, or UINT32_MAX.
uint32_t matching_pattern(const StrList *patterns, Str name);

// What stands behind `->` in a pattern; may be empty.
Str pattern_advice(Str pattern);

#endif
