// A worklist of places. A place is a statement, a clause with a condition of its own, or a finally
// clause that is about to be left in one of the ways it was entered.

#include "facts/flow.h"

#include "base/vec.h"
#include "facts/functions.h"
#include "facts/handlers.h"
#include "facts/names.h"
#include "facts/withs.h"

#include <stdlib.h>

typedef struct Place {
    const Node *node;
    uint8_t how; // 0, FLOW_AGAIN, or for a finally clause the FlowExit by which it is left
} Place;

enum { FLOW_AGAIN = 32, FLOW_SEEN = 64, FLOW_OVER = 128 };

typedef struct Walk {
    File *file;
    const Node *block;
    FlowVisit *visit;
    void *context;
    VEC(Place) places;
    // For each node of `block`. A statement: FLOW_SEEN, and FLOW_AGAIN where its loop was repeated.
    // A finally clause: the ways it was entered, and FLOW_OVER once its end was reached.
    uint8_t *marks;
    unsigned exits;
} Walk;

// ---- What the text says ----

static bool is_zero(Str number) {
    for (uint32_t i = 0; i < number.len; i++)
        if (strchr("123456789", number.at[i]) != NULL) return false;
    return true;
}

static bool is_empty_string(Str literal) {
    uint32_t quotes = 0;
    for (uint32_t i = 0; i < literal.len; i++)
        quotes += literal.at[i] == '\'' || literal.at[i] == '"';
    uint32_t prefix = literal.len - quotes;
    return prefix <= 2 && (quotes == 2 || quotes == 6) &&
           (literal.at[0] == '\'' || literal.at[0] == '"' || literal.at[prefix] == '\'' ||
            literal.at[prefix] == '"');
}

static bool is_always_true(const File *file, const Node *condition) {
    condition = node_unparenthesized(condition);
    switch (condition->kind) {
    case NODE_TRUE:
    case NODE_ELLIPSIS: return true;
    case NODE_INTEGER:
    case NODE_FLOAT: return !is_zero(node_text(file, condition));
    case NODE_STRING: return !is_empty_string(node_text(file, condition));
    default: return false;
    }
}

bool loop_is_endless(const File *file, const Node *while_statement) {
    const Node *condition = node_child(while_statement, FIELD_CONDITION);
    return condition != NULL && is_always_true(file, condition);
}

// Reads `-3`; false for anything but a decimal number with an optional sign.
static bool read_integer(const File *file, const Node *node, double *value) {
    Str text = node_text(file, node);
    char digits[64];
    if (text.len >= sizeof digits) return false;
    for (uint32_t i = 0; i < text.len; i++) {
        bool is_sign = i == 0 && text.at[i] == '-' && text.len > 1;
        if (!is_sign && (text.at[i] < '0' || text.at[i] > '9')) return false;
        digits[i] = text.at[i];
    }
    digits[text.len] = '\0';
    *value = strtod(digits, NULL);
    return text.len > 0;
}

static bool range_is_filled(const File *file, const Node *arguments) {
    double numbers[3] = {0};
    uint32_t count = 0;
    for_each_child(argument, arguments) {
        if (count == 3 || !read_integer(file, argument, &numbers[count])) return false;
        count++;
    }
    if (count == 0) return false;
    if (count == 1) return numbers[0] > 0;
    bool goes_down = count == 3 && numbers[2] < 0;
    return goes_down ? numbers[0] > numbers[1] : numbers[0] < numbers[1];
}

static bool is_display(const Node *node) {
    return node->kind == NODE_LIST || node->kind == NODE_TUPLE || node->kind == NODE_SET ||
           node->kind == NODE_DICTIONARY;
}

static bool is_splat(const Node *node) {
    return node->kind == NODE_LIST_SPLAT || node->kind == NODE_DICTIONARY_SPLAT;
}

