#include "cli/ini.h"

#include "python/strings.h"

typedef struct Reader {
    Ini *ini;
    Str path;
    uint32_t line_number;
    IniSection *section; // NULL before the first header; valid until the next one
    uint32_t option;     // place in section->options, or UINT32_MAX: nothing to go on with
    uint32_t indent;     // of the last header or option, in characters
    Buf value;           // of that option so far
    Buf bad_lines;       // what ParsingError lists
    Error *error;
} Reader;

// ---- Errors, in configparser's words ----

static bool fail_duplicate(Reader *self, const char *kind, Str option) {
    Buf text = {0};
    buf_printf(&text, "configparser.Duplicate%sError: While reading from ",
               option.at == NULL ? "Section" : "Option");
    python_repr(&text, self->path);
    buf_printf(&text, " [line %2u]: %s ", self->line_number, kind);
    if (option.at != NULL) {
        python_repr(&text, option);
        buf_add(&text, STR(" in section "));
    }
    python_repr(&text, self->section->name);
    error_set(self->error, "%.*s already exists", STR_ARG(buf_str(&text)));
    buf_release(&text);
    return false;
}

static bool fail_without_header(Reader *self, Str line) {
    Buf text = {0};
    buf_add(&text, STR("configparser.MissingSectionHeaderError: File contains no section headers.\n"
                       "file: "));
    python_repr(&text, self->path);
    buf_printf(&text, ", line: %u\n", self->line_number);
    python_repr(&text, line);
    error_set(self->error, "%.*s", STR_ARG(buf_str(&text)));
    buf_release(&text);
    return false;
}

static void note_bad_line(Reader *self, Str line) {
    buf_printf(&self->bad_lines, "\n\t[line %2u]: ", self->line_number);
    python_repr(&self->bad_lines, line);
}

static bool fail_bad_lines(Reader *self) {
    Buf text = {0};
    buf_add(&text, STR("configparser.ParsingError: Source contains parsing errors: "));
    python_repr(&text, self->path);
    buf_add(&text, buf_str(&self->bad_lines));
    error_set(self->error, "%.*s", STR_ARG(buf_str(&text)));
    buf_release(&text);
    return false;
}

// ---- Lines ----

static Str to_lower(Arena *arena, Str s) {
    char *copy = arena_alloc_raw(arena, s.len + 1, 1);
    for (uint32_t i = 0; i < s.len; i++)
        copy[i] = s.at[i] >= 'A' && s.at[i] <= 'Z' ? (char)(s.at[i] + 32) : s.at[i];
    return (Str){copy, s.len};
}

static uint32_t indent_of(Str line) {
    uint32_t count = 0, point;
    for (uint32_t at = 0; at < line.len; count++) {
        at += python_char(line, at, &point);
        if (!python_is_space(point)) break;
    }
    return count;
}

static void finish_option(Reader *self) {
    if (self->option != UINT32_MAX)
        self->section->options.at[self->option].value =
            str_copy(self->ini->arena, python_rstrip(buf_str(&self->value)));
    self->option = UINT32_MAX;
}

static void go_on_with_value(Reader *self, Str value) {
    buf_add_byte(&self->value, '\n');
    buf_add(&self->value, value);
}

static bool begin_section(Reader *self, Str name) {
    finish_option(self);
    Ini *ini = self->ini;
    if (str_is(name, "DEFAULT")) {
        self->section = &ini->defaults;
        return true;
    }
    uint32_t number = map_get(&ini->numbers, name);
    if (number == MAP_NONE) {
        number = ini->sections.len;
        IniSection section = {.name = str_copy(ini->arena, name)};
        vec_push(ini->arena, &ini->sections, section);
        map_put(ini->arena, &ini->numbers, section.name, number);
    }
    self->section = &ini->sections.at[number];
    if (self->section->file == ini->files) return fail_duplicate(self, "section", (Str){0});
    self->section->file = ini->files;
    return true;
}

