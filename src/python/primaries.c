#include "python/primaries.h"

#include "base/vec.h"

enum { NOT_SIMPLE = 0, MOST_BRACKETS = 200 };

// Where a list of arguments stands.
typedef enum Expectation {
    EXPECT_FIRST,    // after "("
    EXPECT_ARGUMENT, // after ","
    EXPECT_VALUE,    // after "name ="
    EXPECT_NAME,     // after "."
    AFTER_NAME,      // which may be a keyword's
    AFTER_STRING,
    AFTER_NUMBER, // "." would be a part of it
    AFTER_PRIMARY,
} Expectation;

typedef struct Group {
    uint32_t open; // token
    Expectation expectation;
    bool is_simple;
} Group;

// A primary whose nodes are being made.
typedef struct Frame {
    uint32_t outermost;         // node: that of the last trailer
    uint32_t level;             // how many nodes are above it
    uint32_t trailers, trailer; // the whole number of them, and how many are done
    uint32_t first_trailer;     // in Finder.trailers
    uint32_t last;              // the last token that is done
    uint32_t list;              // node: the open argument list; 0: none is open
    uint32_t keyword;           // node: the open keyword argument; 0: none is open
} Frame;

typedef struct Finder {
    Arena *arena;
    const Lines *lines;
    const Token *tokens;
    uint32_t count;
    uint32_t *close;        // "(" of simple arguments → its ")"; else NOT_SIMPLE
    VEC(uint32_t) trailers; // tokens: "." or "("
    VEC(Frame) frames;
    VEC(Node) nodes;
    VEC(Primary) found;
    uint32_t depth; // of the primary whose nodes are being made
} Finder;

bool token_is_plain_string(const Lines *lines, const Token *token) {
    Str literal = token_text(lines, token);
    for (uint32_t i = 0; i < literal.len; i++) {
        char letter = literal.at[i] | 32;
        if (letter == 'f' || letter == 't') return false;
        if (letter != 'r' && letter != 'b' && letter != 'u') return true;
    }
    return true;
}

static bool is_significant(const Token *token) {
    return token->kind != TOKEN_NL && token->kind != TOKEN_COMMENT;
}

// The next token that the grammar sees; there is always one, since a text ends with TOKEN_END.
static uint32_t next_token(const Finder *self, uint32_t at) {
    do
        at++;
    while (at + 1 < self->count && !is_significant(&self->tokens[at]));
    return at < self->count ? at : self->count - 1;
}

static bool is_word(const Finder *self, uint32_t at, TokenWord word) {
    return self->tokens[at].word == word;
}

static bool names_statement(Str name) {
    return str_is(name, "exec") || str_is(name, "match") || str_is(name, "case");
}

static bool is_constant(TokenWord word) {
    return word == KEYWORD_TRUE || word == KEYWORD_FALSE || word == KEYWORD_NONE;
}

// A name that may start an expression; `print` and `exec` are statements, too.
static bool is_atom_name(const Finder *self, const Token *token) {
    if (token->kind != TOKEN_NAME) return false;
    if (is_constant(token->word)) return true;
    return token->word == WORD_NONE && !names_statement(token_text(self->lines, token));
}

static bool is_attribute_name(const Token *token) {
    return token->kind == TOKEN_NAME && token->word == WORD_NONE;
}

// ---- Which "(" have simple arguments ----

static bool expects_primary(Expectation expectation) {
    return expectation <= EXPECT_VALUE;
}

static bool is_after_primary(Expectation expectation) {
    return expectation >= AFTER_NAME;
}

static bool takes_trailer(Expectation expectation) {
    return is_after_primary(expectation) && expectation != AFTER_NUMBER;
}

// What the list expects after `token`, which is no bracket; EXPECT_FIRST where it is not simple.
static Expectation expectation_after(const Finder *self, const Token *token, Expectation before) {
    switch (token->kind) {
    case TOKEN_NAME:
        if (before == EXPECT_NAME && is_attribute_name(token)) return AFTER_PRIMARY;
        if (!expects_primary(before) || !is_atom_name(self, token)) return EXPECT_FIRST;
        return before == EXPECT_VALUE || token->word != WORD_NONE ? AFTER_PRIMARY : AFTER_NAME;
    case TOKEN_NUMBER: return expects_primary(before) ? AFTER_NUMBER : EXPECT_FIRST;
    case TOKEN_STRING:
        if (!token_is_plain_string(self->lines, token)) return EXPECT_FIRST;
        return expects_primary(before) || before == AFTER_STRING ? AFTER_STRING : EXPECT_FIRST;
    default: break;
    }
    switch (token->word) {
    case OP_DOT: return takes_trailer(before) ? EXPECT_NAME : EXPECT_FIRST;
    case OP_ASSIGN: return before == AFTER_NAME ? EXPECT_VALUE : EXPECT_FIRST;
    case OP_COMMA: return is_after_primary(before) ? EXPECT_ARGUMENT : EXPECT_FIRST;
    default: return EXPECT_FIRST;
    }
}

