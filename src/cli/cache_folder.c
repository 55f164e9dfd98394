#include "cli/cache_folder.h"

#include "cli/commands.h"
#include "cli/terminal.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

// A cache holds a whole project. To read it for a few files takes longer than to check those.
enum { FEW_FILES = 12 };

// --cache-dir, else $XDG_CACHE_HOME/asynclint, else ~/.cache/asynclint; empty where there is none.
static Str cache_folder(Arena *arena, const Values *values) {
    Str given = values->at[OPT_CACHE_DIR].text;
    if (given.len > 0) return given;
    const char *base = getenv("XDG_CACHE_HOME");
    if (base != NULL && base[0] == '/') return str_format(arena, "%s/asynclint", base);
    const char *home = getenv("HOME");
    if (home != NULL && home[0] == '/') return str_format(arena, "%s/.cache/asynclint", home);
    return (Str){0};
}

// Another build of the program may find other things. False where it cannot be told.
static bool program_hash(Hash128 *hash) {
    int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    struct stat status;
    void *bytes = MAP_FAILED;
    if (fstat(file, &status) == 0 && status.st_size > 0 && status.st_size < UINT32_MAX)
        bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    close(file);
    if (bytes == MAP_FAILED) return false;
    *hash = hash128((Str){bytes, (uint32_t)status.st_size});
    munmap(bytes, (size_t)status.st_size);
    return true;
}

Cache *cache_for_run(Arena *arena, const Values *values, Str directory, uint32_t files) {
    if (!values->at[OPT_CACHE].number || files < FEW_FILES) return NULL;
    Str folder = cache_folder(arena, values);
    Hash128 program;
    if (folder.len == 0 || directory.len == 0 || !program_hash(&program)) return NULL;
    return cache_open(arena, folder, directory, program);
}

static int print_clean_help(void) {
    Buf out = {0};
    buf_add(&out, STR("usage: asynclint clean [OPTION …]\n\n"
                      "Removes what earlier runs found out.\n\n"));
    options_help(&out, FOR_CLEAN);
    bool written = write_out(&out);
    buf_release(&out);
    return written ? EXIT_CLEAN : EXIT_TROUBLE;
}

static int print_removed(uint32_t removed) {
    Buf out = {0};
    buf_printf(&out, "removed %u cache file%s\n", removed, removed == 1 ? "" : "s");
    bool written = write_out(&out);
    buf_release(&out);
    return written ? EXIT_CLEAN : EXIT_TROUBLE;
}

int clean_main(int argc, char **argv) {
    Arena arena = {0};
    Error error = {0};
    Values values;
    StrList paths;
    int status = EXIT_CLEAN;
    if (!options_read(&values, &paths, &arena, FOR_CLEAN, argc, argv, &error))
        status = EXIT_TROUBLE;
    else if (values.at[OPT_HELP].number)
        status = print_clean_help();
    else
        status = print_removed(cache_clean(&arena, cache_folder(&arena, &values)));
    if (error.text[0] != '\0') show_error(&error);
    arena_release(&arena);
    return status;
}
