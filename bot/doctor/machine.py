"""Examines what the program stands on: interpreter, libraries, its own code, the clock."""

import importlib.metadata
import importlib.util
import platform
import re
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import bot
from bot.config import Settings
from bot.doctor.check import Check, bad, doubtful, good
from core.texts import doctor as texts

ROOT = Path(bot.__file__).resolve().parents[1]
OWN_PACKAGES = ("bot", "handlers", "scheduler", "services", "db", "core")
OLDEST_PYTHON = (3, 11)
CLOCK_TOLERANCE = 120
"""Seconds that a file may seem to come from the future."""

_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)\s*(;)?", re.MULTILINE)


def python(version: tuple[int, ...] = sys.version_info[:2]) -> Check:
    """The interpreter is one we are tested with."""
    if version < OLDEST_PYTHON:
        told = texts.python_old(".".join(map(str, version)), ".".join(map(str, OLDEST_PYTHON)))
        return bad("python", told, texts.INSTALL_PYTHON)
    return good("python", texts.python_found(platform.python_version()))


def installed_version(name: str) -> str | None:
    """The version of an installed library."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def packages(
    program: str,
    lock: Path = ROOT / "requirements.txt",
    version_of: Callable[[str], str | None] = installed_version,
) -> Check:
    """Every library has the version in the lock file."""
    if not lock.exists():
        return doubtful("packages", texts.NO_LOCK, texts.reinstall(program))
    missing, different, count = [], [], 0
    for name, wanted, conditional in _LOCKED.findall(lock.read_text(encoding="utf-8")):
        found = version_of(name)
        count += found is not None
        if found is None and not conditional:
            missing.append(name)
        elif found is not None and found != wanted:
            different.append(f"{name} {found} ({wanted})")
    if missing:
        return bad("packages", texts.packages_missing(", ".join(missing)), texts.reinstall(program))
    if different:
        return doubtful("packages", texts.packages_differ(", ".join(different)), texts.reinstall(program))
    return good("packages", texts.packages_match(count))


def own_packages(root: Path = ROOT) -> Check:
    """The six packages are ours, not others of the same names from a shared environment."""
    shadowed = [name for name in OWN_PACKAGES if not _lies_in(name, root)]
    if shadowed:
        return bad("own_packages", texts.shadowed(", ".join(shadowed)), texts.USE_OWN_ENVIRONMENT)
    return good("own_packages", texts.own_packages_found(str(root)))


def campaigns(program: str, folder: Path = Path("campaigns")) -> Check | None:
    """The plans lying here have no faults; nothing to say where there are none."""
    from services.papers.campaign_toml import check
    from services.papers.law_registry import plan_files

    paths = plan_files(folder)
    if not paths:
        return None
    faults = check(paths)
    if faults:
        files = ", ".join(sorted({fault.file for fault in faults}))
        return bad("campaigns", texts.campaigns_bad(len(faults), files), f"{program} campaign check")
    return good("campaigns", texts.campaigns_good(len(paths)))


def clock(settings: Settings, now: datetime) -> Check:
    """Time does not run before what is already on disk."""
    zone = settings.organisation.zone
    told = f"{now.astimezone(zone):%d/%m/%Y %H:%M}"
    newest = max((path.stat().st_mtime for path in _dated(settings)), default=0.0)
    if newest > now.timestamp() + CLOCK_TOLERANCE:
        written = f"{datetime.fromtimestamp(newest, zone):%d/%m/%Y %H:%M}"
        return bad("clock", texts.clock_behind(told, written), texts.SET_CLOCK)
    return good("clock", texts.clock_found(told, f"{zone.key} (UTC{now.astimezone(zone):%z})"))


def _lies_in(name: str, root: Path) -> bool:
    found = importlib.util.find_spec(name)
    return found is not None and found.origin is not None and Path(found.origin).is_relative_to(root / name)


def _dated(settings: Settings) -> Iterator[Path]:
    """Files that the program itself wrote last."""
    for folder in (settings.data.dir, settings.backup_folder):
        if folder.is_dir():
            yield from (path for path in folder.iterdir() if path.is_file())
