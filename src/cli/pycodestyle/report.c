#include "cli/pycodestyle/report.h"

#include "cli/pycodestyle/format.h"
#include "python/strings.h"

#include <inttypes.h>

static int compare_orders(const void *left, const void *right) {
    const StyleFinding *a = left, *b = right;
    return (a->order > b->order) - (a->order < b->order);
}

static int compare_places(const void *left, const void *right) {
    const StyleFinding *a = left, *b = right;
    if (a->row != b->row) return a->row < b->row ? -1 : 1;
    if (a->column != b->column) return a->column < b->column ? -1 : 1;
    int order = str_compare(a->code, b->code);
    return order != 0 ? order : str_compare(a->text, b->text);
}

static const DiffFile *changed_file(const StyleReport *self, Str path) {
    for (uint32_t i = 0; i < self->changed->files.len; i++)
        if (str_eq(self->changed->files.at[i].path, path)) return &self->changed->files.at[i];
    return NULL;
}

// How often the code was found, this time included.
static uint64_t count_code(StyleReport *self, const StyleFinding *finding) {
    uint32_t number = map_get(&self->numbers, finding->code);
    if (number == MAP_NONE) {
        number = self->codes.len;
        CodeCount first = {str_copy(self->arena, finding->code),
                           str_copy(self->arena, finding->text), 0};
        vec_push(self->arena, &self->codes, first);
        map_put(self->arena, &self->numbers, first.code, number);
    }
    self->found++;
    return ++self->codes.at[number].count;
}

// The first of a code is the first that was found, which need not be the first that is printed.
static uint32_t count_findings(StyleReport *self, Str path, StyleFinding *findings,
                               uint32_t count) {
    const DiffFile *changed = self->changed == NULL ? NULL : changed_file(self, path);
    uint32_t counted = 0;
    qsort(findings, count, sizeof *findings, compare_orders);
    for (uint32_t i = 0; i < count; i++) {
        if (changed != NULL && !diff_file_has(changed, findings[i].row)) continue;
        uint64_t nth = count_code(self, &findings[i]);
        findings[i].is_shown = nth == 1 || !self->options->first_only;
        counted++;
    }
    return counted;
}

// Every character but blanks becomes a space.
static void add_blanked(Buf *out, Str text) {
    for (uint32_t at = 0, length, point; at < text.len; at += length) {
        length = python_char(text, at, &point);
        if (python_is_space(point))
            buf_add(out, str_slice(text, at, at + length));
        else
            buf_add_byte(out, ' ');
    }
}

// A line as pycodestyle has it: with LF for its end, but for those that were read as bytes.
static Str source_line(Arena *arena, const Lines *lines, uint32_t row) {
    if (row == 0 || row > lines->count) return STR("");
    Str line = line_with_end(lines, row - 1);
    if (row <= lines->verbatim ||
        !(str_ends_with(line, STR("\r")) || str_ends_with(line, STR("\r\n"))))
        return line;
    return str_format(arena, "%.*s\n", STR_ARG(line_text(lines, row - 1)));
}

static uint32_t count_chars(Str s) {
    uint32_t count = 0, point;
    for (uint32_t at = 0; at < s.len; count++)
        at += python_char(s, at, &point);
    return count;
}

static void show_source(Buf *out, const Lines *lines, const StyleFinding *finding) {
    Arena arena = {0};
    Str line = source_line(&arena, lines, finding->row);
    buf_add(out, python_rstrip(line));
    buf_add_byte(out, '\n');
    int64_t wanted = finding->column - 1;
    if (wanted < 0) wanted += count_chars(line); // as a slice does
    uint32_t at = 0, point;
    for (int64_t count = 0; count < wanted && at < line.len; count++)
        at += python_char(line, at, &point);
    add_blanked(out, str_slice(line, 0, at));
    buf_add(out, STR("^\n"));
    arena_release(&arena);
}

static bool print_findings(StyleReport *self, Str path, const Lines *lines, StyleFinding *findings,
                           uint32_t count, Error *error) {
    Str format = format_named(self->options->format);
    qsort(findings, count, sizeof *findings, compare_places);
    for (uint32_t i = 0; i < count; i++) {
        const StyleFinding *finding = &findings[i];
        if (!finding->is_shown) continue;
        FormatValues values = {path, finding->code, finding->text, finding->row, finding->column};
        if (!format_add(self->out, format, &values, error)) return false;
        buf_add_byte(self->out, '\n');
        if (self->options->show_source) show_source(self->out, lines, finding);
        if (self->options->show_pep8 && finding->reason != NULL)
            buf_printf(self->out, "    %s\n", finding->reason);
    }
    return true;
}

bool style_report_file(StyleReport *self, Str path, const Lines *lines, StyleFinding *findings,
                       uint32_t count, Error *error) {
    self->files++;
    self->physical_lines += lines->count;
    if (count == 0) return true;
    uint32_t counted = count_findings(self, path, findings, count);
    bool is_standard = self->changed != NULL || self->options->quiet == 0;
    if (is_standard) return print_findings(self, path, lines, findings, count, error);
    if (self->options->quiet == 1 && counted > 0) buf_printf(self->out, "%.*s\n", STR_ARG(path));
    return true;
}

static int compare_codes(const void *left, const void *right) {
    return str_compare(((const CodeCount *)left)->code, ((const CodeCount *)right)->code);
}

void style_report_statistics(StyleReport *self) {
    if (self->codes.len > 1)
        qsort(self->codes.at, self->codes.len, sizeof(CodeCount), compare_codes);
    for (uint32_t i = 0; i < self->codes.len; i++) {
        const CodeCount *code = &self->codes.at[i];
        buf_printf(self->out, "%-7" PRIu64 " %.*s %.*s\n", code->count, STR_ARG(code->code),
                   STR_ARG(code->first_text));
    }
}

void style_report_benchmark(StyleReport *self, double seconds) {
    const struct {
        const char *what;
        uint64_t count;
    } counters[] = {{"directories", self->folders},
                    {"files", self->files},
                    {"logical lines", self->logical_lines},
                    {"physical lines", self->physical_lines}};
    buf_printf(self->out, "%-7.2f seconds elapsed\n", seconds);
    for (uint32_t i = 0; seconds > 0 && i < 4; i++)
        buf_printf(self->out, "%-7.0f %s per second (%" PRIu64 " total)\n",
                   (double)(uint64_t)((double)counters[i].count / seconds), counters[i].what,
                   counters[i].count);
}
