// Statements and blocks.

#include "python/compiler/parser.h"

#include "base/map.h"

static void parse_statement(Parser *self);

static void refuse_meaning(Parser *self, uint32_t start, uint32_t end, const char *what) {
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
    advance(self);
    uint8_t zone = enter_annotation(self, false);
    if (self->zone == zone && self->scopes.at[self->scope].kind == SCOPE_FUNCTION)
        self->zone = ZONE_UNCOMPILED;
    parse_test(self);
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
    advance(self);
    Expr value = parse_tuple_or_yield(self, 309);
    refuse_lone_star(self, &value);
}

// `type X = …` and `type X[T] = …`, from the name on.
static void parse_type_alias(Parser *self, uint32_t start);

static void parse_expression_statement(Parser *self) {
    uint32_t mark = self->events.len;
    Lex first = self->now;
    bool is_docstring = self->is_first_statement;
    self->is_first_statement = false;
    Expr value = parse_tuple_or_yield(self, ANY_VERSION);
    bool is_type = value.kind == EXPR_NAME && !value.in_parens && is_at(self, LEX_NAME) &&
                   str_is(parser_text(self, first.start, first.end), "type");
    if (is_type) {
        self->events.len = mark;
        parse_type_alias(self, first.start);
        return;
    }
    if (value.kind != EXPR_STRING || !is_docstring) self->may_import_future = false;
    if (is_at(self, LEX_COLON)) {
        parse_annotated(self, &value, mark);
        return;
    }
    if (is_augmented(self->now.kind)) {
        parse_augmented(self, &value, mark);
        return;
    }
    while (is_at(self, LEX_ASSIGN)) {
        self->may_import_future = false;
        take_target(self, &value, mark, TARGET_ASSIGN);
        advance(self);
        mark = self->events.len;
        value = parse_tuple_or_yield(self, ANY_VERSION);
    }
    refuse_lone_star(self, &value);
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
    if (accept(self, LEX_FROM)) parse_test(self);
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
        record(self, keyword.kind == LEX_GLOBAL ? EVENT_GLOBAL : EVENT_NONLOCAL, self->scope,
               name.start, name.end);
    } while (accept(self, LEX_COMMA));
}

// ---- Imports ----

static Lex parse_dotted_name(Parser *self) {
    Lex first = self->now;
    expect(self, LEX_NAME, "a name");
    while (accept(self, LEX_DOT))
        expect(self, LEX_NAME, "a name");
    return first;
}

// `as name`, or `bound` itself.
static void parse_alias(Parser *self, Lex bound) {
    if (accept(self, LEX_AS)) {
        bound = self->now;
        if (!expect(self, LEX_NAME, "a name")) return;
    }
    store_name(self, bound, EVENT_IMPORT, self->scope);
}

static void parse_import(Parser *self) {
    advance(self);
    do {
        parse_alias(self, parse_dotted_name(self));
    } while (accept(self, LEX_COMMA));
}

static bool is_future_feature(Str name) {
    static const char *const features[] = {
        "nested_scopes",  "generators",       "division",       "absolute_import", "with_statement",
        "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop",  "annotations"};
    for (uint32_t i = 0; i < sizeof features / sizeof features[0]; i++)
        if (str_is(name, features[i])) return true;
    return false;
}

static void parse_imported_name(Parser *self, bool is_future) {
    Lex name = self->now;
    if (!expect(self, LEX_NAME, "a name")) return;
    Str text = parser_text(self, name.start, name.end);
    if (is_future && !is_future_feature(text))
        refuse(self, REFUSED_MEANING, name.start, name.end, ANY_VERSION, NO_VERSION,
               "`__future__` has no feature `%.*s`", STR_ARG(text));
    self->has_future_annotations |= is_future && str_is(text, "annotations");
    parse_alias(self, name);
}

static void parse_import_from(Parser *self) {
    uint32_t start = self->now.start;
    advance(self);
    bool is_relative = false;
    while (accept(self, LEX_DOT) || accept(self, LEX_ELLIPSIS))
        is_relative = true;
    bool is_future = !is_relative && is_word(self, "__future__");
    if (!is_relative || !is_at(self, LEX_IMPORT)) {
        uint32_t name_start = self->now.start;
        parse_dotted_name(self);
        is_future &= self->last_end - name_start == strlen("__future__");
    }
    if (is_future && !(self->may_import_future && self->scope == 0))
        refuse_meaning(self, start, self->last_end, "a `__future__` import that is not at the top");
    if (!is_future) self->may_import_future = false;
    if (!expect(self, LEX_IMPORT, "`import`")) return;
    if (is_at(self, LEX_STAR)) {
        record(self, EVENT_IMPORT_STAR, self->scope, self->now.start, self->now.end);
        if (is_future)
            refuse_meaning(self, self->now.start, self->now.end, "`__future__` has no feature `*`");
        advance(self);
        return;
    }
    bool has_parens = accept(self, LEX_LPAREN);
    do {
        parse_imported_name(self, is_future);
    } while (accept(self, LEX_COMMA) && !(has_parens && is_at(self, LEX_RPAREN)));
    if (has_parens) expect(self, LEX_RPAREN, "`)` or `,`");
}

