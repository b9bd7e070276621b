"""Messages in, answers out: our desk beside the plain echo bot of python-telegram-bot.

`python -m bench.turns` prints what `docs/benchmarks.md` explains. Everything a round measures is
measured in turn, so that a busy machine slows both alike.
"""

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import office
from bench.process import Process, running
from bench.telegram import FIRST_CHAT, TOKEN, Server, serving
from bot.clock import SystemClock

DELAY_MS = 60
DEFAULT_IN_FLIGHT = 4
_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    people: int
    messages: int
    slow_messages: int
    rate: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Throughput:
    """A backlog worked off."""

    per_second: float
    cpu_ms: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from a message's push to its answer's acceptance, both at the server."""

    p50: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True)
class Bot:
    """What is measured: our bot with so many sends in flight, or (0) the plain echo."""

    name: str
    in_flight: int

    @contextmanager
    def on_duty(self, server: Server, folder: Path) -> Iterator[Process]:
        """The bot, working."""
        words = (
            ("bench.turns_bot", server.address, str(folder), str(self.in_flight))
            if self.in_flight
            else ("bench.echo_bot", server.address, TOKEN)
        )
        with running("-m", *words) as process:
            yield process


@contextmanager
def _scene(bot: Bot, size: Size, delay_ms: float) -> Iterator[tuple[Server, Path]]:
    """A server, and for our bot the office's database on a disk."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, serving(delay_ms, size.people) as server:
        folder = Path(name)
        if bot.in_flight:
            office.furnish(folder, size.people)
        yield server, folder


def throughput(bot: Bot, size: Size, delay_ms: float) -> Throughput:
    """Let a backlog wait, start the bot, and time it from its first poll to its last answer."""
    messages = size.slow_messages if delay_ms and not bot.in_flight else size.messages
    texts = office.script()
    rounds, rest = divmod(messages, size.people)
    with _scene(bot, size, delay_ms) as (server, folder):
        for place in range(rounds + bool(rest)):
            count = size.people if place < rounds else rest
            server.do("says", first_chat=FIRST_CHAT, chats=size.people, count=count, text=texts[place])
        with bot.on_duty(server, folder) as process:
            server.wait("getUpdates", 1, _PATIENCE, every=0.005)
            began, cpu = SystemClock().now().timestamp(), process.cpu()
            server.wait("sendMessage", messages, _PATIENCE)
            cpu = process.cpu() - cpu
            peak = process.peak_mb()
        ended = server.sent()[messages - 1].at
        if bot.in_flight:
            office.verify(folder, [rounds + (number < rest) for number in range(size.people)])
    return Throughput(messages / (ended - began), 1000 * cpu / messages, peak)


def latency(bot: Bot, size: Size, delay_ms: float) -> Latency:
    """Offer messages at an even rate and see when each is answered."""
    texts = office.script()
    messages = int(size.rate * size.seconds)
    pushed: dict[int, list[float]] = defaultdict(list)
    with _scene(bot, size, delay_ms) as (server, folder), bot.on_duty(server, folder):
        server.wait("getUpdates", 1, _PATIENCE)
        begin = time.monotonic() + 1
        for number in range(messages):
            time.sleep(max(0.0, begin + number / size.rate - time.monotonic()))
            chat = FIRST_CHAT + number % size.people
            pushed[chat].append(SystemClock().now().timestamp())
            server.do("says", first_chat=chat, text=texts[len(pushed[chat]) - 1])
        server.wait("sendMessage", messages, _PATIENCE)
        answered: dict[int, list[float]] = defaultdict(list)
        for sent in server.sent():
            answered[sent.chat].append(sent.at)
    waits = sorted(
        1000 * (answer - question)
        for chat, questions in pushed.items()
        for question, answer in zip(questions, answered[chat], strict=True)
    )
    return Latency(*(waits[min(len(waits) - 1, int(share * len(waits)))] for share in (0.50, 0.95, 0.99)))


def _spread(numbers: Sequence[float], digits: int = 0) -> str:
    """«median (least to most)»."""
    told = (f"{number:.{digits}f}" for number in (median(numbers), min(numbers), max(numbers)))
    return "{} ({} to {})".format(*told)


