"""The law registry: documents that plans cite, with the days they came into force and were replaced."""

import tomllib
from functools import cache
from pathlib import Path

from core.campaign_findings import Law

REGISTRY = Path(__file__).parents[2] / "campaigns" / "laws.toml"


@cache
def laws() -> tuple[Law, ...]:
    """Every document of the registry; read once a process."""
    tables = tomllib.loads(REGISTRY.read_text(encoding="utf-8"))["laws"]
    return tuple(Law(**table) for table in tables)


def is_registry(path: Path) -> bool:
    """Whether a file is by its name the registry, which is no plan."""
    return path.name == REGISTRY.name


def plan_files(folder: Path) -> list[Path]:
    """The plans that lie in a folder: every file but the registry."""
    return sorted(path for path in folder.glob("*.toml") if not is_registry(path))
