"""What a second person is asked about, and how it is known that they saw it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from core.announcement_content import Content
from core.announcements import AnnouncementFacts, Audience, Rules


class Asked(StrEnum):
    """Why one that was scheduled waits for a second person after all."""

    GROWN = "grown"
    AUTHOR = "author"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class Rewording:
    """A wording that is to take the place of the one in force (`version`), once somebody else agrees."""

    content: Content
    reason: str
    by: int
    version: int
    asked_at: str
    retracts: bool = False

    def to_json(self) -> str:
        """The stored form."""
        return json.dumps(asdict(self) | {"content": self.content.to_json()}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Rewording":
        """The rewording that `to_json` stored."""
        raw = json.loads(text)
        return cls(**(raw | {"content": Content.from_json(raw["content"])}))


@dataclass(frozen=True, slots=True)
class Pending:
    """A rewording as it is shown: `author` asks for it; `mine` says that the reader does."""

    wording: Rewording
    author: str
    mine: bool

    @property
    def mark(self) -> str:
        """What changes with anything that is to be seen before agreeing."""
        return _digest(self.wording.to_json())


def mark(one: AnnouncementFacts) -> str:
    """The same for one that has not left."""
    wanted = one.wanted_at.isoformat() if one.wanted_at is not None else ""
    when = wanted, str(one.yearly), str(one.on_the_day)
    return _digest("|".join((one.content.to_json(), one.audience.to_json(), *when)))


def takes_two(audience: Audience, people: int, rules: Rules) -> bool:
    """Whether a new wording for those it was sent to needs somebody else."""
    return audience.everybody or people > rules.alone


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
