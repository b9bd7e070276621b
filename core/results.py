"""Where somebody's case stands on its way to a decision, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from core.campaign_terms import SubjectKind
from core.council import SittingState
from core.dossiers import DossierState

#: What is decided is shown so long; the record of awards keeps it for ever.
SHOWN = timedelta(days=180)


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


#: What is over.
ENDED = frozenset({Stage.COMMENDED, Stage.NOT_CHOSEN})


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """One case: a person's, or a unit's as a whole (then `name` is the unit's).

    `next_on` is the day of what comes next, where one is known. `chosen` and `reason` are the council's,
    from its conclusion on; number and day are those of the signed decision.
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
