#include "cli/write_fixes.h"

#include "base/map.h"
#include "base/replace_file.h"
#include "cli/terminal.h"
#include "output/diff.h"

static void complain(Str path, const char *reason) {
    Error error;
    error_set(&error, "%.*s: %s", STR_ARG(path), reason);
    show_error(&error);
}

static void mention_taken_back(Str path, Str codes, Arena *arena) {
    if (codes.len == 0) return;
    complain(path, str_format(arena, "fixes of %.*s would have broken the syntax and were not made",
                              STR_ARG(codes))
                       .at);
}

static bool has_new_bytes(const Fixed *fixed) {
    return fixed->count > 0 && !str_eq(fixed->old, fixed->bytes);
}

// ---- Bytes ----

// False where the file was to be written and could not.
static bool write_bytes(const RunFile *file, const Fixed *fixed, Arena *arena) {
    Error error = {0};
    bool done = replace_file(arena, file->path, fixed->old, fixed->bytes, &error);
    if (!done) complain(file->path, error.text);
    return done;
}

typedef struct Writing {
    Arena arena;
    Arena scratch; // of one file
    Map changed;   // paths
    Map modes;     // paths of files that are executable now
    FixesWritten written;
} Writing;

static void note_change(Writing *self, Str path, uint32_t findings) {
    map_put(&self->arena, &self->changed, str_copy(&self->arena, path), 1);
    self->written.files = self->changed.len;
    self->written.fixed += findings;
}

static void write_all_bytes(Writing *self, const Run *run, const RunFile *files, uint32_t count,
                            Buf *out) {
    for (uint32_t i = 0; i < count; i++) {
        const Fixed *fixed = &run->fixed[i];
        arena_reset(&self->scratch);
        mention_taken_back(files[i].path, fixed->taken_back, &self->scratch);
        if (files[i].is_given) buf_add(out, has_new_bytes(fixed) ? fixed->bytes : files[i].bytes);
        if (!has_new_bytes(fixed)) continue;
        if (files[i].is_given || write_bytes(&files[i], fixed, &self->scratch))
            note_change(self, files[i].path, fixed->count);
        else
            self->written.refused++;
    }
}

// ---- Modes ----

// `out` NULL: on disk. Else as git writes it, so that git can do it.
// Several findings may ask for the same file.
static bool mend_mode(Writing *self, Str path, Buf *out) {
    if (map_get(&self->modes, path) != MAP_NONE) return true;
    Error error = {0};
    bool done = out != NULL || make_executable(&self->scratch, path, &error);
    if (!done) complain(path, error.text);
    self->written.refused += !done;
    if (!done) return false;
    if (out != NULL) diff_write_mode(out, path);
    map_put(&self->arena, &self->modes, str_copy(&self->arena, path), 1);
    note_change(self, path, 0);
    return true;
}

static bool mend_all_of(Writing *self, const Finding *finding, Buf *out) {
    bool all = finding->to_make_executable.len > 0;
    for (uint32_t i = 0; i < finding->to_make_executable.len; i++)
        all &= mend_mode(self, finding->to_make_executable.at[i], out);
    return all;
}

// Takes the findings out that are mended now.
static void mend_modes(Writing *self, Report *report, Buf *out) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < report->findings.len; i++) {
        Finding *finding = report->findings.at[i];
        bool is_mended = mend_all_of(self, finding, out);
        self->written.fixed += is_mended;
        if (!is_mended) report->findings.at[kept++] = finding;
    }
    report->findings.len = kept;
}

static void mend_all_modes(Writing *self, const Run *run, const RunFile *files, uint32_t count,
                           Buf *out) {
    Arena arena = {0};
    for (uint32_t i = 0; i < run->count; i++) {
        RunResult *result = &run->results[i];
        if (i < count && files[i].is_given) continue;
        Report report = run_result_report(result, &arena);
        uint32_t found = report.findings.len;
        mend_modes(self, &report, out);
        if (report.findings.len < found)
            run_result_set_report(result, &report, &run->crew.arenas[0]);
        arena_reset(&arena);
    }
    arena_release(&arena);
}

FixesWritten fixes_write(const Run *run, const RunFile *files, uint32_t count, Buf *out) {
    Writing self = {0};
    write_all_bytes(&self, run, files, count, out);
    mend_all_modes(&self, run, files, count, NULL);
    arena_release(&self.scratch);
    arena_release(&self.arena);
    return self.written;
}

FixesWritten fixes_show(const Run *run, const RunFile *files, uint32_t count, Buf *out) {
    Writing self = {0};
    for (uint32_t i = 0; i < count; i++) {
        const Fixed *fixed = &run->fixed[i];
        if (!has_new_bytes(fixed)) continue;
        diff_write(out, files[i].path, files[i].path, fixed->old, fixed->bytes);
        note_change(&self, files[i].path, fixed->count);
    }
    mend_all_modes(&self, run, files, count, out);
    arena_release(&self.arena);
    return self.written;
}
