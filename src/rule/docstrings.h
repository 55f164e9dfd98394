// What the checks of docstrings share: which of them the settings ask for, and a docstring as it is
// written.

#ifndef ASYNCLINT_RULE_DOCSTRINGS_H
#define ASYNCLINT_RULE_DOCSTRINGS_H

#include "facts/docstring.h"
#include "python/unicode.h"
#include "rule/rule.h"

// For Rule's `sources` and `why`.
#define DOCSTRING_SOURCES(code) "pydocstyle " code ", flake8-docstrings " code ", ruff " code
#define WHY_DOCSTRING_LAYOUT                                                                       \
    "PEP 257 asks for one layout of docstrings; readers and tools find the parts where they\n"     \
    "expect them."

// Whether `code` ("D203") belongs to the convention, as pydocstyle 6.3 has it.
bool convention_has(Convention convention, const char *code);

// Calls `check` for each definition that the settings leave in: the file's name fits `match`, its
// folders `match-dir`, and no decorator fits `ignore-decorators`. What does not parse is left out.
void docstrings_for_each(Pass *pass, void (*check)(Pass *pass, const Definition *definition));

// Whether the settings and the convention ask for `rule`.
bool docstring_wants(const Pass *pass, const Rule *rule);

// Reports `rule` at the docstring. NULL where it is not wanted.
__attribute__((format(printf, 4, 5))) Finding *
docstring_report(Pass *pass, const Rule *rule, const Docstring *docstring, const char *format, ...);

#endif
