#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/pool.h"
#include "base/search.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "testing.h"

#include <stdatomic.h>
#include <stdio.h>

static void arena_gives_zeroed_aligned_memory(void **state) {
    (void)state;
    Arena arena = {0};
    for (size_t size = 0; size < 40000; size = size * 2 + 1) {
        unsigned char *at = arena_alloc(&arena, size);
        assert_int_equal((uintptr_t)at % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(at[i], 0);
        memset(at, 0xff, size);
    }
    arena_reset(&arena);
    assert_non_null(arena_alloc(&arena, 0));
    assert_int_equal(*(unsigned char *)arena_alloc(&arena, 1), 0);
    arena_release(&arena);
}

static void arena_grows_in_place_at_the_end(void **state) {
    (void)state;
    Arena arena = {0};
    char *first = arena_alloc(&arena, 16);
    memcpy(first, "0123456789abcdef", 16);
    assert_ptr_equal(arena_grow(&arena, first, 16, 64), first);
    char *second = arena_alloc(&arena, 16);
    char *moved = arena_grow(&arena, first, 64, 128);
    assert_ptr_not_equal(moved, first);
    assert_ptr_not_equal(moved, second);
    assert_memory_equal(moved, "0123456789abcdef", 16);
    arena_release(&arena);
}

static void arena_uses_again_what_was_given_back(void **state) {
    (void)state;
    Arena arena = {0};
    const size_t size = 8192;
    char *large = arena_alloc(&arena, size), *kept = arena_alloc(&arena, size);
    char *newest = arena_alloc(&arena, 16);
    arena_give_back(&arena, newest, 16);
    assert_ptr_equal(arena_alloc(&arena, 32), newest);
    memset(kept, 'k', size);
    arena_give_back(&arena, large, size);
    assert_ptr_equal(arena_alloc(&arena, size), large);
    for (uint32_t i = 0; i < 100; i++)
        memset(arena_alloc(&arena, 1000), 'x', 1000);
    for (size_t i = 0; i < size; i++)
        assert_int_equal(kept[i], 'k');
    arena_release(&arena);
}

// What lies in pieces that were given back must not be handed out twice.
static void arena_leaves_alone_what_stands_between(void **state) {
    (void)state;
    enum { SIZE = 4096 };
    Arena arena = {0};
    char *first = arena_alloc_raw(&arena, SIZE + 4, 16);
    char *between = arena_alloc_raw(&arena, 8, 1);
    char *second = arena_alloc_raw(&arena, SIZE, 16);
    arena_alloc(&arena, 1);
    memcpy(between, "between", 8);
    arena_give_back(&arena, first, SIZE + 4);
    arena_give_back(&arena, second, SIZE);
    memset(arena_alloc_raw(&arena, 2 * SIZE, 16), 'x', 2 * SIZE);
    memset(arena_alloc_raw(&arena, SIZE, 16), 'x', SIZE);
    memset(arena_alloc_raw(&arena, SIZE, 16), 'x', SIZE);
    assert_string_equal(between, "between");
    arena_release(&arena);
}

static void arena_finds_a_large_piece_behind_small_ones(void **state) {
    (void)state;
    enum { SMALL = 2048, LARGE = 10 << 10, COUNT = 50 };
    Arena arena = {0};
    char *large = arena_alloc(&arena, LARGE), *small[COUNT];
    for (uint32_t i = 0; i < COUNT; i++) {
        small[i] = arena_alloc(&arena, SMALL);
        arena_alloc(&arena, 16);
    }
    arena_give_back(&arena, large, LARGE);
    for (uint32_t i = 0; i < COUNT; i++)
        arena_give_back(&arena, small[i], SMALL);
    assert_ptr_equal(arena_alloc(&arena, LARGE), large);
    arena_release(&arena);
}

static void arena_joins_large_neighbours(void **state) {
    (void)state;
    enum { LARGE = 100 << 10, COUNT = 3 };
    Arena arena = {0};
    char *room = arena_alloc(&arena, (COUNT + 1) * LARGE), *large[COUNT];
    arena_give_back(&arena, room, (COUNT + 1) * LARGE);
    for (uint32_t i = 0; i < COUNT; i++) {
        large[i] = arena_alloc(&arena, LARGE);
        assert_ptr_equal(large[i], room + i * LARGE);
        arena_alloc(&arena, 16); // stands elsewhere
    }
    arena_give_back(&arena, large[0], LARGE);
    arena_give_back(&arena, large[2], LARGE);
    arena_give_back(&arena, large[1], LARGE);
    assert_ptr_equal(arena_alloc(&arena, COUNT * LARGE), room);
    arena_release(&arena);
}

static void arena_has_room_behind_what_is_trimmed(void **state) {
    (void)state;
    enum { LARGE = 100 << 10, KEPT = 50001 };
    Arena arena = {0};
    char *trimmed = arena_alloc(&arena, LARGE);
    memset(trimmed, 't', KEPT);
    arena_trim(&arena, trimmed, LARGE, KEPT);
    char *behind = arena_alloc(&arena, LARGE / 3);
    assert_ptr_equal(behind, trimmed + KEPT + 15);
    memset(behind, 'b', LARGE / 3);
    assert_int_equal(trimmed[KEPT - 1], 't');
    arena_give_back(&arena, behind, LARGE / 3);
    arena_give_back(&arena, trimmed, KEPT);
    char *grown = arena_alloc(&arena, LARGE / 3);
    assert_ptr_equal(grown, trimmed);
    assert_ptr_equal(arena_grow(&arena, grown, LARGE / 3, LARGE), grown);
    arena_release(&arena);
}

static void arena_hands_each_byte_out_once(void **state) {
    (void)state;
    enum { ROUNDS = 400 };
    Arena arena = {0};
    struct {
        uint32_t *at;
        uint32_t count;
    } kept[ROUNDS];
    for (uint32_t i = 0; i < ROUNDS; i++) {
        uint32_t lost = 100 + i * 37 % 5000, more = i * 211 % 9000;
        uint32_t *given = arena_array(&arena, uint32_t, lost);
        kept[i].count = 1 + i * 101 % 3000;
        kept[i].at = arena_array(&arena, uint32_t, kept[i].count + more);
        arena_trim(&arena, kept[i].at, (kept[i].count + more) * sizeof *given,
                   kept[i].count * sizeof *given);
        arena_give_back(&arena, given, lost * sizeof *given);
        for (uint32_t j = 0; j < kept[i].count; j++)
            kept[i].at[j] = i;
    }
    for (uint32_t i = 0; i < ROUNDS; i++)
        for (uint32_t j = 0; j < kept[i].count; j++)
            assert_int_equal(kept[i].at[j], i);
    arena_release(&arena);
}

static void arena_takes_another_over(void **state) {
    (void)state;
    enum { SIZE = 4096 };
    Arena arena = {0}, other = {0}, empty = {0};
    char *mine = arena_alloc(&arena, 16), *free_place = arena_alloc(&other, SIZE);
    char *theirs = arena_alloc(&other, 16);
    memcpy(mine, "mine", sizeof "mine");
    memcpy(theirs, "theirs", sizeof "theirs");
    arena_give_back(&other, free_place, SIZE);
    arena_take_over(&arena, &other);
    arena_take_over(&arena, &empty);
    arena_release(&other);
    bool is_used_again = false;
    for (uint32_t i = 0; i < 100; i++) {
        char *place = arena_alloc_raw(&arena, SIZE, 16);
        is_used_again |= place == free_place;
        memset(place, 'x', SIZE);
    }
    assert_true(is_used_again);
    assert_string_equal(mine, "mine");
    assert_string_equal(theirs, "theirs");
    arena_take_over(&other, &arena);
    arena_release(&arena);
    assert_string_equal(theirs, "theirs");
    arena_release(&other);
}

static void vec_keeps_what_was_pushed(void **state) {
    (void)state;
    Arena arena = {0};
    VEC(uint32_t) numbers = {0};
    for (uint32_t i = 0; i < 10000; i++)
        vec_push(&arena, &numbers, i);
    assert_int_equal(numbers.len, 10000);
    for (uint32_t i = 0; i < numbers.len; i++)
        assert_int_equal(numbers.at[i], i);
    arena_release(&arena);
}

static void map_finds_what_was_put(void **state) {
    (void)state;
    Arena arena = {0};
    Map map = {0};
    assert_int_equal(map_get(&map, STR("a")), MAP_NONE);
    for (uint32_t i = 0; i < 5000; i++)
        map_put(&arena, &map, str_format(&arena, "key %u", i), i);
    assert_int_equal(map.len, 5000);
    for (uint32_t i = 0; i < 5000; i++)
        assert_int_equal(map_get(&map, str_format(&arena, "key %u", i)), i);
    assert_int_equal(map_get(&map, STR("key 5000")), MAP_NONE);
    assert_int_equal(map_get_or_put(&arena, &map, STR("key 7"), 1), 7);
    assert_int_equal(map_get_or_put(&arena, &map, (Str){0}, 9), 9);
    assert_int_equal(map_get(&map, STR("")), 9);
    arena_release(&arena);
}

static void str_finds_and_splits(void **state) {
    (void)state;
    assert_int_equal(str_find(STR("abcabc"), STR("ca")), 2);
    assert_int_equal(str_find(STR("abc"), STR("x")), 3);
    assert_int_equal(str_find(STR("aab"), STR("ab")), 1);
    assert_int_equal(str_find(STR("ab"), STR("abc")), 2);
    Str many = STR("0123456789012345678901234567890123456789");
    assert_int_equal(str_find(many, str_from(many, 5)), 5);
    assert_int_equal(str_find(str_slice(many, 0, 39), str_from(many, 5)), 39);
    assert_int_equal(str_find_last_byte(STR("a.b.c"), '.'), 3);
    assert_true(str_eq(str_trim(STR(" \t x y\r\n")), STR("x y")));
    assert_true(str_eq(str_trim(STR("  ")), STR("")));
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
    assert_true(str_compare(STR("b"), STR("ab")) > 0);
    Str rest = STR("a,,b"), part;
    assert_true(str_split(&rest, ',', &part) && str_is(part, "a"));
    assert_true(str_split(&rest, ',', &part) && str_is(part, ""));
    assert_true(str_split(&rest, ',', &part) && str_is(part, "b"));
    assert_false(str_split(&rest, ',', &part));
}

static void str_nearest_suggests_what_was_meant(void **state) {
    (void)state;
    const Str names[] = {STR("ASYNC251"), STR("E501"), STR("--select"), STR("--ignore")};
    assert_true(str_is(str_nearest(STR("--selcet"), names, 4), "--select"));
    assert_true(str_is(str_nearest(STR("E502"), names, 4), "E501"));
    assert_int_equal(str_nearest(STR("--output"), names, 4).len, 0);
    assert_int_equal(str_nearest(STR(""), names, 4).len, 0);
}

__attribute__((format(printf, 1, 2))) static void check_format(const char *format, ...) {
    char expected[2048];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(expected, sizeof expected, format, arguments);
    va_end(arguments);
    Arena arena = {0};
    va_start(arguments, format);
    Str found = str_vformat(&arena, format, arguments);
    va_end(arguments);
    assert_int_equal(found.len, length);
    assert_string_equal(found.at, expected);
    arena_release(&arena);
}

static void texts_are_what_printf_makes(void **state) {
    (void)state;
    static const char *volatile nowhere; // of an empty Str
    char lengthy[600];
    memset(lengthy, 'x', sizeof lengthy - 1);
    lengthy[sizeof lengthy - 1] = '\0';
    check_format("nothing to fill in");
    check_format("%s", "");
    check_format("%s and %s", "one", "two");
    check_format("<%.*s>%.*s", 2, "cut off", 9, "short");
    check_format("%.*s|", 0, nowhere);
    check_format("%.*s", -1, "as if there were no precision");
    check_format("%u %u %d %d %d", 0u, UINT32_MAX, 0, INT32_MAX, INT32_MIN);
    check_format("%c%c%%", '(', '\n');
    check_format("%02x %5d %-4s| %016llx %zu", 7u, -3, "a", 255ull, sizeof lengthy);
    check_format("%s", lengthy);
    check_format("%d%s", 1, lengthy);
}

static void utf8_refuses_what_is_not_utf8(void **state) {
    (void)state;
    static const char *const bad[] = {"\x80",         "\xc0\x80",         "\xc3",
                                      "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(utf8_find_invalid(str_of(bad[i])), 0);
    assert_int_equal(utf8_find_invalid(STR("abcdefgh\xc3\xa9\xff")), 10);
    assert_int_equal(utf8_count(STR("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d")), 4);
    for (uint32_t point = 0; point < 0x110000; point++) {
        if (point >= 0xd800 && point < 0xe000) continue;
        char bytes[4];
        uint32_t length = utf8_encode(point, bytes), decoded = 0;
        assert_int_equal(utf8_decode((Str){bytes, length}, 0, &decoded), length);
        assert_int_equal(decoded, point);
    }
}

static void printable_text_has_no_controls(void **state) {
    (void)state;
    Buf buf = {0};
    buf_add_printable(&buf, STR("a\x1b[1m\n\xff\xc2\x9b\xe2\x80\xae\xc3\xa9"), false);
    assert_true(str_is(buf_str(&buf), "a\\x1b[1m\\x0a\\xff\\x9b\\u202e\xc3\xa9"));
    buf_clear(&buf);
    buf_add_printable(&buf, STR("a\tb\n"), true);
    assert_true(str_is(buf_str(&buf), "a\tb\n"));
    buf_release(&buf);
}

typedef struct Tally {
    _Atomic uint32_t sum;
    uint32_t seen[1000];
} Tally;

static void count_item(void *context, uint32_t item, unsigned worker) {
    (void)worker;
    Tally *tally = context;
    atomic_fetch_add(&tally->sum, 1);
    tally->seen[item]++;
}

static void pool_does_each_item_once(void **state) {
    (void)state;
    for (unsigned jobs = 0; jobs < 10; jobs += 3) {
        Tally tally = {0};
        pool_run(jobs, 1000, count_item, &tally);
        assert_int_equal(tally.sum, 1000);
        for (uint32_t i = 0; i < 1000; i++)
            assert_int_equal(tally.seen[i], 1);
    }
}

typedef struct Row {
    uint32_t answers[32]; // by place
    uint32_t places;
    uint32_t in_order[1000];
    uint32_t count;
} Row;

static void find_answer(void *context, uint32_t item, unsigned worker) {
    (void)worker;
    Row *row = context;
    row->answers[item % row->places] = item * item;
}

static void add_answer(void *context, uint32_t item) {
    Row *row = context;
    assert_int_equal(row->count, item);
    row->in_order[row->count++] = row->answers[item % row->places];
}

static void pool_takes_items_in_turn(void **state) {
    (void)state;
    for (unsigned jobs = 0; jobs < 10; jobs += 3) {
        Row row = {.places = pool_places(jobs)};
        assert_in_range(row.places, jobs + 1, sizeof row.answers / sizeof row.answers[0]);
        pool_run_in_turn(jobs, 1000, find_answer, add_answer, &row);
        assert_int_equal(row.count, 1000);
        for (uint32_t i = 0; i < 1000; i++)
            assert_int_equal(row.in_order[i], i * i);
    }
}

static void a_place_is_found_in_any_count(void **state) {
    (void)state;
    for (uint32_t count = 0; count < 20; count++)
        for (uint32_t place = 0; place <= count; place++)
            assert_int_equal(COUNT_BEFORE(i, count, i < place), place);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(arena_grows_in_place_at_the_end),
        cmocka_unit_test(arena_uses_again_what_was_given_back),
        cmocka_unit_test(arena_leaves_alone_what_stands_between),
        cmocka_unit_test(arena_finds_a_large_piece_behind_small_ones),
        cmocka_unit_test(arena_joins_large_neighbours),
        cmocka_unit_test(arena_has_room_behind_what_is_trimmed),
        cmocka_unit_test(arena_hands_each_byte_out_once),
        cmocka_unit_test(arena_takes_another_over),
        cmocka_unit_test(vec_keeps_what_was_pushed),
        cmocka_unit_test(map_finds_what_was_put),
        cmocka_unit_test(str_finds_and_splits),
        cmocka_unit_test(str_nearest_suggests_what_was_meant),
        cmocka_unit_test(texts_are_what_printf_makes),
        cmocka_unit_test(utf8_refuses_what_is_not_utf8),
        cmocka_unit_test(printable_text_has_no_controls),
        cmocka_unit_test(pool_does_each_item_once),
        cmocka_unit_test(pool_takes_items_in_turn),
        cmocka_unit_test(a_place_is_found_in_any_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
