// Several statements stand on one line, or a lambda is given a name.

#include "python/unicode.h"
#include "rule/layout.h"
#include "rule/style.h"

enum { E701, E702, E703, E704, E731 };

static const Rule rules[] = {
    [E701] =
        {
            .code = "E701",
            .name = "statement-behind-colon",
            .summary = "multiple statements on one line (colon)",
            .why = "A body on the line of its `if` or `for` is easily overlooked, and has to be\n"
                   "moved for the next statement.",
            .bad = "if ready: start()\n",
            .good = "if ready:\n    start()\n",
            .sources = "pycodestyle E701, ruff E701, pylint C0321",
            .fix = FIX_SAFE,
        },
    [E702] =
        {
            .code = "E702",
            .name = "statement-behind-semicolon",
            .summary = "multiple statements on one line (semicolon)",
            .why = "One statement on each line: what stands behind a semicolon is overlooked.",
            .bad = "start(); stop()\n",
            .good = "start()\nstop()\n",
            .sources = "pycodestyle E702, ruff E702, pylint C0321",
            .fix = FIX_SAFE,
        },
    [E703] =
        {
            .code = "E703",
            .name = "useless-semicolon",
            .summary = "statement ends with a semicolon",
            .why = "A line's end ends a statement in Python; the semicolon does nothing.",
            .bad = "start();\n",
            .good = "start()\n",
            .sources = "pycodestyle E703, ruff E703, pylint W0301",
            .fix = FIX_SAFE,
        },
    [E704] =
        {
            .code = "E704",
            .name = "def-on-one-line",
            .summary = "multiple statements on one line (def)",
            .why = "A function's body on the line of its `def` is easily overlooked.",
            .bad = "def start(): return 0\n",
            .good = "def start():\n    return 0\n",
            .sources = "pycodestyle E704, ruff E704",
            .fix = FIX_SAFE,
            .selectable = true,
        },
    [E731] =
        {
            .code = "E731",
            .name = "named-lambda",
            .summary = "do not assign a lambda expression, use a def",
            .why = "A function made by `def` has a name that tracebacks show; a lambda that is\n"
                   "given a name has only the disadvantages.",
            .bad = "double = lambda n: 2 * n\n",
            .good = "def double(n):\n    return 2 * n\n",
            .sources = "pycodestyle E731, ruff E731, pylint C3001",
            .fix = FIX_UNSAFE,
        },
};

// ---- What a line begins with ----

// async\s+ before one of three keywords: where that keyword stands, 0 without `async`.
static uint32_t skip_async(Str text, uint32_t at) {
    if (!has_at(text, at, STR("async"))) return 0;
    uint32_t behind = skip_spaces(text, at + 5);
    return behind > at + 5 ? behind : 0;
}

// ^(async\s+def|def)\b
static bool begins_def(Str text) {
    return has_word_at(text, skip_async(text, 0), STR("def"));
}

