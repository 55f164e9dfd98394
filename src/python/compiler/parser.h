// What the parts of the parser share. For the files of this folder alone.
//
// One token of look-ahead, recursive descent; the depth of the recursion is bounded by the limits
// that the compiler has itself (100 blocks, 200 brackets) and by MOST_LAMBDAS. After a refusal the
// lexer hands out LEX_END for ever, so that every loop that needs a token to go on ends.

#ifndef ASYNCLINT_PYTHON_COMPILER_PARSER_H
#define ASYNCLINT_PYTHON_COMPILER_PARSER_H

#include "python/compiler/lexer.h"
#include "python/compiler/nodes.h"

enum { MOST_LAMBDAS = 100, MOST_FIELDS = 100 };

typedef enum ScopeKind {
    SCOPE_MODULE,
    SCOPE_CLASS,
    SCOPE_FUNCTION,
    SCOPE_LAMBDA,
    SCOPE_COMPREHENSION, // list, set or dict
    SCOPE_GENERATOR,
} ScopeKind;

typedef struct Scope {
    uint32_t parent; // index, smaller than its own but for the module's, which is 0
    uint8_t kind;    // ScopeKind
    bool is_async;   // an async def; of a comprehension: it has an `async for` or an await
    bool has_yield;
    uint8_t zone; // Zone that it was opened in
    // Of a comprehension, where it or one inside it waits; `wait_end` 0: nowhere.
    uint32_t wait_start, wait_end;
} Scope;

// Where expressions are not simply run.
typedef enum Zone {
    ZONE_NONE,
    ZONE_UNCOMPILED, // annotation of a variable in a function: looked at, never run
    ZONE_TEXT,       // annotation under `from __future__ import annotations`
    ZONE_GENERIC,    // bounds, bases and annotations of what has type parameters; a type's alias
} Zone;

typedef enum EventKind {
    // Of a name:
    EVENT_USE,
    EVENT_STORE,
    EVENT_IMPORT,
    EVENT_PARAMETER,
    EVENT_GLOBAL,
    EVENT_NONLOCAL,
    EVENT_ANNOTATE,
    EVENT_WALRUS,
    // Of something else:
    EVENT_IMPORT_STAR,
    EVENT_AWAIT,
    EVENT_ASYNC_FOR, // the statement
    EVENT_ASYNC_WITH,
    EVENT_ASYNC_CLAUSE, // `async for` of a comprehension
    EVENT_YIELD,
    EVENT_YIELD_FROM,
    EVENT_RETURN,
    EVENT_RETURN_VALUE,
} EventKind;

// What happens in which scope, in the order of the text. Scopes are only known for certain when a
// comprehension's `for` has been seen behind its element, so they are looked at after the parse.
typedef struct Event {
    uint32_t start, end;
    uint32_t scope;
    uint8_t kind;
    uint8_t zone;
    bool is_dead;      // in a branch that 3.7 may leave out
    bool is_part;      // a name with a trailer behind it, or inside brackets of one: no target
    uint32_t brackets; // depth of call and subscript brackets around it
} Event;

typedef enum ExprKind {
    EXPR_NAME,
    EXPR_ATTRIBUTE,
    EXPR_SUBSCRIPT,
    EXPR_STAR,
    EXPR_TUPLE,
    EXPR_LIST,
    EXPR_CALL,
    EXPR_STRING,
    EXPR_BYTES,
    EXPR_FSTRING,
    EXPR_NUMBER,
    EXPR_CONSTANT, // None, True, False
    EXPR_ELLIPSIS,
    EXPR_OPERATION,
    EXPR_COMPARISON,
    EXPR_CONDITIONAL,
    EXPR_LAMBDA,
    EXPR_GENERATOR,
    EXPR_COMPREHENSION,
    EXPR_DISPLAY, // dict or set
    EXPR_AWAIT,
    EXPR_YIELD,
    EXPR_WALRUS,
    EXPR_WITH_ITEMS, // a parenthesis with `as` in it
    EXPR_NOTHING,
} ExprKind;

typedef struct Expr {
    uint32_t start, end;
    uint8_t kind; // ExprKind
    bool in_parens;
    bool is_dotted;    // a name or attributes of a name
    bool is_decorator; // that, or one call of it
    // The first part that cannot be assigned to; kind EXPR_NOTHING: all can.
    uint8_t bad_kind;
    uint32_t bad_start, bad_end;
    bool has_star; // a starred element of this tuple or list
    uint32_t star_start, star_end;
    uint32_t second_star; // start of a further one, or 0
} Expr;

// What is around a statement, within its function or class body.
typedef struct Surroundings {
    bool in_loop;
    bool in_finally;          // a `finally` body, and no loop in between
    bool in_except_star;      // the same of `except*`
    bool in_except_star_body; // whether or not there is a loop
    bool in_dead_branch;      // under a condition without names
    uint32_t nested_blocks;   // loops, handlers and with items
} Surroundings;

typedef struct Parser {
    Lexer lexer;
    Arena *arena;
    Refusals *refusals;
    Lex now;           // not consumed yet
    uint32_t last_end; // of the token consumed last
    VEC(Scope) scopes;
    VEC(Event) events;
    uint32_t scope;
    uint32_t trailer_depth; // call and subscript brackets
    uint32_t lambda_depth, field_depth;
    Surroundings around;
    uint8_t zone;
    bool has_future_annotations;
    bool may_import_future;
    bool is_first_statement;
    bool with_allows_as; // the next parenthesis may hold `as`
    bool has_with_items; // and did
    NodeMaker make;
    uint32_t judged;     // of the refusals: what came before leaves the text a Python program
    uint32_t type_start; // where an annotation begins, or part of one; its `x[…]` is a generic type
} Parser;

