// Functions, classes and methods that D100-D107 leave out, private and nested ones, without a
// docstring.
//
// Left out here as well: overloads, whose implementation has the docstring, and the setters and
// deleters of a property, for which Python shows the getter's.

#include "facts/docstring.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "REQ010",
    .name = "undocumented-inner",
    .summary = "private or nested function, class or method without a docstring",
    .why = "Documentation is asked for of every module, class and function, whoever may use it.",
    .bad = "#!/usr/bin/env python3\n\"\"\"Wait for a random while.\"\"\"\n\n\ndef _wait():\n    "
           "pass\n",
    .good = "#!/usr/bin/env python3\n\"\"\"Wait for a random while.\"\"\"\n\n\ndef _wait():\n"
            "    \"\"\"Return without waiting at all.\"\"\"\n",
    .sources = "requirement: all your modules, classes and functions should have a documentation",
}};

static bool is_left_out(const File *file, const Definition *definition) {
    if (definition->docstring != NULL || definition->is_public || definition->is_broken)
        return true;
    return definition_has_decorator(file, definition, STR("overload")) ||
           definition_has_decorator(file, definition, STR("typing.overload")) ||
           (definition_is_function(definition) && is_property_part(file, definition));
}

static const char *kind_word(const Definition *definition) {
    if (definition_is_class(definition)) return "class";
    return definition->kind == DEFINITION_METHOD ? "method" : "function";
}

static const char *place_word(const Definition *definition) {
    return definition->kind == DEFINITION_NESTED_FUNCTION ||
                   definition->kind == DEFINITION_NESTED_CLASS
               ? "nested"
               : "private";
}

static void check_tree(Pass *pass) {
    const Docstrings *docstrings = file_docstrings(pass->file);
    for (uint32_t i = 0; i < docstrings->count; i++) {
        const Definition *definition = &docstrings->at[i];
        if (is_left_out(pass->file, definition)) continue;
        if (definition_is_module(definition))
            report(pass, &rules[0], (Span){0, 0}, "this private module has no docstring");
        else
            report(pass, &rules[0], node_span(definition->name), "%s %s `%.*s` has no docstring",
                   place_word(definition), kind_word(definition),
                   STR_ARG(definition_name(pass->file, definition)));
    }
}

const Check req010_undocumented_inner = {.rules = LIST(rules), .on_tree = check_tree};
