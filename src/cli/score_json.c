// The score as JSON: an array of projects. A mark is true, false, or null where the requirement
// says nothing about the file; "unknown" where it cannot be told.

#include "cli/score_card.h"
#include "output/json_writer.h"

static void add_mark(Json *json, uint8_t mark) {
    switch (mark) {
    case MARK_MET: json_add_bool(json, true); return;
    case MARK_MISSED: json_add_bool(json, false); return;
    case MARK_UNKNOWN: json_add_string(json, STR("unknown")); return;
    default: json_add_null(json);
    }
}

static void add_count(Json *json, const char *key, uint64_t count) {
    json_add_key(json, key);
    json_add_number(json, count);
}

static void add_row(Json *json, const ScoreRow *row) {
    json_begin(json, '{');
    add_count(json, "bytes", row->size.bytes);
    json_add_key(json, "hand_out");
    json_add_bool(json, row->is_hand_out);
    add_count(json, "lines", row->size.lines);
    json_add_key(json, "path");
    json_add_string(json, row->path);
    json_add_key(json, "requirements");
    json_begin(json, '{');
    for (uint32_t i = 0; i < REQUIREMENT_COUNT; i++) {
        if (requirements[i].of_folder) continue;
        json_add_key(json, requirements[i].name);
        add_mark(json, row->marks[i]);
    }
    json_end(json, '}');
    add_count(json, "words", row->size.words);
    json_end(json, '}');
}

static void add_requirement(Json *json, const ScoreProject *project, uint32_t requirement) {
    Tally tally = score_tally(project, requirement);
    json_begin(json, '{');
    add_count(json, "asked", tally.asked);
    json_add_key(json, "met");
    if (tally.asked == 0)
        json_add_null(json);
    else
        json_add_bool(json, tally.missed == 0);
    add_count(json, "missed", tally.missed);
    json_add_key(json, "name");
    json_add_string(json, str_of(requirements[requirement].name));
    json_add_key(json, "words");
    json_add_string(json, str_of(requirements[requirement].words));
    json_end(json, '}');
}

static void add_project(Json *json, const ScoreProject *project) {
    json_begin(json, '{');
    json_add_key(json, "files");
    json_begin(json, '[');
    for (uint32_t i = 0; i < project->rows.len; i++)
        if (!project->rows.at[i].is_folder) add_row(json, &project->rows.at[i]);
    json_end(json, ']');
    json_add_key(json, "folder");
    json_add_string(json, project->root);
    json_add_key(json, "requirements");
    json_begin(json, '[');
    for (uint32_t i = 0; i < REQUIREMENT_COUNT; i++)
        add_requirement(json, project, i);
    json_end(json, ']');
    json_end(json, '}');
}

void score_write_json(Buf *out, const ScoreCard *card) {
    Json json = {.out = out};
    json_begin(&json, '[');
    for (uint32_t i = 0; i < card->len; i++)
        add_project(&json, &card->at[i]);
    json_end(&json, ']');
    buf_add_byte(out, '\n');
}
