"""How fast a chat may write: 20 in 10 seconds, then 30 seconds of silence."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.flooding import FloodLimits, Heard, Tally, counted

BEGIN = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
KNOWN = FloodLimits().known
ANSWERED, TOLD, DROPPED = Heard.ANSWERED, Heard.TOLD_TO_WAIT, Heard.DROPPED


def heard(*seconds: float, album: str = "") -> list[Heard]:
    """What becomes of messages sent so many seconds after the beginning."""
    tally, found = Tally(), []
    for second in seconds:
        outcome, tally = counted(tally, KNOWN, BEGIN + timedelta(seconds=second), album)
        tally = Tally.from_json(tally.to_json())
        found.append(outcome)
    return found


def test_twenty_in_ten_seconds_are_answered() -> None:
    assert heard(*(place / 2 for place in range(20)), 10) == [ANSWERED] * 21


def test_one_more_is_told_once_and_then_silence_for_half_a_minute() -> None:
    assert heard(*[0] * 20, 9.9, 10, 39.8, 39.9) == [ANSWERED] * 20 + [TOLD, DROPPED, DROPPED, ANSWERED]


def test_an_album_counts_once_and_is_never_cut() -> None:
    tally = Tally(BEGIN, 19)
    for _ in range(10):
        outcome, tally = counted(tally, KNOWN, BEGIN, "album")
        assert outcome is ANSWERED
    assert tally.count == 20
    assert counted(tally, KNOWN, BEGIN, "another")[0] is TOLD


def test_what_waited_with_the_platform_counts_by_when_it_was_sent() -> None:
    tally = Tally(deaf_until=BEGIN + KNOWN.pause)
    assert counted(tally, KNOWN, BEGIN - timedelta(minutes=1))[0] is ANSWERED


@given(st.lists(st.floats(0, 200), max_size=120).map(sorted))
def test_whoever_is_told_to_wait_sent_too_much(seconds: list[float]) -> None:
    for place, outcome in enumerate(heard(*seconds)):
        if outcome is TOLD:
            assert seconds[place] - seconds[place - KNOWN.most] < 10
