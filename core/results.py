"""Where somebody's case stands on its way to a decision, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from core.appraisal import ItemFacts, NomineeVerdict
from core.campaign_terms import SubjectKind
from core.council import SittingState
from core.dossiers import DossierAct, DossierFacts, DossierState, NomineeFacts

#: What is decided is shown so long (the record of awards keeps it for ever), and what nobody goes on with.
SHOWN, STUCK = timedelta(days=180), timedelta(days=500)


class Stage(StrEnum):
    """How far a case has come; the last two are the end of it."""

    SIGNED = "signed"
    PROPOSED = "proposed"
    SUBMITTED = "submitted"
    APPRAISING = "appraising"
    SUPPLEMENT = "supplement"
    APPRAISED = "appraised"
    IN_COUNCIL = "in_council"
    CONCLUDED = "concluded"
    APPROVED = "approved"
    COMMENDED = "commended"
    NOT_CHOSEN = "not_chosen"


_ENDED = frozenset({Stage.COMMENDED, Stage.NOT_CHOSEN})


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """One case: a person's, or a unit's as a whole (then `name` is the unit's).

    `next_on` is the day of what comes next, where one is known. `chosen` and `reason` are the council's,
    from its conclusion on; number and day are those of the signed decision, whose award may be `annulled`.
    """

    subject: SubjectKind
    name: str
    unit: str
    campaign: str
    round_label: str
    achievement: str
    stage: Stage
    since: datetime
    next_on: date | None = None
    chosen: bool | None = None
    reason: str = ""
    number: str = ""
    dated: date | None = None
    nomination_id: int = 0
    annulled: bool = False


@dataclass(frozen=True, slots=True)
class DossierStanding:
    """A unit's dossier of a round with everybody in it, for whoever prepares it."""

    dossier_id: int
    unit: str
    campaign: str
    round_label: str
    stage: Stage
    since: datetime
    next_on: date | None
    nominees: tuple[CaseStanding, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody has under way: their own cases, and the dossiers of the units they prepare them for."""

    cases: tuple[CaseStanding, ...]
    dossiers: tuple[DossierStanding, ...]


def shown(stage: Stage, since: datetime, now: datetime) -> bool:
    """Whether a case that stands so since then is still of interest."""
    return now - since <= (SHOWN if stage in _ENDED else STUCK)


def stage_of(
    state: DossierState, sitting: SittingState | None = None, *, commended: bool | None = None
) -> Stage:
    """How far a case in a dossier has come; a nominee's own result where it is decided.

    The dossier of several nominees ends as commended where anybody was.
    """
    if state is DossierState.DRAFTING:
        return Stage.PROPOSED
    if state is DossierState.CONCLUDED and sitting is SittingState.APPROVED:
        return Stage.APPROVED
    if state is DossierState.DECIDED:
        return Stage.COMMENDED if commended else Stage.NOT_CHOSEN
    return Stage(state.value)


@dataclass(frozen=True, slots=True)
class Taken:
    """A step of a dossier that was just taken: how it stood before and stands now, by whom and why."""

    act: DossierAct
    before: DossierFacts
    after: DossierFacts
    by_id: int
    by: str
    step_id: int
    reason: str = ""
    instead_of: int | None = None

    @property
    def supplements(self) -> bool:
        """Whether what was sent back for a supplement came in again."""
        return self.act is DossierAct.SUBMIT and self.before.state is DossierState.SUPPLEMENT


@dataclass(frozen=True, slots=True)
class Told:
    """What a step rests on, as far as it is told: by nomination where it is about one nominee.

    `items` are what the unit is or was asked for, `wanting` the criteria somebody does not reach. Outcomes
    are whether the council chose somebody, and why not.
    """

    people: tuple[NomineeFacts, ...]
    items: tuple[ItemFacts, ...] = ()
    verdicts: Mapping[int, NomineeVerdict] = field(default_factory=dict)
    wanting: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    outcomes: Mapping[int, tuple[bool | None, str]] = field(default_factory=dict)
    held_at: datetime | None = None
    number: str = ""
    dated: date | None = None

    def items_of(self, nomination_id: int) -> tuple[ItemFacts, ...]:
        """What is asked for about one nominee."""
        return tuple(one for one in self.items if one.nomination_id == nomination_id)
