// A call that is known to block, in a coroutine: looked up by its full name in
// facts/blocking_calls.def. ASYNC251 has a file of its own, async251_blocking_sleep.c.

#include "facts/blocking.h"
#include "facts/functions.h"
#include "facts/instances.h"
#include "facts/names.h"
#include "rule/rule.h"

enum { ASYNC210, ASYNC220, ASYNC221, ASYNC222, ASYNC230, ASYNC231, ASYNC240, ASYNC250 };

static const Rule rules[] = {
    [ASYNC210] =
        {
            .code = "ASYNC210",
            .name = "blocking-http",
            .summary = "a synchronous HTTP request inside a coroutine",
            .why = "The event loop runs one thing at a time. A synchronous request stops every\n"
                   "task until the server has answered; an asynchronous client waits without\n"
                   "stopping them.",
            .bad = "import requests\n\n\nasync def fetch(url: str) -> str:\n"
                   "    return requests.get(url).text\n",
            .good = "import aiohttp\n\n\n"
                    "async def fetch(session: aiohttp.ClientSession, url: str) -> str:\n"
                    "    async with session.get(url) as response:\n"
                    "        return await response.text()\n",
            .sources = "flake8-async ASYNC210, ruff ASYNC210, sonar S7499",
        },
    [ASYNC220] =
        {
            .code = "ASYNC220",
            .name = "blocking-process-start",
            .summary = "a process started synchronously inside a coroutine",
            .why = "Starting a process takes milliseconds that stop every task, and whoever waits\n"
                   "for its end or its output later stops them for as long as that takes.\n"
                   "asyncio's subprocess functions do both without stopping the event loop.",
            .bad = "import subprocess\n\n\nasync def start() -> int:\n"
                   "    return subprocess.Popen([\"make\"]).pid\n",
            .good = "import asyncio\n\n\nasync def start() -> int:\n"
                    "    process = await asyncio.create_subprocess_exec(\"make\")\n"
                    "    return process.pid\n",
            .sources = "flake8-async ASYNC220, ruff ASYNC220, sonar S7487",
        },
    [ASYNC221] =
        {
            .code = "ASYNC221",
            .name = "blocking-process-run",
            .summary = "a process run to its end inside a coroutine",
            .why = "The call returns when the process has ended. Until then no other task runs.",
            .bad = "import subprocess\n\n\nasync def build() -> int:\n"
                   "    return subprocess.call([\"make\"])\n",
            .good = "import asyncio\n\n\nasync def build() -> int:\n"
                    "    process = await asyncio.create_subprocess_exec(\"make\")\n"
                    "    return await process.wait()\n",
            .sources = "flake8-async ASYNC221, ruff ASYNC221, sonar S7487",
        },
    [ASYNC222] =
        {
            .code = "ASYNC222",
            .name = "blocking-process-wait",
            .summary = "a wait for a process inside a coroutine",
            .why = "os.wait() and its relatives return when a child process has ended. Until then\n"
                   "no other task runs.",
            .bad = "import os\n\n\nasync def reap(pid: int) -> int:\n"
                   "    return os.waitpid(pid, 0)[1]\n",
            .good = "import asyncio\nimport os\n\n\nasync def reap(pid: int) -> int:\n"
                    "    loop = asyncio.get_running_loop()\n"
                    "    return (await loop.run_in_executor(None, os.waitpid, pid, 0))[1]\n",
            .sources = "flake8-async ASYNC222, ruff ASYNC222, sonar S7489",
        },
    [ASYNC230] =
        {
            .code = "ASYNC230",
            .name = "blocking-open",
            .summary = "a file opened synchronously inside a coroutine",
            .why =
                "Opening a file waits for the disk, or for the network under it. asyncio has no\n"
                "files of its own; a thread, or a library such as aiofiles, keeps the event\n"
                "loop running.",
            .bad = "async def load(path: str) -> None:\n    open(path)\n",
            .good = "import asyncio\n\n\n"
                    "def read(path: str) -> str:\n    with open(path) as file:\n"
                    "        return file.read()\n\n\n"
                    "async def load(path: str) -> str:\n"
                    "    loop = asyncio.get_running_loop()\n"
                    "    return await loop.run_in_executor(None, read, path)\n",
            .sources = "flake8-async ASYNC230, ruff ASYNC230, sonar S7493",
            .severity = SEVERITY_INFO,
        },
    [ASYNC231] =
        {
            .code = "ASYNC231",
            .name = "blocking-fdopen",
            .summary = "os.fdopen() inside a coroutine",
            .why = "The file object that os.fdopen() makes reads and writes synchronously: every\n"
                   "use of it stops the event loop.",
            .bad = "import os\n\n\nasync def wrap(descriptor: int) -> None:\n"
                   "    os.fdopen(descriptor)\n",
            .good = "import asyncio\nimport os\n\n\nasync def read(descriptor: int) -> bytes:\n"
                    "    loop = asyncio.get_running_loop()\n"
                    "    return await loop.run_in_executor(None, os.read, descriptor, 4096)\n",
            .sources = "flake8-async ASYNC231, ruff ASYNC230",
            .severity = SEVERITY_INFO,
        },
    [ASYNC240] =
        {
            .code = "ASYNC240",
            .name = "blocking-path",
            .summary = "an os.path function that looks at the disk, inside a coroutine",
            .why = "os.path.exists() and its relatives ask the file system and wait for it; on a\n"
                   "network file system that can be long.",
            .bad = "import os.path\n\n\nasync def is_there(path: str) -> bool:\n"
                   "    return os.path.exists(path)\n",
            .good = "import asyncio\nimport os.path\n\n\nasync def is_there(path: str) -> bool:\n"
                    "    loop = asyncio.get_running_loop()\n"
                    "    return await loop.run_in_executor(None, os.path.exists, path)\n",
            .sources = "flake8-async ASYNC240, ruff ASYNC240",
            .severity = SEVERITY_WARNING,
            .selectable = true,
        },
    [ASYNC250] =
        {
            .code = "ASYNC250",
            .name = "blocking-input",
            .summary = "input() inside a coroutine",
            .why = "input() returns when somebody has typed a line. Until then no other task runs.",
            .bad = "async def ask() -> str:\n    return input(\"name: \")\n",
            .good = "import asyncio\n\n\nasync def ask() -> str:\n"
                    "    loop = asyncio.get_running_loop()\n"
                    "    return await loop.run_in_executor(None, input, \"name: \")\n",
            .sources = "flake8-async ASYNC250, ruff ASYNC250, sonar S7501",
        },
};

