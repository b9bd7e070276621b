"""The back door of the Telegram emulator's HTTP server: act for people, order trouble, read the ledger.

Every action takes and answers JSON; ``POST /control/<name>``, and ``GET`` where nothing is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TypeAlias

from bot.emulators.telegram import ApiAnswer, BotApi, Fault, LedgerEntry, Limits
from bot.emulators.telegram.errors import ApiError
from bot.emulators.telegram.json_types import JsonObject, JsonValue, json_array
from bot.emulators.telegram.wire import Params

Action: TypeAlias = Callable[[BotApi, Params], JsonObject]


def control(api: BotApi, name: str, body: JsonValue) -> ApiAnswer:
    """Perform one action. Answers 404 for an unknown one, 400 for what cannot be done."""
    action = _ACTIONS.get(name)
    if action is None or not isinstance(body, dict):
        return ApiAnswer(404, ApiError(404, f"Not Found: control action {name!r}").body())
    try:
        return ApiAnswer(200, action(api, Params(body)))
    except (LookupError, ValueError) as error:
        return ApiAnswer(400, ApiError.bad_request(str(error)).body())


def _chats(params: Params) -> range:
    """``first_chat`` and ``chats``: so many people with ids in a row."""
    first = params.integer("first_chat", params.integer("chat", 1001))
    return range(first, first + params.integer("chats", 1))


def _says(api: BotApi, params: Params) -> JsonObject:
    """Push ``count`` texts, the people taking turns; ``{n}`` in the text becomes the running number."""
    chats, text = _chats(params), params.text("text") or "{n}"
    first = params.integer("first_number")
    numbers = range(first, first + params.integer("count", len(chats)))
    ids = [
        api.user_says(chats[place % len(chats)], text.replace("{n}", str(number)))
        for place, number in enumerate(numbers)
    ]
    return _span(ids)


def _starts(api: BotApi, params: Params) -> JsonObject:
    """Every one of the people presses Start."""
    return _span([api.user_starts(chat, params.text("payload")) for chat in _chats(params)])


def _knows(api: BotApi, params: Params) -> JsonObject:
    """The people have written at some time before: the bot may write to them, no update comes."""
    for chat in _chats(params):
        api.introduce(chat)
    return {"chats": len(_chats(params))}


def _taps(api: BotApi, params: Params) -> JsonObject:
    """Every one of the people taps the newest button with this ``label``."""
    return _span([api.user_taps_label(chat, params.text("label")) for chat in _chats(params)])


def _tap(api: BotApi, params: Params) -> JsonObject:
    """One tap, named exactly; ``forged`` for a button that is not there."""
    chat, message_id, data = params.integer("chat"), params.integer("message_id"), params.text("data")
    return _span([api.user_taps(chat, message_id, data, forged=params.boolean("forged"))])


def _sends_document(api: BotApi, params: Params) -> JsonObject:
    """Every one of the people sends a file of ``size`` bytes."""
    data = bytes(params.integer("size", 1))
    name = params.text("name") or "document.bin"
    return _span([api.user_sends_document(chat, name, data) for chat in _chats(params)])


def _blocks(api: BotApi, params: Params) -> JsonObject:
    """The people block the bot, or unblock it with ``unblock``."""
    act = api.user_unblocks if params.boolean("unblock") else api.user_blocks
    return _span([act(chat) for chat in _chats(params)])


def _settings(api: BotApi, params: Params) -> JsonObject:
    """Change what is named: ``latency_ms``, ``outage``, ``limits`` (fields of ``Limits``; {} for none)."""
    if params.has("latency_ms"):
        api.latency = params.seconds("latency_ms") / 1000
    if params.has("outage"):
        api.outage = params.boolean("outage")
    limits = params.json("limits", "limits")
    if isinstance(limits, dict):
        given = Params(limits)
        api.limits = Limits(
            overall_per_second=given.integer("overall_per_second") or None,
            chat_per_second=given.integer("chat_per_second") or None,
            group_per_minute=given.integer("group_per_minute") or None,
            punish_seconds=given.integer("punish_seconds"),
        )
    answer: JsonObject = {"latency_ms": api.latency * 1000, "outage": api.outage}
    answer["limits"] = dict(asdict(api.limits))
    return answer


def _fault(api: BotApi, params: Params) -> JsonObject:
    """Order a trouble: the fields of ``Fault``, ``raw`` as text, ``chat`` for the chat."""
    parameters = params.json("parameters", "parameters")
    fault = Fault(
        method=params.text("method"),
        chat_id=params.integer("chat") if params.has("chat") else None,
        times=params.integer("times", 1),
        status=params.integer("status"),
        description=params.text("description"),
        parameters=parameters if isinstance(parameters, dict) else None,
        raw=params.text("raw").encode() if params.has("raw") else None,
        drop=params.boolean("drop"),
        accepted=params.boolean("accepted"),
        delay=params.seconds("delay"),
    )
    api.faults.add(fault)
    return {"faults": len(api.faults)}


def _clear_faults(api: BotApi, params: Params) -> JsonObject:
    """Call all troubles off."""
    del params
    api.faults.clear()
    return {"faults": 0}


def _counters(api: BotApi, params: Params) -> JsonObject:
    """Numbers alone, cheap enough to ask often."""
    del params
    ledger = api.ledger
    counts: JsonObject = dict(ledger.counts)
    return {
        "counts": counts,
        "confirmed": api.confirmed,
        "next_update_id": api.server.updates.next_id,
        "pending": len(api.server.updates),
        "served": api.server.updates.served,
        "entries": len(ledger.entries),
        "in_flight": ledger.flight.now,
        "peak_in_flight": ledger.flight.peak,
        "chat_overlaps": ledger.flight.chat_overlaps,
        "polling": api.server.updates.polling,
    }


def _ledger(api: BotApi, params: Params) -> JsonObject:
    """Entries from the ``since``-th on, and where to go on from."""
    since = params.integer("since")
    entries = api.ledger.entries[since:]
    return {"entries": [_entry(entry) for entry in entries], "next": since + len(entries)}


def _entry(entry: LedgerEntry) -> JsonObject:
    return {**entry._asdict(), "at": entry.at.timestamp()}


def _reset(api: BotApi, params: Params) -> JsonObject:
    """Empty the ledger and the queue of updates."""
    del params
    api.ledger.clear()
    api.server.updates.drop_all()
    return {}


def _view(api: BotApi, params: Params) -> JsonObject:
    """The messages of one chat as the bot would be told of them."""
    world = api.server.world
    messages = json_array(
        world.message_json(message) for message in world.messages_of(params.integer("chat"))
    )
    return {"messages": messages}


def _span(ids: list[int]) -> JsonObject:
    """The updates an action caused."""
    return {"updates": len(ids), "first": ids[0] if ids else 0, "last": ids[-1] if ids else 0}


_ACTIONS: Mapping[str, Action] = {
    "says": _says,
    "starts": _starts,
    "knows": _knows,
    "taps": _taps,
    "tap": _tap,
    "document": _sends_document,
    "blocks": _blocks,
    "settings": _settings,
    "fault": _fault,
    "clear-faults": _clear_faults,
    "counters": _counters,
    "ledger": _ledger,
    "reset": _reset,
    "view": _view,
}
