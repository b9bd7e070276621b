"""The archive of a round: how its files are called, and the lists of them that a machine reads."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from core.round_kept import RoundKept

#: Of what `FACTS` and `MANIFEST` look like inside; counted up when a reader of an earlier one would err.
FORMAT = 1
INDEX, FACTS, MANIFEST = "index.html", "du-lieu.json", "manifest.json"
PLANS, SIGNED, DOSSIERS, PAPERS, PROOFS, UNITS = (
    "ke-hoach",
    "tu-danh-gia",
    "ho-so",
    "giay-to",
    "minh-chung",
    "don-vi",
)


@dataclass(frozen=True, slots=True)
class Over:
    """A round that may be archived, or `going` and may not yet; its latest archive by parts.

    `making` says that one is being packed now.
    """

    round_id: int
    campaign: str
    code: str
    campaign_label: str
    round_label: str
    going: bool
    made_at: datetime | None = None
    parts: tuple[tuple[str, int], ...] = ()
    making: bool = False

    @property
    def name(self) -> str:
        """What its files are called: short ASCII, made of codes alone."""
        told = f"luu-tru-{self.campaign}-{self.code}"
        return "".join(one for one in told if one.isascii() and (one.isalnum() or one == "-"))


def part_name(name: str, place: int, count: int) -> str:
    """What a part of an archive is called."""
    return f"{name}.zip" if count == 1 else f"{name}-{place}.zip"


def facts_json(held: RoundKept) -> str:
    """The same for machines."""
    whole = {"format": FORMAT, **asdict(held)}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1, default=_iso) + "\n"


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as the manifest has it."""

    path: str
    part: int
    size: int
    sha256: str


def manifest(held: RoundKept, files: Sequence[Listed], last: int) -> str:
    """The list of everything, for machines; `last` is how many parts there are."""
    whole = {
        "format": FORMAT,
        "round": {"campaign": held.campaign, "code": held.round, "label": held.round_label},
        "parts": last,
        "files": [asdict(one) for one in files],
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
