// A summary on its way, and what the files of this folder and facts/summary.c ask each other:
//
//     summary.c       one walk over the tree that calls the others; names, places, copies
//     definitions.c   functions, classes with their bases and attributes, the module's own names
//     bodies.c        what a function's code does: returns, yields, regions, late writes
//     sites.c         calls and references, and what becomes of their values
//     loose_words.c   words under which others may know a value
//
// Nobody else includes this.

#ifndef ASYNCLINT_FACTS_SUMMARY_MAKING_H
#define ASYNCLINT_FACTS_SUMMARY_MAKING_H

#include "base/map.h"
#include "base/vec.h"
#include "facts/functions.h"
#include "facts/names.h"
#include "facts/summary.h"
#include "facts/uses.h"

typedef struct OpenRegion {
    uint32_t index;
    const Node *end; // of the body
} OpenRegion;

// A node with the index that it has among the summary's functions, classes or sites.
typedef struct Numbered {
    const Node *node;
    uint32_t index;
} Numbered;

typedef VEC(Numbered) Numbers; // in document order

typedef struct Making {
    File *file;
    Arena *arena; // of the summary
    Summary *summary;
    Map name_ids;
    Numbers definitions, calls;
    VEC(OpenRegion) open;
    uint8_t *is_loose;     // a bit for each word_hash(); NULL: none is
    Map methods_called;    // for SITE_SAME_OBJECT: MethodCalled to nothing
    const Node *last_try;  // that was asked whether it handles RuntimeError
    bool last_try_handles; // whether it does
    LineCursor start, end; // of the last place: they mostly go forward
} Making;

// ---- summary.c ----

// Says which index `node` has; nodes come in document order.
void making_number(Making *making, Numbers *numbers, const Node *node, uint32_t index);

// NO_INDEX where it has none.
uint32_t making_index(const Numbers *numbers, const Node *node);

// `name` lives as long as the file.
NameId making_intern(Making *making, Str name);

// What the value of `expression` is called.
NameId making_name(Making *making, const Node *expression);

Place making_place(Making *making, const Node *node);

// The function whose code runs `node`, or NO_INDEX.
uint32_t making_function_around(const Making *making, const Node *node);

// ---- definitions.c ----

// All definitions, and room for a site of each call. What follows refers to them.
void making_add_definitions(Making *making);

void making_add_attributes(Making *making);
void making_add_exports(Making *making);
void making_add_star(Making *making, const Node *wildcard);

// ---- bodies.c ----

void making_note_return(Making *making, const Node *statement);
void making_note_yield(const Making *making, const Node *yield);
void making_note_suspension(const Making *making, const Node *node);

// Sets the flag of the function whose code runs `node`, if there is one.
void making_mark_function(const Making *making, const Node *node, FunctionFlag flag);

void making_add_region(Making *making, const Node *item);

// Closes those that end before `node`.
void making_close_regions(Making *making, const Node *node);

// The innermost one that `node`, which `function` runs, stands in; or NO_INDEX.
uint32_t making_region_around(const Making *making, const Node *node, uint32_t function);

void making_add_late_write(Making *making, const Node *if_statement);

// ---- sites.c ----

void making_visit_call(Making *making, const Node *call);
void making_visit_reference(Making *making, const Node *node);

// `self.x`, where it is an instance's.
bool making_is_on_self(const Making *making, const Node *expression);

// ---- loose_words.c ----

void making_add_loose_word(Making *making, Str word);
void making_note_loose_word(Making *making, const Node *node, Use use);

#endif
