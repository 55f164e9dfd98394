// Statements and blocks.

#include "python/compiler/parser.h"

#include "base/map.h"

static void parse_statement(Parser *self);

void refuse_meaning(Parser *self, uint32_t start, uint32_t end, const char *what) {
    refuse(self, REFUSED_MEANING, start, end, ANY_VERSION, NO_VERSION, "%s", what);
}

static void refuse_lone_star(Parser *self, const Expr *value) {
    if (value->kind == EXPR_STAR)
        refuse(self, REFUSED_SYNTAX, value->start, value->end, ANY_VERSION, NO_VERSION,
               "a starred expression that stands alone");
}

// ---- Expressions and assignments ----

static bool is_augmented(Lexeme kind) {
    return kind >= LEX_PLUS_ASSIGN && kind <= LEX_SHIFT_RIGHT_ASSIGN;
}

static bool is_single_target(const Expr *target) {
    return target->kind == EXPR_NAME || target->kind == EXPR_ATTRIBUTE ||
           target->kind == EXPR_SUBSCRIPT;
}

static void parse_annotated(Parser *self, const Expr *target, uint32_t mark) {
    if (!is_single_target(target))
        refuse_meaning(self, target->start, target->end,
                       target->kind == EXPR_TUPLE || target->kind == EXPR_LIST
                           ? "only a single target can be annotated"
                           : "a target that cannot be annotated");
    else
        take_target(self, target, mark, TARGET_ASSIGN);
    bool is_simple = target->kind == EXPR_NAME && !target->in_parens;
    if (is_simple) record(self, EVENT_ANNOTATE, self->scope, target->start, target->end);
    begin_infix(&self->make, 0, NODE_ASSIGNMENT, PRECEDENCE_ASSIGNMENT);
    advance(self);
    uint8_t zone = enter_annotation(self, false);
    if (self->zone == zone && self->scopes.at[self->scope].kind == SCOPE_FUNCTION)
        self->zone = ZONE_UNCOMPILED;
    parse_type(self);
    set_field(&self->make, FIELD_TYPE);
    self->zone = zone;
    if (!accept(self, LEX_ASSIGN)) return;
    uint32_t start = self->now.start;
    Expr value = parse_tuple_or_yield(self, 308);
    refuse_lone_star(self, &value);
    if ((value.kind == EXPR_TUPLE || value.kind == EXPR_YIELD) && !value.in_parens)
        since(self, 308, start, self->last_end, "a tuple or yield as an annotated name's value");
}

static void parse_augmented(Parser *self, const Expr *target, uint32_t mark) {
    if (!is_single_target(target))
        refuse_meaning(self, target->start, target->end,
                       "a target that cannot be assigned to in place");
    else
        take_target(self, target, mark, TARGET_ASSIGN);
    begin_infix(&self->make, 0, NODE_AUGMENTED_ASSIGNMENT, PRECEDENCE_ASSIGNMENT);
    add_leaf(&self->make, NODE_OPERATOR, FIELD_OPERATOR, self->now.start, self->now.end);
    advance(self);
    Expr value = parse_tuple_or_yield(self, 309);
    refuse_lone_star(self, &value);
}

// What follows the first expression of a statement, which has `mark` events before it.
static void parse_assignments(Parser *self, Expr value, uint32_t mark) {
    if (is_at(self, LEX_COLON)) {
        parse_annotated(self, &value, mark);
        return;
    }
    if (is_augmented(self->now.kind)) {
        parse_augmented(self, &value, mark);
        return;
    }
    bool is_list = last_kind(&self->make) == NODE_EXPRESSION_LIST;
    // The grammar puts a list's elements right below the statement.
    if (is_list && !is_at(self, LEX_ASSIGN)) self->make.nodes.len--;
    while (is_at(self, LEX_ASSIGN)) {
        self->may_import_future = false;
        take_target(self, &value, mark, TARGET_ASSIGN);
        begin_infix(&self->make, 0, NODE_ASSIGNMENT, PRECEDENCE_ASSIGNMENT);
        advance(self);
        mark = self->events.len;
        value = parse_tuple_or_yield(self, ANY_VERSION);
    }
    refuse_lone_star(self, &value);
}

