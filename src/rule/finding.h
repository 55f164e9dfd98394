// What a check said, as the engine and the outputs see it.

#ifndef ASYNCLINT_RULE_FINDING_H
#define ASYNCLINT_RULE_FINDING_H

#include "base/vec.h"
#include "rule/rule.h"

typedef struct Related {
    Str path;
    Position position;
    Str message;
} Related;

typedef struct Edit {
    Str path; // empty: that of the file whose report it stands in
    Span span;
    Position start, end; // of the span
    Str text;
} Edit;

struct Finding {
    const Rule *rule;
    struct Report *report;
    Str message;
    Str path; // empty: that of the file whose report it stands in
    Span span;
    Position start, end;  // of the span, or as finding_place() said
    uint32_t noqa_line;   // 1-based: where a `# noqa` for it is looked for besides start.line
    uint32_t order;       // in which it was reported; decides between equals
    uint32_t rule_number; // in the registry
    Severity severity;
    FixSafety fix_safety;
    bool is_placed; // by finding_place()
    VEC(Related) related;
    VEC(Edit) edits;
    VEC(Str) to_make_executable; // files whose x bits the fix sets
};

// The findings of one file. They live in `arena`, which outlives the file's.
typedef struct Report {
    Arena *arena;
    Str text; // of the file, while its checks run
    VEC(Finding *) findings;
    bool refuses_edits; // finding_edit() does nothing
    Finding nowhere;    // what report() hands out for a rule that is off
} Report;

#endif
