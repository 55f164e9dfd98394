#include "python/shortcuts.h"

#include "python/signatures.h"

typedef struct Finder {
    Primaries primaries;
    VEC(Shortcut) found;
    uint32_t next_statement; // the token that would go on with the last shortcut's statements
} Finder;

typedef struct Line {
    uint32_t first, end; // tokens
    // Patterns, and what is behind an import, have dotted names instead of attributes.
    bool has_other_names;
    // In a type, what a name before "[" makes is not what an attribute before it makes.
    bool may_have_type;
} Line;

static const Token *token_at(const Finder *self, uint32_t index) {
    return &self->primaries.tokens[index];
}

static uint32_t next_token(const Finder *self, uint32_t index) {
    return primaries_next(&self->primaries, index);
}

// ---- Whole statements ----

// A value, perhaps with `await` before it; its last token.
static uint32_t add_awaited_value(Primaries *nodes, uint32_t first, NodeField field,
                                  uint32_t parent, uint32_t level) {
    uint32_t value = first;
    if (nodes->tokens[first].word == KEYWORD_AWAIT) {
        value = primaries_next(nodes, first);
        // `await (x)` may be a call of a function with that name.
        if (token_opens(&nodes->tokens[value])) return NO_TOKEN;
    }
    uint32_t last = value_end(nodes, value);
    if (last == NO_TOKEN) return NO_TOKEN;
    if (value == first) {
        add_value(nodes, value, true, field, parent, level);
        return last;
    }
    uint32_t await = add_node(nodes, NODE_AWAIT, field, first, last, parent);
    add_value(nodes, value, true, FIELD_NONE, await, level + 1);
    close_node(nodes, await, last);
    return last;
}

// Not a list, which is a pattern there.
static bool may_be_assigned_to(const Primaries *nodes, uint32_t first, uint32_t last) {
    if (token_opens(&nodes->tokens[first])) return false;
    const Token *token = &nodes->tokens[last];
    return token_is_name(token) || (first != last && token->word == OP_RIGHT_BRACKET);
}

// What is behind the target, which is before token `sign`.
static uint32_t add_assigned(Primaries *nodes, uint32_t sign, uint32_t assignment) {
    if (nodes->tokens[sign].word == OP_COLON) {
        uint32_t type = primaries_next(nodes, sign);
        uint32_t last = add_type(nodes, type, FIELD_TYPE, assignment, 2);
        if (last == NO_TOKEN) return NO_TOKEN;
        sign = primaries_next(nodes, last);
        if (nodes->tokens[sign].word != OP_ASSIGN) return last;
    }
    return add_awaited_value(nodes, primaries_next(nodes, sign), FIELD_RIGHT, assignment, 2);
}

static uint32_t add_expression_or_assignment(Primaries *nodes, uint32_t first, uint32_t root) {
    uint32_t end = value_end(nodes, first);
    if (end == NO_TOKEN) return add_awaited_value(nodes, first, FIELD_NONE, root, 1);
    uint32_t sign = primaries_next(nodes, end);
    uint8_t word = nodes->tokens[sign].word;
    if (word != OP_ASSIGN && word != OP_COLON)
        return add_awaited_value(nodes, first, FIELD_NONE, root, 1);
    if (!may_be_assigned_to(nodes, first, end)) return NO_TOKEN;
    uint32_t assignment = add_node(nodes, NODE_ASSIGNMENT, FIELD_NONE, first, end, root);
    add_value(nodes, first, true, FIELD_LEFT, assignment, 2);
    uint32_t last = add_assigned(nodes, sign, assignment);
    if (last != NO_TOKEN) close_node(nodes, assignment, last);
    return last;
}

// `return` and `raise`, alone or with a value.
static uint32_t add_with_value(Primaries *nodes, const Line *line, uint32_t root) {
    uint32_t next = primaries_next(nodes, line->first);
    return next == line->end ? line->first : add_awaited_value(nodes, next, FIELD_NONE, root, 1);
}

static NodeKind statement_kind(uint8_t word) {
    switch (word) {
    case KEYWORD_PASS: return NODE_PASS_STATEMENT;
    case KEYWORD_BREAK: return NODE_BREAK_STATEMENT;
    case KEYWORD_CONTINUE: return NODE_CONTINUE_STATEMENT;
    case KEYWORD_RETURN: return NODE_RETURN_STATEMENT;
    case KEYWORD_RAISE: return NODE_RAISE_STATEMENT;
    default: return NODE_EXPRESSION_STATEMENT;
    }
}

