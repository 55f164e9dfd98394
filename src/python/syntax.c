#include "python/syntax.h"

#include "base/error.h"
#include "base/vec.h"
#include "python/grammar.h"

#include <pthread.h>
#include <stdlib.h>

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

// What stands between operands; "async" and "from" are kinds of their own.
static const char *const operators[] = { // sorted
    "!=", "%",   "%=", "&",   "&=", "*",   "**",     "**=", "*=",     "+",  "+=", "-",  "-=",  "/",
    "//", "//=", "/=", "<",   "<<", "<<=", "<=",     "<>",  "==",     ">",  ">=", ">>", ">>=", "@",
    "@=", "^",   "^=", "and", "in", "is",  "is not", "not", "not in", "or", "|",  "|=", "~"};

// The grammar's numbers → ours, filled once.
enum { MOST_SYMBOLS = 512 };
static uint8_t kind_of_symbol[MOST_SYMBOLS]; // NODE_OPERATOR: where its field says so
static uint8_t field_of_id[256];
static pthread_once_t tables_once = PTHREAD_ONCE_INIT;

static int compare_names(const void *name, const void *entry) {
    return strcmp(name, *(const char *const *)entry);
}

static NodeKind named_kind(const char *name) {
    // node_kinds.def is sorted.
    const char *const *found =
        bsearch(name, kind_names + NODE_OPERATOR + 1, NODE_KIND_COUNT - NODE_OPERATOR - 1,
                sizeof name, compare_names);
    return found == NULL ? NODE_SKIPPED : (NodeKind)(found - kind_names);
}

static NodeKind anonymous_kind(const char *name) {
    if (strcmp(name, "async") == 0) return NODE_ASYNC;
    if (strcmp(name, "from") == 0) return NODE_FROM;
    bool is_operator = bsearch(name, operators, sizeof operators / sizeof operators[0], sizeof name,
                               compare_names) != NULL;
    return is_operator ? NODE_OPERATOR : NODE_SKIPPED;
}

static void fill_tables(void) {
    const TSLanguage *language = tree_sitter_python();
    uint32_t symbols = ts_language_symbol_count(language);
    if (symbols > MOST_SYMBOLS) BUG("the grammar has more symbols than expected");
    for (uint32_t number = 0; number < symbols; number++) {
        TSSymbol symbol = (TSSymbol)number;
        const char *name = ts_language_symbol_name(language, symbol);
        bool named = ts_language_symbol_type(language, symbol) == TSSymbolTypeRegular;
        kind_of_symbol[symbol] = (uint8_t)(named ? named_kind(name) : anonymous_kind(name));
    }
    for (int field = 1; field < FIELD_COUNT; field++) {
        const char *name = field_names[field];
        TSFieldId id = ts_language_field_id_for_name(language, name, (uint32_t)strlen(name));
        field_of_id[id] = (uint8_t)field;
    }
}

typedef struct Copy {
    Tree *tree;
    Arena *arena;
    Str text;
    VEC(Node) nodes;
    VEC(uint32_t) open; // the kept nodes above the cursor, as indices
    uint32_t last_end;  // of the node that was closed last
} Copy;

// Whether a keyword or operator is kept: where it says what kind of thing its parent is.
static bool is_kept_token(NodeKind kind, NodeField field, NodeKind parent) {
    if (kind == NODE_FROM) return parent == NODE_YIELD;
    if (kind != NODE_OPERATOR) return true;
    return field == FIELD_OPERATOR || field == FIELD_OPERATORS || parent == NODE_EXCEPT_CLAUSE;
}

static void open_node(Copy *copy, TSNode node, NodeKind kind, NodeField field) {
    uint32_t index = copy->nodes.len;
    uint32_t above = copy->open.len > 0 ? vec_last(&copy->open) : index;
    vec_push(copy->arena, &copy->nodes,
             (Node){.start = ts_node_start_byte(node),
                    .end = ts_node_end_byte(node),
                    .up = index - above,
                    .size = 1,
                    .kind = (uint8_t)kind,
                    .field = (uint8_t)field,
                    .is_missing = ts_node_is_missing(node)});
    vec_push(copy->arena, &copy->open, index);
}

// Appends the cursor's node; false where it, and so what is below it, is not kept.
static bool copy_node(Copy *copy, const TSTreeCursor *cursor, TSNode node) {
    TSSymbol symbol = ts_node_symbol(node);
    NodeKind kind = symbol == (TSSymbol)-1 ? NODE_ERROR : kind_of_symbol[symbol];
    bool missing = ts_node_is_missing(node);
    copy->tree->has_error |= missing || kind == NODE_ERROR;
    if (kind == NODE_SKIPPED && !missing) return false;
    NodeField field = field_of_id[ts_tree_cursor_current_field_id(cursor)];
    NodeKind parent =
        copy->open.len > 0 ? copy->nodes.at[vec_last(&copy->open)].kind : NODE_SKIPPED;
    if (!is_kept_token(kind, field, parent)) {
        if (!missing) return false;
        kind = NODE_SKIPPED;
    }
    open_node(copy, node, kind, field);
    return true;
}

