#include "python/primaries.h"

#include "python/shortcuts.h"

enum {
    NOT_PLAIN = 0,
    // In Primaries.close: a comma in parentheses, a colon in braces.
    HAS_SEPARATOR = 1u << 31,
    MOST_BRACKETS = 200,
};

// Where the text between brackets stands.
typedef enum Expectation {
    NOTHING,        // it is not plain
    EXPECT_FIRST,   // after the opening bracket
    EXPECT_ELEMENT, // after ","
    EXPECT_VALUE,   // after "name =" and "key:"
    EXPECT_SPLAT,   // after "*" and "**"
    EXPECT_NAME,    // after "."
    AFTER_NAME,     // which may be a keyword's
    AFTER_STRING,
    AFTER_PRIMARY,
    AFTER_VALUE, // which has no trailers
} Expectation;

typedef struct Group {
    uint32_t open;   // token
    uint8_t bracket; // TokenWord
    bool is_trailer;
    bool has_separator;
    bool has_colon;    // in the element at hand
    uint32_t elements; // of braces, those that are complete
    Expectation expectation;
} Group;

// A value whose nodes are being made.
struct PrimaryFrame {
    uint32_t outermost;         // node: that of the last trailer, or the display
    uint32_t level;             // how many nodes are above it
    uint32_t trailers, trailer; // the whole number of them, and how many are done
    uint32_t first_trailer;     // in Primaries.trailers
    uint32_t last;              // the last token that is done
    uint32_t open;              // the bracket whose elements are being made; NO_TOKEN
    uint32_t list;              // node: what the elements are below
    uint32_t element;           // node: the open keyword argument or pair; NO_TOKEN
};

typedef struct PrimaryFrame Frame;

bool token_is_plain_string(const Lines *lines, const Token *token) {
    Str literal = token_text(lines, token);
    for (uint32_t i = 0; i < literal.len; i++) {
        char letter = literal.at[i] | 32;
        if (letter == 'f' || letter == 't') return false;
        if (letter != 'r' && letter != 'b' && letter != 'u') return true;
    }
    return true;
}

uint32_t primaries_next(const Primaries *self, uint32_t token) {
    do
        token++;
    while (token < self->count && !token_is_significant(&self->tokens[token]));
    return token < self->count ? token : self->count - 1;
}

bool names_statement(Str name) {
    return str_is(name, "exec") || str_is(name, "match") || str_is(name, "case");
}

static bool is_constant(uint8_t word) {
    return word == KEYWORD_TRUE || word == KEYWORD_FALSE || word == KEYWORD_NONE;
}

static bool is_atom_name(const Primaries *self, const Token *token) {
    if (token->kind != TOKEN_NAME) return false;
    if (is_constant(token->word)) return true;
    return token->word == WORD_NONE && !names_statement(token_text(self->lines, token));
}

static bool is_plain_string(const Primaries *self, const Token *token) {
    return token->kind == TOKEN_STRING && token_is_plain_string(self->lines, token);
}

// ---- What is between brackets ----

static bool expects_value(Expectation expectation) {
    return expectation >= EXPECT_FIRST && expectation <= EXPECT_VALUE;
}

static bool is_after_value(Expectation expectation) {
    return expectation >= AFTER_NAME;
}

static bool takes_trailer(Expectation expectation) {
    return is_after_value(expectation) && expectation != AFTER_VALUE;
}

static bool is_call(const Group *group) {
    return group->bracket == OP_LEFT_PAREN && group->is_trailer;
}

static bool is_subscript(const Group *group) {
    return group->bracket == OP_LEFT_BRACKET && group->is_trailer;
}

static Expectation after_name(const Primaries *self, const Group *group, const Token *token) {
    if (group->expectation == EXPECT_NAME) return token_is_name(token) ? AFTER_PRIMARY : NOTHING;
    if (!is_atom_name(self, token)) return NOTHING;
    if (group->expectation == EXPECT_SPLAT) return AFTER_VALUE;
    if (!expects_value(group->expectation)) return NOTHING;
    return group->expectation == EXPECT_VALUE || token->word != WORD_NONE ? AFTER_PRIMARY
                                                                          : AFTER_NAME;
}

