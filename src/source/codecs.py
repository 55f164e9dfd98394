"""Writes codecs.inc: Python's names of text encodings and what GNU libiconv calls them.

Run by CPython 3.7, whose codecs and aliases are the reference, with the folder of libiconv's sources:

    python3.7 src/source/codecs.py build/deps/node_modules/iconv/deps/libiconv/lib > src/source/codecs.inc

A codec that libiconv does not have (EBCDIC, in which no cookie can be read), or that is no character
set (unicode_escape, utf_7 …), is left out: a cookie that names it is reported as unknown.
"""

import encodings
import encodings.aliases
import pathlib
import pkgutil
import re
import sys

BUILT_IN = {'utf_8': 'UTF-8', 'utf_8_sig': 'UTF-8', 'latin_1': 'ISO-8859-1', 'iso8859_1': 'ISO-8859-1',
            'ascii': 'US-ASCII'}
OTHER_NAMES = {'big5hkscs': 'BIG5-HKSCS', 'euc_jis_2004': 'EUC-JISX0213', 'hp_roman8': 'HP-ROMAN8',
               'kz1048': 'RK1048', 'mac_latin2': 'MACCENTRALEUROPE', 'mac_roman': 'MACINTOSH', 'ptcp154': 'PT154',
               'shift_jis': 'CP932',  # its backslash is one, not a yen sign
               'shift_jis_2004': 'SHIFT_JISX0213', 'shift_jisx0213': 'SHIFT_JISX0213'}
FAMILIES = re.compile('(big5|cp[0-9]+|euc_|gb|hp_|hz|iso|johab|koi8|kz|mac_|ptcp|shift|tis)')
TABLES = ('aliases.h', 'aliases_dos.h', 'aliases_extra.h')  # of names: those that are compiled in


def known_names(folder):
    """All names that libiconv goes by."""
    text = ''.join((pathlib.Path(folder) / table).read_text(encoding='latin-1') for table in TABLES)
    return set(re.findall('"([A-Z0-9:_.-]+)"', text))


def iconv_name(module, known):
    """What libiconv calls the codec, or None."""
    if module in BUILT_IN:
        return BUILT_IN[module]
    if not FAMILIES.match(module):
        return None
    name = OTHER_NAMES.get(module) or re.sub('^ISO8859-', 'ISO-8859-', re.sub(
        '^ISO2022-', 'ISO-2022-', module.upper().replace('_', '-')))
    candidates = (name, name.replace('-', '_'), name.replace('-', ''))
    return next((candidate for candidate in candidates if candidate in known), None)


def main():
    """Print the table, sorted by Python's name."""
    modules = {module.name for module in pkgutil.iter_modules(encodings.__path__)}
    names = {module: module for module in modules}
    names.update(encodings.aliases.aliases)
    known = known_names(sys.argv[1])
    print('// Made by codecs.py.')
    for name, module in sorted(names.items()):
        if iconv_name(module, known):
            print('{"%s", "%s"},' % (name, iconv_name(module, known)))


if __name__ == '__main__':
    main()
