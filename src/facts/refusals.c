#include "facts/refusals.h"

const Refusals *file_refusals(File *file) {
    if (file->refusals != NULL) return file->refusals;
    Refusals *refusals = arena_new(file->arena, Refusals);
    if (file->source.problem == SOURCE_OK) compiler_check(refusals, file->arena, file->lines.text);
    file->refusals = refusals;
    return refusals;
}
