#include "cli/write_fixes.h"

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

// False where something was to be written and could not.
static bool write_one(const RunFile *file, const Fixed *fixed, Arena *arena) {
    Error error = {0};
    bool done = true;
    if (has_new_bytes(fixed))
        done = replace_file(arena, file->path, fixed->old, fixed->bytes, &error);
    if (done && fixed->makes_executable) done = make_executable(arena, file->path, &error);
    if (!done) complain(file->path, error.text);
    return done;
}

FixesWritten fixes_write(const Run *run, const RunFile *files, uint32_t count, Buf *out) {
    FixesWritten written = {0};
    Arena arena = {0};
    for (uint32_t i = 0; i < count; i++) {
        const Fixed *fixed = &run->fixed[i];
        mention_taken_back(files[i].path, fixed->taken_back, &arena);
        bool is_changed = has_new_bytes(fixed) || (fixed->makes_executable && !files[i].is_given);
        if (files[i].is_given)
            buf_add(out, has_new_bytes(fixed) ? fixed->bytes : files[i].bytes);
        else if (is_changed && !write_one(&files[i], fixed, &arena))
            written.refused++;
        written.files += is_changed;
        written.fixed += fixed->count + fixed->makes_executable;
        arena_reset(&arena);
    }
    arena_release(&arena);
    return written;
}

FixesWritten fixes_show(const Run *run, const RunFile *files, uint32_t count, Buf *out) {
    FixesWritten shown = {0};
    for (uint32_t i = 0; i < count; i++) {
        const Fixed *fixed = &run->fixed[i];
        if (!has_new_bytes(fixed)) continue;
        diff_write(out, files[i].path, files[i].path, fixed->old, fixed->bytes);
        shown.files++;
        shown.fixed += fixed->count;
    }
    return shown;
}
