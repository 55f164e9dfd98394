#include "cli/discover.h"

#include "testing.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static Arena arena;
static char root[] = "/tmp/asynclint-discover-XXXXXX";

static void write_file(const char *name, const char *text) {
    const char *path = str_format(&arena, "%s/%s", root, name).at;
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
}

static void make_folder(const char *name) {
    assert_int_equal(mkdir(str_format(&arena, "%s/%s", root, name).at, 0755), 0);
}

static int set_up(void **state) {
    (void)state;
    if (mkdtemp(root) == NULL) return -1;
    make_folder("project");
    make_folder("project/inner");
    make_folder("project/venv");
    write_file("project/b.py", "");
    write_file("project/a.txt", "text\n");
    write_file("project/tool", "#!/usr/bin/env python3\n");
    write_file("project/inner/main.py", "");
    write_file("project/inner/x.py~", "");
    write_file("project/venv/c.py", "");
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    static const char *const names[] = {"project/b.py",
                                        "project/a.txt",
                                        "project/tool",
                                        "project/inner/main.py",
                                        "project/inner/x.py~",
                                        "project/venv/c.py",
                                        "project/inner",
                                        "project/venv",
                                        "project",
                                        ""};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        remove(str_format(&arena, "%s/%s", root, names[i]).at);
    arena_release(&arena);
    return 0;
}

static Discovery find(const char *path, const char *select) {
    static Error error;
    Values *values = arena_new(&arena, Values);
    assert_true(values_set(values, &arena, OPT_ISOLATED, STR("true"), STR("x"), &error));
    assert_true(values_set(values, &arena, OPT_SELECT, str_of(select), STR("x"), &error));
    Configs *configs = arena_new(&arena, Configs);
    assert_true(configs_init(configs, &arena, values, &error));
    Discovery found;
    Str *paths = arena_new(&arena, Str);
    *paths = str_format(&arena, "%s/%s", root, path);
    assert_true(discover(&found, &arena, configs, (StrList){paths, 1}, 2, &error));
    return found;
}

static const char *relative(Str path) {
    return str_c(&arena, str_from(path, (uint32_t)strlen(root) + 1));
}

static void python_files_are_found_in_order(void **state) {
    (void)state;
    Discovery found = find("project", "ASYNC");
    assert_int_equal(found.files.len, 3);
    assert_string_equal(relative(found.files.at[0].path), "project/b.py");
    assert_string_equal(relative(found.files.at[1].path), "project/inner/main.py");
    assert_string_equal(relative(found.files.at[2].path), "project/tool");
    assert_true(found.files.at[1].is_hand_out);
    assert_false(found.files.at[0].is_hand_out);
}

static void other_files_are_found_where_a_check_wants_them(void **state) {
    (void)state;
    Discovery found = find("project", "REQ003");
    assert_int_equal(found.files.len, 5);
    assert_string_equal(relative(found.files.at[0].path), "project/a.txt");
    assert_false(found.files.at[0].is_python);
    assert_true(found.files.at[1].is_python);
}

static void a_folder_that_is_given_is_a_project(void **state) {
    (void)state;
    Discovery found = find("project", "REQ007");
    assert_int_equal(found.folders.len, 1);
    const Project *project = &found.folders.at[0].project;
    assert_string_equal(relative(project->root), "project");
    static const char *const names[] = {"a.txt",         "b.py",        "inner",
                                        "inner/main.py", "inner/x.py~", "tool"};
    assert_int_equal(project->count, sizeof names / sizeof names[0]);
    for (uint32_t i = 0; i < project->count; i++)
        assert_string_equal(str_c(&arena, project->entries[i].relative), names[i]);
    assert_int_equal(project->entries[2].kind, ENTRY_FOLDER);
    assert_true(project->entries[3].is_hand_out);
    assert_true(project->entries[5].is_python);
    assert_int_equal(project->entries[0].size, 5);
}

static void a_file_that_is_given_makes_no_project(void **state) {
    (void)state;
    Discovery found = find("project/b.py", "REQ007,ASYNC");
    assert_int_equal(found.folders.len, 0);
    assert_int_equal(found.files.len, 1);
}

static void first_lines_that_name_python(void **state) {
    (void)state;
    static const struct {
        const char *line;
        bool is_python;
    } cases[] = {
        {"#!/usr/bin/env python3\n", true},
        {"#!/usr/bin/python\n", true},
        {"#! /usr/bin/env python3.11 -u", true},
        {"#!/usr/bin/env -S python3 -u\r\n", true},
        {"#!/bin/sh\n# python3", false},
        {"#!/usr/bin/env pythonic\n", false},
        {"# python3\n", false},
        {"#!\n", false},
        {"#!/usr/bin/env\n", false},
        {"", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(has_python_shebang(str_of(cases[i].line)), cases[i].is_python);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(python_files_are_found_in_order),
        cmocka_unit_test(other_files_are_found_where_a_check_wants_them),
        cmocka_unit_test(a_folder_that_is_given_is_a_project),
        cmocka_unit_test(a_file_that_is_given_makes_no_project),
        cmocka_unit_test(first_lines_that_name_python),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
