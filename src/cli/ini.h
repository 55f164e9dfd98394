// INI files by the rules of Python's configparser.RawConfigParser with its defaults: keys in lower
// case (ASCII letters), `=` or `:`, indented lines go on with the value, `#` and `;` make a comment
// only as the first character of a line, a section or key given twice in one file is an error, keys
// of [DEFAULT] belong to every section.

#ifndef ASYNCLINT_CLI_INI_H
#define ASYNCLINT_CLI_INI_H

#include "base/error.h"
#include "base/map.h"
#include "base/vec.h"

typedef struct IniOption {
    Str name, value;
    uint32_t file; // the last one that set it, counted from 1
    uint32_t line; // 1-based, in that file
} IniOption;

typedef struct IniSection {
    Str name;
    VEC(IniOption) options; // in the order in which they were first set
    Map numbers;            // name to place in `options`
    uint32_t file;
} IniSection;

typedef struct Ini {
    Arena *arena;
    IniSection defaults;
    VEC(IniSection) sections;
    Map numbers; // name to place in `sections`
    uint32_t files;
} Ini;

// Adds what `text` says to what files read before said; later files win. False where
// RawConfigParser raises an exception: `error` holds its last line or lines as Python prints them.
// `path` is for that text only; `text` is UTF-8 and need not outlive the call.
bool ini_read(Ini *self, Str path, Str text, Error *error);

// The section of that name (not [DEFAULT]), or NULL.
const IniSection *ini_section(const Ini *self, Str name);

// All options of the section: its own, then those of [DEFAULT] that it does not set.
typedef VEC(IniOption) IniOptions;
void ini_options(const Ini *self, const IniSection *section, Arena *arena, IniOptions *options);

// configparser's getboolean(): 1/yes/true/on and 0/no/false/off in any case, else false.
bool ini_boolean(Str value, bool *is_true);

#endif
