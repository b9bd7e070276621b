"""What became of an announcement, person by person, unit by unit, and wording by wording."""

from dataclasses import dataclass
from datetime import datetime

from core.announcement_content import Content
from core.announcements import NotReached


@dataclass(frozen=True, slots=True)
class UnitTally:
    """One unit's part of it."""

    unit: str
    total: int
    sent: int
    read: int


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One person's part of it; one who was neither `sent` it nor missed (`why`) still waits.

    Whoever got it only `partly` is missed too.
    """

    unit: str
    name: str
    post: str
    phone: str
    sent: bool
    why: NotReached | None
    sent_at: datetime | None
    read_at: datetime | None
    answer: int | None
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One wording that people may have had, with who made it and why."""

    version: int
    content: Content
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Of those not reached: how many hold an `outdated` wording, and how many could be sent it anew.

    Who got one message of several has it `partly`.
    """

    outdated: int = 0
    partly: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Spread:
    """How a new wording reaches those who have another one: people by channel.

    It takes the other one's place (`in_place`) or `follows` it; who is `waiting` has nothing yet, who is
    `gone` was written to where nobody is any more. `fresh` says that what was sent may still be edited;
    `files` is how many the new wording has no more: they are taken out of the chats of the `erased` people,
    and stay in those of the others (`kept`). `told` is how many had confirmed what is replaced: they
    get a short message about a correction besides, since an edit does not ring.
    """

    in_place: dict[str, int]
    follows: dict[str, int]
    waiting: int
    fresh: bool
    gone: int = 0
    files: int = 0
    kept: int = 0
    erased: int = 0
    told: int = 0