static uint32_t add_by_kind(Primaries *nodes, const Line *line) {
    uint32_t first = line->first;
    uint8_t word = nodes->tokens[first].word;
    if (word == KEYWORD_IMPORT || word == KEYWORD_FROM) return add_import(nodes, first);
    NodeKind kind = statement_kind(word);
    uint32_t root = add_node(nodes, kind, FIELD_NONE, first, first, nodes->nodes.len);
    uint32_t last = first;
    if (kind == NODE_EXPRESSION_STATEMENT)
        last = add_expression_or_assignment(nodes, first, root);
    else if (kind == NODE_RETURN_STATEMENT || kind == NODE_RAISE_STATEMENT)
        last = add_with_value(nodes, line, root);
    if (last != NO_TOKEN) close_node(nodes, root, last);
    return last;
}

// The line's last token but the one that ends it, where the line is one plain statement; else
// NO_TOKEN, and no node is added.
static uint32_t add_statement(Primaries *nodes, const Line *line) {
    uint32_t start = nodes->nodes.len;
    uint32_t last = add_by_kind(nodes, line);
    if (last != NO_TOKEN && primaries_next(nodes, last) == line->end) return last;
    nodes->nodes.len = start;
    return NO_TOKEN;
}

// Adds the line to the plain statements before it or begins new ones; false where it is none.
static bool find_statement(Finder *self, const Line *line) {
    Primaries *nodes = &self->primaries;
    bool goes_on = self->found.len > 0 && self->next_statement == line->first;
    Shortcut shortcut = {.first = line->first, .node = nodes->nodes.len, .are_statements = true};
    if (!goes_on) nodes->depth = 0;
    uint32_t last = add_statement(nodes, line);
    if (last == NO_TOKEN) return false;
    if (!goes_on) vec_push(nodes->arena, &self->found, shortcut);
    Shortcut *found = &vec_last(&self->found);
    found->last = last;
    found->node_count = nodes->nodes.len - found->node;
    found->depth = nodes->depth;
    self->next_statement = next_token(self, line->end);
    return true;
}

// ---- Expressions in other statements ----

// Whether an expression may start behind `before`, or NULL.
static bool may_start_behind(const Token *before) {
    if (before == NULL) return true;
    switch (before->word) {
    case OP_DOT:
    case OP_STAR: // the grammar may take `*f()` for `(*f)()`
    case OP_POWER:
    case KEYWORD_CLASS:
    case KEYWORD_DEF:
    case KEYWORD_PRINT: return false;
    default: return !token_is_operand(before);
    }
}

static bool is_word_beside(const Token *token, uint32_t edge) {
    bool is_word = token->kind == TOKEN_NAME || token->kind == TOKEN_NUMBER;
    return is_word && (token->start == edge || token->end == edge);
}

// Whether one letter or digit in the place of [first, last] leaves the rest of the line as it is
// for the grammar.
static bool may_stand_for(const Finder *self, const Line *line, uint32_t first, uint32_t last) {
    const Token *start = token_at(self, first), *end = token_at(self, last);
    const Token *next = token_at(self, next_token(self, last));
    if (first > line->first && is_word_beside(start - 1, start->start)) return false;
    if (is_word_beside(next, end->end)) return false;
    if (next->kind == TOKEN_STRING || next->word == OP_DOT) return false;
    if (next->word == OP_LEFT_BRACKET && line->may_have_type) return false;
    return first != last || start->kind == TOKEN_STRING;
}

// Several tokens with the nodes that were added since `node`.
static void add_found(Finder *self, uint32_t first, uint32_t last, uint32_t node) {
    Primaries *nodes = &self->primaries;
    Shortcut shortcut = {.first = first,
                         .last = last,
                         .node = node,
                         .node_count = nodes->nodes.len - node,
                         .depth = nodes->depth};
    vec_push(nodes->arena, &self->found, shortcut);
}

// What was added, unless it is one token, which is as good for the parser.
static void add_if_longer(Finder *self, uint32_t first, uint32_t last, uint32_t node) {
    if (first == last)
        self->primaries.nodes.len = node;
    else
        add_found(self, first, last, node);
}

// The parameters behind token `open`, where they are plain; the token that closes them, or
// NO_TOKEN.
static uint32_t find_parameters(Finder *self, uint32_t open) {
    Primaries *nodes = &self->primaries;
    uint32_t first = next_token(self, open), node = nodes->nodes.len;
    if (token_at(self, first)->word == OP_RIGHT_PAREN) return first;
    nodes->depth = 0;
    uint32_t last = add_parameters(nodes, first);
    if (last == NO_TOKEN) return NO_TOKEN;
    add_if_longer(self, first, last, node);
    uint32_t close = next_token(self, last);
    return token_at(self, close)->word == OP_COMMA ? next_token(self, close) : close;
}

static void find_return_type(Finder *self, uint32_t first) {
    Primaries *nodes = &self->primaries;
    uint32_t node = nodes->nodes.len;
    nodes->depth = 0;
    uint32_t last = add_type(nodes, first, FIELD_NONE, node, 0);
    if (last == NO_TOKEN) return;
    // The type's own node is the parser's.
    add_if_longer(self, first, last, node + 1);
}

