#include "base/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 1000, HEAP_LIMIT_KIB = 1024 };

struct Pattern {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
};

static void *take(PCRE2_SIZE size, void *arena) {
    return arena_alloc(arena, size);
}

static void give_back(void *memory, void *arena) {
    (void)memory;
    (void)arena;
}

Pattern *pattern_new(Arena *arena, Str expression) {
    pcre2_general_context *memory = pcre2_general_context_create(take, give_back, arena);
    pcre2_compile_context *compiling = pcre2_compile_context_create(memory);
    int error;
    PCRE2_SIZE offset;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)(expression.at == NULL ? "" : expression.at), expression.len,
                      PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF, &error, &offset, compiling);
    if (code == NULL) return NULL;
    Pattern *self = arena_new(arena, Pattern);
    self->code = code;
    self->data = pcre2_match_data_create_from_pattern(code, memory);
    self->context = pcre2_match_context_create(memory);
    pcre2_set_match_limit(self->context, MATCH_LIMIT);
    pcre2_set_depth_limit(self->context, DEPTH_LIMIT);
    pcre2_set_heap_limit(self->context, HEAP_LIMIT_KIB);
    return self;
}

static bool matches(Pattern *self, Str text, uint32_t options) {
    return pcre2_match(self->code, (PCRE2_SPTR)(text.at == NULL ? "" : text.at), text.len, 0,
                       options, self->data, self->context) >= 0;
}

bool pattern_occurs(Pattern *self, Str text) {
    return matches(self, text, 0);
}

bool pattern_matches_all(Pattern *self, Str text) {
    return matches(self, text, PCRE2_ANCHORED | PCRE2_ENDANCHORED);
}
