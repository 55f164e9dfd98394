// Where each asyncio lock is taken, and which coroutines lead there by what they await: found once
// for each lock, by a search backwards from the `async with` statements that take it.

#ifndef ASYNCLINT_PROJECT_LOCKS_H
#define ASYNCLINT_PROJECT_LOCKS_H

#include "project/graph.h"

typedef struct Locks Locks;

// Made on first demand; lives as long as the program.
Locks *program_locks(Program *program);

// The lock that a region takes: a variable of a module, or an attribute of the `self` of its
// method. Not known where it takes none, or something else than that.
Identity region_lock(const ModuleInfo *module, const Region *region);

typedef struct LockTaking {
    const ModuleInfo *module;
    const Region *region; // NULL: nowhere
} LockTaking;

// Where awaiting the coroutine of the function with that number in the graph takes the lock, itself
// or in what it awaits in turn; for an attribute, on the same object.
LockTaking lock_taking(Locks *self, Identity lock, uint32_t number);

// For a lock of `self`: whether the call is one of another method of `self`.
bool is_on_object_of_lock(const ModuleInfo *module, const Site *call, Identity lock);

#endif
