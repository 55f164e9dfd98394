// Calls that take a function or a coroutine and see to it that it runs: slots.def as a table.

#ifndef ASYNCLINT_PROJECT_SLOTS_H
#define ASYNCLINT_PROJECT_SLOTS_H

#include "project/program.h"

// Where what is given runs.
typedef enum SlotKind {
    SLOT_CALLED,   // in the call itself
    SLOT_LATER,    // nobody can tell when, and in which thread
    SLOT_CALLBACK, // called by the event loop
    SLOT_SERVER,   // called by the event loop for each request; a coroutine function as well
    SLOT_THREAD,   // called in a thread
    SLOT_PROCESS,  // called in another process
    SLOT_TASK,     // a coroutine: beside its maker
    SLOT_TASKS,    // all positional arguments, or what is in a list: beside each other
    SLOT_RUN,      // a coroutine: the call, or what it gives, ends when it does
} SlotKind;

typedef struct Slot {
    Str callee;
    uint8_t kind;        // SlotKind
    uint16_t position;   // of a positional argument, from 0; NO_POSITION: none
    const char *keyword; // or NULL
} Slot;

enum { NO_POSITION = UINT16_MAX };

// The slot of the call that takes the value of `site`, which is an argument or an element of one;
// NULL where the call is unknown or does something else with that argument.
const Slot *site_slot(const ModuleInfo *module, const Site *site);

// Whether that argument is to be called without being awaited.
bool slot_is_plain(const Slot *slot);

#endif
