// The mood of a docstring's first word.

#ifndef ASYNCLINT_FACTS_ENGLISH_H
#define ASYNCLINT_FACTS_ENGLISH_H

#include "base/str.h"

typedef enum Mood {
    MOOD_IMPERATIVE, // or not known
    MOOD_OTHER_FORM, // a form of a known verb: "returns"
    MOOD_NO_VERB,    // a word that begins no command: "the"
} Mood;

enum { MOST_STEM_BYTES = 64 };

// Takes English endings off `word`, which is in lower case, so that forms of one word become one
// stem: the Porter2 algorithm as Snowball 3.1 has it. `stem` has room for MOST_STEM_BYTES; a longer
// word is its own stem. Returns the stem, in `stem` or `word`.
Str english_stem(char *stem, Str word);

// The mood of `word`, which is in lower case. For MOOD_OTHER_FORM, `*verb` is the imperative that
// shares most of its beginning.
Mood english_mood(Str word, Str *verb);

#endif
