"""Even steps on the way out: never more in a second than the platform bears, and pauses kept in full."""

import asyncio
import itertools
import random
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pace import Pace, PaceLimits
from core.messages import Address


def chat(number: int) -> Address:
    return Address("telegram", "1", str(number))


@dataclass
class Watch:
    """The loop's clock in our hand."""

    now: float = 1000.0


@contextmanager
def our_time() -> Iterator[Watch]:
    """Let the running loop's clock be ours; nothing may be awaited meanwhile."""
    watch = Watch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio.get_running_loop(), "time", lambda: watch.now)
        yield watch


def busiest(moments: list[float], seconds: float) -> int:
    """The most that left within any stretch of so many seconds."""
    return max(bisect_left(moments, start + seconds) - place for place, start in enumerate(moments))


async def test_thousands_leave_evenly_and_as_fast_as_allowed() -> None:
    moments: list[float] = []
    with our_time() as watch:
        pace = Pace(PaceLimits())
        for number in itertools.count():
            if len(moments) == 3000:
                break
            if pace.room():
                pace.took(chat(number), bulk=False)
                moments.append(watch.now)
            else:
                watch.now += pace.wait() + 0.0005
    assert busiest(moments, 1.0) <= 28
    assert busiest(moments, 0.04) <= 4
    assert len(moments) / (moments[-1] - moments[0]) >= 0.95 * 25


async def test_bulk_leaves_room_for_answers() -> None:
    bulk: list[float] = []
    waits: list[float] = []
    rng = random.Random(1)
    with our_time() as watch:
        pace = Pace(PaceLimits())
        answer_at = watch.now + 1
        while len(bulk) < 1000:
            if watch.now >= answer_at and pace.room():
                pace.took(chat(10_000 + len(waits)), bulk=False)
                waits.append(watch.now - answer_at)
                answer_at = watch.now + rng.uniform(0.3, 1.0)
            elif pace.room() and pace.bulk_room():
                pace.took(chat(len(bulk)), bulk=True)
                bulk.append(watch.now)
            else:
                watch.now += 0.002
    assert busiest(bulk, 1.0) <= 20 + 3
    assert len(bulk) / (bulk[-1] - bulk[0]) >= 0.95 * 20
    assert max(waits) <= 0.05


async def test_one_chat_gets_three_at_once_and_then_one_a_second() -> None:
    moments: list[float] = []
    with our_time() as watch:
        pace = Pace(PaceLimits())
        while len(moments) < 30:
            if pace.room() and chat(1) not in pace.resting():
                pace.took(chat(1), bulk=False)
                moments.append(watch.now)
            else:
                watch.now += 0.01
    assert busiest(moments, 1.0) <= 4
    assert busiest(moments, 10.0) <= 13


async def test_an_album_counts_as_many_as_it_holds() -> None:
    moments: list[float] = []
    with our_time() as watch:
        pace = Pace(PaceLimits())
        for number in itertools.count():
            if len(moments) >= 3000:
                break
            while not (pace.room() and pace.bulk_room()):
                watch.now += 0.002
            pace.took(chat(number), bulk=True, count=10)
            moments += [watch.now] * 10
    assert busiest(moments, 1.0) <= 30
    assert len(moments) / (moments[-1] - moments[0]) >= 0.95 * 20


async def test_a_group_gets_less_than_twenty_a_minute() -> None:
    moments: list[float] = []
    with our_time() as watch:
        pace = Pace(PaceLimits())
        while len(moments) < 200:
            if pace.room() and chat(-1) not in pace.resting():
                pace.took(chat(-1), bulk=False, crowd=True)
                moments.append(watch.now)
            else:
                watch.now += 0.05
    assert busiest(moments, 60.0) <= 20
    assert busiest(moments, 600.0) >= 165


async def test_a_chat_that_was_let_rest_is_forgotten() -> None:
    with our_time() as watch:
        pace = Pace(PaceLimits(per_second=1e6, burst=10_000))
        for number in range(1000):
            for _ in range(3):
                pace.took(chat(number), bulk=False)
        assert len(pace.resting()) == 1000
        watch.now += 5
        assert pace.resting() == {}


async def test_a_pause_is_the_chats_own() -> None:
    with our_time() as watch:
        pace = Pace(PaceLimits())
        pace.pause_chat(chat(1), 30)
        assert pace.resting() == {chat(1): 30}
        assert pace.room() == 3
        watch.now += 29.9
        assert chat(1) in pace.resting()
        watch.now += 0.2
        assert pace.resting() == {}


async def test_of_two_pauses_the_longer_counts() -> None:
    with our_time() as watch:
        pace = Pace(PaceLimits())
        for seconds in (5, 30, 1):
            pace.pause(seconds)
            pace.pause_chat(chat(1), seconds)
        assert pace.room() == 0
        assert pace.wait() == 30
        assert pace.resting() == {chat(1): 30}
        watch.now += 29
        assert pace.room() == 0
        watch.now += 1.1
        assert pace.room() == 3


async def test_after_a_complaint_it_is_half_as_fast_and_comes_back_slowly() -> None:
    with our_time() as watch:
        pace = Pace(PaceLimits())

        def sends(seconds: float) -> list[float]:
            moments, end = list[float](), watch.now + seconds
            while watch.now < end:
                if pace.room() and pace.bulk_room():
                    pace.took(chat(len(moments)), bulk=True)
                    moments.append(watch.now)
                else:
                    watch.now += 0.005
            return moments

        assert len(sends(10)) >= 0.95 * 200
        pace.slow_down()
        watch.now += 0.5
        pace.slow_down()  # the same burst of complaints
        halved = sends(9)
        assert busiest(halved, 1.0) <= 10 + 3
        assert len(halved) >= 0.95 * 90
        watch.now += 200
        assert pace.room() == 3
        recovered = sends(10)
        assert busiest(recovered, 1.0) <= 20 + 3
        assert len(recovered) >= 0.95 * 200


async def test_however_often_a_platform_complains_something_leaves() -> None:
    with our_time() as watch:
        pace = Pace(PaceLimits())
        for _ in range(50):
            pace.slow_down()
            watch.now += 3
        assert pace.room() == 3
        for number in range(3):
            pace.took(chat(number), bulk=False)
        assert 0 < pace.wait() <= 0.5


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("sleep"), st.floats(0, 5)),
        st.tuples(st.just("pause"), st.floats(0, 5)),
        st.tuples(st.just("slow"), st.just(0)),
        st.tuples(st.just("send"), st.integers(0, 5)),
    ),
    max_size=60,
)


@given(STEPS, st.floats(0.5, 50), st.integers(1, 5))
def test_after_the_wait_there_is_room(steps: list[tuple[str, float]], rate: float, burst: int) -> None:
    async def walk() -> None:
        with our_time() as watch:
            pace = Pace(PaceLimits(per_second=rate, burst=burst))
            for what, much in steps:
                match what:
                    case "sleep":
                        watch.now += much
                    case "pause":
                        pace.pause(much)
                    case "slow":
                        pace.slow_down()
                    case _ if pace.room():
                        pace.took(chat(int(much)), bulk=bool(int(much) % 2))
                assert 0 <= pace.room() <= burst
                assert pace.wait() >= 0
                assert all(rest > 0 for rest in pace.resting().values())
            watch.now += pace.wait() + 1e-6
            assert pace.room() >= 1

    asyncio.run(walk())