// `[*(), *(1, 2)]` has an element; a splat of anything but a display need not bring one.
static bool display_is_filled(const Node *display) {
    for (const Node *node = display + 1; node < node_end(display);) {
        bool is_open = is_splat(node) && node->size > 1 && is_display(node + 1);
        if (!is_splat(node)) return true;
        node += is_open ? 2 : node->size;
    }
    return false;
}

// Whether a loop over it runs at least once.
static bool is_filled(const File *file, const Node *iterable) {
    iterable = node_unparenthesized(iterable);
    if (is_display(iterable)) return display_is_filled(iterable);
    if (iterable->kind == NODE_STRING) return !is_empty_string(node_text(file, iterable));
    if (iterable->kind != NODE_CALL) return false;
    const Node *callee = node_child(iterable, FIELD_FUNCTION);
    const Node *arguments = node_child(iterable, FIELD_ARGUMENTS);
    return callee != NULL && arguments != NULL && str_is(node_text(file, callee), "range") &&
           range_is_filled(file, arguments);
}

static bool suppresses(File *file, const Node *with_statement) {
    const Node *item = NULL;
    while ((item = with_item_after(with_statement, item)) != NULL) {
        const Node *value = with_item_value(item);
        if (value->kind == NODE_CALL && callee_is(file, value, "contextlib.suppress")) return true;
    }
    return false;
}

// `case _:` and `case name:` without a guard. The flat tree has no node for `_`.
static bool is_irrefutable(const Node *case_clause) {
    if (node_child(case_clause, FIELD_GUARD) != NULL) return false;
    const Node *pattern = node_child_of_kind(case_clause, NODE_CASE_PATTERN);
    if (pattern == NULL || pattern->size == 1) return pattern != NULL;
    const Node *name = pattern + 1;
    return name->kind == NODE_DOTTED_NAME && name->size == 2 && pattern->size == 3;
}

static const Node *finally_of(const Node *try_statement) {
    return node_child_of_kind(try_statement, NODE_FINALLY_CLAUSE);
}

static const Node *else_of(const Node *statement) {
    return node_child_of_kind(statement, NODE_ELSE_CLAUSE);
}

// ---- Going on ----

static uint8_t *marks_of(Walk *walk, const Node *node) {
    return &walk->marks[node - walk->block];
}

static void go_to(Walk *walk, const Node *node, uint8_t how) {
    vec_push(walk->file->arena, &walk->places, (Place){node, how});
}

static void go_into_finally(Walk *walk, const Node *clause, uint8_t how) {
    uint8_t *marks = marks_of(walk, clause);
    if (*marks & how) return;
    *marks |= how;
    const Node *block = node_block(clause);
    if (block != NULL && block->size > 1) go_to(walk, block + 1, 0);
    if (*marks & FLOW_OVER) go_to(walk, clause, how);
}

static void leave_finally(Walk *walk, const Node *clause) {
    uint8_t *marks = marks_of(walk, clause);
    if (*marks & FLOW_OVER) return;
    *marks |= FLOW_OVER;
    for (unsigned how = FLOW_END; how <= FLOW_RAISE; how *= 2)
        if (*marks & how) go_to(walk, clause, (uint8_t)how);
}

// The end of a try statement's body, else or except block. The statement after which control goes
// on, or NULL where it went into the finally clause.
static const Node *leave_try_part(Walk *walk, const Node *try_statement) {
    const Node *clause = finally_of(try_statement);
    if (clause == NULL) return try_statement;
    go_into_finally(walk, clause, FLOW_END);
    return NULL;
}

static void go_over_end(Walk *walk, const Node *block);

static void go_after(Walk *walk, const Node *statement) {
    const Node *next = node_next_sibling(statement);
    if (next != NULL) {
        go_to(walk, next, 0);
    } else {
        go_over_end(walk, node_parent(statement));
    }
}

