#include "engine/apply_fixes.h"

#include "base/buf.h"
#include "base/search.h"
#include "base/utf8.h"
#include "engine/realign.h"
#include "rule/registry.h"

#include <stdlib.h>

typedef struct Round {
    const FileResult *result;
    Str text;
    FixSafety safety;
    Str only;            // a code: its edits alone; empty: all but `banned`
    Str banned;          // codes joined by blanks
    uint32_t line_limit; // what no edits may make a line longer than; UINT32_MAX: anything
    Arena *arena;
    Edits edits;         // chosen: sorted, not overlapping
    uint32_t count;      // findings chosen
    Span row;            // of the latest edit that makes one longer
    uint32_t row_length; // in code points; 0: there is no row yet
    int64_t row_growth;
} Round;

static bool is_among(Str codes, const char *code) {
    for (Str part; str_split(&codes, ' ', &part);)
        if (str_is(part, code)) return true;
    return false;
}

static bool may_apply(const Round *round, const Finding *finding) {
    if (finding->edits.len == 0 || finding->fix_safety > round->safety) return false;
    if (round->only.len > 0) return str_is(round->only, finding->rule->code);
    return !is_among(round->banned, finding->rule->code);
}

// ---- Room ----

static bool ends_line(char c) {
    return c == '\n' || c == '\r';
}

static Span row_around(Str text, uint32_t at) {
    Span row = {at, at};
    while (row.start > 0 && !ends_line(text.at[row.start - 1]))
        row.start--;
    while (row.end < text.len && !ends_line(text.at[row.end]))
        row.end++;
    return row;
}

// By how many bytes the edit makes its row longer. With a line end in it, it makes two of one.
static int64_t growth_of(const Edit *edit) {
    for (uint32_t i = 0; i < edit->text.len; i++)
        if (ends_line(edit->text.at[i])) return 0;
    return (int64_t)edit->text.len - (edit->span.end - edit->span.start);
}

// Each finding's edits leave the row short enough; those of several together may not. What has no
// room waits, and will be offered no more.
static bool has_room(Round *round, const Edit *edit) {
    int64_t growth = growth_of(edit);
    if (growth == 0 || round->line_limit == UINT32_MAX) return true;
    bool is_in_row = edit->span.start >= round->row.start && edit->span.start <= round->row.end;
    if (!is_in_row || round->row_length == 0) {
        round->row = row_around(round->text, edit->span.start);
        round->row_length = utf8_count(str_slice(round->text, round->row.start, round->row.end));
        round->row_growth = 0;
    }
    bool stays_short = round->row_length + round->row_growth + growth <= round->line_limit;
    if (growth > 0 && round->row_length <= round->line_limit && !stays_short) return false;
    round->row_growth += growth;
    return true;
}

// ---- Choice ----

static bool edits_collide(const Edit *first, const Edit *second) {
    return first->span.start == second->span.start || first->span.end > second->span.start;
}

static bool is_same_edit(const Edit *a, const Edit *b) {
    return a->span.start == b->span.start && a->span.end == b->span.end && str_eq(a->text, b->text);
}

// The number of chosen edits that start before `start`.
static uint32_t place_of(const Edits *edits, uint32_t start) {
    return COUNT_BEFORE(i, edits->len, edits->at[i].span.start < start);
}

typedef enum Fit { FITS, COLLIDES, IS_THERE } Fit;

static Fit fit(const Round *round, const Edit *edit) {
    if (round->edits.at == NULL) return FITS; // there is none yet
    uint32_t place = place_of(&round->edits, edit->span.start);
    const Edit *next = place < round->edits.len ? &round->edits.at[place] : NULL;
    if (next != NULL && is_same_edit(edit, next)) return IS_THERE;
    if (next != NULL && edits_collide(edit, next)) return COLLIDES;
    return place > 0 && edits_collide(&round->edits.at[place - 1], edit) ? COLLIDES : FITS;
}

