// Syntax that the target version does not know.

#include "facts/refusals.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "VER001",
    .name = "newer-syntax",
    .summary = "syntax above the target version",
    .why = "The file does not even compile on the oldest Python that the project supports.",
    .bad = "if (size := len(\"abc\")) > 2:\n    print(size)\n",
    .good = "size = len(\"abc\")\nif size > 2:\n    print(size)\n",
    .sources = "vermin, ruff invalid-syntax",
}};

static void check_file(Pass *pass) {
    const Refusals *refusals = file_refusals(pass->file);
    for (uint32_t i = 0; i < refusals->list.len; i++) {
        const Refusal *refusal = &refusals->list.at[i];
        if (refusal->kind != REFUSED_OLD) continue;
        if (!refusal_applies(refusal, pass->settings->target_version)) continue;
        report(pass, &rules[0], (Span){refusal->start, refusal->end}, "%.*s needs Python %d.%d",
               STR_ARG(refusal->message), refusal->before / 100, refusal->before % 100);
    }
}

const Check ver001_newer_syntax = {.rules = LIST(rules), .on_file = check_file};
