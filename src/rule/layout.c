#include "rule/layout.h"

#include "base/search.h"
#include "python/unicode.h"
#include "rule/registry.h"

bool rule_is_on(const Pass *pass, Str code) {
    uint32_t number = registry_find(code);
    return number != UINT32_MAX && pass->settings->severities[number] != SEVERITY_OFF;
}

// ---- Whether the tokens can be trusted ----

// The depth of replacement fields at the end of an f-string's token, `{{` and `}}` left out.
static int32_t open_fields(Str text, uint32_t quote) {
    int32_t depth = 0;
    for (uint32_t i = quote; i < text.len; i++) {
        char c = text.at[i];
        if (c != '{' && c != '}') continue;
        bool is_doubled = depth == 0 && i + 1 < text.len && text.at[i + 1] == c;
        if (is_doubled)
            i++;
        else
            depth += c == '{' ? 1 : -1;
    }
    return depth;
}

static bool is_whole_string(const Lines *lines, const Token *token) {
    Str text = token_text(lines, token);
    uint32_t quote = 0;
    while (quote < text.len && text.at[quote] != '\'' && text.at[quote] != '"')
        quote++;
    for (uint32_t i = 0; i < quote; i++)
        if (text.at[i] == 'f' || text.at[i] == 'F') return open_fields(text, quote) == 0;
    return true;
}

// A name before it is a prefix that tokenize does not know.
static bool has_unknown_prefix(const LogicalLine *line, uint32_t index) {
    if (index <= line->first) return false;
    const Token *string = &line->tokens[index], *before = string - 1;
    return token_is_name(before) && before->end == string->start;
}

static bool has_certain_strings(const Pass *pass, const LogicalLine *line) {
    for (uint32_t i = line->first; i < line->token_count; i++) {
        const Token *token = &line->tokens[i];
        if (token->kind != TOKEN_STRING) continue;
        if (has_unknown_prefix(line, i) || !is_whole_string(&pass->file->lines, token))
            return false;
    }
    return true;
}

bool line_is_certain(const Pass *pass, const LogicalLine *line) {
    if (line_has_kind(line, TOKEN_ERROR)) return false;
    if (!line_has_kind(line, TOKEN_STRING)) return true;
    // What is kept in the line is what would be computed each time.
    if (line->certainty == CERTAINTY_UNKNOWN)
        ((LogicalLine *)line)->certainty =
            has_certain_strings(pass, line) ? CERTAINTY_GIVEN : CERTAINTY_MISSING;
    return line->certainty == CERTAINTY_GIVEN;
}

// ---- Whether there is room ----

static uint32_t line_limit(const Pass *pass) {
    return rule_is_on(pass, STR("E501")) ? pass->settings->max_line_length : UINT32_MAX;
}

// A row that is too long already stays so.
static bool row_has_room(const Lines *lines, uint32_t row, uint32_t growth, uint32_t limit) {
    Str text = line_text(lines, row);
    if (row >= lines->count || text.len / 4 > limit) return true;
    uint32_t length = text_columns(lines, unicode_trim_end(text));
    return length > limit || length + growth <= limit;
}

// The last token that starts at `offset` or before it; the line's first one where none does.
static uint32_t token_at(const LogicalLine *line, uint32_t offset) {
    const Token *first = line->tokens + line->first;
    uint32_t later = line->token_count - line->first - 1;
    return line->first + COUNT_BEFORE(i, later, first[i + 1].start <= offset);
}

const Token *line_token(const LogicalLine *line, uint32_t offset) {
    const Token *token = &line->tokens[token_at(line, offset)];
    return token->start == offset ? token : NULL;
}

enum { MOST_TOKENS_IN_ROW = 1000 };

// Whether later rows line up with what stands behind `offset`: a bracket that something follows is
// open at the row's end.
static bool moves_later_rows(const LogicalLine *line, uint32_t offset) {
    uint32_t from = token_at(line, offset), to = from;
    uint32_t row = line->tokens[from].end_line;
    if (line->tokens[line->token_count - 1].end_line == row) return false;
    while (to < line->token_count && line->tokens[to].start_line <= row)
        if (++to - from > MOST_TOKENS_IN_ROW) return true;
    uint32_t closed = 0;
    for (; to > from; to--) {
        const Token *token = &line->tokens[to - 1];
        if (token_closes(token)) closed++;
        if (!token_opens(token) || token->start < offset) continue;
        bool has_item =
            to < line->token_count && token[1].kind != TOKEN_NL && token[1].kind != TOKEN_COMMENT;
        if (closed > 0)
            closed--;
        else if (has_item)
            return true;
    }
    return false;
}