// os.spawn*(mode, …)
static bool waits_for_process(const File *file, const Node *call) {
    const Node *mode = call_argument(file, call, 0, "mode");
    if (mode == NULL) return true;
    const Node *name = mode->kind == NODE_ATTRIBUTE ? node_child(mode, FIELD_ATTRIBUTE) : mode;
    return str_is(node_text(file, name), "P_WAIT");
}

// The rule that such a call breaks; NULL where it is another check's (ASYNC251, AIO204).
static const Rule *rule_of(const File *file, const Node *call, BlockingKind kind) {
    switch (kind) {
    case BLOCKING_HTTP: return &rules[ASYNC210];
    case BLOCKING_PROCESS_START: return &rules[ASYNC220];
    case BLOCKING_PROCESS_RUN: return &rules[ASYNC221];
    case BLOCKING_PROCESS_SPAWN: return &rules[waits_for_process(file, call) ? ASYNC221 : ASYNC220];
    case BLOCKING_PROCESS_WAIT: return &rules[ASYNC222];
    case BLOCKING_FILE_OPEN: return &rules[ASYNC230];
    case BLOCKING_FILE_WRAP: return &rules[ASYNC231];
    case BLOCKING_PATH: return &rules[ASYNC240];
    case BLOCKING_INPUT: return &rules[ASYNC250];
    default: return NULL;
    }
}

// `await open(…)`: whoever wrote that has an `open` of another kind in mind. Nobody can mean that
// by input() or os.path.
static bool may_be_awaited(BlockingKind kind) {
    return kind != BLOCKING_INPUT && kind != BLOCKING_PATH;
}

// A call by its full name, or a method of pathlib.Path.
static const Blocking *blocking_of(File *file, const Node *callee) {
    const Blocking *blocking = blocking_call(qualified_name(file, callee));
    if (blocking != NULL || callee->kind != NODE_ATTRIBUTE) return blocking;
    const Node *receiver = node_child(callee, FIELD_OBJECT);
    const Node *method = node_child(callee, FIELD_ATTRIBUTE);
    if (receiver == NULL || method == NULL) return NULL;
    return blocking_method(receiver_class(file, receiver), node_text(file, method));
}

static Str shown_name(const Blocking *blocking) {
    Str name = str_of(blocking->name), builtin = STR("builtins.");
    return str_starts_with(name, builtin) ? str_from(name, builtin.len) : name;
}

// HTTP clients' methods are ASYNC212's.
static bool is_of_client(const Blocking *blocking) {
    return blocking->methods != NULL && blocking->kind != BLOCKING_FILE_OPEN;
}

static void visit_call(Pass *pass, const Node *call) {
    if (!is_in_coroutine(call)) return;
    const Node *callee = node_child(call, FIELD_FUNCTION);
    const Blocking *blocking = callee == NULL ? NULL : blocking_of(pass->file, callee);
    if (blocking == NULL) return;
    if (may_be_awaited(blocking->kind) && is_awaited(call)) return;
    const Rule *rule = rule_of(pass->file, call, blocking->kind);
    if (rule == NULL || is_of_client(blocking)) return;
    if (blocking->methods != NULL) {
        report(pass, rule, node_span(call), "`%.*s()` stops the event loop; there is `%s`",
               STR_ARG(node_text(pass->file, node_child(callee, FIELD_ATTRIBUTE))),
               blocking->instead);
        return;
    }
    report(pass, rule, node_span(call), "`%.*s()` stops the event loop; there is `%s`",
           STR_ARG(shown_name(blocking)), blocking->instead);
}

static const NodeHook hooks[] = {{NODE_CALL, visit_call}};
const Check async210_blocking_call = {.rules = LIST(rules), .on_node = LIST(hooks)};
