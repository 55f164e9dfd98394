// Continuation lines hang by four columns below an opening line, or stand under what they continue.
//
// The check goes through a logical line's tokens once. For each depth of brackets it knows the
// column that lines have to stand at, and how far they hang below the line with the bracket.

#include "base/vec.h"
#include "rule/layout.h"
#include "rule/style.h"

enum { E121, E122, E123, E124, E125, E126, E127, E128, E129, E131, E133 };

static const Rule rules[] = {
    [E121] =
        {
            .code = "E121",
            .name = "under-indented-hanging-line",
            .summary = "continuation line under-indented for hanging indent",
            .why = "Four columns show that a line goes on.",
            .bad = "sizes = [\n   1,\n]\n",
            .good = "sizes = [\n    1,\n]\n",
            .sources = "pycodestyle E121",
            .fix = FIX_UNSAFE,
            .selectable = true,
        },
    [E122] =
        {
            .code = "E122",
            .name = "outdented-continuation-line",
            .summary = "continuation line missing indentation or outdented",
            .why = "A continuation line without indentation looks like a statement of its own.",
            .bad = "sizes = [\n1,\n]\n",
            .good = "sizes = [\n    1,\n]\n",
            .sources = "pycodestyle E122",
            .fix = FIX_UNSAFE,
        },
    [E123] =
        {
            .code = "E123",
            .name = "closing-bracket-not-at-opening-line",
            .summary = "closing bracket does not match indentation of opening bracket's line",
            .why = "A closing bracket at the column where its line began closes the picture, too.",
            .bad = "sizes = [\n    1,\n    ]\n",
            .good = "sizes = [\n    1,\n]\n",
            .sources = "pycodestyle E123",
            .fix = FIX_UNSAFE,
            .selectable = true,
        },
    [E124] =
        {
            .code = "E124",
            .name = "closing-bracket-not-at-visual-indent",
            .summary = "closing bracket does not match visual indentation",
            .why = "Where the lines stand under the first item, the closing bracket does, too.",
            .bad = "print(1,\n      2\n)\n",
            .good = "print(1,\n      2\n      )\n",
            .sources = "pycodestyle E124",
            .fix = FIX_UNSAFE,
        },
    [E125] =
        {
            .code = "E125",
            .name = "continuation-line-like-next-block",
            .summary = "continuation line with same indent as next logical line",
            .why = "A condition's second line at the indentation of the body looks like the body.",
            .bad = "if ready(\n    1):\n    start()\n",
            .good = "if ready(\n        1):\n    start()\n",
            .sources = "pycodestyle E125",
            .fix = FIX_UNSAFE,
        },
    [E126] =
        {
            .code = "E126",
            .name = "over-indented-hanging-line",
            .summary = "continuation line over-indented for hanging indent",
            .why = "Four columns show that a line goes on; more look like a deeper level.",
            .bad = "sizes = [\n        1,\n]\n",
            .good = "sizes = [\n    1,\n]\n",
            .sources = "pycodestyle E126",
            .fix = FIX_UNSAFE,
            .selectable = true,
        },
    [E127] =
        {
            .code = "E127",
            .name = "over-indented-visual-line",
            .summary = "continuation line over-indented for visual indent",
            .why = "Arguments that stand exactly under the first one are seen to belong together.",
            .bad = "print(1,\n        2)\n",
            .good = "print(1,\n      2)\n",
            .sources = "pycodestyle E127",
            .fix = FIX_UNSAFE,
        },
    [E128] =
        {
            .code = "E128",
            .name = "under-indented-visual-line",
            .summary = "continuation line under-indented for visual indent",
            .why = "Arguments that stand exactly under the first one are seen to belong together.",
            .bad = "print(1,\n    2)\n",
            .good = "print(1,\n      2)\n",
            .sources = "pycodestyle E128",
            .fix = FIX_UNSAFE,
        },
    [E129] =
        {
            .code = "E129",
            .name = "visual-line-like-next-block",
            .summary = "visually indented line with same indent as next logical line",
            .why = "A condition's second line at the indentation of the body looks like the body.",
            .bad = "if (first or\n    second):\n    start()\n",
            .good = "if (first or\n        second):\n    start()\n",
            .sources = "pycodestyle E129",
            .fix = FIX_UNSAFE,
        },
    [E131] =
        {
            .code = "E131",
            .name = "unaligned-hanging-line",
            .summary = "continuation line unaligned for hanging indent",
            .why = "Items of one level stand at one column.",
            .bad = "sizes = [\n    1,\n      2,\n]\n",
            .good = "sizes = [\n    1,\n    2,\n]\n",
            .sources = "pycodestyle E131",
            .fix = FIX_UNSAFE,
        },
    [E133] =
        {
            .code = "E133",
            .name = "closing-bracket-without-indentation",
            .summary = "closing bracket is missing indentation",
            .why = "With the setting `hang-closing` a closing bracket is indented like the lines\n"
                   "before it.",
            .no_example = "it needs the setting `hang-closing`",
            .sources = "pycodestyle E133",
            .fix = FIX_UNSAFE,
            .selectable = true,
        },
};