def _told_throughput(name: str, runs: Sequence[Throughput]) -> str:
    return (
        f"  {name:<32} {_spread([run.per_second for run in runs]):>22}/s"
        f"   CPU {median(run.cpu_ms for run in runs):.2f} ms a turn"
        f"   peak RSS {max(run.peak_mb for run in runs):.0f} MB"
    )


def _told_latency(name: str, runs: Sequence[Latency]) -> str:
    return (
        f"  {name:<32} p50 {_spread([run.p50 for run in runs])}"
        f"   p95 {_spread([run.p95 for run in runs])}   p99 {_spread([run.p99 for run in runs])} ms"
    )


def _told_target(name: str, reached: float, wanted: str, *, met: bool) -> str:
    return f"  {name:<58} {reached:>6.2f}   wanted {wanted:<9} {'met' if met else 'NOT MET'}"


def _ratios(ours: Sequence[Throughput], echo: Sequence[Throughput]) -> list[float]:
    """Round by round, since what slows the machine slows both sides of a round."""
    return [mine.per_second / theirs.per_second for mine, theirs in zip(ours, echo, strict=True)]


def main(words: Sequence[str] | None = None) -> None:
    """Measure, and print."""
    options = _options(words)
    size = Size(options.people, options.messages, options.slow_messages, options.rate, options.seconds)
    echo, usual = Bot("plain echo", 0), Bot(f"ours, {DEFAULT_IN_FLIGHT} in flight", DEFAULT_IN_FLIGHT)
    wide = Bot(f"ours, {options.in_flight} in flight", options.in_flight)
    speeds: dict[tuple[Bot, int], list[Throughput]] = defaultdict(list)
    waits: dict[tuple[Bot, int], list[Latency]] = defaultdict(list)
    for number in range(options.rounds):
        for delay in (0, DELAY_MS):
            for bot in (echo, usual, wide):
                if delay or bot is not wide:
                    speeds[bot, delay].append(throughput(bot, size, delay))
        for bot, delay in ((echo, 0), (usual, 0), (usual, DELAY_MS)):
            waits[bot, delay].append(latency(bot, size, delay))
        print(f"round {number + 1} of {options.rounds} done", flush=True)

    print(f"\nbacklog of {size.messages} messages from {size.people} people, median (least to most)")
    for (bot, delay), runs in speeds.items():
        print(_told_throughput(f"{delay} ms: {bot.name}", runs))
    print(f"\n{size.rate:g} messages a second, from push to accepted answer")
    for (bot, delay), told in waits.items():
        print(_told_latency(f"{delay} ms: {bot.name}", told))

    print("\ntargets, medians of the rounds' ratios")
    quick = median(_ratios(speeds[usual, 0], speeds[echo, 0]))
    slow = median(_ratios(speeds[wide, DELAY_MS], speeds[echo, DELAY_MS]))
    narrow = median(_ratios(speeds[usual, DELAY_MS], speeds[echo, DELAY_MS]))
    print(_told_target("0 ms: ours over the plain echo", quick, ">= 0.5", met=quick >= 0.5))
    print(_told_target(f"{DELAY_MS} ms: {wide.name}, over the plain echo", slow, ">= 10", met=slow >= 10))
    recorded = f"{DELAY_MS} ms: {usual.name} (default), over the plain echo"
    print(f"  {recorded:<58} {narrow:>6.2f}   for the record")
    for delay in (0, DELAY_MS):
        late = median(run.p95 for run in waits[usual, delay])
        print(_told_target(f"{delay} ms: p95 at {size.rate:g}/s, in ms", late, "<= 100", met=late <= 100))
    most = 1000 * DEFAULT_IN_FLIGHT / DELAY_MS
    print(
        f"\nAt most `in_flight` messages can be repeated after a crash; the default is {DEFAULT_IN_FLIGHT}."
    )
    print(f"With {DELAY_MS} ms a call it cannot pass {most:.0f}/s, twice what Telegram allows a bot.")


def _options(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.turns", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--slow-messages", type=int, default=300, help="for the echo bot at 60 ms")
    parser.add_argument("--rate", type=float, default=20, help="messages a second, for the latencies")
    parser.add_argument("--seconds", type=float, default=15, help="how long, for the latencies")
    parser.add_argument("--in-flight", type=int, default=32, help="sends at one time, at 60 ms")
    return parser.parse_args(words)


if __name__ == "__main__":
    main()
