#include "base/pack.h"

void pack_number(Buf *out, uint64_t number) {
    char *at = buf_reserve(out, LONGEST_PACKED_NUMBER);
    out->len += (size_t)(put_number(at, number) - at);
}

void pack_str(Buf *out, Str s) {
    pack_number(out, s.len);
    buf_add(out, s);
}

static uint64_t fail(Unpacker *self) {
    self->is_damaged = true;
    self->rest = (Str){0};
    return 0;
}

uint64_t unpack_long_number(Unpacker *self) {
    uint64_t number = 0;
    for (uint32_t i = 0; i < self->rest.len && i < 10; i++) {
        uint64_t byte = (unsigned char)self->rest.at[i];
        number |= (byte & 0x7f) << (7 * i);
        if (byte >= 0x80) continue;
        self->rest = str_from(self->rest, i + 1);
        return number;
    }
    return fail(self);
}

uint32_t unpack_below(Unpacker *self, uint64_t limit) {
    uint64_t number = unpack_number(self);
    return number < limit ? (uint32_t)number : (uint32_t)fail(self);
}

uint32_t unpack_count(Unpacker *self) {
    return unpack_below(self, (uint64_t)self->rest.len + 1);
}

Str unpack_str(Unpacker *self) {
    uint32_t length = unpack_count(self);
    if (length > self->rest.len) {
        fail(self);
        return (Str){0};
    }
    Str s = str_slice(self->rest, 0, length);
    self->rest = str_from(self->rest, length);
    return s;
}
