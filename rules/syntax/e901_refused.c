// What CPython's compile() refuses in the target version. Newer syntax is VER001's, what is wrong
// about async alone AIO001's to AIO003's.

#include "facts/refusals.h"
#include "rule/rule.h"

enum { E901, E904, E905, E906 };

static const Rule rules[] = {
    [E901] = {.code = "E901",
              .name = "syntax-error",
              .summary = "text that is not Python",
              .why = "Python refuses the whole file: nothing in it runs, and nothing else can be\n"
                     "checked with certainty.",
              .bad = "print(1 2)\n",
              .good = "print(1, 2)\n",
              .sources = "pycodestyle E901, flake8 E999, ruff invalid-syntax"},
    [E904] = {.code = "E904",
              .name = "bad-indentation",
              .summary = "indentation that Python refuses",
              .why = "Blocks are made by indentation. Python refuses a line that is indented\n"
                     "without need, not indented where a block must follow, or whose depth\n"
                     "depends on the width of a tab.",
              .bad = "if True:\nprint(1)\n",
              .good = "if True:\n    print(1)\n",
              .sources = "flake8 E999"},
    [E905] = {.code = "E905",
              .name = "nested-too-deep",
              .summary = "more blocks or brackets inside each other than Python allows",
              .why = "Python gives up at 100 levels of indentation and at 200 open brackets.",
              .no_example = "an example would fill a page",
              .sources = "flake8 E999"},
    [E906] = {.code = "E906",
              .name = "refused-statement",
              .summary = "grammatical, but refused for what it says",
              .why = "A parameter named twice, an assignment to a literal, `return` outside a\n"
                     "function and the like are found when Python compiles the file: it does not\n"
                     "run.",
              .bad = "def add(a, a):\n    return a\n",
              .good = "def add(a, b):\n    return a + b\n",
              .sources = "flake8 E999, ruff invalid-syntax"}};

static const Rule *rule_for(uint8_t kind) {
    switch (kind) {
    case REFUSED_SYNTAX: return &rules[E901];
    case REFUSED_INDENTATION: return &rules[E904];
    case REFUSED_DEPTH: return &rules[E905];
    case REFUSED_MEANING: return &rules[E906];
    default: return NULL;
    }
}

static void check_file(Pass *pass) {
    const Refusals *refusals = file_refusals(pass->file);
    for (uint32_t i = 0; i < refusals->list.len; i++) {
        const Refusal *refusal = &refusals->list.at[i];
        const Rule *rule = rule_for(refusal->kind);
        if (rule == NULL || !refusal_applies(refusal, pass->settings->target_version)) continue;
        report(pass, rule, (Span){refusal->start, refusal->end}, "%.*s", STR_ARG(refusal->message));
    }
    const Tree *tree = &pass->file->tree;
    if (tree->is_too_deep && refusals->list.len == 0)
        report(pass, &rules[E905], (Span){tree->too_deep_offset, tree->too_deep_offset},
               "expressions nested more than %d deep", MOST_TREE_DEPTH);
}

const Check e901_refused = {.rules = LIST(rules), .on_file = check_file};
