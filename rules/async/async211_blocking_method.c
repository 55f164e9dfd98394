// A blocking method of an object whose class is known, in a coroutine: HTTP clients and files.

#include "facts/blocking.h"
#include "facts/functions.h"
#include "facts/instances.h"
#include "rule/rule.h"

#include <strings.h>

enum { ASYNC211, ASYNC212, ASYNC232 };

static const Rule rules[] = {
    [ASYNC211] =
        {
            .code = "ASYNC211",
            .name = "probable-blocking-http",
            .summary = "a call that looks like a urllib3 request, inside a coroutine",
            .why =
                "`x.request(\"GET\", …)` in a file that imports urllib3 is most likely a request\n"
                "by one of its pools, which stops every task until the server has answered.",
            .bad = "import urllib3\n\n\nasync def fetch(pool: object) -> None:\n"
                   "    pool.request(\"GET\", \"/\")\n\n\nprint(urllib3)\n",
            .good = "import urllib3\n\n\nasync def fetch(pool: object) -> None:\n"
                    "    await pool.request(\"GET\", \"/\")\n\n\nprint(urllib3)\n",
            .sources = "flake8-async ASYNC211",
        },
    [ASYNC212] =
        {
            .code = "ASYNC212",
            .name = "blocking-http-client",
            .summary = "a method of a synchronous HTTP client, inside a coroutine",
            .why = "A synchronous client stops every task until the server has answered; its\n"
                   "asynchronous counterpart waits without stopping them.",
            .bad = "import httpx\n\n\nasync def fetch(client: httpx.Client) -> str:\n"
                   "    return client.get(\"/\").text\n",
            .good = "import httpx\n\n\nasync def fetch(client: httpx.AsyncClient) -> str:\n"
                    "    return (await client.get(\"/\")).text\n",
            .sources = "flake8-async ASYNC212, ruff ASYNC212",
        },
    [ASYNC232] =
        {
            .code = "ASYNC232",
            .name = "blocking-file-method",
            .summary = "a method of a synchronous file object, inside a coroutine",
            .why = "Reading and writing wait for the disk, or for the network under it, and stop\n"
                   "every task meanwhile.",
            .bad = "import io\n\n\n"
                   "async def load(file: io.TextIOWrapper) -> str:\n    return file.read()\n",
            .good = "import asyncio\nimport io\n\n\n"
                    "async def load(file: io.TextIOWrapper) -> str:\n"
                    "    loop = asyncio.get_running_loop()\n"
                    "    return await loop.run_in_executor(None, file.read)\n",
            .sources = "flake8-async ASYNC232",
            .severity = SEVERITY_INFO,
        },
};

typedef struct State {
    bool is_known, has_urllib3;
} State;

static bool imports_urllib3(const File *file) {
    for (const Node *node = file->tree.nodes + 1; node < node_end(file->tree.nodes); node++) {
        if (node->kind != NODE_IMPORT_STATEMENT && node->kind != NODE_IMPORT_FROM_STATEMENT)
            continue;
        Str module = node_text(file, node + 1);
        if (str_is(module, "urllib3") || str_starts_with(module, STR("urllib3."))) return true;
        if (str_starts_with(module, STR("urllib3 "))) return true; // `import urllib3 as u`
    }
    return false;
}

static bool has_urllib3(Pass *pass) {
    State *state = pass->state;
    if (!state->is_known) *state = (State){true, imports_urllib3(pass->file)};
    return state->has_urllib3;
}

static bool is_http_verb(Str literal) {
    static const char *const verbs[] = {"get",   "options", "head",  "post",   "put",
                                        "patch", "delete",  "trace", "connect"};
    if (literal.len < 2) return false;
    Str word = str_slice(literal, 1, literal.len - 1);
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (word.len == strlen(verbs[i]) && strncasecmp(word.at, verbs[i], word.len) == 0)
            return true;
    return false;
}

static bool looks_like_request(const File *file, const Node *call, Str method) {
    if (!str_is(method, "request")) return false;
    const Node *verb = call_argument(file, call, 0, NULL);
    return verb != NULL && verb->kind == NODE_STRING && is_http_verb(node_text(file, verb));
}

static const Rule *rule_of(BlockingKind kind) {
    if (kind == BLOCKING_HTTP) return &rules[ASYNC212];
    return kind == BLOCKING_FILE_METHOD ? &rules[ASYNC232] : NULL;
}

static void visit_call(Pass *pass, const Node *call) {
    const Node *callee = node_child(call, FIELD_FUNCTION);
    if (callee == NULL || callee->kind != NODE_ATTRIBUTE) return;
    const Node *receiver = node_child(callee, FIELD_OBJECT);
    const Node *name = node_child(callee, FIELD_ATTRIBUTE);
    if (receiver == NULL || name == NULL) return;
    if (!is_in_coroutine(call) || is_awaited(call)) return;
    Str method = node_text(pass->file, name);
    if (looks_like_request(pass->file, call, method) && has_urllib3(pass))
        report(pass, &rules[ASYNC211], node_span(call),
               "`%.*s()` looks like a synchronous request: it stops the event loop",
               STR_ARG(node_text(pass->file, callee)));
    const Blocking *blocking = blocking_method(receiver_class(pass->file, receiver), method);
    const Rule *rule = blocking == NULL ? NULL : rule_of(blocking->kind);
    if (rule == NULL) return;
    report(pass, rule, node_span(call), "`%.*s()` of `%s` stops the event loop; there is `%s`",
           STR_ARG(method), blocking->name, blocking->instead);
}

static const NodeHook hooks[] = {{NODE_CALL, visit_call}};
const Check async211_blocking_method = {
    .rules = LIST(rules), .on_node = LIST(hooks), .state_size = sizeof(State)};
