"""People who stand in for others, for the screens that show them."""

from collections.abc import Mapping, Sequence
from datetime import date

from core.absences import AbsenceFacts, Colleague


def samples(words: str) -> Mapping[object, Sequence[object]]:
    """Samples by type, with `words` for whatever a person wrote."""
    away = AbsenceFacts(3, 1, words, words, 2, words, date(2026, 12, 14), date(2026, 12, 18))
    return {
        AbsenceFacts: [away],
        AbsenceFacts | None: [None, away],
        Colleague: [Colleague(5, words, words, words, 1), Colleague(6, "Lan", "", "", 1, leads=True)],
    }
