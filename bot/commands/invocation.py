"""What every command is given: how it was called, and the settings once it asks for them."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from bot.config import Settings


def program() -> str:
    """How this program is started here, for the commands we tell people to type."""
    return "py run.py" if os.name == "nt" else "python3 run.py"


@dataclass
class Invocation:
    """One call from the command line."""

    config: Path | None = None
    settings_read: "Settings | None" = None
    """Kept for the report of an incident."""

    def settings(self, *, to_console: bool = False) -> "Settings":
        """Read the settings, raising `ConfigError`, and log to the data folder if there is one.

        `to_console` logs to the error stream as well, and makes the folder: for what runs for long.
        """
        from bot.config import load
        from bot.logs import configure

        settings = load(self.config)
        self.settings_read = settings
        if to_console or settings.data.dir.is_dir():
            configure(
                level=settings.log.level,
                json_lines=settings.log.format == "json",
                secrets=settings.secrets(),
                stream=sys.stderr if to_console else None,
                file=log_file(settings),
            )
        return settings

    @property
    def config_file(self) -> Path | None:
        """The file the settings come from, if there is one."""
        from bot.config import CONFIG_NAME

        path = self.config or Path(CONFIG_NAME)
        return path if path.exists() else None

    def command(self, words: str) -> str:
        """A command to tell a person, with the configuration file this call was given."""
        with_config = "" if self.config is None else f" --config {self.config}"
        return f"{program()}{with_config} {words}"

    @staticmethod
    def now() -> "datetime":
        """The moment of the call."""
        from bot.clock import SystemClock

        return SystemClock().now()


def invocation(context: typer.Context) -> Invocation:
    """The call a command belongs to."""
    return context.find_object(Invocation) or Invocation()


def log_file(settings: "Settings") -> Path:
    """Where the log of this installation lies."""
    return settings.data.dir / "logs" / "bot.log"
