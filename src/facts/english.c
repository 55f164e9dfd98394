// Porter2 goes in steps over the word's end. R1 is what stands behind the first consonant that
// follows a vowel, R2 the same inside R1; most endings are taken off in them only. A `y` that
// sounds as a consonant is written Y meanwhile.

#include "facts/english.h"

#include "base/search.h"

#include <stdlib.h>

typedef struct Word {
    char *at; // MOST_STEM_BYTES
    uint32_t len;
    uint32_t r1, r2; // where the regions begin
} Word;

// ---- Letters ----

static bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

// Most words differ from an ending in the last letter already.
static bool ends_with(const Word *self, Str ending) {
    return self->len >= ending.len && self->at[self->len - 1] == ending.at[ending.len - 1] &&
           memcmp(self->at + self->len - ending.len, ending.at, ending.len) == 0;
}

static bool has_vowel(const Word *self, uint32_t len) {
    for (uint32_t i = 0; i < len; i++)
        if (is_vowel(self->at[i])) return true;
    return false;
}

// Whether the first `len` letters end with a short syllable: consonant, vowel, consonant other than
// w, x and Y; or a vowel and a consonant that are all of it.
static bool ends_with_short_syllable(const Word *self, uint32_t len) {
    const char *at = self->at;
    if (len >= 4 && memcmp(at + len - 4, "past", 4) == 0) return true;
    if (len == 2) return is_vowel(at[0]) && !is_vowel(at[1]);
    if (len < 3 || is_vowel(at[len - 3]) || !is_vowel(at[len - 2]) || is_vowel(at[len - 1]))
        return false;
    return at[len - 1] != 'w' && at[len - 1] != 'x' && at[len - 1] != 'Y';
}

static void replace_end(Word *self, size_t removed, const char *ending) {
    size_t length = strlen(ending);
    self->len -= (uint32_t)removed;
    if (self->len + length > MOST_STEM_BYTES) return;
    memcpy(self->at + self->len, ending, length);
    self->len += (uint32_t)length;
}

typedef struct Ending {
    uint32_t length;
    char text[8], instead[8];
} Ending;

#define ENDING(text, instead)                                                                      \
    { sizeof(text) - 1, text, instead }

// The longest ending that the word has, or NULL.
static const Ending *find_ending(const Word *self, const Ending *endings, size_t count) {
    const Ending *longest = NULL;
    for (size_t i = 0; i < count; i++)
        if (ends_with(self, (Str){endings[i].text, endings[i].length}) &&
            (longest == NULL || endings[i].length > longest->length))
            longest = &endings[i];
    return longest;
}

static bool is_in_region(const Word *self, const Ending *ending, uint32_t region) {
    return self->len - ending->length >= region;
}

static char letter_before(const Word *self, const Ending *ending) {
    return self->len > ending->length ? self->at[self->len - ending->length - 1] : '\0';
}

// ---- Regions ----

static void mark_consonants(Word *self) {
    for (uint32_t i = 0; i < self->len; i++)
        if (self->at[i] == 'y' && (i == 0 || is_vowel(self->at[i - 1]))) self->at[i] = 'Y';
}

static uint32_t region_from(const Word *self, uint32_t at) {
    while (at < self->len && !is_vowel(self->at[at]))
        at++;
    while (at < self->len && is_vowel(self->at[at]))
        at++;
    return at < self->len ? at + 1 : self->len;
}

static void mark_regions(Word *self) {
    static const char *const beginnings[] = {"arsen", "commun", "emerg", "gener",  "inter",
                                             "later", "organ",  "past",  "univers"};
    self->r1 = UINT32_MAX;
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        Str beginning = str_of(beginnings[i]);
        if (beginning.at[0] == self->at[0] &&
            str_starts_with((Str){self->at, self->len}, beginning))
            self->r1 = beginning.len;
    }
    if (self->r1 == UINT32_MAX) self->r1 = region_from(self, 0);
    self->r2 = region_from(self, self->r1);
}

// ---- Steps ----

// Plurals.
static void step_1a(Word *self) {
    if (ends_with(self, STR("sses")))
        replace_end(self, 2, "");
    else if (ends_with(self, STR("ied")) || ends_with(self, STR("ies")))
        replace_end(self, 3, self->len > 4 ? "i" : "ie");
    else if (ends_with(self, STR("s")) && !ends_with(self, STR("ss")) &&
             !ends_with(self, STR("us")) && self->len >= 2 && has_vowel(self, self->len - 2))
        replace_end(self, 1, "");
}

static bool is_whole(const Word *self, const char *word) {
    return str_is((Str){self->at, self->len}, word);
}

// What is left after "-eed" of proceed, exceed and succeed keeps its "eed".
static void shorten_eed(Word *self, uint32_t length) {
    uint32_t stem = self->len - length;
    if (stem < self->r1) return;
    Word rest = {self->at, stem, 0, 0};
    if (is_whole(&rest, "proc") || is_whole(&rest, "exc") || is_whole(&rest, "succ")) return;
    replace_end(self, length, "ee");
}

