// Names that are stored to, and what cannot be.

#include "python/compiler/parser.h"

bool is_debug(Parser *self, uint32_t start, uint32_t end) {
    return str_is(parser_text(self, start, end), "__debug__");
}

void store_name(Parser *self, Lex name, EventKind kind, uint32_t scope) {
    if (is_debug(self, name.start, name.end))
        refuse(self, REFUSED_MEANING, name.start, name.end, ANY_VERSION, NO_VERSION,
               "`__debug__` cannot be assigned to");
    record(self, kind, scope, name.start, name.end);
}

static void refuse_target(Parser *self, uint32_t start, uint32_t end, ExprKind kind,
                          TargetUse use) {
    refuse(self, REFUSED_MEANING, start, end, ANY_VERSION, NO_VERSION,
           use == TARGET_DELETE ? "%s cannot be deleted" : "%s cannot be assigned to",
           expr_words(kind));
}

void take_target(Parser *self, const Expr *target, uint32_t mark, TargetUse use) {
    if (target->bad_kind != EXPR_NOTHING)
        refuse_target(self, target->bad_start, target->bad_end, target->bad_kind, use);
    else if (target->kind == EXPR_STAR)
        refuse(self, REFUSED_MEANING, target->start, target->end, ANY_VERSION, NO_VERSION,
               "a starred target outside a list or tuple");
    else if (use == TARGET_DELETE && target->has_star)
        refuse(self, REFUSED_MEANING, target->star_start, target->star_end, ANY_VERSION, NO_VERSION,
               "a starred expression cannot be deleted");
    else if (target->second_star != 0)
        refuse(self, REFUSED_MEANING, target->second_star, target->second_star + 1, ANY_VERSION,
               NO_VERSION, "more than one starred target");
    if (use == TARGET_ASSIGN || use == TARGET_FOR) make_target(&self->make);
    for (uint32_t i = mark; i < self->events.len; i++) {
        Event *event = &self->events.at[i];
        if (event->kind != EVENT_USE || event->is_part || event->brackets != self->trailer_depth)
            continue;
        event->kind = EVENT_STORE;
        if (is_debug(self, event->start, event->end))
            refuse(self, REFUSED_MEANING, event->start, event->end,
                   use == TARGET_DELETE ? 310 : ANY_VERSION, NO_VERSION,
                   "`__debug__` cannot be assigned to");
    }
}

// Takes over from an element of a tuple or list what makes it a bad target.
void add_element(Expr *whole, const Expr *element) {
    if (element->bad_kind != EXPR_NOTHING && whole->bad_kind == EXPR_NOTHING) {
        whole->bad_kind = element->bad_kind;
        whole->bad_start = element->bad_start;
        whole->bad_end = element->bad_end;
    }
    if (element->kind == EXPR_STAR) {
        if (whole->has_star && whole->second_star == 0) whole->second_star = element->start;
        if (!whole->has_star) {
            whole->star_start = element->start;
            whole->star_end = element->end;
        }
        whole->has_star = true;
    } else if (whole->second_star == 0) {
        whole->second_star = element->second_star;
    }
}
