// Calls that stop the thread, in a coroutine: what the ASYNC2xx rules leave out, and methods of
// objects that are known by what the whole project says of them.

#include "project/graph.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO204",
    .name = "blocking-call",
    .summary = "a call in a coroutine that waits for a socket, thread, database or folder",
    .why = "The event loop runs one thing at a time: while this call waits, no other task runs.\n"
           "asyncio has its own locks, queues and streams; for the rest there is\n"
           "`run_in_executor()`.",
    .bad = "import threading\n\n\nasync def wait(done: threading.Event) -> None:\n"
           "    done.wait()\n",
    .good = "import asyncio\n\n\nasync def wait(done: asyncio.Event) -> None:\n"
            "    await done.wait()\n",
    .sources = "sonar S7487, codehound CH001",
}};

static bool is_in_coroutine(const ModuleInfo *module, const Site *site) {
    return site->function != NO_INDEX &&
           (module->summary->functions.at[site->function].flags & FUNCTION_ASYNC);
}

// Whether another rule has that kind.
static bool is_left_to_others(const Blocking *blocking) {
    switch (blocking->kind) {
    case BLOCKING_SOCKET:
    case BLOCKING_SELECT:
    case BLOCKING_THREAD:
    case BLOCKING_DATABASE:
    case BLOCKING_MAIL:
    case BLOCKING_TREE: return false;
    default: return true;
    }
}

static void check_site(Pass *pass, const ModuleInfo *module, const Site *site) {
    if (!(site->flags & SITE_CALL) || !is_in_coroutine(module, site)) return;
    if (site->use == USE_AWAITED) return;
    const Blocking *blocking = site_blocking(module, site);
    if (blocking == NULL || is_left_to_others(blocking)) return;
    Value callee = site_callee(module, site);
    Str callee_name = value_external_name(module->program, callee);
    if (str_starts_with(callee_name, STR("asyncio.run_coroutine_threadsafe"))) return; // AIO203
    Str name = value_display(module->program, callee);
    report_at(pass, &rules[0], site->place, "`%.*s()` stops the event loop; there is `%s`",
              STR_ARG(name), blocking->instead);
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->sites.len; i++)
        check_site(pass, module, &module->summary->sites.at[i]);
}

const Check aio204_blocking_call = {.rules = LIST(rules), .on_module = check_module};
