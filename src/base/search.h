// Looking for a place in what is sorted.

#ifndef ASYNCLINT_BASE_SEARCH_H
#define ASYNCLINT_BASE_SEARCH_H

#include <stdint.h>

// How many of the indices below `count` come before the place: those for which `comes_before`
// holds, an expression of the index, which is called `i` there. It has to hold for the first ones
// and for none behind them.
//
//     uint32_t place = COUNT_BEFORE(i, names.len, str_compare(names.at[i], name) < 0);
#define COUNT_BEFORE(i, count, comes_before)                                                       \
    ({                                                                                             \
        uint32_t i##_low = 0, i##_high = (count);                                                  \
        while (i##_low < i##_high) {                                                               \
            uint32_t i = i##_low + (i##_high - i##_low) / 2;                                       \
            if (comes_before)                                                                      \
                i##_low = i + 1;                                                                   \
            else                                                                                   \
                i##_high = i;                                                                      \
        }                                                                                          \
        i##_low;                                                                                   \
    })

#endif
