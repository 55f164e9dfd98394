// `asynclint rule CODE …` and `asynclint rule --all`: what the rules say about themselves.

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "output/json_writer.h"
#include "output/output.h"
#include "rule/select.h"

typedef VEC(const Rule *) Rules;

static const char *fix_name(FixSafety fix) {
    return fix == FIX_NONE ? "none" : fix == FIX_SAFE ? "safe" : "unsafe";
}

// ---- Text ----

static void add_indented(Buf *out, const char *title, const char *text) {
    if (text == NULL) return;
    buf_printf(out, "\n%s\n", title);
    Str rest = str_of(text), line;
    while (str_split(&rest, '\n', &line)) {
        if (rest.at == NULL && line.len == 0) break;
        if (line.len > 0) buf_add(out, STR("    "));
        buf_add(out, line);
        buf_add_byte(out, '\n');
    }
}

static void write_text(Buf *out, const Rules *rules) {
    for (uint32_t i = 0; i < rules->len; i++) {
        const Rule *rule = rules->at[i];
        if (i > 0) buf_add(out, STR("\n\n"));
        buf_printf(out, "%s %s\n    %s\n    %s, %s", rule->code, rule->name, rule->summary,
                   severity_name(rule_severity(rule)),
                   rule->selectable ? "off unless selected" : "on by default");
        if (rule->fix != FIX_NONE) buf_printf(out, ", %s fix", fix_name(rule->fix));
        if (rule->sources != NULL) buf_printf(out, "\n    elsewhere: %s", rule->sources);
        buf_add_byte(out, '\n');
        add_indented(out, "Why", rule->why);
        add_indented(out, "Found in", rule->bad);
        add_indented(out, "Not in", rule->good);
    }
}

static void write_list(Buf *out, const Rules *rules) {
    for (uint32_t i = 0; i < rules->len; i++) {
        const Rule *rule = rules->at[i];
        buf_printf(out, "%-8s %-28s %c %s\n", rule->code, rule->name, rule->selectable ? ' ' : '*',
                   rule->summary);
    }
    buf_add(out, STR("\n* on by default; `asynclint rule CODE` says more\n"));
}

// ---- JSON ----

static void add_member(Json *json, const char *key, const char *text) {
    json_add_key(json, key);
    if (text == NULL)
        json_add_null(json);
    else
        json_add_string(json, str_of(text));
}

static void write_json(Buf *out, const Rules *rules) {
    Json json = {.out = out};
    json_begin(&json, '[');
    for (uint32_t i = 0; i < rules->len; i++) {
        const Rule *rule = rules->at[i];
        json_begin(&json, '{');
        add_member(&json, "code", rule->code);
        add_member(&json, "name", rule->name);
        add_member(&json, "summary", rule->summary);
        add_member(&json, "why", rule->why);
        add_member(&json, "bad", rule->bad);
        add_member(&json, "good", rule->good);
        add_member(&json, "sources", rule->sources);
        add_member(&json, "severity", severity_name(rule_severity(rule)));
        add_member(&json, "fix", fix_name(rule->fix));
        json_add_key(&json, "default");
        json_add_bool(&json, !rule->selectable);
        json_end(&json, '}');
    }
    json_end(&json, ']');
    buf_add_byte(out, '\n');
}

// ---- The command ----

static int compare_rules(const void *left, const void *right) {
    const Rule *const *a = left;
    const Rule *const *b = right;
    return strcmp((*a)->code, (*b)->code);
}

// The rules that any of the codes names, sorted by code.
static bool find_rules(Rules *rules, Arena *arena, StrList codes, Error *error) {
    uint8_t *named = arena_array(arena, uint8_t, registry_rule_count());
    for (uint32_t i = 0; i < codes.count; i++) {
        if (!code_is_known(codes.at[i], STR("rule"), error)) return false;
        code_name_rules(codes.at[i], named);
    }
    for (uint32_t i = 0; i < registry_rule_count(); i++)
        if (named[i] != NOT_NAMED) vec_push(arena, rules, registry_rule(i, NULL));
    if (rules->len > 1) qsort(rules->at, rules->len, sizeof(const Rule *), compare_rules);
    return true;
}

static void write_help(Buf *out) {
    buf_add(out, STR("usage: asynclint rule [OPTION …] CODE …\n"
                     "       asynclint rule [OPTION …] --all\n\n"
                     "Says what rules look for, and why. CODE may be the beginning of codes.\n\n"));
    options_help(out, FOR_RULE);
}

static bool write_rules(Buf *out, Arena *arena, const Values *values, StrList codes, Error *error) {
    static const Str every = {"ALL", 3};
    Rules rules = {0};
    bool all = values->at[OPT_ALL].number != 0;
    Str form = values->at[OPT_OUTPUT_FORMAT].text;
    if (form.len > 0 && !str_is(form, "text") && !str_is(form, "json"))
        return error_set(error, "rule: --output-format is text or json");
    if (!all && codes.count == 0) return error_set(error, "rule wants a code or --all");
    if (all) codes = (StrList){&every, 1};
    if (!find_rules(&rules, arena, codes, error)) return false;
    if (str_is(form, "json"))
        write_json(out, &rules);
    else if (all)
        write_list(out, &rules);
    else
        write_text(out, &rules);
    return true;
}

int rule_main(int argc, char **argv) {
    Arena arena = {0};
    Buf out = {0};
    Error error = {0};
    Values values;
    StrList codes;
    bool done = options_read(&values, &codes, &arena, FOR_RULE, argc, argv, &error);
    if (done && values.at[OPT_HELP].number)
        write_help(&out);
    else if (done)
        done = write_rules(&out, &arena, &values, codes, &error);
    if (done)
        done = write_out(&out);
    else
        show_error(&error);
    buf_release(&out);
    arena_release(&arena);
    return done ? EXIT_CLEAN : EXIT_TROUBLE;
}
