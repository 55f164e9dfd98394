#include "cli/commands.h"

const Command commands[] = {
    {"check", check_main, "look for mistakes in files and folders"},
};
const unsigned command_count = sizeof commands / sizeof commands[0];
