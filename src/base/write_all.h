// write() until all of it is written.

#ifndef ASYNCLINT_BASE_WRITE_ALL_H
#define ASYNCLINT_BASE_WRITE_ALL_H

#include <stdbool.h>
#include <stddef.h>

// Goes on after signals and short writes. False where the system refuses, with errno set.
bool write_all(int file, const char *bytes, size_t count);

#endif
