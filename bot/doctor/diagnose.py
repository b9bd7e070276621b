"""Runs every examination in a sensible order and lays out the report."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.config import CONFIG_NAME, ConfigError, Settings, load
from bot.doctor import calendar, machine, outside, quota_meter, storage, web, zalo
from bot.doctor.check import Check, Level, bad
from bot.logs import Redactor
from core.texts import doctor as texts

Examination = Callable[[], Check | Iterable[Check] | None]


@dataclass(frozen=True, slots=True)
class Visit:
    """What an examination is given."""

    path: Path | None
    """The configuration file named by the operator; None: the one in the current folder, if any."""
    now: datetime
    program: str
    """How this program is called here, for the commands in the report."""
    timeout: float = 5.0
    """Seconds for each step on the network."""
    quick: bool = False
    """Leave out what takes long or asks the network."""


def diagnose(visit: Visit) -> list[Check]:
    """Examine everything, telling no secret; an examination that breaks is itself a finding."""
    found = list(_all_of("python", machine.python))
    found += _all_of("packages", lambda: machine.packages(visit.program))
    found += _all_of("own_packages", machine.own_packages)
    try:
        settings = load(visit.path)
    except ConfigError as error:
        return [*found, *storage.config_errors(error)]
    redact = Redactor(settings.secrets())
    for name, examine in _examinations(settings, visit):
        found += _all_of(name, examine)
    return [Check(one.name, one.level, redact(one.said), redact(one.next)) for one in found]


def _examinations(settings: Settings, visit: Visit) -> Iterator[tuple[str, Examination]]:
    default = Path(CONFIG_NAME)
    path = visit.path or (default if default.exists() else None)
    yield "config", lambda: storage.config(path, visit.program)
    yield "secrets", lambda: storage.secrets(settings, path)
    yield "clock", lambda: machine.clock(settings, visit.now)
    yield "data", lambda: storage.data_folder(settings)
    yield "sqlite", storage.sqlite
    yield "database", lambda: storage.database(settings, visit.program, quick=visit.quick)
    yield "backup", lambda: storage.backups(settings, visit.now, visit.program)
    yield "calendar", lambda: calendar.confirmed_years(settings, visit.now)
    yield "quota_meter", lambda: quota_meter.months(settings, visit.now)
    if not visit.quick:
        yield "campaigns", lambda: machine.campaigns(visit.program)
        yield "web", lambda: web.pages(settings, visit.timeout)
        yield "scanner", lambda: outside.scanner(settings, visit.timeout)
        yield "telegram", lambda: outside.telegram(settings, visit.now, visit.program, visit.timeout)
        yield "zalo", lambda: zalo.zalo(settings, visit.timeout)


def _all_of(name: str, examine: Examination) -> list[Check]:
    try:
        found = examine()
        return [] if found is None else [found] if isinstance(found, Check) else list(found)
    except Exception as error:  # noqa: BLE001 — the others must still be examined
        return [bad(name, texts.failed(type(error).__name__), texts.REPORT_THIS)]


def has_errors(checks: Iterable[Check]) -> bool:
    """Whether anything cannot work as it is."""
    return any(check.level is Level.ERROR for check in checks)


def as_text(checks: list[Check]) -> str:
    """The report for a person."""
    lines = []
    for check in checks:
        lines.append(texts.line(texts.LEVELS[check.level], texts.TITLES[check.name], check.said))
        if check.next:
            lines.append(texts.next_step(check.next))
    count = Counter(check.level for check in checks)
    lines.append(texts.summary(count[Level.OK], count[Level.WARNING], count[Level.ERROR]))
    return "\n".join(lines)


def as_json(checks: list[Check]) -> str:
    """The report for a program."""
    told = [
        {"check": check.name, "level": check.level, "said": check.said, "next": check.next}
        for check in checks
    ]
    return json.dumps({"ok": not has_errors(checks), "checks": told}, ensure_ascii=False, indent=1)
