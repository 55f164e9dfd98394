// A thinner text for the parser: the same bytes at the same places, but what it need not look into
// stands as one wide character.
//
// tree-sitter's lexer goes from character to character, and the grammar makes nodes of comments and
// escape sequences that the flat tree leaves out. The decoder that it calls for each character is
// ours to give, and a character may be as many bytes long as the decoder says: so empty lines and
// comments, blanks inside brackets, a name, the body of a string and a shortcut are one step each.

#ifndef ASYNCLINT_PYTHON_THIN_H
#define ASYNCLINT_PYTHON_THIN_H

#include "python/shortcuts.h"

// The thin form of `lines->text`, in `arena`: of its length, for thin_decode() alone.
//
// Left as they are: format strings, and what follows a format string on its logical
// line, since Python 3.12 may see other tokens there than `tokens` has.
Str thin_text(Arena *arena, const Lines *lines, const Tokens *tokens, const Shortcuts *shortcuts);

// tree-sitter's DecodeFunction for such a text.
uint32_t thin_decode(const uint8_t *at, uint32_t left, int32_t *code_point);

#endif
