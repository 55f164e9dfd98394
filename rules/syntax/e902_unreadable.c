// Files whose text cannot be had, so that no other rule has seen them.

#include "rule/rule.h"

enum { E902, E903 };

static const Rule rules[] = {
    [E902] = {.code = "E902",
              .name = "unreadable-file",
              .summary = "a file that cannot be read",
              .why = "What cannot be read cannot be checked, and will not run either.",
              .no_example = "it is about the file, not about its bytes",
              .sources = "pycodestyle E902, flake8 E902"},
    [E903] = {.code = "E903",
              .name = "undecodable-file",
              .summary = "bytes that do not belong to the file's encoding",
              .why = "Python reads a file as UTF-8, or as its first two lines say, and refuses it\n"
                     "where the bytes do not fit.",
              .bad = "name = 'caf\xe9'\n",
              .good = "name = 'caf\xc3\xa9'\n",
              .sources = "flake8 E902"}};

// A byte of the file as it is on disk, as a place in the text; the text is Latin-1 there, two bytes
// for each one above 0x7f.
static uint32_t text_offset(const Source *source) {
    uint32_t offset = source->has_bom ? 3 : 0;
    uint32_t at = 0;
    for (; offset < source->bad_offset && offset < source->raw.len; offset++)
        at += (unsigned char)source->raw.at[offset] >= 0x80 ? 2 : 1;
    return at;
}

static void check_undecodable(Pass *pass, const Source *source) {
    uint32_t at = text_offset(source);
    unsigned byte = source->bad_offset < source->raw.len
                        ? (unsigned char)source->raw.at[source->bad_offset]
                        : 0;
    report(pass, &rules[E903], (Span){at, at}, "byte 0x%02x does not belong to %.*s", byte,
           STR_ARG(source->encoding));
}

static void check_file(Pass *pass) {
    const Source *source = &pass->file->source;
    Span start = {0, 0};
    switch (source->problem) {
    case SOURCE_OK: return;
    case SOURCE_UNREADABLE:
        report(pass, &rules[E902], start, "cannot be read: %.*s", STR_ARG(source->detail));
        return;
    case SOURCE_NOT_REGULAR: report(pass, &rules[E902], start, "not a regular file"); return;
    case SOURCE_TOO_LARGE: report(pass, &rules[E902], start, "too large to be checked"); return;
    default: break;
    }
    if (!pass->file->is_python) return;
    if (source->problem == SOURCE_UNKNOWN_ENCODING)
        report(pass, &rules[E903], start, "no encoding is called `%.*s`",
               STR_ARG(source->encoding));
    else if (source->problem == SOURCE_BOM_CONFLICT)
        report(pass, &rules[E903], start, "a UTF-8 mark, but the encoding is given as `%.*s`",
               STR_ARG(source->encoding));
    else
        check_undecodable(pass, source);
}

const Check e902_unreadable = {.rules = LIST(rules), .on_file = check_file, .unread_file = true};
