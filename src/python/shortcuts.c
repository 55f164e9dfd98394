#include "python/shortcuts.h"

#include "python/primaries.h"

typedef struct Finder {
    Primaries primaries;
    VEC(Shortcut) found;
    uint32_t next_statement; // the token that would go on with the last shortcut's statements
} Finder;

typedef struct Line {
    uint32_t first, end; // tokens
    // Imports and patterns have dotted names instead of attributes; and what is no token, such as a
    // byte order mark, may be a blank for the grammar.
    bool is_left_out;
    // In a type, what a name before "[" makes is not what an attribute before it makes.
    bool may_have_type;
} Line;

static const Token *token_at(const Finder *self, uint32_t index) {
    return &self->primaries.tokens[index];
}

static uint32_t next_token(const Finder *self, uint32_t index) {
    return primaries_next(&self->primaries, index);
}

static bool is_significant(const Token *token) {
    return token->kind != TOKEN_NL && token->kind != TOKEN_COMMENT;
}

// ---- Whole statements ----

// A statement that is plain: what its node is, and the parts that become nodes.
typedef struct Statement {
    NodeKind kind;
    uint32_t target; // token: before "="; NO_TOKEN
    uint32_t await;  // token: before the value; NO_TOKEN
    uint32_t value;  // token; NO_TOKEN
    uint32_t last;   // token
} Statement;

static bool find_value(Finder *self, Statement *statement, uint32_t first) {
    if (token_at(self, first)->word == KEYWORD_AWAIT) {
        statement->await = first;
        first = next_token(self, first);
        // `await (x)` may be a call of a function with that name.
        if (token_opens(token_at(self, first))) return false;
    }
    statement->value = first;
    statement->last = value_end(&self->primaries, first);
    return statement->last != NO_TOKEN;
}

// Not a list, which is a pattern there.
static bool may_be_assigned_to(const Finder *self, uint32_t first, uint32_t last) {
    if (token_opens(token_at(self, first))) return false;
    const Token *token = token_at(self, last);
    bool is_name = token->kind == TOKEN_NAME && token->word == WORD_NONE;
    return is_name || (first != last && token->word == OP_RIGHT_BRACKET);
}

static bool find_expression_or_assignment(Finder *self, Statement *statement, uint32_t first) {
    if (!find_value(self, statement, first)) return false;
    uint32_t next = next_token(self, statement->last);
    if (token_at(self, next)->word != OP_ASSIGN) return true;
    if (statement->await != NO_TOKEN) return false;
    if (!may_be_assigned_to(self, first, statement->last)) return false;
    statement->target = first;
    return find_value(self, statement, next_token(self, next));
}

// Whether the line is one plain statement.
static bool find_statement(Finder *self, Statement *statement, const Line *line) {
    *statement = (Statement){.kind = NODE_EXPRESSION_STATEMENT,
                             .target = NO_TOKEN,
                             .await = NO_TOKEN,
                             .value = NO_TOKEN,
                             .last = line->first};
    uint32_t next = next_token(self, line->first);
    bool found = true;
    switch (token_at(self, line->first)->word) {
    case KEYWORD_PASS: statement->kind = NODE_PASS_STATEMENT; break;
    case KEYWORD_BREAK: statement->kind = NODE_BREAK_STATEMENT; break;
    case KEYWORD_CONTINUE: statement->kind = NODE_CONTINUE_STATEMENT; break;
    case KEYWORD_RETURN:
        statement->kind = NODE_RETURN_STATEMENT;
        found = next == line->end || find_value(self, statement, next);
        break;
    case KEYWORD_RAISE:
        statement->kind = NODE_RAISE_STATEMENT;
        found = next == line->end || find_value(self, statement, next);
        break;
    default: found = find_expression_or_assignment(self, statement, line->first); break;
    }
    return found && next_token(self, statement->last) == line->end;
}

static void add_statement(Finder *self, const Statement *statement, uint32_t first) {
    Primaries *nodes = &self->primaries;
    uint32_t last = statement->last;
    uint32_t root = add_node(nodes, statement->kind, FIELD_NONE, first, last, nodes->nodes.len);
    uint32_t parent = root, level = 1;
    NodeField field = FIELD_NONE;
    if (statement->target != NO_TOKEN) {
        parent = add_node(nodes, NODE_ASSIGNMENT, FIELD_NONE, first, last, parent);
        add_value(nodes, first, true, FIELD_LEFT, parent, ++level);
        field = FIELD_RIGHT;
    }
    uint32_t assignment = parent;
    if (statement->await != NO_TOKEN) {
        parent = add_node(nodes, NODE_AWAIT, field, statement->await, last, parent);
        field = FIELD_NONE;
        level++;
    }
    if (statement->value != NO_TOKEN)
        add_value(nodes, statement->value, true, field, parent, level);
    close_node(nodes, parent, last);
    close_node(nodes, assignment, last);
    close_node(nodes, root, last);
}