static void insert(Round *round, Edit edit) {
    uint32_t place = place_of(&round->edits, edit.span.start);
    vec_push(round->arena, &round->edits, edit);
    Edit *at = round->edits.at + place;
    memmove(at + 1, at, (round->edits.len - 1 - place) * sizeof(Edit));
    *at = edit;
}

// All edits of a finding or none.
static void choose(Round *round, const Finding *finding) {
    Edits fresh = {0};
    const Span row = round->row;
    const int64_t row_growth = round->row_growth;
    for (uint32_t i = 0; i < finding->edits.len; i++) {
        const Edit *edit = &finding->edits.at[i];
        Fit found = fit(round, edit);
        if (found == COLLIDES || (found == FITS && !has_room(round, edit))) {
            // What was counted before does not count.
            round->row_growth = round->row.start == row.start ? row_growth : 0;
            return;
        }
        if (found == FITS) vec_push(round->arena, &fresh, *edit);
    }
    round->count++;
    for (uint32_t i = 0; i < fresh.len; i++)
        insert(round, fresh.at[i]);
}

static void choose_edits(Round *round) {
    for (uint32_t i = 0; i < round->result->report.findings.len; i++) {
        const Finding *finding = round->result->report.findings.at[i];
        if (may_apply(round, finding)) choose(round, finding);
    }
}

static int compare_edits(const void *left, const void *right) {
    const Edit *a = left, *b = right;
    return (a->span.start > b->span.start) - (a->span.start < b->span.start);
}

// The text with the chosen edits done.
static Str edit_text(Round *round) {
    if (round->edits.len > 1) qsort(round->edits.at, round->edits.len, sizeof(Edit), compare_edits);
    Buf out = {0};
    uint32_t at = 0;
    for (uint32_t i = 0; i < round->edits.len; i++) {
        const Edit *edit = &round->edits.at[i];
        buf_add(&out, str_slice(round->text, at, edit->span.start));
        buf_add(&out, edit->text);
        at = edit->span.end;
    }
    buf_add(&out, str_from(round->text, at));
    Str edited = str_copy(round->arena, buf_str(&out));
    buf_release(&out);
    return edited;
}

typedef struct Fixing {
    const Plan *plan;
    bool is_python;
    FixSafety safety;
    Arena scratch; // of one check
    Arena *results;
    Source source;     // of the present state
    FileResult result; // of the present state
    Str banned;
    uint32_t count;
} Fixing;

static void check(Fixing *fixing, const Source *source, FileResult *result) {
    check_file(result, fixing->plan, source, fixing->is_python, &fixing->scratch, fixing->results);
    arena_reset(&fixing->scratch);
}

// What the user lets be as long as it is, edits may make longer, too.
static uint32_t line_limit(const Plan *plan) {
    uint32_t number = registry_find(STR("E501"));
    bool is_on = number != UINT32_MAX && plan->settings->severities[number] != SEVERITY_OFF;
    return is_on ? plan->settings->max_line_length : UINT32_MAX;
}

static void realign_rows(Fixing *fixing, Round *round) {
    if (!fixing->is_python) return;
    Lines lines;
    Tokens tokens;
    LogicalLines logical;
    lines_scan(&lines, &fixing->scratch, round->text);
    tokens_scan(&tokens, &fixing->scratch, &lines,
                fixing->plan->settings->target_version >= PYTHON(3, 8));
    logical_lines_build(&logical, &fixing->scratch, &lines, &tokens, false);
    realign(&round->edits, round->arena, &lines, &logical, round->line_limit);
    arena_reset(&fixing->scratch);
}

static Str with_mark(const Fixing *fixing, Str text) {
    if (!fixing->source.has_bom) return text;
    return str_join(fixing->results, STR("\xef\xbb\xbf"), text);
}

typedef enum Attempt { NOTHING_TO_DO, DONE, BROKE_SYNTAX } Attempt;

