"""Days and moments as people type them in Vietnamese, read whole or refused: nothing is guessed.

The day comes before the month, always. A year that is not typed means the next such day, today included;
a weekday alone means the next one after today.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from core.calendar import WorkCalendar
from core.refusals import Code, Refusal
from core.vietnamese import clean_line, fold

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST = 60
"""Characters; no way to write a date is longer."""
_QUOTED = 40
_LEAP_SEARCH = 9
"""Years within which 29 February comes again, even around 2100."""


_NAMED_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


class DateFault(StrEnum):
    """Why a text is not taken for a date. Each has its sentence in `core/texts/dates.py`."""

    UNREADABLE = "unreadable"
    NO_SUCH_DAY = "no_such_day"
    NO_SUCH_TIME = "no_such_time"
    WRONG_WEEKDAY = "wrong_weekday"
    OUT_OF_RANGE = "out_of_range"
    TIME_MISSING = "time_missing"
    TIME_UNWANTED = "time_unwanted"


class _FaultError(Exception):
    def __init__(self, fault: DateFault, actual: date | None = None) -> None:
        super().__init__(fault)
        self.fault, self.actual = fault, actual


_COUNTED = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")
_NUMBERS = {word: value for value, word in enumerate(_COUNTED, start=1)}
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5} | {str(n): n - 2 for n in range(2, 8)}
_WEEKDAY = rf"(?:thu ?(?P<weekday>{'|'.join(_WEEKDAYS)})|t(?P<short>[2-7])|(?P<sunday>cn|chu nhat))"
_COUNT = rf"(?P<count>[0-9]{{1,3}}|{'|'.join(_NUMBERS)})"
_UNIT = r"(?P<unit>ngay lam viec|ngay|tuan)"
_FULL = r"(?P<day>[0-9]{1,2}) ?[/.-] ?(?P<month>[0-9]{1,2})(?: ?[/.-] ?(?P<year>[0-9]{4}))?"
_WORDS = r"(?P<day>[0-9]{1,2}) thang (?P<month>[0-9]{1,2})(?:,? nam (?P<year>[0-9]{4}))?"
_ISO = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"
_BEFORE_DATE = rf"(?:{_WEEKDAY},? (?:ngay )?|ngay )?"
_TODAY = {
    "hom nay": 0,
    "mai": 1,
    "ngay mai": 1,
    "mot": 2,
    "ngay mot": 2,
    "kia": 2,
    "ngay kia": 2,
}
_TIME = (
    r"(?:luc )?(?P<hour>[0-9]{1,2})"
    r"(?: ?(?:h|g|gio)(?: ?(?:(?P<minute>[0-9]{1,2})(?: ?(?:p|phut))?|(?P<half>ruoi)))?"
    r"|:(?P<clock>[0-9]{2})(?::00)?)(?: (?P<part>sang|trua|chieu|toi))?"
)
#: «5 phút nữa», «sau 2 tiếng»: one of the two words at its ends is needed.
_AHEAD = rf"(?P<after>sau )?{_COUNT} ?(?P<unit>phut|p|gio|tieng)(?P<nua> nua)?"
_NOW = "nay"
#: What a part of a day means where no hour is typed.
_USUAL = {"sang": time(8), "trua": time(11, 30), "chieu": time(14), "toi": time(19)}


def read_date(text: str, today: date, calendar: WorkCalendar | None = None, *, past: bool = False) -> date:
    """The day in `text`, as seen from `today`.

    «15/12», «ngày 15 tháng 12 năm 2026», «mai», «thứ 2 tuần sau», «cuối tháng 12», «10 ngày nữa», and with
    a calendar «sau 5 ngày làm việc». Of what is `past`, as a signed document is, a year that is not typed
    means the last such day, today included. Raises `Refusal(DAY_UNREADABLE)` for anything else.
    """
    try:
        return _date(_tidy(text), today, calendar, past=past)
    except _FaultError as found:
        raise _refusal(found, text, moment=False) from None


def read_moment(
    text: str, now: datetime, calendar: WorkCalendar | None = None, *, roughly: bool = False
) -> datetime:
    """The moment in `text`, in the zone of `now`: a time and a day in either order, «5 phút nữa».

    A time without a day means the next such time. What is said `roughly`, as «tối mai» is, has its usual
    hour: only for what is shown before it is kept. Raises `Refusal(DAY_UNREADABLE)` for anything else.
    """
    try:
        return _moment(_tidy(text), now, calendar, roughly=roughly)
    except _FaultError as found:
        raise _refusal(found, text, moment=True) from None


def full_date(text: str) -> date | None:
    """The day in a text that names its year, which means the same whenever it is read; else None."""
    try:
        return _date(_tidy(text), date(FIRST_YEAR, 1, 1), None) if _NAMED_YEAR.search(text) else None
    except _FaultError:
        return None


def full_moment(text: str, zone: tzinfo) -> datetime | None:
    """The moment in a text that names its year, in that zone; else None."""
    whenever = datetime(FIRST_YEAR, 1, 1, tzinfo=zone)
    try:
        return _moment(_tidy(text), whenever, None) if _NAMED_YEAR.search(text) else None
    except _FaultError:
        return None


def _refusal(found: _FaultError, text: str, *, moment: bool) -> Refusal:
    given = clean_line(text[:LONGEST], _QUOTED)
    return Refusal(Code.DAY_UNREADABLE, fault=found.fault, given=given, timed=moment, actual=found.actual)


def _tidy(text: str) -> str:
    """Folded; figures that only look like digits («²») would be read as others once folded."""
    if len(text) > LONGEST or any(letter.isnumeric() and not letter.isascii() for letter in text):
        raise _FaultError(DateFault.UNREADABLE)
    return fold(text).strip(" .,;")


def _moment(text: str, now: datetime, calendar: WorkCalendar | None, *, roughly: bool = False) -> datetime:
    today = now.date()
    if (ahead := re.fullmatch(_AHEAD, text)) and (ahead["after"] or ahead["nua"]):
        return _ahead(ahead, now)
    part, _, day = text.partition(" ")
    if roughly and part in _USUAL and (day == _NOW or _reads(day, today, calendar)):
        return _combined(_day_said(day, today, calendar), _USUAL[part], now)
    if alone := re.fullmatch(_TIME, text):
        at = datetime.combine(today, _time(alone), now.tzinfo)
        return at if at > now else _combined(_moved(today, 1), _time(alone), now)
    found, faults = set(), [DateFault.TIME_MISSING if _reads(text, today, calendar) else DateFault.UNREADABLE]
    for at_text, day_text in _splits(text):
        if match := re.fullmatch(_TIME, at_text):
            try:
                found.add(_combined(_day_said(day_text, today, calendar), _time(match), now))
            except _FaultError as fault:
                faults.append(fault.fault)
    if len(found) == 1:
        return found.pop()
    told = [fault for fault in faults if fault is not DateFault.UNREADABLE]
    raise _FaultError(told[-1] if told and not found else DateFault.UNREADABLE)


def _day_said(text: str, today: date, calendar: WorkCalendar | None) -> date:
    """The day beside a time of day: «tối nay» is today's."""
    return today if text == _NOW else _date(text, today, calendar)


