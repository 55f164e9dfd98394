# ctest: slow
"""Files that hurt linters: each ends soon, with the right diagnostic, and hides no other file's.

Times are bounded loosely, for slow machines and sanitizers; `hostile.py --times` prints them.
"""

import contextlib
import json
import os
import pathlib
import socket
import sys
import tempfile
import time
import unittest

from _run import run

SECONDS = 20
VICTIM = '''#!/usr/bin/env python3
"""A module whose one mistake must be found."""
import time


async def wait() -> None:
    """Wait without letting others run."""
    time.sleep(1)
'''
TIMES = {}


def blocks(count: int) -> str:
    """So many `if 1:` inside each other, with a string in the innermost."""
    lines = [" " * level + "if 1:\n" for level in range(count)]
    return "".join(lines) + " " * count + "'a'\n"


class Hostile(unittest.TestCase):
    """One hostile file between two ordinary ones."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        for name in ("a.py", "z.py"):
            (self.folder / name).write_text(VICTIM)

    def check(self, name, *paths, wanted, preset="async"):
        """The findings of the hostile file; those of the others must be there."""
        began = time.monotonic()
        done = run("check", "--isolated", "--preset", preset, "--output-format", "json",
                   *(paths or [self.folder]), timeout=SECONDS)
        TIMES[self.id().rsplit(".", 1)[-1]] = time.monotonic() - began
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(done.stderr, b"")
        codes = {}
        for finding in json.loads(done.stdout):
            codes.setdefault(os.path.basename(finding["filename"]), []).append(finding["code"])
        for victim in ("a.py", "z.py"):
            self.assertIn("ASYNC251", codes.get(victim, []))
        self.assertEqual(sorted(set(codes.get(name, []))), sorted(wanted))

    def check_text(self, text, wanted):
        path = self.folder / "m.py"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.check("m.py", wanted=wanted)

    def test_600_blocks(self):
        self.check_text(blocks(600), ["E905"])

    def test_100_blocks(self):
        self.check_text(blocks(99), [])

    def test_a_million_brackets(self):
        self.check_text("(" * 1_000_000, ["E905"])

    def test_two_hundred_thousand_brackets_closed(self):
        self.check_text("(" * 200_000 + ")" * 200_000 + "\n", ["E905"])

    def test_fifty_thousand_calls(self):
        self.check_text("f(a[" * 50_000, ["E905"])

    def test_minus_signs(self):
        self.check_text("x = " + "-" * 100_000 + "1\n", ["E905"])

    def test_a_million_minus_signs(self):
        self.check_text("x = " + "-" * 1_000_000 + "1\n", ["E905"])

    def test_not_not(self):
        self.check_text("x = " + "not " * 100_000 + "1\n", ["E905"])

    def test_a_long_sum(self):
        self.check_text("x = " + "1+" * 200_000 + "1\n", ["E905"])

    def test_attributes(self):
        self.check_text("x = a" + ".a" * 200_000 + "\n", ["E905"])

    def test_calls_of_calls(self):
        self.check_text("x = a" + "()" * 100_000 + "\n", ["E905"])

    def test_lambdas(self):
        self.check_text("x = " + "lambda: " * 50_000 + "1\n", ["E905"])

    def test_conditions(self):
        self.check_text("x = " + "1 if 1 else " * 50_000 + "1\n", ["E905"])

    def test_a_chain_of_elif(self):
        self.check_text("if 1: pass\n" + "elif 1: pass\n" * 20_000, [])

    def test_awaits(self):
        self.check_text("async def f():\n    " + "await " * 50_000 + "x\n", ["E901"])

    def test_one_line_of_20_megabytes(self):
        self.check_text("x = '" + "a" * 20_000_000 + "'\n", [])

    def test_one_comment_of_20_megabytes(self):
        self.check_text("# " + "a" * 20_000_000, [])

    def test_statements_on_one_line(self):
        self.check_text("x=1;" * 200_000 + "\n", [])

    def test_many_names(self):
        self.check_text("".join(f"x{number} = {number}\n" for number in range(50_000)), [])

    def test_one_name_bound_often(self):
        self.check_text("x = 1\n" * 50_000 + "x()\n" * 50_000, [])

    def test_nul_bytes(self):
        self.check_text(b"\0" * 1_000_000, ["E901"])

    def test_invalid_utf8(self):
        self.check_text(b"x = 1\ny = '\xff\xfe'\n", ["E903"])

    def test_invalid_utf8_throughout(self):
        self.check_text(b"\xff\n" * 200_000, ["E903"])

    def test_an_unfinished_string(self):
        self.check_text("x = '''" + "a\n" * 200_000, ["E901"])

    def test_a_fifo(self):
        os.mkfifo(self.folder / "m.py")
        self.check("m.py", wanted=["E902"])

    def test_a_socket(self):
        with contextlib.closing(socket.socket(socket.AF_UNIX)) as server:
            here = os.open(self.folder, os.O_RDONLY)
            try:
                server.bind(f"/proc/self/fd/{here}/m.py")
            finally:
                os.close(here)
            self.check("m.py", wanted=["E902"])

    def test_dev_zero(self):
        self.check("zero", self.folder, "/dev/zero", wanted=["E902"])

    def test_a_folder_that_is_named_like_a_file(self):
        (self.folder / "m.py").mkdir()
        self.check("m.py", wanted=["E902"])

    def test_a_link_to_nowhere(self):
        (self.folder / "m.py").symlink_to("nowhere")
        self.check("m.py", wanted=["E902"])

    def test_links_in_a_ring(self):
        (self.folder / "m.py").symlink_to("n.py")
        (self.folder / "n.py").symlink_to("m.py")
        (self.folder / "up").symlink_to("..")
        (self.folder / "here").symlink_to(".")
        self.check("m.py", wanted=["E902"])

    def test_a_file_that_is_not_there(self):
        self.check("m.py", self.folder, self.folder / "m.py", wanted=["E902"])

    def test_five_gigabytes_of_nothing(self):
        with open(self.folder / "m.py", "wb") as file:
            file.truncate(5 << 30)
        self.check("m.py", wanted=["E902"])

    def test_names_do_not_reach_the_terminal(self):
        name = "m\x1b]8;;x\x07\n\u202e\x9b31m::error::.py"
        (self.folder / name).write_text("x = (\n")
        hostile = b"bad\xff.py"
        with open(os.path.join(os.fsencode(self.folder), hostile), "wb") as file:
            file.write(b"x = (\n")
        done = run("check", "--isolated", "--preset", "async", self.folder, status=1)
        for line in done.stdout.splitlines():
            text = line.decode()
            self.assertTrue(text.isprintable(), line)
            self.assertRegex(text, r":\d+:\d+: [A-Z]+\d+ ")
        self.assertIn(b"m\\x1b]8;;x\\x07\\x0a\\u202e\\x9b31m::error::.py:1:5: E901",
                      done.stdout.replace(b"\\u009b", b"\\x9b"))
        self.assertIn(b"bad\\xff.py:1:5: E901", done.stdout)
        done = run("check", "--isolated", "--preset", "async", "--output-format", "json",
                   self.folder, status=1)
        names = {os.path.basename(finding["filename"]) for finding in json.loads(done.stdout)}
        self.assertEqual(names, {"a.py", "z.py", name, "bad\ufffd.py"})
        done = run("check", "--isolated", "--preset", "async", "--output-format", "github",
                   self.folder, status=1)
        for line in done.stdout.splitlines():
            self.assertTrue(line.startswith((b"::error title=", b"::warning title=",
                                             b"::notice title=")), line)

    def test_all_at_once_and_on_many_threads(self):
        (self.folder / "b.py").write_text(blocks(600))
        (self.folder / "c.py").write_text("(" * 100_000)
        (self.folder / "d.py").write_bytes(b"\0" * 10_000)
        os.mkfifo(self.folder / "e.py")
        said = {run("check", "--isolated", "--preset", "all", "--jobs", jobs, self.folder,
                    status=1).stdout for jobs in (1, 2, 7, 64)}
        self.assertEqual(len(said), 1)


if __name__ == "__main__":
    show_times = "--times" in sys.argv
    unittest.main(argv=[word for word in sys.argv if word != "--times"], exit=not show_times)
    for test, seconds in sorted(TIMES.items(), key=lambda pair: -pair[1]):
        print(f"{seconds:7.2f} {test}")
