"""A dossier: what proposes a unit's nominees of a round, and how it goes from the unit to a decision.

    drafting ─submit─▸ submitted ─take_up─▸ appraising ─finish─▸ appraised
        appraised ─put─▸ in_council ─conclude─▸ concluded ─decide─▸ decided

    sent back       appraising ─return─▸ supplement ─submit─▸ appraising
    one step back   appraising ─let_go─▸ submitted          appraised ─reopen─▸ appraising
                    in_council ─take_off─▸ appraised        concluded ─refer─▸ in_council
    taken back      submitted, appraising, supplement, appraised ─withdraw─▸ drafting

What is sent back for a supplement comes back to the one who asked for it. What is before the council is the
unit's to take back no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.campaign_terms import SubjectKind
from core.refusals import Code, Refusal


class DossierState(StrEnum):
    """Where a dossier stands."""

    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    APPRAISING = "appraising"
    SUPPLEMENT = "supplement"
    APPRAISED = "appraised"
    IN_COUNCIL = "in_council"
    CONCLUDED = "concluded"
    DECIDED = "decided"


class DossierAct(StrEnum):
    """What may be done with one."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    TAKE_UP = "take_up"
    LET_GO = "let_go"
    RETURN = "return"
    FINISH = "finish"
    REOPEN = "reopen"
    PUT = "put"
    TAKE_OFF = "take_off"
    CONCLUDE = "conclude"
    REFER = "refer"
    DECIDE = "decide"


_NEXT: Mapping[tuple[DossierState, DossierAct], DossierState] = {
    (DossierState.DRAFTING, DossierAct.SUBMIT): DossierState.SUBMITTED,
    (DossierState.SUBMITTED, DossierAct.WITHDRAW): DossierState.DRAFTING,
    (DossierState.SUBMITTED, DossierAct.TAKE_UP): DossierState.APPRAISING,
    (DossierState.APPRAISING, DossierAct.LET_GO): DossierState.SUBMITTED,
    (DossierState.APPRAISING, DossierAct.RETURN): DossierState.SUPPLEMENT,
    (DossierState.APPRAISING, DossierAct.FINISH): DossierState.APPRAISED,
    (DossierState.APPRAISING, DossierAct.WITHDRAW): DossierState.DRAFTING,
    (DossierState.SUPPLEMENT, DossierAct.SUBMIT): DossierState.APPRAISING,
    (DossierState.SUPPLEMENT, DossierAct.WITHDRAW): DossierState.DRAFTING,
    (DossierState.APPRAISED, DossierAct.REOPEN): DossierState.APPRAISING,
    (DossierState.APPRAISED, DossierAct.WITHDRAW): DossierState.DRAFTING,
    (DossierState.APPRAISED, DossierAct.PUT): DossierState.IN_COUNCIL,
    (DossierState.IN_COUNCIL, DossierAct.TAKE_OFF): DossierState.APPRAISED,
    (DossierState.IN_COUNCIL, DossierAct.CONCLUDE): DossierState.CONCLUDED,
    (DossierState.CONCLUDED, DossierAct.REFER): DossierState.IN_COUNCIL,
    (DossierState.CONCLUDED, DossierAct.DECIDE): DossierState.DECIDED,
}
#: What the unit may still change: its own papers and nominees.
OPEN_TO_THE_UNIT = frozenset({DossierState.DRAFTING, DossierState.SUPPLEMENT})
#: Has been handed in and not been taken back: the unit owes no dossier for the round.
HANDED_IN = frozenset(DossierState) - {DossierState.DRAFTING}


def after(state: DossierState, act: DossierAct) -> DossierState:
    """The state that an act leads to. Raises `Refusal` (`DOSSIER_MOVED_ON`) where it is not possible."""
    found = _NEXT.get((state, act))
    if found is None:
        raise Refusal(Code.DOSSIER_MOVED_ON, state=state)
    return found


def acts(state: DossierState) -> tuple[DossierAct, ...]:
    """What is possible in a state."""
    return tuple(act for (begins, act) in _NEXT if begins is state)


class PaperKind(StrEnum):
    """What a dossier is made of. A report is about one nominee, the others about all of them."""

    REQUEST = "request"
    MINUTES = "minutes"
    REPORT = "report"
    LIST = "list"
    EVIDENCE = "evidence"
    OTHER = "other"


#: What is written with the particulars of people.
WITH_PARTICULARS = frozenset({PaperKind.REPORT, PaperKind.LIST})
#: What a report says of a person besides the achievement (báo cáo thành tích, part I), in its order.
PARTICULARS = (
    "born_on",
    "sex",
    "ethnicity",
    "religion",
    "home",
    "residence",
    "qualification",
    "political_theory",
    "titles",
    "duties",
    "awards",
)
#: What the report of a collective says of it besides.
UNIT_PARTICULARS = (
    "address",
    "founded",
    "structure",
    "conditions",
    "duties",
    "policies",
    "activities",
    "awards",
)


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """A dossier as it stands. `unit_id` hands it in; `round_id` is what it is handed in for.

    `submitted_at` is when it first came (what counts against its deadline and in the queue), `received_at`
    when the version under `receipt` did, a supplement perhaps.
    """

    id: int
    round_id: int
    unit_id: int
    unit: str
    campaign: str
    campaign_label: str
    round_label: str
    state: DossierState
    version: int
    receipt: str = ""
    submitted_at: datetime | None = None
    late: bool = False
    appraiser_id: int | None = None
    appraiser: str = ""
    supplement_due: date | None = None
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NomineeFacts:
    """Somebody in a dossier: a person or, for a collective, a unit; `assessment_id` is what they signed."""

    nomination_id: int
    assessment_id: int
    subject: SubjectKind
    name: str
    post: str
    unit: str
    unit_id: int
    person_id: int | None
    achievement: str
    place: int


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """A paper in a dossier: made by the house, or a file of the unit's."""

    id: int
    kind: PaperKind
    nomination_id: int | None
    sha256: str
    name: str
    size: int
    mime: str
    made: bool
    made_at: datetime


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One act that was done, as its line in the history."""

    act: DossierAct
    led_to: DossierState
    version: int
    by: str
    at: datetime
    reason: str = ""