// ---- What the scan knows ----

// What stands at a column and may be lined up with: a place for it, any string, or that token.
enum { CHANCE_NONE = 0, CHANCE_TOKEN = 1, CHANCE_ANY = UINT32_MAX, CHANCE_STRING = UINT32_MAX - 1 };

// The indentations of the rows that opened brackets at one depth, relative to the statement's.
typedef struct OpenRows {
    int32_t oldest;
    VEC(int32_t) recent; // different ones, the latest last
} OpenRows;

typedef struct Level {
    uint32_t indent; // the column to stand at; 0 while none is known
    int32_t hang;    // 0 while none is known
} Level;

// Kept over a file's logical lines for its memory.
typedef struct State {
    uint32_t *chances; // by column: a CHANCE or CHANCE_TOKEN + a token's index
    uint32_t columns;  // how many there are
    uint32_t top;      // columns from here on have no chance
    int32_t *relative; // by row: its indentation relative to the statement's
    uint32_t rows;
    VEC(Level) levels;
    VEC(OpenRows) open_rows; // by depth
    VEC(uint32_t) brackets;  // the rows of the brackets that are open
} State;

typedef struct Scan {
    Pass *pass;
    const LogicalLine *line;
    const Lines *lines;
    State *state;
    LineCursor cursor;
    uint32_t first_row, row, depth;
    uint32_t last_column; // where the last continuation line starts
    bool indents_next;    // a block follows
    uint32_t visual;      // the chance that the last continuation line took
} Scan;

static uint32_t column_of(Scan *scan, const Token *token) {
    const Lines *lines = scan->lines;
    if (lines->is_ascii) return token->start - lines->starts[token->start_line];
    return lines_position_from(lines, &scan->cursor, token->start).column - 1;
}

static uint32_t indent_of(const Lines *lines, const Token *token) {
    Str line = token_line(lines, token);
    bool is_one_row = token->start_line == token->end_line;
    return line.len > 0 && is_one_row ? line_indent(lines, token->end_line) : expand_indent(line);
}

// ---- Chances ----

static void set_chance(State *state, uint32_t column, uint32_t chance) {
    if (column >= state->columns) return;
    for (; state->top <= column; state->top++)
        state->chances[state->top] = CHANCE_NONE;
    state->chances[column] = chance;
}

static uint32_t chance_at(const State *state, uint32_t column) {
    return column < state->top ? state->chances[column] : CHANCE_NONE;
}

static bool has_chances(const State *state) {
    for (uint32_t i = 0; i < state->top; i++)
        if (state->chances[i] != CHANCE_NONE) return true;
    return false;
}

static bool is_same_text(const Scan *scan, uint32_t chance, const Token *token) {
    if (chance == CHANCE_NONE || chance == CHANCE_ANY || chance == CHANCE_STRING) return false;
    const Token *other = &scan->line->tokens[chance - CHANCE_TOKEN];
    return str_eq(token_text(scan->lines, other), token_text(scan->lines, token));
}

// ---- Rows that open brackets ----