// Adds the line to the statements before it, or begins new ones.
static void add_line(Finder *self, const Line *line, const Statement *statement) {
    Primaries *nodes = &self->primaries;
    bool goes_on = self->found.len > 0 && self->next_statement == line->first;
    if (!goes_on) {
        nodes->depth = 0;
        Shortcut shortcut = {
            .first = line->first, .node = nodes->nodes.len, .are_statements = true};
        vec_push(nodes->arena, &self->found, shortcut);
    }
    add_statement(self, statement, line->first);
    Shortcut *shortcut = &vec_last(&self->found);
    shortcut->last = statement->last;
    shortcut->node_count = nodes->nodes.len - shortcut->node;
    shortcut->depth = nodes->depth;
    self->next_statement = next_token(self, line->end);
}

// ---- Expressions in other statements ----

static bool is_operand(const Token *token) {
    switch (token->kind) {
    case TOKEN_NAME:
        return token->word == WORD_NONE || token->word == KEYWORD_TRUE ||
               token->word == KEYWORD_FALSE || token->word == KEYWORD_NONE;
    case TOKEN_NUMBER:
    case TOKEN_STRING: return true;
    default: return token_closes(token);
    }
}

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
    default: return !is_operand(before);
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

static void add_expression(Finder *self, const Line *line, uint32_t first, uint32_t last) {
    Primaries *nodes = &self->primaries;
    nodes->depth = 0;
    Shortcut shortcut = {.first = first, .last = last, .node = nodes->nodes.len};
    add_value(nodes, first, !line->may_have_type, FIELD_NONE, shortcut.node, 0);
    shortcut.node_count = nodes->nodes.len - shortcut.node;
    shortcut.depth = nodes->depth;
    vec_push(nodes->arena, &self->found, shortcut);
}

static void find_expressions(Finder *self, const Line *line) {
    const Token *before = NULL;
    for (uint32_t i = line->first; i < line->end; i++) {
        const Token *token = token_at(self, i);
        if (!is_significant(token)) continue;
        if (token->kind == TOKEN_STRING && !token_is_plain_string(self->primaries.lines, token))
            return;
        uint32_t last = NO_TOKEN;
        if (may_start_behind(before)) last = primary_end(&self->primaries, i, !line->may_have_type);
        if (last != NO_TOKEN && may_stand_for(self, line, i, last)) {
            add_expression(self, line, i, last);
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
    if (token->word == KEYWORD_FROM) return true;
    if (token->kind != TOKEN_NAME || token->word != WORD_NONE) return false;
    Str name = token_text(self->primaries.lines, token);
    return str_is(name, "type") || str_is(name, "exec") || str_is(name, "match") ||
           str_is(name, "case");
}

static Line look_at_line(const Finder *self, uint32_t first) {
    uint32_t colons = 0;
    Line line = {.first = first, .end = first, .is_left_out = starts_otherwise(self, first)};
    for (; line.end + 1 < self->primaries.count; line.end++) {
        const Token *token = token_at(self, line.end);
        if (token->kind == TOKEN_NEWLINE) break;
        colons += token->word == OP_COLON && token->depth == 0;
        line.is_left_out |= token->word == KEYWORD_IMPORT || token->kind == TOKEN_ERROR;
        line.may_have_type |= token->word == KEYWORD_DEF;
    }
    line.may_have_type |= colons > starts_suite(token_at(self, first)->word);
    return line;
}

static bool starts_line(const Token *token) {
    return is_significant(token) && token->kind != TOKEN_INDENT && token->kind != TOKEN_DEDENT;
}

Shortcuts shortcuts_find(Arena *arena, const Lines *lines, const Tokens *tokens) {
    Finder self = {0};
    primaries_init(&self.primaries, arena, lines, tokens);
    for (uint32_t i = 0; i + 1 < tokens->count; i++) {
        if (!starts_line(&tokens->at[i])) continue;
        Line line = look_at_line(&self, i);
        Statement statement;
        if (!line.is_left_out) {
            if (find_statement(&self, &statement, &line))
                add_line(&self, &line, &statement);
            else
                find_expressions(&self, &line);
        }
        i = line.end;
    }
    return (Shortcuts){self.found.at, self.found.len, self.primaries.nodes.at};
}
