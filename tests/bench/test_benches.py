"""The benches start real processes and find in their databases what they had them do."""

from pathlib import Path

import pytest

from bench import startup, turns

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


@pytest.mark.parametrize("people", [0, 2])
def test_a_start_is_timed(people: int) -> None:
    begun = startup.start(people)
    assert 0.1 < begun.seconds < 60
    assert 10 < begun.peak_mb < 500
