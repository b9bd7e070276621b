"""How a dossier is appraised: each criterion of each nominee marked, within the days there are for it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.assessment import Entry
from core.calendar import WorkCalendar
from core.campaign_terms import Clause, SubjectKind
from core.criteria import ClauseKind, Outcome
from core.dossiers import DossierAct, DossierFacts, NomineeFacts
from core.vietnamese import fold

#: Working days an appraisal takes at most, and a unit has for a supplement, where nothing else is settled.
APPRAISAL_DAYS, SUPPLEMENT_DAYS = 10, 5
MOST_DAYS = 60


class Mark(StrEnum):
    """What an appraiser finds of one criterion."""

    MET = "met"
    NOT_MET = "not_met"
    UNCLEAR = "unclear"


#: These say something against somebody, so they are said with a reason.
WITH_REASON = frozenset({Mark.NOT_MET, Mark.UNCLEAR})


#: What a nominee's own answer comes to where nothing about it has to be asked.
GOOD = frozenset({Outcome.MET, Outcome.NEEDS_REVIEW})


def is_marked(entry: Entry) -> bool:
    """Whether an appraiser marks it: all but what competition is about and does not concern the nominee."""
    return entry.outcome is not Outcome.NOT_APPLICABLE or entry.criterion.kind is not ClauseKind.CONTENT


@dataclass(frozen=True, slots=True)
class MarkFacts:
    """A mark with who gave it, when and why."""

    criterion: str
    mark: Mark
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NomineeVerdict:
    """What the marks of one nominee come to; `mark` is None while criteria are unmarked.

    `rank` is the place on the shortlist of the round among those of the same kind, 0 before there is one.
    """

    nomination_id: int
    mark: Mark | None
    marked: int
    total: int
    met: int
    unclear: int
    rank: int = 0


def verdict(
    nomination_id: int, kinds: Mapping[str, ClauseKind], marks: Mapping[str, Mark], rank: int = 0
) -> NomineeVerdict:
    """What marks come to, `kinds` being every criterion there is to mark.

    What competition is about earns nothing and costs nothing: not reached, it makes nobody fail.
    """
    known = {code: mark for code, mark in marks.items() if code in kinds}
    counts = Counter(known.values())
    failed = any(
        mark is Mark.NOT_MET and kinds[code] is not ClauseKind.CONTENT for code, mark in known.items()
    )
    whole: Mark | None
    if len(known) < len(kinds):
        whole = None
    elif failed:
        whole = Mark.NOT_MET
    else:
        whole = Mark.UNCLEAR if counts[Mark.UNCLEAR] else Mark.MET
    return NomineeVerdict(
        nomination_id, whole, len(known), len(kinds), counts[Mark.MET], counts[Mark.UNCLEAR], rank
    )


@dataclass(frozen=True, slots=True)
class Clock:
    """The working days of an appraisal: `used` of `days`, the last of them `due`; stopped, nothing is due."""

    days: int
    used: int
    due: date | None

    @property
    def left(self) -> int:
        """Working days that are left; below zero, it is late by so many."""
        return self.days - self.used


_BEGINS = frozenset({DossierAct.SUBMIT, DossierAct.REOPEN})
_STOPS = frozenset({DossierAct.RETURN, DossierAct.FINISH})


def clock(steps: Iterable[tuple[DossierAct, date]], calendar: WorkCalendar, today: date, days: int) -> Clock:
    """How the time stands: it runs from the day after a dossier comes in, and not while the unit has it.

    What a unit took back and hands in anew has the whole time again.
    """
    used, since = 0, None
    for act, day in steps:
        if act in _BEGINS and since is None:
            since = day
        elif act in _STOPS and since is not None:
            used += calendar.working_days_between(since, day)
            since = None
        elif act is DossierAct.WITHDRAW:
            used, since = 0, None
    if since is None:
        return Clock(days, used, None)
    now_used = used + calendar.working_days_between(since, today)
    return Clock(days, now_used, calendar.plus_working_days(since, max(0, days - used)))


class Conflict(StrEnum):
    """Why somebody has nothing to do with a dossier: it is about them, their unit's, or they said so."""

    SELF = "self"
    OWN_UNIT = "own_unit"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A dossier in the queue: its time, what keeps the viewer from it, and how many are in it.

    An incomplete one was handed in although its checks found faults.
    """

    facts: DossierFacts
    clock: Clock
    conflict: Conflict | None
    nominees: int = 0
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Desk:
    """A dossier on an appraiser's desk, with what is marked of each nominee.

    It is `left` where whoever took it up may appraise it no more, or has an interest in it by now.
    """

    facts: DossierFacts
    clock: Clock
    conflict: Conflict | None
    nominees: tuple[tuple[NomineeFacts, NomineeVerdict], ...]
    overridden_for: str = ""
    marks_now: bool = False
    left: bool = False

    @property
    def unmarked(self) -> int:
        """How many criteria of all nominees are unmarked."""
        return sum(one.total - one.marked for _nominee, one in self.nominees)

    @property
    def unclear(self) -> int:
        """How many are marked as unclear."""
        return sum(one.unclear for _nominee, one in self.nominees)


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """Something a unit is asked for: about a nominee's criterion, or (where there is none) a paper.

    `missing` is what is asked for, `answer` what came back with so many `files`; not `sent` yet, the unit
    does not know of it.
    """

    id: int
    nomination_id: int | None
    criterion: str
    missing: str
    answer: str = ""
    files: int = 0
    answered: bool = False
    sent: bool = True


class Likeness(StrEnum):
    """In what two nominees are alike."""

    FILE = "file"
    PICTURE = "picture"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class LikenessFacts:
    """A file, a picture or an answer that is somebody else's too; `share` is per cent, `when` their time.

    Without a `criterion` it is the achievement they are proposed for.
    """

    kind: Likeness
    criterion: str
    share: int
    who: str
    where: str
    when: datetime


class TieRule(StrEnum):
    """What goes first among those who are equal; each is worked out from what is on record."""

    MORE_MET = "more_met"
    NOT_RECENT = "not_recent"
    NOT_LEADING = "not_leading"
    ON_TIME = "on_time"


#: The order that holds where none was announced.
TIE_ORDER = (TieRule.MORE_MET, TieRule.NOT_RECENT, TieRule.NOT_LEADING, TieRule.ON_TIME)
#: Years without a commendation that count as «not lately».
RECENT_YEARS = 3


@dataclass(frozen=True, slots=True)
class Contender:
    """A nominee on the shortlist with what decides between equals; `remark` is the appraiser's own."""

    nomination_id: int
    dossier_id: int
    subject: SubjectKind
    name: str
    unit: str
    verdict: NomineeVerdict
    grounds: Mapping[TieRule, int]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class HandMove:
    """Somebody was put at a place by hand, for a reason."""

    nomination_id: int
    place: int
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place on the shortlist; `tied_with` names the rule that put it behind the one before, None no tie."""

    rank: int
    contender: Contender
    decided_by: TieRule | None = None
    level: bool = False
    moved: HandMove | None = None


#: Words by which a plan says whom it would rather see commended, without diacritics.
_PREFERS = ("chu trong khen thuong", "quan tam khen thuong", "uu tien khen", "uu tien xet")
_SENTENCES = re.compile(r"[^.;]+[.;]?")


def preferred(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """What a plan says of whom it would rather see commended, sentence by sentence.

    None of it is worked out: whether somebody tends patients is nowhere on record, and sex is asked for a
    report alone. It is for the council to weigh.
    """
    return tuple(
        Clause(clause.code, sentence.strip())
        for clause in clauses
        for sentence in _SENTENCES.findall(clause.quote)
        if any(words in fold(sentence) for words in _PREFERS)
    )


_MARKS = {Mark.MET: 0, Mark.UNCLEAR: 1, None: 2, Mark.NOT_MET: 3}


def shortlist(
    contenders: Iterable[Contender], order: Sequence[TieRule], moves: Sequence[HandMove] = ()
) -> list[Ranked]:
    """Everybody of one kind in order: by verdict, then by the announced order, then as moved by hand.

    `level` says that nothing announced tells somebody from the one before: the council settles that.
    """

    def key(one: Contender) -> tuple[int, ...]:
        return (_MARKS[one.verdict.mark], *(-one.grounds.get(rule, 0) for rule in order))

    ranked = sorted(contenders, key=lambda one: (key(one), one.nomination_id))
    last = {move.nomination_id: move for move in moves}
    moved = dict.fromkeys(move.nomination_id for move in moves if move is last[move.nomination_id])
    placed = list(ranked)
    for move in (last[nomination] for nomination in moved):
        found = next((one for one in placed if one.nomination_id == move.nomination_id), None)
        if found is not None:
            placed.remove(found)
            placed.insert(max(0, move.place - 1), found)
    return [
        Ranked(
            rank,
            one,
            decided_by=_decides(placed[rank - 2], one, order) if rank > 1 else None,
            level=rank > 1 and key(placed[rank - 2]) == key(one),
            moved=last.get(one.nomination_id),
        )
        for rank, one in enumerate(placed, 1)
    ]


def _decides(before: Contender, one: Contender, order: Sequence[TieRule]) -> TieRule | None:
    """The rule that tells two with the same verdict apart."""
    if before.verdict.mark is not one.verdict.mark:
        return None
    return next((rule for rule in order if before.grounds.get(rule, 0) != one.grounds.get(rule, 0)), None)
