#!/usr/bin/env python3
"""Writes identifiers.def: the code points that begin a name, and those that may only follow."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent


def ranges(points):
    """Join neighbouring code points into (first, last) pairs."""
    found = []
    for point in points:
        if found and found[-1][1] == point - 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return found


def main():
    """Ask the running interpreter, which should be the newest one."""
    version = "{}.{}".format(*sys.version_info[:2])
    points = [p for p in range(sys.maxunicode + 1) if not 0xD800 <= p <= 0xDFFF]
    starts = [p for p in points if chr(p).isidentifier()]
    known = set(starts)
    rests = [p for p in points if p not in known and ("a" + chr(p)).isidentifier()]
    lines = ["// Made by make_identifiers.py from CPython {}: START begins a name, REST "
             "only follows.".format(version)]
    lines += ["START(0x{:X}, 0x{:X})".format(*pair) for pair in ranges(starts)]
    lines += ["REST(0x{:X}, 0x{:X})".format(*pair) for pair in ranges(rests)]
    (HERE / "identifiers.def").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
