"""Starting the process that reads one file, and hearing what it says."""

import asyncio
import contextlib
import json
import logging
import os
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bot.inspection.child import READY
from bot.inspection.policy import InspectionPolicy
from core.evidence import FileKind, RefusedFile, WaitingFile

_log = logging.getLogger(__name__)

_PROJECT = str(Path(__file__).resolve().parents[2])
# Without `site` the child starts in half the time and runs no code that lies beside the libraries.
_PYTHON = ("-I", "-S", "-B", "-X", "utf8", "-c")
_START = "import sys; sys.path += sys.argv[2:]; from bot.inspection.child import main; main(sys.argv[1])"
_LARGEST_FIGURE = 1 << 40
_PIECE = 65_536
_LAST_WORDS = 1.0  # seconds
_SERVED_SCALE = 4  # how many times the limit on originals a cleaned copy may reach
_OUT_OF_TIME = {-9, -24}  # SIGKILL, SIGXCPU; by number, for not every platform has the names


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a file gave: a cleaned copy, a reason to refuse it, or a cause to wait.

    `facts` are figures named as in `FileFacts`.
    """

    served: Path | None = None
    reason: RefusedFile | None = None
    waits_for: WaitingFile | None = None
    facts: dict[str, int] = field(default_factory=dict)


async def read_apart(path: Path, kind: FileKind, policy: InspectionPolicy, served: Path) -> Reading:
    """Read the file at `path` in a process of its own; a clean one leaves its copy at `served`.

    Raises OSError only if the file cannot be opened.
    """
    with path.open("rb") as original:
        try:
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                *_PYTHON,
                _START,
                _question(kind, policy),
                *_import_path(),
                stdin=original,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,
            )
        except OSError:
            _log.exception("the process that reads files could not be started")
            return Reading(waits_for=WaitingFile.CHECKER_DOWN)
    try:
        async with asyncio.timeout(policy.wall_seconds):
            reading = await _hear(child, policy, served)
            await child.wait()
            return reading
    except TimeoutError:
        _log.warning("the process that reads files took longer than %s s", policy.wall_seconds)
        return Reading(reason=RefusedFile.TOO_HEAVY)
    finally:
        await _end(child)


async def _hear(child: asyncio.subprocess.Process, policy: InspectionPolicy, served: Path) -> Reading:
    """What the child says; it has read a hostile file, so it is believed only in form."""
    voice = child.stdout
    if voice is None or not await _came_up(child, voice):
        _log.error("the process that reads files did not come up, exit code %s", await child.wait())
        return Reading(waits_for=WaitingFile.CHECKER_DOWN)
    try:
        answer = json.loads(await voice.readline())
        facts = {str(name): _figure(value) for name, value in answer["facts"].items()}
        if answer["reason"]:
            if "tripped" in answer:
                _log.warning("a file could not be read: %.80r", answer["tripped"])
            return Reading(reason=RefusedFile(answer["reason"]), facts=facts)
        size = _figure(answer["served"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return Reading(reason=await _why_silent(child))
    if size > _SERVED_SCALE * policy.limits.max_bytes:
        child.kill()  # it would wait for ever to be listened to
        return Reading(reason=RefusedFile.TOO_HEAVY, facts=facts)
    if not await _receive(voice, served, size):
        return Reading(reason=await _why_silent(child))
    return Reading(served=served, facts=facts)


async def _came_up(child: asyncio.subprocess.Process, voice: asyncio.StreamReader) -> bool:
    try:
        line = await voice.readline()
    except ValueError:  # longer than any line we know
        child.kill()
        return False
    return line == READY


async def _receive(voice: asyncio.StreamReader, served: Path, size: int) -> bool:
    """Write what the child sends; whether it was exactly `size` bytes."""
    missing = size
    with served.open("wb") as file:
        while missing >= 0 and (piece := await voice.read(_PIECE)):
            missing -= len(piece)
            file.write(piece)
    return missing == 0


async def _why_silent(child: asyncio.subprocess.Process) -> RefusedFile:
    """Out of processor time or memory, or tripped over the file."""
    code = await child.wait()
    _log.warning("the process that reads files fell silent, exit code %s", code)
    return RefusedFile.TOO_HEAVY if code in _OUT_OF_TIME else RefusedFile.DAMAGED


async def _end(child: asyncio.subprocess.Process) -> None:
    """No child outlives its question, whatever happened to it or to us."""
    if child.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
    if child.stdout is not None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LAST_WORDS):
                while await child.stdout.read(_PIECE):
                    pass  # its pipe closes when it has been heard out
    await asyncio.shield(child.wait())


def _figure(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= _LARGEST_FIGURE:
        raise ValueError(value)
    return value


def _question(kind: FileKind, policy: InspectionPolicy) -> str:
    return json.dumps(
        {
            "kind": kind,
            "limits": asdict(policy.limits),
            "memory": policy.memory,
            "seconds": policy.cpu_seconds,
        }
    )


def _import_path() -> list[str]:
    return [_PROJECT, *(str(Path(entry).resolve()) for entry in sys.path if entry)]


def _environment() -> dict[str, str]:
    """Nothing of ours; Windows cannot start a process without its own folder."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
