#include "cli/ini.h"
#include "testing.h"

typedef struct Reading {
    Arena arena;
    Ini ini;
    Error error;
} Reading;

static int set_up(void **state) {
    static Reading reading;
    reading = (Reading){0};
    reading.ini.arena = &reading.arena;
    *state = &reading;
    return 0;
}

static int tear_down(void **state) {
    Reading *self = *state;
    arena_release(&self->arena);
    return 0;
}

static bool read_text(Reading *self, const char *text) {
    return ini_read(&self->ini, STR("setup.cfg"), str_of(text), &self->error);
}

// "key=value;" for each option of the section.
static Str shown(Reading *self, const char *name) {
    const IniSection *section = ini_section(&self->ini, str_of(name));
    if (section == NULL) return STR("none");
    IniOptions options = {0};
    ini_options(&self->ini, section, &self->arena, &options);
    Str text = STR("");
    for (uint32_t i = 0; i < options.len; i++)
        text = str_format(&self->arena, "%.*s%.*s=%.*s;", STR_ARG(text),
                          STR_ARG(options.at[i].name), STR_ARG(options.at[i].value));
    return text;
}

static void expect(Reading *self, const char *section, const char *wanted) {
    Str text = shown(self, section);
    assert_string_equal(str_c(&self->arena, text), wanted);
}

static void keys_are_lower_case_and_split_at_the_first_delimiter(void **state) {
    assert_true(read_text(*state, "[s]\nKey = a\nb:c=d\ne =f:g\n"));
    expect(*state, "s", "key=a;b=c=d;e=f:g;");
}

static void indented_lines_go_on_with_the_value(void **state) {
    assert_true(read_text(*state, "[s]\na = 1\n  2\n\n# no part of it\n  3\nb =\n  4\n\n"));
    expect(*state, "s", "a=1\n2\n\n3;b=\n4;");
}

static void comments_have_a_line_of_their_own(void **state) {
    assert_true(read_text(*state, "; one\n[s]\na = 1 ; two\n  # three\nb = 2 # four\n"));
    expect(*state, "s", "a=1 ; two;b=2 # four;");
}

static void later_files_win_and_defaults_come_last(void **state) {
    assert_true(read_text(*state, "[s]\na = 1\nb = 2\n[DEFAULT]\nc = 3\na = 4\n"));
    assert_true(read_text(*state, "[s]\nb = 5\n[t]\n"));
    expect(*state, "s", "a=1;b=5;c=3;");
    expect(*state, "t", "c=3;a=4;");
    expect(*state, "DEFAULT", "none");
}

static void mistakes_have_configparsers_words(void **state) {
    Reading *self = *state;
    assert_false(read_text(self, "a = 1\n"));
    assert_string_equal(self->error.text,
                        "configparser.MissingSectionHeaderError: File contains no section "
                        "headers.\nfile: 'setup.cfg', line: 1\n'a = 1\\n'");
    assert_false(read_text(self, "[s]\na = 1\nA = 2\n"));
    assert_string_equal(self->error.text,
                        "configparser.DuplicateOptionError: While reading from 'setup.cfg' "
                        "[line  3]: option 'a' in section 's' already exists");
    assert_false(read_text(self, "[u]\n[u]\n"));
    assert_string_equal(self->error.text,
                        "configparser.DuplicateSectionError: While reading from 'setup.cfg' "
                        "[line  2]: section 'u' already exists");
    assert_false(read_text(self, "[v]\nwhat\n= 1"));
    assert_string_equal(self->error.text,
                        "configparser.ParsingError: Source contains parsing errors: 'setup.cfg'\n"
                        "\t[line  2]: 'what\\n'\n\t[line  3]: '= 1'");
}

static void any_line_end_will_do(void **state) {
    assert_true(read_text(*state, "[s]\r\na = 1\rb = 2\r\r\n  3\n"));
    expect(*state, "s", "a=1;b=2\n\n3;");
}

static void booleans_have_eight_words(void **state) {
    (void)state;
    bool is_true = false;
    assert_true(ini_boolean(STR("Yes"), &is_true) && is_true);
    assert_true(ini_boolean(STR("OFF"), &is_true) && !is_true);
    assert_false(ini_boolean(STR("y"), &is_true));
    assert_false(ini_boolean(STR(""), &is_true));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(keys_are_lower_case_and_split_at_the_first_delimiter),
        TEST(indented_lines_go_on_with_the_value),
        TEST(comments_have_a_line_of_their_own),
        TEST(later_files_win_and_defaults_come_last),
        TEST(mistakes_have_configparsers_words),
        TEST(any_line_end_will_do),
        TEST(booleans_have_eight_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
