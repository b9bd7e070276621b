"""What every unit owes now by the deadlines of the plans in force, computed from facts alone."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from core.campaign_terms import Deadline, DeadlineKind, Unsaid, YearDay
from core.campaigns import Campaign
from core.deadlines import ASKED_FOR, Extension, Obligation
from core.organisation import upwards
from core.reminders_facts import Absence
from core.roles import Permission, Role, Target
from core.submissions import OF_OFFICE
from core.texts import deadlines as texts
from db.queries import deadlines as queries
from db.queries.deadlines import Part, Place
from db.transaction import Session
from services import campaigns
from services.actor import Actor, today
from services.pauses import Pauses

#: What is due early in a year is asked for in the year before: the ladder is no longer than this.
SEASON = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time that something falls due: `period` is its round, or the year it is for."""

    campaign: Campaign
    deadline: Deadline
    period: str
    last_day: date
    opened_on: date


@dataclass(slots=True)
class _People:
    """Who owes and who is told, by unit."""

    heads: dict[int, int] = field(default_factory=dict)
    deputies: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    coordinators: dict[int, int] = field(default_factory=dict)
    office: tuple[int, ...] = ()
    office_unit: int | None = None
    led_until: Mapping[int, date | None] = field(default_factory=dict)

    def answers(self, unit_id: int, since: date) -> bool:
        """Whether somebody answers for a unit, or did since that day: a unit whose head left still owes."""
        until = self.led_until.get(unit_id, date.min)
        return until is None or until >= since

    def of(self, unit_id: int) -> tuple[Role, int | None]:
        """Who answers for a unit: its head, or whoever coordinates where nobody heads it."""
        if unit_id in self.heads:
            return Role.HEAD, self.heads[unit_id]
        return Role.COORDINATOR, self.coordinators.get(unit_id)


async def obligations(
    session: Session,
    now: datetime,
    asked_for: timedelta = ASKED_FOR,
    units: Collection[int] | None = None,
) -> tuple[Obligation, ...]:
    """Everything that any unit, or these, owes, done or not, by a known day that is not past for longer."""
    running = [campaign for _version, campaign in await campaigns.in_force(session)]
    return await obligations_under(session, running, now, asked_for, units)


async def obligations_under(
    session: Session,
    running: Iterable[Campaign],
    now: datetime,
    asked_for: timedelta = ASKED_FOR,
    units: Collection[int] | None = None,
) -> tuple[Obligation, ...]:
    """What would be owed if these were the plans in force."""
    day = today(session, now)
    occasions = [one for one in occasions_of(running, day) if one.last_day >= day - asked_for]
    return await _owed(session, occasions, day, units)


async def obligations_of(
    session: Session,
    actor: Actor,
    now: datetime,
    asked_for: timedelta = ASKED_FOR,
    units: Collection[int] | None = None,
) -> tuple[Obligation, ...]:
    """What this person may see of it: that of the units they hand in for, or everything."""
    if actor.may(Permission.SEE_BOARD):
        return await obligations(session, now, asked_for, units)
    actor.require(Permission.HAND_IN)
    parents = {one.unit_id: one.parent_id for one in await queries.places(session, actor.today)}
    mine = {
        unit_id
        for unit_id in (parents if units is None else units)
        if actor.may(Permission.HAND_IN, Target(units=frozenset(upwards(unit_id, parents))))
    }
    return await obligations(session, now, asked_for, mine)


async def absences(session: Session, day: date) -> tuple[Absence, ...]:
    """Who stands in for whom on that day or later."""
    rows = await queries.absences(session, day)
    return tuple(Absence(row.person_id, row.deputy_id, row.starts_on, row.ends_on) for row in rows)


def occasions_of(running: Iterable[Campaign], day: date) -> Iterator[Occasion]:
    """Every time that something of these falls due and is known, of what recurs this year's and the last."""
    for campaign in running:
        for deadline in campaign.deadlines:
            for period, year, opened in _times(campaign, deadline, day):
                last = deadline.last_day(year)
                assert isinstance(last, date)
                opens = min(max(opened, _issued(campaign)), last)
                if year <= day.year or opens <= day:
                    yield Occasion(campaign, deadline, period, last, opens)


def key_of(occasion: Occasion, unit_id: int) -> str:
    """How what a unit owes on an occasion is named."""
    return f"{occasion.campaign.code}:{occasion.deadline.code}:{occasion.period}:{unit_id}"


def _times(campaign: Campaign, deadline: Deadline, day: date) -> list[tuple[str, int, date]]:
    """Period, year and first day of each time.

    A period outlives its day: what was handed in still counts once another day is entered.
    """
    match deadline.day:
        case Unsaid():
            return []
        case YearDay():
            own = _year_of_round(campaign, deadline)
            years = [year for year in _years(campaign, day) if own in (None, year)]
            return [(deadline.round or str(year), year, _opened(deadline, year)) for year in years]
        case named:
            begins = campaign.window.starts_on
            year = deadline.stands_for or named.year
            window = campaign.window
            period = deadline.round or str(min(max(year, window.first_year), window.last_year))
            return [(period, named.year, date.min if isinstance(begins, Unsaid) else begins)]


def _year_of_round(campaign: Campaign, deadline: Deadline) -> int | None:
    """The year in which what belongs to a round is due; None where it is the whole campaign's."""
    rounds = (one for one in campaign.rounds if one.code == deadline.round)
    return next((one.year or campaign.window.last_year for one in rounds), None)