// The grammar knows Python 2's statements of that name.
static bool is_old_statement(const Parser *self, Lex first) {
    Str word = parser_text(self, first.start, first.end);
    if (!str_is(word, "print") && !str_is(word, "exec")) return false;
    Lexeme next = kind_behind(self);
    return next != LEX_LPAREN && next != LEX_DOT && next != LEX_NEWLINE && next != LEX_ASSIGN;
}

// The grammar takes `type(x).y = z` for a type alias.
static bool starts_with_type(const Parser *self, Lex first, const Expr *value) {
    bool is_more = value->end > first.end;
    return is_more && str_is(parser_text(self, first.start, first.end), "type");
}

static void parse_expression_statement(Parser *self) {
    uint32_t mark = self->events.len, nodes = nodes_mark(&self->make);
    Lex first = self->now;
    bool is_docstring = self->is_first_statement;
    self->is_first_statement = false;
    if (is_at(self, LEX_NAME)) self->make.is_unsure |= is_old_statement(self, first);
    Expr value = parse_tuple_or_yield(self, ANY_VERSION);
    bool is_type = value.kind == EXPR_NAME && !value.in_parens && is_at(self, LEX_NAME) &&
                   str_is(parser_text(self, first.start, first.end), "type");
    if (is_type) {
        self->events.len = mark;
        self->make.nodes.len = nodes;
        parse_type_alias(self, first.start);
        return;
    }
    if (value.kind != EXPR_STRING || !is_docstring) self->may_import_future = false;
    bool is_assigned = is_at(self, LEX_ASSIGN) || is_at(self, LEX_COLON);
    self->make.is_unsure |= is_assigned && starts_with_type(self, first, &value);
    parse_assignments(self, value, mark);
    complete_operations(&self->make, 0, PRECEDENCE_NONE);
    end_node(self, NODE_EXPRESSION_STATEMENT, nodes, first.start);
}

static void parse_del(Parser *self) {
    advance(self);
    uint32_t mark = self->events.len;
    Expr targets = parse_target_list(self);
    if (targets.kind == EXPR_STAR)
        refuse_meaning(self, targets.start, targets.end, "a starred expression cannot be deleted");
    else
        take_target(self, &targets, mark, TARGET_DELETE);
}

static bool at_statement_end(const Parser *self) {
    return is_at(self, LEX_NEWLINE) || is_at(self, LEX_SEMICOLON) || is_at(self, LEX_END);
}

static void parse_return(Parser *self) {
    Lex keyword = self->now;
    advance(self);
    if (self->around.in_except_star_body)
        refuse_meaning(self, keyword.start, keyword.end, "`return` in an `except*` block");
    bool has_value = !at_statement_end(self);
    if (has_value) {
        Expr value = parse_tuple(self, 308);
        refuse_lone_star(self, &value);
    }
    record(self, has_value ? EVENT_RETURN_VALUE : EVENT_RETURN, self->scope, keyword.start,
           self->last_end);
}

static void parse_raise(Parser *self) {
    advance(self);
    if (at_statement_end(self)) return;
    parse_test(self);
    if (!accept(self, LEX_FROM)) return;
    parse_test(self);
    set_field(&self->make, FIELD_CAUSE);
}

static void parse_assert(Parser *self) {
    advance(self);
    parse_test(self);
    if (accept(self, LEX_COMMA)) parse_test(self);
}

static void parse_jump(Parser *self) {
    Lex keyword = self->now;
    advance(self);
    const char *word = keyword.kind == LEX_BREAK ? "break" : "continue";
    if (!self->around.in_loop)
        refuse(self, REFUSED_MEANING, keyword.start, keyword.end,
               self->around.in_dead_branch ? 308 : ANY_VERSION, NO_VERSION, "`%s` outside a loop",
               word);
    else if (self->around.in_except_star)
        refuse(self, REFUSED_MEANING, keyword.start, keyword.end, ANY_VERSION, NO_VERSION,
               "`%s` in an `except*` block", word);
    else if (self->around.in_finally && keyword.kind == LEX_CONTINUE)
        since(self, 308, keyword.start, keyword.end, "`continue` in a `finally` block");
}

