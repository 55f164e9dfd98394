// What one file tells other files: all that the project step (src/project) knows of it.
//
// A summary is made from the file alone and holds no pointer into it: flat arrays of small records
// that refer to each other by index, and one table of names. What a value *is* stands in it as a
// name in the notation of facts/names.h (":load()", ".db.query"); only the project can say what
// that means. Positions are kept, so that findings need no source.

#ifndef ASYNCLINT_FACTS_SUMMARY_H
#define ASYNCLINT_FACTS_SUMMARY_H

#include "facts/file.h"
#include "facts/uses.h"

// Index into `names`; 0 is the empty name: it cannot be told.
typedef uint32_t NameId;

enum { NO_INDEX = UINT32_MAX };

// Where something stands. Columns above 65535 are clipped.
typedef struct Place {
    uint32_t start, end;         // bytes of the text
    uint32_t line;               // 1-based
    uint16_t column, end_column; // 1-based, in code points
    uint16_t more_lines;         // how many lines further it ends
} Place;

typedef enum FunctionFlag {
    FUNCTION_ASYNC = 1 << 0,
    FUNCTION_YIELDS = 1 << 1,
    FUNCTION_LAMBDA = 1 << 2,
    FUNCTION_AWAITS = 1 << 3,  // await, async for, async with, asynchronous comprehension
    FUNCTION_TRIVIAL = 1 << 4, // nothing but a docstring, pass, ..., raise, return of a constant
    FUNCTION_RETURNS = 1 << 5, // some `return` has a value other than None
    FUNCTION_PROBES_LOOP = 1 << 6,    // asks whether a loop runs
    FUNCTION_ABSTRACT = 1 << 7,       // has a decorator whose name ends with "abstractmethod"
    FUNCTION_PROBES_THREAD = 1 << 8,  // asks in which thread it runs
    FUNCTION_HOLDS = 1 << 9,          // yields where there is something to clean up
    FUNCTION_RETURNS_FIRST = 1 << 10, // all its returns give its first parameter
} FunctionFlag;

typedef struct FunctionInfo {
    NameId name;                               // qualified
    NameId returned;                           // what all its returns give, None apart
    NameId annotation;                         // the class that its return annotation names
    uint32_t class;                            // whose method it is, or NO_INDEX
    uint32_t outer;                            // the function around it, or NO_INDEX
    uint32_t first_decorator, decorator_count; // into `decorators`, from the outermost inwards
    uint16_t flags;                            // FunctionFlag
    Place place;                               // of its name
    uint32_t end;                              // of its body, in bytes of the text
} FunctionInfo;

typedef struct ClassInfo {
    NameId name;                     // qualified
    uint32_t first_base, base_count; // into `bases`
    uint32_t first_attribute, attribute_count;
    bool has_decorators, has_keywords; // a metaclass, for one
    Place place;                       // of its name
} ClassInfo;

// What stands in the brackets behind a base: T of `class Rows(Table[T])`.
typedef struct TypeArgument {
    uint32_t base; // into `bases`
    NameId name;   // of the class, or of the type variable
} TypeArgument;

typedef struct AttributeInfo {
    NameId name;          // "x" of `self.x = …`
    NameId value;         // 0 where one assignment cannot be told
    uint32_t class : 31;  // its index
    uint32_t is_made : 1; // what is assigned is a call
} AttributeInfo;

// A name of the module other than a function or class that is defined once.
typedef struct ExportInfo {
    NameId name, value;
} ExportInfo;

// What stands as first argument of a call.
typedef enum Shape {
    SHAPE_NONE,
    SHAPE_OTHER,
    SHAPE_LIST, // a list, tuple or set, displayed or as a comprehension
    SHAPE_GENERATOR,
    SHAPE_AWAIT,          // `f(await x)`
    SHAPE_STARRED,        // `f(*xs)`
    SHAPE_STARRED_AWAITS, // `f(*[await x for …])`, `f(*[await x, …])`
    SHAPE_LAMBDA,
} Shape;

typedef enum SiteFlag {
    SITE_CALL = 1 << 0,         // else a reference: `f` in `run(f)`
    SITE_IN_LOOP = 1 << 1,      // uses.h
    SITE_AT_IMPORT = 1 << 2,    // runs when the module is imported
    SITE_UNUSED = 1 << 3,       // USE_ASSIGNED to a local name that nothing reads
    SITE_FROM_SELF = 1 << 4,    // a call of `self.method` or, further on, `self.x.method`
    SITE_GUARDED = 1 << 5,      // in a `try` with a handler for RuntimeError, or in such a handler
    SITE_SAME_OBJECT = 1 << 6,  // a method of a local variable's object, which a loop around the
                                // call keeps, or which the same function calls it on elsewhere
    SITE_STARRED_CALL = 1 << 7, // the call has `*x` or `**x` among its arguments
    SITE_ON_SELF = 1 << 8,      // a call of `self.method`
    SITE_USED_UP = 1 << 9,      // a local name's coroutine, awaited or scheduled before on this way
    SITE_EXPECTS_TYPE_ERROR = 1 << 10, // in a block of a test that is to raise TypeError
    SITE_EXPECTS_REFUSAL = 1 << 11,    // or to raise ValueError, AttributeError, RuntimeError
    SITE_LEFT_EARLY = 1 << 12,         // an `async for` over it is left by break or return
} SiteFlag;

