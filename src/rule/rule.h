// The model: what a rule is, what a check is, and what a check may do.
//
// A *check* is one look at the code, in one file of rules/. It reports one or more codes; each
// code is a *rule*. A check says by its hooks what it wants to see, and so which stages run.
// A check frees nothing, fails at nothing and keeps nothing outside `pass->state`.

#ifndef ASYNCLINT_RULE_RULE_H
#define ASYNCLINT_RULE_RULE_H

#include "facts/file.h"
#include "facts/summary.h"
#include "rule/settings.h"

typedef enum Severity { SEVERITY_OFF, SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR } Severity;

typedef enum Preset { PRESET_REQUIREMENTS, PRESET_ASYNC, PRESET_ALL } Preset;

typedef enum FixSafety { FIX_NONE, FIX_SAFE, FIX_UNSAFE } FixSafety;

typedef struct Rule {
    const char *code; // capital letters and digits
    const char *name; // lower-case words joined by hyphens
    const char *summary;
    const char *why;
    const char *bad;  // a whole file in which the rule fires, and nothing else of its family
    const char *good; // a whole file in which its family is silent; what the fix makes of `bad`
    const char
        *no_example;     // why `bad` and `good` are missing, where bytes of one file cannot show it
    const char *sources; // the same check elsewhere, separated by commas; --select takes their
                         // codes as aliases
    Severity severity;   // SEVERITY_ERROR where left out
    bool selectable;     // not in the default preset
    bool mild_in_async;  // in the preset `async`: info
    FixSafety fix;
    bool fixes_any_text; // the fix is right in what is no Python, too: other fixes are not offered
                         // in a file that cannot be compiled
} Rule;

typedef struct Span {
    uint32_t start, end; // byte offsets into the file's text, end exclusive
} Span;

typedef struct Pass Pass;
typedef struct ModuleInfo ModuleInfo;
typedef struct Project Project;           // rule/project_folder.h
typedef struct Suppressions Suppressions; // facts/suppressions.h

typedef struct NodeHook {
    NodeKind kind;
    void (*visit)(Pass *pass, const Node *node);
} NodeHook;

// A list with its length, for static initialisers: `.rules = LIST(rules)`.
#define LIST(array)                                                                                \
    { (array), sizeof(array) / sizeof((array)[0]) }

typedef struct Check {
    struct {
        const Rule *at;
        uint32_t count;
    } rules;
    struct {
        const NodeHook *at;
        uint32_t count;
    } on_node;                                                    // wants the tree
    void (*on_line)(Pass *pass, const PhysicalLine *line);        // wants tokens
    void (*on_logical_line)(Pass *pass, const LogicalLine *line); // wants tokens
    void (*on_tree)(Pass *pass);                                  // once per file, wants the tree
    void (*on_file)(Pass *pass);                                  // once per file, of any kind
    void (*on_module)(Pass *pass, const ModuleInfo *module); // after all files, wants summaries
    void (*on_project)(Pass *pass, const Project *project);  // after all files, for each folder
    void (*on_suppressions)(Pass *pass, const Suppressions *suppressions); // last of all
    size_t state_size;      // bytes of `pass->state`, zeroed per file
    bool any_file;          // on_file also for files that are not Python
    bool unread_file;       // on_file also for files that could not be read
    bool moves_indent_char; // what it finds mixed is from there on what the file indents with
} Check;

struct Pass {
    File *file; // NULL in on_module, on_project and on_suppressions
    const Settings *settings;
    void *state;
    Arena *arena; // of the file
    const Check *check;
    uint32_t first_rule; // the number of the check's first rule, as settings->severities counts
    struct Report *report;
};

// Whether the user asked for that rule of the running check: for work that only it needs.
bool pass_wants(const Pass *pass, const Rule *rule);

// ---- Reporting ----

typedef struct Finding Finding;

static inline Span node_span(const Node *node) {
    return (Span){node->start, node->end};
}
static inline Span token_span(const Token *token) {
    return (Span){token->start, token->end};
}

// Reports `rule` (one of the running check's) at `span`. The message is lower case, without a full
// stop, with backticks round code. Never NULL; where the rule is off it goes nowhere.
__attribute__((format(printf, 4, 5))) Finding *report(Pass *pass, const Rule *rule, Span span,
                                                      const char *format, ...);
__attribute__((format(printf, 4, 0))) Finding *vreport(Pass *pass, const Rule *rule, Span span,
                                                       const char *format, va_list arguments);

// The same in `on_module`, at a place that a summary keeps.
__attribute__((format(printf, 4, 5))) Finding *report_at(Pass *pass, const Rule *rule, Place place,
                                                         const char *format, ...);

// Shows the finding at another place than its span's start: for positions that are not in the text,
// such as a column behind the line's end. 1-based; columns in code points.
void finding_place(Finding *finding, Position position);

// Makes the finding at most that severe: for a place where the rule's reason weighs less.
void finding_soften(Finding *finding, Severity most);

// Adds another place that belongs to the finding, with its own words.
__attribute__((format(printf, 4, 5))) void
finding_relate(Finding *finding, Str path, Position position, const char *format, ...);

// Adds an edit: `span` becomes `text` (copied). All edits of a finding are applied or none, and the
// least safe one speaks for all. An edit that would take a comment away is made unsafe.
void finding_edit(Finding *finding, FixSafety safety, Span span, Str text);

// Adds an edit in `on_module`: `text` goes in where `place` starts.
void finding_insert_at(Finding *finding, FixSafety safety, Place place, Str text);

// The fix is to set the x bits of the file at `path` (copied), or of several.
void finding_make_executable(Finding *finding, Str path);

#endif
