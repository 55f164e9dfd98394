// Myers' greedy algorithm on lines, between the common head and tail. Where more than MOST_EDITS
// lines differ, the rest is shown as one replaced block.

#include "output/diff.h"

#include "base/hash.h"
#include "base/vec.h"

enum { CONTEXT = 3, MOST_EDITS = 2000 };

typedef struct Line {
    Str text; // with its line end
    uint64_t hash;
} Line;

typedef struct Side {
    VEC(Line) lines;
} Side;

// Lines old_start … old_end (exclusive) become new_start … new_end.
typedef struct Change {
    uint32_t old_start, old_end, new_start, new_end;
} Change;

typedef struct Diff {
    Arena arena;
    Side old, new;
    VEC(Change) changes;
} Diff;

static void split_lines(Diff *self, Side *side, Str text) {
    while (text.len > 0) {
        uint32_t end = str_find_byte(text, '\n');
        Str line = str_slice(text, 0, end + 1);
        vec_push(&self->arena, &side->lines, (Line){line, hash64(line)});
        text = str_from(text, line.len);
    }
}

static bool same_line(const Diff *self, uint32_t old, uint32_t new) {
    const Line *a = &self->old.lines.at[old], *b = &self->new.lines.at[new];
    return a->hash == b->hash && str_eq(a->text, b->text);
}

static void add_change(Diff *self, Change change) {
    Change *last = self->changes.len > 0 ? &vec_last(&self->changes) : NULL;
    if (last != NULL && last->old_end == change.old_start && last->new_end == change.new_start) {
        last->old_end = change.old_end;
        last->new_end = change.new_end;
        return;
    }
    vec_push(&self->arena, &self->changes, change);
}

// How far each diagonal got after each number of edits: rows of 2 * edits + 1 places.
typedef struct Trace {
    uint32_t *reach[MOST_EDITS + 1];
} Trace;

static uint32_t best_start(const uint32_t *before, int edits, int diagonal) {
    const uint32_t *middle = before + edits - 1; // of the row with one edit less
    bool down =
        diagonal == -edits || (diagonal != edits && middle[diagonal - 1] < middle[diagonal + 1]);
    return down ? middle[diagonal + 1] : middle[diagonal - 1] + 1;
}

// The number of edits that turn the windows into each other, with the trace filled; -1: too many.
static int find_path(Diff *self, Change window, Trace *trace) {
    int old_count = (int)(window.old_end - window.old_start);
    int new_count = (int)(window.new_end - window.new_start);
    for (int edits = 0; edits <= MOST_EDITS; edits++) {
        uint32_t *row = arena_array(&self->arena, uint32_t, 2 * edits + 1);
        trace->reach[edits] = row;
        for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
            int x = edits == 0 ? 0 : (int)best_start(trace->reach[edits - 1], edits, diagonal);
            int y = x - diagonal;
            while (x < old_count && y >= 0 && y < new_count &&
                   same_line(self, window.old_start + (uint32_t)x, window.new_start + (uint32_t)y))
                x++, y++;
            row[edits + diagonal] = (uint32_t)x;
            if (x >= old_count && y >= new_count) return edits;
        }
    }
    return -1;
}

// Walks the trace back; the changes come out last first.
static void read_path(Diff *self, Change window, const Trace *trace, int edits) {
    VEC(Change) backward = {0};
    int x = (int)(window.old_end - window.old_start);
    int y = (int)(window.new_end - window.new_start);
    for (; edits > 0; edits--) {
        int diagonal = x - y;
        const uint32_t *middle = trace->reach[edits - 1] + edits - 1;
        bool down = diagonal == -edits ||
                    (diagonal != edits && middle[diagonal - 1] < middle[diagonal + 1]);
        int from = down ? diagonal + 1 : diagonal - 1;
        int old_x = (int)middle[from], old_y = old_x - from;
        vec_push(&self->arena, &backward,
                 (Change){window.old_start + (uint32_t)old_x,
                          window.old_start + (uint32_t)old_x + !down,
                          window.new_start + (uint32_t)old_y,
                          window.new_start + (uint32_t)old_y + down});
        x = old_x, y = old_y;
    }
    while (backward.len > 0)
        add_change(self, backward.at[--backward.len]);
}

