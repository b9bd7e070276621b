"""The settings of one installation: environment over `config.toml` over defaults.

Nothing is read at import; `load` is called once, by the command that needs it, and only `bot` may
import this module. Every key is explained in `config.example.toml`.
"""

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from bot.config_channels import OptionalPath, Section, Telegram, Whole, Zalo, empty_is_none
from bot.misconfiguration import (
    PREFIX,
    ConfigError,
    Finding,
    Sources,
    problem,
    sections,
    toml_line,
    unknown,
    variables_of,
)
from core.texts import settings as texts

__all__ = ["ConfigError", "Finding", "Settings", "Telegram", "Zalo", "load"]

CONFIG_NAME = "config.toml"
DATABASE_NAME = "bot.db"
_CHANNELS = ("telegram", "zalo")


def _database_address(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
        raise ValueError(texts.NOT_DATABASE)
    return value


def _public_address(value: str) -> str:
    try:
        told = urlsplit(value)
        named = told.hostname and not (told.query or told.fragment or told.username) and told.port != 0
    except ValueError:
        raise ValueError(texts.NOT_PUBLIC) from None
    if value and not (named and told.scheme == "https"):
        raise ValueError(texts.NOT_PUBLIC)
    return value.rstrip("/")


def _zone_name(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(texts.NOT_ZONE) from error
    return value


PublicAddress = Annotated[str, AfterValidator(_public_address)]
DatabaseAddress = Annotated[SecretStr, AfterValidator(_database_address)]
ZoneName = Annotated[str, AfterValidator(_zone_name)]


class Web(Section):
    """The pages and webhooks of an installation that can be reached from outside."""

    address: PublicAddress = ""
    """Where people and platforms reach it, by a proxy that encrypts; nothing: there are no pages."""
    host: str = "127.0.0.1"
    port: Annotated[Whole, Field(ge=1, le=65535)] = 8080
    """Where the proxy hands requests on to."""


class Database(Section):
    """Where rows are kept."""

    url: Annotated[DatabaseAddress | None, BeforeValidator(empty_is_none)] = None
    """SQLAlchemy address; a secret, because it may carry a password. None: SQLite in the data folder."""


class Data(Section):
    """Where files are kept."""

    dir: Path = Path("data")
    """Absolute after `load`; relative ones are taken from the folder of the configuration file."""


class Organisation(Section):
    """Whose installation this is."""

    name: str = ""
    timezone: ZoneName = "Asia/Ho_Chi_Minh"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone the office lives in."""
        return ZoneInfo(self.timezone)


class Clamav(Section):
    """The virus scanner, if there is one."""

    socket: Annotated[str | None, BeforeValidator(empty_is_none)] = None
    """Unix socket of clamd, or host:port; None: no scanner."""
    policy: Literal["required", "best_effort"] = "required"
    """What a scanner that does not answer means: wait for it, or accept without it."""


class Quotas(Section):
    """What one person may send in one day."""

    files: Annotated[Whole, Field(ge=1)] = 100
    bytes: Annotated[Whole, Field(ge=1)] = 300 * 1024 * 1024


class Evidence(Section):
    """What evidence files are accepted."""

    max_bytes: Annotated[Whole, Field(ge=1, le=2 * 1024**3)] = 20 * 1024 * 1024
    per_day: Quotas = Quotas()
    clamav: Clamav = Clamav()


class Announcements(Section):
    """What one person may announce, and when somebody else has to approve."""

    alone: Annotated[Whole, Field(ge=0, le=100_000)] = 200
    """Recipients up to which the office sends without a second person."""
    hold_seconds: Annotated[Whole, Field(ge=10, le=3600)] = 60
    """Seconds in which one that is sent at once can be called back."""
    a_day: Annotated[Whole, Field(ge=1, le=100)] = 5
    """Announcements of one person that may leave on one day."""


class Log(Section):
    """What the log says and how."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    format: Literal["text", "json"] = "text"


class Backup(Section):
    """Where backups go and how many stay."""

    folder: OptionalPath = None
    """Absolute after `load`; None becomes `backups` inside the data folder."""
    keep: Annotated[Whole, Field(ge=1, le=10_000)] = 14


class Settings(BaseSettings):
    """Everything an operator may set; frozen, complete and checked."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
    )

    organisation: Organisation = Organisation()
    telegram: Telegram = Telegram()
    zalo: Zalo = Zalo()
    web: Web = Web()
    database: Database = Database()
    data: Data = Data()
    evidence: Evidence = Evidence()
    announcements: Announcements = Announcements()
    log: Log = Log()
    backup: Backup = Backup()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 — the library's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 — the library's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 — the library's
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, whose content `load` passes in."""
        return env_settings, init_settings

    @property
    def database_url(self) -> str:
        """SQLAlchemy address of the database; may contain a password, so never print it."""
        if self.database.url is not None:
            return self.database.url.get_secret_value()
        return f"sqlite+aiosqlite:///{(self.data.dir / DATABASE_NAME).as_posix()}"

    @property
    def backup_folder(self) -> Path:
        """Where backups are written."""
        return self.backup.folder or self.data.dir / "backups"

    def secrets(self) -> tuple[str, ...]:
        """Every secret value, for the log to black out."""
        held = (self.telegram.token, self.telegram.proxy, self.zalo.token, self.database.url)
        return tuple(secret.get_secret_value() for secret in held if secret is not None)


def load(path: Path | None = None) -> Settings:
    """Read the settings, or raise `ConfigError` with everything that is wrong.

    `path` names the file, which must then exist; None takes `config.toml` from the current folder
    if there is one. Relative paths inside the file are taken from the folder the file lies in.
    """
    file = path or _default_file()
    text, content = _read(file) if file is not None else ("", {})
    sources = Sources(file, text, variables_of(os.environ))
    strangers = [key for key in [*_keys(content), *sources.variables] if unknown(Settings, key)]
    findings = [sources.finding(key, unknown(Settings, key) or "") for key in dict.fromkeys(strangers)]
    settings: Settings | None = None
    try:
        settings = Settings(**_without(content, strangers))
    except SettingsError as error:
        # Only a variable that names a whole group gets here, and that is already among the findings.
        if not findings:
            raise ConfigError([Finding(texts.ENVIRONMENT, "", texts.NOT_USABLE)]) from error
    except ValidationError as error:
        findings += [
            sources.finding(tuple(map(str, detail["loc"])), problem(detail))
            for detail in error.errors()
            if detail["type"] != "extra_forbidden"
        ]
    if settings is None or findings:
        raise ConfigError(findings)
    folder = file.parent if file is not None else Path()
    return _resolved(settings, folder.absolute(), sources)


def _default_file() -> Path | None:
    here = Path(CONFIG_NAME)
    return here if here.exists() else None


def _read(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of the file and what it says."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError([Finding(str(path), "", texts.not_text(str(path)))]) from error
    except OSError as error:
        raise ConfigError([Finding(str(path), "", texts.no_file(str(path)))]) from error
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([Finding(str(path), "", texts.not_toml(toml_line(error)))]) from error


def _keys(content: dict[str, Any], model: type[BaseModel] = Settings) -> list[tuple[str, ...]]:
    """The keys a file sets, down to where the model stops having groups."""
    inner = sections(model)
    found: list[tuple[str, ...]] = []
    for name, value in content.items():
        if isinstance(value, dict) and name in inner:
            found += [(name, *rest) for rest in _keys(value, inner[name])]
        elif name not in inner:
            found.append((name,))
    return found


def _without(content: dict[str, Any], keys: list[tuple[str, ...]]) -> dict[str, Any]:
    """The content without the keys already found wrong, so that the rest can be judged too."""
    kept: dict[str, Any] = {}
    for name, value in content.items():
        if (name,) in keys:
            continue
        below = [key[1:] for key in keys if key[0] == name and len(key) > 1]
        kept[name] = _without(value, below) if isinstance(value, dict) else value
    return kept


def _resolved(settings: Settings, folder: Path, sources: Sources) -> Settings:
    """The same settings with absolute paths and the tokens read from their files."""
    for name in _CHANNELS:
        if getattr(settings, name).webhook and not settings.web.address:
            raise ConfigError([sources.finding((name, "webhook"), texts.NO_PUBLIC)])
    channels = {name: _with_token(name, getattr(settings, name), folder, sources) for name in _CHANNELS}
    backup = settings.backup
    if backup.folder is not None:
        backup = backup.model_copy(update={"folder": folder / backup.folder})
    data = Data(dir=folder / settings.data.dir)
    return settings.model_copy(update={**channels, "backup": backup, "data": data})


def _with_token(name: str, channel: Telegram | Zalo, folder: Path, sources: Sources) -> Telegram | Zalo:
    """A channel with its token read from its file."""
    if channel.token_file is None:
        return channel
    key = (name, "token_file")
    if channel.token is not None:
        raise ConfigError([sources.finding(key, texts.TWO_TOKENS)])
    path = folder / channel.token_file
    return channel.model_copy(update={"token": _secret_from(path, key, sources), "token_file": path})


def _secret_from(path: Path, key: tuple[str, ...], sources: Sources) -> SecretStr:
    try:
        content = path.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([sources.finding(key, texts.no_file(str(path)))]) from error
    if not content:
        raise ConfigError([sources.finding(key, texts.empty_file(str(path)))])
    return SecretStr(content)