static void parse_declaration(Parser *self) {
    Lex keyword = self->now;
    advance(self);
    do {
        Lex name = self->now;
        if (!expect(self, LEX_NAME, "a name")) return;
        add_leaf(&self->make, NODE_IDENTIFIER, FIELD_NONE, name.start, name.end);
        record(self, keyword.kind == LEX_GLOBAL ? EVENT_GLOBAL : EVENT_NONLOCAL, self->scope,
               name.start, name.end);
    } while (accept(self, LEX_COMMA));
}

// ---- Simple statements ----

// One that begins with a keyword; its kind.
static NodeKind parse_keyword_statement(Parser *self) {
    switch (self->now.kind) {
    case LEX_DEL: parse_del(self); return NODE_DELETE_STATEMENT;
    case LEX_RETURN: parse_return(self); return NODE_RETURN_STATEMENT;
    case LEX_RAISE: parse_raise(self); return NODE_RAISE_STATEMENT;
    case LEX_ASSERT: parse_assert(self); return NODE_ASSERT_STATEMENT;
    case LEX_PASS: advance(self); return NODE_PASS_STATEMENT;
    case LEX_BREAK: parse_jump(self); return NODE_BREAK_STATEMENT;
    case LEX_CONTINUE: parse_jump(self); return NODE_CONTINUE_STATEMENT;
    case LEX_GLOBAL: parse_declaration(self); return NODE_GLOBAL_STATEMENT;
    case LEX_NONLOCAL: parse_declaration(self); return NODE_NONLOCAL_STATEMENT;
    case LEX_IMPORT: parse_import(self); return NODE_IMPORT_STATEMENT;
    case LEX_FROM: return parse_import_from(self);
    default: return NODE_SKIPPED;
    }
}

static void parse_simple_statement(Parser *self) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    bool is_from = is_at(self, LEX_FROM);
    if (is_from) self->is_first_statement = false;
    NodeKind kind = parse_keyword_statement(self);
    if (kind == NODE_SKIPPED) {
        parse_expression_statement(self);
        return;
    }
    end_node(self, kind, nodes, start);
    if (!is_from) self->may_import_future = false;
}

static void parse_simple_line(Parser *self) {
    do {
        if (is_at(self, LEX_NEWLINE)) break;
        parse_simple_statement(self);
    } while (accept(self, LEX_SEMICOLON));
    if (!accept(self, LEX_NEWLINE)) refuse_now(self);
}

static void parse_indented(Parser *self, uint32_t *start, const char *after) {
    if (!is_at(self, LEX_INDENT)) {
        lexer_refuse(&self->lexer, REFUSED_INDENTATION, self->now.start, self->now.end,
                     "no indented block behind `%s`", after);
        self->now.kind = LEX_END;
        return;
    }
    // Up to 3.9 such a line is not indented.
    if (self->lexer.is_joined)
        refuse(self, REFUSED_INDENTATION, self->now.start, self->now.end, ANY_VERSION, 310,
               "no indented block behind `%s`", after);
    advance(self);
    *start = self->now.start;
    do {
        parse_statement(self);
    } while (!is_at(self, LEX_DEDENT) && !is_at(self, LEX_END));
    accept(self, LEX_DEDENT);
}

// A node that ends with the last one inside it.
void end_with_last(Parser *self, NodeKind kind, uint32_t nodes, uint32_t start) {
    if (self->make.nodes.len == 0) return;
    add_node(&self->make, kind, nodes, start, last_node(&self->make)->end);
}

void parse_block(Parser *self, const char *after) {
    uint32_t nodes = nodes_mark(&self->make);
    if (!expect(self, LEX_COLON, "`:`")) return;
    uint32_t start = self->now.start;
    if (accept(self, LEX_NEWLINE)) {
        parse_indented(self, &start, after);
    } else {
        if (is_at(self, LEX_SEMICOLON)) refuse_now(self);
        parse_simple_line(self);
    }
    end_with_last(self, NODE_BLOCK, nodes, start);
}

