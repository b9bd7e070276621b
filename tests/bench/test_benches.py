"""The benches start real processes and find in their databases what they had them do."""

from pathlib import Path

import pytest

from bench import broadcast, campaigns, dossier, fan_out, reminders, startup, turns
from bench.crowd import Crowd
from bench.departments import Departments

SIZE = turns.Size(people=4, messages=12, slow_messages=12, rate=20, seconds=0.5)

pytestmark = [pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="costs are read from /proc")]


@pytest.mark.parametrize("bot", [turns.Bot("plain echo", 0), turns.Bot("ours", 4)], ids=lambda bot: bot.name)
def test_turns_are_counted_and_timed(bot: turns.Bot) -> None:
    speed = turns.throughput(bot, SIZE, 0)
    assert speed.per_second > 0
    assert speed.cpu_ms > 0
    assert speed.peak_mb > 10
    wait = turns.latency(bot, SIZE, 0)
    assert 0 < wait.p50 <= wait.p95 <= wait.p99


@pytest.mark.parametrize("people", [2, pytest.param(0, marks=pytest.mark.gate)])
def test_a_start_is_timed(people: int) -> None:
    begun = startup.start(people)
    assert 0.1 < begun.seconds < 60
    assert 10 < begun.peak_mb < 500


async def test_a_plan_is_loaded_and_timed(tmp_path: Path) -> None:
    taken = await campaigns.loading(tmp_path, 60)
    assert 0 < taken.wall < 60
    assert taken.cpu > 0


async def test_the_first_screen_of_many_is_timed(tmp_path: Path) -> None:
    crowd = Crowd(people=6, campaigns=2, criteria=30, answers=200)
    found = await campaigns.showing(tmp_path, campaigns.Size(crowd=crowd, asked=3, starts=1))
    assert {what: len(times) for what, times in found.items()} == {
        "warm": 3,
        "cold connection": 1,
        "after a start": 1,
    }


def test_the_benches_of_campaigns_print_what_they_found(capsys: pytest.CaptureFixture[str]) -> None:
    campaigns.main(["--criteria", "30", "--people", "6", "--answers", "60", "--asked", "3", "--rounds", "1"])
    told = capsys.readouterr().out
    assert "a plan of 30 criteria" in told
    assert "of 50 ms" in told


@pytest.mark.parametrize(("day", "lines"), [("Friday", 0), ("Monday", 200)])
async def test_a_morning_of_reminders_is_timed(tmp_path: Path, day: str, lines: int) -> None:
    """A tenth of the size has the bars of the whole: what holds the loop does not depend on it."""
    found = await reminders.morning(tmp_path, Departments(200, 500), reminders.MORNINGS[day])
    assert (found.nudges, found.lines, found.messages) == (500, lines, 200)
    for taken in (found.first, found.again):
        assert taken.cpu < reminders.MOST_TAKEN
        assert taken.worked < reminders.MOST_HELD
    assert found.grown < 50


async def test_the_papers_of_a_dossier_are_timed(tmp_path: Path) -> None:
    found = await dossier.cost(tmp_path, dossier.Size(nominees=2, files=2, bytes=2_000_000))
    assert 0 < found.papers + found.archive < dossier.MOST_SECONDS
    assert found.growth_mb < dossier.MOST_GROWTH_MB
    assert len(found.parts) == 1


async def test_letting_an_announcement_go_is_timed(tmp_path: Path) -> None:
    found = await fan_out.leaving(tmp_path, 2_100)
    assert (found.recipients, found.queued) == (2_100, 2_100)
    assert found.round.cpu < reminders.MOST_TAKEN


@pytest.mark.parametrize("who", ["ours", "naive"])
def test_a_broadcast_is_judged_by_what_arrived(who: str) -> None:
    found = broadcast.sending(who, 45, 20, patience=60)
    assert (found.people, found.repeated) == (45, 0)
    if who == "ours":
        assert (found.arrived, found.refused, found.lost) == (45, 0, 0)
        assert 0 < found.share <= 1.2  # a few messages, of which a burst leaves at once
    else:
        assert found.refused == found.lost > 0
