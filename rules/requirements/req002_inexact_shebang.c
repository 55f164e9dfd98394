// The first line of every Python file is exactly `#!/usr/bin/env python3`, byte for byte.

#include "rule/rule.h"

#define SHEBANG "#!/usr/bin/env python3"

static const Rule rules[] = {{
    .code = "REQ002",
    .name = "inexact-shebang",
    .summary = "the first line is not exactly `" SHEBANG "`",
    .why = "The kernel reads the first line byte by byte: with a blank, a Windows line end or a\n"
           "byte order mark in it the file cannot be run. `env` finds Python 3 wherever it is.",
    .bad = "#!/usr/bin/python3\n\"\"\"Say hello to whoever runs this.\"\"\"\nprint('hello')\n",
    .good = SHEBANG "\n\"\"\"Say hello to whoever runs this.\"\"\"\nprint('hello')\n",
    .sources = "requirement: the first line of all your files should be exactly " SHEBANG,
    .fix = FIX_SAFE,
    .fixes_any_text = true,
}};

enum { LINES_SEARCHED = 20 };

static Str first_raw_line(const File *file) {
    return str_slice(file->source.raw, 0, str_find_byte(file->source.raw, '\n'));
}

// A PEP 263 comment must stay on one of the first two lines.
static bool is_cookie(Str line) {
    return str_starts_with(str_trim(line), STR("#")) && str_contains(line, STR("coding"));
}

static uint32_t find_later_shebang(const File *file) {
    for (uint32_t i = 1; i < file->lines.count && i < LINES_SEARCHED; i++)
        if (str_starts_with(str_trim(line_text(&file->lines, i)), STR("#!"))) return i;
    return UINT32_MAX;
}

// Every Windows line end of the file becomes a Unix one.
static void unify_line_ends(Finding *finding, const File *file) {
    Str text = file->lines.text;
    for (uint32_t i = 0; i + 1 < text.len; i++)
        if (text.at[i] == '\r' && text.at[i + 1] == '\n')
            finding_edit(finding, FIX_SAFE, (Span){i, i + 1}, STR(""));
}

static void replace_first_line(Finding *finding, const File *file) {
    finding_edit(finding, FIX_SAFE, (Span){0, line_text(&file->lines, 0).len}, STR(SHEBANG));
}

static Span first_line_span(const File *file) {
    return (Span){0, file->lines.count == 0 ? 0 : line_text(&file->lines, 0).len};
}

static void report_missing(Pass *pass) {
    const File *file = pass->file;
    uint32_t later = find_later_shebang(file);
    Finding *finding;
    if (file->lines.text.len == 0)
        finding = report(pass, &rules[0], (Span){0, 0}, "the file is empty: no `" SHEBANG "`");
    else if (later != UINT32_MAX)
        finding = report(pass, &rules[0], first_line_span(file),
                         "`%.*s` stands on line %u, not on the first",
                         STR_ARG(str_trim(line_text(&file->lines, later))), later + 1);
    else
        finding = report(pass, &rules[0], (Span){0, 0}, "no `" SHEBANG "` on the first line");
    bool moves_cookie = file->lines.count > 1 && is_cookie(line_text(&file->lines, 1));
    if (later == UINT32_MAX && !moves_cookie)
        finding_edit(finding, FIX_SAFE, (Span){0, 0}, STR(SHEBANG "\n"));
}

// The line begins with `#!`, perhaps behind blanks, and has no Windows line end.
static void report_inexact(Pass *pass, Str line) {
    static const Str names[] = {{SHEBANG, sizeof SHEBANG - 1}};
    Str trimmed = str_trim(line);
    Finding *finding;
    if (str_is(trimmed, SHEBANG))
        finding =
            report(pass, &rules[0], first_line_span(pass->file), "a blank stands %s `" SHEBANG "`",
                   line.at[0] == '#' ? "behind" : "before");
    else if (str_nearest(trimmed, names, 1).len > 0)
        finding = report(pass, &rules[0], first_line_span(pass->file),
                         "`%.*s` is nearly `" SHEBANG "`", STR_ARG(trimmed));
    else
        finding = report(pass, &rules[0], first_line_span(pass->file),
                         "the first line is `%.*s`, not `" SHEBANG "`", STR_ARG(trimmed));
    replace_first_line(finding, pass->file);
}

static void report_windows_line_end(Pass *pass, Str line) {
    Finding *finding;
    if (str_is(line, SHEBANG))
        finding = report(pass, &rules[0], first_line_span(pass->file),
                         "`" SHEBANG "` has a Windows line end (CR LF)");
    else {
        finding =
            report(pass, &rules[0], first_line_span(pass->file),
                   "the first line is `%.*s` with a Windows line end (CR LF), not `" SHEBANG "`",
                   STR_ARG(str_trim(line)));
        replace_first_line(finding, pass->file);
    }
    unify_line_ends(finding, pass->file);
}

static void check_file_start(Pass *pass) {
    const File *file = pass->file;
    if (!source_was_read(&file->source)) return;
    Str line = first_raw_line(file);
    if (str_is(line, SHEBANG)) return;
    if (file->source.has_bom) {
        report(pass, &rules[0], first_line_span(file),
               "a byte order mark stands before the first line");
        return;
    }
    if (!str_starts_with(str_trim(line), STR("#!")))
        report_missing(pass);
    else if (str_ends_with(line, STR("\r")))
        report_windows_line_end(pass, str_slice(line, 0, line.len - 1));
    else
        report_inexact(pass, line);
}

const Check req002_inexact_shebang = {.rules = LIST(rules), .on_file = check_file_start};