// ---- Compound statements ----

// The compiler's table of open loops, handlers and context managers has 20 places, 21 since 3.13.
static void enter_blocks(Parser *self, uint32_t count) {
    enum { MOST = 20 };
    uint32_t before = self->around.nested_blocks;
    self->around.nested_blocks += count;
    for (uint32_t level = MOST + 1; level <= MOST + 2; level++)
        if (before < level && self->around.nested_blocks >= level)
            refuse(self, REFUSED_DEPTH, self->last_end, self->last_end,
                   level == MOST + 1 ? ANY_VERSION : 313, level == MOST + 1 ? 313 : NO_VERSION,
                   "more than %u loops, handlers and context managers inside each other",
                   level - 1);
}

// Before 3.8 a branch that can never run is not looked at. Whether a condition without names is
// true is not worked out: either branch may be the one.
static bool enter_branch(Parser *self, uint32_t condition_mark) {
    bool before = self->around.in_dead_branch;
    bool has_names = false;
    for (uint32_t i = condition_mark; i < self->events.len; i++)
        has_names |= !str_is(parser_text(self, self->events.at[i].start, self->events.at[i].end),
                             "__debug__");
    self->around.in_dead_branch |= !has_names;
    return before;
}

// Whether there is one.
static bool parse_else(Parser *self) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    if (!accept(self, LEX_ELSE)) return false;
    parse_block(self, "else");
    set_field(&self->make, FIELD_BODY);
    end_with_last(self, NODE_ELSE_CLAUSE, nodes, start);
    return true;
}

static void parse_loop_body(Parser *self, const char *after) {
    Surroundings outer = self->around;
    self->around.in_loop = true;
    self->around.in_finally = self->around.in_except_star = false;
    enter_blocks(self, 1);
    parse_block(self, after);
    self->around = outer;
    set_field(&self->make, FIELD_BODY);
    if (parse_else(self)) set_field(&self->make, FIELD_ALTERNATIVE);
}

// From the keyword of `if` or `elif` on; what enter_branch() says.
static bool parse_branch(Parser *self, const char *keyword) {
    advance(self);
    uint32_t mark = self->events.len;
    parse_named_test(self);
    set_field(&self->make, FIELD_CONDITION);
    bool in_dead_branch = enter_branch(self, mark);
    parse_block(self, keyword);
    set_field(&self->make, FIELD_CONSEQUENCE);
    return in_dead_branch;
}

static void parse_if(Parser *self) {
    bool in_dead_branch = parse_branch(self, "if");
    while (is_at(self, LEX_ELIF)) {
        uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
        parse_branch(self, "elif");
        end_with_last(self, NODE_ELIF_CLAUSE, nodes, start);
        set_field(&self->make, FIELD_ALTERNATIVE);
    }
    if (parse_else(self)) set_field(&self->make, FIELD_ALTERNATIVE);
    self->around.in_dead_branch = in_dead_branch;
}

static void parse_while(Parser *self) {
    advance(self);
    uint32_t mark = self->events.len;
    parse_named_test(self);
    set_field(&self->make, FIELD_CONDITION);
    bool in_dead_branch = enter_branch(self, mark);
    parse_loop_body(self, "while");
    self->around.in_dead_branch = in_dead_branch;
}

void parse_for(Parser *self) {
    advance(self);
    uint32_t mark = self->events.len;
    Expr target = parse_target_list(self);
    take_target(self, &target, mark, TARGET_FOR);
    set_field(&self->make, FIELD_LEFT);
    if (!expect(self, LEX_IN, "`in`")) return;
    Expr iterable = parse_tuple(self, 309);
    set_field(&self->make, FIELD_RIGHT);
    refuse_lone_star(self, &iterable);
    parse_loop_body(self, "for");
}

