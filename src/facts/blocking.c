#include "facts/blocking.h"

#include "base/search.h"

static const Blocking calls[] = {
#define CALL(name, kind, instead) {name, NULL, BLOCKING_##kind, instead},
#define METHODS(name, kind, methods, instead)
#include "facts/blocking_calls.def"
#undef CALL
#undef METHODS
};

static const Blocking classes[] = {
#define CALL(name, kind, instead)
#define METHODS(name, kind, methods, instead) {name, methods, BLOCKING_##kind, instead},
#include "facts/blocking_calls.def"
#undef CALL
#undef METHODS
};

enum {
    CALL_COUNT = sizeof calls / sizeof calls[0],
    CLASS_COUNT = sizeof classes / sizeof classes[0],
};

static const Blocking *find(const Blocking *entries, uint32_t count, Str name) {
    uint32_t place = COUNT_BEFORE(i, count, str_compare(str_of(entries[i].name), name) < 0);
    return place < count && str_is(name, entries[place].name) ? &entries[place] : NULL;
}

static bool lists_word(const char *words, Str word) {
    Str rest = str_of(words), part;
    while (str_split(&rest, ' ', &part))
        if (str_eq(part, word)) return true;
    return false;
}

const Blocking *blocking_call(Str dotted) {
    return find(calls, CALL_COUNT, dotted);
}

const Blocking *blocking_method(Str class_name, Str method) {
    const Blocking *entry = find(classes, CLASS_COUNT, class_name);
    if (entry == NULL) return NULL;
    bool is_listed = strcmp(entry->methods, "*") == 0 || lists_word(entry->methods, method);
    return is_listed ? entry : NULL;
}

bool has_blocking_methods(Str class_name) {
    return find(classes, CLASS_COUNT, class_name) != NULL;
}

const Blocking *blocking_calls(uint32_t *count) {
    *count = CALL_COUNT;
    return calls;
}

const Blocking *blocking_classes(uint32_t *count) {
    *count = CLASS_COUNT;
    return classes;
}
