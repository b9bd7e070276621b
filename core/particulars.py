"""Particulars of a nominee as they are shown to whoever tells them."""

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from core.campaign_terms import SubjectKind
from core.dossiers import PARTICULARS, UNIT_PARTICULARS
from core.refusals import Code, Refusal
from core.vietnamese import words_only

LONGEST = 1_000
"""Characters of one of them."""
_AGES = (15, 100)
"""The youngest who may work (Labour Code, art. 3), and an age that nobody working has: in years."""
_DAY = re.compile(r"(?:ngay )?(\d{1,2}) (?:thang )?(\d{1,2}) (?:nam )?(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ParticularsFacts:
    """What was told for a nomination. `own` says that it is about whoever looks; empty words were skipped."""

    nomination_id: int
    subject: SubjectKind
    name: str
    round_label: str
    given: Mapping[str, str]
    own: bool

    @property
    def names(self) -> tuple[str, ...]:
        """What is asked, in the order of the report."""
        return names_of(self.subject)

    @property
    def missing(self) -> tuple[str, ...]:
        """What was neither told nor skipped."""
        return tuple(name for name in self.names if name not in self.given)


def names_of(subject: SubjectKind) -> tuple[str, ...]:
    """What the report of such a nominee says besides the achievement."""
    return UNIT_PARTICULARS if subject is SubjectKind.COLLECTIVE else PARTICULARS


def told_as(name: str, words: str, today: date, sexes: Collection[str]) -> str:
    """What was told, as it is kept: a day of birth as dd/mm/yyyy, a sex as one of those the form knows.

    Without words it was skipped. Raises `Refusal` (`PARTICULARS_BORN`, `PARTICULARS_SEX`) for anything else.
    """
    if not words:
        return ""
    if name == "sex":
        for one in sexes:
            if words_only(words) == words_only(one):
                return one
        raise Refusal(Code.PARTICULARS_SEX)
    if name == "born_on":
        born = _born(words)
        if born is None or not _AGES[0] <= today.year - born.year <= _AGES[1]:
            raise Refusal(Code.PARTICULARS_BORN)
        return f"{born:%d/%m/%Y}"
    return words


def _born(words: str) -> date | None:
    """«12/3/1988», «ngày 12 tháng 3 năm 1988»: a day, a month and a year, in this order."""
    if (said := _DAY.fullmatch(words_only(words))) is not None:
        with suppress(ValueError):
            return date(int(said[3]), int(said[2]), int(said[1]))
    return None
