// Settings of the pycodestyle command from files: the user's file, then setup.cfg and tox.ini in
// the nearest folder upward from the checked paths' common beginning that has either, then the file
// that --config names; section [pycodestyle], or else [pep8].

#ifndef ASYNCLINT_CLI_PYCODESTYLE_CONFIG_H
#define ASYNCLINT_CLI_PYCODESTYLE_CONFIG_H

#include "base/error.h"
#include "cli/pycodestyle/options.h"

typedef struct StyleConfig {
    bool has_section;
    StyleOptions options; // the presets and, on top, what the files say
} StyleConfig;

// `given` is what the command line says; `paths` are its paths. What pycodestyle prints meanwhile
// goes to `out` and `warnings`. False where it ends with an exception, whose text is in `error`.
bool style_config_read(StyleConfig *self, Arena *arena, const StyleOptions *given,
                       const StyleNames *paths, Buf *out, Buf *warnings, Error *error);

// For asynclint's own configuration: what setup.cfg and tox.ini in `folder` itself say. A file that
// is no INI file is passed over. False where the section has a value of the wrong kind.
bool style_config_of_folder(StyleConfig *self, Arena *arena, Str folder, Error *error);

#endif
