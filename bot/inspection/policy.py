"""What an installation accepts as evidence, and how carefully it looks."""

import importlib.util
from dataclasses import dataclass, field
from enum import StrEnum

from core.evidence import FileKind, FileLimits


def heic_installed() -> bool:
    """Whether the extra that reads the photos of iPhones is there."""
    return importlib.util.find_spec("pi_heif") is not None


class Scanning(StrEnum):
    """What a virus scanner that does not answer means; OFF where there is none."""

    OFF = "off"
    BEST_EFFORT = "best_effort"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class InspectionPolicy:
    """What is accepted, and what a check may cost.

    `memory` is bytes of address space, `cpu_seconds` processor time and `wall_seconds` the time by
    the clock that the child may take; `at_once` is how many children may run.
    """

    kinds: frozenset[FileKind] = frozenset(FileKind)
    limits: FileLimits = field(default_factory=FileLimits)
    scanning: Scanning = Scanning.OFF
    heic: bool = field(default_factory=heic_installed)
    memory: int = 512 * 1024 * 1024
    cpu_seconds: int = 10
    wall_seconds: float = 15.0
    at_once: int = 2
