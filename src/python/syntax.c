#include "python/syntax.h"

#include "base/error.h"
#include "base/vec.h"
#include "python/parse_memory.h"
#include "python/thin.h"

#include <pthread.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_python(void);

static const char *const kind_names[NODE_KIND_COUNT] = {
    "(skipped)", "ERROR", "async", "from", "operator",
#define KIND(suffix, name) name,
#include "python/node_kinds.def"
#undef KIND
};

static const char *const field_names[FIELD_COUNT] = {
    "",
#define FIELD(suffix, name) name,
#include "python/node_fields.def"
#undef FIELD
};

// The grammar's numbers → ours, filled once.
enum { MOST_SYMBOLS = 512 };
static uint8_t kind_of_symbol[MOST_SYMBOLS];
static uint8_t field_of_id[256];
static TSSymbol star_symbol;
static pthread_once_t tables_once = PTHREAD_ONCE_INIT;

static void fill_tables(void) {
    parse_memory_install();
    const TSLanguage *language = tree_sitter_python();
    uint32_t symbols = ts_language_symbol_count(language);
    if (symbols > MOST_SYMBOLS) BUG("the grammar has more symbols than expected");
    for (uint32_t number = 0; number < symbols; number++) {
        TSSymbol symbol = (TSSymbol)number;
        const char *name = ts_language_symbol_name(language, symbol);
        bool named = ts_language_symbol_type(language, symbol) == TSSymbolTypeRegular;
        if (!named && strcmp(name, "async") == 0) kind_of_symbol[symbol] = NODE_ASYNC;
        if (!named && strcmp(name, "from") == 0) kind_of_symbol[symbol] = NODE_FROM;
        if (!named && strcmp(name, "*") == 0) star_symbol = symbol;
        for (int kind = NODE_OPERATOR + 1; named && kind < NODE_KIND_COUNT; kind++)
            if (strcmp(name, kind_names[kind]) == 0) kind_of_symbol[symbol] = (uint8_t)kind;
    }
    for (int field = 1; field < FIELD_COUNT; field++) {
        const char *name = field_names[field];
        TSFieldId id = ts_language_field_id_for_name(language, name, (uint32_t)strlen(name));
        field_of_id[id] = (uint8_t)field;
    }
}

static NodeKind kind_of(TSNode node, NodeField field, NodeKind parent) {
    TSSymbol symbol = ts_node_symbol(node);
    if (symbol == (TSSymbol)-1) return NODE_ERROR;
    NodeKind kind = kind_of_symbol[symbol];
    if (kind > NODE_OPERATOR) return kind;
    if (kind == NODE_FROM) return parent == NODE_YIELD ? NODE_FROM : NODE_SKIPPED;
    if (kind != NODE_SKIPPED) return kind;
    if (field == FIELD_OPERATOR || field == FIELD_OPERATORS) return NODE_OPERATOR;
    if (symbol == star_symbol && parent == NODE_EXCEPT_CLAUSE) return NODE_OPERATOR;
    return NODE_SKIPPED;
}

typedef struct Copy {
    Tree *tree;
    Arena *arena;
    VEC(Node) nodes;
    VEC(uint32_t) open; // the kept nodes above the cursor, as indices
    uint32_t last_end;  // of the node that was closed last
} Copy;

// Appends the cursor's node; false where it, and so what is below it, is not kept.
static bool copy_node(Copy *copy, TSTreeCursor *cursor) {
    TSNode node = ts_tree_cursor_current_node(cursor);
    NodeKind parent = NODE_SKIPPED;
    uint32_t above = 0;
    if (copy->open.len > 0) {
        above = vec_last(&copy->open);
        parent = copy->nodes.at[above].kind;
    }
    NodeField field = field_of_id[ts_tree_cursor_current_field_id(cursor)];
    NodeKind kind = kind_of(node, field, parent);
    bool missing = ts_node_is_missing(node);
    copy->tree->has_error |= missing || kind == NODE_ERROR;
    if (kind == NODE_SKIPPED && !missing) return false;
    uint32_t index = copy->nodes.len;
    vec_push(copy->arena, &copy->nodes,
             (Node){.start = ts_node_start_byte(node),
                    .end = ts_node_end_byte(node),
                    .up = index - above,
                    .size = 1,
                    .kind = (uint8_t)kind,
                    .field = (uint8_t)field,
                    .is_missing = missing});
    vec_push(copy->arena, &copy->open, index);
    return true;
}

