"""Particulars of a nominee as they are shown to whoever tells them."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.campaign_terms import SubjectKind
from core.dossiers import PARTICULARS, UNIT_PARTICULARS

LONGEST = 1_000
"""Characters of one of them."""


@dataclass(frozen=True, slots=True)
class ParticularsFacts:
    """What was told for a nomination. `own` says that it is about whoever looks; empty words were skipped."""

    nomination_id: int
    subject: SubjectKind
    name: str
    round_label: str
    given: Mapping[str, str]
    own: bool

    @property
    def names(self) -> tuple[str, ...]:
        """What is asked, in the order of the report."""
        return names_of(self.subject)

    @property
    def missing(self) -> tuple[str, ...]:
        """What was neither told nor skipped."""
        return tuple(name for name in self.names if name not in self.given)


def names_of(subject: SubjectKind) -> tuple[str, ...]:
    """What the report of such a nominee says besides the achievement."""
    return UNIT_PARTICULARS if subject is SubjectKind.COLLECTIVE else PARTICULARS
