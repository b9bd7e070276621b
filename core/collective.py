"""A unit's self-assessment as shared work: who could answer, and who has which part."""

from dataclasses import dataclass

from core.assessment import Entry


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the unit or below it."""

    person_id: int
    name: str
    post: str
    unit: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one colleague was given, in the order of the plan."""

    person_id: int
    name: str
    entries: tuple[Entry, ...]

    @property
    def answered(self) -> int:
        """How many of these criteria are answered."""
        return sum(entry.answered for entry in self.entries)
