"""Whether a number can be one of the screen last drawn: not before it arrived, and not for ever."""

from datetime import timedelta

import pytest

from core.messages import Address, Incoming
from services.conversations import MARKS_LIFE, Marks, Standing
from tests.chat import MORNING

SHOWN = Standing(turn=7, shown_turn=7, shown_at=MORNING)


def said(sent: float, received: float | None = None) -> Incoming:
    """A text sent so many seconds after the screen was shown by one clock, taken in by another."""
    taken = None if received is None else MORNING + timedelta(seconds=received)
    return Incoming(Address("zalo", "b", "1"), "1", MORNING + timedelta(seconds=sent), "2", received_at=taken)


@pytest.mark.parametrize(
    ("sent", "received", "marks"),
    [
        (10, 11, Marks.CURRENT),
        (0, 1, Marks.CURRENT),
        (-3, 4, Marks.EARLIER),
        (-3, None, Marks.EARLIER),
        (-7200, -1, Marks.EARLIER),  # Written while the house was down, taken in with the one before it.
        (-300, 5, Marks.CURRENT),  # The clocks are five minutes apart: ours alone can be believed.
        (MARKS_LIFE.total_seconds(), MARKS_LIFE.total_seconds() + 5, Marks.CURRENT),
        (MARKS_LIFE.total_seconds() + 1, MARKS_LIFE.total_seconds() + 5, Marks.OLD),
        (3600, MARKS_LIFE.total_seconds() + 3600, Marks.CURRENT),  # Typed in time, while the house was down.
    ],
)
def test_when_a_number_counts(sent: float, received: float | None, marks: Marks) -> None:
    assert SHOWN.marks_for(said(sent, received)) is marks


def test_a_screen_that_has_not_arrived_has_no_numbers_yet() -> None:
    assert Standing(turn=8, shown_turn=7, shown_at=MORNING).marks_for(said(10, 11)) is Marks.EARLIER
    assert Standing().marks_for(said(10, 11)) is Marks.CURRENT
