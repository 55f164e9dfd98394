// `asynclint COMMAND …`; without a command's name in the first place, `check`.

#include "base/error.h"
#include "base/str.h"
#include "cli/commands.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

// A file that is opened later must not come to stand where output is written to.
static void hold_standard_files(void) {
    for (int file = 0; file <= 2; file++) {
        if (fcntl(file, F_GETFD) != -1) continue;
        // Reading from what is closed, and writing to it, shall fail as it would have.
        if (open("/dev/null", file == 0 ? O_WRONLY : O_RDONLY) != file) _exit(2);
    }
}

int main(int argc, char **argv) {
    hold_standard_files();
    signal(SIGPIPE, SIG_DFL);
    if (argc > 1)
        for (unsigned i = 0; i < command_count; i++)
            if (str_is(str_of(argv[1]), commands[i].name))
                return commands[i].run(argc - 1, argv + 1);
    return commands[0].run(argc, argv);
}
