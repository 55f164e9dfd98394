#include "facts/summary.h"

Summary *summary_make(File *file, Arena *arena) {
    Summary *summary = arena_new(arena, Summary);
    summary->path = str_copy(arena, file->source.path);
    return summary;
}
