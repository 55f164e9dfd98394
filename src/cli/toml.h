// TOML 1.0 documents as values with the lines they stand on.
//
// The text goes through tree-sitter-toml; what its grammar does not say (which tables may be opened
// again, which dates exist, what an escape stands for) is said here. Python's tomllib decides what
// is right; the one difference is that integers beyond 64 bits are refused.

#ifndef ASYNCLINT_CLI_TOML_H
#define ASYNCLINT_CLI_TOML_H

#include "base/error.h"
#include "base/map.h"
#include "base/vec.h"

typedef enum TomlKind {
    TOML_STRING,
    TOML_INTEGER,
    TOML_FLOAT,
    TOML_BOOLEAN,
    TOML_DATE, // dates and times, of all four kinds
    TOML_ARRAY,
    TOML_TABLE,
} TomlKind;

typedef struct TomlValue TomlValue;

typedef struct TomlMember {
    Str key;
    TomlValue *value;
    uint32_t line; // 1-based, of the key
} TomlMember;

struct TomlValue {
    uint8_t kind;    // TomlKind
    uint32_t line;   // 1-based
    Str text;        // of a string: what it stands for; of a number or date: as written
    int64_t integer; // of an integer; of a boolean 0 or 1
    VEC(TomlValue *) items;
    VEC(TomlMember) members; // in the order in which they came
    Map places;              // key -> index into `members`
    uint32_t dotted_in;      // the section whose dotted keys made or used this table; 0: none
    bool is_opened;          // by a [header]
    bool is_fixed;           // inline tables, arrays as values: nothing is added from outside
};

// The table of the whole document, in `arena`, where strings without escapes are views of `text`.
// NULL where it is not TOML: the error begins with `name`:line.
TomlValue *toml_read(Arena *arena, Str text, Str name, Error *error);

// The member of that name, or NULL; NULL for a `table` that is NULL or no table.
TomlValue *toml_get(const TomlValue *table, Str key);

// "a string", "an array": for messages.
const char *toml_kind_name(TomlKind kind);

#endif
