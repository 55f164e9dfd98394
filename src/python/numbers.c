#include "python/numbers.h"

#include "base/ascii.h"

static bool is_zero(char c) {
    return c == '0';
}

// (?:_?[digit])* from `at` on.
static uint32_t skip_digits(Str text, uint32_t at, bool (*belongs)(char c)) {
    for (;;) {
        uint32_t digit = str_byte(text, at) == '_' ? at + 1 : at;
        if (!belongs(str_byte(text, digit))) return at;
        at = digit + 1;
    }
}

static uint32_t skip_exponent(Str text, uint32_t at) {
    if ((str_byte(text, at) | 0x20) != 'e') return at;
    uint32_t digit = at + 1;
    if (str_byte(text, digit) == '+' || str_byte(text, digit) == '-') digit++;
    return is_digit(str_byte(text, digit)) ? skip_digits(text, digit + 1, is_digit) : at;
}

static uint32_t skip_based_integer(Str text, uint32_t at) {
    bool (*belongs)(char c) = NULL;
    switch (str_byte(text, at + 1) | 0x20) {
    case 'x': belongs = is_hex_digit; break;
    case 'o': belongs = is_octal_digit; break;
    case 'b': belongs = is_binary_digit; break;
    default: return at;
    }
    uint32_t end = skip_digits(text, at + 2, belongs);
    return end > at + 2 ? end : at;
}

// The order of tries is that of tokenize.Number: imaginary, with a point, with an exponent,
// integer.
uint32_t number_token_end(Str text, uint32_t at) {
    uint32_t whole = is_digit(str_byte(text, at)) ? skip_digits(text, at + 1, is_digit) : at;
    uint32_t end = whole;
    if (str_byte(text, end) == '.') {
        end++;
        if (is_digit(str_byte(text, end))) end = skip_digits(text, end + 1, is_digit);
    }
    end = skip_exponent(text, end);
    if ((str_byte(text, end) | 0x20) == 'j') return end + 1;
    if (end > whole || str_byte(text, at) != '0') return end;
    uint32_t based = skip_based_integer(text, at);
    return based > at ? based : skip_digits(text, at + 1, is_zero);
}