static void parse_with_item(Parser *self) {
    parse_test(self);
    if (is_at(self, LEX_AS)) parse_as_target(self, parse_target_list_item);
}

static void end_with_item(Parser *self) {
    set_field(&self->make, FIELD_VALUE);
    surround_last(&self->make, NODE_WITH_ITEM);
}

// The first item, or all of them in parentheses.
static void parse_with_items(Parser *self) {
    uint32_t start = self->now.start;
    self->with_allows_as = is_at(self, LEX_LPAREN);
    self->has_with_items = false;
    Expr first = parse_test(self);
    self->with_allows_as = false;
    if (self->has_with_items) {
        since(self, 309, start, first.end, "context managers in parentheses");
        if (first.kind != EXPR_WITH_ITEMS || !is_at(self, LEX_COLON)) refuse_now(self);
    } else if (is_at(self, LEX_AS)) {
        parse_as_target(self, parse_target_list_item);
    }
}

void parse_with(Parser *self) {
    advance(self);
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    parse_with_items(self);
    uint32_t items = 1;
    if (last_kind(&self->make) != NODE_WITH_CLAUSE) {
        end_with_item(self);
        for (; accept(self, LEX_COMMA); items++) {
            parse_with_item(self);
            end_with_item(self);
        }
        end_node(self, NODE_WITH_CLAUSE, nodes, start);
    }
    enter_blocks(self, items);
    parse_block(self, "with");
    set_field(&self->make, FIELD_BODY);
    self->around.nested_blocks -= items;
}

typedef struct Handlers {
    uint32_t count;
    bool is_star, has_bare; // `except*`, `except:`
    uint32_t bare_start, bare_end;
} Handlers;

static void parse_exception_name(Parser *self, uint32_t nodes, uint32_t start) {
    note_loose_value(&self->make);
    Lex name = parse_name(self);
    store_name(self, name, EVENT_STORE, self->scope);
    surround_last(&self->make, NODE_AS_PATTERN_TARGET);
    set_field(&self->make, FIELD_ALIAS);
    end_node(self, NODE_AS_PATTERN, nodes, start);
}

// What a handler is for.
static void parse_exceptions(Parser *self) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    parse_test(self);
    if (is_at(self, LEX_COMMA)) {
        uint32_t comma = self->now.start;
        set_field(&self->make, FIELD_VALUE);
        while (accept(self, LEX_COMMA)) {
            parse_test(self);
            set_field(&self->make, FIELD_VALUE);
        }
        since(self, 314, comma, comma + 1, "several exceptions without parentheses");
        return;
    }
    if (accept(self, LEX_AS)) parse_exception_name(self, nodes, start);
    set_field(&self->make, FIELD_VALUE);
}

static void parse_handler(Parser *self, Handlers *all) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    advance(self);
    bool is_star = accept(self, LEX_STAR);
    if (is_star)
        add_leaf(&self->make, NODE_OPERATOR, FIELD_NONE, self->last_end - 1, self->last_end);
    if (is_star) since(self, 311, start, self->last_end, "`except*`");
    if (all->count++ > 0 && is_star != all->is_star)
        refuse(self, REFUSED_SYNTAX, start, self->last_end, ANY_VERSION, NO_VERSION,
               "`except` and `except*` on one `try`");
    all->is_star = is_star;
    if (all->has_bare) {
        refuse(self, REFUSED_SYNTAX, all->bare_start, all->bare_end, ANY_VERSION, NO_VERSION,
               "`except:` before other handlers");
        all->has_bare = false;
    }
    if (is_star || !is_at(self, LEX_COLON)) {
        parse_exceptions(self);
    } else {
        all->has_bare = true;
        all->bare_start = start;
        all->bare_end = self->last_end;
    }
    bool in_star = self->around.in_except_star, in_body = self->around.in_except_star_body;
    self->around.in_except_star |= is_star;
    self->around.in_except_star_body |= is_star;
    enter_blocks(self, 1);
    parse_block(self, "except");
    end_with_last(self, NODE_EXCEPT_CLAUSE, nodes, start);
    self->around.nested_blocks--;
    self->around.in_except_star = in_star;
    self->around.in_except_star_body = in_body;
}

