"""jsonplaces.py: where each value of a JSON text stands, found independently of the program.

A scanner of its own over decoded text: no offsets or positions of any JSON library are used.
"""
# SPDX-License-Identifier: Apache-2.0
import json
import re

SPACE = re.compile(r'[ \t\r\n]*')
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
SCALAR = re.compile(r'[^,\]\}\s]+')


def escape(key):
    return key.replace('~', '~0').replace('/', '~1')


class Places:
    """spans[pointer] = (start, end) in characters; kind[pointer] is the parsed value's type name;
    parent_kind[pointer] tells 'list' or 'object'."""

    def __init__(self, text):
        self.text = text
        self.spans = {}
        self.in_list = set()
        self.key_start = {}
        end = self._value(self._skip(0), '')
        assert self._skip(end) == len(text), 'trailing text'
        self.line_starts = [0]
        for match in re.finditer(r'\r\n|\n', text):
            self.line_starts.append(match.end())

    def _skip(self, at):
        return SPACE.match(self.text, at).end()

    def _value(self, at, pointer):
        start = at
        if self.text[at] == '{':
            at = self._members(at, pointer)
        elif self.text[at] == '[':
            at = self._elements(at, pointer)
        elif self.text[at] == '"':
            at = STRING.match(self.text, at).end()
        else:
            at = SCALAR.match(self.text, at).end()
        self.spans[pointer] = (start, at)
        return at

    def _members(self, at, pointer):
        at = self._skip(at + 1)
        while self.text[at] != '}':
            key_at = at
            match = STRING.match(self.text, at)
            inner = pointer + '/' + escape(json.loads(match.group()))
            self.key_start[inner] = key_at
            at = self._skip(match.end())
            assert self.text[at] == ':'
            at = self._skip(self._value(self._skip(at + 1), inner))
            if self.text[at] == ',':
                at = self._skip(at + 1)
        return at + 1

    def _elements(self, at, pointer):
        at = self._skip(at + 1)
        index = 0
        while self.text[at] != ']':
            inner = '%s/%d' % (pointer, index)
            self.in_list.add(inner)
            at = self._skip(self._value(at, inner))
            index += 1
            if self.text[at] == ',':
                at = self._skip(at + 1)
        return at + 1

    def place(self, pointer):
        """1-based line and column, a column counting code points."""
        offset = self.spans[pointer][0]
        low, high = 0, len(self.line_starts)
        while high - low > 1:
            middle = (low + high) // 2
            if self.line_starts[middle] <= offset:
                low = middle
            else:
                high = middle
        return low + 1, offset - self.line_starts[low] + 1

    def value_text(self, pointer):
        start, end = self.spans[pointer]
        return self.text[start:end]

    def without(self, pointer):
        """The text without that member or element, and one comma."""
        start = self.key_start.get(pointer, self.spans[pointer][0])
        end = self.spans[pointer][1]
        after = self._skip(end)
        if self.text[after] == ',':
            return self.text[:start] + self.text[self._skip(after + 1):]
        before = start
        while self.text[before - 1] in ' \t\r\n':
            before -= 1
        if self.text[before - 1] == ',':
            before -= 1
        return self.text[:before] + self.text[end:]

    def replaced(self, pointer, value):
        start, end = self.spans[pointer]
        return self.text[:start] + value + self.text[end:]


def read(path):
    with open(path, 'rb') as file:
        raw = file.read()
    if raw.startswith(b'\xff\xfe') or raw.startswith(b'\xfe\xff'):
        return raw.decode('utf-16')
    return raw.decode('utf-8-sig')
