#include "cli/config.h"

#include "base/glob.h"
#include "cli/config_file.h"
#include "cli/pycodestyle/config.h"
#include "rule/select.h"

#include <limits.h>
#include <unistd.h>

// ---- What a configuration comes to ----

static const StrList *list_if_set(const Value *value) {
    return value->is_set ? &value->list : NULL;
}

static void select_rules(const Values *values, uint8_t *severities, Arena *arena) {
    Selection selection = {
        .preset = values->at[OPT_PRESET].is_set ? &values->at[OPT_PRESET].text : NULL,
        .select = list_if_set(&values->at[OPT_SELECT]),
        .extend = list_if_set(&values->at[OPT_EXTEND_SELECT]),
        .ignore = list_if_set(&values->at[OPT_IGNORE]),
    };
    selection_apply(&selection, severities, arena);
}

static void change_rules(uint8_t *severities, Str written, Severity severity, bool turn_on,
                         Arena *arena) {
    uint8_t *named = arena_array(arena, uint8_t, registry_rule_count());
    code_name_rules(written, named);
    for (uint32_t i = 0; i < registry_rule_count(); i++) {
        if (named[i] == NOT_NAMED || (!turn_on && severities[i] == SEVERITY_OFF)) continue;
        if (severity == SEVERITY_OFF && rule_cannot_be_ignored(registry_rule(i, NULL))) continue;
        severities[i] = (uint8_t)severity;
    }
}

// The written order decides: of two that name the same rule, the later one.
static void set_severities(const Value *value, uint8_t *severities, Arena *arena) {
    for (uint32_t i = 0; i < value->list.count; i++) {
        Str item = value->list.at[i];
        uint32_t colon = str_find_last_byte(item, ':');
        change_rules(severities, str_slice(item, 0, colon), severity_of(str_from(item, colon + 1)),
                     false, arena);
    }
}

static Convention convention_of(Str name) {
    if (str_is(name, "google")) return CONVENTION_GOOGLE;
    if (str_is(name, "numpy")) return CONVENTION_NUMPY;
    return str_is(name, "pep257") ? CONVENTION_PEP257 : CONVENTION_NONE;
}

static uint32_t small_number(const Value *value) {
    return value->number > UINT32_MAX ? UINT32_MAX : (uint32_t)value->number;
}

// Where findings are only shown, how they are mended need not be found out.
static bool wants_edits(const Value *values) {
    return values[OPT_FIX].number || values[OPT_FIX_ONLY].number || values[OPT_DIFF].number ||
           str_is(values[OPT_OUTPUT_FORMAT].text, "json");
}

static void make_settings(Config *self, Arena *arena, const Values *file,
                          const Values *command_line) {
    const Value *values = self->values.at;
    uint8_t *severities = arena_array(arena, uint8_t, registry_rule_count() + 1);
    registry_apply_preset(severities, PRESET_REQUIREMENTS);
    select_rules(file, severities, arena);
    if (self->style_codes != NULL) style_codes_choose(self->style_codes, severities);
    select_rules(command_line, severities, arena);
    if (values[OPT_UNUSED_NOQA].number)
        change_rules(severities, STR("NOQA001"), SEVERITY_WARNING, true, arena);
    set_severities(&values[OPT_SEVERITY], severities, arena);
    self->settings = (Settings){
        .target_version = (int)values[OPT_TARGET_VERSION].number,
        .max_line_length = small_number(&values[OPT_MAX_LINE_LENGTH]),
        .max_doc_length = small_number(&values[OPT_MAX_DOC_LENGTH]),
        .max_file_lines = small_number(&values[OPT_MAX_FILE_LINES]),
        .hang_closing = values[OPT_HANG_CLOSING].number != 0,
        .skips_edits = !wants_edits(values),
        .ignore_noqa = values[OPT_NOQA].number == 0,
        .convention = convention_of(values[OPT_CONVENTION].text),
        .hand_out_files = values[OPT_HAND_OUT_FILES].list,
        .foreign_editors = values[OPT_FOREIGN_EDITORS].list,
        .blocking_calls = values[OPT_BLOCKING_CALLS].list,
        .non_blocking_calls = values[OPT_NON_BLOCKING_CALLS].list,
        .thread_calls = values[OPT_THREAD_CALLS].list,
        .generator_decorators = values[OPT_GENERATOR_DECORATORS].list,
        .awaitless_decorators = values[OPT_AWAITLESS_DECORATORS].list,
        .startable_calls = values[OPT_STARTABLE].list,
        .match = values[OPT_MATCH].text,
        .match_dir = values[OPT_MATCH_DIR].text,
        .ignore_decorators = values[OPT_IGNORE_DECORATORS].text,
        .property_decorators = values[OPT_PROPERTY_DECORATORS].list,
        .ignore_self_only_init = values[OPT_IGNORE_SELF_ONLY_INIT].number != 0,
        .suppress_none_returning = values[OPT_SUPPRESS_NONE_RETURNING].number != 0,
        .suppress_dummy_args = values[OPT_SUPPRESS_DUMMY_ARGS].number != 0,
        .allow_untyped_defs = values[OPT_ALLOW_UNTYPED_DEFS].number != 0,
        .allow_untyped_nested = values[OPT_ALLOW_UNTYPED_NESTED].number != 0,
        .mypy_init_return = values[OPT_MYPY_INIT_RETURN].number != 0,
        .allow_star_arg_any = values[OPT_ALLOW_STAR_ARG_ANY].number != 0,
        .respect_type_ignore = values[OPT_RESPECT_TYPE_IGNORE].number != 0,
        .group_annotations = values[OPT_GROUP_ANNOTATIONS].number != 0,
        .dispatch_decorators = values[OPT_DISPATCH_DECORATORS].list,
        .overload_decorators = values[OPT_OVERLOAD_DECORATORS].list,
        .severities = severities,
    };
}

