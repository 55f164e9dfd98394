#include "project/slots.h"

#include "base/search.h"

static const Slot slots[] = {
#define SLOT(callee, kind, position, keyword) {STR(callee), SLOT_##kind, position, keyword},
#include "project/slots.def"
#undef SLOT
};

static const Slot *find_slot(Str callee) {
    const uint32_t count = sizeof slots / sizeof slots[0];
    uint32_t place = COUNT_BEFORE(i, count, str_compare(slots[i].callee, callee) < 0);
    return place < count && str_eq(slots[place].callee, callee) ? &slots[place] : NULL;
}

static bool fits(const ModuleInfo *module, const Site *site, const Slot *slot) {
    bool takes_all = slot->kind == SLOT_TASKS && site->keyword == 0;
    if (takes_all) return true;
    if (site->use == USE_ELEMENT) return false;
    if (site->keyword == 0) return site->position == slot->position;
    return slot->keyword != NULL && str_is(module->summary->names.at[site->keyword], slot->keyword);
}

const Slot *site_slot(const ModuleInfo *module, const Site *site) {
    bool is_given =
        site->use == USE_ARGUMENT || site->use == USE_ELEMENT || site->use == USE_STARRED;
    if (!is_given || site->by == NO_INDEX) return NULL;
    const Site *call = &module->summary->sites.at[site->by];
    Str name = value_external_name(module->program, site_callee(module, call));
    const Slot *slot = name.len == 0 ? NULL : find_slot(name);
    return slot != NULL && fits(module, site, slot) ? slot : NULL;
}

bool slot_is_plain(const Slot *slot) {
    return slot->kind != SLOT_SERVER && slot->kind < SLOT_TASK;
}
