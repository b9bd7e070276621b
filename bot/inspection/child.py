"""The process that reads one file and can do nothing else.

It gets the file as its standard input and everything else as one argument. On its standard output it
says that it is ready, then one line of JSON, then the bytes of the cleaned copy. What fails before
«ready» is the machine's fault; what fails after it is the file's.
"""

import codecs
import json
import sys
import warnings
from collections.abc import Callable
from typing import BinaryIO

from bot.inspection import magic
from bot.inspection.checked import Checked, Refused
from bot.inspection.confinement import raise_walls, shut_doors
from core.evidence import FileKind, FileLimits, RefusedFile

READY = b"ready\n"

Check = Callable[[bytes, FileLimits], Checked]

_CODECS = ("cp437", "utf-16-be", "utf-16-le", "utf-8-sig")  # looked up by name while reading


def main(argument: str) -> None:
    """Check the file on standard input as `argument` (JSON: kind, limits, memory, seconds) asks."""
    asked = json.loads(argument)
    warnings.simplefilter("ignore")  # nobody reads them here; the check of pictures minds its own
    raise_walls(asked["memory"], asked["seconds"])
    kind = FileKind(asked["kind"])
    limits = FileLimits(**asked["limits"])
    check = check_of(kind)
    shut_doors(threads=kind is FileKind.HEIC)  # its decoder works in a thread or not at all
    out = sys.stdout.buffer
    out.write(READY)
    out.flush()
    _answer(out, lambda: check(sys.stdin.buffer.read(limits.max_bytes + 1), limits))
    out.flush()


def check_of(kind: FileKind) -> Check:
    """All that can be checked by reading a file of this kind; the check raises `Refused`.

    Loads what reading this kind needs and nothing else, which is most of what a check costs.
    """
    for name in _CODECS:
        codecs.lookup(name)
    magic.prepare(kind)
    of_content = _check_of_content(kind)

    def check(data: bytes, limits: FileLimits) -> Checked:
        if not data:
            raise Refused(RefusedFile.EMPTY)
        if len(data) > limits.max_bytes:
            raise Refused(RefusedFile.TOO_BIG)
        magic.ensure_agrees(data, kind)
        return of_content(data, limits)

    return check


def _check_of_content(kind: FileKind) -> Check:
    if kind.is_image:
        from bot.inspection import images

        images.prepare(kind)
        return lambda data, limits: images.check(data, kind, limits)
    if kind is FileKind.PDF:
        from bot.inspection import pdf

        return pdf.check
    from bot.inspection import office

    return lambda data, limits: office.check(data, kind, limits)


def _answer(out: BinaryIO, check: Callable[[], Checked]) -> None:
    try:
        checked = check()
    except Refused as refused:
        _say(out, reason=refused.reason.value, facts=refused.facts)
    except MemoryError:
        _say(out, reason=RefusedFile.TOO_HEAVY.value, facts={})
    except Exception as error:  # noqa: BLE001 - whatever a reader trips over, the file is not taken
        _say(out, reason=RefusedFile.DAMAGED.value, facts={}, tripped=type(error).__name__)
    else:
        _say(out, reason="", facts=checked.facts, served=len(checked.served))
        out.write(checked.served)


def _say(out: BinaryIO, **answer: object) -> None:
    out.write(json.dumps(answer).encode() + b"\n")
