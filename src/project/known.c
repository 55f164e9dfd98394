#include "project/known.h"

#include "base/search.h"

enum {
    UNKNOWN = 0,
    NOTHING = TRAIT_KNOWN,
    AWAIT = TRAIT_KNOWN | TRAIT_AWAIT,
    ITERATE = TRAIT_KNOWN | TRAIT_ITERATE,
    ASYNC_ITERATE = TRAIT_KNOWN | TRAIT_ASYNC_ITERATE,
    ENTER = TRAIT_KNOWN | TRAIT_ENTER,
    ASYNC_ENTER = TRAIT_KNOWN | TRAIT_ASYNC_ENTER,
    COROUTINE = TRAIT_KNOWN | TRAIT_AWAIT | TRAIT_COROUTINE,
};

static const KnownValue values[] = {
#define VALUE(name, traits, same_as) {name, same_as, traits},
#include "project/known_values.def"
#undef VALUE
};

enum { VALUE_COUNT = sizeof values / sizeof values[0] };

// The first one that is not before `name`.
static uint32_t find_place(Str name) {
    return COUNT_BEFORE(i, VALUE_COUNT, str_compare(str_of(values[i].name), name) < 0);
}

const KnownValue *known_value(Str name) {
    uint32_t place = find_place(name);
    return place < VALUE_COUNT && str_is(name, values[place].name) ? &values[place] : NULL;
}

static bool is_third_party(Str name) {
    static const char *const names[] = {"MySQLdb", "httpx",    "mysql",   "paramiko", "psycopg2",
                                        "pymysql", "requests", "urllib3", "uvloop"};
    return STR_IS_ONE_OF(name, names);
}

bool is_standard_module(Str name) {
    uint32_t place = find_place(name);
    if (place == VALUE_COUNT || !str_starts_with(str_of(values[place].name), name)) return false;
    return values[place].name[name.len] == '.' && !is_third_party(name);
}
