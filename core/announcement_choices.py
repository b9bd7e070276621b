"""What is chosen for an announcement, one part after the other, and when it may leave."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from core.announcement_content import MOST_FILES, Content
from core.announcements import AnnouncementFacts, Audience, Condition, Reach, Rules, leaves_at
from core.deadlines import Calendar
from core.messages import FileOut
from core.organisation import UnitKind
from core.quota_meter import Meter
from core.refusals import Code, Refusal
from core.reminders_hours import not_before
from core.roles import Role

#: Conditions that are about a plan.
OF_A_PLAN = frozenset({Condition.NO_PLAN, Condition.NOT_BEGUN})


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit that may be chosen; `below` is how many units belong to it directly."""

    unit_id: int
    name: str
    below: int = 0


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A campaign that may be chosen."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """A person who may be chosen."""

    person_id: int
    name: str
    post: str
    unit: str


@dataclass(frozen=True, slots=True)
class AudienceNames:
    """An audience in the names that people know; `condition` is about `campaign` or the title `unread`."""

    everybody: bool = False
    campaign: str = ""
    units: tuple[str, ...] = ()
    kinds: tuple[UnitKind, ...] = ()
    roles: tuple[Role, ...] = ()
    condition: Condition | None = None
    unread: str = ""
    people: tuple[str, ...] = ()


def with_unit(audience: Audience, unit_id: int) -> Audience:
    """With that unit, or without it where it was chosen."""
    return _settled(audience, replace(audience, units=audience.units ^ {unit_id}))


def with_kind(audience: Audience, kind: str) -> Audience:
    """With that kind of unit, or without it where it was chosen."""
    return _settled(audience, replace(audience, kinds=audience.kinds ^ {kind}))


def with_role(audience: Audience, role: Role) -> Audience:
    """With that role, or without it where it was chosen."""
    return _settled(audience, replace(audience, roles=audience.roles ^ {role}))


def with_person(audience: Audience, person_id: int) -> Audience:
    """With that person besides, or without them where they were chosen."""
    return _settled(audience, replace(audience, people=audience.people ^ {person_id}))


def with_campaign(audience: Audience, campaign: str) -> Audience:
    """About that campaign; without one, no condition that needs one stays."""
    kept = audience.condition if campaign or audience.condition not in OF_A_PLAN else None
    return _settled(audience, replace(audience, campaign=campaign, condition=kept))


def with_condition(audience: Audience, condition: Condition | None, unread: int = 0) -> Audience:
    """Only those who have not done this."""
    return _settled(audience, replace(audience, condition=condition, unread=unread))


def _settled(before: Audience, after: Audience) -> Audience:
    """People alone mean these people alone; that the last of them is taken off does not mean everybody."""
    grouped = after.campaign or after.units or after.kinds or after.roles or after.condition
    return replace(after, only_people=not grouped and (before.only_people or bool(after.people)))


@dataclass(frozen=True, slots=True)
class Look:
    """All that is to be known before an announcement goes.

    `second` says that somebody else has to approve it, `live` that others than administrators are written
    to, `hold` for how many seconds it can be called back. `takes` is how many messages it takes of channels
    that allow only so many in a month, or that stand still. `without_files` is how many people there are
    on each channel that carries no files; empty where it has none.
    """

    facts: AnnouncementFacts
    names: AudienceNames
    reach: Reach
    second: bool
    live: bool
    hold: int
    takes: tuple[tuple[Meter, int], ...] = ()
    without_files: tuple[tuple[str, int], ...] = ()


class Moved(StrEnum):
    """Why something does not leave when it was wanted."""

    DAY_OFF = "day_off"
    QUIET = "quiet"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Timed:
    """When an announcement is wanted, when it leaves, and why that is later.

    `other` is when it would leave otherwise, where that is a day off: on that very day, or moved out of it.
    """

    wanted: datetime
    leaves: datetime
    why: Moved | None = None
    other: datetime | None = None


def timed(
    now: datetime, wanted: datetime, calendar: Calendar, rules: Rules, *, on_the_day: bool = False
) -> Timed:
    """When one that is wanted then would leave. Raises `Refusal` (`ANNOUNCEMENT_TIME_PAST`)."""
    moved = leaves_at(now, wanted, calendar, rules)
    that_day = leaves_at(now, wanted, calendar, rules, on_the_day=True)
    leaves, instead = (that_day, moved) if on_the_day else (moved, that_day)
    other = instead if instead != leaves else None
    if leaves <= max(wanted, now + rules.hold):
        return Timed(wanted, leaves, other=other)
    passed = ((wanted + timedelta(days=days)).date() for days in range((leaves.date() - wanted.date()).days))
    off = not on_the_day and any(not calendar.is_working_day(day) for day in passed)
    night = any(one.holds(wanted.timetz().replace(tzinfo=None)) for one in rules.quiet)
    why = Moved.BOTH if off and night else Moved.DAY_OFF if off else Moved.QUIET
    return Timed(wanted, leaves, why, other)


def opens_at(now: datetime, calendar: Calendar | None, rules: Rules) -> datetime | None:
    """From when on people may be written to, where that is not now; without a calendar on any day."""
    found = not_before(now, calendar, *rules.quiet)
    return found if found > now else None


def offered_times(now: datetime, calendar: Calendar, rules: Rules) -> tuple[datetime, ...]:
    """Times that are offered: this afternoon, the next working morning and the one after."""
    afternoon = now.replace(hour=14, minute=0, second=0, microsecond=0)
    today = (afternoon,) if now < afternoon and not _moves(afternoon, calendar, rules) else ()
    return (*today, *(_morning(now, calendar, rules, days) for days in (1, 2)))


def _morning(now: datetime, calendar: Calendar, rules: Rules, days: int) -> datetime:
    day: date = calendar.plus_working_days(now.date(), days)
    at = now.replace(year=day.year, month=day.month, day=day.day, hour=8, minute=0, second=0, microsecond=0)
    return not_before(at, calendar, *rules.quiet)


def _moves(at: datetime, calendar: Calendar, rules: Rules) -> bool:
    return not_before(at, calendar, *rules.quiet) != at


def next_year(at: datetime) -> datetime:
    """The same day and time a year later; of 29 February the last of the month."""
    try:
        return at.replace(year=at.year + 1)
    except ValueError:
        return at.replace(year=at.year + 1, day=28)


def with_files(content: Content, added: Collection[FileOut]) -> Content:
    """The content with more files. Raises `Refusal` (`ANNOUNCEMENT_FILES`) above the limit."""
    files = (*content.files, *added)
    if len(files) > MOST_FILES:
        raise Refusal(Code.ANNOUNCEMENT_FILES, limit=MOST_FILES)
    return replace(content, files=files)
