"""What stands on the page, as plain data for its script."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from bot.emulators.telegram import ChatView, ShownButton, ShownMessage
from bot.emulators.zalo import Bubble
from bot.emulators.zalo import ChatView as ZaloView
from bot.sandbox.board import Json
from bot.sandbox.cast import Figure
from core.messages import Message, utf16_length
from core.texts import sandbox as texts
from core.texts import sandbox_journal as journal_texts
from core.vietnamese import file_size, long_date
from services import journal
from services.outbox import Posted

MESSAGES_SHOWN = 200


def telegram_chat(view: ChatView, epoch: int, zone: tzinfo) -> Json:
    """One chat as Telegram shows it."""
    return {
        "epoch": epoch,
        "blocked": view.blocked,
        "typing": view.action == "typing",
        "menu": [list(command) for command in view.menu],
        "toasts": [
            {"id": toast.query_id, "text": toast.text, "alert": toast.alert}
            for toast in view.toasts[-5:]
            if toast.text
        ],
        "messages": [_message(one, zone) for one in view.messages[-MESSAGES_SHOWN:]],
    }


def shown_text(message: ShownMessage) -> str:
    """The text; as in the app, opening a link shows no more than «/start»."""
    return "/start" if not message.by_bot and message.text.startswith("/start ") else message.text


def _message(message: ShownMessage, zone: tzinfo) -> Json:
    file = message.file
    return {
        "id": message.id,
        "mine": not message.by_bot,
        "text": shown_text(message),
        "entities": [
            [str(one["type"]), one["offset"], one["length"], str(one.get("url", ""))]
            for one in message.entities
        ],
        "edited": message.edited,
        "album": message.album,
        "buttons": [[_button(one) for one in row] for row in message.buttons],
        "file": None if file is None else _file(file.kind, f"telegram/{file.id}", file.name, file.size),
        **_when(message.at, zone),
    }


def _file(kind: str, at: str, name: str, size: int) -> Json:
    return {"kind": kind, "at": at, "name": name, "size": file_size(size)}


def _button(button: ShownButton) -> Json:
    return {"label": button.label, "data": button.data}


def zalo_chat(view: ZaloView, epoch: int, zone: tzinfo, pages: str) -> Json:
    """One chat as Zalo shows it. Only addresses below `pages` can be opened: they lead nowhere else."""
    return {
        "epoch": epoch,
        "blocked": view.blocked,
        "typing": view.typing,
        "menu": [],
        "toasts": [],
        "messages": [_bubble(one, view.chat, zone, pages) for one in view.bubbles[-MESSAGES_SHOWN:]],
    }


def _bubble(one: Bubble, chat: str, zone: tzinfo, pages: str) -> Json:
    kind = {"photo": "photo", "unsupported": "document"}.get(one.kind)
    name = one.text if one.kind == "unsupported" else ""
    return {
        "id": int(one.id, 16),
        "mine": not one.by_bot,
        "text": "" if name else one.text,
        "entities": [
            ["page", utf16_length(one.text[: found.start()]), utf16_length(found[0]), ""]
            for found in re.finditer(rf"{re.escape(pages)}/[\w/-]+", one.text, re.ASCII)
            if one.by_bot
        ],
        "edited": False,
        "album": "",
        "buttons": [],
        "file": None if kind is None else _file(kind, f"zalo/{chat}-{one.id}", name, len(one.data)),
        **_when(one.at, zone),
    }


def people(figures: Sequence[Figure], joined: Mapping[str, Sequence[str]]) -> Json:
    """The telephones of the page; `joined` tells by persona on which platforms."""
    return [
        {
            "key": one.persona.key,
            "name": one.name,
            "given": one.given_name,
            "post": one.post,
            "unit": one.issued.unit,
            "group": texts.GROUPS[one.group],
            "hint": texts.HINTS[one.persona.key],
            "code": one.issued.code,
            "joined": list(joined.get(one.persona.key, ())),
        }
        for one in figures
    ]


def clock(local: datetime, arrived: str, *, outage: bool, throttled: bool, twice: bool, spent: bool) -> Json:
    """The time of the house, in the office's zone, what it came to, and the troubles on order."""
    return {
        "date": long_date(local.date()),
        "time": f"{local:%H:%M}",
        "example": f"{local + timedelta(days=1):%d/%m/%Y}",
        "arrived": arrived,
        "outage": outage,
        "throttle": throttled,
        "twice": twice,
        "spent": spent,
    }


def outbox(rows: Sequence[Posted], names: Mapping[str, str], zone: tzinfo) -> Json:
    """The newest rows of the outbox; `names` are the people by their chat."""
    return [
        {
            "id": row.id,
            "to": names.get(row.to.chat, row.to.chat),
            "channel": row.to.channel,
            "what": _first_words(row.message),
            "lane": texts.LANES[int(row.lane)],
            "state": row.state,
            "said": texts.STATES.get(row.state, row.state),
            "attempts": row.attempts,
            "error": row.error,
            **_when(row.created_at, zone),
        }
        for row in rows
    ]


def entries(found: Sequence[journal.Entry], names: Mapping[int, str], zone: tzinfo) -> Json:
    """The newest lines of the journal; `names` are the people by their id."""
    return [
        {
            "who": _who(entry.actor, names),
            "did": journal_texts.VERBS.get(entry.verb, entry.verb.replace("_", " ")),
            "what": f"{entry.facts.get('criterion', '')} {_what(entry.subject, names)}".strip(),
            **_when(entry.at, zone),
        }
        for entry in found
    ]


def _first_words(message: Message) -> str:
    if message.files:
        return f"{texts.FILE_OUT} {', '.join(f'«{file.name}»' for file in message.files)}"
    return message.title or message.body.partition("\n")[0]


def _who(actor: str, names: Mapping[int, str]) -> str:
    kind, _, number = actor.partition(":")
    if kind == "person" and number.isdigit():
        return names.get(int(number), actor)
    return {
        "house": journal_texts.HOUSE,
        "console": journal_texts.CONSOLE,
        "stranger": journal_texts.STRANGER,
    }.get(kind, actor)


def _what(subject: str, names: Mapping[int, str]) -> str:
    kind, _, number = subject.partition(":")
    if kind == "person" and number.isdigit() and int(number) in names:
        return names[int(number)]
    return f"{journal_texts.SUBJECTS.get(kind, kind)} {number}".strip()


def _when(at: datetime, zone: tzinfo) -> dict[str, Json]:
    local = at.astimezone(zone)
    return {"at": f"{local:%H:%M}", "day": long_date(local.date())}