static bool has_room(const Pass *pass, const LogicalLine *line, uint32_t offset, uint32_t growth) {
    const Lines *lines = &pass->file->lines;
    uint32_t limit = line_limit(pass), row = lines_find(lines, offset);
    if (growth == 0 || limit == UINT32_MAX) return true;
    if (!row_has_room(lines, row, growth, limit)) return false;
    if (!moves_later_rows(line, offset)) return true;
    for (uint32_t last = line->tokens[line->token_count - 1].end_line; ++row <= last;)
        if (!row_has_room(lines, row, growth, limit)) return false;
    return true;
}

// ---- Blanks between tokens ----

static bool is_blank(Str text) {
    for (uint32_t i = 0; i < text.len; i++)
        if (text.at[i] != ' ' && text.at[i] != '\t' && text.at[i] != '\f') return false;
    return true;
}

// The bytes between a token and the next one, where nothing but blanks stands there.
static bool find_gap(const Pass *pass, const LogicalLine *line, uint32_t index, Span *gap) {
    if (index + 1 >= line->token_count) return false;
    const Token *before = &line->tokens[index], *behind = before + 1;
    if (token_is_skipped(before) || token_is_skipped(behind)) return false;
    if (before->end_line != behind->start_line) return false;
    *gap = (Span){before->end, behind->start};
    return is_blank(str_slice(pass->file->lines.text, gap->start, gap->end));
}

void edit_in_line(Pass *pass, Finding *finding, FixSafety safety, const LogicalLine *line,
                  Span span, Str text) {
    if (!finding_takes_edits(finding) || !line_is_certain(pass, line)) return;
    uint32_t removed = span.end - span.start;
    bool is_longer = text.len > removed && str_find_byte(text, '\n') == text.len &&
                     str_find_byte(text, '\r') == text.len;
    uint32_t growth = is_longer ? text.len - removed : 0;
    if (has_room(pass, line, span.start, growth)) finding_edit(finding, safety, span, text);
}

void edit_gap(Pass *pass, Finding *finding, const LogicalLine *line, uint32_t offset, Str text) {
    if (!finding_takes_edits(finding)) return;
    uint32_t index = token_at(line, offset);
    Span gap;
    if (line->tokens[index].start == offset && index > line->first) index--;
    if (!find_gap(pass, line, index, &gap) || offset < gap.start || offset > gap.end) return;
    edit_in_line(pass, finding, FIX_SAFE, line, gap, text);
}

void edit_gaps_around(Pass *pass, Finding *finding, const LogicalLine *line, const Token *token) {
    if (!finding_takes_edits(finding) || !line_is_certain(pass, line)) return;
    uint32_t index = (uint32_t)(token - line->tokens), count = 0;
    Span gaps[2];
    if (index > line->first && find_gap(pass, line, index - 1, &gaps[count])) count++;
    if (find_gap(pass, line, index, &gaps[count])) count++;
    uint32_t growth = 0;
    for (uint32_t i = 0; i < count; i++)
        growth += gaps[i].start == gaps[i].end;
    if (!has_room(pass, line, token->start, growth)) return;
    for (uint32_t i = 0; i < count; i++)
        if (gaps[i].start == gaps[i].end) finding_edit(finding, FIX_SAFE, gaps[i], STR(" "));
}

// ---- Lines ----

static Str line_end_at(const Lines *lines, uint32_t row) {
    Str end = str_from(line_with_end(lines, row), line_text(lines, row).len);
    if (end.len == 0 && row > 0) end = line_end_at(lines, 0);
    return end.len > 0 ? end : STR("\n");
}

// The character that the file indents with, here or from here on.
static char indent_char(const Lines *lines, const LogicalLine *line) {
    if (line->indent_char != 0) return line->indent_char;
    for (uint32_t row = line->row; row < lines->count; row++) {
        char c = lines->text.at[lines->starts[row]];
        if (c == ' ' || c == '\t') return c;
    }
    return ' ';
}

static Str indentation_of(const Lines *lines, const LogicalLine *line) {
    const Token *first = &line->tokens[line->first];
    Str text = str_slice(lines->text, lines->starts[first->start_line], first->start);
    uint32_t feed = str_find_last_byte(text, '\f');
    return feed < text.len ? str_from(text, feed + 1) : text;
}

Str line_break_in(const Pass *pass, const LogicalLine *line, uint32_t levels) {
    const Lines *lines = &pass->file->lines;
    Str level = indent_char(lines, line) == '\t' ? STR("\t") : STR("    ");
    Str text = str_join(pass->arena, line_end_at(lines, line->tokens[line->first].start_line),
                        indentation_of(lines, line));
    for (uint32_t i = 0; i < levels; i++)
        text = str_join(pass->arena, text, level);
    return text;
}

static uint32_t count_spaces(Str text) {
    uint32_t at = 0;
    while (at < text.len && text.at[at] == ' ')
        at++;
    return at;
}

static bool is_indented_with_spaces(const Lines *lines, uint32_t row) {
    Str rest = line_text(lines, row);
    rest = str_from(rest, count_spaces(rest));
    return rest.len == 0 || (rest.at[0] != '\t' && rest.at[0] != '\f');
}

