# ctest: slow
"""The hooks of .pre-commit-hooks.yaml, by the real pre-commit from a clone of this project.

The clone has the working tree's files, as a commit of its own. The parser's sources are those that
the build has fetched.
"""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from _run import PROJECT, skip

REFERENCES = pathlib.Path(os.environ.get("ASYNCLINT_REFERENCES", PROJECT / "build/references"))
PRE_COMMIT = REFERENCES / "venv" / "py311" / "bin" / "pre-commit"
SLEEPY = '''#!/usr/bin/env python3
"""Sleeps in a coroutine, which nothing else can use meanwhile."""
import time


async def doze() -> None:
    """Doze for one second."""
    time.sleep(1)
'''
CALLER = '''#!/usr/bin/env python3
"""Calls the coroutine of another file, and forgets about it."""
doze = __import__('0-doze').doze


async def rest() -> None:
    """Rest, or rather do not."""
    doze()
'''


def git(folder, *arguments):
    """Runs git there, with a name to commit under."""
    subprocess.run(["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "-C", folder,
                    *arguments], check=True, capture_output=True)


class Hook(unittest.TestCase):
    """A repository that uses the hooks, and a clone of this project."""

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.root = pathlib.Path(temporary.name)
        cls.clone = cls.root / "asynclint"
        listed = subprocess.run(["git", "-C", PROJECT, "ls-files", "-z", "-co", "--exclude-standard"],
                                check=True, capture_output=True).stdout.decode()
        for name in filter(None, listed.split("\0")):
            source, target = PROJECT / name, cls.clone / name
            if not os.path.lexists(source):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target, follow_symlinks=False)
        git(cls.root, "init", "-q", str(cls.clone))
        git(cls.clone, "add", "-A")
        git(cls.clone, "commit", "-qm", "all")
        git(cls.clone, "tag", "v1")

    def setUp(self):
        self.user = pathlib.Path(tempfile.mkdtemp(dir=self.root))
        git(self.root, "init", "-q", str(self.user))
        (self.user / "README.md").write_text("# Rest\n")
        self.write("0-doze.py", SLEEPY.replace("time.sleep", "await asyncio.sleep")
                   .replace("import time", "import asyncio"))

    def write(self, name, text):
        path = self.user / name
        path.write_text(text)
        path.chmod(0o755)

    def use(self, hook):
        (self.user / ".pre-commit-config.yaml").write_text(
            f"repos:\n  - repo: {self.clone}\n    rev: v1\n    hooks:\n      - id: {hook}\n")
        git(self.user, "add", "-A")
        git(self.user, "commit", "-qm", "begin")

    def pre_commit(self, *arguments):
        git(self.user, "add", "-A")
        deps = PROJECT / "build" / "deps"
        done = subprocess.run([PRE_COMMIT, *arguments], cwd=self.user, capture_output=True, text=True,
                              env={**os.environ, "PRE_COMMIT_HOME": str(self.root / "home"),
                                   "ASYNCLINT_DEPS_DIR": str(deps)})
        return done.returncode, done.stdout + done.stderr

    def test_files_of_a_commit(self):
        self.use("asynclint")
        status, said = self.pre_commit("run", "--all-files")
        self.assertEqual(status, 0, said)
        self.write("1-rest.py", SLEEPY)
        status, said = self.pre_commit("run")
        self.assertEqual(status, 1, said)
        self.assertIn("1-rest.py:8:5: ASYNC251 ", said)
        self.assertNotIn("0-doze.py:", said)

    def test_a_commit_is_refused(self):
        self.use("asynclint")
        status, said = self.pre_commit("install")
        self.assertEqual(status, 0, said)
        self.write("1-rest.py", SLEEPY)
        git(self.user, "add", "-A")
        with self.assertRaises(subprocess.CalledProcessError) as caught:
            environment = {"PRE_COMMIT_HOME": str(self.root / "home"),
                           "ASYNCLINT_DEPS_DIR": str(PROJECT / "build" / "deps")}
            os.environ.update(environment)
            git(self.user, "commit", "-qm", "rest")
        self.assertIn(b"ASYNC251", caught.exception.stdout + caught.exception.stderr)

    def test_a_whole_project(self):
        self.use("asynclint-project")
        status, said = self.pre_commit("run", "--all-files")
        self.assertEqual(status, 0, said)
        self.write("1-rest.py", CALLER)
        status, said = self.pre_commit("run")
        self.assertEqual(status, 1, said)
        self.assertIn("1-rest.py:8:5: AIO101 ", said)


if __name__ == "__main__":
    if not PRE_COMMIT.exists():
        skip(f"no pre-commit at {PRE_COMMIT}; ./dev references makes it")
    if not (PROJECT / "build" / "deps" / "node_modules").exists():
        skip("the parser's sources are not in build/deps")
    unittest.main()
