// Expressions. The grammar is read flat where it can be: whether a text is one is the same question
// for all binary operators, so their precedence is not looked at.

#include "python/compiler/parser.h"

Expr leaf(const Parser *self, ExprKind kind, uint32_t start) {
    return (Expr){.start = start,
                  .end = self->last_end,
                  .kind = (uint8_t)kind,
                  .bad_kind = (uint8_t)kind,
                  .bad_start = start,
                  .bad_end = self->last_end};
}

Expr target_leaf(const Parser *self, ExprKind kind, uint32_t start) {
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
    end_node(self, NODE_COMPARISON_OPERATOR, nodes, start);
    return true;
}

Expr parse_disjunction(Parser *self) {
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
        end_node(self, NODE_LAMBDA_PARAMETERS, nodes, parameters);
        set_field(&self->make, FIELD_PARAMETERS);
    }
    expect(self, LEX_COLON, "`:`");
    self->scope = scope;
    // What is never run is not run inside a lambda either.
    bool is_run = zone == ZONE_NONE || zone == ZONE_GENERIC;
    self->zone = is_run ? ZONE_NONE : ZONE_UNCOMPILED;
    parse_test(self);
    set_field(&self->make, FIELD_BODY);
    end_node(self, NODE_LAMBDA, nodes, start);
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
    end_node(self, NODE_NAMED_EXPRESSION, nodes, expr.start);
    since(self, 308, sign, sign + 2, "an assignment expression");
    return leaf(self, EXPR_WALRUS, expr.start);
}

Expr parse_star_or_test(Parser *self) {
    if (!is_at(self, LEX_STAR)) return parse_named_test(self);
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    advance(self);
    Expr inside = parse_operand(self);
    end_node(self, NODE_LIST_SPLAT, nodes, start);
    Expr star = leaf(self, EXPR_STAR, start);
    star.bad_kind = inside.kind == EXPR_STAR ? EXPR_STAR : inside.bad_kind;
    star.bad_start = inside.bad_start;
    star.bad_end = inside.bad_end;
    star.second_star = inside.second_star;
    return star;
}

// An element of a tuple without parentheses: no assignment expression.
static Expr parse_bare_element(Parser *self) {
    return is_at(self, LEX_STAR) ? parse_star_or_test(self) : parse_test(self);
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
    end_node(self, NODE_EXPRESSION_LIST, nodes, start);
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
    end_node(self, NODE_YIELD, nodes, start);
    return leaf(self, EXPR_YIELD, start);
}

Expr parse_target_list_item(Parser *self) {
    return is_at(self, LEX_STAR) ? parse_star_or_test(self) : parse_operand(self);
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
    end_node(self, NODE_EXPRESSION_LIST, nodes, start);
    return whole;
}
