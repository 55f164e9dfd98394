// Words under which a value may be known to others: what stands behind them cannot be followed.

#include "facts/summary/making.h"

#include "base/hash.h"

uint16_t word_hash(Str word) {
    return (uint16_t)hash64(word);
}

void making_add_loose_word(Making *making, Str word) {
    uint16_t hash = word_hash(word);
    if (making->is_loose == NULL) making->is_loose = arena_alloc(making->file->arena, 65536 / 8);
    if (making->is_loose[hash / 8] & 1u << hash % 8) return;
    making->is_loose[hash / 8] |= (uint8_t)(1u << hash % 8);
    vec_push(making->arena, &making->summary->loose_words, hash);
}

static bool goes_elsewhere(UseKind use) {
    switch (use) {
    case USE_RETURNED:
    case USE_YIELDED:
    case USE_STARRED:
    case USE_ASSIGNED:
    case USE_STORED:
    case USE_ELEMENT:
    case USE_LAMBDA_RESULT: return true;
    default: return false;
    }
}

static bool is_unknown_name(Str name) {
    return name.len == 0 || name.at[0] == '$';
}

// The last word of `x.y` and of a module's variable; empty for local ones, which have no word that
// others know.
static Str last_word(const Making *making, const Node *node) {
    if (node->kind == NODE_ATTRIBUTE) {
        const Node *name = node_child(node, FIELD_ATTRIBUTE);
        return name == NULL ? (Str){0} : node_text(making->file, name);
    }
    if (node->kind != NODE_IDENTIFIER) return (Str){0};
    const Variable *variable = variable_of(making->file, node);
    bool is_shared =
        variable != NULL && variable_scope(making->file, variable)->kind == SCOPE_MODULE;
    return is_shared ? variable->name : (Str){0};
}

// `x.queue.task_done`, where nobody sees which queue that is.
static void note_hidden_count(Making *making, const Node *node, Use use) {
    if (!str_is(last_word(making, node), "task_done")) return;
    bool is_seen = use.kind == USE_CALLED || use.kind == USE_ARGUMENT;
    if (is_seen && !is_unknown_name(value_name(making->file, node))) return;
    const Node *object = node_child(node, FIELD_OBJECT);
    Str word = object == NULL ? (Str){0} : last_word(making, object);
    if (word.len > 0) making_add_loose_word(making, word);
}

// `other.queue = x`
static bool is_foreign_target(const Making *making, const Node *node) {
    bool is_target = node->kind == NODE_ATTRIBUTE && node->field == FIELD_LEFT &&
                     node_parent(node)->kind == NODE_ASSIGNMENT;
    return is_target && !making_is_on_self(making, node);
}

void making_note_loose_word(Making *making, const Node *node, Use use) {
    if (node->kind != NODE_ATTRIBUTE && node->kind != NODE_IDENTIFIER) return;
    if (node->kind == NODE_ATTRIBUTE) note_hidden_count(making, node, use);
    bool is_loose = goes_elsewhere(use.kind) || is_foreign_target(making, node) ||
                    (node->kind == NODE_ATTRIBUTE && use.kind == USE_ARGUMENT &&
                     is_unknown_name(value_name(making->file, node)));
    if (!is_loose) return;
    Str word = last_word(making, node);
    if (word.len > 0) making_add_loose_word(making, word);
}