def _ahead(match: re.Match[str], now: datetime) -> datetime:
    word = match["count"]
    count = _NUMBERS.get(word) or int(word)
    step = timedelta(minutes=count) if match["unit"].startswith("p") else timedelta(hours=count)
    return now.replace(second=0, microsecond=0) + step


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Every way to cut a text into a time and a day, whichever comes first."""
    words = text.split()
    for at in range(1, len(words)):
        head, tail = " ".join(words[:at]).rstrip(","), " ".join(words[at:])
        yield head, tail
        yield tail, head


def _reads(text: str, today: date, calendar: WorkCalendar | None) -> bool:
    try:
        _date(text, today, calendar)
    except _FaultError:
        return False
    return True


def _combined(day: date, at: time, now: datetime) -> datetime:
    return datetime.combine(day, at, now.tzinfo)


def _time(match: re.Match[str]) -> time:
    hour, minute = int(match["hour"]), int(match["minute"] or match["clock"] or 0)
    if match["half"]:
        minute = 30
    fits, shift = {
        None: (range(24), 0),
        "sang": (range(12), 0),
        "trua": (range(10, 15), 0) if hour > 3 else (range(1, 4), 12),
        "chieu": (range(12, 20), 0) if hour > 7 else (range(1, 8), 12),
        "toi": (range(17, 24), 0) if hour > 11 else (range(5, 12), 12),
    }[match["part"]]
    if hour not in fits or minute > 59:
        raise _FaultError(DateFault.NO_SUCH_TIME)
    return time(hour + shift, minute)


def _date(text: str, today: date, calendar: WorkCalendar | None, *, past: bool = False) -> date:
    for shape, reader in _SHAPES:
        if match := re.fullmatch(shape, text):
            found = reader(_Found(match, today, calendar, past))
            if not FIRST_YEAR <= found.year <= LAST_YEAR:
                raise _FaultError(DateFault.OUT_OF_RANGE)
            return found
    if re.match(rf"{_TIME}(?:,? |$)", text):
        raise _FaultError(DateFault.TIME_UNWANTED)
    raise _FaultError(DateFault.UNREADABLE)


@dataclass(frozen=True, slots=True)
class _Found:
    match: re.Match[str]
    today: date
    calendar: WorkCalendar | None
    past: bool

    def get(self, name: str) -> str:
        return self.match.groupdict().get(name) or ""


def _named(found: _Found) -> date:
    day = _on(found, int(found.get("day")), int(found.get("month")))
    weekday = _weekday_of(found)
    if weekday is not None and weekday != day.weekday():
        raise _FaultError(DateFault.WRONG_WEEKDAY, day)
    return day


def _on(found: _Found, day: int, month: int) -> date:
    """That day of that month, in the year that is typed, else the next in which it comes, or the last."""
    first, step = int(found.get("year") or found.today.year), -1 if found.past else 1
    for year in range(first, first + step * (1 if found.get("year") else _LEAP_SEARCH), step):
        try:
            one = date(year, month, day)
        except ValueError:
            continue
        if found.get("year") or one == found.today or (one < found.today) is found.past:
            return one
    raise _FaultError(DateFault.NO_SUCH_DAY)


def _relative(found: _Found) -> date:
    return _moved(found.today, _TODAY[found.match[0]])


def _weekday_of(found: _Found) -> int | None:
    if found.get("sunday"):
        return 6
    word = found.get("weekday") or found.get("short")
    return _WEEKDAYS[word] if word else None


def _on_weekday(found: _Found) -> date:
    weekday = _weekday_of(found)
    assert weekday is not None
    monday = found.today.toordinal() - found.today.weekday()
    match found.get("which"):
        case "tuan nay":
            return _at(monday + weekday)
        case "tuan sau" | "tuan toi":
            return _at(monday + 7 + weekday)
        case _:
            return _moved(found.today, (weekday - found.today.weekday() - 1) % 7 + 1)


def _steps(found: _Found) -> date:
    word = found.get("count")
    count = _NUMBERS.get(word) or int(word)
    match found.get("unit"):
        case "ngay":
            return _moved(found.today, count)
        case "tuan":
            return _moved(found.today, 7 * count)
        case _:
            if found.calendar is None:
                raise _FaultError(DateFault.UNREADABLE)
            return _working(found.calendar, found.today, count)


def _working(calendar: WorkCalendar, today: date, count: int) -> date:
    try:
        return calendar.plus_working_days(today, count)
    except OverflowError:
        raise _FaultError(DateFault.OUT_OF_RANGE) from None


def _end_of_month(found: _Found) -> date:
    year, month = found.today.year, found.today.month
    match found.get("month"):
        case "" | "nay":
            if found.get("year"):
                raise _FaultError(DateFault.UNREADABLE)
        case "sau" | "toi":
            if found.get("year"):
                raise _FaultError(DateFault.UNREADABLE)
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        case typed:
            wanted = int(typed)
            if not 1 <= wanted <= 12:
                raise _FaultError(DateFault.NO_SUCH_DAY)
            year = int(found.get("year") or year + (wanted < month))
            month = wanted
    return _day(year, month)


def _day(year: int, month: int) -> date:
    """The last day of a month."""
    try:
        return date(year, month, monthrange(year, month)[1])
    except ValueError:
        raise _FaultError(DateFault.OUT_OF_RANGE) from None


def _moved(day: date, days: int) -> date:
    return _at(day.toordinal() + days)


def _at(ordinal: int) -> date:
    try:
        return date.fromordinal(ordinal)
    except (ValueError, OverflowError):
        raise _FaultError(DateFault.OUT_OF_RANGE) from None


_SHAPES: tuple[tuple[str, Callable[[_Found], date]], ...] = (
    (rf"{_BEFORE_DATE}{_FULL}", _named),
    (rf"{_BEFORE_DATE}{_WORDS}", _named),
    (_ISO, _named),
    ("|".join(_TODAY), _relative),
    (rf"{_WEEKDAY}(?: (?P<which>nay|toi|tuan nay|tuan sau|tuan toi))?", _on_weekday),
    (rf"{_COUNT} {_UNIT} (?:nua|toi)", _steps),
    (rf"sau {_COUNT} {_UNIT}(?: nua)?", _steps),
    (r"cuoi thang(?: (?P<month>[0-9]{1,2}|nay|sau|toi)(?:(?:/| nam )(?P<year>[0-9]{4}))?)?", _end_of_month),
)
