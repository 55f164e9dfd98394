#include "cli/options.h"
#include "output/output.h"

#include "arena_fixture.h"

static Values values;
static StrList paths;
static Error error;

// Reads a command line that is written with blanks between its arguments.
static bool read_line(const char *line) {
    VEC(char *) arguments = {0};
    static char name[] = "check";
    vec_push(&arena, &arguments, name);
    Str rest = str_of(line), word;
    while (line[0] != '\0' && str_split(&rest, ' ', &word))
        vec_push(&arena, &arguments, (char *)str_c(&arena, word));
    error = (Error){0};
    return options_read(&values, &paths, &arena, FOR_CHECK, (int)arguments.len, arguments.at,
                        &error);
}

static Str joined(const StrList *list) {
    Str all = STR("");
    for (uint32_t i = 0; i < list->count; i++)
        all =
            str_format(&arena, "%.*s%s%.*s", STR_ARG(all), i == 0 ? "" : " ", STR_ARG(list->at[i]));
    return all;
}

#define assert_text(text, expected) assert_string_equal(str_c(&arena, text), expected)

static void every_row_is_complete(void **state) {
    (void)state;
    for (int i = 0; i < OPTION_COUNT; i++) {
        const Option *option = &option_table[i];
        assert_non_null(option->name);
        assert_non_null(option->help);
        assert_int_not_equal(option->takers, 0);
        bool takes_value = option->type != OPTION_FLAG;
        assert_int_equal(takes_value, option->argument != NULL);
        assert_int_equal(option->type == OPTION_CHOICE, option->choices != NULL);
        // Two commands may mean different things by one name, such as their forms of output.
        for (int j = 0; j < i; j++)
            if ((option->takers & option_table[j].takers) != 0)
                assert_string_not_equal(option->name, option_table[j].name);
    }
}

static void preset_values_are_read_by_the_same_rules(void **state) {
    (void)state;
    Values preset;
    values_preset(&preset, &arena);
    assert_int_equal(preset.at[OPT_MAX_LINE_LENGTH].number, 79);
    assert_int_equal(preset.at[OPT_TARGET_VERSION].number, PYTHON(3, 7));
    assert_text(joined(&preset.at[OPT_HAND_OUT_FILES].list), "main.py [0-9]*-main.py");
    assert_false(preset.at[OPT_MAX_LINE_LENGTH].is_set);
}

static void the_forms_of_output_are_those_there_are(void **state) {
    (void)state;
    Str rest = str_of(option_table[OPT_OUTPUT_FORMAT].choices), name;
    uint32_t count = 0;
    for (; str_split(&rest, '|', &name); count++)
        assert_non_null(output_form_find(name));
    assert_int_equal(count, output_form_count);
}

static void values_stand_behind_or_beside(void **state) {
    (void)state;
    assert_true(read_line("--max-line-length 100 --max-doc-length=72 -j3 --jobs 4 a.py"));
    assert_int_equal(values.at[OPT_MAX_LINE_LENGTH].number, 100);
    assert_int_equal(values.at[OPT_MAX_DOC_LENGTH].number, 72);
    assert_int_equal(values.at[OPT_JOBS].number, 4);
    assert_text(joined(&paths), "a.py");
}

static void flags_are_turned_on_and_off(void **state) {
    (void)state;
    assert_true(read_line("--statistics --no-force-exclude"));
    assert_int_equal(values.at[OPT_STATISTICS].number, 1);
    assert_true(values.at[OPT_FORCE_EXCLUDE].is_set);
    assert_int_equal(values.at[OPT_FORCE_EXCLUDE].number, 0);
    assert_false(values.at[OPT_ISOLATED].is_set);
    assert_false(read_line("--no-select"));
}

static void lists_add_up(void **state) {
    (void)state;
    assert_true(read_line("--exclude a,b --exclude=c,,d,"));
    assert_text(joined(&values.at[OPT_EXCLUDE].list), "a b c d");
}

static void codes_of_a_pattern_follow_it(void **state) {
    (void)state;
    assert_true(read_line("--per-file-ignores a.py:ASYNC251,D100,b.py:D"));
    assert_text(joined(&values.at[OPT_PER_FILE_IGNORES].list), "a.py:ASYNC251 a.py:D100 b.py:D");
    assert_false(read_line("--per-file-ignores D100"));
    assert_false(read_line("--per-file-ignores a.py:"));
}

static void versions_have_two_forms(void **state) {
    (void)state;
    assert_true(read_line("--target-version 3.11"));
    assert_int_equal(values.at[OPT_TARGET_VERSION].number, PYTHON(3, 11));
    assert_true(read_line("--target-version py38"));
    assert_int_equal(values.at[OPT_TARGET_VERSION].number, PYTHON(3, 8));
    assert_false(read_line("--target-version 3"));
    assert_false(read_line("--target-version 3.x"));
    assert_false(read_line("--target-version 4.1"));
}

static void what_follows_two_hyphens_is_a_path(void **state) {
    (void)state;
    assert_true(read_line("a - -- --select -x"));
    assert_text(joined(&paths), "a - --select -x");
}

static void an_error_says_who_and_what(void **state) {
    (void)state;
    assert_false(read_line("--max-line-lenght 3"));
    assert_string_equal(
        error.text, "there is no option `--max-line-lenght`; the nearest is `--max-line-length`");
    assert_false(read_line("--jobs 99999999999999999999"));
    assert_string_equal(error.text, "--jobs: `99999999999999999999` is not a number");
    assert_false(read_line("--all"));
}

static void a_layer_above_hides_what_it_sets(void **state) {
    (void)state;
    Values below;
    values_preset(&below, &arena);
    assert_true(read_line("--max-line-length 100 --exclude x"));
    values_lay(&below, &values);
    assert_int_equal(below.at[OPT_MAX_LINE_LENGTH].number, 100);
    assert_text(joined(&below.at[OPT_EXCLUDE].list), "x");
    assert_text(below.at[OPT_COLOR].text, "auto");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_complete),
        cmocka_unit_test(preset_values_are_read_by_the_same_rules),
        cmocka_unit_test(the_forms_of_output_are_those_there_are),
        cmocka_unit_test(values_stand_behind_or_beside),
        cmocka_unit_test(flags_are_turned_on_and_off),
        cmocka_unit_test(lists_add_up),
        cmocka_unit_test(codes_of_a_pattern_follow_it),
        cmocka_unit_test(versions_have_two_forms),
        cmocka_unit_test(what_follows_two_hyphens_is_a_path),
        cmocka_unit_test(an_error_says_who_and_what),
        cmocka_unit_test(a_layer_above_hides_what_it_sets),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