static bool is_complete(const Group *group) {
    return group->is_simple &&
           (group->expectation <= EXPECT_ARGUMENT || is_after_primary(group->expectation));
}

static void find_simple_arguments(Finder *self) {
    Group groups[MOST_BRACKETS + 1];
    uint32_t depth = 0;
    for (uint32_t i = 0; i < self->count; i++) {
        const Token *token = &self->tokens[i];
        if (!is_significant(token)) continue;
        if (token->kind == TOKEN_NEWLINE) depth = 0;
        Group *group = depth > 0 ? &groups[depth - 1] : NULL;
        if (token_opens(token)) {
            if (depth > MOST_BRACKETS) return;
            bool is_call = token->word == OP_LEFT_PAREN;
            if (group != NULL && !(is_call && takes_trailer(group->expectation)))
                group->is_simple = false;
            groups[depth++] = (Group){i, EXPECT_FIRST, is_call};
        } else if (token_closes(token)) {
            if (group == NULL) continue;
            bool simple = is_complete(group) && token->word == OP_RIGHT_PAREN;
            if (simple) self->close[group->open] = i;
            if (--depth == 0) continue;
            groups[depth - 1].is_simple &= simple;
            groups[depth - 1].expectation = AFTER_PRIMARY;
        } else if (group != NULL && group->is_simple) {
            group->expectation = expectation_after(self, token, group->expectation);
            group->is_simple = group->expectation != EXPECT_FIRST;
        }
    }
}

// ---- Nodes ----

static bool is_plain_string(const Finder *self, const Token *token) {
    return token->kind == TOKEN_STRING && token_is_plain_string(self->lines, token);
}

// Of strings side by side the last one.
static uint32_t last_of_atom(const Finder *self, uint32_t first) {
    uint32_t last = first;
    for (uint32_t i = first; is_plain_string(self, &self->tokens[i]); i = next_token(self, i))
        last = i;
    return last;
}

static NodeKind atom_kind(const Finder *self, uint32_t first, uint32_t last) {
    const Token *token = &self->tokens[first];
    switch (token->word) {
    case KEYWORD_TRUE: return NODE_TRUE;
    case KEYWORD_FALSE: return NODE_FALSE;
    case KEYWORD_NONE: return NODE_NONE;
    default: break;
    }
    if (token->kind == TOKEN_STRING) return first == last ? NODE_STRING : NODE_CONCATENATED_STRING;
    if (token->kind == TOKEN_NAME) return NODE_IDENTIFIER;
    Str number = token_text(self->lines, token);
    bool is_hexadecimal = number.len > 1 && (number.at[1] | 32) == 'x';
    for (uint32_t i = 0; i < number.len && !is_hexadecimal; i++)
        if (number.at[i] == '.' || (number.at[i] | 32) == 'e') return NODE_FLOAT;
    return NODE_INTEGER;
}

static uint32_t add_node(Finder *self, NodeKind kind, NodeField field, uint32_t first,
                         uint32_t last, uint32_t parent) {
    uint32_t index = self->nodes.len;
    vec_push(self->arena, &self->nodes,
             (Node){.start = self->tokens[first].start,
                    .end = self->tokens[last].end,
                    .up = index - parent,
                    .size = 1,
                    .kind = (uint8_t)kind,
                    .field = (uint8_t)field});
    return index;
}

static void close_node(Finder *self, uint32_t index, uint32_t last) {
    self->nodes.at[index].end = self->tokens[last].end;
    self->nodes.at[index].size = self->nodes.len - index;
}

// The trailers after the atom that ends with `last`, appended to self->trailers; the token that
// they end with.
static uint32_t find_trailers(Finder *self, uint32_t last) {
    if (self->tokens[last].kind == TOKEN_NUMBER) return last;
    while (true) {
        uint32_t next = next_token(self, last);
        if (is_word(self, next, OP_DOT)) {
            uint32_t name = next_token(self, next);
            if (!is_attribute_name(&self->tokens[name])) return last;
            last = name;
        } else if (is_word(self, next, OP_LEFT_PAREN) && self->close[next] != NOT_SIMPLE) {
            last = self->close[next];
        } else {
            return last;
        }
        vec_push(self->arena, &self->trailers, next);
    }
}

