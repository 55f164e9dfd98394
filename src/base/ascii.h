// Kinds of ASCII characters, whatever the locale.

#ifndef ASYNCLINT_BASE_ASCII_H
#define ASYNCLINT_BASE_ASCII_H

#include <stdbool.h>

static inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static inline bool is_octal_digit(char c) {
    return c >= '0' && c <= '7';
}

static inline bool is_binary_digit(char c) {
    return c == '0' || c == '1';
}

static inline bool is_hex_digit(char c) {
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static inline bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool is_letter_or_digit(char c) {
    return is_letter(c) || is_digit(c);
}

static inline char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

#endif
