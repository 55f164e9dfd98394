#include "engine/apply_fixes.h"

#include "base/buf.h"

#include <stdlib.h>

typedef struct Round {
    const FileResult *result;
    FixSafety safety;
    Str only;   // a code: its edits alone; empty: all but `banned`
    Str banned; // codes joined by blanks
    Arena *arena;
    VEC(Edit) edits; // chosen, not overlapping
    uint32_t count;  // findings chosen
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

static bool edits_collide(const Edit *a, const Edit *b) {
    if (a->span.start == b->span.start) return true;
    const Edit *first = a->span.start < b->span.start ? a : b;
    const Edit *second = first == a ? b : a;
    return first->span.end > second->span.start;
}

static bool is_same_edit(const Edit *a, const Edit *b) {
    return a->span.start == b->span.start && a->span.end == b->span.end && str_eq(a->text, b->text);
}

// Findings come in the order of the file, so an edit can only collide with late ones; the bound
// keeps a file with many edits linear.
enum { LOOK_BACK = 64 };

static bool fits(const Round *round, const Edit *edit, bool *is_there) {
    uint32_t least = round->edits.len > LOOK_BACK ? round->edits.len - LOOK_BACK : 0;
    for (uint32_t i = round->edits.len; i > least; i--) {
        const Edit *other = &round->edits.at[i - 1];
        if (is_same_edit(edit, other)) {
            *is_there = true;
            return true;
        }
        if (edits_collide(edit, other)) return false;
    }
    return true;
}

static void choose_edits(Round *round) {
    for (uint32_t i = 0; i < round->result->report.findings.len; i++) {
        const Finding *finding = round->result->report.findings.at[i];
        if (!may_apply(round, finding)) continue;
        bool all_fit = true;
        for (uint32_t j = 0; j < finding->edits.len && all_fit; j++) {
            bool is_there = false;
            all_fit = fits(round, &finding->edits.at[j], &is_there);
        }
        if (!all_fit) continue;
        round->count++;
        for (uint32_t j = 0; j < finding->edits.len; j++) {
            bool is_there = false;
            fits(round, &finding->edits.at[j], &is_there);
            if (!is_there) vec_push(round->arena, &round->edits, finding->edits.at[j]);
        }
    }
}

static int compare_edits(const void *left, const void *right) {
    const Edit *a = left, *b = right;
    return (a->span.start > b->span.start) - (a->span.start < b->span.start);
}

// The text with the chosen edits done. Edits that overlap after all (farther apart in the order of
// findings than LOOK_BACK) are left for the next round.
static Str edit_text(Round *round, Str text) {
    if (round->edits.len > 1) qsort(round->edits.at, round->edits.len, sizeof(Edit), compare_edits);
    Buf out = {0};
    uint32_t at = 0;
    for (uint32_t i = 0; i < round->edits.len; i++) {
        const Edit *edit = &round->edits.at[i];
        if (edit->span.start < at) continue;
        buf_add(&out, str_slice(text, at, edit->span.start));
        buf_add(&out, edit->text);
        at = edit->span.end;
    }
    buf_add(&out, str_from(text, at));
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
    uint32_t errors;   // E9 findings of the present state
    Str banned;
    uint32_t count;
} Fixing;

static uint32_t count_errors(const FileResult *result) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < result->report.findings.len; i++)
        count += str_starts_with(str_of(result->report.findings.at[i]->rule->code), STR("E9"));
    return count;
}

static void check(Fixing *fixing, const Source *source, FileResult *result) {
    check_file(result, fixing->plan, source, fixing->is_python, &fixing->scratch, fixing->results);
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
                   .safety = fixing->safety,
                   .only = only,
                   .banned = fixing->banned,
                   .arena = fixing->results};
    choose_edits(&round);
    if (round.count == 0) return NOTHING_TO_DO;
    Source source;
    Str bytes = with_mark(fixing, edit_text(&round, fixing->source.text));
    source_of_bytes(&source, fixing->results, fixing->source.path, bytes);
    source.is_executable = fixing->source.is_executable;
    source.is_listed = fixing->source.is_listed;
    FileResult result;
    check(fixing, &source, &result);
    uint32_t errors = count_errors(&result);
    if (errors > fixing->errors) return BROKE_SYNTAX;
    fixing->source = source;
    fixing->result = result;
    fixing->errors = errors;
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

void apply_fixes(Fixed *fixed, const Plan *plan, const Source *source, bool is_python,
                 FixSafety safety, Arena *results) {
    Fixing fixing = {.plan = plan,
                     .is_python = is_python,
                     .safety = safety,
                     .results = results,
                     .source = *source};
    check(&fixing, source, &fixing.result);
    fixing.errors = count_errors(&fixing.result);
    for (int round = 0; round < MOST_FIX_ROUNDS && !source->is_converted; round++) {
        Attempt outcome = attempt(&fixing, (Str){0});
        if (outcome == BROKE_SYNTAX) outcome = attempt_first_code(&fixing);
        if (outcome == NOTHING_TO_DO) break;
    }
    *fixed = (Fixed){.old = fixing.count > 0 ? str_copy(results, source->raw) : (Str){0},
                     .bytes = fixing.source.raw,
                     .count = fixing.count,
                     .taken_back = fixing.banned,
                     .result = fixing.result};
    arena_release(&fixing.scratch);
}
