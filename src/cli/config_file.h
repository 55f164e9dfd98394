// One asynclint.toml or pyproject.toml: what it sets.

#ifndef ASYNCLINT_CLI_CONFIG_FILE_H
#define ASYNCLINT_CLI_CONFIG_FILE_H

#include "cli/options.h"

typedef struct ConfigFile {
    bool has_settings;      // asynclint.toml, or a pyproject.toml with [tool.asynclint]
    Values values;          // origins are `shown`:line
    uint64_t oldest_python; // by [project] requires-python, as PYTHON(3, 7); 0: it does not say
} ConfigFile;

typedef enum ConfigFileState {
    CONFIG_FILE_NONE,
    CONFIG_FILE_READ,
    CONFIG_FILE_WRONG
} ConfigFileState;

// Reads `path`, called `shown` in messages; its name says which of the two it is. NONE where there
// is no such file; WRONG (and `error` says where and why) where it cannot be read, is not TOML, or
// has a wrong key, type or code in our part.
ConfigFileState config_file_read(ConfigFile *self, Arena *arena, Str path, Str shown, Error *error);

// The oldest version that a requires-python specifier such as ">=3.8,<4" lets in, as PYTHON(3, 8);
// 0 where it names none.
uint64_t oldest_python(Str specifier);

#endif
