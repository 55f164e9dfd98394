// Expressions. The grammar is read flat where it can be: whether a text is one is the same question
// for all binary operators, so their precedence is not looked at.

#include "python/compiler/parser.h"

#include "base/map.h"

static Expr leaf(const Parser *self, ExprKind kind, uint32_t start) {
    return (Expr){.start = start,
                  .end = self->last_end,
                  .kind = (uint8_t)kind,
                  .bad_kind = (uint8_t)kind,
                  .bad_start = start,
                  .bad_end = self->last_end};
}

static Expr target_leaf(const Parser *self, ExprKind kind, uint32_t start) {
    Expr expr = leaf(self, kind, start);
    expr.bad_kind = EXPR_NOTHING;
    return expr;
}

const char *expr_words(ExprKind kind) {
    switch (kind) {
    case EXPR_CALL: return "a call";
    case EXPR_STRING:
    case EXPR_BYTES:
    case EXPR_NUMBER: return "a literal";
    case EXPR_FSTRING: return "an f-string";
    case EXPR_CONSTANT: return "`None`, `True` or `False`";
    case EXPR_ELLIPSIS: return "`...`";
    case EXPR_COMPARISON: return "a comparison";
    case EXPR_CONDITIONAL: return "a conditional expression";
    case EXPR_LAMBDA: return "a lambda";
    case EXPR_GENERATOR: return "a generator expression";
    case EXPR_COMPREHENSION: return "a comprehension";
    case EXPR_DISPLAY: return "a dict or set";
    case EXPR_AWAIT: return "an await expression";
    case EXPR_YIELD: return "a yield expression";
    case EXPR_WALRUS: return "an assignment expression";
    default: return "an expression";
    }
}

bool starts_expression(const Parser *self) {
    switch (self->now.kind) {
    case LEX_NAME:
    case LEX_NUMBER:
    case LEX_STRING:
    case LEX_FSTRING:
    case LEX_LPAREN:
    case LEX_LBRACKET:
    case LEX_LBRACE:
    case LEX_ELLIPSIS:
    case LEX_NONE:
    case LEX_TRUE:
    case LEX_FALSE:
    case LEX_LAMBDA:
    case LEX_NOT:
    case LEX_AWAIT:
    case LEX_MINUS:
    case LEX_PLUS:
    case LEX_TILDE: return true;
    default: return false;
    }
}

// ---- Names and targets ----

static bool is_debug(Parser *self, uint32_t start, uint32_t end) {
    return str_is(parser_text(self, start, end), "__debug__");
}

void store_name(Parser *self, Lex name, EventKind kind, uint32_t scope) {
    if (is_debug(self, name.start, name.end))
        refuse(self, REFUSED_MEANING, name.start, name.end, ANY_VERSION, NO_VERSION,
               "`__debug__` cannot be assigned to");
    record(self, kind, scope, name.start, name.end);
}

static void refuse_target(Parser *self, uint32_t start, uint32_t end, ExprKind kind,
                          TargetUse use) {
    refuse(self, REFUSED_MEANING, start, end, ANY_VERSION, NO_VERSION,
           use == TARGET_DELETE ? "%s cannot be deleted" : "%s cannot be assigned to",
           expr_words(kind));
}

void take_target(Parser *self, const Expr *target, uint32_t mark, TargetUse use) {
    if (target->bad_kind != EXPR_NOTHING)
        refuse_target(self, target->bad_start, target->bad_end, target->bad_kind, use);
    else if (target->kind == EXPR_STAR)
        refuse(self, REFUSED_MEANING, target->start, target->end, ANY_VERSION, NO_VERSION,
               "a starred target outside a list or tuple");
    else if (use == TARGET_DELETE && target->has_star)
        refuse(self, REFUSED_MEANING, target->star_start, target->star_end, ANY_VERSION, NO_VERSION,
               "a starred expression cannot be deleted");
    else if (target->second_star != 0)
        refuse(self, REFUSED_MEANING, target->second_star, target->second_star + 1, ANY_VERSION,
               NO_VERSION, "more than one starred target");
    if (use == TARGET_ASSIGN || use == TARGET_FOR) make_target(&self->make);
    for (uint32_t i = mark; i < self->events.len; i++) {
        Event *event = &self->events.at[i];
        if (event->kind != EVENT_USE || event->is_part || event->brackets != self->trailer_depth)
            continue;
        event->kind = EVENT_STORE;
        if (is_debug(self, event->start, event->end))
            refuse(self, REFUSED_MEANING, event->start, event->end,
                   use == TARGET_DELETE ? 310 : ANY_VERSION, NO_VERSION,
                   "`__debug__` cannot be assigned to");
    }
}

// Takes over from an element of a tuple or list what makes it a bad target.
static void add_element(Expr *whole, const Expr *element) {
    if (element->bad_kind != EXPR_NOTHING && whole->bad_kind == EXPR_NOTHING) {
        whole->bad_kind = element->bad_kind;
        whole->bad_start = element->bad_start;
        whole->bad_end = element->bad_end;
    }
    if (element->kind == EXPR_STAR) {
        if (whole->has_star && whole->second_star == 0) whole->second_star = element->start;
        if (!whole->has_star) {
            whole->star_start = element->start;
            whole->star_end = element->end;
        }
        whole->has_star = true;
    } else if (whole->second_star == 0) {
        whole->second_star = element->second_star;
    }
}

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

static Expr parse_disjunction(Parser *self);

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

