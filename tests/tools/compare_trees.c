// Says of each file named on the command line or, one a line, on standard input, whether the tree
// that the compiler's parser makes of it is that of tree-sitter. Exit status 1 where any differs.
// Counted and passed over is what it leaves to the grammar, and what CPython compiles and the
// grammar finds an error in: there are comments that it trips over.

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

typedef struct Counts {
    uint32_t files, left, broken, different;
} Counts;

static void compare_trees(Counts *counts, const File *file, const Tree *plain) {
    uint32_t i = first_difference(&file->tree, plain);
    if (i == plain->count && sizes_are_same(&file->tree, plain)) return;
    uint32_t start = i < plain->count ? plain->nodes[i].start : 0;
    printf("%.*s:%u: the trees differ\n", STR_ARG(file->source.path),
           lines_find(&file->lines, start) + 1);
    show_node("the grammar's", plain, i);
    show_node("ours", &file->tree, i);
    counts->different++;
}

static void compare_file(Counts *counts, Arena *arena, const char *path) {
    File file = {.arena = arena};
    Tree plain;
    counts->files++;
    source_read(&file.source, arena, str_of(path), 64 << 20, false);
    lines_scan(&file.lines, arena, file.source.text);
    tokens_scan(&file.tokens, arena, &file.lines, true);
    bool is_left = file.tokens.too_deep_offset != UINT32_MAX || !file_parse(&file) ||
                   has_lone_carriage_return(file.source.text);
    counts->left += is_left;
    if (is_left) return;
    tree_parse(&plain, arena, file.lines.text);
    counts->broken += plain.has_error;
    if (!plain.has_error) compare_trees(counts, &file, &plain);
}

int main(int argc, char **argv) {
    Counts counts = {0};
    Arena arena = {0};
    char line[4096];
    for (int i = 1; i < argc; i++) {
        compare_file(&counts, &arena, argv[i]);
        arena_reset(&arena);
    }
    while (argc == 1 && fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        compare_file(&counts, &arena, line);
        arena_reset(&arena);
    }
    arena_release(&arena);
    printf("%u files, %u left to the grammar, %u in which only the grammar finds an error, %u "
           "differ\n",
           counts.files, counts.left, counts.broken, counts.different);
    return counts.different > 0;
}
