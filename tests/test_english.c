#include "facts/english.h"
#include "testing.h"

static void expect_stem(const char *word, const char *stem) {
    char bytes[MOST_STEM_BYTES];
    Str found = english_stem(bytes, str_of(word));
    if (!str_is(found, stem)) fail_msg("%s: got `%.*s`, not `%s`", word, STR_ARG(found), stem);
}

// The examples of the algorithm's description (snowballstem.org, English).
static void endings_are_taken_off(void **state) {
    (void)state;
    static const char *const words[][2] = {
        {"consign", "consign"},
        {"consigned", "consign"},
        {"consistency", "consist"},
        {"consolation", "consol"},
        {"consolidate", "consolid"},
        {"consonant", "conson"},
        {"conspicuously", "conspicu"},
        {"knack", "knack"},
        {"kneeling", "kneel"},
        {"knightly", "knight"},
        {"knives", "knive"},
        {"ties", "tie"},
        {"cries", "cri"},
        {"gas", "gas"},
        {"gaps", "gap"},
        {"kiwis", "kiwi"},
        {"luxuriating", "luxuri"},
        {"hopping", "hop"},
        {"hoping", "hope"},
        {"falling", "fall"},
        {"by", "by"},
        {"say", "say"},
        {"happy", "happi"},
        {"generally", "general"},
        {"communism", "communism"},
        {"skies", "sky"},
        {"dying", "die"},
        {"proceed", "proceed"},
        {"inning", "inning"},
        {"returns", "return"},
        {"initialized", "initi"},
        {"youth", "youth"},
        {"boyish", "boyish"},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        expect_stem(words[i][0], words[i][1]);
}

static void tables_are_sorted_and_stemmed(void **state) {
    (void)state;
    static const char *const verbs[][2] = {
#define IMPERATIVE(stem, verb) {stem, verb},
#define NO_VERB(word)
#include "facts/imperatives.def"
#undef IMPERATIVE
#undef NO_VERB
    };
    static const char *const others[] = {
#define IMPERATIVE(stem, verb)
#define NO_VERB(word) word,
#include "facts/imperatives.def"
    };
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        expect_stem(verbs[i][1], verbs[i][0]);
        if (i > 0) assert_true(strcmp(verbs[i - 1][0], verbs[i][0]) <= 0);
    }
    for (size_t i = 1; i < sizeof others / sizeof others[0]; i++)
        assert_true(strcmp(others[i - 1], others[i]) < 0);
}

static void expect_mood(const char *word, Mood mood, const char *verb) {
    Str found = {0};
    assert_int_equal(english_mood(str_of(word), &found), mood);
    if (mood == MOOD_OTHER_FORM) assert_true(str_is(found, verb));
}

static void moods(void **state) {
    (void)state;
    expect_mood("return", MOOD_IMPERATIVE, NULL);
    expect_mood("returns", MOOD_OTHER_FORM, "return");
    expect_mood("authentication", MOOD_OTHER_FORM, "authenticate");
    expect_mood("the", MOOD_NO_VERB, NULL);
    expect_mood("zap", MOOD_IMPERATIVE, NULL);
    expect_mood("", MOOD_IMPERATIVE, NULL);
}

static void long_words_are_their_own_stem(void **state) {
    (void)state;
    char word[MOST_STEM_BYTES + 10];
    memset(word, 'a', sizeof word);
    char bytes[MOST_STEM_BYTES];
    for (uint32_t length = 0; length < sizeof word; length++) {
        Str stem = english_stem(bytes, (Str){word, length});
        assert_true(stem.len <= length);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(endings_are_taken_off),
        cmocka_unit_test(tables_are_sorted_and_stemmed),
        cmocka_unit_test(moods),
        cmocka_unit_test(long_words_are_their_own_stem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
