// A test program's arena, and the tear-down that empties it.

#ifndef ASYNCLINT_TESTS_ARENA_FIXTURE_H
#define ASYNCLINT_TESTS_ARENA_FIXTURE_H

#include "base/arena.h"
#include "testing.h"

static Arena arena;

static int tear_down(void **state) {
    (void)state;
    arena_release(&arena);
    return 0;
}

#endif
