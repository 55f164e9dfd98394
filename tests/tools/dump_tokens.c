// Prints the tokens of the files named on the command line, for differential/tokens.py:
//
//     file PATH
//     KIND ROW,COLUMN-ROW,COLUMN TEXT
//     problem WHAT
//
// A file that cannot be decoded has the one line `undecodable`. // Rows are 1-based, columns
// 0-based code points, as tokenize has them. In TEXT a line end is \n and a backslash is doubled.

#include "base/buf.h"
#include "python/tokens.h"
#include "source/source.h"

#include <stdio.h>

static const char *const kinds[] = {"ENDMARKER",  "NAME",    "NUMBER", "STRING",
                                    "NEWLINE",    "INDENT",  "DEDENT", "OP",
                                    "ERRORTOKEN", "COMMENT", "NL"};

static const char *const problems[] = {"none", "EOF in multi-line string",
                                       "EOF in multi-line statement",
                                       "unindent does not match any outer indentation level"};

static uint32_t column(const Lines *lines, uint32_t line, uint32_t offset) {
    if (line >= lines->count) return 0;
    uint32_t text_end = line_text_end(lines, line);
    Position position = lines_position(lines, offset < text_end ? offset : text_end);
    return position.column - 1 + (offset > text_end ? 1 : 0);
}

static void add_text(Buf *out, Str text) {
    for (uint32_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool has_lf = i + 1 < text.len && text.at[i + 1] == '\n';
        if (c == '\r' && has_lf) continue;
        if (c == '\\')
            buf_add(out, STR("\\\\"));
        else if (c == '\n' || c == '\r')
            buf_add(out, STR("\\n"));
        else
            buf_add_byte(out, c);
    }
}

static void add_token(Buf *out, const Lines *lines, const Token *token) {
    uint32_t start = column(lines, token->start_line, token->start);
    uint32_t end = column(lines, token->end_line, token->end);
    bool is_implied = token->kind == TOKEN_NEWLINE && token->start == token->end;
    buf_printf(out, "%s %u,%u-%u,%u ", kinds[token->kind], token->start_line + 1, start,
               token->end_line + 1, end + (is_implied ? 1 : 0));
    add_text(out, token_text(lines, token));
    buf_add_byte(out, '\n');
}

static void dump(Buf *out, Arena *arena, const char *path, bool walrus) {
    Source source;
    Lines lines;
    Tokens tokens;
    source_read(&source, arena, str_of(path), UINT32_MAX, false);
    buf_printf(out, "file %s\n", path);
    if (source.problem != SOURCE_OK) {
        buf_add(out, STR("undecodable\n"));
        return;
    }
    lines_scan(&lines, arena, source.text);
    tokens_scan(&tokens, arena, &lines, walrus);
    for (uint32_t i = 0; i < tokens.count; i++)
        add_token(out, &lines, &tokens.at[i]);
    buf_printf(out, "problem %s\n", problems[tokens.problem]);
}

// `--walrus` as first argument: `:=` is one token.
int main(int argc, char **argv) {
    bool walrus = argc > 1 && str_is(str_of(argv[1]), "--walrus");
    Arena arena = {0};
    Buf out = {0};
    for (int i = walrus ? 2 : 1; i < argc; i++) {
        dump(&out, &arena, argv[i], walrus);
        fwrite(out.at, 1, out.len, stdout);
        buf_clear(&out);
        arena_reset(&arena);
    }
    buf_release(&out);
    arena_release(&arena);
    return 0;
}
