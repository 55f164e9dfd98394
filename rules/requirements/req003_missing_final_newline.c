// Text files other than Python's end with a line end; for Python files W292 says so.

#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "REQ003",
    .name = "missing-final-newline",
    .summary = "a text file whose last line has no line end",
    .why = "A line ends with a line end; without the last one, `cat` runs files together and\n"
           "`wc -l` counts one line less.",
    .no_example = "it is about files that are not Python",
    .sources = "requirement: all your files should end with a new line",
    .fix = FIX_SAFE,
}};

enum { BINARY_PREFIX = 8000 }; // bytes that git looks at, too

static bool is_text(Str raw) {
    Str prefix = str_slice(raw, 0, BINARY_PREFIX);
    return str_find_byte(prefix, '\0') == prefix.len;
}

static void check_file_end(Pass *pass) {
    const File *file = pass->file;
    Str raw = file->source.raw;
    if (file->is_python || raw.len == 0 || !is_text(raw) || str_ends_with(raw, STR("\n"))) return;
    uint32_t end = file->lines.text.len;
    bool is_windows =
        file->lines.count > 1 && str_ends_with(line_with_end(&file->lines, 0), STR("\r\n"));
    Finding *finding = report(pass, &rules[0], (Span){end, end}, "the last line has no line end");
    finding_edit(finding, FIX_SAFE, (Span){end, end}, is_windows ? STR("\r\n") : STR("\n"));
}

const Check req003_missing_final_newline = {
    .rules = LIST(rules), .on_file = check_file_end, .any_file = true};
