"""Words inside a document that make the reader's program fetch or start something.

Word calls them fields, Excel formulas. Both have been used to start programs without any macro.
"""

import re

from bot.inspection.checked import Refused
from core.evidence import RefusedFile

_DDE_FIELD = re.compile(r"DDE(AUTO)?\b")
_FETCHING_FIELD = re.compile(r"(INCLUDETEXT|INCLUDE|IMPORT|LINK|DATABASE|RD)\b")
_PICTURE_FIELD = re.compile(r"INCLUDEPICTURE\b")
_OTHER_MACHINE = re.compile(r'"?\s*(\\\\|//|FILE:)')
_CODES = re.compile(r"QUOTE((?:\s+\d{1,5})+)\s*$")

_STRINGS = re.compile(r'"[^"]*"')
_SHEET_NAMES = re.compile(r"'(?:[^']|'')*'")
_FETCHING_FORMULA = re.compile(r"\b(WEBSERVICE|RTD|IMAGE)\s*\(", re.IGNORECASE)
_RUNNING_FORMULA = re.compile(r"\b(CALL|REGISTER|REGISTER\.ID|EXEC)\s*\(", re.IGNORECASE)


class FieldReader:
    """Puts the instructions of Word's fields together from the pieces they are stored in.

    A field may lie inside the instruction of another; a QUOTE of character codes is read as the
    letters it stands for, since that is how the word DDE has been hidden.
    """

    def __init__(self) -> None:
        self._open: list[str] = []
        self._loose = ""

    def mark(self, kind: str) -> None:
        """A field begins, its instruction ends (`separate`), or it ends."""
        if kind == "begin":
            self._open.append("")
        elif self._open and kind == "separate":
            ensure_field(self._open[-1])
        elif self._open and kind == "end":
            instruction = self._open.pop()
            ensure_field(instruction)
            if self._open:
                self._open[-1] += _value(instruction)

    def say(self, text: str) -> None:
        """A piece of an instruction."""
        if self._open:
            self._open[-1] += text
        else:
            self._loose += text

    def close(self) -> None:
        """The part is over; what was never closed is judged as it stands."""
        for instruction in (*self._open, self._loose):
            ensure_field(instruction)


def ensure_field(instruction: str) -> None:
    """Raise `Refused` for a field that starts a program or fetches a file."""
    said = instruction.upper().strip(' \t\r\n"“”')
    if _DDE_FIELD.match(said):
        raise Refused(RefusedFile.DDE)
    if _FETCHING_FIELD.match(said):
        raise Refused(RefusedFile.EXTERNAL_LINK)
    picture = _PICTURE_FIELD.match(said)
    if picture and _OTHER_MACHINE.match(said[picture.end() :].lstrip()):
        raise Refused(RefusedFile.EXTERNAL_LINK)


def ensure_formula(formula: str) -> None:
    """Raise `Refused` for a formula that talks to another program or fetches from outside.

    «cmd|'/c calc'!A0» is such a conversation; the bar means nothing else in a formula.
    """
    bare = _SHEET_NAMES.sub("", _STRINGS.sub("", formula))
    if "|" in bare:
        raise Refused(RefusedFile.DDE)
    if _RUNNING_FORMULA.search(bare):
        raise Refused(RefusedFile.MACRO)
    if _FETCHING_FORMULA.search(bare):
        raise Refused(RefusedFile.EXTERNAL_LINK)


def _value(instruction: str) -> str:
    codes = _CODES.match(instruction.strip().upper())
    if codes is None:
        return instruction.partition(" ")[2].strip(' "') if _quotes(instruction) else ""
    return "".join(chr(int(code)) for code in codes[1].split())


def _quotes(instruction: str) -> bool:
    return instruction.strip().upper().startswith("QUOTE")