static bool ends_with_double(const Word *self) {
    if (self->len < 2) return false;
    char last = self->at[self->len - 1];
    return last == self->at[self->len - 2] && strchr("bdfgmnprt", last) != NULL;
}

static bool wants_e(const Word *self) {
    if (ends_with(self, STR("at")) || ends_with(self, STR("bl")) || ends_with(self, STR("iz")))
        return true;
    return !ends_with_double(self) && self->len == self->r1 &&
           ends_with_short_syllable(self, self->len);
}

// "add", "egg" and "off" stay as they are.
static bool keeps_double(const Word *self) {
    char first = self->at[0];
    return self->len == 3 && (first == 'a' || first == 'e' || first == 'o');
}

static void mend_after_removal(Word *self) {
    if (wants_e(self))
        replace_end(self, 0, "e");
    else if (ends_with_double(self) && !keeps_double(self))
        replace_end(self, 1, "");
}

static bool keeps_ing(const Word *stem) {
    static const char *const stems[] = {"even", "cann", "inn", "earr", "herr", "out"};
    for (size_t i = 0; i < sizeof stems / sizeof stems[0]; i++)
        if (is_whole(stem, stems[i])) return true;
    return false;
}

// Past tenses and participles.
static void step_1b(Word *self) {
    static const Ending endings[] = {
        ENDING("eedly", ""), ENDING("ingly", ""), ENDING("edly", ""),
        ENDING("eed", ""),   ENDING("ing", ""),   ENDING("ed", ""),
    };
    const Ending *ending = find_ending(self, endings, sizeof endings / sizeof endings[0]);
    if (ending == NULL) return;
    if (ending->text[0] == 'e' && ending->text[1] == 'e') {
        shorten_eed(self, ending->length);
        return;
    }
    Word stem = {self->at, self->len - ending->length, 0, 0};
    if (strcmp(ending->text, "ing") == 0) {
        if (stem.len == 2 && stem.at[1] == 'y' && !is_vowel(stem.at[0])) {
            replace_end(self, 4, "ie");
            return;
        }
        if (keeps_ing(&stem)) return;
    }
    if (!has_vowel(&stem, stem.len)) return;
    self->len = stem.len;
    mend_after_removal(self);
}

static void step_1c(Word *self) {
    if (self->len < 3 || is_vowel(self->at[self->len - 2])) return;
    char *last = &self->at[self->len - 1];
    if (*last == 'y' || *last == 'Y') *last = 'i';
}

static void step_2(Word *self) {
    static const Ending endings[] = {
        ENDING("anci", "ance"),   ENDING("enci", "ence"),   ENDING("ogi", "og"),
        ENDING("li", ""),         ENDING("bli", "ble"),     ENDING("abli", "able"),
        ENDING("alli", "al"),     ENDING("fulli", "ful"),   ENDING("lessli", "less"),
        ENDING("ousli", "ous"),   ENDING("entli", "ent"),   ENDING("aliti", "al"),
        ENDING("biliti", "ble"),  ENDING("iviti", "ive"),   ENDING("tional", "tion"),
        ENDING("ational", "ate"), ENDING("alism", "al"),    ENDING("ation", "ate"),
        ENDING("ization", "ize"), ENDING("izer", "ize"),    ENDING("ator", "ate"),
        ENDING("iveness", "ive"), ENDING("fulness", "ful"), ENDING("ousness", "ous"),
        ENDING("ogist", "og"),
    };
    const Ending *ending = find_ending(self, endings, sizeof endings / sizeof endings[0]);
    if (ending == NULL || !is_in_region(self, ending, self->r1)) return;
    char before = letter_before(self, ending);
    if (strcmp(ending->text, "ogi") == 0 && before != 'l') return;
    if (strcmp(ending->text, "li") == 0 && (before == '\0' || strchr("cdeghkmnrt", before) == NULL))
        return;
    replace_end(self, ending->length, ending->instead);
}

static void step_3(Word *self) {
    static const Ending endings[] = {
        ENDING("icate", "ic"),    ENDING("ative", ""),      ENDING("alize", "al"),
        ENDING("iciti", "ic"),    ENDING("ical", "ic"),     ENDING("ful", ""),
        ENDING("tional", "tion"), ENDING("ational", "ate"), ENDING("ness", ""),
    };
    const Ending *ending = find_ending(self, endings, sizeof endings / sizeof endings[0]);
    if (ending == NULL || !is_in_region(self, ending, self->r1)) return;
    if (strcmp(ending->text, "ative") == 0 && !is_in_region(self, ending, self->r2)) return;
    replace_end(self, ending->length, ending->instead);
}

