"""The C files of the project by clang-format and clang-tidy, of the version this project uses.

    lint.py format BUILD    fails where clang-format would change a file
    lint.py tidy BUILD      runs clang-tidy as BUILD/compile_commands.json compiles
    lint.py analyze BUILD   with clang's analyzer, too: some minutes more

What clang-tidy found clean is remembered by the hash of the preprocessed text, under build/tidy, so
that a second run looks only at what changed.
"""

import hashlib
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parent.parent
VERSION = "14"  # layouts and findings differ between versions
SKIPPED = 77


def find_tool(name: str) -> str:
    """The path of the tool; ends the test as skipped, with words, where there is none."""
    for candidate in (f"{name}-{VERSION}", name):
        path = shutil.which(candidate)
        if path is None:
            continue
        version = subprocess.run([path, "--version"], capture_output=True, text=True).stdout
        if f"version {VERSION}." in version:
            return path
    print(f"SKIPPED: no {name} of version {VERSION}", file=sys.stderr)
    sys.exit(SKIPPED)


def tracked(*patterns: str) -> list:
    """The project's files of those patterns; without git, those in its folders."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "--", *patterns],
                            cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in sorted(set(listed.stdout.split())) if (ROOT / name).exists()]


def check_format() -> int:
    files = tracked("*.c", "*.h")
    assert files
    return subprocess.run([find_tool("clang-format"), "--dry-run", "-Werror", *files],
                          cwd=ROOT).returncode


def preprocessed(command: list, folder: str) -> bytes:
    """What the compiler sees; the file's own line marks left out, so that all builds agree."""
    shorter = [word for word in command if "ccache" not in word]
    place = shorter.index("-o")
    shorter[place:place + 2] = ["-E", "-P"]
    if "-c" in shorter:
        shorter.remove("-c")
    return subprocess.run(shorter, cwd=folder, capture_output=True, check=True).stdout


def tidy_one(tool: list, build: str, entry: dict, seed: bytes, clean: pathlib.Path) -> str:
    """What clang-tidy says of one file; empty where it is clean."""
    text = preprocessed(shlex.split(entry["command"]), entry["directory"])
    stamp = clean / hashlib.sha256(seed + entry["file"].encode() + text).hexdigest()
    if stamp.exists():
        return ""
    done = subprocess.run([*tool, "--quiet", "-p", build, entry["file"]],
                          capture_output=True, text=True)
    if done.returncode == 0:
        stamp.touch()
        return ""
    return done.stdout or done.stderr


def check_tidy(build: str, analyze: bool) -> int:
    tool = [find_tool("clang-tidy")] + ([] if analyze else ["--checks=-clang-analyzer-*"])
    entries = json.loads((pathlib.Path(build) / "compile_commands.json").read_text())
    folders = tuple(str(ROOT / name) + "/" for name in ("src", "rules", "tests"))
    entries = [entry for entry in entries if entry["file"].startswith(folders)]
    assert entries
    clean = ROOT / "build" / "tidy"
    clean.mkdir(parents=True, exist_ok=True)
    seed = (ROOT / ".clang-tidy").read_bytes() + (ROOT / "tests" / ".clang-tidy").read_bytes()
    seed += b"analyze" if analyze else b""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        said = list(pool.map(lambda entry: tidy_one(tool, build, entry, seed, clean), entries))
    sys.stdout.write("".join(said))
    return int(any(said))


if __name__ == "__main__":
    kind, build_folder = sys.argv[1:]
    sys.exit(check_format() if kind == "format" else check_tidy(build_folder, kind == "analyze"))