// Nothing below a plain string is kept.
static bool has_kept_children(const Copy *copy, TSNode node) {
    if (ts_node_child_count(node) == 0) return false;
    const Node *kept = &vec_last(&copy->nodes);
    if (kept->kind != NODE_STRING) return true;
    for (uint32_t i = kept->start;
         i < kept->end && copy->text.at[i] != '"' && copy->text.at[i] != '\''; i++)
        if ((copy->text.at[i] | 32) == 'f' || (copy->text.at[i] | 32) == 't') return true;
    return ts_node_has_error(node);
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

// The grammar takes `[*f()]` for `[(*f)()]`, and `[*a + b]` for `[(*a) + b]`.
static bool has_star_inside(const Node *node) {
    bool binds_tighter = node->kind == NODE_CALL || node->kind == NODE_ATTRIBUTE ||
                         node->kind == NODE_SUBSCRIPT || node->kind == NODE_BINARY_OPERATOR;
    return binds_tighter && node->size > 1 && node[1].kind == NODE_LIST_SPLAT && node[1].size > 1;
}

static bool holds_targets(NodeKind kind) {
    return kind == NODE_PATTERN_LIST || kind == NODE_TUPLE_PATTERN || kind == NODE_LIST_PATTERN;
}

static void move_star_out(Node *node) {
    Node expression = node[0], *star = node, *inner = node + 1;
    *star = *inner;
    star->end = expression.end;
    star->up = expression.up;
    star->size = expression.size;
    star->field = expression.field;
    if (holds_targets((star - star->up)->kind)) star->kind = NODE_LIST_SPLAT_PATTERN;
    inner[1].field = node[1].field;
    *inner = expression;
    inner->start = inner[1].start;
    inner->up = 1;
    inner->size--;
    inner->field = FIELD_NONE;
    for (Node *child = inner + 1; child < inner + inner->size; child += child->size)
        child->up = (uint32_t)(child - inner);
}

// A block is from its first to its last statement, whatever comments the grammar counts in; one
// without a statement, which CPython refuses, is nowhere.
static void close_node(Copy *copy) {
    uint32_t index = copy->open.at[--copy->open.len];
    Node *node = &copy->nodes.at[index];
    node->size = copy->nodes.len - index;
    if (node->size > 1 && ends_with_child(node->kind)) node->end = copy->last_end;
    if (node->kind == NODE_BLOCK && node->size > 1) node->start = node[1].start;
    if (node->kind == NODE_BLOCK && node->size == 1) node->start = node->end = copy->last_end;
    if (has_star_inside(node)) move_star_out(node);
    copy->last_end = node->end;
}

// To the node that comes after a kept node without children that matter, or after a skipped one.
// False at the end of the tree.
static bool leave_node(Copy *copy, TSTreeCursor *cursor) {
    while (!ts_tree_cursor_goto_next_sibling(cursor)) {
        ts_tree_cursor_goto_parent(cursor);
        close_node(copy);
        if (copy->open.len == 0) return false;
    }
    return true;
}

static void copy_nodes(Copy *copy, TSTreeCursor *cursor) {
    TSNode node = ts_tree_cursor_current_node(cursor);
    do {
        bool kept = copy_node(copy, cursor, node);
        if (copy->open.len > MOST_TREE_DEPTH) {
            copy->tree->is_too_deep = true;
            copy->tree->too_deep_offset = vec_last(&copy->nodes).start;
            return;
        }
        bool enters =
            kept && has_kept_children(copy, node) && ts_tree_cursor_goto_first_child(cursor);
        if (kept && !enters) close_node(copy);
        if (!enters && (copy->open.len == 0 || !leave_node(copy, cursor))) return;
        node = ts_tree_cursor_current_node(cursor);
    } while (true);
}

static void copy_tree(Copy *copy, const TSTree *tree) {
    TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
    copy_nodes(copy, &cursor);
}

void tree_parse(Tree *self, Arena *arena, Str text) {
    pthread_once(&tables_once, fill_tables);
    *self = (Tree){0};
    Copy copy = {.tree = self, .arena = arena, .text = text};
    vec_reserve(arena, &copy.nodes, text.len / 8 + 16);
    copy_tree(&copy, grammar_parse(tree_sitter_python(), text));
    grammar_release();
    if (self->is_too_deep || copy.nodes.len == 0) return;
    copy.nodes.at[0].start = 0;
    copy.nodes.at[0].end = text.len;
    self->nodes = copy.nodes.at;
    self->count = copy.nodes.len;
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