// The plain parts of a definition's header. Returns the token from which on the line has not been
// looked at.
static uint32_t find_header(Finder *self, const Line *line) {
    uint32_t def = line->first;
    if (token_at(self, def)->word == KEYWORD_ASYNC) def = next_token(self, def);
    if (token_at(self, def)->word != KEYWORD_DEF) return line->first;
    uint32_t open = next_token(self, next_token(self, def));
    if (token_at(self, open)->word != OP_LEFT_PAREN) return line->first;
    uint32_t close = find_parameters(self, open);
    if (close == NO_TOKEN) return line->first;
    uint32_t arrow = next_token(self, close);
    if (token_at(self, arrow)->word != OP_ARROW) return close;
    uint32_t found = self->found.len;
    find_return_type(self, next_token(self, arrow));
    return self->found.len == found ? close : next_token(self, vec_last(&self->found).last);
}

static void find_expressions(Finder *self, const Line *line, uint32_t from) {
    const Token *before = from > line->first ? token_at(self, from - 1) : NULL;
    for (uint32_t i = from; i < line->end; i++) {
        const Token *token = token_at(self, i);
        if (!token_is_significant(token)) continue;
        if (token->kind == TOKEN_STRING && !token_is_plain_string(self->primaries.lines, token))
            return;
        uint32_t last = NO_TOKEN;
        if (may_start_behind(before)) last = primary_end(&self->primaries, i, !line->may_have_type);
        if (last != NO_TOKEN && may_stand_for(self, line, i, last)) {
            uint32_t node = self->primaries.nodes.len;
            self->primaries.depth = 0;
            add_value(&self->primaries, i, !line->may_have_type, FIELD_NONE, node, 0);
            add_found(self, i, last, node);
            i = last;
        }
        before = token_at(self, i);
    }
}

// ---- Lines ----

static bool starts_suite(uint8_t word) {
    switch (word) {
    case KEYWORD_CLASS:
    case KEYWORD_ELIF:
    case KEYWORD_ELSE:
    case KEYWORD_EXCEPT:
    case KEYWORD_FINALLY:
    case KEYWORD_FOR:
    case KEYWORD_IF:
    case KEYWORD_TRY:
    case KEYWORD_WHILE:
    case KEYWORD_WITH: return true;
    default: return false;
    }
}

static bool starts_otherwise(const Finder *self, uint32_t first) {
    const Token *token = token_at(self, first);
    if (!token_is_name(token)) return false;
    Str name = token_text(self->primaries.lines, token);
    return str_is(name, "type") || names_statement(name);
}

static Line look_at_line(const Finder *self, uint32_t first) {
    uint32_t colons = 0;
    Line line = {.first = first, .end = first, .has_other_names = starts_otherwise(self, first)};
    for (; line.end + 1 < self->primaries.count; line.end++) {
        const Token *token = token_at(self, line.end);
        if (token->kind == TOKEN_NEWLINE) break;
        colons += token->word == OP_COLON && token->depth == 0;
        line.has_other_names |= token->word == KEYWORD_IMPORT;
        line.may_have_type |= token->word == KEYWORD_DEF;
    }
    line.may_have_type |= colons > starts_suite(token_at(self, first)->word);
    return line;
}

static bool starts_line(const Token *token) {
    return token_is_significant(token) && token->kind != TOKEN_INDENT &&
           token->kind != TOKEN_DEDENT;
}

static bool is_import(const Finder *self, const Line *line) {
    uint8_t word = token_at(self, line->first)->word;
    return word == KEYWORD_IMPORT || word == KEYWORD_FROM;
}

static void find_in_line(Finder *self, const Line *line) {
    if (line->has_other_names && !is_import(self, line)) return;
    if (find_statement(self, line) || is_import(self, line)) return;
    find_expressions(self, line, find_header(self, line));
}

// Whether the line that `token` begins goes on from a line of nothing but a backslash.
static bool is_behind_backslash(const Lines *lines, const Token *token) {
    if (token->start_line == 0) return false;
    uint32_t end = line_text_end(lines, token->start_line - 1);
    return end > 0 && lines->text.at[end - 1] == '\\';
}

bool shortcuts_find(Shortcuts *self, Arena *arena, const Lines *lines, const Tokens *tokens) {
    Finder finder = {0};
    if (tokens->problem != TOKENS_OK) return false;
    primaries_init(&finder.primaries, arena, lines, tokens);
    if (finder.primaries.has_error) return false;
    for (uint32_t i = 0; i + 1 < tokens->count; i++) {
        if (!starts_line(&tokens->at[i])) continue;
        if (is_behind_backslash(lines, &tokens->at[i])) return false;
        Line line = look_at_line(&finder, i);
        find_in_line(&finder, &line);
        i = line.end;
    }
    *self = (Shortcuts){finder.found.at, finder.found.len, finder.primaries.nodes.at};
    return true;
}
