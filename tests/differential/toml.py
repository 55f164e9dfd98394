#!/usr/bin/env python3
"""The TOML reader against Python's tomllib: the same values, and errors for the same documents.

Documents: those below, each of which was written for one corner of the language, generated ones
(the seed is fixed), and mutations of both. --sample takes fewer mutations.
"""

import datetime
import json
import math
import os
import random
import subprocess
import sys

try:
    import tomllib
except ImportError:
    print("skipped: this Python has no tomllib", file=sys.stderr)
    sys.exit(77)

DUMP = os.path.join(os.path.dirname(os.environ["ASYNCLINT"]), "tools", "dump_toml")

VALID = [
    "", "\n\n", "# only a comment", "a = 1", "a = 1 # one", "a=1\r\nb=2\r\n", "\ta\t=\t1\t",
    'a = "x"', "a = 'x'", 'a = ""', "a = ''", 'a = """"""', "a = ''''''",
    'a = "\\b\\t\\n\\f\\r\\"\\\\"', 'a = "\\u00e9\\U0001F600"', "a = 'C:\\no\\escape'",
    'a = """\none\ntwo"""', 'a = """\r\none\r\ntwo"""', "a = '''\none\n\ttwo'''",
    'a = """one \\\n   two"""', 'a = """one \\  \n\n\n   two"""', 'a = """one\\\t\r\n two"""',
    'a = """x\\\\  \n y"""', "a = '''x \\  \n y'''", '# x \\  \na = """b \\  \n c"""',
    'a = """"x"""', 'a = """""x"""', 'a = """x"y""z"""', 'a = """x""""', 'a = """x"""""',
    "a = ''''x'''", "a = '''x'y''z'''", "a = '''x''''", "a = '''x'''''", 'a = """\\""""""',
    'a = """\\"\\"\\""""', '"" = 1', "'' = 1", '"a.b" = 1', "'a b' = 1", '"\\u0061" = 1',
    "a.b.c = 1", "a . b = 1", 'a."b.c".d = 1', "1 = 1", "1.2 = 3", "1979-05-27 = 1", "true = 1",
    "inf = 1", "nan = 1", "- = 1", "_ = 1", "-1 = 2", "0x1 = 2", "1e5 = 2",
    "a = 0", "a = -0", "a = +0", "a = +1", "a = -17", "a = 1_000", "a = 1_2_3", "a = 0xDEADbeef",
    "a = 0xdead_beef", "a = 0o755", "a = 0b1101_0110", "a = 9223372036854775807",
    "a = -9223372036854775808", "a = 0.0", "a = -0.0", "a = 3.14", "a = 1e5", "a = 1E+5",
    "a = 1e-05", "a = 6.626e-34", "a = 1_0.0_1", "a = inf", "a = -inf", "a = +inf", "a = nan",
    "a = -nan", "a = true", "a = false",
    "a = 1979-05-27T07:32:00Z", "a = 1979-05-27T07:32:00z", "a = 1979-05-27t07:32:00",
    "a = 1979-05-27 07:32:00", "a = 1979-05-27T07:32:00.5", "a = 1979-05-27T07:32:00.123456789",
    "a = 1979-05-27T07:32:00-08:00", "a = 1979-05-27T07:32:00+23:59", "a = 1979-05-27",
    "a = 07:32:00", "a = 23:59:59.999999", "a = 2000-02-29", "a = 2024-02-29", "a = 0001-01-01",
    "a = 1979-05-27 # date", "a = [1979-05-27 07:32:00, 1979-05-27]",
    "a = []", "a = [ ]", "a = [1]", "a = [1,]", "a = [1, 2]", "a = [\n1,\n2,\n]", "a = [1, 'x', [2.0]]",
    "a = [ # c\n1 # d\n, # e\n2 # f\n]", "a = [[], [[]]]", "a = [{}, {b = 1}]", "a = ['x', \"y\"]",
    "a = {}", "a = { }", "a = {b = 1}", "a = { b = 1, c = 2 }", "a = {b.c = 1, b.d = 2}",
    "a = {b = {c = {}}}", "a = {b = [1, {c = 2}]}", 'a = {"b c" = 1}',
    "[a]", "[a]\n", "[ a ]", "[a.b]", "[ a . b ]", '["a.b"]', "['a b'.c]", "[a]\nb = 1\n[c]\nb = 2",
    "[a.b]\n[a]", "[a.b]\nc = 1\n[a]\nd = 2", "[a]\n[a.b]\n[a.c]", "[a] # c\nb = 1",
    "[[a]]", "[[a]]\nb = 1\n[[a]]\nb = 2", "[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 2",
    "[[a]]\n[[a.b]]\n[[a.b]]\n[[a]]\n[[a.b]]", "[[a.b]]\n[a]\nc = 1", "[a]\n[[a.b]]",
    "[[ a ]]", "[a]\nb.c = 1\nb.d = 2", "a.b = 1\na.c = 2", "a.b = 1\n[a.c]", "[a]\nb.c = 1\n[a.b.d]",
    "[fruit]\napple.color = 'red'\n[fruit.apple.taste]\nsweet = true", "[a.b.c]\n[a]\nb.d = 1",
    "a.b.c = 1\n[a.b.d]\n[a.e]", "[[a]]\n[a.b.c]\n[a.b]", "[[a]]\nb.c = 1", "a = 1\nb = 2\n[c]",
    "é = 1".replace("é", "'é'"), "a = 'é'", "# é 😀", "a = '\u2028'", "a = '\u0085'", "a = '\t'",
    "a = \"\t\"", "a = '''\t\n'''", "\n\n[a]\n\n\nb = 1\n\n", "a = 1\n\n# c\n\n[b]",
    "[tool.asynclint]\nselect = ['E', 'W']\n", "[a]\n'b' = 1\n\"c\" = 2",
    "a = 'x' # it's", "a = \"x\" # \"", "#a = '\nb = 1", "a = ['''\n]''', 1]",
]

