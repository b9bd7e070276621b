"""The settings of the channels, and how settings are written."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, model_validator

from core.texts import settings as texts


def number(value: object) -> object:
    """TOML's `true` is not the number one."""
    if isinstance(value, bool):
        raise ValueError(texts.NOT_NUMBER)  # noqa: TRY004 — pydantic gathers only ValueError
    return value


def empty_is_none(value: object) -> object:
    """An optional setting may stand in the file with nothing between its quotes."""
    return None if value == "" else value


def _api_address(value: str) -> str:
    if not value.startswith(("http://", "https://")) or not value.endswith("/bot"):
        raise ValueError(texts.NOT_ADDRESS)
    return value


def _server_address(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError(texts.NOT_PROXY)
    return value


def _proxy_address(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().startswith(("http://", "https://")):
        raise ValueError(texts.NOT_PROXY)
    return value


Whole = Annotated[int, BeforeValidator(number)]
Rate = Annotated[float, BeforeValidator(number), Field(gt=0, le=1000, allow_inf_nan=False)]
ApiAddress = Annotated[str, AfterValidator(_api_address)]
ServerAddress = Annotated[str, AfterValidator(_server_address)]
OptionalPath = Annotated[Path | None, BeforeValidator(empty_is_none)]
Secret = Annotated[SecretStr | None, BeforeValidator(empty_is_none)]
ProxyAddress = Annotated[SecretStr, AfterValidator(_proxy_address)]


class Section(BaseModel):
    """A group of settings."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Pace(Section):
    """How fast one channel may send (reliability 4.6)."""

    per_second: Rate = 25
    """Messages a second over all chats."""
    burst: Annotated[Whole, Field(ge=1, le=30)] = 3
    """Messages that may leave at once after a quiet moment."""
    per_chat: Rate = 1
    """Messages a second to one private chat."""
    chat_burst: Annotated[Whole, Field(ge=1, le=10)] = 3
    """Messages that may go to one chat at once after a quiet moment."""
    bulk: Rate = 20
    """Messages a second of the bulk lane, so that an answer always finds room."""


class Telegram(Section):
    """The Telegram channel; without a token it is off."""

    token: Secret = None
    """Resolved by `load`: also holds what `token_file` contained."""
    token_file: OptionalPath = None
    base_url: ApiAddress = "https://api.telegram.org/bot"
    base_file_url: ApiAddress = "https://api.telegram.org/file/bot"
    proxy: Annotated[ProxyAddress | None, BeforeValidator(empty_is_none)] = None
    """A secret, because an address may carry a password."""
    in_flight: Annotated[Whole, Field(ge=1, le=64)] = 4
    """Sends at one time; also the most messages a crash can repeat.

    What leaves a second is at most this over the time of one call: 4 at 60 ms make 66, more than the 30
    that Telegram allows. More helps only a bot that Telegram allows more (paid broadcasts).
    """
    poll_timeout: Annotated[Whole, Field(ge=1, le=50)] = 25
    """Seconds one question for new messages may stay open."""
    webhook: bool = False
    """Whether Telegram posts what comes in to the public address, instead of being asked."""
    pace: Pace = Pace()


class ZaloPace(Pace):
    """Zalo publishes no rate: one message a second is a careful beginning for what goes to many.

    A bot has 50 users, so that takes a minute; answers are let through faster, or a full morning would wait.
    """

    per_second: Rate = 5
    burst: Annotated[Whole, Field(ge=1, le=30)] = 2
    per_chat: Rate = 1
    chat_burst: Annotated[Whole, Field(ge=1, le=10)] = 2
    bulk: Rate = 1


class Zalo(Section):
    """The Zalo channel; without a token it is off."""

    token: Secret = None
    """Resolved by `load`: also holds what `token_file` contained."""
    token_file: OptionalPath = None
    base_url: ServerAddress = "https://bot-api.zaloplatforms.com"
    media_hosts: tuple[str, ...] = ("zdn.vn", "zadn.vn")
    """Endings of the names of hosts that photos are fetched from."""
    in_flight: Annotated[Whole, Field(ge=1, le=16)] = 2
    """Sends at one time; also the most messages a crash can repeat."""
    poll_timeout: Annotated[Whole, Field(ge=1, le=50)] = 25
    """Seconds one question for a new message may stay open."""
    webhook: bool = False
    """Whether Zalo posts what comes in to the public address, instead of being asked."""
    monthly_messages: Annotated[Whole, Field(ge=0, le=100_000_000)] = 3000
    """Messages that Zalo allows the bot in a month, 0: no limit. What nobody is told of is counted by us."""
    users: Annotated[Whole, Field(ge=0, le=100_000_000)] = 50
    """People that Zalo allows the bot, 0: no limit."""
    reserve: Annotated[Whole, Field(ge=0, le=100_000_000)] = 500
    """Of these messages, the last are kept for deadline reminders; less than a month's."""
    counts_received: bool = True
    """Whether what people write is counted as well: not settled (zalo.md 6), so taken for granted."""
    pace: ZaloPace = ZaloPace()

    @model_validator(mode="after")
    def _something_is_left(self) -> Self:
        if self.monthly_messages and self.reserve >= self.monthly_messages:
            raise ValueError(texts.RESERVE_TOO_LARGE)
        return self
