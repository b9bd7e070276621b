"""The log: one format for everybody's records, and nothing secret or personal in any of them.

Three nets, because a secret finds its way into a log by accident: libraries that print addresses
are held at WARNING, every finished line is searched for tokens and known secrets, and a record that
cannot be formatted is reported without its arguments. Bodies of messages are never logged by us.
"""

import json
import logging
import logging.handlers
import re
import sys
import threading
from collections.abc import Iterable, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO
from urllib.parse import quote, unquote, urlsplit

import structlog

__all__ = ["BLACKED_OUT", "Redactor", "configure"]

BLACKED_OUT = "[…]"
"""What stands where a secret was."""

SHORTEST_SECRET = 6
"""Shorter words would black out ordinary text."""

FILE_BYTES = 5 * 1024 * 1024
FILES_KEPT = 5

_SECRETS = (
    # A bot token, in an address, a sentence or a representation; ':' may be escaped.
    (re.compile(r"\bbot\d+(?::|%3A)[\w%-]+", re.IGNORECASE), "bot" + BLACKED_OUT),
    (re.compile(r"(?<!\d)\d{6,}(?::|%3A)[\w-]{25,}", re.IGNORECASE), BLACKED_OUT),
    # The code of an invitation, as link and as typed (services/people.py makes both).
    (re.compile(r"([?&]start(?:=|%3D))[\w-]+", re.IGNORECASE), r"\1" + BLACKED_OUT),
    (re.compile(r"\b[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\b"), BLACKED_OUT),
    (re.compile(r"(/start(?:\s|%20|\+)+)[\w-]{6,}", re.IGNORECASE), r"\1" + BLACKED_OUT),
    # Passwords inside addresses.
    (re.compile(r"(\w://[^\s:/@'\"]*:)[^\s@'\"]+(@)"), r"\1" + BLACKED_OUT + r"\2"),
)
_WRITTEN_BY_PEOPLE = (
    # SQLAlchemy and pydantic repeat inside their errors what a person wrote.
    (re.compile(r"\[parameters: .*"), f"[parameters: {BLACKED_OUT}]"),
    (re.compile(r"input_value=.*?, input_type="), f"input_value={BLACKED_OUT}, input_type="),
)

_QUIET = (
    "httpx",
    "httpcore",
    "telegram",
    "aiosqlite",
    "sqlalchemy",
    "asyncpg",
    "apscheduler",
    "sse_starlette",
    "python_multipart",
    "multipart",
    "urllib3",
)
"""Loggers that print addresses with tokens, parameters with names, or message texts."""

_NOISY = ("asyncio", "PIL", "matplotlib", "fontTools", "pikepdf", "uvicorn", "docx", "alembic")
"""Loggers that say nothing of use below INFO."""


class Redactor:
    """Blacks out tokens, invitation codes and every secret it has been told of."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._known: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        for secret in secrets:
            self.learn(secret)

    def learn(self, secret: str) -> None:
        """Remember a secret, its parts that are secret by themselves, and how it looks escaped."""
        for part in _secret_parts(secret):
            if len(part) >= SHORTEST_SECRET:
                self._known |= {part, quote(part, safe=""), json.dumps(part)[1:-1], repr(part)[1:-1]}
        longest_first = sorted(self._known, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def __call__(self, text: str) -> str:
        """The text without what must not be read."""
        if self._pattern is not None:
            text = self._pattern.sub(BLACKED_OUT, text)
        for pattern, instead in _SECRETS:
            text = pattern.sub(instead, text)
        return text

    def values(self, logger: object, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """A structlog step: each value blacked out before escaping can hide anything."""
        return {key: self._value(value) for key, value in event.items()}

    def _value(self, value: object) -> str | int | float | None:
        if value is None or isinstance(value, int | float):
            return value
        text = value if isinstance(value, str) else repr(value)
        for pattern, instead in _WRITTEN_BY_PEOPLE:
            text = pattern.sub(instead, text)
        return self(text)


def _secret_parts(secret: str) -> set[str]:
    """A secret and what inside it is secret by itself; an address without a password is none."""
    if "://" not in secret:
        return {secret, secret.rpartition(":")[2]}
    try:
        password = urlsplit(secret).password
    except ValueError:
        return {secret}
    return {secret, password, unquote(password)} if password else set()


class _Formatter(structlog.stdlib.ProcessorFormatter):
    """Formats ours and everybody else's records alike, then blacks out."""

    def __init__(self, redactor: Redactor, renderer: structlog.types.Processor) -> None:
        super().__init__(
            foreign_pre_chain=_SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.StackInfoRenderer(),
                structlog.processors.format_exc_info,
                redactor.values,
                renderer,
            ],
        )
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        return self._redactor(super().format(record))


class _SafeErrors:
    """A record that cannot be formatted is named; its arguments are not printed."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 — the name logging calls
        kind = sys.exc_info()[0]
        if sys.stderr is not None:
            name = "unknown" if kind is None else kind.__name__
            sys.stderr.write(f"log record of {record.name}:{record.lineno} lost: {name}\n")


class _ToStream(_SafeErrors, logging.StreamHandler[TextIO]):
    pass


class _ToFile(_SafeErrors, logging.handlers.RotatingFileHandler):
    pass


_SHARED: list[structlog.types.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure(
    *,
    level: str = "INFO",
    json_lines: bool = False,
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
    file: Path | None = None,
) -> Redactor:
    """Send every record of the process to `stream` and `file`, without `secrets`.

    Replaces whatever handlers libraries installed. The redactor returned may be taught more secrets.
    """
    redactor = Redactor(secrets)
    formatter = _Formatter(redactor, _renderer(json_lines=json_lines))
    handlers: list[logging.Handler] = []
    if stream is not None:
        handlers.append(_ToStream(stream))
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        handlers.append(
            _ToFile(file, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8", delay=True)
        )
    for handler in handlers:
        handler.setFormatter(formatter)
    _take_over(handlers or [logging.NullHandler()], level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    return redactor


def _renderer(*, json_lines: bool) -> structlog.types.Processor:
    if json_lines:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(
        colors=False, exception_formatter=structlog.dev.plain_traceback, pad_event_to=0
    )


def _take_over(handlers: list[logging.Handler], level: str) -> None:
    """Make the root the only place records go, and hold talkative libraries down."""
    root = logging.getLogger()
    for name in list(logging.root.manager.loggerDict):
        named = logging.getLogger(name)
        named.handlers.clear()
        named.propagate = True
    for old in list(root.handlers):
        root.removeHandler(old)
        old.close()
    for handler in handlers:
        root.addHandler(handler)
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(logging.INFO, root.level))
    logging.captureWarnings(True)
    threading.excepthook = _from_thread
    sys.unraisablehook = _unraisable
    sys.excepthook = _uncaught


def _from_thread(told: threading.ExceptHookArgs) -> None:
    _log_crash("thread died", told.exc_type, told.exc_value, told.exc_traceback)


def _unraisable(told: "sys.UnraisableHookArgs") -> None:
    _log_crash("exception ignored", told.exc_type, told.exc_value, told.exc_traceback)


def _uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    _log_crash("uncaught", kind, error, traceback)


def _log_crash(
    event: str,
    kind: type[BaseException],
    error: BaseException | None,
    traceback: TracebackType | None,
) -> None:
    value = error if error is not None else kind()
    logging.getLogger("bot.logs").critical(event, exc_info=(kind, value, traceback))
