#include "python/compiler/parser.h"

void advance(Parser *self) {
    self->last_end = self->now.end;
    self->now = lexer_next(&self->lexer);
}

bool accept(Parser *self, Lexeme kind) {
    if (self->now.kind != kind) return false;
    advance(self);
    return true;
}

const char *lex_text(Parser *self, Lex token) {
    switch (token.kind) {
    case LEX_END: return "the end of the file";
    case LEX_NEWLINE: return "the end of the line";
    case LEX_INDENT: return "an indented line";
    case LEX_DEDENT: return "the end of the block";
    case LEX_STRING:
    case LEX_FSTRING: return "a string";
    default: break;
    }
    Str text = parser_text(self, token.start, token.end);
    if (text.len > 40) return token.kind == LEX_NUMBER ? "a number" : "a name";
    return str_c(self->arena, str_format(self->arena, "`%.*s`", STR_ARG(text)));
}

void refuse_now(Parser *self) {
    Lex token = self->now;
    RefusalKind kind = token.kind == LEX_INDENT ? REFUSED_INDENTATION : REFUSED_SYNTAX;
    lexer_refuse(&self->lexer, kind, token.start, token.end, "%s does not fit here",
                 lex_text(self, token));
    self->now = (Lex){LEX_END, token.start, token.start};
}

bool expect(Parser *self, Lexeme kind, const char *what) {
    if (accept(self, kind)) return true;
    Lex token = self->now;
    lexer_refuse(&self->lexer, REFUSED_SYNTAX, token.start, token.end, "%s where %s is expected",
                 lex_text(self, token), what);
    self->now = (Lex){LEX_END, token.start, token.start};
    return false;
}

Lexeme kind_behind(const Parser *self) {
    Refusals nowhere = {0};
    Lexer ahead = self->lexer;
    ahead.refusals = &nowhere;
    return lexer_next(&ahead).kind;
}

bool is_word(const Parser *self, const char *text) {
    return self->now.kind == LEX_NAME &&
           str_is(parser_text(self, self->now.start, self->now.end), text);
}

void refuse(Parser *self, RefusalKind kind, uint32_t start, uint32_t end, int from, int before,
            const char *format, ...) {
    if (self->lexer.is_over) return;
    va_list arguments;
    va_start(arguments, format);
    refusals_add(self->refusals, self->arena,
                 (Refusal){start, end, (uint8_t)kind, (uint16_t)from, (uint16_t)before}, format,
                 arguments);
    va_end(arguments);
}

void since(Parser *self, int version, uint32_t start, uint32_t end, const char *construct) {
    if (version == ANY_VERSION) return;
    refuse(self, REFUSED_OLD, start, end, ANY_VERSION, version, "%s", construct);
}

void record(Parser *self, EventKind kind, uint32_t scope, uint32_t start, uint32_t end) {
    vec_push(self->arena, &self->events,
             (Event){.start = start,
                     .end = end,
                     .scope = scope,
                     .kind = (uint8_t)kind,
                     .zone = self->zone,
                     .is_dead = self->around.in_dead_branch,
                     .brackets = self->trailer_depth});
}

uint32_t open_scope(Parser *self, ScopeKind kind, uint32_t parent, bool is_async) {
    vec_push(
        self->arena, &self->scopes,
        (Scope){.parent = parent, .kind = (uint8_t)kind, .is_async = is_async, .zone = self->zone});
    return self->scopes.len - 1;
}

bool is_understood(Parser *self) {
    if (self->lexer.is_over || self->make.is_unsure) return false;
    for (; self->judged < self->refusals->list.len; self->judged++)
        if (self->refusals->list.at[self->judged].kind <= REFUSED_MEANING) return false;
    return true;
}

// About as many as most texts have, or a few more.
static uint32_t expected_nodes(Str text, const Tokens *tokens) {
    return (tokens == NULL ? text.len / 4 : tokens->count + tokens->count / 8) + 16;
}

void compiler_check(Refusals *self, Tree *tree, Arena *arena, Str text, const Tokens *tokens) {
    *self = (Refusals){0};
    Parser parser = {.arena = arena,
                     .refusals = self,
                     .may_import_future = true,
                     .is_first_statement = true,
                     .make = {.arena = arena, .is_wanted = tree != NULL},
                     .type_start = UINT32_MAX};
    if (tree != NULL) begin_module(&parser.make, text.len, expected_nodes(text, tokens));
    // More than most texts need: what is not touched costs nothing.
    vec_reserve(arena, &parser.events, text.len / 16 + 16);
    lexer_init(&parser.lexer, arena, self, text, tokens);
    open_scope(&parser, SCOPE_MODULE, 0, false);
    parse_file(&parser);
    if (!parser.lexer.is_over) check_scopes(&parser);
    // What was touched most comes last: it is used again first.
    vec_give_back(arena, &parser.make.nodes);
    vec_give_back(arena, &parser.make.operations);
    vec_give_back(arena, &parser.scopes);
    vec_give_back(arena, &parser.events);
    if (tree == NULL) return;
    *tree = (Tree){0};
    if (is_understood(&parser))
        *tree = (Tree){.nodes = parser.make.done.at, .count = parser.make.done.len};
    else
        vec_give_back(arena, &parser.make.done);
}
