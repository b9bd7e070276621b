"""A self-assessment as facts: what screens show and what a signed copy holds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from core.campaigns import Campaign, Group, Track
from core.criteria import (
    Answer,
    AwaitedGiven,
    ClauseKind,
    Criterion,
    DeclarationGiven,
    DeltaGiven,
    Given,
    LevelGiven,
    NotApplicable,
    NumberGiven,
    Outcome,
    SlotsGiven,
    TextGiven,
    Verdict,
    Way,
    WayGiven,
)
from core.criteria_judged import judge, to_ask
from core.evidence import FileKind
from core.measures import Measure, OrdinalMeasure
from core.refusals import Code, Refusal


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """One file a person sent. `state` is waiting, clean, refused or lost; `reason` why refused."""

    id: int
    code: str
    name: str
    size: int
    state: str
    reason: str
    sha256: str
    served_sha256: str
    mime: str
    received_at: datetime
    seen_elsewhere: bool = False
    replaces_id: int | None = None
    caption: str = ""

    @property
    def served_name(self) -> str:
        """What the cleaned copy is called: the person's name for it, with the copy's own ending."""
        kind = next((one for one in FileKind if one.mime == self.mime), None)
        if kind is None or self.name.lower().endswith((kind.suffix, f".{kind.value}")):
            return self.name
        return f"{self.name.rpartition('.')[0] or self.name}{kind.suffix}"

    @property
    def usable(self) -> bool:
        """Whether the file counts as evidence (it may still be under check)."""
        return self.state in {"waiting", "clean"}

    @property
    def proves(self) -> bool:
        """Whether it can prove what was signed on paper: a checked photo or scan."""
        return self.state == "clean" and (self.mime.startswith("image/") or self.mime == FileKind.PDF.mime)

    @property
    def succeeds(self) -> bool:
        """Whether the file will take another's place once it has passed its checks."""
        return self.state == "waiting" and self.replaces_id is not None


@dataclass(frozen=True)
class Entry:
    """One criterion with its answer, outcome, note and files.

    The outcome is the one recorded with the answer; answer and verdict are worked out when looked at,
    since most screens look at one criterion of many.
    """

    criterion: Criterion
    given: str
    outcome: Outcome
    note: str
    files: tuple[EvidenceFacts, ...]

    @cached_property
    def answer(self) -> Answer | NotApplicable:
        """What was answered."""
        return given_from_json(self.given, self.proofs)

    @cached_property
    def verdict(self) -> Verdict:
        """The outcome and what it rests on."""
        return judge(self.criterion, self.answer)

    @property
    def proofs(self) -> int:
        """How many files count as evidence."""
        return sum(file.usable for file in self.files)

    @property
    def answered(self) -> bool:
        """Whether nothing more is asked."""
        return self.outcome is not Outcome.UNANSWERED

    @property
    def begun(self) -> bool:
        """Whether part of the answer is there."""
        return not self.answered and isinstance(self.answer, Answer) and bool(self.answer.given)

    @cached_property
    def question(self) -> Measure | Way | None:
        """What to ask next: a measure, or the way to pick a part of; a document is asked for by a file.

        Nothing once the answer is there, for what no longer matters is not asked.
        """
        return to_ask(self.criterion, self.answer)

    @property
    def may_be_dismissed(self) -> bool:
        """Whether it may be said not to apply together with others: untouched, and no gate.

        What was begun, or sent back with its answer, is looked at by itself.
        """
        return not self.answered and not json.loads(self.given) and self.dismissable

    @property
    def dismissable(self) -> bool:
        """Whether it may be said not to apply at all; what admits or excludes has to be shown."""
        return self.criterion.kind not in {ClauseKind.PREREQUISITE, ClauseKind.DISQUALIFIER}

    def next_measure(self) -> Measure | None:
        """The measure to ask next; none where a way has to be picked first."""
        return None if isinstance(self.question, Way) else self.question

    @property
    def awaited(self) -> OrdinalMeasure | None:
        """The level that is not out yet, to be told whenever it is."""
        for one in self.verdict.comparisons:
            if one.standing is Outcome.AWAITED and isinstance(one.measure, OrdinalMeasure):
                return one.measure
        return None

    def given_to(self, code: str) -> Given | None:
        """What was answered so far to a measure."""
        return self.answer.given.get(code) if isinstance(self.answer, Answer) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A self-assessment as one reader may see it: one campaign, one round, one person or unit.

    `subject` names the unit, or the person it is filled for (`on_behalf`). Who was given a `part` of a
    unit's sees no more of it; `holders` are their names by criterion. `signs` and `shares` say what the
    reader may do. `version` is the plan's that was answered.
    """

    id: int
    campaign: Campaign
    round_label: str
    closes_at: datetime | None
    signed: bool
    entries: tuple[Entry, ...]
    track: Track = Track.INDIVIDUAL
    subject: str = ""
    on_behalf: bool = False
    part: bool = False
    signs: bool = True
    shares: bool = False
    holders: Mapping[str, str] = field(default_factory=dict)
    version: int = 0

    @property
    def groups(self) -> tuple[Group, ...]:
        """The heads under which something is asked here."""
        asked = {entry.criterion.code for entry in self.entries}
        return tuple(
            group
            for group in self.campaign.groups_of(self.track)
            if any(criterion.code in asked for criterion in group.criteria)
        )

    @property
    def answered(self) -> int:
        """How many criteria are answered."""
        return sum(entry.answered for entry in self.entries)

    @property
    def total(self) -> int:
        """How many criteria there are."""
        return len(self.entries)

    @property
    def missing(self) -> tuple[Entry, ...]:
        """What is still open, in the order of the plan."""
        return tuple(entry for entry in self.entries if not entry.answered)

    @property
    def dismissable(self) -> tuple[Entry, ...]:
        """What is open and may be said not to apply all at once."""
        return tuple(entry for entry in self.entries if entry.may_be_dismissed)

    @property
    def checking(self) -> int:
        """How many files are still being checked."""
        return len({file.id for entry in self.entries for file in entry.files if file.state == "waiting"})

    def closed(self, now: datetime) -> bool:
        """Whether its round takes no more answers."""
        return self.closes_at is not None and now >= self.closes_at

    def entry(self, key: str) -> Entry:
        """The entry whose criterion has that key; refused alike if there is none and if it is not theirs."""
        for entry in self.entries:
            if entry.criterion.key == key:
                return entry
        raise Refusal(Code.NOT_FOUND)

    def place_of(self, key: str) -> int:
        """1 for the first criterion of the plan."""
        return 1 + [entry.criterion.key for entry in self.entries].index(key)

    def of_group(self, group: Group) -> tuple[Entry, ...]:
        """The entries under one head."""
        codes = {criterion.code for criterion in group.criteria}
        return tuple(entry for entry in self.entries if entry.criterion.code in codes)

    def after(self, key: str) -> Entry | None:
        """The next open criterion after this one, from the start again when the end is reached."""
        here = self.place_of(key)
        around = (*self.entries[here:], *self.entries[: here - 1])
        return next((entry for entry in around if not entry.answered), None)


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What a person can answer in a round, and how far it is: their own, a unit's, or a `part` of a unit's.

    A `closed` one takes no more answers; what was answered there can still be seen.
    """

    round_id: int
    campaign: str
    label: str
    closes_at: datetime | None
    assessment_id: int | None
    answered: int
    total: int
    signed: bool
    closed: bool = False
    track: Track = Track.INDIVIDUAL
    unit_id: int = 0
    unit: str = ""
    part: bool = False

    @property
    def key(self) -> str:
        """What opens it: «12», of a unit «12.3», a part of it «sheet.45»."""
        if self.part:
            return f"sheet.{self.assessment_id}"
        return f"{self.round_id}.{self.unit_id}" if self.unit_id else str(self.round_id)


