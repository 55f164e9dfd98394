#include "rule/type_comments.h"

#include "base/ascii.h"
#include "rule/style.h"

// The rest of a `# type: …` comment, or an empty Str.
static Str type_comment(Str comment) {
    Str rest = str_trim(str_from(comment, 1));
    if (!str_starts_with(rest, STR("type:"))) return (Str){0};
    return str_trim(str_from(rest, 5));
}

static bool is_type_ignore(Str comment) {
    Str rest = type_comment(comment);
    if (!str_starts_with(rest, STR("ignore"))) return false;
    char next = rest.len > 6 ? rest.at[6] : ' ';
    return !is_letter_or_digit(next) && (uint8_t)next < 0x80;
}

static bool is_type_comment(Str comment) {
    return type_comment(comment).len > 0 && !is_type_ignore(comment);
}

// The comment that begins at byte `at`; empty where none does.
static Str comment_at(const File *file, uint32_t at) {
    Str text = file->lines.text;
    if (at >= text.len || text.at[at] != '#') return (Str){0};
    return str_slice(text, at, line_text_end(&file->lines, lines_find(&file->lines, at)));
}

static uint32_t skip_blanks(Str text, uint32_t at) {
    while (at < text.len && (text.at[at] == ' ' || text.at[at] == '\t'))
        at++;
    return at;
}

bool parameter_has_type_comment(const File *file, const Node *parameter) {
    Str text = file->lines.text;
    uint32_t at = skip_blanks(text, parameter->end);
    if (at < text.len && text.at[at] == ',') at = skip_blanks(text, at + 1);
    return is_type_comment(comment_at(file, at));
}

uint32_t header_colon(const File *file, const Node *function) {
    uint32_t at = function->start;
    for_each_child(child, function) {
        if (child->field != FIELD_BODY) at = child->end;
    }
    Str text = file->lines.text;
    while (at < text.len && text.at[at] != ':')
        at++;
    return at;
}

bool function_has_type_comment(const File *file, const Node *function) {
    uint32_t at = skip_spaces(file->lines.text, header_colon(file, function) + 1);
    for (Str comment; (comment = comment_at(file, at)).len > 0;
         at = skip_spaces(file->lines.text, at + comment.len))
        if (is_type_comment(comment)) return true;
    return false;
}

bool module_is_type_ignored(const File *file) {
    Str first = line_text(&file->lines, 0);
    if (str_contains(first, STR("# mypy: ignore-errors"))) return true;
    for (uint32_t i = 0; i < file->tokens.count && file->tokens.at[i].start_line == 0; i++)
        if (file->tokens.at[i].kind == TOKEN_COMMENT &&
            is_type_ignore(token_text(&file->lines, &file->tokens.at[i])))
            return true;
    return false;
}

bool function_is_type_ignored(const File *file, const Node *function) {
    uint32_t line = lines_find(&file->lines, function->start);
    for (uint32_t i = tokens_from(&file->tokens, function->start);
         i < file->tokens.count && file->tokens.at[i].start_line == line; i++)
        if (file->tokens.at[i].kind == TOKEN_COMMENT &&
            is_type_ignore(token_text(&file->lines, &file->tokens.at[i])))
            return true;
    return false;
}