def _years(campaign: Campaign, day: date) -> list[int]:
    window = campaign.window
    several = (day.year - 1, day.year, day.year + 1)
    return [year for year in several if window.first_year <= year <= window.last_year]


def _opened(deadline: Deadline, year: int) -> date:
    """From when on what is due in that year is asked for: its first day, or a season before an early one."""
    last = deadline.last_day(year)
    assert isinstance(last, date)
    return min(date(year, 1, 1), last - SEASON)


def _issued(campaign: Campaign) -> date:
    if isinstance(campaign.issued_on, Unsaid):
        return date(campaign.window.first_year, 1, 1)
    return campaign.issued_on


async def _owed(
    session: Session, occasions: list[Occasion], day: date, units: Collection[int] | None
) -> tuple[Obligation, ...]:
    if not occasions:
        return ()
    codes = sorted({one.campaign.code for one in occasions})
    pauses = Pauses()
    places = {one.unit_id: one for one in await queries.places(session, day)}
    await pauses.pause()
    people = await _people(session, day)
    await pauses.pause()
    handed_in = await queries.handed_in(session, codes)
    await pauses.pause()
    submitted = await queries.dossiers(session, codes)
    await pauses.pause()
    granted = await queries.granted(session, codes)
    cut_offs = await queries.cut_offs(session, codes)
    zone = session.info.get("zone")
    found = []
    for one in occasions:
        for place in _owing(one, places, people):
            if units is not None and place.unit_id not in units:
                continue
            key = one.campaign.code, one.deadline.code, one.period, place.unit_id
            role, person, deputies, office = _told(one.deadline.kind, place.unit_id, people)
            here = handed_in.get(key)
            if here is None and one.deadline.kind is DeadlineKind.DOSSIER:
                at = submitted.get((one.campaign.code, one.period, place.unit_id))
                here = (at, at) if at is not None else None
            done, came, missing = _done(one.deadline.kind, here, zone)
            more = granted.get(key)
            found.append(
                Obligation(
                    id=key_of(one, place.unit_id),
                    campaign=one.campaign.code,
                    label=one.campaign.label,
                    kind=one.deadline.kind,
                    unit_id=place.unit_id,
                    unit=place.name,
                    words=one.deadline.words,
                    legal_day=one.last_day,
                    at=one.deadline.at,
                    opened_on=one.opened_on,
                    clause=one.deadline.clause,
                    rests_on=one.deadline.rests_on,
                    done_at=done,
                    extension=Extension(*more) if more is not None and more[0] > one.last_day else None,
                    cut_off=cut_offs.get(key),
                    missing=missing,
                    role=role,
                    person=person,
                    deputies=deputies,
                    office=office,
                    handed_in_at=came,
                )
            )
            await pauses.pause()
    return tuple(found)


def _owing(occasion: Occasion, places: Mapping[int, Place], people: _People) -> list[Place]:
    """The units that owe it: those under the top that somebody answers for; a review, the office's own."""
    if occasion.deadline.kind in OF_OFFICE:
        return [one for unit_id, one in places.items() if unit_id == people.office_unit]
    above = {one.parent_id for one in places.values()}
    return [
        one
        for unit_id, one in places.items()
        if (one.parent_id is not None or unit_id not in above) and people.answers(unit_id, occasion.opened_on)
    ]


def _told(
    kind: DeadlineKind, unit_id: int, people: _People
) -> tuple[Role, int | None, tuple[int, ...], tuple[int, ...]]:
    """Who owes it, as what, who deputises, and who of the office is told."""
    if kind in OF_OFFICE:
        return Role.OFFICE, people.office[0] if people.office else None, people.office[1:], ()
    role, person = people.of(unit_id)
    deputies = tuple(one for one in people.deputies.get(unit_id, ()) if one != person)
    return role, person, deputies, tuple(one for one in people.office if one != person)


def _done(
    kind: DeadlineKind, handed_in: tuple[datetime, datetime | None] | None, zone: object
) -> tuple[datetime | None, datetime | None, tuple[str, ...]]:
    """When it was handed in and is done; when it was and is not confirmed; what is missing."""
    if handed_in is None:
        return None, None, texts.MISSING.get(kind, ())
    made_at, confirmed_at = handed_in
    came = made_at.astimezone(zone if isinstance(zone, tzinfo) else None)
    if confirmed_at is None:
        return None, came, (texts.MISSING_CONFIRMATION,)
    return came, None, ()


async def _people(session: Session, day: date) -> _People:
    found = _People(led_until=await queries.led_until(session))
    for one in await queries.leaders(session, day):
        assert one.unit_id is not None
        if one.part == "head":
            found.heads.setdefault(one.unit_id, one.person_id)
        else:
            found.deputies[one.unit_id].append(one.person_id)
    parts = await queries.holders(session, [Role.HEAD, Role.COORDINATOR, Role.OFFICE], day)
    for one in parts:
        if one.part == Role.OFFICE or one.unit_id is None:
            continue
        (found.heads if one.part == Role.HEAD else found.coordinators).setdefault(one.unit_id, one.person_id)
    officers = [one for one in parts if one.part == Role.OFFICE]
    found.office_unit = _office_unit(officers)
    at_home = {one.person_id: one.home == found.office_unit for one in officers}
    found.office = tuple(sorted(at_home, key=lambda one: (not at_home[one], one)))
    return found


def _office_unit(officers: list[Part]) -> int | None:
    """Where most of the office work; of several the one entered first."""
    counted = Counter(one.home for one in officers)
    return min(counted, key=lambda unit_id: (-counted[unit_id], unit_id), default=None)
