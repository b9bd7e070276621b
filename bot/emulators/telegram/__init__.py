"""The Telegram Bot API of one bot, in memory, with the limits and refusals of the real one."""

from bot.emulators.telegram.api import (
    NO_FILES,
    TOKEN,
    BotApi,
    ConnectionDroppedError,
    ServerUnreachableError,
    Subscription,
)
from bot.emulators.telegram.faults import Fault, Faults, too_many
from bot.emulators.telegram.json_types import JsonObject, JsonValue
from bot.emulators.telegram.ledger import Ledger, LedgerEntry
from bot.emulators.telegram.limits import REAL_LIMITS, Limits
from bot.emulators.telegram.server import Change
from bot.emulators.telegram.state import Chat, Person, Toast
from bot.emulators.telegram.view import ChatView, ShownButton, ShownFile, ShownMessage
from bot.emulators.telegram.wire import ApiAnswer, UploadedFile

__all__ = [
    "NO_FILES",
    "REAL_LIMITS",
    "TOKEN",
    "ApiAnswer",
    "BotApi",
    "Change",
    "Chat",
    "ChatView",
    "ConnectionDroppedError",
    "Fault",
    "Faults",
    "JsonObject",
    "JsonValue",
    "Ledger",
    "LedgerEntry",
    "Limits",
    "Person",
    "ServerUnreachableError",
    "ShownButton",
    "ShownFile",
    "ShownMessage",
    "Subscription",
    "Toast",
    "UploadedFile",
    "too_many",
]
