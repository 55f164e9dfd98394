// What all files together do with each asyncio queue that stands in a variable of a module or an
// attribute of a class: whether anybody takes items from it, and says that they are done.

#ifndef ASYNCLINT_PROJECT_QUEUES_H
#define ASYNCLINT_PROJECT_QUEUES_H

#include "project/program.h"

typedef struct Queues Queues;

// Made on first demand; lives as long as the program.
const Queues *program_queues(Program *program);

// Whether items of the queue are taken, nobody ever calls its task_done(), and it goes nowhere
// where that cannot be seen.
bool queue_is_never_done(const Queues *self, Identity queue);

// Which queue the call is made on, where it is `method` of an asyncio queue.
Identity queue_of_call(const ModuleInfo *module, const Site *call, const char *method);

#endif
