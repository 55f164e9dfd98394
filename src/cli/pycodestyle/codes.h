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

// Turns the rules of the folder pycodestyle on or off in `severities`, which are indexed by the
// rules' numbers; leaves all others as they are.
void style_codes_choose(const StyleCodes *self, uint8_t *severities);

#endif
