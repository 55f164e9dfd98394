// Files of more lines than `max-file-lines`, counted as `wc -l` does.

#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "REQ005",
    .name = "long-file",
    .summary = "more lines than `max-file-lines`, as `wc -l` counts them",
    .why = "The length of the files is tested with `wc`. Off until `max-file-lines` is set.",
    .no_example = "it depends on a setting",
    .sources = "requirement: the length of your files will be tested using wc, pylint C0302",
    .severity = SEVERITY_WARNING,
}};

static uint32_t count_newlines(Str raw) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < raw.len; i++)
        count += raw.at[i] == '\n';
    return count;
}

static void check_length(Pass *pass) {
    uint32_t most = pass->settings->max_file_lines;
    if (most == 0) return;
    uint32_t count = count_newlines(pass->file->source.raw);
    if (count <= most || pass->file->lines.count <= most) return;
    uint32_t start = pass->file->lines.starts[most];
    report(pass, &rules[0], (Span){start, start}, "the file has %u lines; at most %u are allowed",
           count, most);
}

const Check req005_long_file = {.rules = LIST(rules), .on_file = check_length, .any_file = true};
