// The shape of `ruff check --output-format json`, which editors' adapters read, with two more keys:
// `related`, the other places that belong to the finding, and `hand_out`.
//
// Source: ruff 0.17.6, measured. Keys are sorted there, too; `cell` is for notebooks.

#include "output/json_writer.h"
#include "output/output.h"

static void add_text(Json *json, const char *key, Str text) {
    json_add_key(json, key);
    json_add_string(json, text);
}

static void add_null(Json *json, const char *key) {
    json_add_key(json, key);
    json_add_null(json);
}

static void add_location(Json *json, const char *key, Position position) {
    json_add_key(json, key);
    json_begin(json, '{');
    json_add_key(json, "column");
    json_add_number(json, position.column);
    json_add_key(json, "row");
    json_add_number(json, position.line);
    json_end(json, '}');
}

static void add_path(Json *json, Str path, Str directory) {
    Buf absolute = {0};
    if (str_is(path, "-"))
        buf_add(&absolute, path);
    else
        output_absolute_path(&absolute, path, directory);
    add_text(json, "filename", buf_str(&absolute));
    buf_release(&absolute);
}

static void add_fix(Json *json, const Finding *finding) {
    if (finding->edits.len == 0) {
        add_null(json, "fix");
        return;
    }
    json_add_key(json, "fix");
    json_begin(json, '{');
    add_text(json, "applicability", finding->fix_safety == FIX_SAFE ? STR("safe") : STR("unsafe"));
    json_add_key(json, "edits");
    json_begin(json, '[');
    for (uint32_t i = 0; i < finding->edits.len; i++) {
        const Edit *edit = &finding->edits.at[i];
        json_begin(json, '{');
        add_text(json, "content", edit->text);
        add_location(json, "end_location", edit->end);
        add_location(json, "location", edit->start);
        json_end(json, '}');
    }
    json_end(json, ']');
    add_null(json, "message");
    json_end(json, '}');
}

static void add_related(Json *json, const Finding *finding, Str directory) {
    json_add_key(json, "related");
    json_begin(json, '[');
    for (uint32_t i = 0; i < finding->related.len; i++) {
        const Related *related = &finding->related.at[i];
        json_begin(json, '{');
        add_path(json, related->path, directory);
        add_location(json, "location", related->position);
        add_text(json, "message", related->message);
        json_end(json, '}');
    }
    json_end(json, ']');
}

static void add_finding(Json *json, const OutputFile *file, const Finding *finding, Str directory) {
    json_begin(json, '{');
    add_null(json, "cell");
    add_text(json, "code", str_of(finding->rule->code));
    add_location(json, "end_location", finding->end);
    add_path(json, file->path, directory);
    add_fix(json, finding);
    json_add_key(json, "hand_out");
    json_add_bool(json, file->is_hand_out);
    add_location(json, "location", finding->start);
    add_text(json, "message", finding->message);
    add_text(json, "name", str_of(finding->rule->name));
    json_add_key(json, "noqa_row");
    json_add_number(json, finding->noqa_line != 0 ? finding->noqa_line : finding->start.line);
    add_related(json, finding, directory);
    add_text(json, "severity", str_of(severity_name(finding->severity)));
    add_null(json, "url");
    json_end(json, '}');
}

static void add_file(void *directory, Buf *out, const OutputFile *file) {
    Json json = {.out = out, .depth = 1, .has_before = file->index > 0};
    for (uint32_t i = 0; i < file->report->findings.len; i++)
        add_finding(&json, file, file->report->findings.at[i], *(Str *)directory);
}

void output_write_json(Buf *out, const OutputFiles *files, const OutputOptions *options) {
    Json json = {.out = out};
    json_begin(&json, '[');
    Str directory = options->directory;
    output_each(files, out, GROUP_ALL, add_file, &directory);
    json.has_before = files->count > 0;
    json_end(&json, ']');
    buf_add_byte(out, '\n');
}
