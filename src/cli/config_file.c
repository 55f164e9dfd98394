#include "cli/config_file.h"

#include "base/ascii.h"
#include "base/glob.h"
#include "cli/small_file.h"
#include "cli/toml.h"

// ---- Values ----

typedef struct Reading {
    Arena *arena;
    Str shown;
    Error *error;
    Values *values;
} Reading;

static Str origin_of(const Reading *self, uint32_t line, Str key) {
    return str_format(self->arena, "%.*s:%u: %.*s", STR_ARG(self->shown), line, STR_ARG(key));
}

static bool wrong_type(const Reading *self, const TomlValue *value, Str origin,
                       const char *wanted) {
    return error_set(self->error, "%.*s wants %s, not %s", STR_ARG(origin), wanted,
                     toml_kind_name((TomlKind)value->kind));
}

static bool set_list(Reading *self, OptionId id, const TomlValue *value, Str before, Str origin) {
    if (value->kind != TOML_ARRAY) return wrong_type(self, value, origin, "an array of strings");
    values_clear(self->values, id, origin);
    for (uint32_t i = 0; i < value->items.len; i++) {
        const TomlValue *item = value->items.at[i];
        if (item->kind != TOML_STRING) return wrong_type(self, item, origin, "an array of strings");
        Str written = str_join(self->arena, before, item->text);
        if (!values_add(self->values, self->arena, id, written, origin, self->error)) return false;
    }
    return true;
}

// A table from patterns to lists of codes.
static bool set_code_map(Reading *self, OptionId id, const TomlValue *value, Str origin) {
    if (value->kind != TOML_TABLE)
        return wrong_type(self, value, origin, "a table of arrays of codes");
    values_clear(self->values, id, origin);
    for (uint32_t i = 0; i < value->members.len; i++) {
        const TomlMember *member = &value->members.at[i];
        Str place = origin_of(self, member->line, member->key);
        Str before = str_join(self->arena, member->key, STR(":"));
        if (!set_list(self, id, member->value, before, place)) return false;
    }
    return true;
}

// A table from codes to names of severities.
static bool set_severities(Reading *self, OptionId id, const TomlValue *value, Str origin) {
    if (value->kind != TOML_TABLE) return wrong_type(self, value, origin, "a table of severities");
    values_clear(self->values, id, origin);
    for (uint32_t i = 0; i < value->members.len; i++) {
        const TomlMember *member = &value->members.at[i];
        Str place = origin_of(self, member->line, member->key);
        if (member->value->kind != TOML_STRING)
            return wrong_type(self, member->value, place, "a string");
        Str written = str_format(self->arena, "%.*s:%.*s", STR_ARG(member->key),
                                 STR_ARG(member->value->text));
        if (!values_add(self->values, self->arena, id, written, place, self->error)) return false;
    }
    return true;
}

static bool set_scalar(Reading *self, OptionId id, const TomlValue *value, TomlKind wanted,
                       Str origin) {
    if (value->kind != wanted) return wrong_type(self, value, origin, toml_kind_name(wanted));
    Str written = value->text;
    if (wanted == TOML_INTEGER) {
        if (value->integer < 0)
            return error_set(self->error, "%.*s is less than zero", STR_ARG(origin));
        written = str_format(self->arena, "%lld", (long long)value->integer);
    }
    return values_set(self->values, self->arena, id, written, origin, self->error);
}

static bool set_value(Reading *self, OptionId id, const TomlValue *value, Str origin) {
    switch ((OptionType)option_table[id].type) {
    case OPTION_FLAG: return set_scalar(self, id, value, TOML_BOOLEAN, origin);
    case OPTION_NUMBER: return set_scalar(self, id, value, TOML_INTEGER, origin);
    case OPTION_VERSION:
    case OPTION_TEXT:
    case OPTION_PATTERN:
    case OPTION_CHOICE: return set_scalar(self, id, value, TOML_STRING, origin);
    case OPTION_LIST:
    case OPTION_CODES: return set_list(self, id, value, (Str){0}, origin);
    case OPTION_CODE_MAP: return set_code_map(self, id, value, origin);
    case OPTION_SEVERITIES: return set_severities(self, id, value, origin);
    }
    BUG("an option of no type");
}