INVALID = [
    "a", "a =", "= 1", "a = 1 b = 2", "a = 1, b = 2", "a.b", "a. = 1", ".a = 1", "a..b = 1",
    "a = x", "a = True", "a = 01", "a = 1_", "a = _1", "a = 1__0", "a = +0x1", "a = 0X1", "a = 0xg",
    "a = 0x", "a = 0b2", "a = 0o8", "a = 1.", "a = .1", "a = 1.e5", "a = 1e", "a = 1_.0", "a = 1._0",
    "a = 00.1", "a = Inf", "a = --1", "a = 'x", 'a = "x', "a = 'x\ny'", 'a = "x\ny"', 'a = "\\q"',
    'a = "\\u12"', 'a = "\\ud800"', 'a = "\\U00110000"', 'a = "\\x41"', 'a = """x', "a = '''x",
    'a = """x""""""', "a = '''x''''''", 'a = """x"""y"""', 'a = """\\ x"""', "a = '\x00'",
    "a = '\x07'", "a = '\x7f'", "# \x00", "# \x1f", "# \x7f", "a = 1\rb = 2", "a = '''\r'''", "\ufeffa = 1",
    "a\x00 = 1", "a = 1\x00", "a = 1979-02-30", "a = 1979-13-01", "a = 1900-02-29", "a = 0000-01-01",
    "a = 1979-05-27T24:00:00", "a = 07:60:00", "a = 07:32:60", "a = 07:32", "a = 19790-05-27",
    "a = 197-05-27", "a = 1979-5-27", "a = 1979-05-27T", "a = 1979-05-27T07:32", "a = 7:32:00",
    "a = 1979-05-27T07:32:00+24:00", "a = 1979-05-27 07:32:00 Z", "a = 1979-05-27T07:32:00.",
    "a = [1", "a = [1 2]", "a = [,]", "a = [1,,2]", "a = ]", "a = {b = 1", "a = {b = 1,}", "a = {,}",
    "a = {b = 1\n}", "a = {\n}", "a = {b = 1 c = 2}", "a = {b}", "a = {b = 1, b = 2}",
    "a = {b = {c = 1}, b.d = 2}", "a = {b.c = 1, b = 2}", "a = {b = [], b.c = 1}",
    "[a", "[]", "[a]]", "[[a]", "[ [a]]", "[[a] ]", "[a.]", "[.a]", "[a..b]", "[a] b = 1", "[a][b]",
    "[\na]", "[a b]", "a = 1\na = 2", "[a]\n[a]", "[a]\nb = 1\n[a.b]", "a = 1\n[a]", "a = 1\n[a.b]",
    "a = 1\na.b = 2", "a.b = 1\na = 2", "a.b = 1\na.b.c = 2", "a.b = 1\n[a]", "[a.b]\n[a]\nb.c = 1",
    "[a]\nb.c = 1\n[a.b]", "a = []\n[[a]]", "a = [{}]\n[[a]]", "a = [{}]\n[a.b]", "a = {}\n[a]",
    "a = {}\n[a.b]", "a = {}\na.b = 1", "a = {b = {}}\na.b.c = 1", "[[a]]\n[a]", "[a]\n[[a]]",
    "[a.b]\n[[a]]", "[[a.b]]\n[a.b]", "[a]\nb = 1\n[[a.b]]", "[[a]]\nb = 1\n[[a.b]]", "a = 1\n[[a]]",
    "[a]\n[a.b]\n[a]", "[[a]]\n[a.b]\n[a.b]", "a.b = 1\n[[a]]", "[a]\nb.c = 1\n[[a.b]]",
    "[a.b]\nx = 1\n[a]\nb.y = 2", "[t1]\nt2.t3.v = 0\n[t1.t2]", "'''a''' = 1", '"""a""" = 1', '"a\nb" = 1',
    "é = 1", "a = 1\n= 2", "a = \n1", "a\n= 1", "[a]\n[b]\n[c]\nd = 1\n[b]", "a = 1\v", "a = 1\f",
    "a = 'x' 'y'", "a = [1]\na.b = 1", "\"a\" = 1\na = 2", "a = 1e1.5", "a = 1 2", "a = nana", "a = infx",
    "a = falsey", "a = 0_1", "a = 0.1.2", "a = 1e_5", "a = 1e5_", "a = {a.b = 1, a.b.c = 2}",
]