// `for … in … if …` behind an element that began with `mark` events and `scope_mark` scopes.
void parse_clauses(Parser *self, ScopeKind kind, uint32_t mark, uint32_t scope_mark) {
    uint32_t outer = self->scope;
    uint32_t scope = open_scope(self, kind, outer, false);
    move_events(self, mark, scope_mark, outer, scope);
    bool is_first = true;
    set_field(&self->make, FIELD_BODY);
    while (at_comprehension(self)) {
        self->scope = scope;
        uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
        accept_async(self, scope);
        if (!expect(self, LEX_FOR, "`for`")) break;
        uint32_t target_mark = self->events.len;
        Expr target = parse_target_list(self);
        take_target(self, &target, target_mark, TARGET_FOR);
        set_field(&self->make, FIELD_LEFT);
        if (!expect(self, LEX_IN, "`in`")) break;
        if (is_first) self->scope = outer;
        uint32_t iterable_mark = self->events.len;
        parse_disjunction(self);
        refuse_walrus_since(self, iterable_mark);
        set_field(&self->make, FIELD_RIGHT);
        add_node(&self->make, NODE_FOR_IN_CLAUSE, nodes, start, self->last_end);
        self->scope = scope;
        while (is_at(self, LEX_IF)) {
            uint32_t keyword = self->now.start, condition = nodes_mark(&self->make);
            advance(self);
            uint32_t at = self->now.start;
            bool is_lambda = is_at(self, LEX_LAMBDA);
            if (is_lambda) {
                parse_test(self);
                refuse(self, REFUSED_SYNTAX, at, self->last_end, 309, NO_VERSION,
                       "a lambda without parentheses as a comprehension's condition");
            } else {
                parse_disjunction(self);
            }
            add_node(&self->make, NODE_IF_CLAUSE, condition, keyword, self->last_end);
        }
        is_first = false;
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
    add_node(&self->make, NODE_PARENTHESIZED_EXPRESSION, nodes, start, self->last_end);
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
        // With a comma behind the last one it is a tuple for the grammar.
        bool is_item = allows_as && (found.is_tuple || is_at(self, LEX_COMMA));
        if (is_item) {
            set_field(&self->make, FIELD_VALUE);
            surround_last(&self->make, NODE_WITH_ITEM);
        }
        if (!accept(self, LEX_COMMA)) return found;
        found.is_tuple = true;
        self->make.is_unsure |= is_item && is_at(self, LEX_RPAREN);
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
    add_node(&self->make, found.is_tuple ? NODE_WITH_CLAUSE : NODE_PARENTHESIZED_EXPRESSION, nodes,
             whole->start, self->last_end);
    return leaf(self, EXPR_WITH_ITEMS, whole->start);
}

static Expr parse_paren(Parser *self) {
    uint32_t start = self->now.start;
    bool allows_as = self->with_allows_as;
    self->with_allows_as = false;
    advance(self);
    uint32_t nodes = nodes_mark(&self->make);
    Expr whole = {.start = start, .kind = EXPR_TUPLE, .in_parens = true, .bad_kind = EXPR_NOTHING};
    if (accept(self, LEX_RPAREN)) {
        whole.end = self->last_end;
        add_node(&self->make, NODE_TUPLE, nodes, start, self->last_end);
        return whole;
    }
    if (is_at(self, LEX_YIELD)) return parse_paren_yield(self, start);
    uint32_t mark = self->events.len, scope_mark = self->scopes.len;
    Expr first = parse_star_or_test(self);
    if (at_comprehension(self)) {
        refuse_unpacking(self, first.kind == EXPR_STAR, first.start);
        parse_clauses(self, SCOPE_GENERATOR, mark, scope_mark);
        expect(self, LEX_RPAREN, "`)`");
        add_node(&self->make, NODE_GENERATOR_EXPRESSION, nodes, start, self->last_end);
        return leaf(self, EXPR_GENERATOR, start);
    }
    Elements found = parse_elements(self, &whole, first, allows_as);
    if (found.has_as) return finish_with_items(self, &whole, found, nodes);
    expect(self, LEX_RPAREN, "`)` or `,`");
    bool is_clause = allows_as && found.is_tuple;
    self->make.is_unsure |= is_clause && !is_at(self, LEX_COLON);
    self->make.is_unsure |= !found.is_tuple && first.kind == EXPR_STAR;
    add_node(&self->make,
             is_clause        ? NODE_WITH_CLAUSE
             : found.is_tuple ? NODE_TUPLE
                              : NODE_PARENTHESIZED_EXPRESSION,
             nodes, start, self->last_end);
    if (!found.is_tuple) {
        // Before 3.9 the parentheses are as if they were not there.
        if (first.kind == EXPR_STAR)
            refuse(self, REFUSED_SYNTAX, first.start, first.end, 309, NO_VERSION,
                   "a starred expression in plain parentheses");
        whole = first;
        whole.in_parens = true;
        whole.is_dotted = whole.is_decorator = false;
        whole.start = start;
    }
    whole.end = self->last_end;
    return whole;
}

// The grammar takes `[*f()]` for `[(*f)()]`. The display's last element or comma ended at `last`.
static void note_lone_star(Parser *self, uint32_t last) {
    NodeMaker *make = &self->make;
    if (last_node(make)->size < 4 || lexer_byte(&self->lexer, last - 1) == ',') return;
    const Node *element = last_node(make) - 1;
    bool is_lone = element->size + 1 == last_node(make)->size;
    make->is_unsure |= is_lone && count_long_stars(make) > 0;
}

static Expr parse_list(Parser *self) {
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
            add_node(&self->make, NODE_LIST_COMPREHENSION, nodes, start, self->last_end);
            return leaf(self, EXPR_COMPREHENSION, start);
        }
        add_element(&whole, &element);
        is_first = false;
        if (!accept(self, LEX_COMMA)) break;
    }
    uint32_t last = self->last_end;
    expect(self, LEX_RBRACKET, "`]` or `,`");
    add_node(&self->make, NODE_LIST, nodes, start, self->last_end);
    note_lone_star(self, last);
    whole.end = self->last_end;
    return whole;
}

