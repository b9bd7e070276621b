"""An announcement leaves: everybody it is for is found, kept and queued, in portions that survive a death.

Each portion is a transaction of its own, so that others' turns come between. How far it is stands beside the
announcement: a process that is killed goes on behind the last portion that was committed.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.announcement_choices import next_year, opens_at
from core.announcement_content import Content
from core.announcements import Act, Addressee, Audience, Reach, State, after, leaves_at, needs_second
from core.errands import ErrandKind
from core.roles import Permission
from core.texts import announcements as texts
from db.models import Announcement
from db.queries import announcement_audience as audience_queries
from db.queries import announcement_delivery as delivery
from db.queries import announcements as queries
from db.transaction import Session
from services import (
    announcement_audience,
    announcement_rights,
    announcement_waves,
    announcements,
    calendar,
    errands,
    journal,
    outbox,
)
from services.actor import local
from services.announcement_audience import Terrain

#: One that was wanted at a time and leaves so much later is moved out of nights and days off again.
LATE = timedelta(minutes=15)
#: How long to wait before the rest of one that could not be queued for a day is tried anew.
_REST = timedelta(minutes=10)


@dataclass(slots=True)
class Departure:
    """One announcement on its way out, and what was found for it so far.

    Lives as long as one try of the errand: `listed` people were looked at, by their numbers up to `last`.
    """

    number: int
    audience: str = ""
    terrain: Terrain | None = None
    listed: int = 0
    last: int | None = 0
    people: list[Addressee] = field(default_factory=list)
    accounts: dict[int, int] = field(default_factory=dict)


async def go_on(session: Session, departure: Departure, now: datetime) -> bool:
    """Do the next portion of what is to be done for one whose time has come; whether there is more.

    Asked twice, or for one that was called back, nothing happens. One that is late because the machine was
    off waits for the next time at which people may be written to; one that its author may not, or no longer,
    send alone waits for a second person. For a yearly one that is asked ahead.
    """
    row = await queries.one(session, departure.number)
    if row is None:
        return False
    begun = row.state != State.SCHEDULED
    if begun and row.laid_to is None:
        return False
    if departure.terrain is None or departure.audience != row.audience:
        if not begun and not await _due(session, row, now):
            return False
        await _look_around(session, departure, row, now)
        return True
    if departure.last is not None:
        await _find(session, departure, row, now)
        return True
    if not begun and not await _let_go(session, row, departure, now):
        return False
    return await _lay(session, row, departure, now)


async def gave_up(session: Session, number: int, now: datetime) -> None:
    """One that could not leave is a draft again, and its author is told; half out, it is tried on."""
    row = await queries.one(session, number)
    if row is not None and row.laid_to is not None:
        await errands.add(session, ErrandKind.ANNOUNCE, number, now + _REST)
    if row is None or row.state != State.SCHEDULED:
        return
    became = after(State.SCHEDULED, Act.UNDO).value
    values = {"state": became, "leaves_at": None, "approved_by": None, "yearly": False, "changed_at": now}
    if await queries.change(session, number, row.state, **values):
        await journal.note(session, "house", "announcement_kept_back", f"announcement:{number}", now)
        notice = texts.gave_up(Content.from_json(row.content).title, number)
        await outbox.notify(session, [row.author_id], notice, now)


async def _due(session: Session, row: Announcement, now: datetime) -> bool:
    """Whether the time of one that is scheduled has come, or that of asking for it ahead."""
    if row.leaves_at is None:
        return False
    if row.leaves_at > now:
        return row.yearly and row.leaves_at - now <= announcements.ASKED_AHEAD
    if now - row.leaves_at > LATE:
        rules, when = announcement_audience.rules_of(session), await calendar.in_force(session)
        here = local(session, now)
        the_day = row.on_the_day and here.date() == local(session, row.leaves_at).date()
        if (opens := opens_at(here, None if the_day else when, rules)) is not None:
            await queries.change(session, row.id or 0, row.state, leaves_at=opens)
            await errands.add(session, ErrandKind.ANNOUNCE, row.id or 0, opens)
            return False
    return True


async def _look_around(session: Session, departure: Departure, row: Announcement, now: datetime) -> None:
    """All that decides who is meant; whoever is behind the place where it is has been looked at."""
    audience = Audience.from_json(row.audience)
    departure.terrain = await announcement_audience.terrain(session, audience, now)
    departure.audience, departure.listed, departure.last = row.audience, 0, row.laid_to or 0
    departure.people, departure.accounts = [], {}


async def _find(session: Session, departure: Departure, row: Announcement, now: datetime) -> None:
    """Who of the next portion is meant."""
    assert departure.terrain is not None
    most, audience = announcement_audience.PORTION, Audience.from_json(row.audience)
    some = await audience_queries.next_listed(session, departure.last or 0, most)
    departure.listed += len(some)
    departure.last = some[-1].person_id if len(some) == most else None
    people, accounts = await announcement_audience.found(session, audience, some, departure.terrain, now)
    departure.people += people
    departure.accounts |= accounts


async def _let_go(session: Session, row: Announcement, departure: Departure, now: datetime) -> bool:
    """Whether one may leave now that it is known for whom it is; then it is under way."""
    if not await _due(session, row, now):
        return False
    assert row.leaves_at is not None
    number, content, audience = (
        departure.number,
        Content.from_json(row.content),
        Audience.from_json(row.audience),
    )
    ahead = row.leaves_at > now
    reach = announcement_audience.reach_of(
        session, audience, departure.people, departure.listed, texts.parts(content)
    )
    if audience.unread and not reach.reachable and not ahead:
        await _nobody_left(session, row, now)
        return False
    if (why := await announcement_rights.second_wanted(session, row, reach, now)) is not None:
        await announcements.ask_again(session, row, reach, why, now)
        return False
    if ahead:
        await errands.add(session, ErrandKind.ANNOUNCE, number, row.leaves_at)
        return False
    became = after(State.SCHEDULED, Act.LEAVE).value
    if not await queries.change(session, number, row.state, state=became, left_at=now, laid_to=0):
        return False
    await announcement_waves.word(session, row, content, "", now)
    if row.yearly:
        await _again_next_year(session, row, reach, now)
    await journal.note(
        session, "house", "announcement_left", f"announcement:{number}", now, people=len(reach.people)
    )
    await errands.add(session, ErrandKind.ANNOUNCEMENT_PROGRESS, number, now)
    return True


async def _lay(session: Session, row: Announcement, departure: Departure, now: datetime) -> bool:
    """Keep and queue the next portion; whether there is another.

    Of one that was stopped meanwhile nothing more is queued, but it is kept for whom it was.
    """
    done = row.laid_to or 0
    people = departure.people
    begins = bisect_right(people, done, key=lambda one: one.person_id)
    ends = begins + announcement_audience.PORTION
    some = people[begins:ends]
    last = some[-1].person_id if ends < len(people) else None
    if not await delivery.lay(session, departure.number, row.laid_to, last):
        return False
    if some:
        stopped = row.state == State.STOPPED
        await announcement_waves.keep(session, departure.number, some, departure.accounts, stopped=stopped)
        if not stopped:
            await announcement_waves.lay(session, row, (done, some[-1].person_id), now)
    return last is not None


async def _nobody_left(session: Session, row: Announcement, now: datetime) -> None:
    """A reminder for which nobody is left does not leave: it is a draft again, and its author is told."""
    became = after(State.SCHEDULED, Act.UNDO)
    values = {"leaves_at": None, "approved_by": None, "yearly": False, "changed_at": now}
    if await queries.change(session, row.id or 0, row.state, state=became.value, **values):
        notice = texts.nobody_left(Content.from_json(row.content).title, row.id or 0)
        await outbox.notify(session, [row.author_id], notice, now)


async def _again_next_year(session: Session, row: Announcement, reach: Reach, now: datetime) -> None:
    """The same announcement a year later, moved as its author chose; they are told, also of a moved day.

    Nobody has approved it yet: where that is needed, it is asked shortly before it leaves.
    """
    assert row.leaves_at is not None
    wanted = next_year(local(session, row.wanted_at or row.leaves_at))
    rules = announcement_audience.rules_of(session)
    works, the_day = await calendar.in_force(session), row.on_the_day
    leaving = leaves_at(local(session, now), wanted, works, rules, on_the_day=the_day)
    number = await queries.add(
        session,
        Announcement(
            author_id=row.author_id,
            campaign=row.campaign,
            repeats=row.id,
            content=row.content,
            audience=row.audience,
            state=State.SCHEDULED.value,
            yearly=True,
            on_the_day=the_day,
            changed_at=now,
            wanted_at=wanted,
            leaves_at=leaving,
        ),
    )
    await errands.add(session, ErrandKind.ANNOUNCE, number, leaving - announcements.ASKED_AHEAD)
    alone = await announcement_rights.holds(session, row.author_id, Permission.APPROVE_ANNOUNCEMENTS, now)
    second = not alone or needs_second(reach, rules)
    title = Content.from_json(row.content).title
    notice = texts.next_year_kept(title, wanted, leaving, number, second=second)
    await outbox.notify(session, [row.author_id], notice, now)