# (document, why ours differs)
KNOWN = [
    ("a = 9223372036854775808", "64 bits are enough for a linter's settings"),
    ("a = -9223372036854775809", "64 bits are enough for a linter's settings"),
    ("a = 0x1ffffffffffffffff", "64 bits are enough for a linter's settings"),
]


class Writer:
    """Writes a random document that is TOML."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def blank(self):
        return self.random.choice(["", "", " ", "\t", "  "])

    def text(self):
        alphabet = ["a", "b", "Z", "0", " ", "é", "😀", "-", "_", ".", "#", "=", "[", "]", "{", "}", ","]
        return "".join(self.random.choice(alphabet) for _ in range(self.random.randrange(6)))

    def string(self):
        text = self.text()
        form = self.random.randrange(5)
        if form == 0:
            return "'" + text + "'"
        if form == 1:
            return '"' + text + self.random.choice(["", '\\"', "\\n", "\\u00e9", "\\\\"]) + '"'
        if form == 2:
            return "'''" + self.random.choice(["", "\n"]) + text + self.random.choice(["", "\n", "'", "\\"]) + "'''"
        if form == 3:
            return '"""' + text + self.random.choice(["", "\\\n  ", "\\ \n\t", '"', '""', "\n"]) + text + '"""'
        return '"' + text + '"'

    def key(self):
        if self.random.random() < 0.7:
            return "".join(self.random.choice("abz09-_") for _ in range(self.random.randrange(1, 4)))
        return self.random.choice(["'", '"']).join(["", self.text(), ""])

    def path(self):
        dot = self.blank() + "." + self.blank()
        return dot.join(self.key() for _ in range(self.random.choice([1, 1, 1, 2, 3])))

    def scalar(self):
        return self.random.choice([
            str(self.random.randrange(-10**6, 10**6)), hex(self.random.randrange(10**6)),
            repr(self.random.uniform(-1e6, 1e6)), "true", "false", "inf", "-nan", "1_000", "1e-5",
            "2020-0%d-1%d" % (self.random.randrange(1, 10), self.random.randrange(10)), "12:34:56.7",
            "2020-01-01T00:00:00Z", "2020-01-01 00:00:00+01:30", self.string(), self.string()])

    def value(self, depth=0):
        form = self.random.random()
        if depth > 3 or form < 0.6:
            return self.scalar()
        if form < 0.85:
            line = self.random.choice(["", "\n", " # c\n"])
            items = [line + self.value(depth + 1) + self.blank() for _ in range(self.random.randrange(4))]
            return "[" + ",".join(items) + self.random.choice(["", "," if items else "", line]) + "]"
        pairs = [self.blank() + self.path() + "=" + self.value(depth + 1).replace("\n", " ")
                 for _ in range(self.random.randrange(3))]
        return "{" + ",".join(pairs) + self.blank() + "}"

    def line(self):
        form = self.random.random()
        if form < 0.65:
            return self.path() + self.blank() + "=" + self.blank() + self.value()
        if form < 0.8:
            return "[" + self.blank() + self.path() + self.blank() + "]"
        if form < 0.9:
            return "[[" + self.path() + "]]"
        return self.random.choice(["", "# comment", "  "])

    def document(self):
        end = self.random.choice(["\n", "\n", "\r\n"])
        return end.join(self.line() for _ in range(self.random.randrange(1, 9)))

    def mutate(self, document):
        pieces = ["", "'", '"', '"""', "'''", "\\", "\n", "\r", " ", ".", "=", "[", "]", "[[", "{", "}",
                  ",", "_", "0", "-", ":", "e", "#", "\t", "\x01", "T", "+", "\\\n", "\\ \n", "a"]
        for _ in range(self.random.choice([1, 1, 2])):
            at = self.random.randrange(len(document) + 1)
            gone = self.random.choice([0, 0, 1, 2])
            document = document[:at] + self.random.choice(pieces) + document[at + gone:]
        return document


