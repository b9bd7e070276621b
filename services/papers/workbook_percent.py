"""Cells that show a percentage hold its hundredth: they are read as they are shown, «95%», not 0.95."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from xml.parsers import expat

_BUILT_IN = {"9", "10"}
"""The numbers of «0%» and «0.00%», which every workbook has without saying so."""
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_FINEST = Decimal("1E-10")
"""What is less than this of a per cent is the noise of binary fractions."""
_CELL = re.compile(
    rb"(<(?:\w+:)?c\b)([^<>]*)(>(?:\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>)"
    rb"([^<]{1,40})(</(?:\w+:)?v>)"
)
_STYLE = re.compile(rb"""\bs=["']([0-9]+)["']""")
_KIND = re.compile(rb"""\bt=["']([^"']*)["']""")


def styles(parts: Mapping[str, bytes]) -> frozenset[bytes]:
    """The styles of a workbook's cells that show percentages."""
    found = next((data for name, data in parts.items() if name.lower() == "xl/styles.xml"), b"")
    finder = _StyleFinder()
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.StartElementHandler = finder.start
    parser.EndElementHandler = finder.end
    parser.StartDoctypeDeclHandler = finder.doctype
    try:
        parser.Parse(found, True)
    except expat.ExpatError:
        return frozenset()  # the reader itself says whether the workbook can be read
    return frozenset(str(number).encode() for number, one in enumerate(finder.formats) if finder.shows(one))


def as_shown(sheet: bytes, percents: frozenset[bytes]) -> bytes:
    """A tab in which numbers shown as percentages are the texts that people see."""
    return _CELL.sub(lambda cell: _cell(cell, percents), sheet) if percents else sheet


def _cell(cell: re.Match[bytes], percents: frozenset[bytes]) -> bytes:
    attributes = cell[2]
    style, kind = _STYLE.search(attributes), _KIND.search(attributes)
    if style is None or style[1] not in percents or (kind is not None and kind[1] != b"n"):
        return cell[0]
    try:
        shown = (Decimal(cell[4].decode()) * 100).quantize(_FINEST).normalize()
    except (InvalidOperation, UnicodeDecodeError):
        return cell[0]
    text = f"{shown:f}".replace(".", ",").encode() + b"%"
    return cell[1] + _KIND.sub(b"", attributes) + b' t="str"' + cell[3] + text + cell[5]


class _StyleFinder:
    """The format of each style a cell may have, by its number, and the formats that were made up."""

    def __init__(self) -> None:
        self.formats: list[str] = []
        self._made: dict[str, str] = {}
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(" ")[2]:
            case "numFmt":
                self._made[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            case "cellXfs":
                self._inside = True
            case "xf" if self._inside:
                self.formats.append(attributes.get("numFmtId", ""))

    def end(self, name: str) -> None:
        if name.rpartition(" ")[2] == "cellXfs":
            self._inside = False

    def doctype(self, *_: object) -> None:
        raise expat.ExpatError("a document type")

    def shows(self, number: str) -> bool:
        """Whether cells of this format show a sign of per cent that stands for a hundredth."""
        made = self._made.get(number)
        return number in _BUILT_IN if made is None else "%" in _LITERAL.sub("", made)
