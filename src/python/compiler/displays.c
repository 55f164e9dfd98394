// Comprehensions, displays and parentheses.

#include "python/compiler/parser.h"

// ---- Comprehensions ----

// The events since `mark` that lie directly in `from` happen in `to`; scopes opened there since
// `scope_mark` hang below it.
static void move_events(Parser *self, uint32_t mark, uint32_t scope_mark, uint32_t from,
                        uint32_t to) {
    for (uint32_t i = mark; i < self->events.len; i++)
        if (self->events.at[i].scope == from) self->events.at[i].scope = to;
    for (uint32_t i = scope_mark; i < to; i++)
        if (self->scopes.at[i].parent == from) self->scopes.at[i].parent = to;
}

bool at_comprehension(const Parser *self) {
    return is_at(self, LEX_FOR) || is_at(self, LEX_ASYNC);
}

static void refuse_walrus_since(Parser *self, uint32_t mark) {
    for (uint32_t i = mark; i < self->events.len; i++)
        if (self->events.at[i].kind == EVENT_WALRUS)
            refuse(self, REFUSED_MEANING, self->events.at[i].start, self->events.at[i].end, 308,
                   NO_VERSION, "an assignment expression in a comprehension's iterable");
}

static void accept_async(Parser *self, uint32_t scope) {
    Lex keyword = self->now;
    if (!accept(self, LEX_ASYNC)) return;
    record(self, EVENT_ASYNC_CLAUSE, scope, keyword.start, self->now.end);
    add_leaf(&self->make, NODE_ASYNC, FIELD_NONE, keyword.start, keyword.end);
}

// `for … in …` inside `scope`; the first one's iterable belongs to `outer`. False where it is none.
static bool parse_for_clause(Parser *self, uint32_t scope, uint32_t outer) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    self->scope = scope;
    accept_async(self, scope);
    if (!expect(self, LEX_FOR, "`for`")) return false;
    uint32_t target_mark = self->events.len;
    Expr target = parse_target_list(self);
    take_target(self, &target, target_mark, TARGET_FOR);
    set_field(&self->make, FIELD_LEFT);
    if (!expect(self, LEX_IN, "`in`")) return false;
    self->scope = outer;
    uint32_t iterable_mark = self->events.len;
    parse_disjunction(self);
    refuse_walrus_since(self, iterable_mark);
    set_field(&self->make, FIELD_RIGHT);
    end_node(self, NODE_FOR_IN_CLAUSE, nodes, start);
    self->scope = scope;
    return true;
}

static void parse_if_clause(Parser *self) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    advance(self);
    uint32_t condition = self->now.start;
    if (is_at(self, LEX_LAMBDA)) {
        parse_test(self);
        refuse(self, REFUSED_SYNTAX, condition, self->last_end, 309, NO_VERSION,
               "a lambda without parentheses as a comprehension's condition");
    } else {
        parse_disjunction(self);
    }
    end_node(self, NODE_IF_CLAUSE, nodes, start);
}

// `for … in … if …` behind an element that began with `mark` events and `scope_mark` scopes.
void parse_clauses(Parser *self, ScopeKind kind, uint32_t mark, uint32_t scope_mark) {
    uint32_t outer = self->scope;
    uint32_t scope = open_scope(self, kind, outer, false), first_scope = outer;
    move_events(self, mark, scope_mark, outer, scope);
    set_field(&self->make, FIELD_BODY);
    while (at_comprehension(self) && parse_for_clause(self, scope, first_scope)) {
        while (is_at(self, LEX_IF))
            parse_if_clause(self);
        first_scope = scope;
    }
    self->scope = outer;
}

// ---- Displays and parentheses ----

static void refuse_unpacking(Parser *self, bool is_unpacking, uint32_t start) {
    if (is_unpacking)
        refuse(self, REFUSED_SYNTAX, start, self->last_end, ANY_VERSION, NO_VERSION,
               "unpacking in a comprehension");
}

static Expr parse_paren_yield(Parser *self, uint32_t start) {
    uint32_t nodes = nodes_mark(&self->make);
    Expr inside = parse_tuple_or_yield(self, ANY_VERSION);
    expect(self, LEX_RPAREN, "`)`");
    end_node(self, NODE_PARENTHESIZED_EXPRESSION, nodes, start);
    inside.in_parens = true;
    inside.start = start;
    inside.end = self->last_end;
    return inside;
}

