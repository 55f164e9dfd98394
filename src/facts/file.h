// One file as the checks see it: its text, lines, tokens and tree, and the facts drawn from them.
//
// The stages are filled by engine/check_file.c as far as the enabled checks want them. Facts are
// made on first demand by the function that hands them out, and kept here.

#ifndef ASYNCLINT_FACTS_FILE_H
#define ASYNCLINT_FACTS_FILE_H

#include "python/compiler/refusals.h"
#include "python/logical.h"
#include "python/syntax.h"
#include "python/tokens.h"
#include "source/lines.h"
#include "source/source.h"

typedef struct Scopes Scopes;
typedef struct NodeNumbers NodeNumbers;
typedef struct AttributeFacts AttributeFacts;
typedef struct NameFacts NameFacts;
typedef struct Docstrings Docstrings;
typedef struct VersionGuards VersionGuards;

typedef struct File {
    Arena *arena; // everything of this file; gone after the file's checks
    Source source;
    Lines lines;
    Tokens tokens;
    LogicalLines logical;
    Tree tree; // `nodes` is NULL where the file was not parsed
    bool is_python;

    const NodeNumbers *node_numbers; // facts/node_numbers.h
    const Scopes *scopes;            // facts/scopes.h
    AttributeFacts *attributes;      // facts/attributes.h
    NameFacts *names;                // facts/names.h
    const Docstrings *docstrings;    // facts/docstring.h
    VersionGuards *guards;           // facts/versions.c
    const Refusals *refusals;        // facts/refusals.h
    uint8_t async_names;             // facts/async_names.h
} File;

// About how many different names the file has, to make room for them: a large one says the same
// names again.
static inline uint32_t likely_names(const File *file) {
    const uint32_t nodes_for_a_name = 8, most = 8192;
    uint32_t count = file->tree.count / nodes_for_a_name;
    return count < most ? count : most;
}

static inline Str node_text(const File *file, const Node *node) {
    return str_slice(file->lines.text, node->start, node->end);
}

#endif
