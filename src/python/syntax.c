#include "python/syntax.h"

#include "base/error.h"
#include "base/vec.h"
#include "python/parse_memory.h"
#include "python/shortcuts.h"
#include "python/thin.h"

#include <pthread.h>
#include <stdlib.h>
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
    parse_memory_install();
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
    const Tokens *tokens;
    const Shortcut *shortcut, *no_shortcut; // the next one that the parser sees
    const Node *shortcut_nodes;
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

// Whether the parser saw one letter or digit in the place of a shortcut: where it took it for what
// the shortcut is.
static bool stands_for_shortcut(const Copy *copy, TSNode node, NodeKind kind) {
    bool is_atom = kind == NODE_IDENTIFIER || kind == NODE_INTEGER;
    if (!is_atom && kind != NODE_EXPRESSION_STATEMENT) return false;
    if (copy->shortcut == copy->no_shortcut || copy->shortcut->are_statements == is_atom)
        return false;
    return copy->tokens->at[copy->shortcut->first].start == ts_node_start_byte(node);
}

static void set_too_deep(Copy *copy, uint32_t offset) {
    copy->tree->is_too_deep = true;
    copy->tree->too_deep_offset = offset;
}

static void add_shortcut(Copy *copy, TSNode node, NodeField field) {
    const Shortcut *shortcut = copy->shortcut++;
    uint32_t index = copy->nodes.len, parent = vec_last(&copy->open);
    if (copy->open.len + shortcut->depth > MOST_TREE_DEPTH)
        set_too_deep(copy, ts_node_start_byte(node));
    vec_reserve(copy->arena, &copy->nodes, shortcut->node_count);
    memcpy(&copy->nodes.at[index], copy->shortcut_nodes + shortcut->node,
           shortcut->node_count * sizeof *copy->nodes.at);
    copy->nodes.len += shortcut->node_count;
    while (index < copy->nodes.len) {
        Node *root = &copy->nodes.at[index];
        root->up = index - parent;
        root->field = (uint8_t)field;
        copy->last_end = root->end;
        index += root->size;
    }
    copy->tree->has_error |= copy->last_end != ts_node_end_byte(node);
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
    if (stands_for_shortcut(copy, node, kind)) {
        add_shortcut(copy, node, field);
        return false;
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

// A block is from its first to its last statement, whatever comments the grammar counts in; one
// without a statement, which CPython refuses, is nowhere.
static void close_node(Copy *copy) {
    uint32_t index = copy->open.at[--copy->open.len];
    Node *node = &copy->nodes.at[index];
    node->size = copy->nodes.len - index;
    if (node->size > 1 && ends_with_child(node->kind)) node->end = copy->last_end;
    if (node->kind == NODE_BLOCK && node->size > 1) node->start = node[1].start;
    if (node->kind == NODE_BLOCK && node->size == 1) node->start = node->end = copy->last_end;
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

static void copy_tree(Copy *copy, TSNode root) {
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    TSNode node = root;
    do {
        bool kept = copy_node(copy, &cursor, node);
        if (copy->open.len > MOST_TREE_DEPTH) set_too_deep(copy, vec_last(&copy->nodes).start);
        if (copy->tree->is_too_deep) return;
        bool enters =
            kept && has_kept_children(copy, node) && ts_tree_cursor_goto_first_child(&cursor);
        if (kept && !enters) close_node(copy);
        if (!enters && (copy->open.len == 0 || !leave_node(copy, &cursor))) return;
        node = ts_tree_cursor_current_node(&cursor);
    } while (true);
}

static const char *read_text(void *payload, uint32_t at, TSPoint point, uint32_t *length) {
    (void)point;
    Str rest = str_from(*(const Str *)payload, at);
    *length = rest.len;
    return rest.len == 0 ? "" : rest.at;
}

// Parser, tree and cursor live in the arena and need no deleting.
static void parse_text(Tree *self, Arena *arena, Str text, const Tokens *tokens,
                       const Shortcuts *shortcuts) {
    bool is_thin = shortcuts != NULL;
    *self = (Tree){.parses = self->parses + 1};
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
    Copy copy = {.tree = self, .arena = arena, .text = text};
    if (is_thin) {
        copy.tokens = tokens;
        copy.shortcut = shortcuts->at;
        copy.no_shortcut = shortcuts->at + shortcuts->count;
        copy.shortcut_nodes = shortcuts->nodes;
    }
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
    self->parses = 0;
    Shortcuts shortcuts = {0};
    bool is_thin = tokens != NULL && shortcuts_find(&shortcuts, arena, lines, tokens);
    if (is_thin)
        parse_text(self, arena, thin_text(arena, lines, tokens, &shortcuts), tokens, &shortcuts);
    // How the parser goes on after an error depends on every character.
    if (!is_thin || self->has_error) parse_text(self, arena, lines->text, NULL, NULL);
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
