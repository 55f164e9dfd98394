# ctest: slow
"""README.md's lines for vim, neovim and emacs, tried in the real editors in batch mode.

Each editor gets the lines as they stand there, and a buffer that is not saved: what it shows must
come from stdin.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from _run import PROGRAM, PROJECT, SKIPPED

SAVED = '"""Nothing is wrong with what is saved."""\n'
BUFFER = ['"""A module whose buffer has changed."""', "import time", "", "",
          "async def doze() -> None:", '    """Doze, not for long."""',
          '    print("é"); time.sleep(1)']
WANTED = (7, 17, "ASYNC251")  # column in code points


def readme_lines(language: str) -> str:
    """The one block of that language in README.md."""
    block, = re.findall(rf"```{language}\n(.*?)```", (PROJECT / "README.md").read_text(), re.S)
    return block


class Editors(unittest.TestCase):
    """One file, and an asynclint on the path."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        (self.folder / "bin").mkdir()
        (self.folder / "bin" / "asynclint").symlink_to(PROGRAM)
        (self.folder / "asynclint.toml").write_text('select = ["ASYNC251"]\n')
        (self.folder / "doze.py").write_text(SAVED)

    def edit(self, *command):
        """Runs an editor; what it wrote into the file `said`."""
        if shutil.which(command[0]) is None:
            self.skipTest(f"{command[0]} is not installed")
        path = f"{self.folder / 'bin'}:{os.environ['PATH']}"
        done = subprocess.run(command, cwd=self.folder, capture_output=True, timeout=60,
                              stdin=subprocess.DEVNULL,
                              env={**os.environ, "PATH": path, "HOME": str(self.folder),
                                   "LC_ALL": "C.UTF-8", "TERM": "dumb",
                                   "XDG_CACHE_HOME": str(self.folder / "cache")})
        said = self.folder / "said"
        self.assertTrue(said.exists(), (done.stdout + done.stderr).decode(errors="replace"))
        return said.read_text()

    def test_vim_asks_about_the_buffer(self):
        (self.folder / "vimrc").write_text("set nocompatible\nfiletype on\n" + readme_lines("vim"))
        lines = json.dumps(BUFFER, ensure_ascii=False)
        said = self.edit("vim", "-es", "-N", "-u", "vimrc", "doze.py",
                         "-c", "set filetype=python", "-c", f"call setline(1, {lines})",
                         "-c", "Asynclint",
                         "-c", "call writefile([json_encode(map(filter(getqflist(), 'v:val.valid'),"
                               " '[v:val.lnum, v:val.col, v:val.text, bufname(v:val.bufnr)]'))],"
                               " 'said')", "-c", "qa!")
        (line, column, text, name), = json.loads(said)
        self.assertEqual((line, column, text.split()[0]), WANTED)
        self.assertEqual(name, "doze.py")

    def test_vim_makes(self):
        (self.folder / "vimrc").write_text("set nocompatible\nfiletype on\n" + readme_lines("vim"))
        (self.folder / "doze.py").write_text("\n".join(BUFFER) + "\n")
        said = self.edit("vim", "-es", "-N", "-u", "vimrc", "doze.py",
                         "-c", "set filetype=python", "-c", "silent make!",
                         "-c", "call writefile([json_encode(map(filter(getqflist(), 'v:val.valid'),"
                               " '[v:val.lnum, v:val.text]'))], 'said')", "-c", "qa!")
        (line, text), = json.loads(said)
        self.assertEqual((line, text.split()[0]), (WANTED[0], WANTED[2]))

    def test_neovim_has_diagnostics(self):
        (self.folder / "init.lua").write_text(readme_lines("lua"))
        lines = json.dumps(BUFFER, ensure_ascii=False)
        said = self.edit("nvim", "--headless", "-n", "-u", "init.lua", "doze.py",
                         "-c", f"call setline(1, {lines})",
                         "-c", "lua asynclint(0)",
                         "-c", "lua vim.fn.writefile({vim.json.encode(vim.diagnostic.get(0))},"
                               " 'said')", "-c", "qa!")
        each, = json.loads(said)
        before = BUFFER[each["lnum"]].encode()[:each["col"]].decode()
        self.assertEqual((each["lnum"] + 1, len(before) + 1, each["code"]), WANTED)
        self.assertEqual(each["severity"], 1)

    def test_emacs_flymake_shows_it(self):
        text = json.dumps("\n".join(BUFFER) + "\n", ensure_ascii=False)
        (self.folder / "try.el").write_text(
            readme_lines("elisp") + f'''
(require 'flymake)
(setq python-indent-guess-indent-offset nil)
(find-file "doze.py")
(erase-buffer)
(insert {text})
(python-mode)
(flymake-mode 1)
(flymake-start)
(let ((tries 0))
  (while (and (< tries 200) (null (flymake-diagnostics)))
    (accept-process-output nil 0.05)
    (setq tries (1+ tries))))
(let ((all (mapcar (lambda (each)
                     (goto-char (flymake-diagnostic-beg each))
                     (format "%d:%d:%s" (line-number-at-pos) (1+ (current-column))
                             (flymake-diagnostic-text each)))
                   (flymake-diagnostics))))
  (write-region (mapconcat #'identity all "\\n") nil "said"))
''')
        said = self.edit("emacs", "-Q", "--batch", "-l", "try.el")
        line, column, text = said.split(":", 2)
        self.assertEqual(int(line), WANTED[0])
        self.assertEqual(text.split()[0], WANTED[2])

    def test_emacs_compile_finds_the_place(self):
        (self.folder / "doze.py").write_text("\n".join(BUFFER) + "\n")
        (self.folder / "try.el").write_text('''
(require 'compile)
(setq compilation-always-kill t)
(let ((buffer (compile "asynclint check .")))
  (while (get-buffer-process buffer) (accept-process-output nil 0.05))
  (with-current-buffer buffer
    (compilation--ensure-parse (point-max))
    (goto-char (point-min))
    (compilation-next-error 1)
    (let* ((message (compilation-next-error 0))
           (location (compilation--message->loc message)))
      (write-region (format "%d %s" (compilation--loc->line location)
                            (caar (compilation--loc->file-struct location))) nil "said"))))
''')
        said = self.edit("emacs", "-Q", "--batch", "-l", "try.el")
        line, name = said.split()
        self.assertEqual(int(line), WANTED[0])
        self.assertEqual(os.path.normpath(name), "doze.py")


if __name__ == "__main__":
    missing = [name for name in ("vim", "nvim", "emacs") if shutil.which(name) is None]
    passed = unittest.main(exit=False).result.wasSuccessful()
    if missing:
        print(f"SKIPPED: not installed: {', '.join(missing)}", file=sys.stderr)
    sys.exit(1 if not passed else SKIPPED if missing else 0)
