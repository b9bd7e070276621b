"""Everything the report of an appraisal is made from."""

from dataclasses import dataclass
from datetime import datetime

from core.appraisal import Clock, ItemFacts, LikenessFacts, MarkFacts, NomineeVerdict
from core.assessment import Entry
from core.dossiers import DossierFacts, NomineeFacts
from core.eligibility import Case


@dataclass(frozen=True, slots=True)
class Finding:
    """A nominee with every criterion that is marked, in the order of the plan."""

    nominee: NomineeFacts
    verdict: NomineeVerdict
    case: Case
    entries: tuple[tuple[Entry, MarkFacts | None], ...]
    alike: tuple[LikenessFacts, ...]


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A dossier as it was appraised; `asker` is who had the report made, `issuer` that of the plan."""

    facts: DossierFacts
    issuer: str
    plan: str
    asker: str
    office: str
    clock: Clock
    findings: tuple[Finding, ...]
    items: tuple[ItemFacts, ...]
    made_at: datetime
