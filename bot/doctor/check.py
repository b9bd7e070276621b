"""One examined thing: how it stands, why, and the next step."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report. `name` is stable and has its title in `core/texts/doctor.py`."""

    name: str
    level: Level
    said: str
    next: str = ""


def good(name: str, said: str) -> Check:
    """Nothing to do."""
    return Check(name, Level.OK, said)


def doubtful(name: str, said: str, step: str) -> Check:
    """It works, but something should be done."""
    return Check(name, Level.WARNING, said, step)


def bad(name: str, said: str, step: str) -> Check:
    """It cannot work like this."""
    return Check(name, Level.ERROR, said, step)
