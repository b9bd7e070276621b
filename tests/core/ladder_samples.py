"""Obligations, a small working calendar and days of chance for the tests of deadlines and the ladder."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.calendar import DayKind, SpecialDay, WorkCalendar
from core.campaign_terms import DeadlineKind
from core.deadlines import Extension, Obligation
from core.ladder import Audience, Ladder, Rung
from core.reminders import owed_of
from core.reminders_case import Table, cases
from core.reminders_facts import Absence, Failure, History, Nudge, Rules, Sent, Snooze
from core.roles import Role

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HEAD, DEPUTY, OFFICE = 1, 2, 9
HOLIDAY = date(2026, 12, 2)
CALENDAR = WorkCalendar(
    (
        SpecialDay(HOLIDAY, DayKind.OFF, "Nghỉ hoán đổi", "Công văn 1/SNV", date(2026, 12, 5)),
        SpecialDay(date(2026, 12, 5), DayKind.WORK, "Ngày làm bù", "Công văn 1/SNV", HOLIDAY),
    ),
    frozenset({2026}),
)
RULES = Rules(CALENDAR)


def owed(
    obligations: Iterable[Obligation], history: History, now: datetime, rules: Rules
) -> tuple[Nudge, ...]:
    """Every nudge owed at `now`, in the order of the obligations."""
    table = Table(rules, history.absences)
    return tuple(nudge for case in cases(obligations, history) for nudge in owed_of(case, table, now))


def ladder_of(before: Iterable[int], deputy: int | None = 1, office: int | None = 2) -> Ladder:
    """A ladder of days before for the person (0 is the day) and days after for the others."""
    rungs = [Rung(-days) for days in sorted(before, reverse=True)]
    rungs += [Rung(deputy, Audience.DEPUTY)] if deputy is not None else []
    rungs += [Rung(office, Audience.OFFICE)] if office is not None else []
    return Ladder(tuple(rungs))


def moment(day: date, hour: int = 7, minute: int = 30) -> datetime:
    """A moment in the zone of the office."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


def an_obligation(
    key: str = "plan:1",
    *,
    legal_day: date = date(2026, 12, 14),
    opened_on: date = date(2026, 11, 1),
    done_at: datetime | None = None,
    extension: Extension | None = None,
    cut_off: date | None = None,
    at: time | None = None,
    person: int | None = HEAD,
    deputies: tuple[int, ...] = (DEPUTY,),
    office: tuple[int, ...] = (OFFICE,),
    unit_id: int = 5,
    missing: tuple[str, ...] = (),
) -> Obligation:
    """A unit's plan, due «trước ngày 15/12»."""
    return Obligation(
        id=key,
        campaign="000",
        label="Thi đua cải cách hành chính",
        kind=DeadlineKind.PLAN,
        unit_id=unit_id,
        unit="Trung tâm Y tế Quy Nhơn",
        words="Gửi kế hoạch trước ngày 15/12 hằng năm",
        legal_day=legal_day,
        opened_on=opened_on,
        clause="000-D1",
        at=at,
        done_at=done_at,
        extension=extension,
        cut_off=cut_off,
        missing=missing,
        role=Role.HEAD,
        person=person,
        deputies=deputies,
        office=office,
    )


class Town:
    """A small world that asks what is owed and remembers what it was told."""

    def __init__(self, *obligations: Obligation, rules: Rules = RULES) -> None:
        self.obligations = {one.id: one for one in obligations}
        self.rules = rules
        self.sent: list[Sent] = []
        self.snoozes: list[Snooze] = []
        self.absences: list[Absence] = []
        self.failing: dict[int, Failure] = {}
        self.log: list[tuple[datetime, Nudge]] = []

    @property
    def history(self) -> History:
        return History(tuple(self.sent), tuple(self.snoozes), tuple(self.absences))

    def asks(self, now: datetime) -> tuple[Nudge, ...]:
        """What is owed, remembering nothing."""
        return owed(self.obligations.values(), self.history, now, self.rules)

    def rings(self, now: datetime, *, delivered: bool = True) -> tuple[Nudge, ...]:
        """What is owed, sent."""
        nudges = self.asks(now)
        for nudge in nudges:
            failure = self.failing.get(nudge.person)
            made = nudge.made(now, now if delivered and failure is None else None)
            self.sent.append(replace(made, failure=failure))
            self.log.append((now, nudge))
        return nudges

    def lives(self, moments: Iterable[datetime]) -> list[str]:
        """Ring at each moment; what was said, as «2026-12-07 07:30 1 person-5»."""
        for now in moments:
            self.rings(now)
        return self.said()

    def said(self) -> list[str]:
        return [f"{now:%m-%d %H:%M} {nudge.person} {nudge.rung}" for now, nudge in self.log]


def hourly(first: date, days: int) -> Iterator[datetime]:
    """Every half hour of so many days."""
    start = datetime.combine(first, time(), tzinfo=ZONE)
    return (start + timedelta(minutes=30 * step) for step in range(48 * days))