// ---- Simple statements ----

static void parse_simple_statement(Parser *self) {
    Lexeme kind = self->now.kind;
    if (kind == LEX_FROM) self->is_first_statement = false;
    switch (kind) {
    case LEX_DEL: parse_del(self); break;
    case LEX_RETURN: parse_return(self); break;
    case LEX_RAISE: parse_raise(self); break;
    case LEX_ASSERT: parse_assert(self); break;
    case LEX_PASS: advance(self); break;
    case LEX_BREAK:
    case LEX_CONTINUE: parse_jump(self); break;
    case LEX_GLOBAL:
    case LEX_NONLOCAL: parse_declaration(self); break;
    case LEX_IMPORT: parse_import(self); break;
    case LEX_FROM: parse_import_from(self); break;
    default: parse_expression_statement(self); return;
    }
    if (kind != LEX_FROM) self->may_import_future = false;
}

static void parse_simple_line(Parser *self) {
    do {
        if (is_at(self, LEX_NEWLINE)) break;
        parse_simple_statement(self);
    } while (accept(self, LEX_SEMICOLON));
    if (!accept(self, LEX_NEWLINE)) refuse_now(self);
}

void parse_block(Parser *self, const char *after) {
    if (!expect(self, LEX_COLON, "`:`")) return;
    if (!accept(self, LEX_NEWLINE)) {
        if (is_at(self, LEX_SEMICOLON)) refuse_now(self);
        parse_simple_line(self);
        return;
    }
    if (!is_at(self, LEX_INDENT)) {
        lexer_refuse(&self->lexer, REFUSED_INDENTATION, self->now.start, self->now.end,
                     "no indented block behind `%s`", after);
        self->now.kind = LEX_END;
        return;
    }
    advance(self);
    do {
        parse_statement(self);
    } while (!is_at(self, LEX_DEDENT) && !is_at(self, LEX_END));
    accept(self, LEX_DEDENT);
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

static void parse_loop_body(Parser *self, const char *after) {
    Surroundings outer = self->around;
    self->around.in_loop = true;
    self->around.in_finally = self->around.in_except_star = false;
    enter_blocks(self, 1);
    parse_block(self, after);
    self->around = outer;
    if (accept(self, LEX_ELSE)) parse_block(self, "else");
}

static void parse_if(Parser *self) {
    advance(self);
    uint32_t mark = self->events.len;
    parse_named_test(self);
    bool in_dead_branch = enter_branch(self, mark);
    parse_block(self, "if");
    while (accept(self, LEX_ELIF)) {
        mark = self->events.len;
        parse_named_test(self);
        enter_branch(self, mark);
        parse_block(self, "elif");
    }
    if (accept(self, LEX_ELSE)) parse_block(self, "else");
    self->around.in_dead_branch = in_dead_branch;
}

static void parse_while(Parser *self) {
    advance(self);
    uint32_t mark = self->events.len;
    parse_named_test(self);
    bool in_dead_branch = enter_branch(self, mark);
    parse_loop_body(self, "while");
    self->around.in_dead_branch = in_dead_branch;
}

static void parse_for(Parser *self) {
    advance(self);
    uint32_t mark = self->events.len;
    Expr target = parse_target_list(self);
    take_target(self, &target, mark, TARGET_FOR);
    if (!expect(self, LEX_IN, "`in`")) return;
    Expr iterable = parse_tuple(self, 309);
    refuse_lone_star(self, &iterable);
    parse_loop_body(self, "for");
}

static void parse_with_item(Parser *self) {
    parse_test(self);
    if (!accept(self, LEX_AS)) return;
    uint32_t mark = self->events.len;
    Expr target = parse_target_list_item(self);
    take_target(self, &target, mark, TARGET_WITH);
}

static void parse_with(Parser *self) {
    advance(self);
    uint32_t start = self->now.start;
    self->with_allows_as = is_at(self, LEX_LPAREN);
    self->has_with_items = false;
    Expr first = parse_test(self);
    self->with_allows_as = false;
    if (self->has_with_items) {
        since(self, 309, start, first.end, "context managers in parentheses");
        if (first.kind != EXPR_WITH_ITEMS || !is_at(self, LEX_COLON)) refuse_now(self);
    } else if (accept(self, LEX_AS)) {
        uint32_t target_mark = self->events.len;
        Expr target = parse_target_list_item(self);
        take_target(self, &target, target_mark, TARGET_WITH);
    }
    uint32_t items = 1;
    for (; accept(self, LEX_COMMA); items++)
        parse_with_item(self);
    enter_blocks(self, items);
    parse_block(self, "with");
    self->around.nested_blocks -= items;
}

typedef struct Handlers {
    uint32_t count;
    bool is_star, has_bare; // `except*`, `except:`
    uint32_t bare_start, bare_end;
} Handlers;

static void parse_handler(Parser *self, Handlers *all) {
    uint32_t start = self->now.start;
    advance(self);
    bool is_star = accept(self, LEX_STAR);
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
        parse_test(self);
        if (is_at(self, LEX_COMMA)) {
            uint32_t comma = self->now.start;
            while (accept(self, LEX_COMMA))
                parse_test(self);
            since(self, 314, comma, comma + 1, "several exceptions without parentheses");
        } else if (accept(self, LEX_AS)) {
            Lex name = self->now;
            if (expect(self, LEX_NAME, "a name")) store_name(self, name, EVENT_STORE, self->scope);
        }
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
    self->around.nested_blocks--;
    self->around.in_except_star = in_star;
    self->around.in_except_star_body = in_body;
}

static void parse_try(Parser *self) {
    Handlers handlers = {0};
    advance(self);
    enter_blocks(self, 1);
    parse_block(self, "try");
    self->around.nested_blocks--;
    while (is_at(self, LEX_EXCEPT))
        parse_handler(self, &handlers);
    if (handlers.count > 0 && accept(self, LEX_ELSE)) parse_block(self, "else");
    bool has_finally = accept(self, LEX_FINALLY);
    if (has_finally) {
        bool in_finally = self->around.in_finally;
        self->around.in_finally = true;
        enter_blocks(self, 1);
        parse_block(self, "finally");
        self->around.nested_blocks--;
        self->around.in_finally = in_finally;
    }
    if (handlers.count > 0 || has_finally) return;
    expect(self, LEX_EXCEPT, "`except` or `finally`");
}

// ---- Definitions ----

// Whether there are any.
static bool parse_type_parameters(Parser *self) {
    uint32_t start = self->now.start;
    if (!accept(self, LEX_LBRACKET)) return false;
    Map names = {0};
    uint8_t zone = enter_annotation(self, true);
    since(self, 312, start, self->last_end, "type parameters");
    bool has_default = false;
    do {
        if (is_at(self, LEX_RBRACKET) && names.len > 0) break;
        uint32_t parameter = self->now.start;
        bool is_tuple = accept(self, LEX_STAR);
        bool is_plain = !is_tuple && !accept(self, LEX_POWER);
        Lex name = self->now;
        if (!expect(self, LEX_NAME, "a type parameter")) return true;
        Str text = parser_text(self, name.start, name.end);
        if (map_get(&names, text) != MAP_NONE)
            refuse(self, REFUSED_MEANING, name.start, name.end, ANY_VERSION, NO_VERSION,
                   "type parameter `%.*s` repeated", STR_ARG(text));
        map_put(self->arena, &names, text, 1);
        if (is_plain && accept(self, LEX_COLON)) parse_test(self);
        uint32_t equals = self->now.start;
        if (accept(self, LEX_ASSIGN)) {
            has_default = true;
            if (is_tuple)
                parse_star_or_test(self);
            else
                parse_test(self);
            since(self, 313, equals, self->last_end, "a type parameter's default");
        } else if (has_default) {
            refuse(self, REFUSED_SYNTAX, parameter, self->last_end, ANY_VERSION, NO_VERSION,
                   "a type parameter without default behind one with default");
        }
    } while (accept(self, LEX_COMMA));
    expect(self, LEX_RBRACKET, "`]` or `,`");
    self->zone = zone;
    return true;
}

static void parse_type_alias(Parser *self, uint32_t start) {
    self->may_import_future = false;
    Lex name = self->now;
    advance(self);
    store_name(self, name, EVENT_STORE, self->scope);
    parse_type_parameters(self);
    expect(self, LEX_ASSIGN, "`=`");
    uint8_t zone = enter_annotation(self, true);
    parse_test(self);
    self->zone = zone;
    since(self, 312, start, name.end, "a type alias statement");
}

// What a function or class body does not see of the loops and handlers around it.
static void parse_body(Parser *self, uint32_t scope, const char *after) {
    Surroundings outer = self->around;
    uint32_t outer_scope = self->scope;
    self->around = (Surroundings){.in_dead_branch = outer.in_dead_branch};
    self->scope = scope;
    parse_block(self, after);
    self->scope = outer_scope;
    self->around = outer;
}

static void parse_def(Parser *self, bool is_async) {
    advance(self);
    Lex name = self->now;
    if (!expect(self, LEX_NAME, "a function's name")) return;
    store_name(self, name, EVENT_STORE, self->scope);
    uint32_t scope = open_scope(self, SCOPE_FUNCTION, self->scope, is_async);
    bool is_generic = parse_type_parameters(self);
    if (!expect(self, LEX_LPAREN, "`(`")) return;
    parse_parameters(self, scope, LEX_RPAREN, is_generic);
    expect(self, LEX_RPAREN, "`)` or `,`");
    if (accept(self, LEX_ARROW)) {
        uint8_t zone = enter_annotation(self, is_generic);
        parse_test(self);
        self->zone = zone;
    }
    parse_body(self, scope, "def");
}

static void parse_class(Parser *self) {
    advance(self);
    Lex name = self->now;
    if (!expect(self, LEX_NAME, "a class's name")) return;
    store_name(self, name, EVENT_STORE, self->scope);
    uint32_t scope = open_scope(self, SCOPE_CLASS, self->scope, false);
    bool is_generic = parse_type_parameters(self);
    uint8_t zone = self->zone;
    if (is_generic) self->zone = ZONE_GENERIC;
    if (accept(self, LEX_LPAREN)) {
        self->trailer_depth++;
        parse_arguments(self, true);
        self->trailer_depth--;
    }
    self->zone = zone;
    parse_body(self, scope, "class");
}

static void parse_async(Parser *self) {
    Lex keyword = self->now;
    advance(self);
    if (is_at(self, LEX_DEF)) {
        parse_def(self, true);
        return;
    }
    bool is_for = is_at(self, LEX_FOR);
    if (!is_for && !is_at(self, LEX_WITH)) {
        refuse_now(self);
        return;
    }
    record(self, is_for ? EVENT_ASYNC_FOR : EVENT_ASYNC_WITH, self->scope, keyword.start,
           self->now.end);
    if (is_for)
        parse_for(self);
    else
        parse_with(self);
}

static void parse_decorated(Parser *self) {
    while (accept(self, LEX_AT)) {
        uint32_t start = self->now.start;
        Expr decorator = parse_named_test(self);
        if (!decorator.is_decorator)
            since(self, 309, start, self->last_end,
                  "a decorator that is more than a dotted name and a call");
        expect(self, LEX_NEWLINE, "the end of the line");
    }
    switch (self->now.kind) {
    case LEX_DEF: parse_def(self, false); break;
    case LEX_CLASS: parse_class(self); break;
    case LEX_ASYNC:
        if (kind_behind(self) == LEX_DEF) {
            parse_async(self);
            break;
        }
        // fall through
    default: refuse_now(self); break;
    }
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

static void parse_statement(Parser *self) {
    Lexeme kind = self->now.kind;
    bool is_compound = true;
    if (kind != LEX_FROM && kind != LEX_STRING) self->may_import_future = false;
    switch (kind) {
    case LEX_IF: parse_if(self); break;
    case LEX_WHILE: parse_while(self); break;
    case LEX_FOR: parse_for(self); break;
    case LEX_TRY: parse_try(self); break;
    case LEX_WITH: parse_with(self); break;
    case LEX_DEF: parse_def(self, false); break;
    case LEX_CLASS: parse_class(self); break;
    case LEX_ASYNC: parse_async(self); break;
    case LEX_AT: parse_decorated(self); break;
    default: is_compound = false; break;
    }
    if (is_compound) return;
    if (is_word(self, "match") && is_match_statement(self)) {
        Lex keyword = self->now;
        advance(self);
        parse_match(self, keyword);
        return;
    }
    parse_simple_line(self);
}

void parse_file(Parser *self) {
    advance(self);
    while (!is_at(self, LEX_END))
        parse_statement(self);
}
