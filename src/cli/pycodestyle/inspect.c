#include "cli/pycodestyle/inspect.h"

#include "base/utf8.h"
#include "python/strings.h"

#include <errno.h>
#include <unistd.h>

enum { MOST_BYTES = 1 << 30 };

// ---- Reading ----

// Bytes that are not UTF-8 are left out; CR LF and a lone CR become LF.
static Str decode_input(Arena *arena, Str bytes) {
    char *out = arena_alloc_raw(arena, (size_t)bytes.len + 1, 1);
    uint32_t len = 0;
    for (uint32_t at = 0, length, point; at < bytes.len; at += length) {
        length = utf8_decode(bytes, at, &point);
        if (length == 0) {
            length = 1;
            continue;
        }
        if (bytes.at[at] == '\r') {
            out[len++] = '\n';
            length += at + 1 < bytes.len && bytes.at[at + 1] == '\n';
            continue;
        }
        memcpy(out + len, bytes.at + at, length);
        len += length;
    }
    return (Str){out, len};
}

Str read_standard_input(Arena *arena) {
    Buf bytes = {0};
    ssize_t got;
    do {
        got = read(STDIN_FILENO, buf_reserve(&bytes, 1 << 16), 1 << 16);
        if (got > 0) bytes.len += (size_t)got;
    } while ((got > 0 && bytes.len < MOST_BYTES) || (got < 0 && errno == EINTR));
    Str text = decode_input(arena, buf_str(&bytes));
    buf_release(&bytes);
    return text;
}

static void read_input(Inspection *self, Arena *arena) {
    Str text = read_standard_input(arena);
    if (str_starts_with(text, STR("\xef\xbb\xbf"))) text = str_from(text, 3);
    self->name = STR("stdin");
    self->file.source = (Source){.path = self->name, .raw = text, .text = text};
    lines_scan_as(&self->file.lines, arena, text, (LineRules){.ends_at_any_control = true});
}

// A file with a byte order mark is decoded in pieces, each by a decoder that leaves out a mark at
// the piece's start: the second line, where it was read in search of a cookie, and the rest.
static Str without_inner_marks(Arena *arena, const Source *source) {
    Str text = source->text;
    if (!source->has_bom || source->problem != SOURCE_OK) return text;
    uint32_t start = 0;
    for (uint32_t line = 0; line < source->header_lines && start < text.len; line++) {
        start += str_find_byte(str_from(text, start), '\n') + 1;
        if (str_starts_with(str_from(text, start), STR("\xef\xbb\xbf")))
            text = str_join(arena, str_slice(text, 0, start), str_from(text, start + 3));
    }
    return text;
}

static void read_file(Inspection *self, Arena *arena, Str path, bool is_named) {
    Source *source = &self->file.source;
    self->name = path;
    source_read(source, arena, path, MOST_BYTES, is_named);
    source->text = without_inner_marks(arena, source);
    lines_scan_as(&self->file.lines, arena, source->text,
                  (LineRules){.verbatim = source->header_lines});
}

// ---- What cannot be checked ----

static const char *exception_of(int system_error) {
    switch (system_error) {
    case ENOENT: return "FileNotFoundError";
    case EACCES:
    case EPERM: return "PermissionError";
    case EISDIR: return "IsADirectoryError";
    case ENOTDIR: return "NotADirectoryError";
    default: return "OSError";
    }
}

// The text of E902, or an empty Str where the file could be read.
static Str unreadable(Arena *arena, const Source *source) {
    Buf shown = {0};
    python_repr(&shown, source->path);
    Str path = str_copy(arena, buf_str(&shown));
    buf_release(&shown);
    int number = source->system_error;
    switch (source->problem) {
    case SOURCE_UNREADABLE:
        return str_format(arena, "%s: [Errno %d] %s: %.*s", exception_of(number), number,
                          strerror(number), STR_ARG(path));
    case SOURCE_NOT_REGULAR:
        return str_format(arena, "OSError: not a regular file: %.*s", STR_ARG(path));
    case SOURCE_TOO_LARGE:
        return str_format(arena, "OSError: [Errno %d] %s: %.*s", EFBIG, strerror(EFBIG),
                          STR_ARG(path));
    default: return (Str){0};
    }
}

// The finding for tokens that do not end, or one without a text.
static StyleFinding token_problem(const File *file) {
    const Tokens *tokens = &file->tokens;
    Position place = lines_position(&file->lines, tokens->problem_offset);
    StyleFinding finding = {
        .code = STR("E901"), .row = place.line, .column = (int32_t)place.column};
    switch (tokens->problem) {
    case TOKENS_OK: break;
    case TOKENS_EOF_IN_STRING: finding.text = STR("TokenError: EOF in multi-line string"); break;
    case TOKENS_EOF_IN_STATEMENT:
        finding.text = STR("TokenError: EOF in multi-line statement");
        finding.row = file->lines.count + 1;
        finding.column = 1;
        break;
    case TOKENS_BAD_DEDENT:
        finding.text = STR("IndentationError: unindent does not match any outer indentation level");
        break;
    }
    return finding;
}

// ---- Checking ----

static void add_finding(Inspection *self, StyleFinding finding) {
    finding.order = self->count;
    self->findings[self->count++] = finding;
}

static void take_findings(Inspection *self, const Report *report) {
    for (uint32_t i = 0; i < report->findings.len; i++) {
        const Finding *finding = report->findings.at[i];
        self->findings[self->count++] = (StyleFinding){.code = str_of(finding->rule->code),
                                                       .text = finding->message,
                                                       .row = finding->start.line,
                                                       .column = (int32_t)finding->start.column,
                                                       .order = finding->order,
                                                       .reason = finding->rule->why};
    }
}

void inspect_file(Inspection *self, Arena *arena, const Plan *plan, Str path, bool is_named) {
    *self = (Inspection){.file = {.arena = arena, .is_python = true}};
    if (str_is(path, "-"))
        read_input(self, arena);
    else
        read_file(self, arena, path, is_named);
    Str problem = unreadable(arena, &self->file.source);
    if (problem.len > 0) {
        self->findings = arena_array(arena, StyleFinding, 1);
        add_finding(self,
                    (StyleFinding){.code = STR("E902"), .text = problem, .row = 1, .column = 1});
        return;
    }
    FileResult result;
    check_lines(&result, plan, &self->file, arena);
    self->findings = arena_array(arena, StyleFinding, result.report.findings.len + 1);
    take_findings(self, &result.report);
    StyleFinding unended = token_problem(&self->file);
    if (unended.text.len > 0) add_finding(self, unended);
}
