"""Writes unicode_tables.inc: which code points are blanks, word characters and identifiers.

Run by CPython 3.7, whose Unicode version (11.0) and predicates are the reference:

    python3.7 src/python/unicode_tables.py > src/python/unicode_tables.inc
"""

import sys
import unicodedata


def ranges(belongs):
    """Yield the (first, last) pairs of code points from 0x80 on for which belongs() holds."""
    first = None
    for point in range(0x80, sys.maxunicode + 2):
        inside = point <= sys.maxunicode and belongs(chr(point))
        if inside and first is None:
            first = point
        elif not inside and first is not None:
            yield first, point - 1
            first = None


def write(name, belongs):
    """Print one table as a C array."""
    print('static const Range %s[] = {' % name)
    row = '   '
    for pair in ranges(belongs):
        item = ' {0x%x, 0x%x},' % pair
        if len(row) + len(item) > 98:
            print(row)
            row = '   '
        row += item
    print(row)
    print('};')


def main():
    """Print all tables."""
    print('// Made by unicode_tables.py from Unicode %s.' % unicodedata.unidata_version)
    write('space_ranges', str.isspace)
    write('word_ranges', str.isalnum)
    write('identifier_start_ranges', str.isidentifier)
    write('identifier_ranges', lambda char: ('a' + char).isidentifier())


if __name__ == '__main__':
    main()
