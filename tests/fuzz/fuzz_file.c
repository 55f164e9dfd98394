// Any bytes through every check and every fix. The first byte chooses the settings; the rest is
// the file.

#include "engine/apply_fixes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CHOICES = 8 };

static Settings settings[CHOICES];
static Plan plans[CHOICES];

// Made once; what they live in is never freed.
static void make_plans(void) {
    static const int versions[] = {PYTHON(3, 7), PYTHON(3, 8), PYTHON(3, 11), PYTHON(3, 13)};
    static Arena arena;
    uint8_t *severities = arena_array(&arena, uint8_t, registry_rule_count());
    registry_apply_preset(severities, PRESET_ALL);
    for (unsigned i = 0; i < CHOICES; i++) {
        settings[i] = (Settings){.target_version = versions[i & 3],
                                 .max_line_length = 79,
                                 .max_doc_length = 72,
                                 .max_file_lines = 10,
                                 .hang_closing = (i & 4) != 0,
                                 .severities = severities};
        plan_make(&plans[i], &arena, &settings[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0 || size > 1 << 16) return 0;
    if (plans[0].settings == NULL) make_plans();
    Arena arena = {0};
    Source source;
    Str bytes = {(const char *)data + 1, (uint32_t)size - 1};
    source_of_bytes(&source, &arena, STR("package/module.py"), bytes);
    Fixed fixed;
    apply_fixes(&fixed, &plans[data[0] % CHOICES], &source, true, FIX_UNSAFE, &arena);
    arena_release(&arena);
    return 0;
}