// The statement that is over when `block` is: what follows it comes next. NULL where control has
// been sent on.
static const Node *statement_over(Walk *walk, const Node *block) {
    const Node *owner = node_parent(block);
    switch (owner->kind) {
    case NODE_IF_STATEMENT:
    case NODE_WITH_STATEMENT: return owner;
    case NODE_ELIF_CLAUSE: return node_parent(owner);
    case NODE_CASE_CLAUSE: return node_parent(node_parent(owner));
    case NODE_FOR_STATEMENT:
    case NODE_WHILE_STATEMENT: go_to(walk, owner, FLOW_AGAIN); return NULL;
    case NODE_ELSE_CLAUSE:
        if (node_parent(owner)->kind != NODE_TRY_STATEMENT) return node_parent(owner);
        return leave_try_part(walk, node_parent(owner));
    case NODE_EXCEPT_CLAUSE: return leave_try_part(walk, node_parent(owner));
    case NODE_FINALLY_CLAUSE: leave_finally(walk, owner); return NULL;
    case NODE_TRY_STATEMENT: {
        const Node *clause = else_of(owner);
        const Node *otherwise = clause == NULL ? NULL : node_block(clause);
        if (otherwise == NULL || otherwise->size == 1) return leave_try_part(walk, owner);
        go_to(walk, otherwise + 1, 0);
        return NULL;
    }
    default: walk->exits |= FLOW_END; return NULL;
    }
}

static void go_over_end(Walk *walk, const Node *block) {
    for (;;) {
        if (block == walk->block) {
            walk->exits |= FLOW_END;
            return;
        }
        const Node *over = statement_over(walk, block);
        if (over == NULL) return;
        const Node *next = node_next_sibling(over);
        if (next != NULL) {
            go_to(walk, next, 0);
            return;
        }
        block = node_parent(over);
    }
}

static void go_into(Walk *walk, const Node *clause) {
    const Node *block = clause == NULL ? NULL : node_block(clause);
    if (block != NULL && block->size > 1) go_to(walk, block + 1, 0);
}

static void go_into_handlers(Walk *walk, const Node *try_statement) {
    for_each_child(clause, try_statement) if (clause->kind == NODE_EXCEPT_CLAUSE)
        go_into(walk, clause);
}

// Whether a jump out of `inner`, a part of `outer`, comes to rest there.
static bool jump_lands(Walk *walk, const Node *outer, const Node *inner, uint8_t how) {
    switch (outer->kind) {
    case NODE_TRY_STATEMENT:
        if (how == FLOW_RAISE && inner->field == FIELD_BODY) {
            go_into_handlers(walk, outer);
            if (try_catches_all(walk->file, outer)) return true;
        }
        if (inner->kind == NODE_FINALLY_CLAUSE || finally_of(outer) == NULL) return false;
        go_into_finally(walk, finally_of(outer), how);
        return true;
    case NODE_FOR_STATEMENT:
    case NODE_WHILE_STATEMENT:
        if (inner->field != FIELD_BODY) return false;
        if (how == FLOW_BREAK) go_after(walk, outer);
        if (how == FLOW_CONTINUE) go_to(walk, outer, FLOW_AGAIN);
        return how == FLOW_BREAK || how == FLOW_CONTINUE;
    case NODE_WITH_STATEMENT:
        if (how == FLOW_RAISE && suppresses(walk->file, outer)) go_after(walk, outer);
        return false;
    default: return false;
    }
}

static void jump(Walk *walk, const Node *from, uint8_t how) {
    for (const Node *inner = from; inner != walk->block; inner = node_parent(inner)) {
        const Node *outer = node_parent(inner);
        if (outer == NULL) break;
        if (jump_lands(walk, outer, inner, how)) return;
    }
    walk->exits |= how;
}

// ---- One place ----

static void go_to_alternative(Walk *walk, const Node *if_statement, const Node *alternative) {
    if (alternative == NULL) {
        go_after(walk, if_statement);
    } else if (alternative->kind == NODE_ELIF_CLAUSE) {
        go_to(walk, alternative, 0);
    } else {
        go_into(walk, alternative);
    }
}

