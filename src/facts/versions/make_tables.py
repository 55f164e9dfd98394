#!/usr/bin/env python3
"""Writes the tables beside this script: what the standard library gained and lost since 3.7.

Each interpreter that is named (or found as pythonN.M) is asked for its modules, their names, the
attributes of their classes, the parameters of their callables and which classes can be subscripted.
What all of them have is not written down. A name that comes and goes more than once is left out.
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
VERSIONS = ["3.{}".format(minor) for minor in range(7, 14)]
AREAS = {
    "asyncio": "asyncio",
    "concurrency": "_thread concurrent contextvars multiprocessing queue sched select selectors "
                   "signal subprocess threading",
    "typing": "abc typing types dataclasses enum collections contextlib functools inspect",
    "builtins": "builtins",
    "files": "bz2 fileinput filecmp fnmatch glob gzip io lzma mmap os pathlib shutil stat tarfile "
             "tempfile zipfile zlib",
    "network": "cgi cgitb email ftplib html http imaplib ipaddress mailbox mimetypes nntplib poplib "
               "smtpd smtplib socket socketserver ssl telnetlib urllib webbrowser wsgiref xmlrpc "
               "uuid asynchat asyncore",
    "data": "array ast base64 binascii bisect calendar cmath codecs colorsys configparser copy copyreg "
            "csv datetime decimal difflib fractions hashlib heapq hmac itertools json locale math "
            "numbers operator pickle plistlib pprint random re reprlib secrets shelve sqlite3 "
            "statistics string struct textwrap time tomllib unicodedata weakref xml zoneinfo "
            "graphlib binhex uu xdrlib",
    "language": "argparse atexit bdb cProfile cmd code codeop compileall dis distutils doctest "
                "ensurepip faulthandler formatter gc getopt getpass gettext grp imp importlib "
                "keyword lib2to3 linecache logging marshal modulefinder optparse parser pdb pipes "
                "pkgutil platform profile pstats pty pwd py_compile pyclbr pydoc readline resource "
                "runpy shlex site symbol symtable sys sysconfig syslog tabnanny termios test timeit "
                "token tokenize trace traceback tracemalloc tty unittest venv warnings zipapp "
                "zipimport crypt spwd nis ossaudiodev audioop aifc chunk imghdr sndhdr sunau "
                "msilib macpath dummy_threading _dummy_thread",
}

ASK = r'''
import importlib, importlib.util, inspect, json, pkgutil, sys, types, warnings
warnings.simplefilter("ignore")
KINDS = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
said = {"modules": {}, "names": {}, "all_names": {}, "members": {}, "own": {}, "parameters": {},
        "subscripts": {}}
try:
    REFUSED = importlib.import_module("asyncio.mixins")._marker
except (ImportError, AttributeError):
    REFUSED = object()

def parameters(thing):
    try:
        signature = inspect.signature(thing)
    except Exception:
        return None
    names = []
    for parameter in signature.parameters.values():
        if parameter.default is REFUSED:  # there for a better error message only
            continue
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            return None
        if parameter.kind in KINDS:
            names.append(parameter.name)
    return names

def look_at_class(path, cls):
    said["members"][path] = [n for n in dir(cls) if not n.startswith("_")]
    said["own"][path] = own = []
    said["subscripts"][path] = hasattr(cls, "__class_getitem__")
    for name in said["members"][path]:
        home = next((c for c in cls.__mro__ if name in vars(c)), cls).__module__
        if home.split(".")[0].lstrip("_") == path.split(".")[0].lstrip("_"):
            own.append(name)
        try:
            member = inspect.getattr_static(cls, name)
        except AttributeError:
            continue
        if isinstance(member, (classmethod, staticmethod)):
            member = member.__func__
        if inspect.isroutine(member):
            found = parameters(member)
            if found is not None:
                said["parameters"][path + "." + name] = found

def look_at(path, depth):
    try:
        module = importlib.import_module(path)
    except BaseException:
        said["modules"][path] = None
        return
    said["modules"][path] = True
    top = path.split(".")[0]
    listed = getattr(module, "__all__", None)
    names = []
    for name in dir(module):
        if name.startswith("_"):
            continue
        try:
            value = getattr(module, name)
        except AttributeError:
            continue
        home = getattr(value, "__module__", None) or ""
        if isinstance(value, types.ModuleType):
            continue
        foreign = isinstance(home, str) and home and home.lstrip("_").split(".")[0] != top and (
            listed is None or name not in listed) and path != "builtins" and home != "builtins"
        if foreign and home.split(".")[0] in sys.modules and not home.startswith("_"):
            continue
        names.append(name)
        where = path + "." + name
        if inspect.isclass(value):
            look_at_class(where, value)
        if callable(value):
            found = parameters(value)
            if found is not None:
                said["parameters"][where] = found
    said["names"][path] = names
    said["all_names"][path] = dir(module)
    if depth < 2 and hasattr(module, "__path__") and top not in ("test", "lib2to3", "distutils", "ensurepip"):
        for entry in pkgutil.iter_modules(module.__path__):
            if not entry.name.startswith("_") and entry.name not in ("test", "tests", "idlelib"):
                look_at(path + "." + entry.name, depth + 1)

for name in sys.argv[1:]:
    if importlib.util.find_spec(name) is not None:
        look_at(name, 0)
json.dump(said, sys.stdout)
'''


def interpreters(named):
    """Version to program: those given, and pythonN.M on the search path for the others."""
    found = {}
    for program in named:
        text = subprocess.run([program, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
                              check=True, stdout=subprocess.PIPE).stdout.decode().strip()
        found[text] = program
    for version in VERSIONS:
        if version not in found:
            program = shutil.which("python" + version)
            if program is None:
                sys.exit("no interpreter for " + version)
            found[version] = program
    return found


def ask(program):
    """What one interpreter has."""
    modules = sorted({name for area in AREAS.values() for name in area.split()})
    run = subprocess.run([program, "-I", "-c", ASK] + modules, check=True, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    text = run.stdout.decode()
    return json.loads(text[text.index('{"modules"'):])


def number(version):
    """3.7 as 307."""
    major, minor = version.split(".")
    return int(major) * 100 + int(minor)


def span(states):
    """(added, removed) of a list of (version, True, False or None for unknown), or None."""
    known = [(version, state) for version, state in states if state is not None]
    changes = [(version, state) for (_, before), (version, state) in zip(known, known[1:])
               if state != before]
    if not known or not changes or len(changes) > 2:
        return None
    if len(changes) == 2 and known[0][1]:
        return None
    added = next((number(version) for version, state in changes if state), 0)
    removed = next((number(version) for version, state in changes if not state), 0)
    return added, removed


def has_module(said, path):
    """Whether a version has the module; None where its import fails."""
    if path in said["modules"]:
        return said["modules"][path]
    parent = path.rpartition(".")[0]
    if parent and said["modules"].get(parent, False) is None:
        return None
    return False


def has_name(said, module, name):
    """Whether a version's module has the name; None where the module is missing."""
    if not has_module(said, module):
        return None
    return name in said["all_names"][module]