static bool begins_block(Str text) {
    static const char *const words[] = {"def",    "for",     "if",   "elif",  "else", "try",
                                        "except", "finally", "with", "class", "while"};
    uint32_t start = skip_spaces(text, 0), behind = skip_async(text, start);
    for (uint32_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (has_word_at(text, start, str_of(words[i]))) return true;
    if (behind == 0) return false;
    return has_word_at(text, behind, STR("def")) || has_word_at(text, behind, STR("for")) ||
           has_word_at(text, behind, STR("with"));
}

// ---- Colons ----

// Where \blambda\b stands first, or the text's end.
static uint32_t find_lambda(Str text) {
    Str word = STR("lambda");
    for (uint32_t at = str_find(text, word); at < text.len;
         at += 1 + str_find(str_from(text, at + 1), word))
        if (is_word_boundary(text, at) && is_word_boundary(text, at + word.len)) return at;
    return text.len;
}

static bool is_assigned(Str text, uint32_t lambda) {
    Str before = unicode_trim_end(str_slice(text, 0, lambda));
    if (!str_ends_with(before, STR("="))) return false;
    return unicode_is_identifier(unicode_trim(str_slice(before, 0, before.len - 1)));
}

typedef struct Nesting {
    int32_t braces, brackets, parens;
} Nesting;

static void count_brackets(Nesting *nesting, Str text) {
    for (uint32_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        nesting->braces += (c == '{') - (c == '}');
        nesting->brackets += (c == '[') - (c == ']');
        nesting->parens += (c == '(') - (c == ')');
    }
}

static bool is_outside(const Nesting *nesting) {
    return nesting->braces <= 0 && nesting->brackets <= 0 && nesting->parens <= 0;
}

static uint32_t find_from(Str text, uint32_t at, char c) {
    return at + str_find_byte(str_from(text, at), c);
}

// ---- Line breaks ----

// The colon that a block begins behind; NULL where the line has none.
static const Token *block_colon(const LogicalLine *line) {
    uint32_t lambdas = 0;
    for (uint32_t i = line->first; i + 1 < line->token_count; i++) {
        const Token *token = &line->tokens[i];
        if (token->depth > 0) continue;
        lambdas += token->word == KEYWORD_LAMBDA;
        if (token->word != OP_COLON || (token[1].word == OP_ASSIGN && token->end == token[1].start))
            continue;
        if (lambdas == 0) return token;
        lambdas--;
    }
    return NULL;
}

// Breaks the line behind `mark`, where more of the statement follows on the same row. What stands
// between `from` and there goes.
static void break_behind(Pass *pass, Finding *finding, const LogicalLine *line, const Token *mark,
                         uint32_t from, uint32_t levels) {
    const Token *next = mark + 1;
    bool is_inside = next < line->tokens + line->token_count && !token_is_skipped(next) &&
                     next->kind != TOKEN_COMMENT && next->start_line == mark->end_line;
    if (!is_inside) return;
    edit_in_line(pass, finding, FIX_SAFE, line, (Span){from, next->start},
                 line_break_in(pass, line, levels));
}

// The body gets a line of its own.
static void break_at_colon(Pass *pass, Finding *finding, const LogicalLine *line, Spot spot) {
    if (!finding_takes_edits(finding)) return;
    const Token *colon = block_colon(line);
    if (colon != NULL && colon->start == spot.offset)
        break_behind(pass, finding, line, colon, colon->end, 1);
}

// The next statement gets a line of its own, but not as long as it belongs to a block that begins
// on the line.
static void break_at_semicolon(Pass *pass, Finding *finding, const LogicalLine *line, Spot spot) {
    if (!finding_takes_edits(finding)) return;
    const Token *mark = line_token(line, spot.offset);
    if (mark == NULL || mark == line->tokens || begins_block(line->text)) return;
    if (mark[-1].end_line == mark->start_line)
        break_behind(pass, finding, line, mark, mark[-1].end, 0);
}

static void drop_semicolon(Pass *pass, Finding *finding, const LogicalLine *line, Spot spot) {
    if (!finding_takes_edits(finding)) return;
    const Token *mark = line_token(line, spot.offset);
    if (mark == NULL || mark == line->tokens || mark[-1].end_line != mark->start_line) return;
    if (mark[-1].word == OP_SEMICOLON) return;
    edit_in_line(pass, finding, FIX_SAFE, line, (Span){mark[-1].end, mark->end}, STR(""));
}

// `name = lambda a, b: a + b` as a function of two lines. A comment or a semicolon, and a name that
// is declared elsewhere, are not thought of: the user has to look at it.
static void make_def(Pass *pass, Finding *finding, const LogicalLine *line) {
    if (!finding_takes_edits(finding) || line_has_word(line, OP_SEMICOLON)) return;
    const Token *name = &line->tokens[line->first], *lambda = name + 2;
    const Token *end = line->tokens + line->token_count, *colon = lambda + 1;
    if (end - name < 5 || lambda->word != KEYWORD_LAMBDA) return;
    for (uint32_t inner = 0; colon + 1 < end; colon++) {
        if (colon->depth > 0) continue;
        inner += colon->word == KEYWORD_LAMBDA;
        if (colon->word != OP_COLON) continue;
        if (inner == 0) break;
        inner--;
    }
    if (colon + 1 >= end || name->start_line != colon[1].start_line) return;
    Str text = token_text(&pass->file->lines, name);
    Str head = str_format(pass->arena, "def %.*s(", STR_ARG(text));
    Str body = str_join3(pass->arena, STR("):"), line_break_in(pass, line, 1), STR("return "));
    bool has_parameters = colon > lambda + 1;
    uint32_t head_end = has_parameters ? lambda[1].start : colon->start;
    if (has_parameters && !line_is_certain(pass, line)) return;
    edit_in_line(pass, finding, FIX_UNSAFE, line, (Span){name->start, head_end}, head);
    edit_in_line(pass, finding, FIX_UNSAFE, line,
                 (Span){has_parameters ? colon[-1].end : colon->start, colon[1].start}, body);
}

static void look_at_colons(Pass *pass, const LogicalLine *line) {
    Str text = line->text;
    uint32_t colon = str_find_byte(text, ':'), before = 0;
    if (colon + 1 >= text.len) return;
    bool is_def = begins_def(text), is_block = begins_block(text);
    uint32_t lambda = line_has_word(line, KEYWORD_LAMBDA) ? find_lambda(text) : text.len;
    Nesting nesting = {0};
    for (; colon + 1 < text.len; before = colon, colon = find_from(text, colon + 1, ':')) {
        count_brackets(&nesting, str_slice(text, before, colon));
        if (!is_outside(&nesting)) continue;
        if (lambda + 6 <= colon) {
            if (is_assigned(text, lambda))
                make_def(pass,
                         report_spot(pass, &rules[E731], spot_in(pass, line, 0),
                                     "do not assign a lambda expression, use a def"),
                         line);
            return;
        }
        if (!is_def && !is_block) continue;
        Spot spot = spot_in(pass, line, colon);
        Finding *finding = is_def ? report_spot(pass, &rules[E704], spot_in(pass, line, 0),
                                                "multiple statements on one line (def)")
                                  : report_spot(pass, &rules[E701], spot,
                                                "multiple statements on one line (colon)");
        break_at_colon(pass, finding, line, spot);
    }
}

// ---- Semicolons ----

static void look_at_semicolons(Pass *pass, const LogicalLine *line) {
    Str text = line->text;
    for (uint32_t at = str_find_byte(text, ';'); at < text.len; at = find_from(text, at + 1, ';')) {
        Spot spot = spot_in(pass, line, at);
        if (at + 1 < text.len)
            break_at_semicolon(pass,
                               report_spot(pass, &rules[E702], spot,
                                           "multiple statements on one line (semicolon)"),
                               line, spot);
        else
            drop_semicolon(pass,
                           report_spot(pass, &rules[E703], spot, "statement ends with a semicolon"),
                           line, spot);
    }
}

static void look(Pass *pass, const LogicalLine *line) {
    if (line_has_word(line, OP_COLON) || line_has_word(line, OP_WALRUS)) look_at_colons(pass, line);
    if (line_has_word(line, OP_SEMICOLON)) look_at_semicolons(pass, line);
}

const Check e701_compound_statements = {.rules = LIST(rules), .on_logical_line = look};