static void add_open_row(Scan *scan, uint32_t depth) {
    OpenRows *rows = &scan->state->open_rows.at[depth];
    int32_t indent = scan->state->relative[scan->row];
    if (rows->recent.len == 0) rows->oldest = indent;
    if (rows->recent.len > 0 && vec_last(&rows->recent) == indent) return;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < rows->recent.len; i++)
        if (rows->recent.at[i] != indent) rows->recent.at[kept++] = rows->recent.at[i];
    rows->recent.len = kept;
    vec_push(scan->pass->arena, &rows->recent, indent);
}

// How far the row hangs below the latest row that opened a bracket where it may do so, else below
// the first one.
static int32_t find_hang(const Scan *scan, bool *is_hanging) {
    const OpenRows *rows = &scan->state->open_rows.at[scan->depth];
    int32_t indent = scan->state->relative[scan->row];
    for (uint32_t i = rows->recent.len; i > 0; i--) {
        int32_t hang = indent - rows->recent.at[i - 1];
        *is_hanging = hang == 4 || (hang == 8 && scan->line->indent_char == '\t');
        if (*is_hanging) return hang;
    }
    return indent - rows->oldest;
}

// ---- A continuation line's first token ----

// Puts the token at `column`, where it is the only mistake. A closing bracket stands below the row
// that opened it, what is inside four columns behind that.
static void report_line(Scan *scan, const Token *token, int rule, int32_t column,
                        const char *what) {
    Finding *finding = report(scan->pass, &rules[rule], token_span(token), "%s", what);
    if (column >= 0) edit_indentation(scan->pass, finding, scan->line, token, (uint32_t)column);
}

static int32_t hanging_column(const Scan *scan, int32_t hang) {
    const OpenRows *rows = &scan->state->open_rows.at[scan->depth];
    return (int32_t)scan->line->indent_level + rows->oldest + hang;
}

// The column of what follows the bracket on its row; `inside` where there is no bracket or nothing.
static int32_t visual_column(const Scan *scan, int32_t inside) {
    uint32_t indent = scan->state->levels.at[scan->depth].indent;
    return scan->depth > 0 && indent != 0 ? (int32_t)indent : inside;
}

static void report_broken(Scan *scan, const Token *token, int32_t hang, bool closes) {
    Level *level = &scan->state->levels.at[scan->depth];
    int32_t inside = hanging_column(scan, closes ? 0 : 4);
    int32_t visual = visual_column(scan, inside);
    if (hang <= 0) {
        report_line(scan, token, E122, visual,
                    "continuation line missing indentation or outdented");
    } else if (level->indent != 0) {
        report_line(scan, token, E127, visual, "continuation line over-indented for visual indent");
    } else if (!closes && level->hang != 0) {
        report_line(scan, token, E131, hanging_column(scan, level->hang),
                    "continuation line unaligned for hanging indent");
    } else {
        level->hang = hang;
        if (hang > 4)
            report_line(scan, token, E126, inside,
                        "continuation line over-indented for hanging indent");
        else
            report_line(scan, token, E121, inside,
                        "continuation line under-indented for hanging indent");
    }
}

static void begin_row(Scan *scan, const Token *token, uint32_t column) {
    Level *level = &scan->state->levels.at[scan->depth];
    int32_t *relative = &scan->state->relative[scan->row];
    bool hang_closing = scan->pass->settings->hang_closing, closes = token_closes(token);
    bool is_hanging = false;
    scan->last_column = column;
    *relative = (int32_t)indent_of(scan->lines, token) - (int32_t)scan->line->indent_level;
    int32_t hang = find_hang(scan, &is_hanging);
    if (level->hang != 0) is_hanging = hang == level->hang;
    scan->visual = !closes && hang > 0 ? chance_at(scan->state, column) : CHANCE_NONE;

    if (closes && level->indent != 0) {
        if (column != level->indent)
            report_line(scan, token, E124, (int32_t)level->indent,
                        "closing bracket does not match visual indentation");
    } else if (closes && hang == 0) {
        if (hang_closing)
            report_line(scan, token, E133, hanging_column(scan, 4),
                        "closing bracket is missing indentation");
    } else if (level->indent != 0 && column < level->indent) {
        if (scan->visual != CHANCE_ANY)
            report_line(scan, token, E128, visual_column(scan, hanging_column(scan, 4)),
                        "continuation line under-indented for visual indent");
    } else if (is_hanging || (scan->indents_next && *relative == 8)) {
        if (closes && !hang_closing)
            report_line(scan, token, E123, hanging_column(scan, 0),
                        "closing bracket does not match indentation of opening bracket's line");
        level->hang = hang;
    } else if (scan->visual == CHANCE_ANY) {
        level->indent = column;
    } else if (scan->visual != CHANCE_STRING && !is_same_text(scan, scan->visual, token)) {
        report_broken(scan, token, hang, closes);
    }
}