def expected(document):
    """What tomllib reads, in the shape that dump_toml writes; None for an error."""
    try:
        return shape(tomllib.loads(document))
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        return None


def shape(value):
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    if isinstance(value, float) and math.isnan(value):
        return ("float", "nan")
    return (type(value).__name__, value)


def parse_date(text):
    """The date or time that a TOML literal stands for; fractions are cut to microseconds."""
    text = text.replace("t", "T").replace("z", "Z").replace(" ", "T", 1)
    if "." in text:
        head, tail = text.split(".")
        digits = len(tail) - len(tail.lstrip("0123456789"))
        text = head + "." + tail[:digits][:6].ljust(6, "0") + tail[digits:]
    text = text.replace("Z", "+00:00")
    if "T" in text:
        return datetime.datetime.fromisoformat(text)
    return (datetime.date if "-" in text else datetime.time).fromisoformat(text)


def shape_ours(value):
    if isinstance(value, list):
        return [shape_ours(inner) for inner in value]
    if "kind" not in value:
        return {key[1:]: shape_ours(inner) for key, inner in value.items()}
    kind, text = value["kind"], value["text"]
    if kind == "a string":
        return ("str", text)
    if kind == "an integer":
        return ("int", int(value["integer"]))
    if kind == "a boolean":
        return ("bool", value["integer"] == "1")
    if kind == "a float":
        number = float(text.replace("_", ""))
        return ("float", "nan") if math.isnan(number) else ("float", number)
    date = parse_date(text)
    return (type(date).__name__, date)


def ours(documents):
    joined = "\0".join(documents).encode("utf-8", "surrogatepass")
    result = subprocess.run([DUMP], input=joined, stdout=subprocess.PIPE, check=True)
    return [shape_ours(item["value"]) if "value" in item else None
            for item in json.loads(result.stdout)]


def main():
    mutations = 2000 if "--sample" in sys.argv else 40000
    writer = Writer(20240229)
    fixed = [document for document in VALID + INVALID if "\0" not in document]
    generated = [writer.document() for _ in range(mutations // 4)]
    mutated = [writer.mutate(writer.random.choice(fixed + generated)) for _ in range(mutations)]
    documents = fixed + generated + mutated + [document for document, _ in KNOWN]
    known = {document for document, _ in KNOWN}
    failures = 0
    for document in VALID:
        if expected(document) is None:
            failures += 1
            print("listed as valid, but tomllib refuses %r" % document)
    for document in INVALID:
        if expected(document) is not None:
            failures += 1
            print("listed as invalid, but tomllib reads %r" % document)
    valid = 0
    for document, mine in zip(documents, ours(documents)):
        theirs = expected(document)
        valid += theirs is not None
        too_long = theirs is not None and mine is None and has_long_integer(theirs)
        if (mine == theirs) == (document in known or too_long):
            failures += 1
            print("%r\n  tomllib: %r\n  ours:    %r" % (document, theirs, mine))
    print("%d documents, %d of them valid: %d differences" % (len(documents), valid, failures))
    return 1 if failures else 0


def has_long_integer(value):
    if isinstance(value, dict):
        return any(has_long_integer(inner) for inner in value.values())
    if isinstance(value, list):
        return any(has_long_integer(inner) for inner in value)
    return value[0] == "int" and not -2**63 <= value[1] < 2**63


if __name__ == "__main__":
    sys.exit(main())
