"""Numbers as people type them on a phone, read exactly and written back the Vietnamese way."""

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from core.refusals import Code, Refusal
from core.vietnamese import fold

LONGEST = 40
"""Characters; no figure a campaign asks for is longer."""


class NumberProblem(StrEnum):
    """Why a text is not taken for a number. Each has its sentence in `core/texts/criteria_typed.py`."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    SEVERAL = "several"
    SEPARATORS = "separators"
    ZERO_WHOLE = "zero_whole"
    NEGATIVE_PART = "negative_part"
    FRACTION_UNWANTED = "fraction_unwanted"
    PERCENT_UNWANTED = "percent_unwanted"
    NOT_WHOLE = "not_whole"
    OUT_OF_RANGE = "out_of_range"
    NOT_TWO = "not_two"
    MORE_THAN_TWO = "more_than_two"
    NOT_A_RANK = "not_a_rank"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood.

    `part` and `whole` are set when the person typed a fraction, and `value` is then its percentage.
    `percent` says that a share was typed, by its sign or as a fraction.
    """

    value: Decimal
    part: Decimal | None = None
    whole: Decimal | None = None
    percent: bool = False


def unreadable(problem: NumberProblem, given: str, **facts: object) -> Refusal:
    """The one refusal for a text that is not the number asked for."""
    return Refusal(Code.NUMBER_UNREADABLE, problem=problem, given=given, **facts)


def read_number(text: str, *, percent: bool = False, unit: str = "") -> Reading:
    """The number in `text`, with what else was understood.

    A comma is the decimal mark. A dot groups thousands when exactly three digits follow it
    («1.234» is 1234) and is a decimal mark otherwise («90.5»); a percentage has no
    thousands, so «99.125» has decimals there, but «1.000», as nobody writes them, is refused as unclear.
    Where both occur the last one is the decimal mark.
    «12/98» is the percentage that 12 is of 98. A trailing `unit` or per cent sign is allowed.

    Raises `Refusal(NUMBER_UNREADABLE)` with a `NumberProblem` for anything else.
    """
    if len(text) > LONGEST:
        raise unreadable(NumberProblem.TOO_LONG, text)
    bare, signed = _without_unit(_plain_signs(text), unit)
    if not bare:
        raise unreadable(NumberProblem.EMPTY, text)
    if bare.count("/") == 1:
        return _fraction(bare, text)
    return Reading(_decimal(bare, text, percent=percent or signed), percent=signed)


def format_number(value: Decimal, *, group: bool = True) -> str:
    """«1.234,5»: a decimal comma and, where `group`, dots between thousands.

    Trailing zeros are kept as the value carries them, so that what was typed is what is repeated.
    """
    sign = "-" if value < 0 else ""
    whole, _, decimals = f"{abs(value):f}".partition(".")
    if group:
        whole = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{whole},{decimals}" if decimals else f"{sign}{whole}"


def format_percent(value: Decimal) -> str:
    """«90,5 %»; never grouped, because a dot in a percentage is read as a decimal mark."""
    return f"{format_number(value, group=False)} %"


def format_share(share: Fraction) -> str:
    """«66,6 %» of a vote: rounded down, so that a threshold is never reached by rounding."""
    tenths = share.numerator * 1000 // share.denominator
    return f"{tenths / 10:.1f}".removesuffix(".0").replace(".", ",") + " %"


_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys((0x00A0, 0x2007, 0x2009, 0x202F, 0x3000), " ")
_MINUS = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2212), "-")
_SIGNS = {**_FULL_WIDTH, **_SPACES, **_MINUS, 0x2044: "/", 0x2215: "/"}
_PERCENT_WORDS = "phan tram"
_GROUPS = re.compile(r"[0-9]{1,3}(?:[ .,][0-9]{3})+")
_SHAPE = re.compile(r"[+-]?[0-9](?:[0-9 .,]*[0-9])?")
_ANY_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


def _plain_signs(text: str) -> str:
    return " ".join(text.translate(_SIGNS).split()).rstrip(" .,;")


def _without_unit(text: str, unit: str) -> tuple[str, bool]:
    """The text without a trailing unit, and whether that unit was per cent."""
    if text.endswith("%"):
        return text.removesuffix("%").rstrip(" .,"), True
    match = re.fullmatch(r"(.*[0-9])\s*([^0-9]+)", text)
    if match is None:
        return text, False
    tail = fold(match[2])
    if tail == _PERCENT_WORDS:
        return match[1], True
    return (match[1], False) if unit and tail == fold(unit) else (text, False)


def _fraction(bare: str, given: str) -> Reading:
    left, _, right = bare.partition("/")
    part = _decimal(left.strip(), given, percent=False)
    whole = _decimal(right.strip(), given, percent=False)
    if whole == 0:
        raise unreadable(NumberProblem.ZERO_WHOLE, given)
    if part < 0 or whole < 0:
        raise unreadable(NumberProblem.NEGATIVE_PART, given)
    with localcontext() as exact:
        exact.prec = LONGEST
        value = part * 100 / whole
    return Reading(value, part, whole, percent=True)


def _decimal(bare: str, given: str, *, percent: bool) -> Decimal:
    text = re.sub(r" ?([.,]) ?", r"\1", bare)
    if not _SHAPE.fullmatch(text):
        several = len(_ANY_NUMBER.findall(text)) > 1
        raise unreadable(NumberProblem.SEVERAL if several else NumberProblem.NOT_A_NUMBER, given)
    sign, digits = ("-", text[1:]) if text[0] == "-" else ("", text.removeprefix("+"))
    whole, decimals = _split(digits, given, percent=percent)
    return Decimal(f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}")


def _split(digits: str, given: str, *, percent: bool) -> tuple[str, str]:
    """Whole digits and decimal digits."""
    marks = re.findall(r"[.,]", digits)
    if not marks:
        return _ungroup(digits, " ", given), ""
    last = marks[-1]
    head, _, tail = digits.rpartition(last)
    if len(marks) == 1:
        thousands = last == "." and _GROUPS.fullmatch(digits) and head[0] != "0"
        if thousands and percent and tail[-1] == "0":
            raise unreadable(NumberProblem.SEPARATORS, given)
        thousands = thousands and not percent
        return (head + tail, "") if thousands else (_ungroup(head, " ", given), _decimals(tail, given))
    if set(marks) == {"."} and not percent:
        return _ungroup(digits, ".", given), ""
    grouping = set(marks[:-1])
    if last in grouping or len(grouping) > 1:
        raise unreadable(NumberProblem.SEPARATORS, given)
    return _ungroup(head, grouping.pop(), given), _decimals(tail, given)


def _ungroup(digits: str, separator: str, given: str) -> str:
    if digits.isdecimal():
        return digits
    if not _GROUPS.fullmatch(digits) or any(mark != separator for mark in digits if not mark.isdecimal()):
        spaced = " " in digits
        raise unreadable(NumberProblem.SEVERAL if spaced else NumberProblem.SEPARATORS, given)
    return digits.replace(separator, "")


def _decimals(tail: str, given: str) -> str:
    if not tail.isdecimal():
        raise unreadable(NumberProblem.SEVERAL, given)
    return tail