// What is behind the colon.
static void parse_pair_value(Parser *self, uint32_t nodes, uint32_t start) {
    set_field(&self->make, FIELD_KEY);
    parse_test(self);
    set_field(&self->make, FIELD_VALUE);
    add_node(&self->make, NODE_PAIR, nodes, start, self->last_end);
}

// One entry of a dict or set; false where it is one of the other sort than `*is_dict` says (1 for
// a dict, 0 for a set, -1 for not known yet).
static void parse_entry(Parser *self, int *is_dict, bool *is_unpacking) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    *is_unpacking = false;
    if (*is_dict != 0 && accept(self, LEX_POWER)) {
        parse_operand(self);
        add_node(&self->make, NODE_DICTIONARY_SPLAT, nodes, start, self->last_end);
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

static Expr parse_braces(Parser *self) {
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
            add_node(&self->make,
                     is_dict == 1 ? NODE_DICTIONARY_COMPREHENSION : NODE_SET_COMPREHENSION, nodes,
                     start, self->last_end);
            return leaf(self, EXPR_COMPREHENSION, start);
        }
        is_first = false;
        if (!accept(self, LEX_COMMA)) break;
    }
    uint32_t last = self->last_end;
    expect(self, LEX_RBRACE, "`}` or `,`");
    add_node(&self->make, is_dict == 0 ? NODE_SET : NODE_DICTIONARY, nodes, start, self->last_end);
    note_lone_star(self, last);
    return leaf(self, EXPR_DISPLAY, start);
}

// ---- Trailers ----

typedef struct Arguments {
    Map keywords;
    bool has_keyword, has_unpacking; // `name=`, `**`
    uint32_t count;
    uint32_t bare_generator, bare_generator_end; // a generator expression without parentheses
    bool has_bare_generator;
} Arguments;

static void add_keyword(Parser *self, Arguments *arguments, const Expr *name) {
    Str text = parser_text(self, name->start, name->end);
    if (map_get(&arguments->keywords, text) != MAP_NONE)
        refuse(self, REFUSED_MEANING, name->start, name->end, ANY_VERSION, NO_VERSION,
               "keyword argument `%.*s` repeated", STR_ARG(text));
    map_put(self->arena, &arguments->keywords, text, 1);
    if (is_debug(self, name->start, name->end))
        refuse(self, REFUSED_MEANING, name->start, name->end, ANY_VERSION, NO_VERSION,
               "`__debug__` cannot be assigned to");
    arguments->has_keyword = true;
}

static void parse_keyword_value(Parser *self, Arguments *arguments, const Expr *name) {
    uint32_t equals = self->now.start;
    advance(self);
    if (name->kind != EXPR_NAME) {
        refuse(self, REFUSED_MEANING, name->start, equals + 1, ANY_VERSION, NO_VERSION,
               "%s as a keyword argument's name", expr_words(name->kind));
    } else {
        if (name->in_parens)
            refuse(self, REFUSED_MEANING, name->start, equals + 1, 308, NO_VERSION,
                   "a keyword argument's name in parentheses");
        else
            self->events.len--;
        add_keyword(self, arguments, name);
    }
    set_field(&self->make, FIELD_NAME);
    uint32_t nodes = mark_before_last(&self->make);
    parse_test(self);
    set_field(&self->make, FIELD_VALUE);
    add_node(&self->make, NODE_KEYWORD_ARGUMENT, nodes, name->start, self->last_end);
    if (at_comprehension(self)) refuse_now(self);
}

static void check_positional(Parser *self, const Arguments *arguments, const Expr *value) {
    if (arguments->has_unpacking)
        refuse(self, REFUSED_SYNTAX, value->start, value->end, ANY_VERSION, NO_VERSION,
               "a positional argument behind keyword argument unpacking");
    else if (arguments->has_keyword)
        refuse(self, REFUSED_SYNTAX, value->start, value->end, ANY_VERSION, NO_VERSION,
               "a positional argument behind a keyword argument");
}

static void parse_argument(Parser *self, Arguments *arguments) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    if (accept(self, LEX_STAR)) {
        parse_test(self);
        add_node(&self->make, NODE_LIST_SPLAT, nodes, start, self->last_end);
        if (arguments->has_unpacking)
            refuse(self, REFUSED_SYNTAX, start, self->last_end, ANY_VERSION, NO_VERSION,
                   "iterable unpacking behind keyword argument unpacking");
        return;
    }
    if (accept(self, LEX_POWER)) {
        parse_test(self);
        add_node(&self->make, NODE_DICTIONARY_SPLAT, nodes, start, self->last_end);
        arguments->has_unpacking = true;
        return;
    }
    uint32_t mark = self->events.len, scope_mark = self->scopes.len;
    Expr value = parse_named_test(self);
    if (is_at(self, LEX_ASSIGN) && (value.kind != EXPR_WALRUS || value.in_parens)) {
        parse_keyword_value(self, arguments, &value);
        return;
    }
    if (at_comprehension(self)) {
        parse_clauses(self, SCOPE_GENERATOR, mark, scope_mark);
        arguments->has_bare_generator = true;
        arguments->bare_generator = start;
        arguments->bare_generator_end = self->last_end;
        value.end = self->last_end;
    }
    check_positional(self, arguments, &value);
}

