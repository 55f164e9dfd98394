"""The table of rules in README.md, from what `asynclint rule --all` says.

    rule_table.py PROGRAM README            writes it between the markers
    rule_table.py PROGRAM README --check    fails where that would change something
"""

import json
import pathlib
import subprocess
import sys

BEGIN = "<!-- rules: written by ./dev docs -->\n"
END = "<!-- end of rules -->\n"
SIGNS = {"none": "", "safe": "yes", "unsafe": "unsafe"}


def table(program: str) -> str:
    """All rules, by code."""
    said = subprocess.run([program, "rule", "--all", "--output-format", "json"],
                          capture_output=True, check=True).stdout
    rows = ["| code | what it finds | on | fixed |", "|---|---|---|---|"]
    for rule in sorted(json.loads(said), key=lambda rule: rule["code"]):
        summary = rule["summary"].replace("|", "\\|")
        rows.append(f"| {rule['code']} | {summary} | {'yes' if rule['default'] else ''} "
                    f"| {SIGNS[rule['fix']]} |")
    return "\n".join(rows) + "\n"


def main() -> int:
    program, name, *rest = sys.argv[1:]
    readme = pathlib.Path(name)
    text = readme.read_text()
    before, rest_of_text = text.split(BEGIN)
    after = rest_of_text.split(END)[1]
    fresh = before + BEGIN + "\n" + table(program) + "\n" + END + after
    if rest != ["--check"]:
        readme.write_text(fresh)
        return 0
    if fresh != text:
        print("README.md's table of rules is not what the program says: run ./dev docs",
              file=sys.stderr)
    return int(fresh != text)


if __name__ == "__main__":
    sys.exit(main())