// A dictionary has a colon in each element, a set in none.
static bool end_element(Group *group) {
    if (group->bracket != OP_LEFT_BRACE) return true;
    if (group->expectation == EXPECT_FIRST || group->expectation == EXPECT_ELEMENT) return true;
    if (group->elements++ == 0) group->has_separator = group->has_colon;
    bool fits = group->has_colon == group->has_separator;
    group->has_colon = false;
    return fits;
}

static Expectation after_comma(Group *group) {
    if (!is_after_value(group->expectation) || is_subscript(group)) return NOTHING;
    if (!end_element(group)) return NOTHING;
    if (group->bracket == OP_LEFT_PAREN) group->has_separator = true;
    return EXPECT_ELEMENT;
}

static Expectation after_colon(Group *group) {
    if (group->bracket != OP_LEFT_BRACE || group->has_colon) return NOTHING;
    group->has_colon = true;
    return is_after_value(group->expectation) ? EXPECT_VALUE : NOTHING;
}

// What the group expects after `token`, which is no bracket.
static Expectation expectation_after(const Primaries *self, Group *group, const Token *token) {
    Expectation before = group->expectation;
    switch (token->kind) {
    case TOKEN_NAME: return after_name(self, group, token);
    case TOKEN_NUMBER: return expects_value(before) ? AFTER_VALUE : NOTHING;
    case TOKEN_STRING:
        if (!is_plain_string(self, token)) return NOTHING;
        return expects_value(before) || before == AFTER_STRING ? AFTER_STRING : NOTHING;
    default: break;
    }
    switch (token->word) {
    case OP_DOT: return takes_trailer(before) ? EXPECT_NAME : NOTHING;
    case OP_ASSIGN: return is_call(group) && before == AFTER_NAME ? EXPECT_VALUE : NOTHING;
    case OP_COMMA: return after_comma(group);
    case OP_COLON: return after_colon(group);
    case OP_STAR:
    case OP_POWER: {
        bool starts = before == EXPECT_FIRST || before == EXPECT_ELEMENT;
        return is_call(group) && starts ? EXPECT_SPLAT : NOTHING;
    }
    default: return NOTHING;
    }
}

// Whether the group is plain when `token` closes it.
static bool close_group(Group *group, const Token *token) {
    bool is_empty = group->expectation == EXPECT_FIRST;
    if (token->word - OP_RIGHT_PAREN != group->bracket - OP_LEFT_PAREN) return false;
    if (is_empty) group->has_separator = true;
    if (is_empty || group->expectation == EXPECT_ELEMENT) return !is_subscript(group);
    return is_after_value(group->expectation) && end_element(group);
}

bool token_is_operand(const Token *token) {
    return token_is_name(token) || is_constant(token->word) || token->kind == TOKEN_NUMBER ||
           token->kind == TOKEN_STRING || token_closes(token);
}

static void look_at_brackets(Primaries *self) {
    Group groups[MOST_BRACKETS + 1];
    uint32_t depth = 0;
    const Token *before = self->tokens; // the significant one
    for (uint32_t i = 0; i < self->count; i++) {
        const Token *token = &self->tokens[i];
        if (!token_is_significant(token)) continue;
        if (token->kind == TOKEN_NEWLINE) depth = 0;
        self->has_error |= token->kind == TOKEN_ERROR;
        Group *group = depth > 0 ? &groups[depth - 1] : NULL;
        if (token_opens(token)) {
            if (depth > MOST_BRACKETS) return;
            bool is_trailer = token->word != OP_LEFT_BRACE && token_is_operand(before);
            bool fits = group == NULL || (is_trailer ? takes_trailer(group->expectation)
                                                     : expects_value(group->expectation));
            if (!fits) group->expectation = NOTHING;
            groups[depth++] = (Group){.open = i,
                                      .bracket = token->word,
                                      .is_trailer = is_trailer,
                                      .expectation = EXPECT_FIRST};
        } else if (token_closes(token) && group != NULL) {
            bool plain = close_group(group, token);
            if (plain) self->close[group->open] = i | (group->has_separator ? HAS_SEPARATOR : 0);
            if (--depth > 0) {
                Group *around = group - 1;
                bool goes_on = plain && around->expectation != NOTHING;
                Expectation after = group->is_trailer ? AFTER_PRIMARY : AFTER_VALUE;
                around->expectation = goes_on ? after : NOTHING;
            }
        } else if (group != NULL && group->expectation != NOTHING) {
            group->expectation = expectation_after(self, group, token);
        }
        before = token;
    }
}