static void add_atom(Finder *self, uint32_t first, uint32_t last, NodeField field,
                     uint32_t parent) {
    NodeKind kind = atom_kind(self, first, last);
    uint32_t atom = add_node(self, kind, field, first, last, parent);
    if (kind != NODE_CONCATENATED_STRING) return;
    for (uint32_t i = first; i <= last; i = next_token(self, i))
        add_node(self, NODE_STRING, FIELD_NONE, i, i, atom);
    close_node(self, atom, last);
}

// Begins the primary whose atom starts at token `first`: the trailers' nodes, the last one's
// outermost, and the atom.
static void begin_primary(Finder *self, uint32_t first, NodeField field, uint32_t parent,
                          uint32_t level) {
    uint32_t atom_end = last_of_atom(self, first);
    Frame frame = {.outermost = self->nodes.len,
                   .level = level,
                   .first_trailer = self->trailers.len,
                   .last = atom_end};
    find_trailers(self, atom_end);
    frame.trailers = self->trailers.len - frame.first_trailer;
    uint32_t deepest = level + frame.trailers + (first == atom_end ? 1 : 2);
    if (deepest > self->depth) self->depth = deepest;
    for (uint32_t i = frame.trailers; i > 0; i--) {
        uint32_t trailer = self->trailers.at[frame.first_trailer + i - 1];
        bool is_attribute = is_word(self, trailer, OP_DOT);
        parent =
            add_node(self, is_attribute ? NODE_ATTRIBUTE : NODE_CALL, field, first, first, parent);
        field = is_attribute ? FIELD_OBJECT : FIELD_FUNCTION;
    }
    add_atom(self, first, atom_end, field, parent);
    vec_push(self->arena, &self->frames, frame);
}

static void finish_primary(Finder *self) {
    Frame frame = vec_last(&self->frames);
    self->trailers.len = frame.first_trailer;
    if (--self->frames.len == 0) return;
    Frame *around = &vec_last(&self->frames);
    around->last = frame.last;
    if (around->keyword != 0) close_node(self, around->keyword, frame.last);
    around->keyword = 0;
}

// In an argument list: the next argument, or its end.
static void go_on_with_arguments(Finder *self, Frame *frame, uint32_t call, uint32_t close) {
    uint32_t at = next_token(self, frame->last);
    uint32_t level = frame->level + (call - frame->outermost) + 2;
    if (at == close) {
        close_node(self, frame->list, at);
        close_node(self, call, at);
        frame->list = 0;
        frame->trailer++;
        frame->last = at;
    } else if (is_word(self, at, OP_COMMA)) {
        frame->last = at;
    } else if (is_word(self, next_token(self, at), OP_ASSIGN)) {
        frame->keyword = add_node(self, NODE_KEYWORD_ARGUMENT, FIELD_NONE, at, at, frame->list);
        add_node(self, NODE_IDENTIFIER, FIELD_NAME, at, at, frame->keyword);
        uint32_t value = next_token(self, next_token(self, at));
        begin_primary(self, value, FIELD_VALUE, frame->keyword, level + 1);
    } else {
        begin_primary(self, at, FIELD_NONE, frame->list, level);
    }
}

static void go_on(Finder *self) {
    Frame *frame = &vec_last(&self->frames);
    if (frame->trailer == frame->trailers) {
        finish_primary(self);
        return;
    }
    uint32_t trailer = self->trailers.at[frame->first_trailer + frame->trailer];
    uint32_t node = frame->outermost + frame->trailers - 1 - frame->trailer;
    if (frame->list != 0) {
        go_on_with_arguments(self, frame, node, self->close[trailer]);
    } else if (is_word(self, trailer, OP_DOT)) {
        uint32_t name = next_token(self, trailer);
        add_node(self, NODE_IDENTIFIER, FIELD_ATTRIBUTE, name, name, node);
        close_node(self, node, name);
        frame->trailer++;
        frame->last = name;
    } else {
        frame->list = add_node(self, NODE_ARGUMENT_LIST, FIELD_ARGUMENTS, trailer, trailer, node);
        frame->last = trailer;
    }
}

static void add_primary(Finder *self, uint32_t first, uint32_t last) {
    uint32_t node = self->nodes.len;
    self->depth = 0;
    begin_primary(self, first, FIELD_NONE, node, 0);
    while (self->frames.len > 0)
        go_on(self);
    Primary found = {first, last, node, self->nodes.len - node, self->depth};
    vec_push(self->arena, &self->found, found);
}

// ---- Where they stand ----