// A place where a value with a name is made or used: each call, and each reference whose use says
// something.
typedef struct Site {
    NameId name;       // of the value
    NameId callee;     // of a call, or of what is tested or compared: the name without its last
                       // "()"; else 0
    uint32_t function; // that runs it, or NO_INDEX
    uint32_t region;   // the innermost one around it, or NO_INDEX
    uint32_t by;       // USE_ARGUMENT, USE_STARRED, USE_ELEMENT of an argument: the call's site;
                       // USE_ATTRIBUTE: the attribute's NameId
    NameId keyword;    // of an argument, or of the one that it is an element of; or 0
    uint16_t position; // of a positional argument, from 0; of an element of `args=(x, y)`
    uint16_t flags;    // SiteFlag
    uint8_t use;       // UseKind
    uint8_t shape;     // Shape
    uint8_t argument_count;
    Place place;
} Site;

// The body of `with x` or `async with x`.
typedef struct Region {
    NameId name; // of x
    uint32_t function;
    uint32_t outer; // the region around it, in the same function, or NO_INDEX
    bool is_async;
    bool is_on_self; // x is `self.attribute`
    bool awaits;     // the body has an await, async for, async with or yield of the same function
    Place place;     // of x
    uint32_t end;    // of the body, in bytes of the text
} Region;

// facts/late_writes.h
typedef struct LateWrite {
    NameId name; // as it is written: "self.x", "CACHE"
    uint32_t function;
    bool is_attribute; // of self; else a variable of the module
    Place place;       // of the assignment
} LateWrite;

#define SUMMARY_LIST(T)                                                                            \
    struct {                                                                                       \
        T *at;                                                                                     \
        uint32_t len, cap;                                                                         \
    }

typedef struct Summary {
    Str path;
    SUMMARY_LIST(Str) names;
    SUMMARY_LIST(FunctionInfo) functions;
    SUMMARY_LIST(ClassInfo) classes;
    SUMMARY_LIST(AttributeInfo) attributes; // by class
    SUMMARY_LIST(NameId) decorators;
    SUMMARY_LIST(NameId) bases;
    SUMMARY_LIST(TypeArgument) type_arguments; // by base
    SUMMARY_LIST(ExportInfo) exports;
    SUMMARY_LIST(NameId) stars; // modules of `from m import *`
    SUMMARY_LIST(Site) sites;   // in document order
    SUMMARY_LIST(Region) regions;
    SUMMARY_LIST(LateWrite) late_writes;
    SUMMARY_LIST(uint16_t) loose_words;
} Summary;

// The lists of plain records: all but `names` and `loose_words`. Whoever adds one to Summary brings
// it here.
#define SUMMARY_EACH_LIST(DO)                                                                      \
    DO(functions)                                                                                  \
    DO(classes)                                                                                    \
    DO(attributes)                                                                                 \
    DO(decorators)                                                                                 \
    DO(bases)                                                                                      \
    DO(type_arguments) DO(exports) DO(stars) DO(sites) DO(regions) DO(late_writes)
_Static_assert(sizeof(Summary) == sizeof(Str) + 13 * 16, "SUMMARY_EACH_LIST must name every list");

// Some values go where no site tells: they are returned, stored, put into a list, or are attributes
// of an unknown object. `loose_words` has the last words of their names ("queue" of `x.queue`),
// each once, as these hashes: whoever has to know all that is done with a value of that name
// cannot.
uint16_t word_hash(Str word);

// Made from the tree; lives in `arena` and keeps nothing of `file`.
Summary *summary_make(File *file, Arena *arena);

// The same again in `arena`, with no room to grow, and names that are parts of others as views of
// those.
Summary *summary_copy(const Summary *self, Arena *arena);

// Most names are parts of one that was interned just before: "f" of "f()", "x" of "f().x".
typedef enum NameForm {
    NAME_WHOLE,
    NAME_BEGINS_LAST,     // the beginning of the name before
    NAME_BEGINS_LAST_BUT, // of the one before that
    NAME_ENDS_LAST,       // the end of the name before
} NameForm;

NameForm name_form(const Summary *self, NameId id);

// The view of a name before `id` that such a name of `len` bytes is; empty where that one is
// shorter.
Str name_part(const Summary *self, NameId id, NameForm form, uint32_t len);

#endif