// Up to and with the closing parenthesis; the opening one is the token before.
void parse_arguments(Parser *self, bool is_class) {
    Arguments arguments = {0};
    bool has_comma = false;
    uint32_t start = self->last_end - 1, nodes = nodes_mark(&self->make);
    while (!is_at(self, LEX_RPAREN)) {
        parse_argument(self, &arguments);
        arguments.count++;
        has_comma = accept(self, LEX_COMMA);
        if (!has_comma) break;
    }
    if (arguments.has_bare_generator && (arguments.count > 1 || has_comma || is_class))
        refuse(self, REFUSED_SYNTAX, arguments.bare_generator, arguments.bare_generator_end,
               ANY_VERSION, NO_VERSION,
               "a generator expression without parentheses beside other arguments");
    expect(self, LEX_RPAREN, "`)` or `,`");
    add_node(&self->make,
             arguments.has_bare_generator ? NODE_GENERATOR_EXPRESSION : NODE_ARGUMENT_LIST, nodes,
             start, self->last_end);
}

static void parse_slice(Parser *self, uint32_t nodes, uint32_t start) {
    if (starts_expression(self)) parse_test(self);
    if (accept(self, LEX_COLON) && starts_expression(self)) parse_test(self);
    add_node(&self->make, NODE_SLICE, nodes, start, self->last_end);
}

static void parse_subscript(Parser *self) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    Expr value = {.kind = EXPR_NOTHING};
    if (is_at(self, LEX_STAR)) {
        advance(self);
        parse_test(self);
        since(self, 311, start, self->last_end, "a starred expression in an index");
        self->make.is_unsure = true;
        return;
    }
    if (!is_at(self, LEX_COLON)) value = parse_named_test(self);
    bool is_walrus = value.kind == EXPR_WALRUS && !value.in_parens;
    if (is_walrus)
        since(self, 310, value.start, value.end,
              "an assignment expression without parentheses in an index");
    if (!is_walrus && accept(self, LEX_COLON)) parse_slice(self, nodes, start);
}

// The opening bracket is the token before. Where they are a generic type's parameters, each is a
// type.
static void parse_subscripts(Parser *self, bool are_types) {
    uint32_t start = self->last_end - 1, nodes = nodes_mark(&self->make);
    do {
        if (are_types) self->type_start = self->now.start;
        parse_subscript(self);
        if (are_types) {
            self->make.is_unsure |= last_kind(&self->make) == NODE_SLICE;
            surround_last(&self->make, NODE_TYPE);
        }
        set_field(&self->make, are_types ? FIELD_NONE : FIELD_SUBSCRIPT);
    } while (accept(self, LEX_COMMA) && !is_at(self, LEX_RBRACKET));
    expect(self, LEX_RBRACKET, "`]`");
    if (are_types) add_node(&self->make, NODE_TYPE_PARAMETER, nodes, start, self->last_end);
}

static bool at_trailer(const Parser *self) {
    return is_at(self, LEX_DOT) || is_at(self, LEX_LPAREN) || is_at(self, LEX_LBRACKET);
}

// `.name` behind what began at `start`.
static Expr parse_attribute(Parser *self, uint32_t start) {
    advance(self);
    Lex name = self->now;
    expect(self, LEX_NAME, "a name");
    add_leaf(&self->make, NODE_IDENTIFIER, FIELD_ATTRIBUTE, name.start, name.end);
    Expr expr = target_leaf(self, EXPR_ATTRIBUTE, start);
    if (is_debug(self, name.start, name.end)) {
        expr.bad_kind = EXPR_CONSTANT;
        expr.bad_start = start;
        expr.bad_end = name.end;
    }
    return expr;
}

static NodeKind trailer_kind(Lexeme opener) {
    switch (opener) {
    case LEX_DOT: return NODE_ATTRIBUTE;
    case LEX_LPAREN: return NODE_CALL;
    default: return NODE_SUBSCRIPT;
    }
}

static NodeField field_before(Lexeme opener) {
    switch (opener) {
    case LEX_DOT: return FIELD_OBJECT;
    case LEX_LPAREN: return FIELD_FUNCTION;
    default: return FIELD_VALUE;
    }
}

// For the grammar some names may begin a statement, with a tuple behind them.
static void end_arguments(Parser *self, const Expr *called) {
    set_field(&self->make, FIELD_ARGUMENTS);
    if (called->kind != EXPR_NAME) return;
    Str name = parser_text(self, called->start, called->end);
    bool is_statement = str_is(name, "print") || str_is(name, "exec") || str_is(name, "match");
    self->make.is_unsure |= is_statement && count_long_stars(&self->make) > 0;
}

