"""Rungs of a ladder as people type them: «7 ngày trước», «trong ngày», «2 ngày sau, văn phòng»."""

import re
from collections.abc import Iterator

from core.ladder import Audience, LadderProblem, Rung
from core.refusals import Code, Refusal
from core.vietnamese import fold

LONGEST = 200
"""Characters; a whole ladder is shorter."""
_DAYS = r"(?: ngay)?(?: lam viec)?"
_AUDIENCES = {
    "": None,
    "nguoi phu trach": Audience.PERSON,
    "truong don vi": Audience.PERSON,
    "cap pho": Audience.DEPUTY,
    "van phong": Audience.OFFICE,
}
_WHO = rf"(?:(?:nhac|bao)(?: cho)? )?(?P<who>{'|'.join(name for name in _AUDIENCES if name)})"
_WHEN = (
    rf"(?:(?P<before>[0-9]{{1,3}}){_DAYS} truoc(?: han)?|truoc(?: han)? (?P<ahead>[0-9]{{1,3}}){_DAYS}"
    rf"|(?P<after>[0-9]{{1,3}}){_DAYS} sau(?: han)?|sau(?: han)? (?P<past>[0-9]{{1,3}}){_DAYS}"
    r"|(?P<on>(?:dung|trong|vao) (?:ngay|han)|ngay cuoi)"
    r"|(?P<bare>[0-9]{1,3}))"
)
_RUNG = re.compile(rf"{_WHEN}(?: {_WHO})?")
_ONLY_WHO = re.compile(_WHO)


def read_rungs(text: str) -> tuple[Rung, ...]:
    """The rungs in `text`, one or several; a bare number is so many days before.

    Whoever is not named is the person who owes it. Raises `Refusal` (`LADDER_WRONG`) for anything else.
    """
    if len(text) > LONGEST or any(letter.isnumeric() and not letter.isascii() for letter in text):
        raise _unreadable()
    found = tuple(_rung(part) for part in _parts(fold(text)))
    if not found:
        raise _unreadable()
    return found


def _parts(text: str) -> Iterator[str]:
    """What stands between commas; who is told belongs to the days before it."""
    waiting = ""
    for part in re.split(r"[,;:]", text):
        bare = part.strip(" .•")
        if waiting and _ONLY_WHO.fullmatch(bare):
            yield f"{waiting} {bare}"
            waiting = ""
            continue
        if waiting:
            yield waiting
        waiting = bare
    if waiting:
        yield waiting


def _rung(part: str) -> Rung:
    found = _RUNG.fullmatch(part)
    if found is None:
        raise _unreadable()
    before = found["before"] or found["ahead"] or found["bare"]
    after = found["after"] or found["past"]
    offset = -int(before) if before else int(after) if after else 0
    return Rung(offset, _AUDIENCES[found["who"] or ""] or Audience.PERSON)


def _unreadable() -> Refusal:
    return Refusal(Code.LADDER_WRONG, ladder=LadderProblem.UNREADABLE)
