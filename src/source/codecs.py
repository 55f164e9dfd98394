"""Writes codecs.inc: Python's names of text encodings and what iconv calls them.

Run by CPython 3.7, whose codecs and aliases are the reference:

    python3.7 src/source/codecs.py > src/source/codecs.inc

A codec that glibc's iconv does not have, or that is no character set (unicode_escape, utf_7 …),
is left out: a cookie that names it is reported as unknown.
"""

import encodings
import encodings.aliases
import pkgutil
import re
import subprocess

BUILT_IN = {'utf_8': 'UTF-8', 'utf_8_sig': 'UTF-8', 'latin_1': 'ISO-8859-1', 'iso8859_1': 'ISO-8859-1',
            'ascii': 'US-ASCII'}
OTHER_NAMES = {'big5hkscs': 'BIG5-HKSCS', 'euc_jis_2004': 'EUC-JISX0213', 'hp_roman8': 'HP-ROMAN8',
               'kz1048': 'RK1048', 'mac_roman': 'MACINTOSH', 'ptcp154': 'PT154',
               'shift_jis': 'CP932',  # its backslash is one, not a yen sign
               'shift_jis_2004': 'SHIFT_JISX0213', 'shift_jisx0213': 'SHIFT_JISX0213'}
FAMILIES = re.compile('(big5|cp[0-9]+|euc_|gb|hp_|iso|johab|koi8|kz|mac_|ptcp|shift|tis)')


def iconv_name(module):
    """What iconv calls the codec, or None."""
    if module in BUILT_IN:
        return BUILT_IN[module]
    if not FAMILIES.match(module):
        return None
    name = OTHER_NAMES.get(module) or re.sub('^ISO8859-', 'ISO-8859-', re.sub(
        '^ISO2022-', 'ISO-2022-', module.upper().replace('_', '-')))
    for candidate in (name, name.replace('-', '_')):
        command = ['iconv', '-f', candidate, '-t', 'UTF-8', '/dev/null']
        if subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0:
            return candidate
    return None


def main():
    """Print the table, sorted by Python's name."""
    modules = {module.name for module in pkgutil.iter_modules(encodings.__path__)}
    names = {module: module for module in modules}
    names.update(encodings.aliases.aliases)
    print('// Made by codecs.py.')
    for name, module in sorted(names.items()):
        if iconv_name(module):
            print('{"%s", "%s"},' % (name, iconv_name(module)))


if __name__ == '__main__':
    main()
