// Which class the object behind a name is an instance of, as far as its own bindings say.

#ifndef ASYNCLINT_FACTS_INSTANCES_H
#define ASYNCLINT_FACTS_INSTANCES_H

#include "facts/file.h"

// The dotted name of the class that the variable `identifier` holds there: by its annotation
// (`Optional[T]` and `T | None` are T), by `x = T(…)`, `with T(…) as x`, or by `x = y` of such a
// name. An annotation holds until the next one; without one, the last binding before the use
// counts. `open(…)` is "io.TextIOWrapper". Empty where it cannot be told.
Str instance_class(File *file, const Node *identifier);

// The same for any receiver: a name, or a constructor's call such as `Path("x")` itself.
Str receiver_class(File *file, const Node *receiver);

// The class that an annotation stands for; empty where it cannot be told.
Str annotated_class(File *file, const Node *annotation);

#endif
