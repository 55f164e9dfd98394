"""`asynclint score`: marks, counts as wc's, hand-out files, both forms."""

import json
import pathlib
import random
import subprocess
import tempfile
import unittest

from _run import run

GOOD = '''#!/usr/bin/env python3
"""Waits for a while and tells how long."""
import asyncio


async def wait(delay: float) -> float:
    """Wait for as long as the delay says."""
    await asyncio.sleep(delay)
    return delay
'''


class Score(unittest.TestCase):
    """A project folder in a temporary place."""

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name) / "project"
        self.folder.mkdir()
        self.write("README.md", "# Waiting\n")

    def write(self, name, text, mode=0o755):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        path.chmod(mode)

    def score(self, status, *options):
        done = run("score", "--isolated", "--output-format", "json", *options, self.folder,
                   status=status)
        project, = json.loads(done.stdout)
        return project

    def marks(self, project, name):
        file, = (file for file in project["files"] if file["path"].endswith("/" + name))
        return file["requirements"]

    def test_a_good_project_meets_all(self):
        self.write("0-wait.py", GOOD)
        project = self.score(0)
        self.assertEqual(set(self.marks(project, "0-wait.py").values()), {True})
        self.assertEqual({each["met"] for each in project["requirements"]}, {True})

    def test_each_mistake_has_its_column(self):
        lines = GOOD.splitlines(keepends=True)
        mistakes = {
            "first-line": "".join(lines[1:]),
            "new-line": GOOD.rstrip("\n"),
            "executable": GOOD,
            "style": GOOD.replace("import asyncio", "import  asyncio"),
            "annotations": GOOD.replace(" -> float", ""),
            "module-documentation": "".join(lines[:1] + lines[2:]),
            "function-documentation": "".join(lines[:6] + lines[7:]),
            "real-sentence": GOOD.replace("Wait for as long as the delay says.", "Waits"),
            "python-3.7": GOOD.replace("return delay", "return float(f'{delay=}')"),
            "async": GOOD.replace("await asyncio", "time").replace("asyncio", "time"),
        }
        for wanted, text in mistakes.items():
            with self.subTest(wanted):
                self.write("0-wait.py", text, 0o644 if wanted == "executable" else 0o755)
                project = self.score(1)
                missed = {name for name, met in self.marks(project, "0-wait.py").items()
                          if met is False}
                also = {"style"} if wanted == "new-line" else set()  # W292 is pycodestyle's, too
                self.assertEqual(missed, {wanted} | also)

    def test_the_folder_has_marks_of_its_own(self):
        self.write("0-wait.py", GOOD)
        (self.folder / "README.md").unlink()
        (self.folder / ".vscode").mkdir()
        (self.folder / ".vscode" / "settings.json").write_text("{}\n")
        met = {each["name"]: each["met"] for each in self.score(1)["requirements"]}
        self.assertEqual({name for name, is_met in met.items() if is_met is False},
                         {"readme", "editors"})

    def test_what_cannot_be_parsed_is_not_judged(self):
        self.write("0-wait.py", GOOD.replace("async def wait(", "async def wait(("))
        marks = self.marks(self.score(1), "0-wait.py")
        self.assertIs(marks["python-3.7"], False)
        self.assertEqual(marks["annotations"], "unknown")
        self.assertIs(marks["first-line"], True)

    def test_hand_out_files_fail_nothing(self):
        self.write("0-wait.py", GOOD)
        self.write("0-main.py", "print( 'x' )\n", 0o644)
        project = self.score(0)
        self.assertIn(False, self.marks(project, "0-main.py").values())
        text = run("score", "--isolated", self.folder, status=0).stdout.decode()
        before, after = text.split("hand-out files:\n")
        self.assertIn("0-wait.py", before)
        self.assertIn("0-main.py", after)
        self.assertNotIn("0-main.py", before)

    def test_counts_are_those_of_wc(self):
        draw = random.Random(3)
        pieces = [b" ", b"\n", b"\t", b"word", b"\xc3\xa9", b"\xff", b"\x01", b"\0", b"\xc2\xa0",
                  b"\xe2\x80\x83", b"\xe2\x80\xa8", b"\xe3\x80\x80", b"\x0b", b"\x0c", b"\r",
                  b"\xc2\x85", b"\xf0\x9f\x98\x80", b"\xe2", b"\xed\xa0\x80", b"\xe2\x81\xa0"]
        names = []
        for number in range(200):
            name = f"{number}.py"
            self.write(name, b"".join(draw.choices(pieces, k=draw.randrange(20))))
            names.append(name)
        wanted = {}
        counted = subprocess.run(["wc", *names], cwd=self.folder, capture_output=True, check=True,
                                 env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})
        for line in counted.stdout.decode().splitlines()[:-1]:
            lines, words, size, name = line.split()
            wanted[name] = [int(lines), int(words), int(size)]
        found = {pathlib.Path(file["path"]).name: [file["lines"], file["words"], file["bytes"]]
                 for file in self.score(1)["files"]}
        del found["README.md"]
        self.assertEqual(found, wanted)

    def test_the_locale_changes_nothing(self):
        self.write("0-wait.py", GOOD)
        forms = {run("score", self.folder, env={"LC_ALL": locale}).stdout
                 for locale in ("C", "C.UTF-8", "tr_TR.UTF-8")}
        self.assertEqual(len(forms), 1)

    def test_several_folders_are_scored_apart(self):
        self.write("0-wait.py", GOOD)
        other = self.folder.parent / "other"
        other.mkdir()
        done = run("score", "--output-format", "json", other, self.folder, status=1)
        folders = [project["folder"] for project in json.loads(done.stdout)]
        self.assertEqual(folders, [str(other), str(self.folder)])

    def test_wrong_use(self):
        self.write("0-wait.py", GOOD)
        run("score", self.folder / "0-wait.py", status=2)
        run("score", "--statistics", self.folder, status=2)


if __name__ == "__main__":
    unittest.main()
