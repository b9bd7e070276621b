"""The bars of delivery at their full size, met by a real announcement; each says what it measured."""

import statistics
from pathlib import Path

import pytest

from tests.bot import test_announcement_crashpoints as crashes
from tests.bot.lives import LifeServer
from tests.bot.test_announcement_deaths import (
    kills_lose_nothing,
    rivals_never_send_together,
    stops_repeat_nothing,
)
from tests.bot.test_announcement_weather import (
    a_bad_day,
    an_outage,
    answers_are_quick,
    at_most,
    limits_are_kept,
)
from tests.bot.test_crashpoints import INCOMING

pytestmark = [pytest.mark.gate, pytest.mark.timeout(3600)]


def said(capsys: pytest.CaptureFixture[str], line: str) -> None:
    """Print what was measured, whatever pytest does with what is printed."""
    with capsys.disabled():
        print(f"\n  {line}")  # noqa: T201 - this is what it is run for


async def test_three_thousand_people_and_two_hundred_kills(
    tmp_path: Path, lives: LifeServer, capsys: pytest.CaptureFixture[str]
) -> None:
    repeated = await kills_lose_nothing(tmp_path, lives, seed=1, people=3000, kills=200)
    said(capsys, f"R1: 6,000 messages to 3,000 people, 200 kills: 0 lost, {repeated} sent twice")


@pytest.mark.parametrize(("point", "place"), crashes.EVERY)
async def test_every_death_on_the_way_out(point: str, place: int, tmp_path: Path, lives: LifeServer) -> None:
    await crashes.dies_while_announcing(tmp_path, lives, point, place)


@pytest.mark.parametrize(("point", "place"), crashes.CORRECTED)
async def test_every_death_while_it_is_corrected(
    point: str, place: int, tmp_path: Path, lives: LifeServer
) -> None:
    await crashes.dies_while_correcting(tmp_path, lives, point, place)


@pytest.mark.parametrize("point", INCOMING)
async def test_every_death_while_somebody_confirms(point: str, tmp_path: Path, lives: LifeServer) -> None:
    await crashes.dies_while_somebody_confirms(tmp_path, lives, point)


async def test_fifty_stops(tmp_path: Path, lives: LifeServer, capsys: pytest.CaptureFixture[str]) -> None:
    longest = await stops_repeat_nothing(tmp_path, lives, seed=2, people=1000, stops=50)
    said(capsys, f"R3: 2,000 messages, 50 stops: 0 lost, 0 sent twice, the longest stop took {longest:.1f} s")


async def test_a_hundred_second_processes(
    tmp_path: Path, lives: LifeServer, capsys: pytest.CaptureFixture[str]
) -> None:
    longest = await rivals_never_send_together(tmp_path, lives, seed=3, people=1000, rounds=100)
    said(capsys, f"R4: 100 second processes: never two senders, the longest take-over took {longest:.2f} s")


def test_ten_thousand_messages_on_a_bad_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repeated = a_bad_day(tmp_path, seed=4, people=5000)
    said(
        capsys,
        f"R5: 10,000 messages on a bad day: 0 lost, {repeated} sent twice, each after an unclear answer",
    )


def test_ten_thousand_at_the_pace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    speed = limits_are_kept(tmp_path, people=10_000)
    said(
        capsys,
        f"R6: 10,000 messages: at most {speed.busiest} within a second, {speed.refused} refused,"
        f" {speed.kept:.1%} of the pace",
    )
    assert speed.busiest <= 30
    assert speed.refused == 0
    assert speed.kept >= 0.95


async def test_answers_beside_ten_thousand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    waits = await answers_are_quick(tmp_path, people=10_000, answers=150, apart=0.3)
    middle, most, nearly_all = statistics.median(waits), at_most(waits, 0.95), at_most(waits, 0.99)
    said(
        capsys,
        f"R7: answers beside 10,000 messages: p50 {middle * 1000:.0f} ms, p95 {most * 1000:.0f} ms,"
        f" p99 {nearly_all * 1000:.0f} ms",
    )
    assert middle <= 0.15
    assert most <= 0.5
    assert nearly_all <= 1.5


def test_three_hours_without_telegram(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outage = an_outage(tmp_path, people=500, hours=3)
    said(
        capsys,
        f"R8: 3 hours without Telegram: {outage.tries} tries, never two within {outage.shortest:.1f} s,"
        f" {outage.grown} KB more memory",
    )
    assert outage.tries <= 3 * 3600 / 5
    assert outage.grown <= 20_000