// Whether there is one.
static bool parse_finally(Parser *self) {
    uint32_t start = self->now.start, nodes = nodes_mark(&self->make);
    if (!accept(self, LEX_FINALLY)) return false;
    bool in_finally = self->around.in_finally;
    self->around.in_finally = true;
    enter_blocks(self, 1);
    parse_block(self, "finally");
    end_with_last(self, NODE_FINALLY_CLAUSE, nodes, start);
    self->around.nested_blocks--;
    self->around.in_finally = in_finally;
    return true;
}

static void parse_try(Parser *self) {
    Handlers handlers = {0};
    advance(self);
    enter_blocks(self, 1);
    parse_block(self, "try");
    set_field(&self->make, FIELD_BODY);
    self->around.nested_blocks--;
    while (is_at(self, LEX_EXCEPT))
        parse_handler(self, &handlers);
    if (handlers.count > 0) parse_else(self);
    if (parse_finally(self) || handlers.count > 0) return;
    expect(self, LEX_EXCEPT, "`except` or `finally`");
}

// Whether the logical line that begins with the word `match` ends with a colon: no expression does.
static bool is_match_statement(const Parser *self) {
    Lexeme next = kind_behind(self);
    if (next == LEX_ASSIGN || next == LEX_DOT || next == LEX_COMMA || next == LEX_COLON ||
        next == LEX_NEWLINE || next == LEX_RPAREN || next == LEX_END)
        return false;
    Refusals nowhere = {0};
    Lexer ahead = self->lexer;
    ahead.refusals = &nowhere;
    Lexeme last = LEX_NAME;
    for (;;) {
        Lex token = lexer_next(&ahead);
        if (token.kind == LEX_NEWLINE || token.kind == LEX_END) return last == LEX_COLON;
        if (token.kind == LEX_FSTRING) lexer_skip_fstring(&ahead, token);
        last = token.kind;
    }
}

// The statement's kind; NODE_SKIPPED for one that is not compound.
static NodeKind parse_compound(Parser *self) {
    switch (self->now.kind) {
    case LEX_IF: parse_if(self); return NODE_IF_STATEMENT;
    case LEX_WHILE: parse_while(self); return NODE_WHILE_STATEMENT;
    case LEX_FOR: parse_for(self); return NODE_FOR_STATEMENT;
    case LEX_TRY: parse_try(self); return NODE_TRY_STATEMENT;
    case LEX_WITH: parse_with(self); return NODE_WITH_STATEMENT;
    case LEX_DEF: parse_def(self, false); return NODE_FUNCTION_DEFINITION;
    case LEX_CLASS: parse_class(self); return NODE_CLASS_DEFINITION;
    case LEX_ASYNC: return parse_async(self);
    case LEX_AT: parse_decorated(self); return NODE_DECORATED_DEFINITION;
    default: return NODE_SKIPPED;
    }
}

static void parse_statement_from(Parser *self, uint32_t nodes) {
    Lex first = self->now;
    if (first.kind != LEX_FROM && first.kind != LEX_STRING) self->may_import_future = false;
    NodeKind kind = parse_compound(self);
    if (kind != NODE_SKIPPED) {
        end_with_last(self, kind, nodes, first.start);
        return;
    }
    if (is_word(self, "match") && is_match_statement(self)) {
        parse_match(self);
        return;
    }
    parse_simple_line(self);
}

// Where nobody wants the tree, a statement's nodes go as soon as it is over.
static void parse_statement(Parser *self) {
    uint32_t nodes = nodes_mark(&self->make);
    parse_statement_from(self, nodes);
    if (!self->make.is_wanted) self->make.nodes.len = nodes;
}

void parse_file(Parser *self) {
    advance(self);
    while (!is_at(self, LEX_END)) {
        parse_statement(self);
        self->make.is_wanted = self->make.is_wanted && is_understood(self);
        if (self->make.is_wanted) place_statement(&self->make);
    }
}