static void find_changes(Diff *self) {
    Change window = {0, self->old.lines.len, 0, self->new.lines.len};
    while (window.old_start < window.old_end && window.new_start < window.new_end &&
           same_line(self, window.old_start, window.new_start))
        window.old_start++, window.new_start++;
    while (window.old_start < window.old_end && window.new_start < window.new_end &&
           same_line(self, window.old_end - 1, window.new_end - 1))
        window.old_end--, window.new_end--;
    if (window.old_start == window.old_end && window.new_start == window.new_end) return;
    Trace *trace = arena_new(&self->arena, Trace);
    int edits = find_path(self, window, trace);
    if (edits < 0)
        add_change(self, window);
    else
        read_path(self, window, trace, edits);
}

static void write_line(Buf *out, char sign, Str line) {
    buf_add_byte(out, sign);
    buf_add(out, line);
    if (!str_ends_with(line, STR("\n"))) buf_add(out, STR("\n\\ No newline at end of file\n"));
}

static void write_range(Buf *out, uint32_t start, uint32_t count) {
    buf_printf(out, "%u", count == 0 ? start : start + 1);
    if (count != 1) buf_printf(out, ",%u", count);
}

// One hunk of the changes `first` … `last`, with the context around and between them.
static void write_hunk(const Diff *self, Buf *out, uint32_t first, uint32_t last) {
    const Change *begin = &self->changes.at[first], *end = &self->changes.at[last];
    uint32_t lead = begin->old_start < CONTEXT ? begin->old_start : CONTEXT;
    uint32_t left = self->old.lines.len - end->old_end;
    uint32_t tail = left < CONTEXT ? left : CONTEXT;
    uint32_t old = begin->old_start - lead;
    buf_add(out, STR("@@ -"));
    write_range(out, old, end->old_end + tail - old);
    buf_add(out, STR(" +"));
    write_range(out, begin->new_start - lead, end->new_end + tail - (begin->new_start - lead));
    buf_add(out, STR(" @@\n"));
    for (uint32_t i = first; i <= last; i++) {
        const Change *change = &self->changes.at[i];
        for (; old < change->old_start; old++)
            write_line(out, ' ', self->old.lines.at[old].text);
        for (; old < change->old_end; old++)
            write_line(out, '-', self->old.lines.at[old].text);
        for (uint32_t new = change->new_start; new < change->new_end; new ++)
            write_line(out, '+', self->new.lines.at[new].text);
    }
    for (uint32_t rest = 0; rest < tail; rest++)
        write_line(out, ' ', self->old.lines.at[old + rest].text);
}

static void write_name(Buf *out, const char *sign, Str name) {
    buf_add(out, str_of(sign));
    buf_add_printable(out, name, false);
    buf_add_byte(out, '\n');
}

void diff_write(Buf *out, Str old_name, Str new_name, Str old, Str new) {
    Diff self = {0};
    split_lines(&self, &self.old, old);
    split_lines(&self, &self.new, new);
    find_changes(&self);
    if (self.changes.len > 0) {
        write_name(out, "--- ", old_name);
        write_name(out, "+++ ", new_name);
    }
    for (uint32_t first = 0; first < self.changes.len;) {
        uint32_t last = first;
        while (last + 1 < self.changes.len &&
               self.changes.at[last + 1].old_start <= self.changes.at[last].old_end + 2 * CONTEXT)
            last++;
        write_hunk(&self, out, first, last);
        first = last + 1;
    }
    arena_release(&self.arena);
}

void diff_write_mode(Buf *out, Str name) {
    buf_add(out, STR("diff --git "));
    buf_add_printable(out, name, false);
    buf_add_byte(out, ' ');
    buf_add_printable(out, name, false);
    buf_add(out, STR("\nold mode 100644\nnew mode 100755\n"));
}
