"""Sample facts for the screens on which the office works on campaigns."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from core.campaign_dates import Datable, DateFacts, Value
from core.campaign_findings import FindingKind, PlanFinding
from core.campaign_office import Grave, PlanFileKind, PlanFileState
from core.campaign_terms import Unsaid, YearDay
from core.texts.campaign_office import DraftLine

AT = datetime(2026, 12, 4, 10, tzinfo=UTC)


def samples(words: str) -> Mapping[object, Sequence[object]]:
    """Samples by type, with `words` for whatever a person wrote."""
    return {
        Grave: list(Grave),
        PlanFileKind: list(PlanFileKind),
        PlanFileState: list(PlanFileState),
        DraftLine: [DraftLine(7, "004", words[:40], True, words), DraftLine(8, "005", words[:40], False, "")],
        PlanFinding: [PlanFinding(FindingKind.SECTION_MISSING, "", {"place": words, "words": words})],
        Datable: [
            Datable("issued_on", Unsaid(words)),
            Datable("window:ends_on", date(2026, 12, 31)),
            Datable("deadline:004-D1", YearDay(12, 15), yearly=True),
            Datable("round:2026:closes_at", AT, moment=True),
        ],
        DateFacts: [
            DateFacts("issued_on", date(2026, 4, 15), words, None, words, AT, None, counts=True),
            DateFacts("issued_on", date(2026, 4, 14), words, None, "", AT, AT, counts=False),
        ],
        Value: [date(2026, 12, 15), AT, YearDay(12, 15)],
    }
