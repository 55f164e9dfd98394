// `asynclint COMMAND …`; without a command's name in the first place, `check`. Where the program
// itself is called by a command's name, that command.

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

static const Command *find_command(const char *name) {
    for (unsigned i = 0; i < command_count; i++)
        if (strcmp(name, commands[i].name) == 0) return &commands[i];
    return NULL;
}

int main(int argc, char **argv) {
    hold_standard_files();
    signal(SIGPIPE, SIG_DFL);
    const char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
    const char *own_name = argc == 0 ? "" : slash != NULL ? slash + 1 : argv[0];
    const Command *command = find_command(own_name);
    if (command != NULL) return command->run(argc, argv);
    command = argc > 1 ? find_command(argv[1]) : NULL;
    if (command != NULL) return command->run(argc - 1, argv + 1);
    return commands[0].run(argc, argv);
}