static bool ends_with_child(NodeKind kind) {
    switch (kind) {
    case NODE_BLOCK:
    case NODE_CASE_CLAUSE:
    case NODE_CLASS_DEFINITION:
    case NODE_DECORATED_DEFINITION:
    case NODE_DECORATOR:
    case NODE_ELIF_CLAUSE:
    case NODE_ELSE_CLAUSE:
    case NODE_EXCEPT_CLAUSE:
    case NODE_FINALLY_CLAUSE:
    case NODE_FOR_STATEMENT:
    case NODE_FUNCTION_DEFINITION:
    case NODE_IF_STATEMENT:
    case NODE_MATCH_STATEMENT:
    case NODE_TRY_STATEMENT:
    case NODE_WHILE_STATEMENT:
    case NODE_WITH_STATEMENT: return true;
    default: return false;
    }
}

// A block is from its first to its last statement, whatever comments the grammar counts in.
static void close_node(Copy *copy) {
    uint32_t index = copy->open.at[--copy->open.len];
    Node *node = &copy->nodes.at[index];
    node->size = copy->nodes.len - index;
    if (node->size > 1 && ends_with_child(node->kind)) node->end = copy->last_end;
    if (node->size > 1 && node->kind == NODE_BLOCK) node->start = node[1].start;
    copy->last_end = node->end;
}

static void copy_tree(Copy *copy, TSNode root) {
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    copy_node(copy, &cursor);
    if (ts_tree_cursor_goto_first_child(&cursor)) {
        while (copy->open.len > 0) {
            bool kept = copy_node(copy, &cursor);
            if (copy->open.len > MOST_TREE_DEPTH) {
                copy->tree->is_too_deep = true;
                copy->tree->too_deep_offset = vec_last(&copy->nodes).start;
                return;
            }
            if (kept && ts_tree_cursor_goto_first_child(&cursor)) continue;
            if (kept) close_node(copy);
            while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
                ts_tree_cursor_goto_parent(&cursor);
                close_node(copy);
                if (copy->open.len == 0) break;
            }
        }
    } else {
        close_node(copy);
    }
}

static const char *read_text(void *payload, uint32_t at, TSPoint point, uint32_t *length) {
    (void)point;
    Str rest = str_from(*(const Str *)payload, at);
    *length = rest.len;
    return rest.len == 0 ? "" : rest.at;
}

// Parser, tree and cursor live in the arena and need no deleting.
static void parse_text(Tree *self, Arena *arena, Str text, bool is_thin) {
    *self = (Tree){0};
    parse_memory_begin(arena);
    TSParser *parser = ts_parser_new();
    if (parser == NULL || !ts_parser_set_language(parser, tree_sitter_python()))
        BUG("the grammar does not fit the parser");
    TSInput input = {.payload = &text,
                     .read = read_text,
                     .encoding = is_thin ? TSInputEncodingCustom : TSInputEncodingUTF8,
                     .decode = is_thin ? thin_decode : NULL};
    TSTree *tree = ts_parser_parse(parser, NULL, input);
    if (tree == NULL) BUG("a parse without limits gave nothing");
    Copy copy = {.tree = self, .arena = arena};
    vec_reserve(arena, &copy.nodes, text.len / 8 + 16);
    copy_tree(&copy, ts_tree_root_node(tree));
    if (self->is_too_deep) return;
    copy.nodes.at[0].start = 0;
    copy.nodes.at[0].end = text.len;
    self->nodes = copy.nodes.at;
    self->count = copy.nodes.len;
}

void tree_parse(Tree *self, Arena *arena, const Lines *lines, const Tokens *tokens) {
    pthread_once(&tables_once, fill_tables);
    if (tokens != NULL) parse_text(self, arena, thin_text(arena, lines, tokens), true);
    // How the parser goes on after an error depends on every character.
    if (tokens == NULL || self->has_error) parse_text(self, arena, lines->text, false);
}

const char *node_kind_name(NodeKind kind) {
    return kind_names[kind];
}

const Node *node_child(const Node *node, NodeField field) {
    for_each_child(child, node) {
        if (child->field == field) return child;
    }
    return NULL;
}

const Node *node_child_of_kind(const Node *node, NodeKind kind) {
    for_each_child(child, node) {
        if (child->kind == kind) return child;
    }
    return NULL;
}

const Node *node_ancestor(const Node *node, NodeKind kind) {
    for (const Node *above = node_parent(node); above != NULL; above = node_parent(above))
        if (above->kind == kind) return above;
    return NULL;
}

uint32_t node_child_count(const Node *node) {
    uint32_t count = 0;
    for_each_child(child, node) count++;
    return count;
}

const Node *node_unparenthesized(const Node *node) {
    while (node->kind == NODE_PARENTHESIZED_EXPRESSION && node->size > 1)
        node = node + 1;
    return node;
}
