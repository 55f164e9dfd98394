// A comment that suppresses nothing hides the next mistake on its line. A code whose rule is not on
// in this run cannot be judged and is left alone, and so are other linters' codes.

#include "facts/suppressions.h"
#include "rule/registry.h"
#include "rule/rule.h"
#include "rule/select.h"

static const Rule rules[] = {{
    .code = "NOQA001",
    .name = "unused-noqa",
    .summary = "a `# noqa` comment that suppresses nothing",
    .why = "A comment left behind when its reason is gone suppresses the next finding on its\n"
           "line, which nobody has looked at.",
    .bad = "import asyncio\n\n\nasync def poll() -> None:\n"
           "    await asyncio.sleep(1)  # noqa\n",
    .good = "import time\n\n\nasync def poll() -> None:\n"
            "    time.sleep(1)  # noqa: ASYNC251\n",
    .sources = "ruff RUF100, flake8-noqa NQA102",
    .severity = SEVERITY_WARNING,
    .selectable = true,
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

static void visit_suppression(Pass *pass, const Suppression *comment) {
    if (comment->code_count == 0 && !comment->is_used[0])
        finding_place(report(pass, &rules[0], (Span){0}, "this `noqa` suppresses nothing"),
                      comment->start);
    for (uint32_t i = 0; i < comment->code_count; i++) {
        if (comment->is_used[i] || !is_on(pass->settings, comment->codes[i])) continue;
        finding_place(report(pass, &rules[0], (Span){0}, "`noqa: %.*s` suppresses nothing",
                             STR_ARG(comment->codes[i])),
                      comment->start);
    }
}

static void visit_suppressions(Pass *pass, const Suppressions *comments) {
    for (uint32_t i = 0; i < comments->count; i++)
        visit_suppression(pass, &comments->at[i]);
}

const Check noqa001_unused_noqa = {.rules = LIST(rules), .on_suppressions = visit_suppressions};
