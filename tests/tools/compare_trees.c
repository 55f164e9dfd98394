// Parses each file named on the command line or, one a line, on standard input with and without
// what the tokens know, and says which trees differ. Exit status 1 where any does.

#include "facts/file.h"

#include <stdio.h>

static bool trees_are_same(const Tree *a, const Tree *b) {
    if (a->count != b->count || a->has_error != b->has_error) return false;
    for (uint32_t i = 0; i < a->count; i++) {
        const Node *x = &a->nodes[i], *y = &b->nodes[i];
        if (x->start != y->start || x->end != y->end || x->up != y->up || x->size != y->size ||
            x->kind != y->kind || x->field != y->field || x->is_missing != y->is_missing)
            return false;
    }
    return true;
}

static bool compare_file(Arena *arena, const char *path) {
    File file = {.arena = arena};
    source_read(&file.source, arena, str_of(path), 64 << 20, false);
    lines_scan(&file.lines, arena, file.source.text);
    tokens_scan(&file.tokens, arena, &file.lines, true);
    if (file.tokens.too_deep_offset != UINT32_MAX) return true;
    Tree plain;
    tree_parse(&file.tree, arena, &file.lines, &file.tokens);
    tree_parse(&plain, arena, &file.lines, NULL);
    // There are comments that the grammar trips over; without them it does not.
    if (plain.has_error && !file.tree.has_error) return true;
    bool same = trees_are_same(&file.tree, &plain);
    if (!same) printf("%s: the trees differ\n", path);
    return same;
}

int main(int argc, char **argv) {
    uint32_t different = 0, files = 0;
    Arena arena = {0};
    char line[4096];
    for (int i = 1; i < argc; i++, files++) {
        different += !compare_file(&arena, argv[i]);
        arena_reset(&arena);
    }
    while (argc == 1 && fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        different += !compare_file(&arena, line);
        arena_reset(&arena);
        files++;
    }
    arena_release(&arena);
    printf("%u files, %u differ\n", files, different);
    return different > 0;
}