void primaries_init(Primaries *self, Arena *arena, const Lines *lines, const Tokens *tokens) {
    *self = (Primaries){.arena = arena,
                        .lines = lines,
                        .tokens = tokens->at,
                        .count = tokens->count,
                        .close = arena_array(arena, uint32_t, tokens->count)};
    look_at_brackets(self);
}

static uint32_t close_of(const Primaries *self, uint32_t open) {
    return self->close[open] & ~HAS_SEPARATOR;
}

// ---- Where values end ----

// Of strings side by side the last one.
static uint32_t last_of_atom(const Primaries *self, uint32_t first) {
    uint32_t last = first;
    for (uint32_t i = first; is_plain_string(self, &self->tokens[i]); i = primaries_next(self, i))
        last = i;
    return last;
}

// Appends the trailers after the atom that ends with `last` to self->trailers. Returns the token
// that they end with.
static uint32_t find_trailers(Primaries *self, uint32_t last, bool subscripts) {
    while (true) {
        uint32_t next = primaries_next(self, last);
        const Token *token = &self->tokens[next];
        if (token->word == OP_DOT) {
            uint32_t name = primaries_next(self, next);
            if (!token_is_name(&self->tokens[name])) return last;
            last = name;
        } else if (token->word == OP_LEFT_PAREN || (token->word == OP_LEFT_BRACKET && subscripts)) {
            if (self->close[next] == NOT_PLAIN) return last;
            last = close_of(self, next);
        } else {
            return last;
        }
        vec_push(self->arena, &self->trailers, next);
    }
}

uint32_t primary_end(Primaries *self, uint32_t first, bool subscripts) {
    const Token *token = &self->tokens[first];
    if (!is_plain_string(self, token) && !is_atom_name(self, token)) return NO_TOKEN;
    self->trailers.len = 0;
    return find_trailers(self, last_of_atom(self, first), subscripts);
}

uint32_t value_end(Primaries *self, uint32_t first) {
    const Token *token = &self->tokens[first];
    if (token->kind == TOKEN_NUMBER) return first;
    if (!token_opens(token)) return primary_end(self, first, true);
    return self->close[first] == NOT_PLAIN ? NO_TOKEN : close_of(self, first);
}

// ---- Nodes ----

