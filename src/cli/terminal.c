#include "cli/terminal.h"

#include "base/write_all.h"

#include <errno.h>
#include <unistd.h>

bool write_out(const Buf *out) {
    if (write_all(STDOUT_FILENO, out->at, out->len)) return true;
    Error error;
    error_set(&error, "output cannot be written: %s", strerror(errno));
    show_error(&error);
    return false;
}

void show_error(const Error *error) {
    Buf out = {0};
    buf_add(&out, STR("asynclint: "));
    buf_add_printable(&out, str_of(error->text), false);
    buf_add_byte(&out, '\n');
    write_all(STDERR_FILENO, out.at, out.len);
    buf_release(&out);
}

int print_version(void) {
    Buf out = {0};
    buf_add(&out, STR("asynclint " ASYNCLINT_VERSION "\n"));
    bool written = write_out(&out);
    buf_release(&out);
    return written ? EXIT_CLEAN : EXIT_TROUBLE;
}
