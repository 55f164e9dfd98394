// What the user asked for, as the checks see it: one value per file, the same for all files under
// one configuration.

#ifndef ASYNCLINT_RULE_SETTINGS_H
#define ASYNCLINT_RULE_SETTINGS_H

#include "base/hash.h"

typedef struct StrList {
    const Str *at;
    uint32_t count;
} StrList;

// Python versions are compared as numbers: 3.7 is PYTHON(3, 7).
#define PYTHON(major, minor) ((major)*100 + (minor))

typedef enum Convention {
    CONVENTION_NONE,
    CONVENTION_GOOGLE,
    CONVENTION_NUMPY,
    CONVENTION_PEP257,
} Convention;

typedef struct Settings {
    int target_version; // PYTHON(3, 7) unless set
    uint32_t max_line_length;
    uint32_t max_doc_length; // 0: off
    uint32_t max_file_lines; // 0: off
    bool hang_closing;
    Convention convention;   // of docstrings, pydocstyle's
    bool skips_edits;        // nobody asks how findings are mended
    bool ignore_noqa;        // comments suppress nothing
    bool pycodestyle_noqa;   // the drop-in command: `# noqa` holds exactly where pycodestyle 2.5.0
                             // honours it, and nothing else suppresses
    StrList hand_out_files;  // file name patterns, "main.py", "[0-9]*-main.py"
    StrList foreign_editors; // file and folder name patterns
    StrList blocking_calls;  // patterns of full names; behind `->` what to use instead
    StrList non_blocking_calls;   // patterns of full names, stronger than what is known to block
    StrList thread_calls;         // patterns of full names: what they are given runs in a thread
    StrList generator_decorators; // names: they make something else of an async generator
    StrList awaitless_decorators; // patterns of full names, for ASYNC124
    StrList startable_calls;      // names, for ASYNC113 and ASYNC114

    // Docstrings, as pydocstyle's options of the same names.
    Str match;                   // regular expression for the names of the files to check
    Str match_dir;               // and for the names of the folders they are in
    Str ignore_decorators;       // regular expression: what is decorated so is left alone
    StrList property_decorators; // exact names
    bool ignore_self_only_init;  // no D107 for an `__init__` without other parameters

    // Annotations, as flake8-annotations' options of the same names. Of a list, NULL is its
    // default.
    bool suppress_none_returning;
    bool suppress_dummy_args;
    bool allow_untyped_defs;
    bool allow_untyped_nested;
    bool mypy_init_return;
    bool allow_star_arg_any;
    bool respect_type_ignore;
    bool group_annotations;      // one finding for each function, naming all that it lacks
    StrList dispatch_decorators; // "singledispatch", "singledispatchmethod"
    StrList overload_decorators; // "overload"

    const uint8_t
        *severities; // of every rule, by Rule number (rule/registry.h); SEVERITY_OFF: not asked for
} Settings;

// The same for settings that let every check say the same.
Hash128 settings_hash(const Settings *self);

#endif
