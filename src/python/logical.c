#include "python/logical.h"

void logical_lines_build(LogicalLines *self, Arena *arena, const Lines *lines,
                         const Tokens *tokens) {
    (void)arena;
    (void)lines;
    (void)tokens;
    *self = (LogicalLines){0};
}