// ---- Any token ----

static bool is_string_prefix(const Scan *scan, const Token *token) {
    if (token->kind != TOKEN_NAME || token->end - token->start > 2) return false;
    Str text = token_text(scan->lines, token);
    return str_is(text, "u") || str_is(text, "ur") || str_is(text, "b") || str_is(text, "br");
}

static bool ends_row(const Scan *scan, const Token *token) {
    Str rest = str_slice(scan->lines->text, token->end, scan->lines->starts[token->end_line + 1]);
    return rest.len > 0 && skip_spaces(rest, 0) == rest.len;
}

static void note_chance(Scan *scan, const Token *token, uint32_t column) {
    State *state = scan->state;
    Level *level = &state->levels.at[scan->depth];
    bool opened_here = state->brackets.len > 0 && vec_last(&state->brackets) == scan->row;
    bool is_item = token->kind != TOKEN_NL && token->kind != TOKEN_COMMENT;
    if (opened_here && is_item && level->indent == 0) {
        level->indent = column;
        set_chance(state, column, CHANCE_ANY);
    } else if (token->kind == TOKEN_STRING || token->kind == TOKEN_COMMENT ||
               is_string_prefix(scan, token)) {
        set_chance(state, column, CHANCE_STRING);
    } else if (token->word == KEYWORD_IF && scan->row == 0 && scan->depth == 0 &&
               !has_chances(state)) {
        set_chance(state, column + 3, CHANCE_ANY); // `if (` is four columns wide
    } else if (token->word == OP_COLON && ends_row(scan, token)) {
        add_open_row(scan, scan->depth);
    }
}

static void open_bracket(Scan *scan) {
    State *state = scan->state;
    Arena *arena = scan->pass->arena;
    scan->depth++;
    vec_push(arena, &state->levels, (Level){0});
    if (state->open_rows.len == scan->depth) vec_push(arena, &state->open_rows, (OpenRows){0});
    add_open_row(scan, scan->depth);
    vec_push(arena, &state->brackets, scan->row);
}

static void close_bracket(Scan *scan) {
    State *state = scan->state;
    uint32_t indent = vec_last(&state->levels).indent;
    if (indent == 0) indent = scan->last_column;
    state->levels.len--;
    for (uint32_t i = 0; i < scan->depth; i++)
        if (state->levels.at[i].indent > indent) state->levels.at[i].indent = 0;
    if (state->top > indent) state->top = indent;
    if (state->open_rows.len > scan->depth + 1) state->open_rows.len = scan->depth + 1;
    scan->depth--;
    if (scan->depth > 0) set_chance(state, state->levels.at[scan->depth].indent, CHANCE_ANY);
    if (state->brackets.len > 0) state->brackets.len--;
}

static void look_at_token(Scan *scan, uint32_t index, bool is_behind_rows) {
    const Token *token = &scan->line->tokens[index];
    uint32_t row = token->start_line - scan->first_row, column = column_of(scan, token);
    bool is_line_end = token->kind == TOKEN_NL || token->kind == TOKEN_NEWLINE;
    bool begins_row = scan->row < row && !is_behind_rows && !is_line_end;
    if (scan->row < row) scan->row = row;
    if (begins_row) begin_row(scan, token, column);
    note_chance(scan, token, column);
    if (token->kind != TOKEN_OP) return;
    if (token_opens(token))
        open_bracket(scan);
    else if (token_closes(token) && scan->depth > 0)
        close_bracket(scan);
    if (chance_at(scan->state, column) == CHANCE_NONE)
        set_chance(scan->state, column, CHANCE_TOKEN + index);
}