// The elements of a parenthesis behind its first one.
typedef struct Elements {
    bool is_tuple, has_as;
    bool has_walrus; // without parentheses of its own
} Elements;

static bool is_bare_walrus(const Expr *expr) {
    return expr->kind == EXPR_WALRUS && !expr->in_parens;
}

// `as` and what is behind it.
void parse_as_target(Parser *self, Expr (*parse)(Parser *)) {
    advance(self);
    uint32_t mark = self->events.len;
    NodeMaker *make = &self->make;
    uint32_t nodes = mark_before_last(make), start = last_node(make)->start;
    note_loose_value(make);
    Expr target = parse(self);
    take_target(self, &target, mark, TARGET_WITH);
    surround_last(make, NODE_AS_PATTERN_TARGET);
    set_field(make, FIELD_ALIAS);
    add_node(make, NODE_AS_PATTERN, nodes, start, self->last_end);
}

static Elements parse_elements(Parser *self, Expr *whole, Expr element, bool allows_as) {
    Elements found = {0};
    for (;;) {
        add_element(whole, &element);
        found.has_walrus |= is_bare_walrus(&element);
        bool may_be_bound = element.kind != EXPR_STAR && !is_bare_walrus(&element);
        if (allows_as && may_be_bound && is_at(self, LEX_AS)) {
            parse_as_target(self, parse_operand);
            found.has_as = true;
        }
        // One with a comma behind it is a tuple for the grammar.
        bool is_item = allows_as && (found.is_tuple || is_at(self, LEX_COMMA));
        if (is_item) {
            set_field(&self->make, FIELD_VALUE);
            surround_last(&self->make, NODE_WITH_ITEM);
        }
        if (!accept(self, LEX_COMMA)) return found;
        self->make.is_unsure |= is_item && !found.is_tuple && is_at(self, LEX_RPAREN);
        found.is_tuple = true;
        if (is_at(self, LEX_RPAREN)) return found;
        element = parse_star_or_test(self);
    }
}

static Expr finish_with_items(Parser *self, const Expr *whole, Elements found, uint32_t nodes) {
    if (whole->has_star || found.has_walrus)
        refuse(self, REFUSED_SYNTAX, whole->start, self->now.end, ANY_VERSION, NO_VERSION,
               "a starred or assignment expression as a context manager");
    expect(self, LEX_RPAREN, "`)` or `,`");
    self->has_with_items = true;
    end_node(self, found.is_tuple ? NODE_WITH_CLAUSE : NODE_PARENTHESIZED_EXPRESSION, nodes,
             whole->start);
    return leaf(self, EXPR_WITH_ITEMS, whole->start);
}

static NodeKind paren_kind(bool is_with_clause, bool is_tuple) {
    if (is_with_clause) return NODE_WITH_CLAUSE;
    return is_tuple ? NODE_TUPLE : NODE_PARENTHESIZED_EXPRESSION;
}

// Around one value. Before 3.9 the parentheses are as if they were not there.
static Expr plain_parenthesis(Parser *self, Expr inside, uint32_t start) {
    if (inside.kind == EXPR_STAR)
        refuse(self, REFUSED_SYNTAX, inside.start, inside.end, 309, NO_VERSION,
               "a starred expression in plain parentheses");
    inside.in_parens = true;
    inside.is_dotted = inside.is_decorator = false;
    inside.start = start;
    return inside;
}

Expr parse_paren(Parser *self) {
    uint32_t start = self->now.start;
    bool allows_as = self->with_allows_as;
    self->with_allows_as = false;
    advance(self);
    uint32_t nodes = nodes_mark(&self->make);
    Expr whole = {.start = start, .kind = EXPR_TUPLE, .in_parens = true, .bad_kind = EXPR_NOTHING};
    if (accept(self, LEX_RPAREN)) {
        whole.end = self->last_end;
        end_node(self, NODE_TUPLE, nodes, start);
        return whole;
    }
    if (is_at(self, LEX_YIELD)) return parse_paren_yield(self, start);
    uint32_t mark = self->events.len, scope_mark = self->scopes.len;
    Expr first = parse_star_or_test(self);
    if (at_comprehension(self)) {
        refuse_unpacking(self, first.kind == EXPR_STAR, first.start);
        parse_clauses(self, SCOPE_GENERATOR, mark, scope_mark);
        expect(self, LEX_RPAREN, "`)`");
        end_node(self, NODE_GENERATOR_EXPRESSION, nodes, start);
        return leaf(self, EXPR_GENERATOR, start);
    }
    Elements found = parse_elements(self, &whole, first, allows_as);
    if (found.has_as) return finish_with_items(self, &whole, found, nodes);
    expect(self, LEX_RPAREN, "`)` or `,`");
    bool is_clause = allows_as && found.is_tuple;
    self->make.is_unsure |= is_clause && !is_at(self, LEX_COLON);
    end_node(self, paren_kind(is_clause, found.is_tuple), nodes, start);
    if (!found.is_tuple) whole = plain_parenthesis(self, first, start);
    whole.end = self->last_end;
    return whole;
}

