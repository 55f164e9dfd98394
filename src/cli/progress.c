#include "cli/progress.h"

#include "base/buf.h"
#include "base/write_all.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_AFTER = 1000000000, AGAIN_AFTER = 100000000 /* nanoseconds */ };

static uint64_t nanoseconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static bool can_be_drawn(void) {
    const char *terminal = getenv("TERM");
    bool is_able = terminal != NULL && terminal[0] != '\0' && !str_is(str_of(terminal), "dumb");
    return is_able && isatty(STDERR_FILENO);
}

bool progress_start(Progress *self) {
    *self = (Progress){0};
    if (!can_be_drawn()) return false;
    self->next = nanoseconds_now() + FIRST_AFTER;
    return true;
}

void progress_show(void *context, uint32_t done, uint32_t count) {
    Progress *self = context;
    uint64_t now = nanoseconds_now();
    if (now < self->next) return;
    self->next = now + AGAIN_AFTER;
    self->is_shown = true;
    Buf line = {0};
    buf_printf(&line, "\r%u of %u files\x1b[K", done, count);
    write_all(STDERR_FILENO, line.at, line.len);
    buf_release(&line);
}

void progress_end(Progress *self) {
    static const char erase[] = "\r\x1b[K";
    if (self->is_shown) write_all(STDERR_FILENO, erase, sizeof erase - 1);
    self->is_shown = false;
}