// ---- The line ----

static void *grown(Arena *arena, void *at, uint32_t *have, uint32_t wanted, size_t element) {
    if (*have >= wanted) return at;
    *have = wanted * 2;
    return arena_alloc_raw(arena, *have * element, 16);
}

static void make_room(Scan *scan, uint32_t rows) {
    State *state = scan->state;
    Arena *arena = scan->pass->arena;
    const uint32_t *starts = scan->lines->starts + scan->first_row;
    uint32_t columns = 0;
    for (uint32_t row = 0; row < rows && scan->first_row + row < scan->lines->count; row++)
        if (starts[row + 1] - starts[row] > columns) columns = starts[row + 1] - starts[row];
    state->chances = grown(arena, state->chances, &state->columns, columns + 4, sizeof(uint32_t));
    state->relative = grown(arena, state->relative, &state->rows, rows, sizeof(int32_t));
    memset(state->relative, 0, rows * sizeof(int32_t));
    state->top = state->levels.len = state->open_rows.len = state->brackets.len = 0;
    vec_push(arena, &state->levels, (Level){0});
    vec_push(arena, &state->open_rows, (OpenRows){0});
}

// CPython refuses brackets deeper than 200, and the time would grow with their square.
static bool is_too_deep(const LogicalLine *line) {
    for (uint32_t i = 0; i < line->token_count; i++)
        if (line->tokens[i].depth == UINT8_MAX) return true;
    return false;
}

// Rows that stand where the block will stand move four columns to the right.
static void set_apart(Scan *scan, Finding *finding) {
    const LogicalLine *line = scan->line;
    if (!finding_takes_edits(finding)) return;
    for (uint32_t i = 1; i < line->token_count; i++) {
        const Token *token = &line->tokens[i], *before = token - 1;
        bool begins_row = token->start_line > before->end_line || before->kind == TOKEN_NL;
        if (!begins_row || token_is_skipped(token)) continue;
        if (indent_of(scan->lines, token) == line->indent_level + 4)
            edit_indentation(scan->pass, finding, line, token, line->indent_level + 8);
    }
}

static void look_at_end(Scan *scan) {
    const LogicalLine *line = scan->line;
    const Token *last = &line->tokens[line->token_count - 1];
    if (!scan->indents_next || indent_of(scan->lines, last) != line->indent_level + 4) return;
    int32_t column = (int32_t)scan->state->levels.at[0].indent + 4;
    Spot spot = spot_at(scan->pass, (RowColumn){last->start_line + 1, column});
    Finding *finding =
        scan->visual != CHANCE_NONE
            ? report_spot(scan->pass, &rules[E129], spot,
                          "visually indented line with same indent as next logical line")
            : report_spot(scan->pass, &rules[E125], spot,
                          "continuation line with same indent as next logical line");
    set_apart(scan, finding);
}

static void look(Pass *pass, const LogicalLine *line) {
    const Token *first = &line->tokens[0], *last = &line->tokens[line->token_count - 1];
    if (first->start_line == last->start_line || style_noqa(pass, line) || is_too_deep(line))
        return;
    Scan scan = {.pass = pass,
                 .line = line,
                 .lines = &pass->file->lines,
                 .state = pass->state,
                 .first_row = first->start_line,
                 .indents_next = str_ends_with(line->text, STR(":"))};
    uint32_t rows = 1 + last->start_line - first->start_line;
    make_room(&scan, rows);
    add_open_row(&scan, 0);
    scan.last_column = scan.state->levels.at[0].indent = column_of(&scan, first);
    bool is_behind_rows = false; // the token before stands on several rows
    for (uint32_t i = 0; i < line->token_count; i++) {
        const Token *token = &line->tokens[i];
        look_at_token(&scan, i, is_behind_rows);
        is_behind_rows = token->start_line != token->end_line;
        uint32_t end_row = token->end_line - scan.first_row;
        if (is_behind_rows && end_row < rows)
            scan.state->relative[end_row] = scan.state->relative[scan.row];
    }
    look_at_end(&scan);
}

const Check e121_continuation = {
    .rules = LIST(rules), .on_logical_line = look, .state_size = sizeof(State)};
