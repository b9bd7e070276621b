"""What is odd about a plan: found by the machine, shown to the office, never put right in silence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from core.campaigns import Campaign


class FindingKind(StrEnum):
    """What was found. Each has its sentence in `core/texts/campaign_findings.py`."""

    WRONG_YEAR = "wrong_year"
    STALE_CITATION = "stale_citation"
    ISSUE_DATE_MISSING = "issue_date_missing"
    SECTION_MISSING = "section_missing"
    QUOTA_DIFFERS = "quota_differs"
    DATE_UNSAID = "date_unsaid"
    DOSSIER_UNSAID = "dossier_unsaid"
    APPRAISER_UNSAID = "appraiser_unsaid"
    TIME_SHORT = "time_short"


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """One oddity: what, at which clause or place of the plan, and the facts for its sentence."""

    kind: FindingKind
    where: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Law:
    """A document that plans cite, and when it was in force; `replaced_by` is the number of the next."""

    number: str
    title: str
    in_force_from: date | None = None
    issued_on: date | None = None
    replaced_on: date | None = None
    replaced_by: str = ""
    source: str = ""


def findings(campaign: Campaign, laws: tuple[Law, ...], today: date) -> tuple[PlanFinding, ...]:
    """Everything odd about the plan, in the order of the kinds."""
    return ()
