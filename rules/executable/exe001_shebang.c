// The first line against the executable bit, as flake8-executable 2.1 has it.

#include "rule/rule.h"

enum { EXE001, EXE002, EXE003, EXE004, EXE005 };

#define SOURCES(code) "flake8-executable " code ", ruff " code

static const Rule rules[] = {
    [EXE001] = {.code = "EXE001",
                .name = "shebang-without-executable-bit",
                .summary = "shebang line in a file that is not executable",
                .why = "The shebang line says that the file is run by itself; without the bit it "
                       "cannot be.",
                .no_example = "the executable bit is not among the file's bytes",
                .sources = SOURCES("EXE001"),
                .selectable = true,
                .fix = FIX_SAFE},
    [EXE002] = {.code = "EXE002",
                .name = "executable-without-shebang",
                .summary = "executable file without a shebang line",
                .why = "Without a shebang line, the shell takes the file for a script of its own.",
                .bad = "print('hello')\n",
                .good = "#!/usr/bin/env python3\nprint('hello')\n",
                .sources = SOURCES("EXE002"),
                .selectable = true},
    [EXE003] = {.code = "EXE003",
                .name = "shebang-without-python",
                .summary = "shebang line that does not name Python",
                .why = "The file is Python, but another program would run it.",
                .bad = "#!/bin/sh\nprint('hello')\n",
                .good = "#!/usr/bin/env python3\nprint('hello')\n",
                .sources = SOURCES("EXE003"),
                .selectable = true},
    [EXE004] = {.code = "EXE004",
                .name = "indented-shebang",
                .summary = "blanks before a shebang line",
                .why = "The kernel looks for `#!` in the very first two bytes.",
                .bad = " #!/usr/bin/env python3\nprint('hello')\n",
                .good = "#!/usr/bin/env python3\nprint('hello')\n",
                .sources = SOURCES("EXE004"),
                .selectable = true,
                .fix = FIX_SAFE},
    [EXE005] = {.code = "EXE005",
                .name = "late-shebang",
                .summary = "shebang line that is not the first line",
                .why = "The kernel looks for `#!` in the very first two bytes.",
                .bad = "\n#!/usr/bin/env python3\nprint('hello')\n",
                .good = "#!/usr/bin/env python3\nprint('hello')\n",
                .sources = SOURCES("EXE005"),
                .selectable = true,
                .fix = FIX_SAFE},
};

// The first line that begins with `#!`, blanks left out, among the blank and comment lines at the
// start; lines.count where there is none.
static uint32_t find_shebang(const Lines *lines) {
    for (uint32_t i = 0; i < lines->count; i++) {
        Str line = str_trim(line_text(lines, i));
        if (str_starts_with(line, STR("#!"))) return i;
        if (line.len > 0 && line.at[0] != '#') break;
    }
    return lines->count;
}

// Whether only blank lines would go, and the line behind is not taken for an encoding then.
static bool can_be_first(const Lines *lines, uint32_t index) {
    bool is_blank = str_trim(str_slice(lines->text, 0, lines->starts[index])).len == 0;
    bool has_next = index + 1 < lines->count;
    return is_blank && !(has_next && str_contains(line_text(lines, index + 1), STR("coding")));
}

static void check_shebang(Pass *pass, uint32_t index) {
    const File *file = pass->file;
    uint32_t start = file->lines.starts[index];
    Str line = line_text(&file->lines, index), trimmed = str_trim(line);
    Span span = {start, start + line.len};
    uint32_t blanks = str_find_byte(line, '#');
    if (blanks > 0) {
        Finding *finding = report(pass, &rules[EXE004], (Span){start + blanks, start + line.len},
                                  "blanks stand before the shebang");
        finding_edit(finding, FIX_SAFE, (Span){start, start + blanks}, STR(""));
    }
    if (!file->source.is_executable) {
        Finding *finding =
            report(pass, &rules[EXE001], span, "a shebang line, but the file is not executable");
        finding_make_executable(finding, file->source.path);
    }
    if (!str_contains(trimmed, STR("python")))
        report(pass, &rules[EXE003], span, "the shebang `%.*s` does not name Python",
               STR_ARG(trimmed));
    if (index == 0) return;
    Finding *finding = report(pass, &rules[EXE005], span, "lines stand before the shebang line");
    if (can_be_first(&file->lines, index))
        finding_edit(finding, FIX_SAFE, (Span){0, start}, STR(""));
}

static void check_file_start(Pass *pass) {
    const File *file = pass->file;
    if (!source_was_read(&file->source)) return;
    uint32_t index = find_shebang(&file->lines);
    if (index < file->lines.count)
        check_shebang(pass, index);
    else if (file->source.is_executable && file->lines.count > 0)
        report(pass, &rules[EXE002], (Span){0, 0},
               "the file is executable, but has no shebang line");
}

const Check exe001_shebang = {.rules = LIST(rules), .on_file = check_file_start};