typedef struct Line {
    uint32_t first, end; // tokens
    // Imports and patterns have dotted names instead of attributes; and what is no token, such as a
    // byte order mark, may be a blank for the grammar.
    bool is_left_out;
    // In a type, what a name before "[" makes is not what an attribute before it makes.
    bool may_have_type;
} Line;

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

static bool is_left_out(const Finder *self, uint32_t first) {
    const Token *token = &self->tokens[first];
    if (token->word == KEYWORD_FROM) return true;
    if (token->kind != TOKEN_NAME || token->word != WORD_NONE) return false;
    Str name = token_text(self->lines, token);
    return str_is(name, "type") || names_statement(name);
}

static Line look_at_line(const Finder *self, uint32_t first) {
    uint32_t colons = 0;
    Line line = {.first = first, .end = first, .is_left_out = is_left_out(self, first)};
    for (; line.end + 1 < self->count; line.end++) {
        const Token *token = &self->tokens[line.end];
        if (token->kind == TOKEN_NEWLINE) break;
        colons += token->word == OP_COLON && token->depth == 0;
        line.is_left_out |= token->word == KEYWORD_IMPORT || token->kind == TOKEN_ERROR;
        line.may_have_type |= token->word == KEYWORD_DEF;
    }
    line.may_have_type |= colons > starts_suite(self->tokens[first].word);
    return line;
}

static bool is_operand(const Token *token) {
    bool is_name = token->kind == TOKEN_NAME && token->word == WORD_NONE;
    return is_name || is_constant(token->word) || token->kind == TOKEN_NUMBER ||
           token->kind == TOKEN_STRING || token_closes(token);
}

// Whether an atom that is an expression starts with `token`.
static bool may_start(const Finder *self, const Token *token, const Token *before) {
    if (token->kind != TOKEN_STRING && !is_atom_name(self, token)) return false;
    if (before == NULL) return true;
    if (is_operand(before)) return false;
    switch (before->word) {
    case OP_DOT:
    case OP_STAR: // the grammar may take `*f()` for `(*f)()`
    case OP_POWER:
    case KEYWORD_CLASS:
    case KEYWORD_DEF:
    case KEYWORD_PRINT: return false;
    default: return true;
    }
}

static bool is_word_beside(const Token *token, uint32_t edge) {
    bool is_word = token->kind == TOKEN_NAME || token->kind == TOKEN_NUMBER;
    return is_word && (token->start == edge || token->end == edge);
}

// Whether one letter or digit in the place of [first, last] leaves the rest of the line as it is
// for the grammar.
static bool may_stand_for(const Finder *self, const Line *line, uint32_t first, uint32_t last) {
    const Token *tokens = self->tokens;
    const Token *next = &tokens[next_token(self, last)];
    if (first > line->first && is_word_beside(&tokens[first - 1], tokens[first].start))
        return false;
    if (is_word_beside(next, tokens[last].end)) return false;
    if (next->kind == TOKEN_STRING || next->word == OP_DOT) return false;
    if (next->word == OP_LEFT_BRACKET && line->may_have_type) return false;
    return first != last || tokens[first].kind == TOKEN_STRING;
}

static void find_in_line(Finder *self, const Line *line) {
    const Token *before = NULL;
    for (uint32_t i = line->first; i < line->end; i++) {
        const Token *token = &self->tokens[i];
        if (!is_significant(token)) continue;
        if (token->kind == TOKEN_STRING && !token_is_plain_string(self->lines, token)) return;
        if (may_start(self, token, before)) {
            self->trailers.len = 0;
            uint32_t last = find_trailers(self, last_of_atom(self, i));
            self->trailers.len = 0;
            if (may_stand_for(self, line, i, last)) {
                add_primary(self, i, last);
                i = last;
            }
        }
        before = &self->tokens[i];
    }
}

Primaries primaries_find(Arena *arena, const Lines *lines, const Tokens *tokens) {
    Finder self = {.arena = arena,
                   .lines = lines,
                   .tokens = tokens->at,
                   .count = tokens->count,
                   .close = arena_array(arena, uint32_t, tokens->count)};
    find_simple_arguments(&self);
    for (uint32_t i = 0; i + 1 < self.count; i++) {
        uint8_t kind = self.tokens[i].kind;
        if (kind == TOKEN_INDENT || kind == TOKEN_DEDENT) continue;
        if (!is_significant(&self.tokens[i])) continue;
        Line line = look_at_line(&self, i);
        if (!line.is_left_out) find_in_line(&self, &line);
        i = line.end;
    }
    return (Primaries){self.found.at, self.found.len, self.nodes.at};
}
