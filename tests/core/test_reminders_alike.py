"""What many units owe alike is worked out once, and is what each of them would get alone."""

from datetime import date, datetime, time

import pytest

from core.deadlines import Obligation
from core.reminders_ahead import Planned, preview
from core.reminders_facts import Absence, History, Rules, Sent, Snooze
from core.reminders_hours import Quiet
from tests.core.ladder_samples import CALENDAR, an_obligation, moment

START = moment(date(2026, 11, 20))
DAYS = 40
SENT = Sent("d:3", date(2026, 12, 14), 31, "person-14", START, 31, START)
HISTORIES = (
    History(),
    History(sent=(SENT,)),
    History(snoozes=(Snooze("d:4", date(2026, 12, 14), 41, moment(date(2026, 12, 8))),)),
    History(absences=(Absence(51, 52, date(2026, 12, 1), date(2026, 12, 10)),)),
    History(absences=(Absence(9, 11, date(2026, 12, 1), date(2026, 12, 30)),)),
)


def units() -> list[Obligation]:
    """Many alike, some with nobody, with two deputies, or with somebody who is two things at once."""
    alike = [
        an_obligation(f"d:{n}", unit_id=n, person=10 * n + 1, deputies=(10 * n + 2,)) for n in range(1, 8)
    ]
    return [
        *alike,
        an_obligation("d:8", person=None, deputies=()),
        an_obligation("d:9", person=None, deputies=()),
        *(an_obligation(f"d:{n}", person=10 * n, deputies=(10 * n + 1, 10 * n + 2)) for n in (10, 11)),
        *(an_obligation(f"d:{n}", person=10 * n, deputies=(), office=(10 * n, 9)) for n in (12, 13)),
        an_obligation("d:14", person=9, deputies=(9, 11)),
        an_obligation("d:15", person=151, cut_off=date(2026, 12, 8)),
        an_obligation("d:16", person=161, missing=("báo cáo của đơn vị",)),
        an_obligation("d:17", person=171, done_at=moment(date(2026, 11, 19))),
        an_obligation("d:18", person=181, at=time(16)),
    ]


def flat(obligations: list[Obligation], history: History, rules: Rules, start: datetime) -> list[Planned]:
    return [one for day in preview(obligations, history, start, DAYS, rules) for one in day.planned]


def order(one: Planned) -> tuple[datetime, int, str, str]:
    return one.at, one.nudge.person, one.nudge.obligation.id, one.nudge.rung


@pytest.mark.parametrize("history", HISTORIES)
@pytest.mark.parametrize("own", [{}, {21: Quiet(time(7), time(10)), 9: Quiet(time(12), time(14))}])
@pytest.mark.parametrize("day", [START, moment(date(2026, 12, 12), 9), moment(date(2026, 12, 15), 15)])
def test_together_they_get_what_each_gets_alone(
    history: History, own: dict[int, Quiet], day: datetime
) -> None:
    rules = Rules(CALENDAR, own=own)
    together = flat(units(), history, rules, day)
    alone = [one for each in units() for one in flat([each], history, rules, day)]
    assert together
    assert sorted(together, key=order) == sorted(alone, key=order)