static bool unknown_key(const Reading *self, const TomlMember *member) {
    Str nearest = options_nearest(self->arena, member->key, IN_CONFIG);
    if (nearest.len == 0)
        return error_set(self->error, "%.*s:%u: there is no key `%.*s`", STR_ARG(self->shown),
                         member->line, STR_ARG(member->key));
    return error_set(self->error, "%.*s:%u: there is no key `%.*s`; the nearest is `%.*s`",
                     STR_ARG(self->shown), member->line, STR_ARG(member->key), STR_ARG(nearest));
}

static bool set_members(Reading *self, const TomlValue *table) {
    for (uint32_t i = 0; i < table->members.len; i++) {
        const TomlMember *member = &table->members.at[i];
        OptionId id = options_find(member->key, IN_CONFIG);
        if (id == OPTION_COUNT) return unknown_key(self, member);
        Str origin = origin_of(self, member->line, member->key);
        if (!set_value(self, id, member->value, origin)) return false;
    }
    return true;
}

// ---- requires-python ----

// The number at the beginning of `*rest`; moves behind it. False where there is none.
static bool take_number(Str *rest, uint64_t *number) {
    uint32_t end = 0;
    *number = 0;
    while (end < rest->len && end < 3 && is_digit(rest->at[end]))
        *number = *number * 10 + (uint64_t)(rest->at[end++] - '0');
    *rest = str_from(*rest, end);
    return end > 0;
}

static uint64_t lower_bound(Str clause) {
    clause = str_trim(clause);
    bool is_bound = str_starts_with(clause, STR(">")) || str_starts_with(clause, STR("~=")) ||
                    str_starts_with(clause, STR("=="));
    if (!is_bound) return 0;
    while (clause.len > 0 && (clause.at[0] == '>' || clause.at[0] == '=' || clause.at[0] == '~' ||
                              clause.at[0] == ' '))
        clause = str_from(clause, 1);
    uint64_t major, minor = 0;
    if (!take_number(&clause, &major) || major < 3 || major > 9) return 0;
    if (str_starts_with(clause, STR("."))) {
        clause = str_from(clause, 1);
        take_number(&clause, &minor);
    }
    return minor > 99 ? 0 : PYTHON(major, minor);
}

uint64_t oldest_python(Str specifier) {
    uint64_t oldest = 0;
    Str clause;
    while (str_split(&specifier, ',', &clause)) {
        uint64_t bound = lower_bound(clause);
        if (bound > oldest) oldest = bound;
    }
    return oldest;
}

// ---- The file ----

ConfigFileState config_file_read(ConfigFile *self, Arena *arena, Str path, Str shown,
                                 Error *error) {
    *self = (ConfigFile){0};
    Str text;
    const char *reason;
    SmallFileState state = small_file_read(&text, arena, path, &reason);
    if (state == SMALL_FILE_NONE) return CONFIG_FILE_NONE;
    if (state == SMALL_FILE_WRONG) {
        error_set(error, "%.*s cannot be read: %s", STR_ARG(shown), reason);
        return CONFIG_FILE_WRONG;
    }
    const TomlValue *root = toml_read(arena, text, shown, error);
    bool is_project = str_is(path_name(path), "pyproject.toml");
    if (root == NULL && is_project && !str_contains(text, STR("asynclint"))) {
        // It is not for us to say that another tool's file, maybe its test data, is broken.
        *error = (Error){0};
        return CONFIG_FILE_READ;
    }
    if (root == NULL) return CONFIG_FILE_WRONG;
    const TomlValue *settings = root;
    if (is_project) {
        settings = toml_get(toml_get(root, STR("tool")), STR("asynclint"));
        const TomlValue *python = toml_get(toml_get(root, STR("project")), STR("requires-python"));
        if (python != NULL && python->kind == TOML_STRING)
            self->oldest_python = oldest_python(python->text);
    }
    if (settings == NULL) return CONFIG_FILE_READ;
    self->has_settings = true;
    Reading reading = {arena, shown, error, &self->values};
    if (settings->kind != TOML_TABLE) {
        Str origin = origin_of(&reading, settings->line, STR("tool.asynclint"));
        wrong_type(&reading, settings, origin, "a table");
        return CONFIG_FILE_WRONG;
    }
    return set_members(&reading, settings) ? CONFIG_FILE_READ : CONFIG_FILE_WRONG;
}
