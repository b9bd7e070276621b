"""An announcement: who is to get it, what may be done with it, and when it leaves.

States, and what leads from one to the next:

    draft ──ask──▸ waiting ──approve──▸ scheduled ──leave──▸ running ◂──resume── paused
      │  ◂──refuse──┘ ▲                  │  ▲                 │ │ └────pause──────▸ │
      │               └─────(undo)───────┘  │                 │ └──finish──▸ finished
      ├──schedule───────────────────────────┘                 └──stop──▸ stopped ◂──┘
      └──discard──▸ discarded

What is over runs once more while a correction is on its way (correct).

«Send now» is a schedule that leaves after the hold. One that is scheduled and has come to be for more people
than its author may send to alone does not leave but waits (ask).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from core.announcement_content import Content
from core.deadlines import Calendar
from core.refusals import Code, Refusal
from core.reminders_hours import QUIET_NIGHT, Quiet, is_quiet, not_before
from core.roles import Role

#: Telegram lets a message be edited by the bot that sent it for so long.
EDITABLE = timedelta(hours=48)


class State(StrEnum):
    """Where an announcement stands."""

    DRAFT = "draft"
    WAITING = "waiting"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    FINISHED = "finished"
    DISCARDED = "discarded"


class Act(StrEnum):
    """What may be done with one."""

    ASK = "ask"
    SCHEDULE = "schedule"
    APPROVE = "approve"
    REFUSE = "refuse"
    UNDO = "undo"
    LEAVE = "leave"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    FINISH = "finish"
    CORRECT = "correct"
    DISCARD = "discard"


_NEXT: Mapping[tuple[State, Act], State] = {
    (State.DRAFT, Act.ASK): State.WAITING,
    (State.DRAFT, Act.SCHEDULE): State.SCHEDULED,
    (State.DRAFT, Act.DISCARD): State.DISCARDED,
    (State.WAITING, Act.APPROVE): State.SCHEDULED,
    (State.WAITING, Act.REFUSE): State.DRAFT,
    (State.WAITING, Act.UNDO): State.DRAFT,
    (State.SCHEDULED, Act.ASK): State.WAITING,
    (State.SCHEDULED, Act.UNDO): State.DRAFT,
    (State.SCHEDULED, Act.LEAVE): State.RUNNING,
    (State.RUNNING, Act.PAUSE): State.PAUSED,
    (State.RUNNING, Act.STOP): State.STOPPED,
    (State.RUNNING, Act.FINISH): State.FINISHED,
    (State.PAUSED, Act.RESUME): State.RUNNING,
    (State.PAUSED, Act.STOP): State.STOPPED,
    (State.STOPPED, Act.CORRECT): State.RUNNING,
    (State.FINISHED, Act.CORRECT): State.RUNNING,
}


def after(state: State, act: Act) -> State:
    """The state that an act leads to. Raises `Refusal` (`ANNOUNCEMENT_MOVED_ON`) where it is not possible."""
    found = _NEXT.get((state, act))
    if found is None:
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=state)
    return found


def acts(state: State) -> tuple[Act, ...]:
    """What is possible in a state."""
    return tuple(act for (begins, act) in _NEXT if begins is state)


class Condition(StrEnum):
    """What people or their units have not done."""

    NO_PLAN = "no_plan"
    UNREAD = "unread"
    MISSED = "missed"
    NOT_BEGUN = "not_begun"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is to get it: everybody that meets every part, and the `people` named besides.

    An empty part asks for nothing: with none at all it is everybody. Units count with all below them.
    `campaign` is that of the conditions, and limits to the units it is for; `unread` is the announcement
    that was not read, or never came.
    """

    campaign: str = ""
    units: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    roles: frozenset[Role] = frozenset()
    condition: Condition | None = None
    unread: int = 0
    people: frozenset[int] = frozenset()
    only_people: bool = False

    @property
    def everybody(self) -> bool:
        """Whether nobody is left out."""
        return self.by_place and not (self.campaign or self.units or self.kinds)

    @property
    def by_place(self) -> bool:
        """Whether people are meant for where they work alone."""
        return not self.roles and self.condition is None and not self.only_people

    def to_json(self) -> str:
        """The stored form."""
        return json.dumps({name: _plain(getattr(self, name)) for name in self.__slots__}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Audience":
        """The audience that `to_json` stored."""
        raw = json.loads(text)
        return cls(
            raw["campaign"],
            frozenset(raw["units"]),
            frozenset(raw["kinds"]),
            frozenset(Role(one) for one in raw["roles"]),
            Condition(raw["condition"]) if raw["condition"] else None,
            raw["unread"],
            frozenset(raw["people"]),
            raw["only_people"],
        )


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else value


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may be meant: `units` is their own unit and those above it."""

    person_id: int
    units: frozenset[int]
    kind: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Ground:
    """What the conditions are about: units that owe their plan, people who began, who did not read.

    `limits` are the units a campaign is for, None where it is for everybody.
    """

    limits: frozenset[int] | None = None
    owing: frozenset[int] = frozenset()
    began: frozenset[int] = frozenset()
    unread: frozenset[int] = frozenset()


def chosen(audience: Audience, people: Iterable[Candidate], ground: Ground) -> list[int]:
    """Who of these people is meant, in their order."""
    return [one.person_id for one in people if _meant(audience, one, ground)]


def _meant(audience: Audience, one: Candidate, ground: Ground) -> bool:
    if one.person_id in audience.people:
        return True
    if audience.only_people:
        return False
    return (
        (ground.limits is None or bool(one.units & ground.limits))
        and (not audience.units or bool(one.units & audience.units))
        and (not audience.kinds or one.kind in audience.kinds)
        and (not audience.roles or bool(one.roles & audience.roles))
        and _open(audience.condition, one, ground)
    )


def _open(condition: Condition | None, one: Candidate, ground: Ground) -> bool:
    """Whether a person, or their unit, has not done what is asked about."""
    match condition:
        case None:
            return True
        case Condition.NO_PLAN:
            return bool(one.units & ground.owing)
        case Condition.NOT_BEGUN:
            return one.person_id not in ground.began
        case Condition.UNREAD | Condition.MISSED:
            return one.person_id in ground.unread


class NotReached(StrEnum):
    """Why somebody does not get it."""

    NO_ACCOUNT = "no_account"
    UNREACHABLE = "unreachable"
    TRIAL = "trial"
    REJECTED = "rejected"
    EXPIRED = "expired"
    STOPPED = "stopped"
    STANDS_STILL = "stands_still"


@dataclass(frozen=True, slots=True)
class Addressee:
    """One person an announcement is for; `why` says that they cannot be written to.

    Of one that has left, they may hold an `outdated` wording, or have got it only `partly`.
    """

    person_id: int
    name: str
    post: str
    unit_id: int
    unit: str
    phone: str
    why: NotReached | None = None
    channel: str = ""
    outdated: bool = False
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an announcement is for, and how long it takes to reach them; `everybody` leaves nobody out."""

    people: tuple[Addressee, ...]
    seconds: int = 0
    everybody: bool = False

    @property
    def reachable(self) -> tuple[Addressee, ...]:
        """Those who will get it."""
        return tuple(one for one in self.people if one.why is None)

    @property
    def cut_off(self) -> tuple[Addressee, ...]:
        """Those who have to be told otherwise."""
        return tuple(one for one in self.people if one.why is not None)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the installation allows: above `alone` people, or for everybody, a second person approves.

    `hold` is how long one that is sent at once can still be called back; `a_day` is how many one person
    may send on one day; `a_second` how many messages leave.
    """

    alone: int = 200
    hold: timedelta = timedelta(seconds=60)
    a_day: int = 5
    a_second: float = 20.0
    quiet: tuple[Quiet, ...] = (QUIET_NIGHT,)


def needs_second(found: Reach, rules: Rules) -> bool:
    """Whether somebody else has to approve it."""
    return found.everybody or len(found.people) > rules.alone


def seconds_needed(messages: int, rules: Rules) -> int:
    """How long so many messages take, whole seconds."""
    return -int(-messages // rules.a_second)


def leaves_at(
    now: datetime, wanted: datetime | None, calendar: Calendar, rules: Rules, *, on_the_day: bool = False
) -> datetime:
    """When it leaves: at the wanted time, moved out of nights and days off, or after the hold.

    With `on_the_day`, a day off is as good as another; nights stay quiet.
    Raises `Refusal` (`ANNOUNCEMENT_TIME_PAST`) for a time that is over. What is sent at once leaves also
    in the evening: the person who sends it was asked.
    """
    if wanted is None:
        return now + rules.hold
    if wanted <= now:
        raise Refusal(Code.ANNOUNCEMENT_TIME_PAST, at=wanted)
    return _moved(max(wanted, now + rules.hold), None if on_the_day else calendar, rules)


def _moved(wanted: datetime, calendar: Calendar | None, rules: Rules) -> datetime:
    """Out of nights and days off; what is moved to another day keeps its hour, where that is not quiet."""
    found = not_before(wanted, calendar, *rules.quiet)
    kept = found.replace(hour=wanted.hour, minute=wanted.minute, second=wanted.second)
    return kept if kept > found and not is_quiet(kept, calendar, *rules.quiet) else found


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of it so far. The sum of all is everybody it was for."""

    sent: int = 0
    waiting: int = 0
    not_reached: Mapping[NotReached, int] = field(default_factory=dict)
    read: int = 0
    right: int = 0
    answered: int = 0
    perhaps_twice: int = 0

    @property
    def total(self) -> int:
        """Everybody it is for."""
        return self.sent + self.waiting + sum(self.not_reached.values())


@dataclass(frozen=True, slots=True)
class AnnouncementFacts:
    """An announcement as it is shown. `version` counts its wordings.

    `on_the_day` says that it leaves on a day off too, `retracted` that it was taken back; `reminds` is that
    of which it reminds.
    """

    id: int
    author_id: int
    author: str
    campaign: str
    content: Content
    audience: Audience
    state: State
    version: int
    changed_at: datetime
    wanted_at: datetime | None = None
    leaves_at: datetime | None = None
    approver: str = ""
    finished_at: datetime | None = None
    left_at: datetime | None = None
    yearly: bool = False
    on_the_day: bool = False
    retracted: bool = False
    reminds: int | None = None
