// asyncio's queues, events, futures and loops belong to the loop's thread. A function that runs in
// another one may only ask the loop to call them.

#include "project/contexts.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO404",
    .name = "not-thread-safe",
    .summary = "an asyncio object is changed from another thread",
    .why =
        "asyncio's objects are not thread-safe. Called from a thread or executor, `put_nowait()`,\n"
        "`set()` or `set_result()` change what the event loop is working with, and do not wake\n"
        "it: a task that waits for the change may go on waiting. Ask the loop to make the call:\n"
        "`loop.call_soon_threadsafe(queue.put_nowait, item)`.",
    .bad = "import asyncio\nimport time\n\n\ndef work(queue: asyncio.Queue) -> None:\n"
           "    time.sleep(0.1)\n    queue.put_nowait(1)\n\n\nasync def main() -> None:\n"
           "    queue = asyncio.Queue()\n    loop = asyncio.get_event_loop()\n"
           "    future = loop.run_in_executor(None, work, queue)\n    print(await queue.get())\n"
           "    await future\n\n\nasyncio.run(main())\n",
    .good = "import asyncio\nimport time\n\n\n"
            "def work(loop: asyncio.AbstractEventLoop, queue: asyncio.Queue) -> None:\n"
            "    time.sleep(0.1)\n    loop.call_soon_threadsafe(queue.put_nowait, 1)\n\n\n"
            "async def main() -> None:\n    queue = asyncio.Queue()\n"
            "    loop = asyncio.get_event_loop()\n"
            "    future = loop.run_in_executor(None, work, loop, queue)\n"
            "    print(await queue.get())\n    await future\n\n\nasyncio.run(main())\n",
    .sources = "asyncio documentation",
}};

static bool has_to_be_on_loop(Str callee) {
    static const char *const names[] = {
        "asyncio.AbstractEventLoop().call_at",
        "asyncio.AbstractEventLoop().call_later",
        "asyncio.AbstractEventLoop().call_soon",
        "asyncio.AbstractEventLoop().create_task",
        "asyncio.AbstractEventLoop().stop",
        "asyncio.Condition().notify",
        "asyncio.Condition().notify_all",
        "asyncio.Event().clear",
        "asyncio.Event().set",
        "asyncio.Future().cancel",
        "asyncio.Future().set_exception",
        "asyncio.Future().set_result",
        "asyncio.Lock().release",
        "asyncio.Queue().get_nowait",
        "asyncio.Queue().put_nowait",
        "asyncio.Queue().task_done",
        "asyncio.Semaphore().release",
        "asyncio.StreamWriter().close",
        "asyncio.StreamWriter().write",
        "asyncio.Task().cancel",
        "asyncio.TaskGroup().create_task",
    };
    return STR_IS_ONE_OF(callee, names);
}

// The name of what a call calls on a parameter of its function, as `$0.put_nowait`, where the
// function is handed to a thread together with the object.
static Str callee_on_parameter(Pass *pass, const ModuleInfo *module, const Contexts *contexts,
                               uint32_t function, Str written) {
    uint32_t dot = str_find_byte(written, '.'), index = 0;
    for (uint32_t i = 1; i < dot; i++)
        index = index * 10 + (uint32_t)(written.at[i] - '0');
    Value object = handed_argument(contexts, function, index);
    Str name = value_external_name(module->program, object);
    return name.len == 0 ? name : str_join(pass->arena, name, str_from(written, dot));
}

static Str full_callee(Pass *pass, const ModuleInfo *module, const Contexts *contexts,
                       uint32_t function, const Site *call) {
    Str written = module->summary->names.at[call->callee];
    bool is_on_parameter = str_starts_with(written, STR("$")) &&
                           str_find_byte(written, '.') == str_find_last_byte(written, '.');
    if (is_on_parameter) return callee_on_parameter(pass, module, contexts, function, written);
    return value_asyncio_name(module->program, site_callee(module, call));
}

static bool runs_off_loop(const Contexts *contexts, const Graph *graph, uint32_t number) {
    if (number >= graph_function_count(graph) || !runs_in(contexts, CONTEXT_THREAD, number))
        return false;
    unsigned flags = graph_function_info(graph, number)->flags;
    return !(flags & (FUNCTION_PROBES_LOOP | FUNCTION_PROBES_THREAD)) &&
           !runs_in(contexts, CONTEXT_LOOP, number);
}

static void relate_origin(Finding *finding, const Graph *graph, const Edge *origin) {
    if (origin == NULL) return;
    const Site *site = edge_site(graph, origin);
    finding_relate(finding, graph_module(graph, origin->from)->summary->path,
                   (Position){site->place.line, site->place.column},
                   "this makes it run in a thread");
}

// `number` is that of the function that runs the call.
static void check_call(Pass *pass, const ModuleInfo *module, const Site *call, uint32_t number) {
    const Graph *graph = program_graph(module->program);
    const Contexts *contexts = program_contexts(module->program);
    Str callee = full_callee(pass, module, contexts, number, call);
    if (!has_to_be_on_loop(callee)) return;
    Str shown = name_display(module->program, callee);
    Str way = context_way(contexts, pass->arena, CONTEXT_THREAD, number);
    Finding *finding = report_at(
        pass, &rules[0], call->place,
        "`%.*s()` is not thread-safe, and `%.*s` runs in a thread: `loop.call_soon_threadsafe()`",
        STR_ARG(shown), STR_ARG(way));
    relate_origin(finding, graph, context_origin(contexts, CONTEXT_THREAD, number));
}

// The calls of a function mostly stand together: it is asked once where it runs.
static void check_module(Pass *pass, const ModuleInfo *module) {
    const Graph *graph = program_graph(module->program);
    const Contexts *contexts = program_contexts(module->program);
    uint32_t number = NO_INDEX;
    bool is_off_loop = false;
    for (uint32_t i = 0; i < module->summary->sites.len; i++) {
        const Site *site = &module->summary->sites.at[i];
        if (!(site->flags & SITE_CALL)) continue;
        uint32_t runner = graph_runner(graph, module, site);
        if (runner != number) is_off_loop = runs_off_loop(contexts, graph, runner);
        number = runner;
        if (is_off_loop) check_call(pass, module, site, number);
    }
}

const Check aio404_not_thread_safe = {.rules = LIST(rules), .on_module = check_module};
