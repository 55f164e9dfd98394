"""The house rules that the files themselves can be asked about. test_house.c asks the registry."""

import itertools
import re
import subprocess
import unittest

from _run import PROJECT

SOURCES = (".c", ".h", ".def", ".py", ".sh", ".cmake", ".txt", ".md", ".json", ".yaml", ".toml")
# Split, so that this file does not name them.
REGISTRIES = ["npm" + "js.", "py" + "pi.org", "python" + "hosted", "crates" + ".io",
              "proxy.go" + "lang", "deb." + "debian"]
MACHINES = re.compile(r"(?<![\w.$}])/(?:root|work|" + "home)/[a-z]")
UNFINISHED = re.compile(r"\b(?:TO" + "DO|FIX" + r"ME|X" + r"XX)\b")


def tracked() -> list:
    """The names of the project's files."""
    listed = subprocess.run(["git", "-C", PROJECT, "ls-files", "-z", "-co", "--exclude-standard"],
                            check=True, capture_output=True).stdout.decode()
    return [name for name in sorted(set(listed.split("\0")) - {""})
            if (PROJECT / name).is_file() and not (PROJECT / name).is_symlink()]


def lines_of(name: str) -> list:
    """Its lines, numbered from one."""
    text = (PROJECT / name).read_bytes().decode(errors="replace")
    return list(enumerate(text.split("\n"), 1))


def text_files() -> list:
    """What people write: all but the fixtures, whose mistakes are their purpose."""
    return [name for name in tracked() if not name.startswith("fixtures/")]


class House(unittest.TestCase):
    """Each finding is a path and a line."""

    def find(self, names, wrong):
        found = [f"{name}:{number}: {line.strip()[:100]}" for name in names
                 for number, line in lines_of(name) if wrong(line)]
        self.assertEqual(found, [])

    def test_no_registry_is_named(self):
        self.find(text_files(), lambda line: any(host in line.lower() for host in REGISTRIES))

    def test_no_machine_is_named(self):
        self.find(text_files(), MACHINES.search)

    def test_nothing_is_unfinished(self):
        self.find([name for name in text_files() if name.endswith(SOURCES)], UNFINISHED.search)

    def test_lines_end_well(self):
        names = [name for name in text_files() if name.endswith(SOURCES) or "." not in name]
        self.find(names, lambda line: line != line.rstrip() or "\r" in line)
        for name in names:
            text = (PROJECT / name).read_bytes()
            self.assertTrue(text == b"" or text.endswith(b"\n"), name)

    def test_sorted_tables_are_sorted(self):
        # Names are sorted; operators stand as they are tried.
        row = re.compile(r'^([A-Z_]+)\(.*?"(\w(?:[^"\\]|\\.)*)"')
        seen = 0
        for name in tracked():
            lines = [line for _, line in lines_of(name)]
            if not name.endswith(".def") or "sorted" not in " ".join(lines[:6]).lower():
                continue
            rows = [(number, *row.match(line).groups()) for number, line in enumerate(lines, 1)
                    if row.match(line)]
            self.assertGreater(len(rows), 1, name)
            for _, group in itertools.groupby(rows, key=lambda each: each[1]):
                for before, after in itertools.pairwise(list(group)):
                    self.assertLessEqual(before[2].encode(), after[2].encode(),
                                         f"{name}:{after[0]}")
                    seen += 1
        self.assertGreater(seen, 0)

    def test_every_fixture_belongs_to_a_check(self):
        stems = {(path.parent.name, path.stem) for path in (PROJECT / "rules").glob("*/*.c")}
        for path in (PROJECT / "fixtures").glob("*/*"):
            family = path.parent.name
            if family == "demo" or not (PROJECT / "rules" / family).is_dir():
                continue
            stem = path.name.split(".")[0]
            self.assertTrue(any(folder == family and stem.startswith(check)
                                for folder, check in stems), path)

    def test_scripts_can_be_run(self):
        for name in ("dev", ".ci/run", "tests/differential/references.sh"):
            self.assertTrue((PROJECT / name).stat().st_mode & 0o111, name)


if __name__ == "__main__":
    unittest.main()