// One round with the edits of one code, or of all.
static Attempt attempt(Fixing *fixing, Str only) {
    Round round = {.result = &fixing->result,
                   .text = fixing->source.text,
                   .line_limit = line_limit(fixing->plan),
                   .safety = fixing->safety,
                   .only = only,
                   .banned = fixing->banned,
                   .arena = fixing->results};
    choose_edits(&round);
    if (round.count == 0) return NOTHING_TO_DO;
    realign_rows(fixing, &round);
    Source source;
    Str bytes = with_mark(fixing, edit_text(&round));
    source_of_bytes(&source, fixing->results, fixing->source.path, bytes);
    source.is_executable = fixing->source.is_executable;
    source.is_listed = fixing->source.is_listed;
    FileResult result;
    check(fixing, &source, &result);
    if (result.errors > fixing->result.errors) return BROKE_SYNTAX;
    fixing->source = source;
    fixing->result = result;
    fixing->count += round.count;
    return DONE;
}

static void ban(Fixing *fixing, const char *code) {
    fixing->banned = str_format(fixing->results, "%.*s%s%s", STR_ARG(fixing->banned),
                                fixing->banned.len > 0 ? " " : "", code);
}

// After a round that broke the syntax: the code of the first fixable finding, alone. What breaks
// it alone is banned.
static Attempt attempt_first_code(Fixing *fixing) {
    Round round = {.safety = fixing->safety, .banned = fixing->banned};
    for (uint32_t i = 0; i < fixing->result.report.findings.len; i++) {
        const Finding *finding = fixing->result.report.findings.at[i];
        if (!may_apply(&round, finding)) continue;
        Attempt outcome = attempt(fixing, str_of(finding->rule->code));
        if (outcome == BROKE_SYNTAX) ban(fixing, finding->rule->code);
        return outcome;
    }
    return NOTHING_TO_DO;
}

static void run_rounds(Fixing *fixing) {
    for (int round = 0; round < MOST_FIX_ROUNDS; round++) {
        Attempt outcome = attempt(fixing, (Str){0});
        if (outcome == BROKE_SYNTAX) outcome = attempt_first_code(fixing);
        if (outcome == NOTHING_TO_DO) break;
    }
    arena_release(&fixing->scratch);
}

void apply_fixes(Fixed *fixed, const Plan *plan, const Source *source, bool is_python,
                 FixSafety safety, Arena *results) {
    Fixing fixing = {.plan = plan,
                     .is_python = is_python,
                     .safety = safety,
                     .results = results,
                     .source = *source};
    check(&fixing, source, &fixing.result);
    if (!source->is_converted) run_rounds(&fixing);
    arena_release(&fixing.scratch);
    *fixed = (Fixed){.old = fixing.count > 0 ? str_copy(results, source->raw) : (Str){0},
                     .bytes = fixing.source.raw,
                     .is_executable = source->is_executable,
                     .is_listed = source->is_listed,
                     .count = fixing.count,
                     .taken_back = fixing.banned,
                     .result = fixing.result};
    if (fixing.count == 0 && plan->wants_project) fixed->bytes = str_copy(results, source->raw);
}

static bool has_work(const Report *report, FixSafety safety, Str banned) {
    const Round round = {.safety = safety, .banned = banned};
    for (uint32_t i = 0; i < report->findings.len; i++)
        if (may_apply(&round, report->findings.at[i])) return true;
    return false;
}

bool apply_more_fixes(Fixed *fixed, const Plan *plan, Str path, const Report *report,
                      FixSafety safety, Arena *results) {
    if (!has_work(report, safety, fixed->taken_back)) return false;
    Fixing fixing = {.plan = plan,
                     .is_python = true,
                     .safety = safety,
                     .results = results,
                     .banned = fixed->taken_back};
    source_of_bytes(&fixing.source, results, path, fixed->bytes);
    fixing.source.is_executable = fixed->is_executable;
    fixing.source.is_listed = fixed->is_listed;
    fixing.result.report = *report;
    fixing.result.errors = fixed->result.errors;
    if (fixing.source.is_converted) return false;
    run_rounds(&fixing);
    fixed->taken_back = fixing.banned;
    if (fixing.count == 0) return false;
    if (fixed->count == 0) fixed->old = fixed->bytes;
    fixed->bytes = fixing.source.raw;
    fixed->count += fixing.count;
    fixed->result = fixing.result;
    return true;
}