static void go_past_loop(Walk *walk, const Node *loop) {
    const Node *clause = else_of(loop);
    if (clause == NULL) {
        go_after(walk, loop);
    } else {
        go_into(walk, clause);
    }
}

static void go_past_case(Walk *walk, const Node *case_clause) {
    if (is_irrefutable(case_clause)) return;
    const Node *next = node_next_sibling(case_clause);
    if (next != NULL) {
        go_to(walk, next, 0);
    } else {
        go_after(walk, node_parent(node_parent(case_clause)));
    }
}

static void go_on(Walk *walk, const Node *node, uint8_t how) {
    switch (node->kind) {
    case NODE_RETURN_STATEMENT: jump(walk, node, FLOW_RETURN); break;
    case NODE_RAISE_STATEMENT: jump(walk, node, FLOW_RAISE); break;
    case NODE_BREAK_STATEMENT: jump(walk, node, FLOW_BREAK); break;
    case NODE_CONTINUE_STATEMENT: jump(walk, node, FLOW_CONTINUE); break;
    case NODE_IF_STATEMENT:
        go_into(walk, node);
        go_to_alternative(walk, node, node_child(node, FIELD_ALTERNATIVE));
        break;
    case NODE_ELIF_CLAUSE:
        go_into(walk, node);
        go_to_alternative(walk, node_parent(node), node_next_sibling(node));
        break;
    case NODE_WHILE_STATEMENT:
        go_into(walk, node);
        if (!loop_is_endless(walk->file, node)) go_past_loop(walk, node);
        break;
    case NODE_FOR_STATEMENT: {
        go_into(walk, node);
        const Node *iterable = node_child(node, FIELD_RIGHT);
        bool runs = iterable != NULL && is_filled(walk->file, iterable);
        if (how == FLOW_AGAIN || !runs) go_past_loop(walk, node);
        break;
    }
    case NODE_WITH_STATEMENT:
        go_into(walk, node);
        if (suppresses(walk->file, node)) go_after(walk, node);
        break;
    case NODE_TRY_STATEMENT:
        go_into(walk, node);
        go_into_handlers(walk, node);
        if (finally_of(node) != NULL) go_into_finally(walk, finally_of(node), FLOW_RAISE);
        break;
    case NODE_MATCH_STATEMENT: {
        const Node *cases = node_child(node, FIELD_BODY);
        if (cases != NULL && cases->size > 1) go_to(walk, cases + 1, 0);
        break;
    }
    case NODE_CASE_CLAUSE:
        go_into(walk, node);
        go_past_case(walk, node);
        break;
    default: go_after(walk, node);
    }
}

static void leave_by(Walk *walk, const Node *finally_clause, uint8_t how) {
    const Node *try_statement = node_parent(finally_clause);
    if (how == FLOW_END) {
        go_after(walk, try_statement);
    } else {
        jump(walk, try_statement, how);
    }
}

static void take(Walk *walk, Place place) {
    if (place.node->kind == NODE_FINALLY_CLAUSE) {
        leave_by(walk, place.node, place.how);
        return;
    }
    uint8_t *marks = marks_of(walk, place.node);
    uint8_t mark = place.how == FLOW_AGAIN ? FLOW_AGAIN : FLOW_SEEN;
    if (*marks & mark) return;
    bool is_first = (*marks & (FLOW_SEEN | FLOW_AGAIN)) == 0;
    *marks |= mark;
    if (is_first && walk->visit != NULL && !walk->visit(place.node, walk->context)) {
        *marks |= FLOW_SEEN | FLOW_AGAIN;
        return;
    }
    go_on(walk, place.node, place.how);
}

unsigned flow_follow_from(File *file, const Node *block, const Node *start, FlowVisit *visit,
                          void *context) {
    Walk walk = {.file = file, .block = block, .visit = visit, .context = context};
    walk.marks = arena_array(file->arena, uint8_t, block->size);
    go_to(&walk, start, 0);
    while (walk.places.len > 0) {
        Place place = walk.places.at[--walk.places.len];
        take(&walk, place);
    }
    return walk.exits;
}

