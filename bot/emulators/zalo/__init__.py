"""The Zalo Bot API of one bot, in memory, with the limits, refusals and oddities that were observed."""

from bot.emulators.zalo.api import ChatView, ZaloServer
from bot.emulators.zalo.ledger import Ledger, LedgerEntry
from bot.emulators.zalo.server import MEDIA_ADDRESS, TOKEN
from bot.emulators.zalo.state import Bubble
from bot.emulators.zalo.switches import BAD_GATEWAY, Fault, Faults, Switches
from bot.emulators.zalo.web import EmulatorTransport, application, transport_to

__all__ = [
    "BAD_GATEWAY",
    "MEDIA_ADDRESS",
    "TOKEN",
    "Bubble",
    "ChatView",
    "EmulatorTransport",
    "Fault",
    "Faults",
    "Ledger",
    "LedgerEntry",
    "Switches",
    "ZaloServer",
    "application",
    "transport_to",
]
