"""How a value of a plan stands in a cell, and what a cell that people filled means.

What cannot be read stays as it is: the plan's own checks then say what the place needs.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from core.texts import campaign_workbook as texts
from core.vietnamese import clean_line, words_only
from services.papers.campaign_columns import Column, Kind
from services.papers.campaign_fields import VIETNAM
from services.papers.workbook import Value

LONGEST = 4_000
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})-(\d{2})(?: 00:00:00)?")
_YEAR_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2})[:hg](\d{2})(?::(\d{2}))?")
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
_TIME_OF_DAY = re.compile(r"(?P<hour>[0-9]{1,2}) ?(?:h|gio|g)? ?(?P<minute>[0-9]{2})?(?: (?:00|phut))?")
_HOURS, _MINUTES = 24, 60
_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"}


def shown(column: Column, value: object) -> str:
    """The text of a cell that holds this value; `as_meant` reads it back."""
    if value is None or value is False:
        return texts.COUNTS["false"] if column.words is texts.COUNTS and value is False else ""
    if isinstance(value, Mapping) and "unsaid" in value:
        return texts.opened(str(value["unsaid"]))
    match column.kind:
        case Kind.YES:
            return texts.YES
        case Kind.WORD:
            return column.words.get(str(value).lower() if isinstance(value, bool) else str(value), str(value))
        case Kind.WORDS if isinstance(value, list):
            return "; ".join(column.words.get(str(one), str(one)) for one in value)
        case Kind.CODES if isinstance(value, list):
            return ", ".join(map(str, value))
        case Kind.LINES if isinstance(value, list):
            return "\n".join(map(str, value))
        case Kind.PAIRS if isinstance(value, list):
            return "\n".join(f"{one['key']} = {one['label']}" for one in value)
        case Kind.DAY if isinstance(value, Mapping):
            return f"{value['day']:02d}/{value['month']:02d}"
    return _shown_alone(value)


def _shown_alone(value: object) -> str:
    match value:
        case datetime():
            return _moment_shown(value if value.tzinfo is None else value.astimezone(VIETNAM))
        case date():
            return f"{value:%d/%m/%Y}"
        case time():
            return f"{value:%H:%M}"
        case Decimal():
            return _decimal_shown(value)
    return str(value)


def _decimal_shown(value: Decimal) -> str:
    """With a fourth decimal where there are three, which alone could be thousands."""
    text = f"{value:f}".replace(".", ",")
    return f"{text}0" if _THOUSANDS.fullmatch(text) else text


def _moment_shown(at: datetime) -> str:
    return f"{at:%H:%M:%S %d/%m/%Y}" if at.second else f"{at:%H:%M %d/%m/%Y}"


def as_text(value: Value) -> str:
    """A cell as its person typed it, as far as the spreadsheet still knows."""
    match value:
        case bool():
            return texts.YES if value else texts.NO
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return _decimal_shown(Decimal(repr(value)))
        case datetime() if value.time() != time():
            return _moment_shown(value)
        case date():
            return f"{value:%d/%m/%Y}"
        case timedelta() | time() | int():
            return str(value)
    lines = (clean_line(line, LONGEST) for line in value.splitlines())
    return "\n".join(line for line in lines if line)


def is_error(text: str) -> bool:
    """Whether a cell shows what a formula could not work out."""
    return text in _ERRORS


def as_meant(column: Column, text: str) -> object:
    """The value that a cell's text stands for in the plan; None for an empty cell."""
    if not text:
        return None
    mark, colon, words = text.partition(":")
    if column.open and colon and words_only(mark) == words_only(texts.OPEN_MARK):
        return {"unsaid": " ".join(words.split())}
    several = _several(column, text)
    return several if several is not None else _one(column, " ".join(text.split()))


def _several(column: Column, text: str) -> list[object] | None:
    match column.kind:
        case Kind.WORDS:
            return list(_words(column, text))
        case Kind.CODES:
            return [one.replace(" ", "") for one in _split(text)]
        case Kind.LINES:
            return list(text.splitlines())
        case Kind.PAIRS:
            return [_pair(one) for one in text.splitlines()]
    return None


def _one(column: Column, line: str) -> object:
    match column.kind:
        case Kind.CODE:
            return line.replace(" ", "")
        case Kind.WHOLE:
            return int(line) if re.fullmatch(r"\d{1,9}", line) else line
        case Kind.FIGURE:
            return _figure(line)
        case Kind.DATE | Kind.DAY:
            return _day(line, every_year=column.kind is Kind.DAY)
        case Kind.MOMENT:
            return _moment(line)
        case Kind.CLOCK:
            return _clock(line)
        case Kind.YES:
            return {"co": True, "x": True, "khong": None}.get(words_only(line), line)
        case Kind.WORD:
            return _word(column, line)
    return line


def _clock(text: str) -> object:
    """«16:00», «16h», «16 giờ 30»; the text itself where it is no time of day."""
    found = _TIME_OF_DAY.fullmatch(words_only(text.replace(":", " ")))
    if found is None:
        return text
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    return time(hour, minute) if hour < _HOURS and minute < _MINUTES else text


def _split(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[,;\n]", text) if one.strip()]


def _words(column: Column, text: str) -> Iterator[object]:
    """Several words of a closed list; some of them have a comma inside, and people part them by commas."""
    for part in re.split(r"[;\n]", text):
        whole = _word(column, part.strip())
        if isinstance(whole, str) and whole in column.words:
            yield whole
        else:
            yield from (_word(column, one) for one in _split(part))


def _word(column: Column, text: str) -> object:
    """The value of a word of a closed list, typed with or without diacritics; codes are understood too."""
    said = words_only(text)
    for value, word in column.words.items():
        if (said and said == words_only(word)) or text == value:
            return {"true": True, "false": False}.get(value, value)
    return text


def _figure(text: str) -> object:
    """«99,5», «99.5», «90%»; not «1.000» and «1,000», which say two things in two countries."""
    typed = text.removesuffix("%").strip()
    bare = typed.replace(",", ".")
    if _THOUSANDS.fullmatch(typed) or not re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", bare):
        return text
    return Decimal(bare) if "." in bare else int(bare)


def _day(text: str, *, every_year: bool) -> object:
    found = _DAY.fullmatch(text)
    if found is None:
        recurring = _YEAR_DAY.fullmatch(text) if every_year else None
        return {"month": int(recurring[2]), "day": int(recurring[1])} if recurring else text
    day, month, year = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return text


def _moment(text: str) -> object:
    words = text.split()
    clock = next((found for word in words if (found := _CLOCK.fullmatch(word))), None)
    days = [day for word in words if isinstance(day := _day(word, every_year=False), date)]
    if clock is None or len(days) != 1 or len(words) != 2:
        return text
    try:
        at = time(int(clock[1]), int(clock[2]), int(clock[3] or 0))
        return datetime.combine(days[0], at)
    except ValueError:
        return text


def _pair(text: str) -> object:
    key, equals, label = text.partition("=")
    return {"key": key.strip(), "label": label.strip()} if equals else text
