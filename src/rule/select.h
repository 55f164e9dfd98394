// Codes as users write them: "E501", a beginning such as "E5" or "ASYNC", "ALL", or the code that
// another linter has for a rule ("RUF006").

#ifndef ASYNCLINT_RULE_SELECT_H
#define ASYNCLINT_RULE_SELECT_H

#include "base/error.h"
#include "rule/registry.h"

// How closely a rule is named: not at all, or the more, the higher. By its code, by a beginning of
// it, or by an alias it is one more than the number of characters that say so.
enum { NOT_NAMED = 0, NAMED_WITH_ALL = 1 };

// Raises `named` (registry_rule_count() bytes) where `written` names a rule more closely. A
// beginning has all letters of the code: "E" names E501 but not EXE001. An alias counts only where
// no code of ours begins so. False where `written` names no rule.
bool code_name_rules(Str written, uint8_t *named);

// Whether `written` is a beginning of the rule's code, or an alias of it, whichever rule has a
// better claim to the alias.
bool code_names(Str written, const Rule *rule);

// Whether `written` names at least one rule; if not, the error names the nearest code. `origin`
// says who wrote it.
bool code_is_known(Str written, Str origin, Error *error);

// One stage of choosing: a configuration file's, then the command line's on top of it.
typedef struct Selection {
    const Str *preset;     // NULL: stays
    const StrList *select; // NULL: stays; else takes the place of the preset
    const StrList *extend;
    const StrList *ignore;
} Selection;

// Turns rules on and off in `severities` (registry_rule_count() bytes). Where both `select` or
// `extend` and `ignore` name a rule, the longer code wins, and `ignore` among equals. What tells
// that a file cannot be read is on whatever is asked for. Needs some memory of `arena`.
void selection_apply(const Selection *self, uint8_t *severities, Arena *arena);

// It says that a file cannot be read, and is on whatever is asked for.
bool rule_is_about_reading(const Rule *rule);

// Neither `ignore` nor a comment turns it off.
bool rule_cannot_be_ignored(const Rule *rule);

// The preset of that name: "requirements", "async", "all".
Preset preset_of(Str name);

// The severity of that name: "error", "warning", "info"; SEVERITY_OFF for any other.
Severity severity_of(Str name);

#endif
