"""The parts of README.md that the program itself says.

    readme.py PROGRAM README            writes them between their markers
    readme.py PROGRAM README --check    fails where that would change something
"""

import json
import pathlib
import subprocess
import sys

END = "<!-- end of %s -->\n"
BEGIN = "<!-- %s: written by ./dev docs -->\n"
SIGNS = {"none": "", "safe": "yes", "unsafe": "unsafe"}
DEMO = "fixtures/demo/0x00-python_async_function"
PICTURED = ["0-basic.py", "1-concurrent.py", "12-store.py", "13-threads.py"]


def rules(program: str, _: pathlib.Path) -> str:
    """All rules, by code."""
    said = subprocess.run([program, "rule", "--all", "--output-format", "json"],
                          capture_output=True, check=True).stdout
    rows = ["| code | what it finds | on | fixed |", "|---|---|---|---|"]
    for rule in sorted(json.loads(said), key=lambda rule: rule["code"]):
        summary = rule["summary"].replace("|", "\\|")
        rows.append(f"| {rule['code']} | {summary} | {'yes' if rule['default'] else ''} "
                    f"| {SIGNS[rule['fix']]} |")
    return "\n".join(rows) + "\n"


def graph(program: str, root: pathlib.Path) -> str:
    """What some files of the demo do with each other."""
    said = subprocess.run([program, "graph", "--isolated", *PICTURED], cwd=root / DEMO,
                          capture_output=True, check=True, encoding="utf-8").stdout
    return f"```\n{said}```\n"


PARTS = {"graph": graph, "rules": rules}


def main() -> int:
    program, name, *rest = sys.argv[1:]
    readme = pathlib.Path(name)
    old = text = readme.read_text(encoding="utf-8")
    for part, write in PARTS.items():
        begin, end = BEGIN % part, END % part
        before, rest_of_text = text.split(begin)
        after = rest_of_text.split(end)[1]
        fresh = write(str(pathlib.Path(program).resolve()), readme.resolve().parent)
        text = before + begin + "\n" + fresh + "\n" + end + after
    if rest != ["--check"]:
        readme.write_text(text, encoding="utf-8")
        return 0
    if text != old:
        print("README.md says otherwise than the program: run ./dev docs", file=sys.stderr)
    return int(text != old)


if __name__ == "__main__":
    sys.exit(main())