// ---- parser.c ----

void advance(Parser *self);
bool accept(Parser *self, Lexeme kind);
bool expect(Parser *self, Lexeme kind, const char *what); // refuses where it is not there
void refuse_now(Parser *self);                            // the token does not fit
const char *lex_text(Parser *self, Lex token);

// Whether all so far has a tree. Newer syntax and a misplaced `await` have one all the same; what
// is no Python is the grammar's.
bool is_understood(Parser *self);

static inline bool is_at(const Parser *self, Lexeme kind) {
    return self->now.kind == kind;
}
static inline Str parser_text(const Parser *self, uint32_t start, uint32_t end) {
    return str_slice(self->lexer.text, start, end);
}
Lexeme kind_behind(const Parser *self);             // of the token behind `now`
bool is_word(const Parser *self, const char *text); // a name that is a soft keyword here

// Refuses and goes on parsing: in versions `from` <= v < `before`.
__attribute__((format(printf, 7, 8))) void refuse(Parser *self, RefusalKind kind, uint32_t start,
                                                  uint32_t end, int from, int before,
                                                  const char *format, ...);
// Understood from `version` on.
void since(Parser *self, int version, uint32_t start, uint32_t end, const char *construct);

void record(Parser *self, EventKind kind, uint32_t scope, uint32_t start, uint32_t end);
uint32_t open_scope(Parser *self, ScopeKind kind, uint32_t parent, bool is_async);

// A node from byte `start` to the token consumed last, around all since the mark `nodes`.
static inline void end_node(Parser *self, NodeKind kind, uint32_t nodes, uint32_t start) {
    add_node(&self->make, kind, nodes, start, self->last_end);
}

// ---- expressions.c ----

Expr leaf(const Parser *self, ExprKind kind, uint32_t start); // up to the token consumed last
Expr target_leaf(const Parser *self, ExprKind kind, uint32_t start);
const char *expr_words(ExprKind kind);
bool starts_expression(const Parser *self);
Expr parse_test(Parser *self);         // `expression` of the grammar
Expr parse_named_test(Parser *self);   // also `name := …`
Expr parse_disjunction(Parser *self);  // below a conditional expression
Expr parse_operand(Parser *self);      // below comparison: what may be starred or a target
Expr parse_star_or_test(Parser *self); // an element of a display or of a tuple
void parse_type(Parser *self);         // an annotation
Expr parse_tuple(Parser *self, int star_version); // elements with commas; stars from that version
Expr parse_tuple_or_yield(Parser *self, int star_version);
Expr parse_target_list(Parser *self); // of for and del
Expr parse_target_list_item(Parser *self);

// ---- trailers.c ----

void add_atom(Parser *self, NodeKind kind); // a node for the token, which it moves behind
NodeKind constant_kind(Lexeme kind);        // None, True, False
Expr parse_primary(Parser *self);
void parse_arguments(Parser *self, bool is_class);

// ---- displays.c ----

Expr parse_paren(Parser *self);
Expr parse_list(Parser *self);
Expr parse_braces(Parser *self);
bool at_comprehension(const Parser *self);
void parse_clauses(Parser *self, ScopeKind kind, uint32_t mark, uint32_t scope_mark);
void parse_as_target(Parser *self, Expr (*parse)(Parser *)); // from `as` on

// ---- parameters.c ----

void parse_parameters(Parser *self, uint32_t scope, Lexeme closer, bool is_generic);
// Sets the zone for an annotation that comes next; returns the one to go back to.
uint8_t enter_annotation(Parser *self, bool is_generic);

// ---- targets.c ----

typedef enum TargetUse { TARGET_ASSIGN, TARGET_FOR, TARGET_WITH, TARGET_DELETE } TargetUse;

// `target` is stored to: refuses what cannot be, and records the names. `mark` is the number of
// events before it was parsed.
void take_target(Parser *self, const Expr *target, uint32_t mark, TargetUse use);
void add_element(Expr *whole, const Expr *element);
void store_name(Parser *self, Lex name, EventKind kind, uint32_t scope);
bool is_debug(Parser *self, uint32_t start, uint32_t end);

// ---- statements.c ----

void parse_file(Parser *self);
void parse_block(Parser *self, const char *after);
void parse_for(Parser *self);
void parse_with(Parser *self);
void refuse_meaning(Parser *self, uint32_t start, uint32_t end, const char *what);
// A node around all since the mark `nodes` that ends with the last one.
void end_with_last(Parser *self, NodeKind kind, uint32_t nodes, uint32_t start);

// ---- imports.c ----

void parse_import(Parser *self);
NodeKind parse_import_from(Parser *self); // the kind of statement
Lex parse_name(Parser *self);

// ---- definitions.c ----

void parse_def(Parser *self, bool is_async);
void parse_class(Parser *self);
NodeKind parse_async(Parser *self); // the statement's kind
void parse_decorated(Parser *self);
// `type X = …` and `type X[T] = …`, from the name on.
void parse_type_alias(Parser *self, uint32_t start);

// ---- strings.c, patterns.c, scopes.c ----

Expr parse_strings(Parser *self);
void parse_match(Parser *self);
void check_scopes(Parser *self);

#endif