unsigned flow_follow(File *file, const Node *block, FlowVisit *visit, void *context) {
    if (block->size == 1) return FLOW_END;
    return flow_follow_from(file, block, block + 1, visit, context);
}

const Node *flow_loop_of(const Node *statement) {
    for (const Node *inner = statement, *outer = node_parent(inner); outer != NULL;
         inner = outer, outer = node_parent(outer)) {
        bool is_loop = outer->kind == NODE_FOR_STATEMENT || outer->kind == NODE_WHILE_STATEMENT;
        if (is_loop && inner->field == FIELD_BODY) return outer;
        if (outer->kind == NODE_FUNCTION_DEFINITION || outer->kind == NODE_CLASS_DEFINITION)
            return NULL;
    }
    return NULL;
}

bool loop_has_break(const Node *loop) {
    for_each_descendant(node, loop) if (node->kind == NODE_BREAK_STATEMENT &&
                                        flow_loop_of(node) == loop) return true;
    return false;
}

const Node *next_of_header(const Node *inner) {
    switch (inner->kind) {
    case NODE_BLOCK:
    case NODE_ELIF_CLAUSE:
    case NODE_ELSE_CLAUSE:
    case NODE_EXCEPT_CLAUSE:
    case NODE_FINALLY_CLAUSE:
    case NODE_CASE_CLAUSE: return node_end(inner);
    default: return next_of_body(inner);
    }
}

bool is_async_form(const Node *node) {
    bool may_be = node->kind == NODE_FOR_STATEMENT || node->kind == NODE_WITH_STATEMENT ||
                  node->kind == NODE_FOR_IN_CLAUSE;
    return may_be && node->size > 1 && node[1].kind == NODE_ASYNC;
}

// Whether `inner`, a child of the expression `outer`, is evaluated whenever `outer` is.
static bool is_always_evaluated(const Node *outer, const Node *inner) {
    switch (outer->kind) {
    case NODE_BOOLEAN_OPERATOR: return inner->field == FIELD_LEFT;
    case NODE_CONDITIONAL_EXPRESSION: // `body if condition else other`
        return inner == node_next_sibling(outer + 1);
    case NODE_LIST_COMPREHENSION:
    case NODE_SET_COMPREHENSION:
    case NODE_DICTIONARY_COMPREHENSION:
    case NODE_GENERATOR_EXPRESSION: // the first `for` clause follows the body
        return inner == node_child_of_kind(outer, NODE_FOR_IN_CLAUSE);
    case NODE_FOR_IN_CLAUSE: return inner->field == FIELD_RIGHT || inner->kind == NODE_ASYNC;
    case NODE_ASSERT_STATEMENT: return inner == outer + 1;
    default: return true;
    }
}

static bool runs_with_statement(const Node *node, const Node *statement) {
    for (const Node *inner = node; inner != statement; inner = node_parent(inner))
        if (!is_always_evaluated(node_parent(inner), inner)) return false;
    return true;
}

static bool awaits_lazily(const Node *clause) {
    return node_parent(clause)->kind == NODE_GENERATOR_EXPRESSION;
}

bool statement_awaits(const Node *statement) {
    if (is_async_form(statement)) return true;
    for (const Node *inner = statement + 1; inner < node_end(statement);
         inner = next_of_header(inner)) {
        bool awaits = inner->kind == NODE_AWAIT || (is_async_form(inner) && !awaits_lazily(inner));
        if (awaits && runs_with_statement(inner, statement)) return true;
    }
    return false;
}

bool may_suspend(const Node *node) {
    for (const Node *inner = node + 1; inner < node_end(node); inner = next_of_body(inner))
        if (inner->kind == NODE_AWAIT || inner->kind == NODE_YIELD || is_async_form(inner))
            return true;
    return false;
}
