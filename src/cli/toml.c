// One walk over the parser's tree with a stack of open things: a pair or a header collects its key
// and then gets its value, an array or an inline table collects values.

#include "cli/toml.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "python/grammar.h"

#include <errno.h>

const TSLanguage *tree_sitter_toml(void);

typedef enum FrameKind { FRAME_SECTION, FRAME_PAIR, FRAME_ARRAY, FRAME_INLINE } FrameKind;

typedef struct Key {
    Str text;
    uint32_t line;
} Key;

typedef struct Frame {
    FrameKind kind;
    TomlValue *value;   // the table that pairs go into, or the array
    uint32_t first_key; // where its keys begin in Reader.keys
    bool is_array_header;
} Frame;

typedef struct Reader {
    Arena *arena;
    Str text;
    Str name;
    Error *error;
    TomlValue *root;
    VEC(Frame) frames;
    VEC(Key) keys;
    uint32_t section; // counted from 1
    uint32_t line;    // of the node that is looked at
} Reader;

// Says that the document is wrong on the line that is looked at; returns false.
#define wrong(self, format, ...)                                                                   \
    error_set((self)->error, "%.*s:%u: " format, STR_ARG((self)->name), (self)->line, ##__VA_ARGS__)

const char *toml_kind_name(TomlKind kind) {
    static const char *const names[] = {
        [TOML_STRING] = "a string",   [TOML_INTEGER] = "an integer", [TOML_FLOAT] = "a float",
        [TOML_BOOLEAN] = "a boolean", [TOML_DATE] = "a date",        [TOML_ARRAY] = "an array",
        [TOML_TABLE] = "a table",
    };
    return names[kind];
}

// ---- Tables ----

static TomlValue *new_value(Reader *self, TomlKind kind) {
    TomlValue *value = arena_new(self->arena, TomlValue);
    value->kind = (uint8_t)kind;
    value->line = self->line;
    return value;
}

static TomlValue *member_of(const TomlValue *table, Str key) {
    uint32_t place = map_get(&table->places, key);
    return place == MAP_NONE ? NULL : table->members.at[place].value;
}

TomlValue *toml_get(const TomlValue *table, Str key) {
    if (table == NULL || table->kind != TOML_TABLE) return NULL;
    return member_of(table, key);
}

static void put(Reader *self, TomlValue *table, Key key, TomlValue *value) {
    map_put(self->arena, &table->places, key.text, table->members.len);
    vec_push(self->arena, &table->members, (TomlMember){key.text, value, key.line});
}

static TomlValue *get_or_make_table(Reader *self, TomlValue *table, Key key) {
    TomlValue *inner = member_of(table, key.text);
    if (inner != NULL) return inner;
    inner = new_value(self, TOML_TABLE);
    put(self, table, key, inner);
    return inner;
}

static bool no_table(Reader *self, Key key, const TomlValue *value) {
    return wrong(self, "`%.*s` is %s already, from line %u", STR_ARG(key.text),
                 toml_kind_name((TomlKind)value->kind), value->line);
}

// One step of a header's path: into a table, or into the newest table of an array of tables.
static bool enter(Reader *self, TomlValue **table, Key key) {
    TomlValue *inner = get_or_make_table(self, *table, key);
    if (inner->is_fixed) return no_table(self, key, inner);
    if (inner->kind == TOML_ARRAY) inner = vec_last(&inner->items);
    if (inner->kind != TOML_TABLE) return no_table(self, key, inner);
    *table = inner;
    return true;
}

static bool open_table(Reader *self, TomlValue **table, Key key) {
    TomlValue *inner = get_or_make_table(self, *table, key);
    if (inner->kind != TOML_TABLE || inner->is_fixed) return no_table(self, key, inner);
    if (inner->is_opened || inner->dotted_in != 0)
        return wrong(self, "the table `%.*s` is there already, from line %u", STR_ARG(key.text),
                     inner->line);
    inner->is_opened = true;
    *table = inner;
    return true;
}

static bool open_array_item(Reader *self, TomlValue **table, Key key) {
    TomlValue *array = member_of(*table, key.text);
    if (array == NULL) {
        array = new_value(self, TOML_ARRAY);
        put(self, *table, key, array);
    }
    if (array->kind != TOML_ARRAY || array->is_fixed) return no_table(self, key, array);
    *table = new_value(self, TOML_TABLE);
    (*table)->is_opened = true;
    vec_push(self->arena, &array->items, *table);
    return true;
}

// The header's keys are complete.
static bool finish_header(Reader *self) {
    Frame *frame = &vec_last(&self->frames);
    const Key *keys = self->keys.at + frame->first_key;
    uint32_t count = self->keys.len - frame->first_key;
    self->section++;
    TomlValue *table = self->root;
    for (uint32_t i = 0; i + 1 < count; i++)
        if (!enter(self, &table, keys[i])) return false;
    Key last = keys[count - 1];
    if (!(frame->is_array_header ? open_array_item : open_table)(self, &table, last)) return false;
    frame->value = table;
    self->keys.len = frame->first_key;
    return true;
}

// One step of a pair's dotted key.
static bool enter_dotted(Reader *self, TomlValue **table, Key key) {
    TomlValue *inner = get_or_make_table(self, *table, key);
    if (inner->kind != TOML_TABLE || inner->is_fixed) return no_table(self, key, inner);
    if (inner->is_opened || (inner->dotted_in != 0 && inner->dotted_in != self->section))
        return wrong(self, "the table `%.*s` is there already, from line %u", STR_ARG(key.text),
                     inner->line);
    inner->dotted_in = self->section;
    *table = inner;
    return true;
}

static bool finish_pair(Reader *self, TomlValue *value) {
    Frame frame = self->frames.at[self->frames.len - 1];
    const Key *keys = self->keys.at + frame.first_key;
    uint32_t count = self->keys.len - frame.first_key;
    TomlValue *table = frame.value;
    for (uint32_t i = 0; i + 1 < count; i++)
        if (!enter_dotted(self, &table, keys[i])) return false;
    Key last = keys[count - 1];
    const TomlValue *before = member_of(table, last.text);
    if (before != NULL)
        return wrong(self, "`%.*s` is there already, from line %u", STR_ARG(last.text),
                     before->line);
    put(self, table, last, value);
    self->keys.len = frame.first_key;
    return true;
}

// A value is complete: it goes to what waits for it.
static bool deliver(Reader *self, TomlValue *value) {
    Frame *frame = &vec_last(&self->frames);
    if (frame->kind == FRAME_PAIR) return finish_pair(self, value);
    vec_push(self->arena, &frame->value->items, value);
    return true;
}

// ---- Strings ----

static uint32_t read_hex(Str digits) {
    uint32_t number = 0;
    for (uint32_t i = 0; i < digits.len; i++) {
        char c = digits.at[i];
        number = number * 16 + (uint32_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return number;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Appends what the escape at `at` (the backslash) stands for; returns where it ends, or 0.
static uint32_t unescape(Reader *self, Buf *out, Str text, uint32_t at) {
    static const char letters[] = "btnfr\"\\", bytes[] = "\b\t\n\f\r\"\\";
    char c = text.at[at + 1];
    const char *place = strchr(letters, c);
    if (place != NULL) {
        buf_add_byte(out, bytes[place - letters]);
        return at + 2;
    }
    if (c == 'u' || c == 'U') {
        uint32_t end = at + (c == 'u' ? 6 : 10);
        uint32_t point = read_hex(str_slice(text, at + 2, end));
        if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) {
            wrong(self, "`%.*s` is no character", STR_ARG(str_slice(text, at, end)));
            return 0;
        }
        char encoded[4];
        buf_add_bytes(out, encoded, utf8_encode(point, encoded));
        return end;
    }
    // A line end in a string of several lines: gone, with the blanks behind it.
    at++;
    while (at < text.len && is_blank(text.at[at]))
        at++;
    return at;
}

static bool add_unescaped(Reader *self, Buf *out, Str text, bool has_escapes) {
    for (uint32_t i = 0; i < text.len;) {
        if (has_escapes && text.at[i] == '\\') {
            i = unescape(self, out, text, i);
            if (i == 0) return false;
        } else {
            // CR LF is one line end.
            if (text.at[i] != '\r') buf_add_byte(out, text.at[i]);
            i++;
        }
    }
    return true;
}

// What a literal with its quotes stands for.
static bool read_string(Reader *self, Str literal, Str *value) {
    bool has_escapes = literal.at[0] == '"';
    Str quotes = has_escapes ? STR("\"\"\"") : STR("'''");
    bool is_long = literal.len >= 6 && str_starts_with(literal, quotes);
    uint32_t width = is_long ? 3 : 1;
    Str inside = str_slice(literal, width, literal.len - width);
    if (is_long) {
        if (str_starts_with(inside, STR("\r"))) inside = str_from(inside, 1);
        if (str_starts_with(inside, STR("\n"))) inside = str_from(inside, 1);
        bool is_escaped = has_escapes && inside.len >= 4 && inside.at[inside.len - 4] == '\\';
        if (str_ends_with(inside, quotes) && !is_escaped)
            return wrong(self, "more than two quotes stand before the three that end a string");
    }
    if (!str_contains(inside, STR("\\")) && !str_contains(inside, STR("\r"))) {
        *value = inside;
        return true;
    }
    Buf out = {0};
    bool done = add_unescaped(self, &out, inside, has_escapes);
    if (done) *value = str_copy(self->arena, buf_str(&out));
    buf_release(&out);
    return done;
}

// ---- Numbers and dates ----

static bool read_integer(Reader *self, Str written, int64_t *integer) {
    char digits[72];
    size_t count = 0;
    for (uint32_t i = 0; i < written.len && count < sizeof digits - 1; i++)
        if (written.at[i] != '_') digits[count++] = written.at[i];
    digits[count] = '\0';
    int base = 10;
    char *start = digits;
    if (count > 2 && digits[0] == '0' && digits[1] > '9') {
        base = digits[1] == 'x' ? 16 : digits[1] == 'o' ? 8 : 2;
        start += 2;
    }
    errno = 0;
    *integer = strtoll(start, NULL, base);
    if (errno != 0 || count == sizeof digits - 1)
        return wrong(self, "an integer of more than 64 bits");
    return true;
}

static bool is_day(uint32_t year, uint32_t month, uint32_t day) {
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= days[month - 1] + (uint32_t)(is_leap && month == 2);
}

static uint32_t two_digits(Str text, uint32_t at) {
    return (uint32_t)(text.at[at] - '0') * 10 + (uint32_t)(text.at[at + 1] - '0');
}

// The grammar has seen to the form, but for the number of a year's digits.
static bool check_date(Reader *self, Str written) {
    uint32_t dash = str_find_byte(written, '-'), colon = str_find_byte(written, ':');
    if (dash < colon) {
        uint32_t year = two_digits(written, 0) * 100 + two_digits(written, 2);
        if (dash != 4 || year == 0 || !is_day(year, two_digits(written, 5), two_digits(written, 8)))
            return wrong(self, "there is no day `%.*s`", STR_ARG(str_slice(written, 0, dash + 6)));
    }
    if (colon < written.len && two_digits(written, colon + 4) > 59)
        return wrong(self, "there is no time `%.*s`", STR_ARG(written));
    return true;
}

// ---- Walking ----

static bool add_scalar(Reader *self, TomlKind kind, Str written) {
    TomlValue *value = new_value(self, kind);
    value->text = written;
    if (kind == TOML_BOOLEAN) value->integer = str_is(written, "true");
    if (kind == TOML_STRING && !read_string(self, written, &value->text)) return false;
    if (kind == TOML_INTEGER && !read_integer(self, written, &value->integer)) return false;
    if (kind == TOML_DATE && !check_date(self, written)) return false;
    return deliver(self, value);
}

static bool add_key(Reader *self, Str written, bool is_quoted) {
    Key key = {written, self->line};
    if (is_quoted && !read_string(self, written, &key.text)) return false;
    vec_push(self->arena, &self->keys, key);
    return true;
}

static void push_frame(Reader *self, FrameKind kind, TomlValue *value, bool is_array_header) {
    vec_push(self->arena, &self->frames, (Frame){kind, value, self->keys.len, is_array_header});
}

static bool open_container(Reader *self, FrameKind kind) {
    TomlValue *value = new_value(self, kind == FRAME_ARRAY ? TOML_ARRAY : TOML_TABLE);
    value->is_fixed = true;
    push_frame(self, kind, value, false);
    return true;
}

typedef struct NodeName {
    const char *name;
    uint8_t kind;
} NodeName;

static bool scalar_kind(Str type, TomlKind *kind) {
    static const NodeName names[] = {
        {"string", TOML_STRING},   {"integer", TOML_INTEGER},       {"float", TOML_FLOAT},
        {"boolean", TOML_BOOLEAN}, {"offset_date_time", TOML_DATE}, {"local_date_time", TOML_DATE},
        {"local_date", TOML_DATE}, {"local_time", TOML_DATE},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (!str_is(type, names[i].name)) continue;
        *kind = (TomlKind)names[i].kind;
        return true;
    }
    return false;
}

// An inline table is fixed for what stands outside it, not for its own pairs.
static bool visit(Reader *self, Str type, Str written, bool *descend) {
    TomlKind kind;
    *descend = false;
    if (scalar_kind(type, &kind)) return add_scalar(self, kind, written);
    if (str_is(type, "bare_key")) return add_key(self, written, false);
    if (str_is(type, "quoted_key")) return add_key(self, written, true);
    *descend = true;
    if (str_is(type, "pair"))
        push_frame(self, FRAME_PAIR, vec_last(&self->frames).value, false);
    else if (str_is(type, "table"))
        push_frame(self, FRAME_SECTION, NULL, false);
    else if (str_is(type, "table_array_element"))
        push_frame(self, FRAME_SECTION, NULL, true);
    else if (str_is(type, "array"))
        return open_container(self, FRAME_ARRAY);
    else if (str_is(type, "inline_table"))
        return open_container(self, FRAME_INLINE);
    else if ((str_is(type, "]") || str_is(type, "]]")) &&
             vec_last(&self->frames).kind == FRAME_SECTION)
        return finish_header(self);
    return true;
}

static bool leave(Reader *self, Str type) {
    if (str_is(type, "array") || str_is(type, "inline_table")) {
        TomlValue *value = self->frames.at[--self->frames.len].value;
        return deliver(self, value);
    }
    if (str_is(type, "pair") || str_is(type, "table") || str_is(type, "table_array_element"))
        self->frames.len--;
    return true;
}

static Str node_type(TSTreeCursor *cursor) {
    return str_of(ts_node_type(ts_tree_cursor_current_node(cursor)));
}

static bool walk(Reader *self, TSTreeCursor *cursor) {
    push_frame(self, FRAME_SECTION, self->root, false);
    for (;;) {
        TSNode node = ts_tree_cursor_current_node(cursor);
        self->line = ts_node_start_point(node).row + 1;
        Str written = str_slice(self->text, ts_node_start_byte(node), ts_node_end_byte(node));
        bool descend;
        if (!visit(self, node_type(cursor), written, &descend)) return false;
        if (descend && ts_tree_cursor_goto_first_child(cursor)) continue;
        for (;;) {
            if (!leave(self, node_type(cursor))) return false;
            if (ts_tree_cursor_goto_next_sibling(cursor)) break;
            if (!ts_tree_cursor_goto_parent(cursor)) return true;
        }
    }
}

// ---- What the grammar lets through, and what it does not know ----

static bool check_bytes(Reader *self) {
    Str text = self->text;
    uint32_t invalid = utf8_find_invalid(text);
    if (str_starts_with(text, STR("\xef\xbb\xbf"))) return wrong(self, "a byte order mark");
    for (uint32_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (i == invalid) return wrong(self, "a byte that is not UTF-8");
        if (c == '\n') self->line++;
        bool is_line_end = c == '\r' && i + 1 < text.len && text.at[i + 1] == '\n';
        if ((c < 0x20 && c != '\t' && c != '\n' && !is_line_end) || c == 0x7f)
            return wrong(self, "a control character, \\x%02x", c);
    }
    return true;
}

typedef enum Place {
    IN_CODE,
    IN_COMMENT,
    IN_BASIC,
    IN_LITERAL,
    IN_LONG_BASIC,
    IN_LONG_LITERAL
} Place;

static Place place_behind(Place place, Str rest, uint32_t *width) {
    *width = 1;
    char c = rest.at[0];
    switch (place) {
    case IN_CODE:
        if (c == '#') return IN_COMMENT;
        if (c != '"' && c != '\'') return IN_CODE;
        if (!str_starts_with(rest, c == '"' ? STR("\"\"\"") : STR("'''")))
            return c == '"' ? IN_BASIC : IN_LITERAL;
        *width = 3;
        return c == '"' ? IN_LONG_BASIC : IN_LONG_LITERAL;
    case IN_COMMENT: return c == '\n' ? IN_CODE : IN_COMMENT;
    case IN_BASIC:
        if (c == '\\') *width = 2;
        return c == '"' || c == '\n' ? IN_CODE : IN_BASIC;
    case IN_LITERAL: return c == '\'' || c == '\n' ? IN_CODE : IN_LITERAL;
    case IN_LONG_BASIC:
        if (c == '\\') *width = 2;
        if (!str_starts_with(rest, STR("\"\"\""))) return place;
        break;
    case IN_LONG_LITERAL:
        if (!str_starts_with(rest, STR("'''"))) return place;
        break;
    }
    // Up to two quotes more belong to the string.
    *width = 3;
    while (*width < 5 && *width < rest.len && rest.at[*width] == c)
        ++*width;
    return IN_CODE;
}

// In a string of several lines, blanks may stand between a backslash and the line end. The grammar
// wants none; without them the string means the same.
static Str cut_blanks_after_backslash(Arena *arena, Str text) {
    if (!str_contains(text, STR("\\ ")) && !str_contains(text, STR("\\\t"))) return text;
    Buf out = {0};
    Place place = IN_CODE;
    for (uint32_t i = 0, width; i < text.len; i += width) {
        Place next = place_behind(place, str_from(text, i), &width);
        uint32_t end = i + 1;
        while (end < text.len && (text.at[end] == ' ' || text.at[end] == '\t'))
            end++;
        bool ends_line = end < text.len && (text.at[end] == '\n' || text.at[end] == '\r');
        if (place == IN_LONG_BASIC && text.at[i] == '\\' && end > i + 1 && ends_line) {
            buf_add_byte(&out, '\\');
            width = end - i;
        } else {
            buf_add(&out, str_slice(text, i, i + width));
        }
        place = next;
    }
    text = str_copy(arena, buf_str(&out));
    buf_release(&out);
    return text;
}

static void find_error(Reader *self, TSTreeCursor *cursor) {
    for (;;) {
        TSNode node = ts_tree_cursor_current_node(cursor);
        self->line = ts_node_start_point(node).row + 1;
        if (ts_node_is_error(node) || ts_node_is_missing(node)) return;
        if (ts_node_has_error(node) && ts_tree_cursor_goto_first_child(cursor)) continue;
        while (!ts_tree_cursor_goto_next_sibling(cursor))
            if (!ts_tree_cursor_goto_parent(cursor)) return;
    }
}

// False where it is not TOML.
static bool read_tree(Reader *self, const TSTree *tree) {
    TSNode root = ts_tree_root_node(tree);
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    bool is_toml = !ts_node_has_error(root);
    if (is_toml) {
        is_toml = walk(self, &cursor);
    } else {
        find_error(self, &cursor);
        wrong(self, "this is not TOML");
    }
    return is_toml;
}

TomlValue *toml_read(Arena *arena, Str text, Str name, Error *error) {
    Reader self = {.arena = arena, .name = name, .error = error, .section = 1, .line = 1};
    self.text = text;
    if (!check_bytes(&self)) return NULL;
    self.text = text = cut_blanks_after_backslash(arena, text);
    self.line = 1;
    self.root = new_value(&self, TOML_TABLE);
    bool is_toml = read_tree(&self, grammar_parse(tree_sitter_toml(), text));
    grammar_release();
    return is_toml ? self.root : NULL;
}
