#include "facts/refusals.h"

static void check(File *file, Tree *tree) {
    Refusals *refusals = arena_new(file->arena, Refusals);
    bool has_tokens = file->tokens.at != NULL && file->lines.is_ascii && file->lines.verbatim == 0;
    if (file->source.problem == SOURCE_OK)
        compiler_check(refusals, tree, file->arena, file->lines.text,
                       has_tokens ? &file->tokens : NULL);
    file->refusals = refusals;
}

const Refusals *file_refusals(File *file) {
    if (file->refusals == NULL) check(file, NULL);
    return file->refusals;
}

bool file_parse(File *file) {
    check(file, &file->tree);
    return file->tree.nodes != NULL;
}

void file_make_tree(File *file) {
    logical_lines_give_back(&file->logical, file->arena);
    // tree-sitter's scanner is not safe on what is nested deeper.
    if (file->tokens.too_deep_offset != UINT32_MAX) return;
    if (!file_parse(file)) tree_parse(&file->tree, file->arena, file->lines.text);
}