Expr parse_list(Parser *self) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    advance(self);
    Expr whole = {.start = start, .kind = EXPR_LIST, .bad_kind = EXPR_NOTHING};
    uint32_t mark = self->events.len, scope_mark = self->scopes.len;
    bool is_first = true;
    while (!is_at(self, LEX_RBRACKET)) {
        Expr element = parse_star_or_test(self);
        if (is_first && at_comprehension(self)) {
            refuse_unpacking(self, element.kind == EXPR_STAR, element.start);
            parse_clauses(self, SCOPE_COMPREHENSION, mark, scope_mark);
            expect(self, LEX_RBRACKET, "`]`");
            end_node(self, NODE_LIST_COMPREHENSION, nodes, start);
            return leaf(self, EXPR_COMPREHENSION, start);
        }
        add_element(&whole, &element);
        is_first = false;
        if (!accept(self, LEX_COMMA)) break;
    }
    expect(self, LEX_RBRACKET, "`]` or `,`");
    end_node(self, NODE_LIST, nodes, start);
    whole.end = self->last_end;
    return whole;
}

// What is behind the colon.
static void parse_pair_value(Parser *self, uint32_t nodes, uint32_t start) {
    set_field(&self->make, FIELD_KEY);
    parse_test(self);
    set_field(&self->make, FIELD_VALUE);
    end_node(self, NODE_PAIR, nodes, start);
}

// One entry of a dict or set; false where it is one of the other sort than `*is_dict` says (1 for
// a dict, 0 for a set, -1 for not known yet).
static void parse_entry(Parser *self, int *is_dict, bool *is_unpacking) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    *is_unpacking = false;
    if (*is_dict != 0 && accept(self, LEX_POWER)) {
        parse_operand(self);
        end_node(self, NODE_DICTIONARY_SPLAT, nodes, start);
        *is_dict = 1;
        *is_unpacking = true;
        return;
    }
    if (*is_dict == 1) {
        parse_test(self);
        expect(self, LEX_COLON, "`:`");
        parse_pair_value(self, nodes, start);
        return;
    }
    Expr element = parse_star_or_test(self);
    *is_unpacking = element.kind == EXPR_STAR;
    bool is_walrus = element.kind == EXPR_WALRUS && !element.in_parens;
    if (*is_dict < 0 && is_at(self, LEX_COLON) && !*is_unpacking && !is_walrus) {
        advance(self);
        *is_dict = 1;
        parse_pair_value(self, nodes, start);
        return;
    }
    *is_dict = 0;
    if (is_walrus)
        since(self, 309, start, self->last_end,
              "an assignment expression without parentheses in a set");
}

Expr parse_braces(Parser *self) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    advance(self);
    int is_dict = -1;
    uint32_t mark = self->events.len, scope_mark = self->scopes.len;
    bool is_first = true;
    while (!is_at(self, LEX_RBRACE)) {
        uint32_t entry = self->now.start;
        bool is_unpacking;
        parse_entry(self, &is_dict, &is_unpacking);
        if (is_first && at_comprehension(self)) {
            refuse_unpacking(self, is_unpacking, entry);
            parse_clauses(self, SCOPE_COMPREHENSION, mark, scope_mark);
            expect(self, LEX_RBRACE, "`}`");
            end_node(self, is_dict == 1 ? NODE_DICTIONARY_COMPREHENSION : NODE_SET_COMPREHENSION,
                     nodes, start);
            return leaf(self, EXPR_COMPREHENSION, start);
        }
        is_first = false;
        if (!accept(self, LEX_COMMA)) break;
    }
    expect(self, LEX_RBRACE, "`}` or `,`");
    end_node(self, is_dict == 0 ? NODE_SET : NODE_DICTIONARY, nodes, start);
    return leaf(self, EXPR_DISPLAY, start);
}
