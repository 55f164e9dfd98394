// Prints what cli/ini.h reads from the files named on the command line, together as one
// configuration, for differential/ini.py:
//
//     [SECTION]
//     KEY = VALUE
//
// with section, key and value as Python's repr() writes them; or the error's text.

#include "cli/ini.h"
#include "python/strings.h"
#include "source/source.h"

#include <stdio.h>

enum { MOST_BYTES = 1 << 24 };

static void add_section(Buf *out, const Ini *ini, Arena *arena, const IniSection *section) {
    buf_add_byte(out, '[');
    python_repr(out, section->name);
    buf_add(out, STR("]\n"));
    IniOptions options = {0};
    ini_options(ini, section, arena, &options);
    for (uint32_t i = 0; i < options.len; i++) {
        python_repr(out, options.at[i].name);
        buf_add(out, STR(" = "));
        python_repr(out, options.at[i].value);
        buf_add_byte(out, '\n');
    }
}

int main(int argc, char **argv) {
    Arena arena = {0};
    Ini ini = {.arena = &arena};
    Error error = {0};
    Buf out = {0};
    bool is_right = true;
    for (int i = 1; i < argc && is_right; i++) {
        Source source;
        source_read(&source, &arena, str_of(argv[i]), MOST_BYTES, false);
        is_right = ini_read(&ini, source.path, source.raw, &error);
    }
    for (uint32_t i = 0; i < ini.sections.len && is_right; i++)
        add_section(&out, &ini, &arena, &ini.sections.at[i]);
    if (!is_right) buf_printf(&out, "%s\n", error.text);
    if (out.len > 0) fwrite(out.at, 1, out.len, stdout);
    buf_release(&out);
    arena_release(&arena);
    return 0;
}
