// Which of pycodestyle's codes are reported: --select and --ignore as pycodestyle takes them, where
// any --select makes --ignore void and the preset list holds only where neither is given.

#ifndef ASYNCLINT_CLI_PYCODESTYLE_CODES_H
#define ASYNCLINT_CLI_PYCODESTYLE_CODES_H

#include "cli/pycodestyle/options.h"

typedef struct StyleCodes {
    StyleNames select, ignore; // beginnings of codes
} StyleCodes;

void style_codes_init(StyleCodes *self, Arena *arena, const StyleOptions *options);

bool style_codes_has(const StyleCodes *self, Str code);

// The severities for Settings: the rules of the folder pycodestyle that are reported, no others.
uint8_t *style_codes_severities(const StyleCodes *self, Arena *arena);

#endif
