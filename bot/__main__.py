"""The way in from the command line: runs a command and turns whatever happens into words and a code."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bot.commands.invocation import Invocation, program
from bot.trouble import Outcome


def main(words: list[str] | None = None) -> int:
    """Run one command; the answer is the exit code."""
    _speak_utf8()
    call = Invocation()
    try:
        with _to_ourselves():
            return _run(sys.argv[1:] if words is None else words, call)
    except BrokenPipeError:
        # Whoever was reading has gone; there is nobody left to tell.
        sys.stdout = None
        return Outcome.PROBLEMS
    except KeyboardInterrupt:
        return _stopped()
    except Exception as error:  # noqa: BLE001 — the last place where a sentence can be made of it
        from bot.commands.failures import told

        return told(error, call)


def _run(words: list[str], call: Invocation) -> int:
    import typer

    from bot.commands.app import build

    command = typer.main.get_command(build(call))
    answer = command.main(args=words, prog_name=program(), standalone_mode=False)
    if answer == Outcome.INTERRUPTED:
        return _stopped()
    return answer if isinstance(answer, int) else Outcome.OK


def _stopped() -> int:
    from core.texts.commands import STOPPED

    sys.stderr.write(f"{STOPPED}\n")
    return Outcome.INTERRUPTED


@contextmanager
def _to_ourselves() -> Iterator[None]:
    """What is written is for its owner alone: the database, its log and its copies hold personal data."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _speak_utf8() -> None:
    """A redirected stream on Windows, or an old locale, could not write Vietnamese."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
