// One file's bytes as text: read, decoded, without its byte order mark.
//
// The encoding is found as tokenize.detect_encoding() of CPython 3.7 finds it (PEP 263); where that
// or the decoding fails, the text is Latin-1, as for pycodestyle. Everything behind this stage
// counts in bytes of `Source.text`, which is UTF-8.

#ifndef ASYNCLINT_SOURCE_SOURCE_H
#define ASYNCLINT_SOURCE_SOURCE_H

#include "base/str.h"

typedef enum SourceProblem {
    SOURCE_OK,
    SOURCE_UNREADABLE,       // open or read failed: `detail` is the system's reason
    SOURCE_NOT_REGULAR,      // a directory, FIFO, socket or device
    SOURCE_NO_TEXT,          // where a text was wanted
    SOURCE_TOO_LARGE,        // over the limit: not read
    SOURCE_UNKNOWN_ENCODING, // PEP 263 cookie names no codec; text is Latin-1
    SOURCE_BOM_CONFLICT,     // UTF-8 mark and a cookie that says otherwise; text is Latin-1
    SOURCE_UNDECODABLE,      // bytes at `bad_offset` do not belong to the encoding; text is Latin-1
} SourceProblem;

typedef struct Source {
    Str path; // as given by the caller, for output
    Str raw;  // the file's bytes as they are on disk
    Str text; // UTF-8 without byte order mark; shares `raw`'s memory where nothing was converted
    bool has_bom;
    bool is_executable; // any x bit
    bool is_listed;     // in a project folder of the run: checks on folders see it there
    bool is_converted;  // `text` is not a part of `raw`: offsets differ from those on disk
    SourceProblem problem;
    uint32_t
        bad_offset;   // into `raw`: the first byte that could not be decoded, or the cookie's name
    Str encoding;     // the cookie's name as written, or "utf-8"
    Str detail;       // for SOURCE_UNREADABLE
    int system_error; // its errno
    uint32_t header_lines; // the first lines of `text` that were read as bytes, up to each LF, in
                           // search of a cookie: 0 to 2. pycodestyle keeps the CRs in them.
} Source;

// Reads the file at `path`, at most `most_bytes`, into `arena`, and decodes it. Never fails: what
// went wrong is in `problem`; for the first four, `text` is empty. Opens without blocking and
// reads regular files only, but for "/dev/stdin" and "/dev/fd/N" that the user named
// (`any_kind` true). A file that grows meanwhile is read to its new end, within the limit; one that
// shrinks, as far as it is there.
void source_read(Source *self, Arena *arena, Str path, uint64_t most_bytes, bool any_kind);

// The same for a regular file that may be no text: where its first bytes say so, `problem` does.
void source_read_text(Source *self, Arena *arena, Str path, uint64_t most_bytes);

// The same for bytes that the caller holds and that outlive `self`.
void source_of_bytes(Source *self, Arena *arena, Str path, Str bytes);

// Whether there are bytes at all, perhaps none, and perhaps not decodable ones.
static inline bool source_was_read(const Source *self) {
    return self->problem < SOURCE_UNREADABLE || self->problem > SOURCE_TOO_LARGE;
}

#endif
