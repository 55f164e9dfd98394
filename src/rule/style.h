// What the checks of rules/pycodestyle share: reporting where pycodestyle does, and looking at a
// logical line's text as Python's regular expressions do.

#ifndef ASYNCLINT_RULE_STYLE_H
#define ASYNCLINT_RULE_STYLE_H

#include "rule/rule.h"

// ---- Where ----

// Byte `offset` of the line's text.
Spot spot_in(const Pass *pass, const LogicalLine *line, uint32_t offset);

// A token's start and its end, which for a line end is behind the row's last character.
Spot spot_before(const Token *token);
Spot spot_behind(const Pass *pass, const Token *token);

Spot spot_at(const Pass *pass, RowColumn place);

// Byte `offset` of a physical line, which can be shown at another row than it stands on.
Spot spot_on(const Pass *pass, const PhysicalLine *line, uint32_t offset);

// report() at a Spot.
#define report_spot(pass, rule, spot, ...)                                                         \
    spot_show((pass), report((pass), (rule), (Span){(spot).offset, (spot).offset}, __VA_ARGS__),   \
              (spot))

Finding *spot_show(const Pass *pass, Finding *finding, Spot spot);

// ---- Whether ----

// The line's `# noqa` holds for a check that asks for it in pycodestyle: in our own mode
// suppressions are dealt with behind the checks.
static inline bool style_noqa(const Pass *pass, const LogicalLine *line) {
    return line->noqa && pass->settings->pycodestyle_noqa;
}

// Whether `needle` stands anywhere in the file's text of the line, strings and comments included:
// cheap, as the file is searched once for all its lines. `next` is kept in the check's state,
// which starts as 0.
bool line_mentions(const Pass *pass, const LogicalLine *line, Str needle, uint32_t *next);

// ---- Text ----

// \s and \w at byte `at`: how many bytes match, 0 where none do.
uint32_t other_space_at(Str text, uint32_t at);
uint32_t word_at(Str text, uint32_t at);

static inline uint32_t space_at(Str text, uint32_t at) {
    if (at >= text.len || (signed char)text.at[at] > ' ') return 0;
    return text.at[at] == ' ' ? 1 : other_space_at(text, at);
}

// Behind all blanks, or all word characters, from `at` on.
uint32_t skip_spaces(Str text, uint32_t at);
uint32_t skip_word(Str text, uint32_t at);

// Where the blanks before `at` start; the byte where the character before `at` starts.
uint32_t skip_spaces_back(Str text, uint32_t at);
uint32_t previous_character(Str text, uint32_t at);

// \b at byte `at`.
bool is_word_boundary(Str text, uint32_t at);

// Whether `word` stands at `at`.
static inline bool has_at(Str text, uint32_t at, Str word) {
    return at <= text.len && str_starts_with(str_from(text, at), word);
}

// Whether `at` begins with `word` and a boundary follows: ^word\b.
bool has_word_at(Str text, uint32_t at, Str word);

#endif
