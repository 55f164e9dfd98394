// What `asynclint score` measures and shows: for each project folder a row of marks per file, one
// for each requirement.

#ifndef ASYNCLINT_CLI_SCORE_CARD_H
#define ASYNCLINT_CLI_SCORE_CARD_H

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "source/word_count.h"

typedef struct Requirement {
    const char *name;       // in JSON
    const char *heading[2]; // of its column
    const char *words;      // of the project page
    const char *codes;      // beginnings of the codes that measure it, separated by commas
    const char *but;        // beginnings that do not, among those; NULL: none
    bool of_folder;         // of a project folder as a whole, not of its files
    bool of_any_file;       // also of files that are not Python
    bool wants_tree;        // cannot be told of a file that does not parse
} Requirement;

extern const Requirement requirements[];
enum { REQUIREMENT_COUNT = 12 };

typedef enum Mark {
    MARK_NONE,    // the requirement says nothing about it, or its rules are off
    MARK_UNKNOWN, // cannot be told: the file does not parse, or cannot be read
    MARK_MET,
    MARK_MISSED,
} Mark;

typedef struct ScoreRow {
    Str path;       // as it is shown
    WordCount size; // of a file
    bool is_folder; // the row of the project folder itself
    bool is_hand_out;
    uint8_t marks[REQUIREMENT_COUNT]; // Mark
} ScoreRow;

typedef struct ScoreProject {
    Str root;
    VEC(ScoreRow) rows; // the folder's own first, then the files by path
    Map row_of;         // a file's path -> index into `rows`
} ScoreProject;

typedef VEC(ScoreProject) ScoreCard;

// Over the rows that are not handed out: how many there are that a requirement says something
// about, and how many miss it.
typedef struct Tally {
    uint32_t asked, missed;
} Tally;

Tally score_tally(const ScoreProject *project, uint32_t requirement);

// The same bytes in every locale.
void score_write_text(Buf *out, const ScoreCard *card);
void score_write_json(Buf *out, const ScoreCard *card);

#endif
