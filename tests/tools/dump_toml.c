// Reads TOML documents, separated by NUL bytes, from stdin, and writes a JSON array: for each its
// value, every scalar as {"kind": …, "text": …}, or {"error": …}. For differential/toml.py.

#include "cli/toml.h"
#include "output/json_writer.h"

#include <stdio.h>
#include <unistd.h>

typedef struct Step {
    const TomlValue *value;
    uint32_t next;
} Step;

typedef VEC(Step) Steps;

static void write_scalar(Json *json, const TomlValue *value) {
    json_begin(json, '{');
    json_add_key(json, "kind");
    json_add_string(json, str_of(toml_kind_name((TomlKind)value->kind)));
    json_add_key(json, "text");
    json_add_string(json, value->text);
    json_add_key(json, "integer");
    char digits[32];
    snprintf(digits, sizeof digits, "%lld", (long long)value->integer);
    json_add_string(json, str_of(digits));
    json_end(json, '}');
}

static void open_value(Json *json, Arena *arena, Steps *steps, const TomlValue *value) {
    if (value->kind != TOML_TABLE && value->kind != TOML_ARRAY) {
        write_scalar(json, value);
        return;
    }
    json_begin(json, value->kind == TOML_TABLE ? '{' : '[');
    vec_push(arena, steps, (Step){value, 0});
}

static void write_value(Json *json, Arena *arena, const TomlValue *value) {
    Steps steps = {0};
    open_value(json, arena, &steps, value);
    while (steps.len > 0) {
        Step *step = &vec_last(&steps);
        bool is_table = step->value->kind == TOML_TABLE;
        if (step->next == (is_table ? step->value->members.len : step->value->items.len)) {
            json_end(json, is_table ? '}' : ']');
            steps.len--;
        } else if (is_table) {
            const TomlMember *member = &step->value->members.at[step->next++];
            json_add_key(json, str_c(arena, str_join(arena, STR("="), member->key)));
            open_value(json, arena, &steps, member->value);
        } else {
            open_value(json, arena, &steps, step->value->items.at[step->next++]);
        }
    }
}

static void write_document(Json *json, Str text) {
    Arena arena = {0};
    Error error = {0};
    const TomlValue *value = toml_read(&arena, text, STR("document"), &error);
    json_begin(json, '{');
    json_add_key(json, value == NULL ? "error" : "value");
    if (value == NULL)
        json_add_string(json, str_of(error.text));
    else
        write_value(json, &arena, value);
    json_end(json, '}');
    arena_release(&arena);
}

int main(void) {
    Buf input = {0}, out = {0};
    ssize_t got;
    while ((got = read(STDIN_FILENO, buf_reserve(&input, 1 << 16), 1 << 16)) > 0)
        input.len += (size_t)got;
    Json json = {.out = &out};
    json_begin(&json, '[');
    Str rest = buf_str(&input), document;
    while (str_split(&rest, '\0', &document))
        write_document(&json, document);
    json_end(&json, ']');
    fwrite(out.at, 1, out.len, stdout);
    buf_release(&out);
    buf_release(&input);
    return 0;
}
