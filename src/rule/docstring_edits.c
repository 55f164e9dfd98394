#include "rule/docstring_edits.h"

#include "base/buf.h"

// ---- inspect.cleandoc() ----

enum { TAB_WIDTH = 8 };

static Str expand_tabs(Arena *arena, Str text) {
    uint32_t tabs = 0;
    for (uint32_t i = 0; i < text.len; i++)
        tabs += text.at[i] == '\t';
    char *out = arena_alloc_raw(arena, (size_t)text.len + (size_t)tabs * TAB_WIDTH, 1);
    uint32_t length = 0, column = 0;
    for (uint32_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '\t') {
            do
                out[length++] = ' ';
            while (++column % TAB_WIDTH != 0);
            continue;
        }
        out[length++] = c;
        bool ends_line = c == '\n' || c == '\r';
        if (ends_line) column = 0;
        if (!ends_line && ((uint8_t)c & 0xc0) != 0x80) column++;
    }
    return (Str){out, length};
}

typedef VEC(Str) TextLines;

static TextLines split_lines(Arena *arena, Str text) {
    TextLines lines = {0};
    Str line;
    while (str_split(&text, '\n', &line))
        vec_push(arena, &lines, line);
    return lines;
}

static uint32_t count_blanks(Str line) {
    uint32_t count = 0;
    while (count < line.len && line.at[count] == ' ')
        count++;
    return count;
}

// UINT32_MAX where all lines behind the first one are blank.
static uint32_t shared_margin(const TextLines *lines) {
    uint32_t margin = UINT32_MAX;
    for (uint32_t i = 1; i < lines->len; i++) {
        uint32_t blanks = count_blanks(lines->at[i]);
        if (blanks < lines->at[i].len && blanks < margin) margin = blanks;
    }
    return margin;
}

static bool is_indented_with_blanks(const TextLines *lines) {
    for (uint32_t i = 0; i < lines->len; i++) {
        Str rest = str_from(lines->at[i], count_blanks(lines->at[i]));
        if (unicode_trim_start(rest).len != rest.len) return false;
    }
    return true;
}

bool docstring_clean(Arena *arena, Str text, Str *cleaned) {
    TextLines lines = split_lines(arena, expand_tabs(arena, text));
    if (!is_indented_with_blanks(&lines)) return false;
    uint32_t margin = shared_margin(&lines), last = lines.len, first = 0;
    for (uint32_t i = 0; i < lines.len; i++) {
        uint32_t cut = i == 0 ? count_blanks(lines.at[i]) : margin == UINT32_MAX ? 0 : margin;
        lines.at[i] = str_from(lines.at[i], cut);
    }
    while (last > 0 && lines.at[last - 1].len == 0)
        last--;
    while (first < last && lines.at[first].len == 0)
        first++;
    Buf out = {0};
    for (; first < last; first++) {
        buf_add(&out, lines.at[first]);
        buf_add_byte(&out, '\n');
    }
    *cleaned = str_copy(arena, buf_str(&out));
    buf_release(&out);
    return true;
}

// ---- Literals ----

// Whether the literal ends where its last quotes stand, and not before.
static bool is_one_literal(const StringPart *part, Str text) {
    uint32_t width = part->is_triple ? 3 : 1;
    uint32_t at = part->body_start;
    while (at < part->body_end) {
        if (text.at[at] == '\\') {
            at += 2;
            continue;
        }
        uint32_t quotes = 0;
        while (quotes < width && at + quotes < part->end && text.at[at + quotes] == part->quote)
            quotes++;
        if (quotes == width) return false;
        at++;
    }
    return at == part->body_end;
}

static bool read_literal(Arena *arena, Str literal, Str *value) {
    StringPart part;
    if (!string_part_read(&part, literal, 0, literal.len)) return false;
    if (!is_one_literal(&part, literal)) return false;
    Node node = {.end = literal.len, .size = 1, .kind = NODE_STRING};
    *value = string_value(arena, literal, &node).text;
    return true;
}

static uint32_t count_newlines(Str text) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < text.len; i++)
        count += text.at[i] == '\n';
    return count;
}

// ---- Edits ----