static const char spaces[] = "                                                                "
                             "                                                                ";

// The same for the rows that stand in brackets opened on the row of `first`, and so move with it.
static bool rows_have_room(const Pass *pass, const LogicalLine *line, const Token *first,
                           uint32_t growth) {
    const Lines *lines = &pass->file->lines;
    uint32_t limit = line_limit(pass);
    if (!row_has_room(lines, first->start_line, growth, limit)) return false;
    for (const Token *token = first + 1; token < line->tokens + line->token_count; token++) {
        bool begins_row = token->start_line > token[-1].start_line && !token_is_skipped(token);
        if (!begins_row) continue;
        if (token->depth <= first->depth) return true;
        if (!row_has_room(lines, token->start_line, growth, limit)) return false;
    }
    return true;
}

void edit_indentation(Pass *pass, Finding *finding, const LogicalLine *line, const Token *first,
                      uint32_t columns) {
    if (!finding_takes_edits(finding) || columns >= sizeof spaces) return;
    const Lines *lines = &pass->file->lines;
    uint32_t start = lines->starts[first->start_line], old = first->start - start;
    uint32_t growth = columns > old ? columns - old : 0;
    bool is_plain = count_spaces(line_text(lines, first->start_line)) == old;
    if (!is_plain || columns == old) return;
    if (growth > 0 && !rows_have_room(pass, line, first, growth)) return;
    finding_edit(finding, FIX_UNSAFE, (Span){start, first->start}, (Str){spaces, columns});
}

bool lines_can_move(const Pass *pass, const LogicalLine *line, const LogicalLine *end,
                    uint32_t columns) {
    const Lines *lines = &pass->file->lines;
    uint32_t limit = line_limit(pass);
    for (; line < end; line++) {
        uint32_t row = line->tokens[line->first].start_line;
        for (; row <= line->tokens[line->token_count - 1].end_line && row < lines->count; row++)
            if (!is_indented_with_spaces(lines, row) || !row_has_room(lines, row, columns, limit))
                return false;
    }
    return true;
}

static uint32_t first_row(const LogicalLine *line) {
    return line->tokens[line->first].start_line;
}

void edit_fewer_blank_lines(Pass *pass, Finding *finding, const LogicalLine *line, uint32_t count) {
    if (!finding_takes_edits(finding)) return;
    const Lines *lines = &pass->file->lines;
    uint32_t end = first_row(line), start = end, feeds = 0;
    for (; start > 0 && is_blank(line_text(lines, start - 1)); start--)
        feeds += str_contains(line_text(lines, start - 1), STR("\f"));
    if (end - start != line->blank_lines || line->blank_lines <= count || feeds > count) return;
    Str kept = {0};
    uint32_t others = count - feeds;
    for (uint32_t row = start; row < end; row++) {
        bool has_feed = str_contains(line_text(lines, row), STR("\f"));
        if (!has_feed && others == 0) continue;
        if (!has_feed) others--;
        kept = str_join(pass->arena, kept, line_with_end(lines, row));
    }
    finding_edit(finding, FIX_SAFE, (Span){lines->starts[start], lines->starts[end]}, kept);
}

// The first of the comments that stand directly before the line, or the line itself. What may be
// the file's shebang and encoding does not belong to it.
static const LogicalLine *first_of_its_comments(const Pass *pass, const LogicalLine *line) {
    enum { COOKIE_ROWS = 2 };
    const LogicalLine *top = line;
    while (top > pass->file->logical.lines.at) {
        const LogicalLine *above = top - 1;
        if (above->text.len > 0 || top->blank_lines > 0 || line_has_kind(above, TOKEN_ERROR)) break;
        if (above->indent_level != line->indent_level || first_row(above) + 1 != first_row(top))
            break;
        top = above;
    }
    bool may_be_cookie = first_row(top) < COOKIE_ROWS && line->previous == 0;
    return may_be_cookie ? line : top;
}

static bool follows_backslash(const Lines *lines, uint32_t row) {
    return row > 0 && str_ends_with(line_text(lines, row - 1), STR("\\"));
}

void edit_more_blank_lines(Pass *pass, Finding *finding, const LogicalLine *line, uint32_t count) {
    if (!finding_takes_edits(finding) || line_has_kind(line, TOKEN_ERROR)) return;
    const Lines *lines = &pass->file->lines;
    const LogicalLine *top = first_of_its_comments(pass, line);
    uint32_t row = first_row(top);
    if (row == 0 || follows_backslash(lines, row)) return;
    Str text = {0};
    for (uint32_t i = top->blank_lines; i < count; i++)
        text = str_join(pass->arena, text, line_end_at(lines, row - 1));
    Span start = {lines->starts[row], lines->starts[row]};
    if (text.len > 0) finding_edit(finding, FIX_SAFE, start, text);
}
