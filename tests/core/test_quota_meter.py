"""What may still leave on a metered channel: at the reserve, at zero, at the turn of a month."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.quota_meter import (
    Allowance,
    Standing,
    Threshold,
    Use,
    crossed,
    forecast,
    left,
    month_of,
    next_month,
    rests_until,
    room,
    standing,
    used,
)

ZALO = Allowance(monthly=3000, users=50, reserve=500, counts_received=True)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

allowances = st.builds(
    Allowance, monthly=st.integers(1, 60), reserve=st.integers(0, 80), counts_received=st.booleans()
)
uses = st.builds(Use, sent=st.integers(0, 70), received=st.integers(0, 70), in_flight=st.integers(0, 5))


@given(allowances, uses)
def test_never_more_leaves_than_there_is_and_the_reserve_is_for_reminders(one: Allowance, use: Use) -> None:
    ordinary, reminders = room(one, use, reminders=False), room(one, use, reminders=True)
    assert ordinary is not None
    assert reminders is not None
    assert used(one, use) + reminders <= max(one.monthly, used(one, use))
    assert ordinary == max(0, reminders - one.kept)
    assert standing(one, use) is (
        Standing.OPEN if ordinary else Standing.RESERVE if reminders else Standing.USED_UP
    )


@given(allowances, st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans())))
def test_whatever_lands_or_returns_is_never_too_much(
    one: Allowance, story: list[tuple[bool, bool, bool]]
) -> None:
    use = Use()
    for reminder, lands, sure in story:
        if room(one, use, reminders=reminder):
            use = Use(use.sent, use.received, use.in_flight + 1)
        if use.in_flight and lands:
            use = Use(use.sent + (not sure), use.received, use.in_flight - 1)
        assert used(one, use) <= one.monthly


@given(allowances, st.lists(st.integers(0, 9)))
def test_each_threshold_is_crossed_at_most_once(one: Allowance, steps: list[int]) -> None:
    told, count = list[Threshold](), 0
    for step in steps:
        if (found := crossed(one, count, count + step)) is not None:
            told.append(found)
        count += step
    assert len(told) == len(set(told))
    assert (count >= one.monthly) == (Threshold.USED_UP in told)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - Hypothesis wants its bounds so
def test_a_month_ends_where_the_next_begins_at_the_office(moment: datetime) -> None:
    local = moment.astimezone(HANOI)
    turn = next_month(local)
    assert (turn.day, turn.hour, turn.tzinfo) == (1, 0, HANOI)
    assert timedelta(0) < turn - local <= timedelta(days=31)
    assert month_of((turn - timedelta(seconds=1)).date()) == month_of(local.date())
    assert month_of(turn.date()) != month_of(local.date())


def test_the_month_is_that_of_the_office() -> None:
    late = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
    assert month_of(late.astimezone(HANOI).date()) == "2026-12"
    assert month_of((late - timedelta(seconds=1)).astimezone(HANOI).date()) == "2026-11"


def test_a_refusal_just_after_the_turn_does_not_cost_the_month() -> None:
    assert rests_until(datetime(2026, 12, 1, 0, 1, tzinfo=HANOI)) == datetime(2026, 12, 1, 1, 1, tzinfo=HANOI)
    assert rests_until(datetime(2026, 12, 2, tzinfo=HANOI)) == datetime(2027, 1, 1, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (0, 1499, None),
        (1499, 1500, Threshold.HALF),
        (2399, 2400, Threshold.FOUR_FIFTHS),
        (2399, 2500, Threshold.RESERVE),
        (2500, 2700, Threshold.NINE_TENTHS),
        (2500, 3100, Threshold.USED_UP),
        (3000, 3100, None),
    ],
)
def test_the_gravest_is_told(before: int, after: int, expected: Threshold | None) -> None:
    assert crossed(ZALO, before, after) is expected


def test_no_limit_is_no_limit_and_more_bought_lifts_it() -> None:
    assert left(Allowance(), Use(sent=9999)) is None
    assert standing(Allowance(), Use(sent=9999)) is Standing.OPEN
    assert standing(ZALO, Use(sent=3000)) is Standing.USED_UP
    assert standing(ZALO, Use(sent=3000, lifted=True)) is Standing.OPEN


def test_the_forecast_says_when_only_the_reserve_is_left() -> None:
    tenth = datetime(2026, 11, 11, 0, 0, tzinfo=HANOI)
    assert forecast(ZALO, Use(sent=1250), tenth) == date(2026, 11, 21)
    assert forecast(ZALO, Use(sent=100), tenth) is None
    assert forecast(ZALO, Use(sent=1250), datetime(2026, 11, 1, 9, 0, tzinfo=HANOI)) is None
