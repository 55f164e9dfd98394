// `if self.x is None: self.x = await make()`: while the first task waits, a second one passes the
// same test, and the value is made twice. Without a sign that there are two tasks it is a hint.

#include "project/contexts.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO302",
    .name = "check-then-act",
    .summary = "shared state is tested, and set only after an `await`",
    .why = "Between the test and the assignment the task waits, and another one may pass the same\n"
           "test: both make the value, and the second overwrites the first. Hold an\n"
           "`asyncio.Lock`, or store the task before waiting for it.",
    .bad = "import asyncio\n\n\nasync def connect() -> object:\n    await asyncio.sleep(1)\n"
           "    return object()\n\n\nclass Client:\n    connection = None\n\n"
           "    async def get(self) -> object:\n        if self.connection is None:\n"
           "            self.connection = await connect()\n        return self.connection\n\n\n"
           "async def main() -> None:\n    client = Client()\n"
           "    await asyncio.gather(client.get(), client.get())\n\n\nasyncio.run(main())\n",
    .good = "import asyncio\n\n\nasync def connect() -> object:\n    await asyncio.sleep(1)\n"
            "    return object()\n\n\nclass Client:\n    def __init__(self) -> None:\n"
            "        self.connection = None\n        self.lock = asyncio.Lock()\n\n"
            "    async def get(self) -> object:\n        async with self.lock:\n"
            "            if self.connection is None:\n"
            "                self.connection = await connect()\n        return self.connection\n"
            "\n\nasync def main() -> None:\n    client = Client()\n"
            "    await asyncio.gather(client.get(), client.get())\n\n\nasyncio.run(main())\n",
    .sources = "eslint require-atomic-updates",
}};

// Evidence that two runs of the function may overlap and see the same value.
static const Edge *overlap(const ModuleInfo *module, const LateWrite *write, bool *is_there) {
    const Contexts *contexts = program_contexts(module->program);
    uint32_t number = graph_number(program_graph(module->program),
                                   (Value){VALUE_FUNCTION, module->index, write->function});
    Context context = write->is_attribute ? CONTEXT_SHARED : CONTEXT_TASKS;
    *is_there = runs_in(contexts, context, number);
    return *is_there ? context_origin(contexts, context, number) : NULL;
}

static void check_write(Pass *pass, const ModuleInfo *module, const LateWrite *write) {
    Str name = module->summary->names.at[write->name];
    Finding *finding = report_at(
        pass, &rules[0], write->place,
        "`%.*s` is tested before the `await` and set after it: another task may come between",
        STR_ARG(name));
    bool is_there;
    const Edge *edge = overlap(module, write, &is_there);
    if (!is_there) finding_soften(finding, SEVERITY_INFO);
    if (edge == NULL) return;
    const Graph *graph = program_graph(module->program);
    Place place = edge_site(graph, edge)->place;
    finding_relate(finding, graph_module(graph, edge->from)->summary->path,
                   (Position){place.line, place.column}, "several tasks come from here");
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->late_writes.len; i++)
        check_write(pass, module, &module->summary->late_writes.at[i]);
}

const Check aio302_check_then_act = {.rules = LIST(rules), .on_module = check_module};
