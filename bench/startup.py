"""From the start of the process to its first answer: how long it takes, and how much memory.

`python -m bench.startup` starts `python -m bot run` as an office does, with a configuration file, once on
an empty folder and once on the data of 200 people, while a message waits.
"""

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import office
from bench.process import running
from bench.telegram import FIRST_CHAT, TOKEN, Server, serving
from bot.clock import SystemClock

_PATIENCE = 60.0
MOST_SECONDS = 2.0
MOST_MB = 120.0

_CONFIG = """
[telegram]
token = "{token}"
base_url = "{address}/bot"
base_file_url = "{address}/file/bot"

[log]
level = "WARNING"
"""


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds to the first answer, and the most memory until then (MB)."""

    seconds: float
    peak_mb: float


def start(people: int) -> Start:
    """Start the process while a message waits; the database has so many people, or is not there for 0."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name, serving(people=1) as server:
        folder = Path(name)
        if people:
            office.furnish(folder / "data", people)
        return _timed(server, folder)


def _timed(server: Server, folder: Path) -> Start:
    config = folder / "config.toml"
    config.write_text(_CONFIG.format(token=TOKEN, address=server.address), encoding="utf-8")
    server.do("says", first_chat=FIRST_CHAT, text="menu")
    began = SystemClock().now().timestamp()
    with running("-m", "bot", "--config", str(config), "run") as process:
        server.wait("sendMessage", 1, _PATIENCE)
        return Start(server.sent()[0].at - began, process.peak_mb())


def main(words: Sequence[str] | None = None) -> None:
    """Measure, and print."""
    options = _options(words)
    starts: dict[str, list[Start]] = defaultdict(list)
    for _ in range(options.rounds):
        starts["empty folder"].append(start(0))
        starts[f"{options.people} people"].append(start(options.people))
    print(f"from the start of the process to its first answer, {options.rounds} starts each")
    for name, runs in starts.items():
        seconds, peak = [run.seconds for run in runs], [run.peak_mb for run in runs]
        met = median(seconds) <= MOST_SECONDS and max(peak) <= MOST_MB
        print(
            f"  {name:<14} median {median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f}), "
            f"peak RSS {max(peak):.0f} MB; wanted <= {MOST_SECONDS:g} s and <= {MOST_MB:g} MB: "
            f"{'met' if met else 'NOT MET'}"
        )


def _options(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.startup", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--people", type=int, default=200)
    return parser.parse_args(words)


if __name__ == "__main__":
    main()
