#include "rule/docstrings.h"

#include "base/pattern.h"
// ---- Conventions ----

bool convention_has(Convention convention, const char *code) {
    static const char *const missing[] = {
        [CONVENTION_NONE] = "",
        [CONVENTION_GOOGLE] = "D203 D204 D213 D215 D400 D401 D404 D406 D407 D408 D409 D413",
        [CONVENTION_NUMPY] = "D107 D203 D212 D213 D402 D413 D415 D416 D417",
        [CONVENTION_PEP257] = ("D203 D212 D213 D214 D215 D404 D405 D406 D407 D408 D409 D410 D411 "
                               "D413 D415 D416 D417 D418"),
    };
    return strstr(missing[convention], code) == NULL;
}

// ---- Which definitions ----

static bool fits(Arena *arena, Str expression, Str text) {
    Pattern *pattern = pattern_new(arena, expression);
    return pattern == NULL || pattern_matches_all(pattern, text);
}

static bool folders_fit(Arena *arena, Str expression, Str folders) {
    Str part;
    while (folders.len > 0 && str_split(&folders, '/', &part)) {
        bool is_name = part.len > 0 && !str_is(part, ".") && !str_is(part, "..");
        if (is_name && !fits(arena, expression, part)) return false;
    }
    return true;
}

static bool file_fits(const Pass *pass) {
    const Settings *settings = pass->settings;
    Str path = pass->file->source.path;
    uint32_t slash = str_find_last_byte(path, '/');
    Str name = slash < path.len ? str_from(path, slash + 1) : path;
    Str folders = slash < path.len ? str_slice(path, 0, slash) : STR("");
    if (settings->match.len > 0 && !fits(pass->arena, settings->match, name)) return false;
    return settings->match_dir.len == 0 || folders_fit(pass->arena, settings->match_dir, folders);
}

static bool is_ignored(const Pass *pass, const Definition *definition, Pattern *decorators) {
    if (decorators == NULL || definition->outer == definition->node) return false;
    for_each_child(child, definition->outer) {
        if (child->kind == NODE_DECORATOR &&
            pattern_occurs(decorators, decorator_name(pass->file, child)))
            return true;
    }
    return false;
}

void docstrings_for_each(Pass *pass, void (*check)(Pass *pass, const Definition *definition)) {
    if (!file_fits(pass)) return;
    Pattern *decorators = pass->settings->ignore_decorators.len == 0
                              ? NULL
                              : pattern_new(pass->arena, pass->settings->ignore_decorators);
    const Docstrings *docstrings = file_docstrings(pass->file);
    for (uint32_t i = 0; i < docstrings->count; i++) {
        const Definition *definition = &docstrings->at[i];
        if (!definition->is_broken && !is_ignored(pass, definition, decorators))
            check(pass, definition);
    }
}

// ---- A docstring ----

bool docstring_wants(const Pass *pass, const Rule *rule) {
    return pass_wants(pass, rule) && convention_has(pass->settings->convention, rule->code);
}

Finding *docstring_report(Pass *pass, const Rule *rule, const Docstring *docstring,
                          const char *format, ...) {
    if (!docstring_wants(pass, rule)) return NULL;
    va_list arguments;
    va_start(arguments, format);
    Finding *finding = vreport(pass, rule, node_span(docstring->node), format, arguments);
    va_end(arguments);
    return finding;
}
