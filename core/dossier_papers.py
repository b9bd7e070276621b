"""Everything the papers of a dossier, its checks and its archive are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.assessment import EvidenceFacts, SignedCopy
from core.awards import AwardFacts
from core.campaigns import Campaign
from core.dossiers import DossierFacts, NomineeFacts
from core.unit_reviews import MeetingRecord


@dataclass(frozen=True, slots=True)
class NomineeContent:
    """One nominee with what they signed; `particulars` are theirs by the names in `core.dossiers`.

    `awards` are those on record that stand, for where they told none themselves.
    """

    facts: NomineeFacts
    copy: SignedCopy
    particulars: Mapping[str, str] = field(default_factory=dict)
    awards: tuple[AwardFacts, ...] = ()

    @property
    def files(self) -> tuple[EvidenceFacts, ...]:
        """The files that count as evidence of what was signed, each once, in the order of the criteria."""
        found = {file.id: file for entry in self.copy.sheet.entries for file in entry.files if file.usable}
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class DossierContent:
    """A dossier as it stands now. `head` and `head_post` are who signs for the unit."""

    facts: DossierFacts
    campaign: Campaign
    nominees: tuple[NomineeContent, ...]
    meeting: MeetingRecord | None
    head: str = ""
    head_post: str = ""

    @property
    def files(self) -> tuple[EvidenceFacts, ...]:
        """Every file that counts as evidence, each once."""
        return tuple({file.id: file for one in self.nominees for file in one.files}.values())
