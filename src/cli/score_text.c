// The score as a table: a line for each file, a column for each requirement, then the requirements
// in their own words.

#include "base/utf8.h"
#include "cli/score_card.h"

#include <inttypes.h>

enum { COUNT_WIDTH = 8, COLUMN_GAP = 2 };

static Str mark_sign(uint8_t mark) {
    switch (mark) {
    case MARK_MET: return STR("✓");
    case MARK_MISSED: return STR("✗");
    case MARK_UNKNOWN: return STR("?");
    default: return STR("·");
    }
}

static void add_blanks(Buf *out, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        buf_add_byte(out, ' ');
}

static uint32_t column_width(uint32_t requirement) {
    uint32_t first = str_of(requirements[requirement].heading[0]).len;
    uint32_t second = str_of(requirements[requirement].heading[1]).len;
    return COLUMN_GAP + (first > second ? first : second);
}

static void add_cell(Buf *out, Str text, uint32_t width) {
    buf_add(out, text);
    add_blanks(out, width - utf8_count(text));
}

static void add_heading(Buf *out) {
    static const char *const sizes[] = {"lines", "words", "bytes"};
    for (int line = 0; line < 2; line++) {
        for (uint32_t i = 0; i < REQUIREMENT_COUNT; i++)
            add_cell(out, str_of(requirements[i].heading[line]), column_width(i));
        for (size_t i = 0; line == 1 && i < sizeof sizes / sizeof sizes[0]; i++)
            buf_printf(out, "%*s", COUNT_WIDTH, sizes[i]);
        while (out->len > 0 && out->at[out->len - 1] == ' ')
            out->len--;
        buf_add_byte(out, '\n');
    }
}

// A file as seen from its project folder.
static Str shown_path(const ScoreProject *project, const ScoreRow *row) {
    uint32_t root = project->root.len;
    bool inside = str_starts_with(row->path, project->root) && row->path.len > root + 1 &&
                  row->path.at[root] == '/';
    return inside ? str_from(row->path, root + 1) : row->path;
}

static void add_row(Buf *out, const ScoreProject *project, const ScoreRow *row) {
    for (uint32_t i = 0; i < REQUIREMENT_COUNT; i++)
        add_cell(out, mark_sign(row->marks[i]), column_width(i));
    if (row->is_folder)
        add_blanks(out, 3 * COUNT_WIDTH);
    else
        buf_printf(out, "%*" PRIu64 "%*" PRIu64 "%*" PRIu64, COUNT_WIDTH, row->size.lines,
                   COUNT_WIDTH, row->size.words, COUNT_WIDTH, row->size.bytes);
    add_blanks(out, COLUMN_GAP);
    buf_add_printable(out, shown_path(project, row), false);
    if (row->is_folder && !str_ends_with(row->path, STR("/"))) buf_add_byte(out, '/');
    buf_add_byte(out, '\n');
}

static bool has_hand_outs(const ScoreProject *project) {
    for (uint32_t i = 0; i < project->rows.len; i++)
        if (project->rows.at[i].is_hand_out) return true;
    return false;
}

static void add_rows(Buf *out, const ScoreProject *project, bool is_hand_out) {
    for (uint32_t i = 0; i < project->rows.len; i++)
        if (project->rows.at[i].is_hand_out == is_hand_out)
            add_row(out, project, &project->rows.at[i]);
}

static bool row_is_clean(const ScoreRow *row) {
    for (uint32_t i = 0; i < REQUIREMENT_COUNT; i++)
        if (row->marks[i] == MARK_MISSED || row->marks[i] == MARK_UNKNOWN) return false;
    return true;
}

static void add_requirement(Buf *out, const ScoreProject *project, uint32_t requirement) {
    Tally tally = score_tally(project, requirement);
    Mark mark = tally.asked == 0 ? MARK_NONE : tally.missed == 0 ? MARK_MET : MARK_MISSED;
    buf_add(out, mark_sign((uint8_t)mark));
    buf_printf(out, " %s", requirements[requirement].words);
    if (mark == MARK_NONE) buf_add(out, STR(" (not checked)"));
    if (mark == MARK_MISSED && !requirements[requirement].of_folder)
        buf_printf(out, " (%u of %u files do not)", tally.missed, tally.asked);
    buf_add_byte(out, '\n');
}

static void add_summary(Buf *out, const ScoreProject *project) {
    uint32_t asked = 0, met = 0, files = 0, clean = 0;
    for (uint32_t i = 0; i < REQUIREMENT_COUNT; i++) {
        Tally tally = score_tally(project, i);
        asked += tally.asked > 0;
        met += tally.asked > 0 && tally.missed == 0;
    }
    for (uint32_t i = 0; i < project->rows.len; i++) {
        const ScoreRow *row = &project->rows.at[i];
        if (row->is_folder || row->is_hand_out) continue;
        files++;
        clean += row_is_clean(row);
    }
    buf_printf(out, "%u of %u requirements met, %u of %u files meet all\n", met, asked, clean,
               files);
}

static void add_project(Buf *out, const ScoreProject *project) {
    add_heading(out);
    add_rows(out, project, false);
    if (has_hand_outs(project)) {
        buf_add(out, STR("hand-out files:\n"));
        add_rows(out, project, true);
    }
    buf_add_byte(out, '\n');
    for (uint32_t i = 0; i < REQUIREMENT_COUNT; i++)
        add_requirement(out, project, i);
    buf_add_byte(out, '\n');
    add_summary(out, project);
}

void score_write_text(Buf *out, const ScoreCard *card) {
    for (uint32_t i = 0; i < card->len; i++) {
        if (i > 0) buf_add_byte(out, '\n');
        add_project(out, &card->at[i]);
    }
}
