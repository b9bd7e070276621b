"""Where each key of a TOML text stands: the line numbers that `tomllib` does not keep."""

import re
import tomllib
from bisect import bisect_right

KeyPath = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_BARE_VALUE = re.compile(r"[^,\]}#\n]*")
_STRINGS = (
    re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}', re.DOTALL),
    re.compile(r"'''.*?'{3,5}", re.DOTALL),
    re.compile(r'"(?:[^"\\\n]|\\.)*"'),
    re.compile(r"'[^'\n]*'"),
)


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line, counted from 1, of every table, key and array element.

    Array indices count from 0. The text must be one that `tomllib` accepts; nothing is checked here.
    """
    return _Walk(text).document()


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """The line of `path`, or of the nearest table around it; 1 where there is none."""
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return 1


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.breaks = [match.start() for match in re.finditer("\n", text)]
        self.lines: dict[KeyPath, int] = {}
        self.tables: dict[KeyPath, int] = {}

    def document(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        self.skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip(_BLANK)
        return self.lines

    def header(self) -> KeyPath:
        """`[table]` or `[[table]]`: the path its keys belong to."""
        many = self.text.startswith("[[", self.at)
        line = self.line()
        self.at += 2 if many else 1
        self.skip(_BLANK)
        path: KeyPath = ()
        for part in self.key():
            path = (*self.inside(path), part)
            self.lines.setdefault(path, line)
        self.skip(_BLANK)
        self.at += 2 if many else 1
        if not many:
            return path
        self.tables[path] = self.tables.get(path, 0) + 1
        self.lines[self.inside(path)] = line
        return self.inside(path)

    def inside(self, path: KeyPath) -> KeyPath:
        """The table a path leads into: of an array of tables, the latest."""
        return (*path, self.tables[path] - 1) if path in self.tables else path

    def pair(self, table: KeyPath) -> None:
        line = self.line()
        path = table
        for part in self.key():
            path = (*path, part)
            self.lines.setdefault(path, line)
        self.skip(_EQUALS)
        self.value(path)

    def key(self) -> list[str]:
        parts = [self.key_part()]
        while self.skip(_DOT):
            parts.append(self.key_part())
        return parts

    def key_part(self) -> str:
        if self.text[self.at] not in "\"'":
            return self.skip(_BARE_KEY)
        return next(iter(tomllib.loads(f"{self.string()} = 0")))

    def value(self, path: KeyPath) -> None:
        match self.text[self.at]:
            case "[":
                self.array(path)
            case "{":
                self.inline_table(path)
            case '"' | "'":
                self.string()
            case _:
                self.skip(_BARE_VALUE)

    def array(self, path: KeyPath) -> None:
        self.at += 1
        index = 0
        while self.skip_to_item() != "]":
            self.lines[*path, index] = self.line()
            self.value((*path, index))
            index += 1
        self.at += 1

    def inline_table(self, path: KeyPath) -> None:
        self.at += 1
        while self.skip_to_item() != "}":
            self.pair(path)
        self.at += 1

    def skip_to_item(self) -> str:
        self.skip(_BLANK)
        if self.text[self.at] == ",":
            self.at += 1
            self.skip(_BLANK)
        return self.text[self.at]

    def string(self) -> str:
        for shape in _STRINGS:
            match = shape.match(self.text, self.at)
            if match is not None:
                self.at = match.end()
                return match[0]
        raise ValueError(self.line())

    def skip(self, shape: re.Pattern[str]) -> str:
        match = shape.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match[0]

    def line(self) -> int:
        return bisect_right(self.breaks, self.at - 1) + 1