def has_member(said, path, name):
    """Whether a version's class has the attribute; None where the class is missing."""
    members = said["members"].get(path)
    return None if members is None else name in members


def has_parameter(said, path, name):
    """Whether a version's callable has the parameter; None where it cannot be told."""
    parameters = said["parameters"].get(path)
    return None if parameters is None else name in parameters


def collect(answers):
    """Every path with its span; parameters end with `(name)`, subscription with `[]`."""
    found = {}

    def note(path, state):
        result = span([(version, state(answers[version])) for version in VERSIONS])
        if result is not None:
            found[path] = result

    def union(kind):
        return sorted({key for said in answers.values() for key in said[kind]})

    for module in union("modules"):
        note(module, lambda said: has_module(said, module))
    for module in union("names"):
        if module in found and "." not in module:
            continue
        for name in sorted({n for said in answers.values() for n in said["names"].get(module, ())}):
            note(module + "." + name, lambda said: has_name(said, module, name))
    for path in union("members"):
        for name in sorted({n for said in answers.values() for n in said["own"].get(path, ())}):
            note(path + "." + name, lambda said: has_member(said, path, name))
        note(path + "[]", lambda said: said["subscripts"].get(path))
    for path in union("parameters"):
        names = {n for said in answers.values() for n in said["parameters"].get(path, ())}
        for name in sorted(names - {"self", "cls"}):
            note(path + "(" + name + ")", lambda said: has_parameter(said, path, name))
    return found


def is_implied(path, found):
    """Whether what holds the path already says the same or more."""
    parts = re.split(r"[.(\[]", path)
    for length in range(1, len(parts) - 1):
        holder = found.get(".".join(parts[:length]))
        if holder is None or holder[0] < found[path][0]:
            continue
        if not found[path][1] or 0 < holder[1] <= found[path][1]:
            return True
    return False


def main():
    """Ask all interpreters and write one file per area."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("interpreter", nargs="*")
    programs = interpreters(options.parse_args().interpreter)
    answers = {version: ask(programs[version]) for version in VERSIONS}
    found = collect(answers)
    area_of = {top: area for area, tops in AREAS.items() for top in tops.split()}
    lines = {area: [] for area in AREAS}
    for path in sorted(found):
        if is_implied(path, found):
            continue
        top = re.split(r"[.(\[]", path)[0]
        lines[area_of[top]].append('API("{}", {}, {})'.format(path, *found[path]))
    for area, entries in lines.items():
        head = ["// Made by make_tables.py from CPython 3.7 to 3.13: API(path, added, removed), 0 "
                "for never."]
        (HERE / (area + ".def")).write_text("\n".join(head + entries) + "\n")
        print(area, len(entries))


if __name__ == "__main__":
    main()
