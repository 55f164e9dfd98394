#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

bool error_set(Error *self, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(self->text, sizeof self->text, format, arguments);
    va_end(arguments);
    return false;
}

void out_of_memory(void) {
    static const char line[] = "asynclint: out of memory\n";
    ssize_t written = write(STDERR_FILENO, line, sizeof line - 1);
    (void)written; // there is nobody left to tell
    _exit(2);
}

void bug_at(const char *file, int line, const char *what) {
    fprintf(stderr, "asynclint: internal error at %s:%d: %s\n", file, line, what);
    abort();
}
