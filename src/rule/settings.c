#include "rule/settings.h"

#include "base/buf.h"
#include "base/pack.h"
#include "rule/registry.h"

static void pack_list(Buf *out, StrList list) {
    pack_number(out, list.at != NULL);
    pack_number(out, list.count);
    for (uint32_t i = 0; list.at != NULL && i < list.count; i++)
        pack_str(out, list.at[i]);
}

// Whoever adds a field brings it here, too: the cache takes two settings of one hash for the same.
_Static_assert(sizeof(Settings) == 280, "settings_hash() must know every field");

Hash128 settings_hash(const Settings *self) {
    const uint64_t numbers[] = {
        (uint64_t)self->target_version,
        self->max_line_length,
        self->max_doc_length,
        self->max_file_lines,
        self->hang_closing,
        (uint64_t)self->convention,
        self->skips_edits,
        self->ignore_noqa,
        self->pycodestyle_noqa,
        self->ignore_self_only_init,
        self->suppress_none_returning,
        self->suppress_dummy_args,
        self->allow_untyped_defs,
        self->allow_untyped_nested,
        self->mypy_init_return,
        self->allow_star_arg_any,
        self->respect_type_ignore,
        self->group_annotations,
    };
    const StrList lists[] = {
        self->hand_out_files,      self->foreign_editors,      self->blocking_calls,
        self->non_blocking_calls,  self->generator_decorators, self->awaitless_decorators,
        self->startable_calls,     self->dispatch_decorators,  self->overload_decorators,
        self->property_decorators, self->thread_calls,
    };
    Buf bytes = {0};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        pack_number(&bytes, numbers[i]);
    const Str texts[] = {self->match, self->match_dir, self->ignore_decorators};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        pack_str(&bytes, texts[i]);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        pack_list(&bytes, lists[i]);
    buf_add_bytes(&bytes, self->severities, registry_rule_count());
    Hash128 hash = hash128(buf_str(&bytes));
    buf_release(&bytes);
    return hash;
}
