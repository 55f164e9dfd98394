#include "project/queues.h"

#include "base/map.h"
#include "base/vec.h"

typedef enum QueueFact {
    QUEUE_TAKEN = 1,   // get(), get_nowait()
    QUEUE_COUNTED = 2, // task_done()
    QUEUE_GIVEN = 4,   // it is an argument somewhere
} QueueFact;

struct Queues {
    Program *program;
    Arena *arena;
    Map indices;        // bytes of a QueueKey to its place in `facts`
    VEC(uint8_t) facts; // QueueFacts
    uint8_t *is_loose;  // a bit for each word_hash()
};

// Bytes of a key: no padding, but for that of the name.
typedef struct QueueKey {
    uint32_t module, owner;
} QueueKey;

static Str key_of(const Queues *self, Identity queue) {
    QueueKey key = {queue.module, queue.owner};
    return str_join(self->arena, (Str){(const char *)&key, sizeof key}, queue.name);
}

static void note(Queues *self, Identity queue, QueueFact fact) {
    if (!queue.is_known) return;
    uint32_t next = self->facts.len;
    uint32_t index = map_get_or_put(self->arena, &self->indices, key_of(self, queue), next);
    if (index == next) vec_push(self->arena, &self->facts, 0);
    self->facts.at[index] |= (uint8_t)fact;
}

// The name without its last word.
static Str object_of(Str name) {
    uint32_t dot = str_find_last_byte(name, '.');
    return dot == name.len ? (Str){0} : str_slice(name, 0, dot);
}

static Str last_word(Str name) {
    uint32_t dot = str_find_last_byte(name, '.');
    return dot == name.len ? name : str_from(name, dot + 1);
}

// "get" of a queue's get(); empty for all else.
static Str method_of_queue(const ModuleInfo *module, Value callee) {
    const Str queue = STR("asyncio.Queue().");
    Str name = value_asyncio_name(module->program, callee);
    return str_starts_with(name, queue) ? str_from(name, queue.len) : (Str){0};
}

Identity queue_of_call(const ModuleInfo *module, const Site *call, const char *method) {
    if (!(call->flags & SITE_CALL) ||
        !str_is(method_of_queue(module, site_callee(module, call)), method))
        return (Identity){0};
    return identity_of(module, object_of(module->summary->names.at[call->callee]));
}

static void make_loose(Queues *self, uint16_t hash) {
    self->is_loose[hash / 8] |= (uint8_t)(1u << hash % 8);
}

// task_done() on something unknown may be meant for any queue of that name.
static void note_unknown_count(Queues *self, const ModuleInfo *module, const Site *call) {
    Str callee = module->summary->names.at[call->callee];
    if (!str_ends_with(callee, STR(".task_done"))) return;
    Str word = last_word(object_of(callee));
    if (str_starts_with(word, STR(":"))) word = str_from(word, 1);
    make_loose(self, word_hash(word));
}

static void note_call(Queues *self, const ModuleInfo *module, const Site *call) {
    Value callee = site_callee(module, call);
    if (callee.kind == VALUE_UNKNOWN) note_unknown_count(self, module, call);
    Str method = method_of_queue(module, callee);
    bool takes = str_is(method, "get") || str_is(method, "get_nowait");
    bool counts = str_is(method, "task_done");
    if (takes || counts)
        note(self, identity_of(module, object_of(module->summary->names.at[call->callee])),
             takes ? QUEUE_TAKEN : QUEUE_COUNTED);
}

static void note_reference(Queues *self, const ModuleInfo *module, const Site *site) {
    Value value = site_value(module, site);
    Str name = module->summary->names.at[site->name];
    if (value_is(module->program, value, "asyncio.Queue()"))
        note(self, identity_of(module, name), QUEUE_GIVEN);
    if (str_is(method_of_queue(module, value), "task_done"))
        note(self, identity_of(module, object_of(name)), QUEUE_COUNTED);
}

// A name tells the same at each of its sites.
static void note_module(Queues *self, const ModuleInfo *module) {
    const Summary *summary = module->summary;
    enum { CALLED = 1, REFERRED = 2 };
    uint8_t *seen = arena_alloc(self->arena, summary->names.len);
    for (uint32_t i = 0; i < summary->loose_words.len; i++)
        make_loose(self, summary->loose_words.at[i]);
    for (uint32_t i = 0; i < summary->sites.len; i++) {
        const Site *site = &summary->sites.at[i];
        bool is_call = (site->flags & SITE_CALL) && site->callee != 0;
        NameId name = is_call ? site->callee : site->name;
        uint8_t way = is_call ? CALLED : REFERRED;
        if (seen[name] & way) continue;
        seen[name] |= way;
        if (is_call)
            note_call(self, module, site);
        else
            note_reference(self, module, site);
    }
}

const Queues *program_queues(Program *program) {
    void **slot = program_part(program, PART_QUEUES);
    if (*slot != NULL) return *slot;
    Arena *arena = program_arena(program);
    Queues *self = arena_new(arena, Queues);
    *slot = self;
    self->program = program;
    self->arena = arena;
    self->is_loose = arena_alloc(arena, 65536 / 8);
    for (uint32_t i = 0; i < program_module_count(program); i++)
        note_module(self, program_module(program, i));
    return self;
}

bool queue_is_never_done(const Queues *self, Identity queue) {
    if (!queue.is_known || !identity_is_made(self->program, queue)) return false;
    uint16_t hash = word_hash(queue.name);
    if (self->is_loose[hash / 8] & 1u << hash % 8) return false;
    uint32_t index = map_get(&self->indices, key_of(self, queue));
    return index != MAP_NONE && self->facts.at[index] == QUEUE_TAKEN;
}