// What follows the atom `expr`, whose first event is `mark`; its nodes begin at `nodes`.
static Expr parse_trailers(Parser *self, Expr expr, uint32_t mark, uint32_t nodes) {
    if (at_trailer(self))
        for (uint32_t i = mark; i < self->events.len; i++)
            self->events.at[i].is_part = true;
    while (at_trailer(self)) {
        Lexeme kind = self->now.kind;
        bool was_dotted = expr.is_dotted;
        uint32_t start = expr.start;
        bool is_type = kind == LEX_LBRACKET && expr.kind == EXPR_NAME && !expr.in_parens &&
                       start == self->type_start;
        set_field(&self->make, is_type ? FIELD_NONE : field_before(kind));
        if (kind == LEX_DOT) {
            expr = parse_attribute(self, start);
            expr.is_dotted = expr.is_decorator = was_dotted;
        } else {
            Expr called = expr;
            advance(self);
            self->trailer_depth++;
            if (kind == LEX_LPAREN)
                parse_arguments(self, false);
            else
                parse_subscripts(self, is_type);
            self->trailer_depth--;
            expr = kind == LEX_LPAREN ? leaf(self, EXPR_CALL, start)
                                      : target_leaf(self, EXPR_SUBSCRIPT, start);
            expr.is_decorator = kind == LEX_LPAREN && was_dotted;
            if (kind == LEX_LPAREN) end_arguments(self, &called);
        }
        add_node(&self->make, is_type ? NODE_GENERIC_TYPE : trailer_kind(kind), nodes, start,
                 self->last_end);
        self->make.is_unsure |= is_type && at_trailer(self);
    }
    return expr;
}

static void add_atom(Parser *self, NodeKind kind) {
    add_leaf(&self->make, kind, FIELD_NONE, self->now.start, self->now.end);
    advance(self);
}

static NodeKind constant_kind(Lexeme kind) {
    switch (kind) {
    case LEX_NONE: return NODE_NONE;
    case LEX_TRUE: return NODE_TRUE;
    default: return NODE_FALSE;
    }
}

static Expr parse_atom(Parser *self) {
    uint32_t start = self->now.start;
    switch (self->now.kind) {
    case LEX_NAME: {
        record(self, EVENT_USE, self->scope, self->now.start, self->now.end);
        add_atom(self, NODE_IDENTIFIER);
        Expr expr = target_leaf(self, EXPR_NAME, start);
        expr.is_dotted = expr.is_decorator = true;
        return expr;
    }
    case LEX_NUMBER:
        add_atom(self, number_kind(parser_text(self, self->now.start, self->now.end)));
        return leaf(self, EXPR_NUMBER, start);
    case LEX_NONE:
    case LEX_TRUE:
    case LEX_FALSE:
        add_atom(self, constant_kind(self->now.kind));
        return leaf(self, EXPR_CONSTANT, start);
    case LEX_ELLIPSIS: add_atom(self, NODE_ELLIPSIS); return leaf(self, EXPR_ELLIPSIS, start);
    case LEX_STRING:
    case LEX_FSTRING: return parse_strings(self);
    case LEX_LPAREN: return parse_paren(self);
    case LEX_LBRACKET: return parse_list(self);
    case LEX_LBRACE: return parse_braces(self);
    default: refuse_now(self); return leaf(self, EXPR_NAME, start);
    }
}

static Expr parse_primary(Parser *self) {
    uint32_t start = self->now.start;
    bool is_await = is_at(self, LEX_AWAIT);
    uint32_t place = self->now.end;
    if (is_await) {
        begin_prefix(&self->make, NODE_AWAIT, PRECEDENCE_UNARY, start);
        advance(self);
    }
    uint32_t mark = self->events.len, nodes = nodes_mark(&self->make);
    Expr expr = parse_trailers(self, parse_atom(self), mark, nodes);
    if (!is_await) return expr;
    record(self, EVENT_AWAIT, self->scope, start, place);
    return leaf(self, EXPR_AWAIT, start);
}

// ---- Operators ----

static bool is_binary(Lexeme kind) {
    return kind >= LEX_PLUS && kind <= LEX_SHIFT_RIGHT;
}

static bool is_unary(Lexeme kind) {
    return kind == LEX_MINUS || kind == LEX_PLUS || kind == LEX_TILDE;
}

static Precedence binary_precedence(Lexeme kind) {
    switch (kind) {
    case LEX_BAR: return PRECEDENCE_BAR;
    case LEX_AMPERSAND: return PRECEDENCE_AMPERSAND;
    case LEX_CARET: return PRECEDENCE_CARET;
    case LEX_SHIFT_LEFT:
    case LEX_SHIFT_RIGHT: return PRECEDENCE_SHIFT;
    case LEX_PLUS:
    case LEX_MINUS: return PRECEDENCE_PLUS;
    case LEX_POWER: return PRECEDENCE_POWER;
    default: return PRECEDENCE_TIMES;
    }
}

// Moves behind the operator.
static void take_operator(Parser *self) {
    add_leaf(&self->make, NODE_OPERATOR, FIELD_OPERATOR, self->now.start, self->now.end);
    advance(self);
}

// A `|` behind a generic type goes on with types.
static void take_binary(Parser *self, uint32_t base) {
    bool is_union = is_at(self, LEX_BAR) && is_type_kind(last_kind(&self->make));
    if (!is_union) {
        begin_infix(&self->make, base, NODE_BINARY_OPERATOR, binary_precedence(self->now.kind));
        take_operator(self);
        return;
    }
    begin_infix(&self->make, base, NODE_UNION_TYPE, PRECEDENCE_UNION_TYPE);
    advance(self);
    self->type_start = self->now.start;
}

Expr parse_operand(Parser *self) {
    uint32_t start = self->now.start, base = self->make.operations.len;
    uint32_t operators = 0;
    Expr expr;
    for (;;) {
        while (is_unary(self->now.kind)) {
            begin_prefix(&self->make, NODE_UNARY_OPERATOR, PRECEDENCE_UNARY, self->now.start);
            take_operator(self);
            operators++;
        }
        expr = parse_primary(self);
        if (!is_binary(self->now.kind)) break;
        take_binary(self, base);
        operators++;
    }
    complete_operations(&self->make, base, PRECEDENCE_NONE);
    return operators == 0 ? expr : leaf(self, EXPR_OPERATION, start);
}

