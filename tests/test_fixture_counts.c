// Counts the cases of every AIO rule in fixtures/aio/. A case is a line: one with an expected
// finding, or a near miss, which looks like the mistake and ends with the comment `# ok`. Near
// misses belong to the rule that the fixture is named after. A case crosses files where its
// fixture is a folder; rules that look at the whole program (`on_module`) must have such cases.

#include "testing.h"

#include "rule/registry.h"
#include "source/lines.h"
#include "source/source.h"

#include <ctype.h>
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LEAST_FOUND = 6, LEAST_NEAR = 8, LEAST_ACROSS = 2, MOST_BYTES = 1 << 20 };

typedef struct Counts {
    uint32_t found, near, across;
} Counts;

static Arena arena;
static Counts *counts; // by rule

static bool is_expected(Str line, uint32_t at, Str code) {
    bool is_marked = str_starts_with(line, STR("#:")) || str_contains(line, STR("# error:"));
    uint32_t end = at + code.len;
    return is_marked && end < line.len && line.at[end] == ':';
}

// The findings of a code that a line expects.
static uint32_t expected_on(Str line, Str code) {
    uint32_t count = 0;
    for (uint32_t at = 0; at < line.len; at++)
        if (str_starts_with(str_from(line, at), code) && is_expected(line, at, code)) count++;
    return count;
}

static void count_line(Str line, uint32_t own, bool is_across) {
    for (uint32_t i = 0; i < registry_rule_count(); i++) {
        uint32_t found = expected_on(line, str_of(registry_rule(i, NULL)->code));
        counts[i].found += found;
        if (is_across) counts[i].across += found;
    }
    if (own == UINT32_MAX || !str_ends_with(line, STR("  # ok"))) return;
    counts[own].near++;
    if (is_across) counts[own].across++;
}

static void count_file(Str path, uint32_t own, bool is_across) {
    Source source;
    source_read(&source, &arena, path, MOST_BYTES, false);
    Str rest = source.raw, line;
    while (str_split(&rest, '\n', &line))
        count_line(line, own, is_across);
}

// The rule after which a fixture is named: "aio304_self_deadlock" is AIO304's.
static uint32_t rule_of(Str name) {
    char code[8] = {0};
    for (uint32_t i = 0; i < name.len && i < sizeof code - 1 && name.at[i] != '_'; i++)
        code[i] = (char)toupper((unsigned char)name.at[i]);
    return registry_find(str_of(code));
}

static void count_folder(Str folder, uint32_t own, uint32_t depth) {
    DIR *dir = opendir(str_c(&arena, folder));
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        Str name = str_copy(&arena, str_of(entry->d_name));
        if (name.at[0] == '.' || str_is(name, "__pycache__")) continue;
        Str path = str_join3(&arena, folder, STR("/"), name);
        uint32_t owner = depth == 0 ? rule_of(name) : own;
        struct stat status;
        assert_int_equal(stat(str_c(&arena, path), &status), 0);
        if (S_ISDIR(status.st_mode))
            count_folder(path, owner, depth + 1);
        else
            count_file(path, owner, depth > 0);
    }
    closedir(dir);
}

static bool require(uint32_t count, uint32_t least, const char *code, const char *what) {
    if (count < least) print_error("%s: %u %s, %u wanted\n", code, count, what, least);
    return count >= least;
}

static void every_rule_has_enough_cases(void **state) {
    (void)state;
    bool is_enough = true;
    for (uint32_t i = 0, entry; i < registry_rule_count(); i++) {
        const char *code = registry_rule(i, &entry)->code;
        if (!str_is(STR("aio"), registry[entry].family)) continue;
        bool crosses = registry[entry].check->on_module != NULL;
        is_enough &= require(counts[i].found, LEAST_FOUND, code, "expected findings");
        is_enough &= require(counts[i].near, LEAST_NEAR, code, "near misses");
        is_enough &=
            require(counts[i].across, crosses ? LEAST_ACROSS : 0, code, "cases across files");
    }
    assert_true(is_enough);
}

int main(void) {
    if (chdir(PROJECT_DIR) != 0) return 1;
    counts = arena_array(&arena, Counts, registry_rule_count());
    count_folder(STR("fixtures/aio"), 0, 0);
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_rule_has_enough_cases)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(&arena);
    return failures;
}
