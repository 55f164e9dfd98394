#include "cli/pycodestyle/verbose.h"

#include "python/strings.h"

enum { MOST_CHARACTERS = 80 };

void verbose_add_logical_lines(Buf *out, const File *file) {
    for (uint32_t i = 0; i < file->logical.lines.len; i++) {
        const LogicalLine *line = &file->logical.lines.at[i];
        if (line->first == line->token_count) continue;
        uint32_t end = 0, point;
        for (uint32_t count = 0; count < MOST_CHARACTERS && end < line->text.len; count++)
            end += python_char(line->text, end, &point);
        buf_add(out, python_rstrip(str_slice(line->text, 0, end)));
        buf_add_byte(out, '\n');
    }
}
