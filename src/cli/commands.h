// The subcommands. To add one: its function here, its row in commands.c.

#ifndef ASYNCLINT_CLI_COMMANDS_H
#define ASYNCLINT_CLI_COMMANDS_H

typedef struct Command {
    const char *name;
    int (*run)(int argc, char **argv); // argv[0] is the subcommand's name; returns the exit status
    const char *summary;               // for `asynclint --help`
} Command;

extern const Command commands[]; // the first one is what runs where no subcommand is named
extern const unsigned command_count;

int check_main(int argc, char **argv);
int clean_main(int argc, char **argv);
int graph_main(int argc, char **argv);
int rule_main(int argc, char **argv);
int pycodestyle_main(int argc, char **argv); // cli/pycodestyle/command.c
int score_main(int argc, char **argv);

#endif