static const Values *keep_values(const Configs *configs, const Values *values) {
    return memcpy(arena_new(configs->arena, Values), values, sizeof *values);
}

// `file` outlives it.
static Config *make_config(Configs *configs, Str folder, Str path, const Values *file,
                           uint64_t oldest_python, const StyleCodes *style_codes) {
    Config *self = arena_new(configs->arena, Config);
    self->style_codes = style_codes;
    self->folder = folder;
    self->file = path;
    self->own = file;
    values_preset(&self->values, configs->arena);
    self->oldest_python = oldest_python;
    if (oldest_python != 0) self->values.at[OPT_TARGET_VERSION].number = oldest_python;
    values_lay(&self->values, file);
    values_lay(&self->values, configs->command_line);
    make_settings(self, configs->arena, file, configs->command_line);
    return self;
}

// ---- Finding one ----

static bool read_given(Configs *self, Str path, Error *error) {
    ConfigFile file;
    ConfigFileState state = config_file_read(&file, self->arena, path, path, error);
    if (state == CONFIG_FILE_NONE)
        return error_set(error, "--config: there is no file `%.*s`", STR_ARG(path));
    if (state == CONFIG_FILE_WRONG) return false;
    uint32_t slash = str_find_last_byte(path, '/');
    Str folder = slash == path.len ? STR("") : str_slice(path, 0, slash == 0 ? 1 : slash);
    folder = configs_canonical_folder(self, self->arena, folder);
    const Values *values = keep_values(self, &file.values);
    self->given = make_config(self, folder, path, values, file.oldest_python, NULL);
    return true;
}

static Str current_folder(Arena *arena) {
    char folder[PATH_MAX];
    if (getcwd(folder, sizeof folder) == NULL || folder[0] != '/') return (Str){0};
    return str_copy(arena, str_is(str_of(folder), "/") ? STR("") : str_of(folder));
}

bool configs_init(Configs *self, Arena *arena, const Values *command_line, Error *error) {
    *self =
        (Configs){.arena = arena, .command_line = command_line, .current = current_folder(arena)};
    static const Values nothing;
    self->none = make_config(self, self->current, (Str){0}, &nothing, 0, NULL);
    if (command_line->at[OPT_ISOLATED].number) self->given = self->none;
    if (!command_line->at[OPT_CONFIG].is_set) return true;
    if (self->given != NULL) return error_set(error, "--config and --isolated do not go together");
    return read_given(self, command_line->at[OPT_CONFIG].text, error);
}

// As short as it can be said from the current folder.
static Str shown_path(const Configs *self, Str path) {
    if (self->current.len == 0 || !str_starts_with(path, self->current)) return path;
    Str rest = str_from(path, self->current.len);
    return str_starts_with(rest, STR("/")) ? str_from(rest, 1) : path;
}

static ConfigFileState read_in(const Configs *self, Str folder, const char *name, ConfigFile *file,
                               Str *shown, Error *error) {
    Str path = str_format(self->arena, "%.*s/%s", STR_ARG(folder), name);
    *shown = shown_path(self, path);
    return config_file_read(file, self->arena, path, *shown, error);
}

static void set_number(Values *values, OptionId id, int64_t number) {
    values->at[id].is_set = true;
    values->at[id].number = number < 0 ? 0 : (uint64_t)number;
}

// What [pycodestyle] in the folder's setup.cfg or tox.ini says; `outer` where it says nothing.
static Config *config_of_style(Configs *self, Str folder, Config *outer, Error *error) {
    StyleConfig style;
    Error problem = {0};
    Str place = folder.len == 0 ? STR("/") : folder;
    if (!style_config_of_folder(&style, self->arena, place, &problem)) {
        error_set(error, "[pycodestyle] in `%.*s`: %s", STR_ARG(shown_path(self, place)),
                  problem.text);
        return NULL;
    }
    if (!style.has_section) return outer;
    Values values = *outer->own;
    set_number(&values, OPT_MAX_LINE_LENGTH, style.options.max_line_length);
    set_number(&values, OPT_MAX_DOC_LENGTH, style.options.max_doc_length);
    set_number(&values, OPT_HANG_CLOSING, style.options.hang_closing);
    StyleCodes *codes = NULL;
    if (style.options.select.len > 0 || style.options.ignore.len > 0) {
        codes = arena_new(self->arena, StyleCodes);
        style_codes_init(codes, self->arena, &style.options);
    }
    return make_config(self, folder, (Str){0}, keep_values(self, &values), outer->oldest_python,
                       codes);
}