bool docstring_edits_begin(DocstringEdits *self, Pass *pass, const Docstring *docstring) {
    const File *file = pass->file;
    *self = (DocstringEdits){.pass = pass,
                             .docstring = docstring,
                             .newline = line_end_like(&file->lines, docstring->first_line)};
    if (pass->report->refuses_edits) return false;
    if (docstring->definition->docstring->kind != NODE_STRING) return false;
    if (count_newlines(docstring->value) != count_newlines(docstring->written)) return false;
    return string_part_read(&self->part, file->lines.text, docstring->node->start,
                            docstring->node->end);
}

void docstring_edit(DocstringEdits *self, Span span, Str text) {
    vec_push(self->pass->arena, &self->list, (Edit){.span = span, .text = text});
}

static Str edited_literal(const DocstringEdits *self) {
    Str text = self->pass->file->lines.text;
    uint32_t at = self->docstring->node->start;
    Buf out = {0};
    for (uint32_t i = 0; i < self->list.len; i++) {
        buf_add(&out, str_slice(text, at, self->list.at[i].span.start));
        buf_add(&out, self->list.at[i].text);
        at = self->list.at[i].span.end;
    }
    buf_add(&out, str_slice(text, at, self->docstring->node->end));
    Str literal = str_copy(self->pass->arena, buf_str(&out));
    buf_release(&out);
    return literal;
}

static uint32_t count_long_lines(const Pass *pass, Str text) {
    const Settings *settings = pass->settings;
    uint32_t most = settings->max_line_length;
    if (settings->max_doc_length > 0 && settings->max_doc_length < most)
        most = settings->max_doc_length;
    uint32_t count = 0;
    Str line;
    while (str_split(&text, '\n', &line))
        count += text_columns(&pass->file->lines, unicode_trim_end(line)) > most;
    return count;
}

static bool makes_long_lines(const DocstringEdits *self, Str literal) {
    Pass *pass = self->pass;
    const Lines *lines = &pass->file->lines;
    const Docstring *docstring = self->docstring;
    uint32_t start = lines->starts[docstring->first_line];
    uint32_t end = line_text_end(lines, docstring->last_line);
    Str before = str_slice(lines->text, start, docstring->node->start);
    Str behind = str_slice(lines->text, docstring->node->end, end);
    Str whole = str_join3(pass->arena, before, literal, behind);
    return count_long_lines(pass, whole) >
           count_long_lines(pass, str_slice(lines->text, start, end));
}

static FixSafety safety_of(const DocstringEdits *self, Str value) {
    Arena *arena = self->pass->arena;
    Str before, after;
    bool is_same = docstring_clean(arena, self->docstring->value, &before) &&
                   docstring_clean(arena, value, &after) && str_eq(before, after);
    return is_same ? FIX_SAFE : FIX_UNSAFE;
}

void docstring_edits_offer(DocstringEdits *self, Finding *finding) {
    Str literal = edited_literal(self), value;
    if (self->list.len == 0 || !read_literal(self->pass->arena, literal, &value)) return;
    if (makes_long_lines(self, literal)) return;
    FixSafety safety = safety_of(self, value);
    for (uint32_t i = 0; i < self->list.len; i++)
        finding_edit(finding, safety, self->list.at[i].span, self->list.at[i].text);
}

// ---- Lines ----

Span docstring_line(const File *file, const Docstring *docstring, uint32_t index) {
    uint32_t line = docstring->first_line + index;
    Span span = {file->lines.starts[line], line_text_end(&file->lines, line)};
    if (span.start < docstring->node->start) span.start = docstring->node->start;
    if (span.end > docstring->node->end) span.end = docstring->node->end;
    return span;
}

static bool is_plain_layout(Str text) {
    for (uint32_t i = 0; i < text.len; i++)
        if (memchr(" \t\r\n", text.at[i], 4) == NULL) return false;
    return true;
}

bool docstring_begins_line(const Docstring *docstring) {
    return is_plain_layout(docstring->indent);
}

void finding_delete_blank_lines(Finding *finding, const File *file, uint32_t first, uint32_t last) {
    Span span = {file->lines.starts[first], file->lines.starts[last]};
    if (first < last && is_plain_layout(str_slice(file->lines.text, span.start, span.end)))
        finding_edit(finding, FIX_SAFE, span, STR(""));
}