@dataclass(frozen=True, slots=True)
class SignedCopy:
    """What was signed, as it was signed.

    Of a unit's, `name` is its head's who signed, or of who `stood_in_for` them. Filled for somebody else,
    `filled_by` did so, on the ground of the paper sheet kept as `proof`.
    """

    receipt: str
    digest: str
    signed_at: datetime
    name: str
    staff_code: str
    post: str
    unit: str
    sheet: Sheet
    filled_by: str = ""
    proof: str = ""
    stood_in_for: str = ""


def given_to_json(answer: Answer | NotApplicable) -> str:
    """The stored form of an answer; files are stored by themselves."""
    if isinstance(answer, NotApplicable):
        return json.dumps({"not_applicable": answer.reason}, ensure_ascii=False)
    return json.dumps({code: _plain(given) for code, given in answer.given.items()}, ensure_ascii=False)


def given_from_json(text: str, files: int) -> Answer | NotApplicable:
    """The answer that `given_to_json` stored, beside so many files."""
    raw = json.loads(text)
    if "not_applicable" in raw:
        return NotApplicable(raw["not_applicable"])
    return Answer({code: _given(one) for code, one in raw.items()}, files)


_Raw = dict[str, str | bool | dict[str, str] | None]


def _plain(given: Given) -> _Raw:
    match given:
        case NumberGiven(value, part, whole):
            return {
                "number": str(value),
                "part": None if part is None else str(part),
                "whole": None if whole is None else str(whole),
            }
        case LevelGiven(level):
            return {"level": level}
        case AwaitedGiven():
            return {"awaited": True}
        case DeltaGiven(before, now):
            return {
                "before": None if before is None else str(before),
                "now": None if now is None else str(now),
            }
        case SlotsGiven(texts):
            return {"slots": dict(texts)}
        case DeclarationGiven(yes, explanation):
            return {"yes": yes, "explanation": explanation}
        case WayGiven(part):
            return {"way": part}
        case TextGiven(text):
            return {"text": text}


def _given(raw: _Raw) -> Given:
    if "number" in raw:
        return NumberGiven(Decimal(str(raw["number"])), _figure(raw, "part"), _figure(raw, "whole"))
    if "before" in raw:
        return DeltaGiven(_figure(raw, "before"), _figure(raw, "now"))
    if "awaited" in raw:
        return AwaitedGiven()
    slots = raw.get("slots")
    if isinstance(slots, dict):
        return SlotsGiven(slots)
    if "level" in raw:
        return LevelGiven(str(raw["level"]))
    if "yes" in raw:
        return DeclarationGiven(bool(raw["yes"]), str(raw.get("explanation") or ""))
    if "way" in raw:
        return WayGiven(str(raw["way"]))
    return TextGiven(str(raw["text"]))


def _figure(raw: _Raw, name: str) -> Decimal | None:
    value = raw.get(name)
    return None if value is None else Decimal(str(value))