// The configuration that begins in `folder`; `outer` where there is none; NULL where it is wrong.
static Config *config_of_folder(Configs *self, Str folder, Config *outer, Error *error) {
    ConfigFile own, project;
    Str own_name, project_name;
    ConfigFileState own_state = read_in(self, folder, "asynclint.toml", &own, &own_name, error);
    if (own_state == CONFIG_FILE_WRONG) return NULL;
    ConfigFileState project_state =
        read_in(self, folder, "pyproject.toml", &project, &project_name, error);
    if (project_state == CONFIG_FILE_WRONG) return NULL;
    if (own_state == CONFIG_FILE_NONE && project.has_settings) {
        own = project;
        own_name = project_name;
    }
    uint64_t oldest = project.oldest_python != 0 ? project.oldest_python : outer->oldest_python;
    if (own.has_settings)
        return make_config(self, folder, own_name, keep_values(self, &own.values), oldest, NULL);
    if (outer->file.len == 0) outer = config_of_style(self, folder, outer, error);
    if (outer == NULL || oldest == outer->oldest_python) return outer;
    return make_config(self, outer->folder, outer->file, outer->own, oldest, outer->style_codes);
}

static Str parent_folder(Str folder) {
    return str_slice(folder, 0, str_find_last_byte(folder, '/'));
}

static void remember(Configs *self, Str folder, Config *config) {
    map_put(self->arena, &self->by_folder, folder, self->all.len);
    vec_push(self->arena, &self->all, config);
}

Config *configs_for(Configs *self, Str folder, Error *error) {
    if (self->given != NULL) return self->given;
    VEC(Str) unknown = {0}; // from the inside out
    Config *config = self->none;
    for (Str outer = folder;; outer = parent_folder(outer)) {
        uint32_t place = map_get(&self->by_folder, outer);
        if (place != MAP_NONE) {
            config = self->all.at[place];
            break;
        }
        vec_push(self->arena, &unknown, outer);
        if (outer.len == 0) break;
    }
    while (unknown.len > 0) {
        Str outer = unknown.at[--unknown.len];
        config = config_of_folder(self, outer, config, error);
        if (config == NULL) return NULL;
        remember(self, outer, config);
    }
    return config;
}

Str configs_canonical_folder(const Configs *self, Arena *arena, Str folder) {
    char real[PATH_MAX];
    if (folder.len == 0) return self->current;
    if (realpath(str_c(arena, folder), real) == NULL) {
        if (folder.at[0] == '/') return folder;
        return str_format(arena, "%.*s/%.*s", STR_ARG(self->current), STR_ARG(folder));
    }
    return str_is(str_of(real), "/") ? STR("") : str_copy(arena, str_of(real));
}

// ---- Questions on one path ----

// One byte for each per-file ignore: whether it holds for `path`.
static Str which_ignores(const Config *self, Arena *arena, Str path) {
    const StrList *list = &self->values.at[OPT_PER_FILE_IGNORES].list;
    char *which = arena_alloc(arena, list->count + 1);
    for (uint32_t i = 0; i < list->count; i++) {
        Str pattern = str_slice(list->at[i], 0, str_find_last_byte(list->at[i], ':'));
        which[i] = glob_match_path(pattern, self->folder, path);
    }
    return (Str){which, list->count};
}

static Plan *make_plan(const Config *self, Arena *arena, Str which) {
    const StrList *list = &self->values.at[OPT_PER_FILE_IGNORES].list;
    uint8_t *severities = arena_array(arena, uint8_t, registry_rule_count() + 1);
    memcpy(severities, self->settings.severities, registry_rule_count());
    for (uint32_t i = 0; i < which.len; i++) {
        if (which.at[i] == 0) continue;
        Str code = str_from(list->at[i], str_find_last_byte(list->at[i], ':') + 1);
        change_rules(severities, code, SEVERITY_OFF, false, arena);
    }
    Settings *settings = arena_new(arena, Settings);
    *settings = self->settings;
    settings->severities = severities;
    Plan *plan = arena_new(arena, Plan);
    plan_make(plan, arena, settings);
    return plan;
}

const Plan *config_plan(Config *self, Arena *arena, Str path) {
    Str which = which_ignores(self, arena, path);
    uint32_t place = map_get_or_put(arena, &self->plan_of, which, self->plans.len);
    if (place == self->plans.len) vec_push(arena, &self->plans, make_plan(self, arena, which));
    return self->plans.at[place];
}

static bool any_matches(const StrList *patterns, Str folder, Str path) {
    for (uint32_t i = 0; i < patterns->count; i++)
        if (glob_match_path(patterns->at[i], folder, path)) return true;
    return false;
}

bool config_excludes(const Config *self, Str path) {
    return any_matches(&self->values.at[OPT_EXCLUDE].list, self->folder, path);
}

bool config_is_hand_out(const Config *self, Str path) {
    return any_matches(&self->settings.hand_out_files, self->folder, path);
}
