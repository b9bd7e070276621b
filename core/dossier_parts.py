"""What a plan wants to find in a dossier, as the kinds of papers there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.campaign_terms import Clause, Dossier, Unsaid
from core.campaigns import Campaign
from core.dossiers import PaperKind
from core.vietnamese import fold

#: Every kind but these the house can make from what was answered.
ONLY_SENT = frozenset({PaperKind.OTHER})
#: By which of its words a part of a plan is known; the first that fits.
_WORDS: tuple[tuple[PaperKind, tuple[str, ...]], ...] = (
    (PaperKind.MINUTES, ("bien ban",)),
    (PaperKind.REPORT, ("bao cao thanh tich", "bao cao tom tat thanh tich", "ban thanh tich")),
    (PaperKind.LIST, ("danh sach",)),
    (PaperKind.EVIDENCE, ("minh chung", "danh muc")),
    (PaperKind.REQUEST, ("to trinh", "van ban de nghi", "cong van de nghi")),
)
#: What the house makes besides, whatever the plan asks for.
_BESIDES = (PaperKind.LIST, PaperKind.EVIDENCE)
#: What a plan that does not say so is taken to want: the papers that every one in hand wants.
_USUAL = (PaperKind.REQUEST, PaperKind.MINUTES, PaperKind.REPORT)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a dossier; `clause` is the plan's own sentence, without which it is not demanded.

    `key` is short ASCII: the kind, or for what only the unit can send its place in the plan besides.
    """

    key: str
    kind: PaperKind
    clause: Clause | None = None

    @property
    def demanded(self) -> bool:
        """Whether the plan asks for it."""
        return self.clause is not None


def kind_of(quote: str) -> PaperKind:
    """What kind of paper a part of a plan is."""
    words = fold(quote)
    return next((kind for kind, known in _WORDS if any(one in words for one in known)), PaperKind.OTHER)


def parts_of(campaign: Campaign) -> tuple[Part, ...]:
    """The parts of a dossier, those of the plan first, in its order."""
    said = _said(campaign)
    found = [Part(_key(kind_of(one.quote), place), kind_of(one.quote), one) for place, one in enumerate(said)]
    there = {one.kind for one in found}
    more = _BESIDES if said else (*_USUAL, *_BESIDES)
    return (*found, *(Part(kind.value, kind) for kind in more if kind not in there))


def copies_of(campaign: Campaign) -> tuple[int | None, Clause | None]:
    """How many copies on paper the plan asks for, with its sentence; None where it does not say."""
    if isinstance(campaign.dossier, Unsaid) or isinstance(campaign.dossier.copies, Unsaid):
        return None, None
    return campaign.dossier.copies, campaign.dossier.copies_clause


def send_to(campaign: Campaign) -> str:
    """To whom the plan says it is sent; nothing where it does not say."""
    if isinstance(campaign.dossier, Unsaid):
        return ""
    to = campaign.dossier.send_to
    return next((one.name for one in campaign.bodies if one.code == to), "")


def _said(campaign: Campaign) -> Sequence[Clause]:
    asked: Dossier | Unsaid = campaign.dossier
    if isinstance(asked, Unsaid) or isinstance(asked.parts, Unsaid):
        return ()
    return asked.parts


def _key(kind: PaperKind, place: int) -> str:
    return f"{kind.value}{place}" if kind in ONLY_SENT else kind.value