uint32_t add_node(Primaries *self, NodeKind kind, NodeField field, uint32_t first, uint32_t last,
                  uint32_t parent) {
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

void close_node(Primaries *self, uint32_t node, uint32_t last) {
    self->nodes.at[node].end = self->tokens[last].end;
    self->nodes.at[node].size = self->nodes.len - node;
}

static NodeKind number_kind(Str number) {
    bool is_hexadecimal = number.len > 1 && (number.at[1] | 32) == 'x';
    for (uint32_t i = 0; i < number.len && !is_hexadecimal; i++)
        if (number.at[i] == '.' || (number.at[i] | 32) == 'e') return NODE_FLOAT;
    return NODE_INTEGER;
}

static NodeKind display_kind(const Primaries *self, uint32_t open) {
    bool has_separator = (self->close[open] & HAS_SEPARATOR) != 0;
    switch (self->tokens[open].word) {
    case OP_LEFT_BRACKET: return NODE_LIST;
    case OP_LEFT_BRACE: return has_separator ? NODE_DICTIONARY : NODE_SET;
    default: return has_separator ? NODE_TUPLE : NODE_PARENTHESIZED_EXPRESSION;
    }
}

static NodeKind atom_kind(const Primaries *self, uint32_t first, uint32_t last) {
    const Token *token = &self->tokens[first];
    switch (token->word) {
    case KEYWORD_TRUE: return NODE_TRUE;
    case KEYWORD_FALSE: return NODE_FALSE;
    case KEYWORD_NONE: return NODE_NONE;
    default: break;
    }
    if (token_opens(token)) return display_kind(self, first);
    if (token->kind == TOKEN_NAME) return NODE_IDENTIFIER;
    if (token->kind == TOKEN_NUMBER) return number_kind(token_text(self->lines, token));
    return first == last ? NODE_STRING : NODE_CONCATENATED_STRING;
}

static void add_strings(Primaries *self, uint32_t first, uint32_t last, uint32_t parent) {
    for (uint32_t i = first; i <= last; i = primaries_next(self, i))
        add_node(self, NODE_STRING, FIELD_NONE, i, i, parent);
    close_node(self, parent, last);
}

static NodeKind trailer_kind(const Primaries *self, uint32_t trailer) {
    switch (self->tokens[trailer].word) {
    case OP_DOT: return NODE_ATTRIBUTE;
    case OP_LEFT_PAREN: return NODE_CALL;
    default: return NODE_SUBSCRIPT;
    }
}

static NodeField field_before(NodeKind trailer) {
    switch (trailer) {
    case NODE_ATTRIBUTE: return FIELD_OBJECT;
    case NODE_CALL: return FIELD_FUNCTION;
    default: return FIELD_VALUE;
    }
}

// Begins the value that starts with token `first`: the trailers' nodes, the last one's outermost,
// and the atom or display.
static void begin_value(Primaries *self, uint32_t first, bool subscripts, NodeField field,
                        uint32_t parent, uint32_t level) {
    bool is_display = token_opens(&self->tokens[first]);
    uint32_t atom_end = last_of_atom(self, first);
    Frame frame = {.outermost = self->nodes.len,
                   .level = level,
                   .first_trailer = self->trailers.len,
                   .last = atom_end,
                   .open = is_display ? first : NO_TOKEN,
                   .element = NO_TOKEN};
    if (!is_display && self->tokens[first].kind != TOKEN_NUMBER)
        find_trailers(self, atom_end, subscripts);
    frame.trailers = self->trailers.len - frame.first_trailer;
    for (uint32_t i = frame.trailers; i > 0; i--) {
        NodeKind kind = trailer_kind(self, self->trailers.at[frame.first_trailer + i - 1]);
        parent = add_node(self, kind, field, first, first, parent);
        field = field_before(kind);
    }
    NodeKind kind = atom_kind(self, first, atom_end);
    frame.list = add_node(self, kind, field, first, atom_end, parent);
    if (kind == NODE_CONCATENATED_STRING) add_strings(self, first, atom_end, frame.list);
    primaries_note_depth(self, level + frame.trailers + (kind == NODE_CONCATENATED_STRING ? 2 : 1));
    vec_push(self->arena, &self->frames, frame);
}

static void finish_value(Primaries *self) {
    Frame frame = vec_last(&self->frames);
    self->trailers.len = frame.first_trailer;
    if (--self->frames.len == 0) return;
    Frame *around = &vec_last(&self->frames);
    around->last = frame.last;
    bool was_key = primaries_is_word(self, primaries_next(self, frame.last), OP_COLON);
    if (around->element == NO_TOKEN || was_key) return;
    close_node(self, around->element, frame.last);
    around->element = NO_TOKEN;
}

static void add_splat(Primaries *self, Frame *frame, uint32_t star) {
    NodeKind kind =
        primaries_is_word(self, star, OP_STAR) ? NODE_LIST_SPLAT : NODE_DICTIONARY_SPLAT;
    uint32_t name = primaries_next(self, star);
    uint32_t splat = add_node(self, kind, FIELD_NONE, star, star, frame->list);
    add_node(self, NODE_IDENTIFIER, FIELD_NONE, name, name, splat);
    close_node(self, splat, name);
    frame->last = name;
}

// The element that starts with token `first`; `level` is that of its node.
static void begin_element(Primaries *self, Frame *frame, uint32_t first, uint32_t level) {
    uint32_t next = primaries_next(self, first);
    NodeKind list = self->nodes.at[frame->list].kind;
    if (primaries_is_word(self, first, OP_STAR) || primaries_is_word(self, first, OP_POWER)) {
        primaries_note_depth(self, level + 2);
        add_splat(self, frame, first);
    } else if (list == NODE_DICTIONARY) {
        frame->element = add_node(self, NODE_PAIR, FIELD_NONE, first, first, frame->list);
        begin_value(self, first, true, FIELD_KEY, frame->element, level + 1);
    } else if (list == NODE_ARGUMENT_LIST && primaries_is_word(self, next, OP_ASSIGN)) {
        frame->element =
            add_node(self, NODE_KEYWORD_ARGUMENT, FIELD_NONE, first, first, frame->list);
        add_node(self, NODE_IDENTIFIER, FIELD_NAME, first, first, frame->element);
        begin_value(self, primaries_next(self, next), true, FIELD_VALUE, frame->element, level + 1);
    } else {
        NodeField field = list == NODE_SUBSCRIPT ? FIELD_SUBSCRIPT : FIELD_NONE;
        begin_value(self, first, true, field, frame->list, level);
    }
}

// The node of the trailer at hand.
static uint32_t trailer_node(const Frame *frame) {
    return frame->outermost + frame->trailers - 1 - frame->trailer;
}

static void finish_brackets(Primaries *self, Frame *frame, uint32_t close) {
    close_node(self, frame->list, close);
    if (frame->trailers > 0) close_node(self, trailer_node(frame), close);
    frame->trailer += frame->trailers > 0;
    frame->last = close;
    frame->open = NO_TOKEN;
}

// How many nodes are above an element of the open brackets.
static uint32_t element_level(const Primaries *self, const Frame *frame) {
    uint32_t above = frame->trailers > 0 ? frame->trailers - 1 - frame->trailer : 0;
    bool is_call = self->nodes.at[frame->list].kind == NODE_ARGUMENT_LIST;
    return frame->level + above + (is_call ? 2 : 1);
}

// Between brackets: the next element, or their end.
static void go_on_between_brackets(Primaries *self, Frame *frame) {
    uint32_t next = primaries_next(self, frame->last);
    uint32_t level = element_level(self, frame);
    if (next == close_of(self, frame->open)) {
        finish_brackets(self, frame, next);
    } else if (primaries_is_word(self, next, OP_COMMA)) {
        frame->last = next;
    } else if (primaries_is_word(self, next, OP_COLON)) {
        begin_value(self, primaries_next(self, next), true, FIELD_VALUE, frame->element, level + 1);
    } else {
        begin_element(self, frame, next, level);
    }
}

static void begin_trailer(Primaries *self, Frame *frame) {
    uint32_t trailer = self->trailers.at[frame->first_trailer + frame->trailer];
    uint32_t node = trailer_node(frame);
    frame->last = trailer;
    if (primaries_is_word(self, trailer, OP_DOT)) {
        uint32_t name = primaries_next(self, trailer);
        add_node(self, NODE_IDENTIFIER, FIELD_ATTRIBUTE, name, name, node);
        close_node(self, node, name);
        frame->last = name;
        frame->trailer++;
        return;
    }
    bool is_argument_list = primaries_is_word(self, trailer, OP_LEFT_PAREN);
    frame->open = trailer;
    frame->list = node;
    if (is_argument_list)
        frame->list = add_node(self, NODE_ARGUMENT_LIST, FIELD_ARGUMENTS, trailer, trailer, node);
}

void add_value(Primaries *self, uint32_t first, bool subscripts, NodeField field, uint32_t parent,
               uint32_t level) {
    self->trailers.len = 0;
    begin_value(self, first, subscripts, field, parent, level);
    while (self->frames.len > 0) {
        Frame *frame = &vec_last(&self->frames);
        if (frame->open != NO_TOKEN)
            go_on_between_brackets(self, frame);
        else if (frame->trailer < frame->trailers)
            begin_trailer(self, frame);
        else
            finish_value(self);
    }
}
