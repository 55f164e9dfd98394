// asyncio.Lock cannot be taken twice by the same task: a method that holds it and awaits another
// one that takes it waits for itself.

#include "base/search.h"
#include "project/locks.h"
#include "rule/rule.h"

static const Rule rules[] = {{
    .code = "AIO304",
    .name = "self-deadlock",
    .summary = "an `asyncio.Lock` is taken again by whom it is held",
    .why =
        "asyncio has no re-entrant lock. A coroutine that holds a lock and awaits something\n"
        "that takes the same lock waits for itself, for ever. Split the inner function into one\n"
        "that takes the lock and one that expects it to be held.",
    .bad = "import asyncio\n\n\nclass Cache:\n    def __init__(self) -> None:\n"
           "        self.lock = asyncio.Lock()\n        self.value = 0\n\n"
           "    async def get(self) -> int:\n        async with self.lock:\n"
           "            return self.value\n\n    async def add(self) -> None:\n"
           "        async with self.lock:\n            self.value = await self.get() + 1\n",
    .good = "import asyncio\n\n\nclass Cache:\n    def __init__(self) -> None:\n"
            "        self.lock = asyncio.Lock()\n        self.value = 0\n\n"
            "    async def get(self) -> int:\n        async with self.lock:\n"
            "            return self.value\n\n    async def add(self) -> None:\n"
            "        async with self.lock:\n            self.value += 1\n",
    .sources = "python-asyncio issue 439",
}};

static bool is_inside(const ModuleInfo *module, uint32_t region, uint32_t wanted) {
    for (; region != NO_INDEX; region = module->summary->regions.at[region].outer)
        if (region == wanted) return true;
    return false;
}

static void check_call(Pass *pass, const ModuleInfo *module, const Site *call, Identity lock) {
    const Graph *graph = program_graph(module->program);
    uint32_t callee = graph_number(graph, site_value(module, call));
    if (callee == NO_INDEX || !is_on_object_of_lock(module, call, lock)) return;
    LockTaking taking = lock_taking(program_locks(module->program), lock, callee);
    if (taking.region == NULL) return;
    Str name = value_display(module->program, site_callee(module, call));
    Str where = place_display(pass->arena, taking.module->summary, taking.region->place);
    Finding *finding = report_at(pass, &rules[0], call->place,
                                 "`%.*s()` takes `%.*s` again, which is held here: %.*s",
                                 STR_ARG(name), STR_ARG(lock.name), STR_ARG(where));
    finding_relate(finding, taking.module->summary->path,
                   (Position){taking.region->place.line, taking.region->place.column},
                   "`%.*s` is taken here", STR_ARG(lock.name));
}

// The first site behind the region's head: sites come in document order.
static uint32_t first_site(const ModuleInfo *module, const Region *region) {
    const Site *sites = module->summary->sites.at;
    return COUNT_BEFORE(i, module->summary->sites.len, sites[i].place.start < region->place.end);
}

static const Site *site_inside(const ModuleInfo *module, const Region *region, uint32_t index) {
    if (index >= module->summary->sites.len) return NULL;
    const Site *site = &module->summary->sites.at[index];
    return site->place.start < region->end ? site : NULL;
}

static bool is_released_inside(const ModuleInfo *module, uint32_t region, const Region *held) {
    Str lock = module->summary->names.at[held->name];
    const Site *site;
    for (uint32_t i = first_site(module, held); (site = site_inside(module, held, i)); i++) {
        Str callee = module->summary->names.at[site->callee];
        if (str_starts_with(callee, lock) && str_is(str_from(callee, lock.len), ".release") &&
            is_inside(module, site->region, region))
            return true;
    }
    return false;
}

static void check_region(Pass *pass, const ModuleInfo *module, uint32_t index) {
    const Region *held = &module->summary->regions.at[index];
    Identity lock = region_lock(module, held);
    if (!lock.is_known || is_released_inside(module, index, held)) return;
    const Site *site;
    for (uint32_t i = first_site(module, held); (site = site_inside(module, held, i)); i++) {
        bool is_awaited_call = (site->flags & SITE_CALL) && site->use == USE_AWAITED;
        if (is_awaited_call && is_inside(module, site->region, index))
            check_call(pass, module, site, lock);
    }
    for (uint32_t i = index + 1; i < module->summary->regions.len; i++) {
        const Region *inner = &module->summary->regions.at[i];
        if (inner->place.start >= held->end) break;
        if (inner->outer == NO_INDEX || !is_inside(module, inner->outer, index)) continue;
        if (identity_equals(region_lock(module, inner), lock))
            report_at(pass, &rules[0], inner->place, "`%.*s` is taken again, which is held here",
                      STR_ARG(lock.name));
    }
}

static void check_module(Pass *pass, const ModuleInfo *module) {
    for (uint32_t i = 0; i < module->summary->regions.len; i++)
        check_region(pass, module, i);
}

const Check aio304_self_deadlock = {.rules = LIST(rules), .on_module = check_module};