// Skips a comparison operator.
static bool skip_comparison(Parser *self) {
    Lexeme kind = self->now.kind;
    if ((kind >= LEX_LESS && kind <= LEX_NOT_EQUAL) || kind == LEX_IN) {
        advance(self);
        return true;
    }
    if (accept(self, LEX_IS)) {
        accept(self, LEX_NOT);
        return true;
    }
    if (!is_at(self, LEX_NOT)) return false;
    advance(self);
    return expect(self, LEX_IN, "`in`");
}

static bool accept_comparison(Parser *self) {
    uint32_t start = self->now.start;
    if (!skip_comparison(self)) return false;
    add_leaf(&self->make, NODE_OPERATOR, FIELD_OPERATORS, start, self->last_end);
    return true;
}

// Operands with comparison operators between them; whether there is one.
static bool parse_comparison(Parser *self, Expr *expr) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    *expr = parse_operand(self);
    bool is_comparison = false, is_type = is_type_kind(last_kind(&self->make));
    while (accept_comparison(self)) {
        is_comparison = true;
        parse_operand(self);
    }
    if (!is_comparison) return false;
    self->make.is_unsure |= is_type;
    add_node(&self->make, NODE_COMPARISON_OPERATOR, nodes, start, self->last_end);
    return true;
}

static Expr parse_disjunction(Parser *self) {
    uint32_t start = self->now.start, base = self->make.operations.len;
    ExprKind kind = EXPR_NOTHING;
    Expr expr;
    for (;;) {
        while (is_at(self, LEX_NOT)) {
            begin_prefix(&self->make, NODE_NOT_OPERATOR, PRECEDENCE_NOT, self->now.start);
            advance(self);
            kind = EXPR_OPERATION;
        }
        bool is_comparison = parse_comparison(self, &expr);
        if (is_comparison && kind == EXPR_NOTHING) kind = EXPR_COMPARISON;
        bool is_and = is_at(self, LEX_AND);
        if (!is_and && !is_at(self, LEX_OR)) break;
        kind = EXPR_OPERATION;
        begin_infix(&self->make, base, NODE_BOOLEAN_OPERATOR,
                    is_and ? PRECEDENCE_AND : PRECEDENCE_OR);
        take_operator(self);
    }
    complete_operations(&self->make, base, PRECEDENCE_NONE);
    return kind == EXPR_NOTHING ? expr : leaf(self, kind, start);
}

static void parse_lambda(Parser *self) {
    uint32_t start = self->now.start;
    if (lexer_is_in_field(&self->lexer))
        refuse(self, REFUSED_SYNTAX, start, self->now.end, ANY_VERSION, NO_VERSION,
               "a lambda without parentheses in an f-string");
    advance(self);
    if (++self->lambda_depth > MOST_LAMBDAS) {
        lexer_refuse(&self->lexer, REFUSED_DEPTH, start, self->now.start,
                     "lambdas nested more than %d deep", MOST_LAMBDAS);
        self->now.kind = LEX_END;
    }
    uint32_t outer = self->scope;
    uint8_t zone = self->zone;
    uint32_t scope = open_scope(self, SCOPE_LAMBDA, outer, false);
    uint32_t nodes = nodes_mark(&self->make), parameters = self->now.start;
    parse_parameters(self, scope, LEX_COLON, false);
    if (nodes_mark(&self->make) > nodes) {
        add_node(&self->make, NODE_LAMBDA_PARAMETERS, nodes, parameters, self->last_end);
        set_field(&self->make, FIELD_PARAMETERS);
    }
    expect(self, LEX_COLON, "`:`");
    self->scope = scope;
    // What is never run is not run inside a lambda either.
    bool is_run = zone == ZONE_NONE || zone == ZONE_GENERIC;
    self->zone = is_run ? ZONE_NONE : ZONE_UNCOMPILED;
    parse_test(self);
    set_field(&self->make, FIELD_BODY);
    add_node(&self->make, NODE_LAMBDA, nodes, start, self->last_end);
    self->zone = zone;
    self->scope = outer;
    self->lambda_depth--;
}

Expr parse_test(Parser *self) {
    uint32_t start = self->now.start, base = self->make.operations.len;
    bool is_conditional = false;
    Expr expr;
    for (;;) {
        if (is_at(self, LEX_LAMBDA)) {
            parse_lambda(self);
            expr = leaf(self, EXPR_LAMBDA, start);
            break;
        }
        expr = parse_disjunction(self);
        if (!is_at(self, LEX_IF)) break;
        begin_infix(&self->make, base, NODE_CONDITIONAL_EXPRESSION, PRECEDENCE_CONDITIONAL);
        advance(self);
        is_conditional = true;
        parse_disjunction(self);
        if (!expect(self, LEX_ELSE, "`else`")) break;
    }
    complete_operations(&self->make, base, PRECEDENCE_NONE);
    return is_conditional ? leaf(self, EXPR_CONDITIONAL, start) : expr;
}

void parse_type(Parser *self) {
    self->type_start = self->now.start;
    parse_test(self);
    surround_last(&self->make, NODE_TYPE);
}

