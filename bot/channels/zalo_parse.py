"""What Zalo tells of a message, by polling or by webhook, as something a person did.

The documents and the live platform differ (a webhook's body is enveloped or flat, a photo's address stands
in `photo` or `photo_url`), so both are read; a field of another type than expected counts as absent.
"""

import hashlib
import json
import re
from datetime import UTC, datetime

from core.filenames import clean_name
from core.messages import Address, FileRef, Incoming
from core.vietnamese import fold
from services.inbox import Arrival

NAME = "zalo"
_ID = re.compile(r"[\w.:-]{1,80}", re.ASCII)
_TEXT_LIMIT, _ARGUMENT_LIMIT, _LINK_LIMIT = 4096, 64, 2048
_GROUP = "zgr-"
#: Milliseconds between which a moment can be true: 2020 to 2100.
_SINCE, _UNTIL = 1_577_836_800_000, 4_102_444_800_000
#: «lienket K7QM4-T2X9B»: two words are a code only with a figure in them, or «lien ket tai khoan» were one.
_LINKING = re.compile(r"lien ?ket:? ([0-9a-z]{5}-?[0-9a-z]{5}|(?=.*\d)[0-9a-z]{5} [0-9a-z]{5})", re.ASCII)
_PHOTO = "message.image.received"


def arrival_of(body: bytes, bot: str) -> Arrival | None:
    """What was posted, as the inbox keeps it; `None` for a trial of the address. Raises `ValueError`."""
    try:
        told = json.loads(body) if body.strip() else None
    except RecursionError as error:
        raise ValueError(type(error).__name__) from error
    return event_of(told, bot)


def event_of(told: object, bot: str) -> Arrival | None:
    """One event, enveloped or flat, as the inbox keeps it; known again by the number of its message."""
    inner = told.get("result") if isinstance(told, dict) else None
    event = inner if isinstance(inner, dict) else told
    if not isinstance(event, dict) or not isinstance(event.get("message"), dict):
        return None
    try:
        raw = json.dumps(event, separators=(",", ":"), sort_keys=True)
    except RecursionError:
        return None
    number = event["message"].get("message_id")
    known = isinstance(number, str) and _ID.fullmatch(number) is not None
    return Arrival(
        channel=NAME,
        bot=bot,
        # An event without a number still has to be kept; told twice, it is the same all the same.
        external_id=number if known else hashlib.sha256(raw.encode()).hexdigest(),
        chat=_chat(event["message"]),
        raw=raw,
    )


def parse(raw: str, bot: str) -> Incoming | None:
    """What an event means; `None` for one that concerns no private chat of ours.

    Raises `ValueError` for what is no event at all.
    """
    try:
        event = json.loads(raw)
    except RecursionError:
        event = None
    found = event_of(event, bot)
    if found is None:
        problem = "not an event"
        raise ValueError(problem)
    event = json.loads(found.raw)
    message = event["message"]
    if not found.chat:
        return None
    address, sent_at = Address(NAME, bot, found.chat), _moment(message.get("date"))
    known = Incoming(address=address, external_id=found.external_id, sent_at=sent_at)
    return _content(known, event.get("event_name"), message)


def _content(known: Incoming, name: object, message: dict[str, object]) -> Incoming:
    address, number, at = known.address, known.external_id, known.sent_at
    photo = _photo(message, number) if name == _PHOTO else None
    if photo is not None:
        return Incoming(address, number, at, files=(photo,))
    text = _whole(message.get("text")).strip()
    if not text or name == _PHOTO:
        return Incoming(address, number, at, unsupported=True)
    command, argument = _command(text)
    if command:
        return Incoming(address, number, at, command=command, argument=argument)
    return Incoming(address, number, at, text=text[:_TEXT_LIMIT])


def _photo(message: dict[str, object], number: str) -> FileRef | None:
    """A photo: where its bytes lie for a while. An album comes as several messages that nothing joins."""
    link = next((one for one in map(_whole, (message.get("photo_url"), message.get("photo"))) if one), "")
    if not link or len(link) > _LINK_LIMIT:
        return None
    name = clean_name(f"anh-{number[-12:]}.jpg")
    caption = _whole(message.get("caption")).strip()[:_TEXT_LIMIT]
    return FileRef(link, number, name, 0, "image/jpeg", caption=caption, photo=True)


def _command(text: str) -> tuple[str, str]:
    """«/lệnh» and what follows it. «lienket MÃ» is to Zalo what opening a link with a code is to Telegram."""
    if text.startswith("/"):
        head, _, rest = text[1:].partition(" ")
        name = head.lower()
        return (name, rest.strip()[:_ARGUMENT_LIMIT]) if name.isascii() and name.isidentifier() else ("", "")
    linking = _LINKING.fullmatch(fold(text))
    return ("start", linking[1]) if linking else ("", "")


def _chat(message: dict[str, object]) -> str:
    """The private chat of a message; empty where there is none, or where a bot speaks."""
    chat, sender = message.get("chat"), message.get("from")
    if not isinstance(chat, dict) or chat.get("chat_type") != "PRIVATE":
        return ""
    if isinstance(sender, dict) and sender.get("is_bot") is True:
        return ""
    number = chat.get("id")
    fits = isinstance(number, str) and _ID.fullmatch(number) and not number.startswith(_GROUP)
    return str(number) if fits else ""


def _moment(told: object) -> datetime:
    """When it was; what cannot be true is later than anything, since the house takes its own clock then."""
    usable = type(told) is int and _SINCE <= told <= _UNTIL
    return datetime.fromtimestamp((told if usable and isinstance(told, int) else _UNTIL) / 1000, UTC)


def _whole(text: object) -> str:
    """A text; what is none is empty, and half a letter (which no database keeps) becomes «?»."""
    return text.encode(errors="replace").decode() if isinstance(text, str) else ""
