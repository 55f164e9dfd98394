// Parses each file named on the command line or, one a line, on standard input with and without
// what the tokens know, and says which trees differ. Exit status 1 where any does but of a file
// that CPython refuses: what the grammar makes of such a file is as good as anything else.

#include "facts/refusals.h"

#include <stdio.h>

// The same span, kind and place; the sizes follow from those of all others.
static bool nodes_are_same(const Node *x, const Node *y) {
    return x->start == y->start && x->end == y->end && x->up == y->up && x->kind == y->kind &&
           x->field == y->field && x->is_missing == y->is_missing;
}

// The first node that differs, or the smaller count where none does.
static uint32_t first_difference(const Tree *a, const Tree *b) {
    uint32_t i = 0;
    while (i < a->count && i < b->count && nodes_are_same(&a->nodes[i], &b->nodes[i]))
        i++;
    return i;
}

static bool sizes_are_same(const Tree *a, const Tree *b) {
    if (a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (a->nodes[i].size != b->nodes[i].size) return false;
    return true;
}

static void show_node(const char *title, const Tree *tree, uint32_t index) {
    if (index >= tree->count) {
        printf("  %s: none\n", title);
        return;
    }
    const Node *node = &tree->nodes[index];
    printf("  %s: %s, field %d, bytes %u to %u, %u nodes, %u up\n", title,
           node_kind_name(node->kind), node->field, node->start, node->end, node->size, node->up);
}

// The grammar takes it for a blank, so that a comment goes on behind it; the tokens know better.
static bool has_lone_carriage_return(Str text) {
    for (uint32_t i = 0; i < text.len; i++)
        if (text.at[i] == '\r' && (i + 1 == text.len || text.at[i + 1] != '\n')) return true;
    return false;
}

static bool is_python(File *file) {
    if (file->source.problem != SOURCE_OK) return false;
    const Refusals *refusals = file_refusals(file);
    for (uint32_t i = 0; i < refusals->list.len; i++)
        if (refusal_applies(&refusals->list.at[i], 313)) return false;
    return true;
}

static bool compare_file(Arena *arena, const char *path) {
    File file = {.arena = arena};
    source_read(&file.source, arena, str_of(path), 64 << 20, false);
    lines_scan(&file.lines, arena, file.source.text);
    tokens_scan(&file.tokens, arena, &file.lines, true);
    if (file.tokens.too_deep_offset != UINT32_MAX) return true;
    if (has_lone_carriage_return(file.source.text)) return true;
    Tree plain;
    if (!file_parse(&file))
        tree_parse(&file.tree, arena, &file.lines, &file.tokens);
    tree_parse(&plain, arena, &file.lines, NULL);
    // There are comments that the grammar trips over; without them it does not.
    if (plain.has_error && !file.tree.has_error) return true;
    if (file.tree.parses > 1 && !plain.has_error && is_python(&file)) {
        printf("%s: parsed twice for nothing\n", path);
        return false;
    }
    uint32_t i = first_difference(&file.tree, &plain);
    if (i == plain.count && sizes_are_same(&file.tree, &plain) &&
        file.tree.has_error == plain.has_error)
        return true;
    if (!is_python(&file)) return true;
    uint32_t start = i < plain.count ? plain.nodes[i].start : 0;
    uint32_t line = lines_find(&file.lines, start);
    printf("%s:%u: the trees differ\n", path, line + 1);
    show_node("without", &plain, i);
    show_node("with", &file.tree, i);
    return false;
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