Expr parse_named_test(Parser *self) {
    uint32_t mark = self->events.len, nodes = nodes_mark(&self->make);
    Expr expr = parse_test(self);
    if (!is_at(self, LEX_WALRUS)) return expr;
    if (expr.kind != EXPR_NAME) {
        refuse_now(self);
        return expr;
    }
    if (expr.in_parens)
        refuse(self, REFUSED_SYNTAX, expr.start, expr.end,
               self->trailer_depth > 0 ? 309 : ANY_VERSION, NO_VERSION,
               "an assignment expression's name in parentheses");
    uint32_t sign = self->now.start;
    advance(self);
    if (mark < self->events.len) {
        self->events.at[mark].kind = EVENT_WALRUS;
        if (is_debug(self, expr.start, expr.end))
            refuse(self, REFUSED_MEANING, expr.start, expr.end, ANY_VERSION, NO_VERSION,
                   "`__debug__` cannot be assigned to");
    }
    set_field(&self->make, FIELD_NAME);
    Expr value = parse_test(self);
    // The grammar reads `(x := a) if b else c`.
    self->make.is_unsure |= expr.in_parens || (value.kind == EXPR_CONDITIONAL && !value.in_parens);
    set_field(&self->make, FIELD_VALUE);
    add_node(&self->make, NODE_NAMED_EXPRESSION, nodes, expr.start, self->last_end);
    since(self, 308, sign, sign + 2, "an assignment expression");
    return leaf(self, EXPR_WALRUS, expr.start);
}

Expr parse_star_or_test(Parser *self) {
    if (!is_at(self, LEX_STAR)) return parse_named_test(self);
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    advance(self);
    Expr inside = parse_operand(self);
    add_node(&self->make, NODE_LIST_SPLAT, nodes, start, self->last_end);
    Expr star = leaf(self, EXPR_STAR, start);
    star.bad_kind = inside.kind == EXPR_STAR ? EXPR_STAR : inside.bad_kind;
    star.bad_start = inside.bad_start;
    star.bad_end = inside.bad_end;
    star.second_star = inside.second_star;
    return star;
}

// Outside brackets the grammar takes `*f()` for `(*f)()`.
static void note_bare_star(Parser *self) {
    if (self->make.nodes.len == 0) return;
    self->make.is_unsure |= last_node(&self->make)->size > 2;
}

static void add_expression_list(Parser *self, uint32_t nodes, uint32_t start) {
    add_node(&self->make, NODE_EXPRESSION_LIST, nodes, start, self->last_end);
}

// An element of a tuple without parentheses: no assignment expression.
static Expr parse_bare_element(Parser *self) {
    if (!is_at(self, LEX_STAR)) return parse_test(self);
    Expr star = parse_star_or_test(self);
    note_bare_star(self);
    return star;
}

Expr parse_tuple(Parser *self, int star_version) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    Expr first = parse_bare_element(self);
    if (!is_at(self, LEX_COMMA)) return first;
    Expr whole = {.start = start, .kind = EXPR_TUPLE, .bad_kind = EXPR_NOTHING};
    add_element(&whole, &first);
    while (accept(self, LEX_COMMA)) {
        if (!starts_expression(self) && !is_at(self, LEX_STAR)) break;
        Expr element = parse_bare_element(self);
        add_element(&whole, &element);
    }
    whole.end = self->last_end;
    add_expression_list(self, nodes, start);
    if (whole.has_star)
        since(self, star_version, whole.star_start, whole.star_end,
              "a starred expression in a tuple without parentheses here");
    return whole;
}

static void parse_yield(Parser *self, uint32_t start) {
    uint32_t place = self->last_end;
    if (is_at(self, LEX_FROM)) {
        add_leaf(&self->make, NODE_FROM, FIELD_NONE, self->now.start, self->now.end);
        advance(self);
        place = self->last_end;
        parse_test(self);
        record(self, EVENT_YIELD_FROM, self->scope, start, place);
        return;
    }
    if (starts_expression(self) || is_at(self, LEX_STAR)) {
        Expr value = parse_tuple(self, 308);
        if (value.kind == EXPR_STAR)
            refuse(self, REFUSED_SYNTAX, value.start, value.end, ANY_VERSION, NO_VERSION,
                   "a starred expression that stands alone");
    }
    record(self, EVENT_YIELD, self->scope, start, place);
}

Expr parse_tuple_or_yield(Parser *self, int star_version) {
    if (!is_at(self, LEX_YIELD)) return parse_tuple(self, star_version);
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    advance(self);
    parse_yield(self, start);
    add_node(&self->make, NODE_YIELD, nodes, start, self->last_end);
    return leaf(self, EXPR_YIELD, start);
}

Expr parse_target_list_item(Parser *self) {
    if (!is_at(self, LEX_STAR)) return parse_operand(self);
    Expr star = parse_star_or_test(self);
    note_bare_star(self);
    return star;
}

Expr parse_target_list(Parser *self) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    Expr first = parse_target_list_item(self);
    if (!is_at(self, LEX_COMMA)) return first;
    Expr whole = {.start = start, .kind = EXPR_TUPLE, .bad_kind = EXPR_NOTHING};
    add_element(&whole, &first);
    while (accept(self, LEX_COMMA)) {
        if (!starts_expression(self) && !is_at(self, LEX_STAR)) break;
        Expr element = parse_target_list_item(self);
        add_element(&whole, &element);
    }
    whole.end = self->last_end;
    add_expression_list(self, nodes, start);
    return whole;
}

// ---- Parameters ----

uint8_t enter_annotation(Parser *self, bool is_generic) {
    uint8_t before = self->zone;
    if (is_generic)
        self->zone = ZONE_GENERIC;
    else if (self->has_future_annotations)
        self->zone = ZONE_TEXT;
    return before;
}

typedef struct Parameters {
    Map names;
    uint32_t scope;
    bool is_lambda, is_generic;
    uint32_t count;                 // before a slash or star
    bool has_slash, has_star;       // `/`, and `*` with or without a name
    bool needs_name;                // `*` alone came last
    bool has_default, has_keywords; // `**`
    uint32_t star;
} Parameters;

