// One walk over the flat tree. Definitions come before what refers to them, for their indices; the
// names are made by facts/names.c.

#include "facts/summary/making.h"

#include "base/search.h"

void making_number(Making *making, Numbers *numbers, const Node *node, uint32_t index) {
    vec_push(making->file->arena, numbers, (Numbered){node, index});
}

uint32_t making_index(const Numbers *numbers, const Node *node) {
    uint32_t place = COUNT_BEFORE(i, numbers->len, numbers->at[i].node < node);
    bool is_found = place < numbers->len && numbers->at[place].node == node;
    return is_found ? numbers->at[place].index : NO_INDEX;
}

// ---- Names and places ----

NameId making_intern(Making *making, Str name) {
    if (name.len == 0) return 0;
    NameId fresh = making->summary->names.len;
    NameId id = map_get_or_put(making->file->arena, &making->name_ids, name, fresh);
    if (id == fresh)
        vec_push(making->arena, &making->summary->names, str_copy(making->arena, name));
    return id;
}

NameId making_name(Making *making, const Node *expression) {
    return making_intern(making, value_name(making->file, expression));
}

static uint16_t clip(uint32_t number) {
    return number > UINT16_MAX ? UINT16_MAX : (uint16_t)number;
}

Place making_place(Making *making, const Node *node) {
    const Lines *lines = &making->file->lines;
    Position start = lines_position_from(lines, &making->start, node->start);
    Position end = lines_position_from(lines, &making->end, node->end);
    return (Place){.start = node->start,
                   .end = node->end,
                   .line = start.line,
                   .column = clip(start.column),
                   .end_column = clip(end.column),
                   .more_lines = clip(end.line - start.line)};
}

uint32_t making_function_around(const Making *making, const Node *node) {
    const Node *function = enclosing_function(node);
    return function == NULL ? NO_INDEX : making_index(&making->definitions, function);
}

// ---- The walk ----

static void visit(Making *making, const Node *node) {
    making_close_regions(making, node);
    making_note_suspension(making, node);
    switch (node->kind) {
    case NODE_RETURN_STATEMENT: making_note_return(making, node); break;
    case NODE_YIELD: making_note_yield(making, node); break;
    case NODE_WILDCARD_IMPORT: making_add_star(making, node); break;
    case NODE_WITH_ITEM: making_add_region(making, node); break;
    case NODE_IF_STATEMENT: making_add_late_write(making, node); break;
    case NODE_CALL: making_visit_call(making, node); break;
    case NODE_IDENTIFIER:
    case NODE_AWAIT:
    case NODE_LAMBDA:
    case NODE_ATTRIBUTE: making_visit_reference(making, node); break;
    default: break;
    }
}

Summary *summary_make(File *file, Arena *arena) {
    Summary *summary = arena_new(arena, Summary);
    summary->path = str_copy(arena, file->source.path);
    Making making = {.file = file, .arena = arena, .summary = summary};
    map_reserve(file->arena, &making.name_ids, likely_names(file));
    vec_push(arena, &summary->names, (Str){"", 0});
    making_add_definitions(&making);
    for (uint32_t i = 0; i < file->tree.count; i++)
        visit(&making, &file->tree.nodes[i]);
    making_add_attributes(&making);
    making_add_exports(&making);
    return summary;
}

// ---- Copies ----

Str name_part(const Summary *self, NameId id, NameForm form, uint32_t len) {
    uint32_t back = form == NAME_BEGINS_LAST_BUT ? 2 : 1;
    Str whole = id < back ? (Str){0} : self->names.at[id - back];
    if (len > whole.len) return (Str){0};
    return form == NAME_ENDS_LAST ? str_from(whole, whole.len - len) : str_slice(whole, 0, len);
}

NameForm name_form(const Summary *self, NameId id) {
    Str name = self->names.at[id];
    for (NameForm form = NAME_BEGINS_LAST; name.len > 0 && form <= NAME_ENDS_LAST; form++)
        if (str_eq(name_part(self, id, form, name.len), name)) return form;
    return NAME_WHOLE;
}

static void copy_names(Summary *copy, const Summary *self, Arena *arena) {
    copy->names.at = arena_array(arena, Str, self->names.len);
    copy->names.len = copy->names.cap = self->names.len;
    for (NameId id = 0; id < self->names.len; id++) {
        NameForm form = name_form(self, id);
        Str name = self->names.at[id];
        copy->names.at[id] =
            form == NAME_WHOLE ? str_copy(arena, name) : name_part(copy, id, form, name.len);
    }
}

static void *copy_records(const void *records, size_t size, Arena *arena) {
    void *copy = arena_alloc_raw(arena, size, 4);
    return size == 0 ? copy : memcpy(copy, records, size);
}

Summary *summary_copy(const Summary *self, Arena *arena) {
    Summary *copy = arena_new(arena, Summary);
    copy->path = str_copy(arena, self->path);
    copy_names(copy, self, arena);
#define COPY(list)                                                                                 \
    copy->list.at = copy_records(self->list.at, self->list.len * sizeof *self->list.at, arena);    \
    copy->list.len = copy->list.cap = self->list.len;
    SUMMARY_EACH_LIST(COPY)
    COPY(loose_words)
#undef COPY
    return copy;
}
