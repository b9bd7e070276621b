"""Plans and reports that were handed in, and time that was asked for, for the screens that show them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from core.assessment import EvidenceFacts
from core.submissions import DueFacts, ExtensionFacts, HandedIn, SubmissionFacts
from tests.core.ladder_samples import an_obligation

AT = datetime(2026, 12, 14, 1, 5, tzinfo=UTC)
DAY = date(2026, 12, 14)
KEY = "004:004-D2:2026:5"


def samples(words: str, file: EvidenceFacts) -> Mapping[object, Sequence[object]]:
    """Samples by type, with `words` for whatever a person wrote."""
    owed = replace(an_obligation(), words=words, label=words, unit=words)
    waits = SubmissionFacts(1, words, DAY, words, "BC-XXXXXX", True, words, 1, AT, "", None, None)
    confirmed = replace(waits, late=False, file=file, confirmed_by="Lan", confirmed_at=AT)
    asked = ExtensionFacts(1, words, KEY, date(2026, 12, 20), words, "asked", words, AT, "")
    extensions = [asked, *(replace(asked, state=one, document=words) for one in ("granted", "denied"))]
    return {
        date: [DAY],
        HandedIn | None: [None, HandedIn(1, "BC-XXXXXX")],
        DueFacts: [DueFacts("004:004-D2:2026", owed, 40, 12, 3)],
        SubmissionFacts: [waits, confirmed],
        SubmissionFacts | None: [None, waits, confirmed],
        ExtensionFacts: extensions,
        ExtensionFacts | None: [None, *extensions],
    }