static bool begin_option(Reader *self, Str name, Str value) {
    finish_option(self);
    Arena *arena = self->ini->arena;
    IniSection *section = self->section;
    uint32_t number = map_get(&section->numbers, name);
    if (number == MAP_NONE) {
        number = section->options.len;
        vec_push(arena, &section->options, (IniOption){.name = name});
        map_put(arena, &section->numbers, name, number);
    }
    IniOption *option = &section->options.at[number];
    if (option->file == self->ini->files) return fail_duplicate(self, "option", name);
    option->file = self->ini->files;
    option->line = self->line_number;
    self->option = number;
    buf_clear(&self->value);
    buf_add(&self->value, value);
    return true;
}

// The name between `[` and the first `]`, or an empty Str where the line is no header.
static Str header_of(Str value) {
    if (value.at[0] != '[') return (Str){0};
    uint32_t close = str_find_byte(value, ']');
    return close == value.len ? (Str){0} : str_slice(value, 1, close);
}

static bool read_option(Reader *self, Str line, Str value) {
    uint32_t equals = str_find_byte(value, '='), colon = str_find_byte(value, ':');
    uint32_t cut = equals < colon ? equals : colon;
    if (cut == value.len) {
        note_bad_line(self, line);
        return true;
    }
    Str name = to_lower(self->ini->arena, python_rstrip(str_slice(value, 0, cut)));
    if (name.len == 0) note_bad_line(self, line);
    return begin_option(self, name, python_strip(str_from(value, cut + 1)));
}

static bool read_line(Reader *self, Str line) {
    Str value = python_strip(line);
    if (value.len > 0 && (value.at[0] == '#' || value.at[0] == ';')) return true;
    bool goes_on =
        self->option != UINT32_MAX && self->section->options.at[self->option].name.len > 0;
    if (value.len == 0) {
        if (goes_on) go_on_with_value(self, value);
        return true;
    }
    uint32_t indent = indent_of(line);
    if (goes_on && indent > self->indent) {
        go_on_with_value(self, value);
        return true;
    }
    self->indent = indent;
    Str header = header_of(value);
    if (header.len > 0) return begin_section(self, header);
    if (self->section == NULL) return fail_without_header(self, line);
    return read_option(self, line, value);
}

// With LF for whatever ends it, as universal newlines are read.
static bool next_line(Str *rest, Buf *line) {
    if (rest->len == 0) return false;
    uint32_t end = 0;
    while (end < rest->len && rest->at[end] != '\n' && rest->at[end] != '\r')
        end++;
    buf_clear(line);
    buf_add(line, str_slice(*rest, 0, end));
    if (end < rest->len) buf_add_byte(line, '\n');
    bool is_pair = end + 1 < rest->len && rest->at[end] == '\r' && rest->at[end + 1] == '\n';
    *rest = str_from(*rest, end + (is_pair ? 2 : 1));
    return true;
}

bool ini_read(Ini *self, Str path, Str text, Error *error) {
    self->files++;
    self->defaults.name = STR("DEFAULT");
    Reader reader = {.ini = self, .path = path, .option = UINT32_MAX, .error = error};
    Buf line = {0};
    bool is_right = true;
    while (is_right && next_line(&text, &line)) {
        reader.line_number++;
        is_right = read_line(&reader, buf_str(&line));
    }
    finish_option(&reader);
    if (is_right && reader.bad_lines.len > 0) is_right = fail_bad_lines(&reader);
    buf_release(&line);
    buf_release(&reader.value);
    buf_release(&reader.bad_lines);
    return is_right;
}

const IniSection *ini_section(const Ini *self, Str name) {
    uint32_t number = map_get(&self->numbers, name);
    return number == MAP_NONE ? NULL : &self->sections.at[number];
}

void ini_options(const Ini *self, const IniSection *section, Arena *arena, IniOptions *options) {
    for (uint32_t i = 0; i < section->options.len; i++)
        vec_push(arena, options, section->options.at[i]);
    for (uint32_t i = 0; i < self->defaults.options.len; i++)
        if (map_get(&section->numbers, self->defaults.options.at[i].name) == MAP_NONE)
            vec_push(arena, options, self->defaults.options.at[i]);
}

bool ini_boolean(Str value, bool *is_true) {
    static const char *const words[] = {"0", "no", "false", "off", "1", "yes", "true", "on"};
    for (uint32_t i = 0; i < 8; i++) {
        if (value.len != strlen(words[i]) || strncasecmp(value.at, words[i], value.len) != 0)
            continue;
        *is_true = i >= 4;
        return true;
    }
    return false;
}
