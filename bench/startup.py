"""From the start of the process to the first answer, and the memory it takes.

`python -m bench.startup` starts the real `python -m bot run` beside a local Bot API server in which one
message waits: on a new database, and again on the one that is there then.
"""

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.process import running
from bench.telegram import FIRST_CHAT, TOKEN, Server, serving

TARGET_SECONDS = 2.0
TARGET_MB = 120.0
_PATIENCE = 60.0
_QUIET = {"BOT__LOG__LEVEL": "WARNING"}


def main() -> None:
    """Measure and print medians."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds: int = parser.parse_args().rounds
    figures: dict[str, list[tuple[float, float]]] = {"new database": [], "existing database": []}
    with serving() as server:
        for number in range(rounds):
            with tempfile.TemporaryDirectory() as folder:
                config = _configured(Path(folder), server)
                for place, found in enumerate(figures.values()):
                    found.append(_first_answer(server, config, FIRST_CHAT + 2 * number + place))
    for name, found in figures.items():
        seconds, memory = [one[0] for one in found], [one[1] for one in found]
        print(
            f"{name}: first answer after {median(seconds):.2f} s ({min(seconds):.2f}–{max(seconds):.2f}), "
            f"target {TARGET_SECONDS:.0f} s; RSS {median(memory):.0f} MB, target {TARGET_MB:.0f} MB"
        )


def _configured(folder: Path, server: Server) -> Path:
    token = folder / "token"
    token.write_text(TOKEN)
    token.chmod(0o600)
    config = folder / "config.toml"
    config.write_text(
        f'[telegram]\ntoken_file = "{token.as_posix()}"\n'
        f'base_url = "{server.address}/bot"\nbase_file_url = "{server.address}/file/bot"\n'
    )
    return config


def _first_answer(server: Server, config: Path, chat: int) -> tuple[float, float]:
    """Seconds from the start to the first answer, and MB held by then."""
    server.do("starts", first_chat=chat, chats=1)
    before = server.count("sendMessage")
    began = time.monotonic()
    with running("-m", "bot", "--config", str(config), "run", env=_QUIET) as process:
        server.wait("sendMessage", before + 1, _PATIENCE, every=0.01)
        return time.monotonic() - began, process.peak_mb()


if __name__ == "__main__":
    main()
