// Codes as users write them: "E501", a beginning such as "E5" or "ASYNC", "ALL", or the code that
// another linter has for a rule ("RUF006").

#ifndef ASYNCLINT_RULE_SELECT_H
#define ASYNCLINT_RULE_SELECT_H

#include "base/error.h"
#include "rule/registry.h"

typedef struct CodePattern {
    Str written;
    enum { CODE_UNKNOWN, CODE_ALL, CODE_BEGINNING, CODE_ALIAS } kind;
} CodePattern;

// A beginning has all letters of the code: "E" names E501 but not EXE001. An alias counts only
// where no code of ours begins so.
CodePattern code_pattern(Str written);

enum { NO_MATCH = -1 };

// How closely the pattern names the rule: the number of characters that say so, or NO_MATCH.
int code_match(const CodePattern *pattern, const Rule *rule);

// Whether `written` is a beginning of the rule's code, or an alias of it. Quicker than a pattern,
// which also asks whether another rule has a better claim to the alias.
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
// that a file cannot be read is on whatever is asked for.
void selection_apply(const Selection *self, uint8_t *severities);

// It says that a file cannot be read, and is on whatever is asked for.
bool rule_is_about_reading(const Rule *rule);

// Neither `ignore` nor a comment turns it off.
bool rule_cannot_be_ignored(const Rule *rule);

// The preset of that name: "requirements", "async", "all".
Preset preset_of(Str name);

// The severity of that name: "error", "warning", "info"; SEVERITY_OFF for any other.
Severity severity_of(Str name);

#endif
