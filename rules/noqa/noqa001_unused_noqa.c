// A comment that suppresses nothing hides the next mistake on its line. A code whose rule is not on
// in this run cannot be judged and is left alone, and so are other linters' codes.

#include "facts/suppressions.h"
#include "rule/layout.h"
#include "rule/registry.h"
#include "rule/select.h"

static const Rule rules[] = {{
    .code = "NOQA001",
    .name = "unused-noqa",
    .summary = "a `# noqa` comment that suppresses nothing",
    .why = "A comment left behind when its reason is gone suppresses the next finding on its\n"
           "line, which nobody has looked at.",
    .bad = "import asyncio\n\n\nasync def poll() -> None:\n"
           "    await asyncio.sleep(1)  # noqa\n",
    .good = "import asyncio\n\n\nasync def poll() -> None:\n    await asyncio.sleep(1)\n",
    .sources = "ruff RUF100, flake8-noqa NQA102",
    .severity = SEVERITY_WARNING,
    .selectable = true,
    .fix = FIX_SAFE,
}};

// What is found in a folder comes later than this.
static bool is_decided(const Settings *settings, uint32_t number) {
    uint32_t entry;
    registry_rule(number, &entry);
    return settings->severities[number] != SEVERITY_OFF &&
           registry[entry].check->on_project == NULL;
}

static bool is_on(const Settings *settings, Str code) {
    for (uint32_t number = 0; number < registry_rule_count(); number++)
        if (code_names(code, registry_rule(number, NULL)) && is_decided(settings, number))
            return true;
    return false;
}

static bool is_unused(const Pass *pass, const Suppression *comment, uint32_t code) {
    return !comment->is_used[code] && is_on(pass->settings, comment->codes[code]);
}

// ---- The comment without what it does not need ----

// The place of a byte on the comment's row, where all is ASCII from the blanks before it on.
static Position place_of(const Suppression *comment, uint32_t offset) {
    Position place = comment->start;
    place.column = place.column + offset - comment->offset;
    return place;
}

// Without the file the edit has to know itself where it stands.
static void add_edit(Finding *finding, FixSafety safety, const Suppression *comment, Span span,
                     Str text) {
    if (!finding_takes_edits(finding) || comment->removal_start == comment->removal_end) return;
    finding_edit(finding, safety, span, text);
    Edit *edit = &vec_last(&finding->edits);
    edit->start = place_of(comment, span.start);
    edit->end = place_of(comment, span.end);
}

// The codes that stay, joined; empty where none does.
static Str needed_codes(Pass *pass, const Suppression *comment) {
    Str codes = {0};
    for (uint32_t i = 0; i < comment->code_count; i++) {
        if (is_unused(pass, comment, i)) continue;
        Str separator = codes.len > 0 ? STR(", ") : STR("");
        codes = str_join3(pass->arena, codes, separator, comment->codes[i]);
    }
    return codes;
}

// A comment without codes may be there for other linters.
static void remove_unused(Pass *pass, Finding *finding, const Suppression *comment) {
    Str codes = needed_codes(pass, comment);
    FixSafety safety = comment->code_count > 0 ? FIX_SAFE : FIX_UNSAFE;
    Span list = {comment->list_start, comment->list_end};
    Span all = {comment->removal_start, comment->removal_end};
    add_edit(finding, safety, comment, codes.len > 0 ? list : all, codes);
}

static void visit_suppression(Pass *pass, const Suppression *comment) {
    if (comment->code_count == 0 && !comment->is_used[0]) {
        Finding *finding = report(pass, &rules[0], (Span){0}, "this `noqa` suppresses nothing");
        finding_place(finding, comment->start);
        remove_unused(pass, finding, comment);
    }
    for (uint32_t i = 0; i < comment->code_count; i++) {
        if (!is_unused(pass, comment, i)) continue;
        Finding *finding = report(pass, &rules[0], (Span){0}, "`noqa: %.*s` suppresses nothing",
                                  STR_ARG(comment->codes[i]));
        finding_place(finding, comment->start);
        remove_unused(pass, finding, comment);
    }
}

static void visit_suppressions(Pass *pass, const Suppressions *comments) {
    for (uint32_t i = 0; i < comments->count; i++)
        visit_suppression(pass, &comments->at[i]);
}

const Check noqa001_unused_noqa = {.rules = LIST(rules), .on_suppressions = visit_suppressions};
