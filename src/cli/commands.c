#include "cli/commands.h"

const Command commands[] = {
    {"check", check_main, "look for mistakes in files and folders"},
    {"clean", clean_main, "forget what earlier runs found"},
    {"graph", graph_main, "show who calls, awaits and schedules whom, and what blocks"},
    {"pycodestyle", pycodestyle_main, "stand in for the command of pycodestyle 2.5.0"},
    {"rule", rule_main, "say what a rule looks for, and why"},
    {"score", score_main, "show which requirements each project folder meets"},
};
const unsigned command_count = sizeof commands / sizeof commands[0];