static void step_4(Word *self) {
    static const Ending endings[] = {
        ENDING("ic", ""),   ENDING("ance", ""),  ENDING("ence", ""), ENDING("able", ""),
        ENDING("ible", ""), ENDING("ate", ""),   ENDING("ive", ""),  ENDING("ize", ""),
        ENDING("iti", ""),  ENDING("al", ""),    ENDING("ism", ""),  ENDING("ion", ""),
        ENDING("er", ""),   ENDING("ous", ""),   ENDING("ant", ""),  ENDING("ent", ""),
        ENDING("ment", ""), ENDING("ement", ""),
    };
    const Ending *ending = find_ending(self, endings, sizeof endings / sizeof endings[0]);
    if (ending == NULL || !is_in_region(self, ending, self->r2)) return;
    char before = letter_before(self, ending);
    if (strcmp(ending->text, "ion") == 0 && before != 's' && before != 't') return;
    replace_end(self, ending->length, "");
}

static void step_5(Word *self) {
    if (self->len == 0) return;
    uint32_t stem = self->len - 1;
    if (ends_with(self, STR("e"))) {
        if (stem >= self->r2 || (stem >= self->r1 && !ends_with_short_syllable(self, stem)))
            self->len--;
    } else if (ends_with(self, STR("ll")) && stem >= self->r2) {
        self->len--;
    }
}

// ---- Words ----

static Str irregular_stem(Str word) {
    static const Ending words[] = {
        ENDING("andes", "andes"),   ENDING("atlas", "atlas"),  ENDING("bias", "bias"),
        ENDING("cosmos", "cosmos"), ENDING("early", "earli"),  ENDING("gently", "gentl"),
        ENDING("howe", "howe"),     ENDING("idly", "idl"),     ENDING("news", "news"),
        ENDING("only", "onli"),     ENDING("singly", "singl"), ENDING("skies", "sky"),
        ENDING("skis", "ski"),      ENDING("sky", "sky"),      ENDING("ugly", "ugli"),
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_eq(word, (Str){words[i].text, words[i].length})) return str_of(words[i].instead);
    return (Str){0};
}

Str english_stem(char *stem, Str word) {
    Str irregular = irregular_stem(word);
    if (irregular.len > 0) return irregular;
    if (word.len < 3 || word.len >= MOST_STEM_BYTES) return word;
    memcpy(stem, word.at, word.len);
    Word self = {.at = stem, .len = word.len};
    mark_consonants(&self);
    mark_regions(&self);
    step_1a(&self);
    step_1b(&self);
    step_1c(&self);
    step_2(&self);
    step_3(&self);
    step_4(&self);
    step_5(&self);
    for (uint32_t i = 0; i < self.len; i++)
        if (stem[i] == 'Y') stem[i] = 'y';
    return (Str){stem, self.len};
}

typedef struct Imperative {
    char stem[20], verb[20];
} Imperative;

static const Imperative imperatives[] = {
#define IMPERATIVE(stem, verb) {stem, verb},
#define NO_VERB(word)
#include "facts/imperatives.def"
#undef IMPERATIVE
#undef NO_VERB
};

static const char *const no_verbs[] = {
#define IMPERATIVE(stem, verb)
#define NO_VERB(word) word,
#include "facts/imperatives.def"
#undef IMPERATIVE
#undef NO_VERB
};

enum {
    IMPERATIVE_COUNT = sizeof imperatives / sizeof imperatives[0],
    NO_VERB_COUNT = sizeof no_verbs / sizeof no_verbs[0],
};

static bool is_no_verb(Str word) {
    uint32_t place = COUNT_BEFORE(i, NO_VERB_COUNT, str_compare(str_of(no_verbs[i]), word) < 0);
    return place < NO_VERB_COUNT && str_is(word, no_verbs[place]);
}

static uint32_t first_imperative(Str stem) {
    return COUNT_BEFORE(i, IMPERATIVE_COUNT, str_compare(str_of(imperatives[i].stem), stem) < 0);
}

static uint32_t shared_length(Str a, Str b) {
    uint32_t i = 0;
    while (i < a.len && i < b.len && a.at[i] == b.at[i])
        i++;
    return i;
}

Mood english_mood(Str word, Str *verb) {
    if (is_no_verb(word)) return MOOD_NO_VERB;
    char bytes[MOST_STEM_BYTES];
    Str stem = english_stem(bytes, word);
    *verb = (Str){0};
    for (uint32_t i = first_imperative(stem);
         i < IMPERATIVE_COUNT && str_is(stem, imperatives[i].stem); i++) {
        Str form = str_of(imperatives[i].verb);
        if (str_eq(form, word)) return MOOD_IMPERATIVE;
        if (verb->at == NULL || shared_length(form, word) > shared_length(*verb, word))
            *verb = form;
    }
    return verb->at == NULL ? MOOD_IMPERATIVE : MOOD_OTHER_FORM;
}
