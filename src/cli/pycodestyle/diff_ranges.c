#include "cli/pycodestyle/diff_ranges.h"

#include "base/ascii.h"
#include "python/strings.h"

static bool skip_byte(Str *rest, char byte) {
    if (rest->len == 0 || rest->at[0] != byte) return false;
    *rest = str_from(*rest, 1);
    return true;
}

static bool skip_text(Str *rest, Str text) {
    if (!str_starts_with(*rest, text)) return false;
    *rest = str_from(*rest, text.len);
    return true;
}

// Digits, at least one.
static bool read_number(Str *rest, uint64_t *value) {
    uint32_t count = 0;
    for (*value = 0; count < rest->len && is_digit(rest->at[count]); count++)
        if (*value < UINT32_MAX) *value = *value * 10 + (uint64_t)(rest->at[count] - '0');
    *rest = str_from(*rest, count);
    return count > 0;
}

// "@@ -3,4 +5,6 @@ …": 5 and 6; a count left out is 1.
static bool read_hunk_header(Str line, uint64_t *row, uint64_t *count) {
    uint64_t ignored;
    *count = 1;
    return skip_text(&line, STR("@@ -")) && read_number(&line, &ignored) &&
           (!skip_byte(&line, ',') || read_number(&line, &ignored)) &&
           skip_text(&line, STR(" +")) && read_number(&line, row) &&
           (!skip_byte(&line, ',') || read_number(&line, count)) && skip_text(&line, STR(" @@"));
}

// What follows "+++": a blank, the path, and behind a tab perhaps a date.
static Str path_of(Str line) {
    Str path = str_from(line, 4);
    path = str_slice(path, 0, str_find_byte(path, '\t'));
    bool has_prefix = path.len >= 2 && path.at[1] == '/' && memchr("bwi", path.at[0], 3) != NULL;
    return has_prefix ? str_from(path, 2) : path;
}

static DiffFile *begin_file(DiffRanges *self, Arena *arena, Str path) {
    for (uint32_t i = 0; i < self->files.len; i++) {
        if (!str_eq(self->files.at[i].path, path)) continue;
        self->files.at[i].ranges.len = 0;
        return &self->files.at[i];
    }
    vec_push(arena, &self->files, (DiffFile){.path = path});
    return &vec_last(&self->files);
}

bool diff_ranges_read(DiffRanges *self, Arena *arena, Str diff, Error *error) {
    *self = (DiffRanges){0};
    DiffFile *file = NULL;
    uint64_t rows = 0; // of the hunk, still to come
    for (Str line; python_split_line(&diff, &line);) {
        line = python_without_line_end(line);
        if (rows > 0) {
            rows -= line.len == 0 || line.at[0] != '-';
        } else if (str_starts_with(line, STR("@@ "))) {
            uint64_t row;
            if (!read_hunk_header(line, &row, &rows))
                return error_set(error, "AttributeError: 'NoneType' object has no attribute "
                                        "'groups'");
            if (file == NULL) return error_set(error, "KeyError: None");
            vec_push(arena, &file->ranges, (LineRange){row, row + rows});
        } else if (str_starts_with(line, STR("+++"))) {
            file = begin_file(self, arena, path_of(line));
        }
    }
    return true;
}

bool diff_file_has(const DiffFile *self, uint32_t line) {
    for (uint32_t i = 0; i < self->ranges.len; i++)
        if (line >= self->ranges.at[i].first && line < self->ranges.at[i].end) return true;
    return false;
}

bool diff_file_has_any(const DiffFile *self) {
    for (uint32_t i = 0; i < self->ranges.len; i++)
        if (self->ranges.at[i].first < self->ranges.at[i].end) return true;
    return false;
}