// The node around the name and what stands before it.
static void add_parameter_name(Parser *self, const Lex *name, NodeKind around, uint32_t start) {
    uint32_t nodes = nodes_mark(&self->make);
    add_leaf(&self->make, NODE_IDENTIFIER, FIELD_NONE, name->start, name->end);
    if (around != NODE_SKIPPED) add_node(&self->make, around, nodes, start, name->end);
}

// Whether it has an annotation. The stars before it began at `start`, and make a node `around` it.
static bool parse_parameter_name(Parser *self, Parameters *all, NodeKind around, uint32_t start) {
    Lex name = self->now;
    if (!expect(self, LEX_NAME, "a parameter's name")) return false;
    Str text = parser_text(self, name.start, name.end);
    if (map_get(&all->names, text) != MAP_NONE)
        refuse(self, REFUSED_MEANING, name.start, name.end, ANY_VERSION, NO_VERSION,
               "parameter `%.*s` repeated", STR_ARG(text));
    map_put(self->arena, &all->names, text, 1);
    store_name(self, name, EVENT_PARAMETER, all->scope);
    add_parameter_name(self, &name, around, start);
    if (all->is_lambda || !accept(self, LEX_COLON)) return false;
    uint32_t type = self->now.start;
    uint8_t zone = enter_annotation(self, all->is_generic);
    if (around == NODE_LIST_SPLAT_PATTERN && accept(self, LEX_STAR)) {
        parse_operand(self);
        since(self, 311, type, self->last_end, "a starred annotation");
        self->make.is_unsure = true;
    } else {
        parse_type(self);
    }
    set_field(&self->make, FIELD_TYPE);
    self->zone = zone;
    return true;
}

static NodeKind parameter_kind(bool has_type, bool has_default) {
    if (!has_default) return NODE_TYPED_PARAMETER;
    return has_type ? NODE_TYPED_DEFAULT_PARAMETER : NODE_DEFAULT_PARAMETER;
}

static void parse_plain_parameter(Parser *self, Parameters *all) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    bool has_type = parse_parameter_name(self, all, NODE_SKIPPED, start);
    bool has_default = accept(self, LEX_ASSIGN);
    if (has_default) {
        if (self->make.nodes.len > nodes) self->make.nodes.at[nodes].field = FIELD_NAME;
        parse_test(self);
        set_field(&self->make, FIELD_VALUE);
    }
    if (has_type || has_default)
        add_node(&self->make, parameter_kind(has_type, has_default), nodes, start, self->last_end);
    if (!has_default && all->has_default && !all->has_star)
        refuse(self, REFUSED_SYNTAX, start, self->last_end, ANY_VERSION, NO_VERSION,
               "a parameter without default behind one with default");
    all->has_default |= has_default;
    all->needs_name = false;
    if (!all->has_star) all->count++;
}

// A parameter from behind its stars, which began at `start`.
static void parse_starred_parameter(Parser *self, Parameters *all, NodeKind kind, uint32_t start) {
    uint32_t nodes = nodes_mark(&self->make);
    bool has_type = parse_parameter_name(self, all, kind, start);
    if (has_type) add_node(&self->make, NODE_TYPED_PARAMETER, nodes, start, self->last_end);
    if (is_at(self, LEX_ASSIGN)) refuse_now(self);
}

static void parse_slash(Parser *self, Parameters *all) {
    uint32_t start = self->now.start;
    if (all->has_slash || all->has_star || all->count == 0) {
        refuse_now(self);
        return;
    }
    add_atom(self, NODE_POSITIONAL_SEPARATOR);
    all->has_slash = true;
    since(self, 308, start, self->last_end, "positional-only parameters");
}

static void parse_star(Parser *self, Parameters *all) {
    all->star = self->now.start;
    if (all->has_star) {
        refuse_now(self);
        return;
    }
    advance(self);
    all->has_star = true;
    all->needs_name = !is_at(self, LEX_NAME);
    if (all->needs_name)
        add_leaf(&self->make, NODE_KEYWORD_SEPARATOR, FIELD_NONE, all->star, self->last_end);
    else
        parse_starred_parameter(self, all, NODE_LIST_SPLAT_PATTERN, all->star);
    if (is_at(self, LEX_ASSIGN)) refuse_now(self);
}

static void refuse_lone_star(Parser *self, const Parameters *all) {
    if (all->needs_name)
        refuse(self, REFUSED_SYNTAX, all->star, all->star + 1, ANY_VERSION, NO_VERSION,
               "`*` without a named parameter behind it");
}

void parse_parameters(Parser *self, uint32_t scope, Lexeme closer, bool is_generic) {
    Parameters all = {.scope = scope, .is_lambda = closer == LEX_COLON, .is_generic = is_generic};
    while (!is_at(self, closer)) {
        if (all.has_keywords) {
            refuse_now(self);
            return;
        }
        if (is_at(self, LEX_SLASH)) {
            parse_slash(self, &all);
        } else if (is_at(self, LEX_STAR)) {
            parse_star(self, &all);
        } else if (accept(self, LEX_POWER)) {
            refuse_lone_star(self, &all);
            all.needs_name = false;
            all.has_keywords = true;
            parse_starred_parameter(self, &all, NODE_DICTIONARY_SPLAT_PATTERN, self->last_end - 2);
        } else {
            parse_plain_parameter(self, &all);
        }
        if (!accept(self, LEX_COMMA)) break;
    }
    refuse_lone_star(self, &all);
}
