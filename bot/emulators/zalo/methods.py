"""The methods of the Bot API: what each takes, refuses and does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from bot.emulators.zalo.errors import RefusedError
from bot.emulators.zalo.server import Server
from bot.emulators.zalo.state import Json, JsonValue

TEXT_LIMIT: Final = 2000
Fields = Mapping[str, JsonValue]
#: A result; `NO_RESULT` is answered without one.
Method = Callable[[Server, Fields], Awaitable[JsonValue]]
NO_RESULT: Final = "__none__"


async def get_me(server: Server, fields: Fields) -> JsonValue:
    """Who the bot is."""
    del fields
    return {
        "id": server.bot,
        "account_name": "bot.mau",
        "account_type": "BASIC",
        "can_join_groups": False,
        "display_name": server.name,
    }


async def set_webhook(server: Server, fields: Fields) -> JsonValue:
    """Keep the address, even when a trial of it fails."""
    url, secret = text_of(fields, "url"), text_of(fields, "secret_token")
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.hostname in {None, "localhost", "127.0.0.1", "::1"}:
        raise RefusedError(400)
    if not secret:
        raise RefusedError(400, "The secret_token must not be empty")
    if not 8 <= len(secret) <= 256:
        raise RefusedError(400)
    server.webhook, server.webhook_secret = url, secret
    server.webhook_at = server.milliseconds()
    status = await server.post_to_webhook({})
    ok = status == HTTPStatus.OK
    outcome = "webhook.ok" if ok else f"webhook.http.{status}" if status else "webhook.err.unreachable"
    tried: Json = {"ok": ok, "url": url, "outcome": outcome, "hint": ""}
    return {"url": url, "updated_at": server.webhook_at, "verification": tried}


async def delete_webhook(server: Server, fields: Fields) -> JsonValue:
    """Poll again; 400 when there never was one, as one observer saw."""
    del fields
    if not server.webhook_at:
        raise RefusedError(400)
    server.webhook = ""
    return {"url": "", "updated_at": server.milliseconds()}


async def get_webhook_info(server: Server, fields: Fields) -> JsonValue:
    """The address; never the secret."""
    del fields
    if not server.webhook_at:
        raise RefusedError(404)
    return {"url": server.webhook, "updated_at": server.webhook_at}


async def send_message(server: Server, fields: Fields) -> JsonValue:
    """A text of 1 to 2,000 characters."""
    text = text_of(fields, "text")
    ensure_length(text)
    return server.put(server.admit(text_of(fields, "chat_id")), text=text)


async def send_photo(server: Server, fields: Fields) -> JsonValue:
    """A photo by its address, which is fetched more than once."""
    url, caption = text_of(fields, "photo"), text_of(fields, "caption")
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise RefusedError(400)
    if caption:
        ensure_length(caption)
    chat = server.admit(text_of(fields, "chat_id"), count=False)
    first = await server.picture(url)
    if first is None:
        raise RefusedError(400)
    server.admit(chat.id)
    whole = True
    for _ in range(server.switches.photo_fetches - 1):
        whole = whole and await server.picture(url) is not None
    if not whole:
        server.ledger.complaints.append(f"photo gone at its second fetching: {url}")
    content, mime = first
    return server.put(chat, "photo", text=caption, data=content, mime=mime, black=not whole, link=url)


async def send_sticker(server: Server, fields: Fields) -> JsonValue:
    """A sticker by its id."""
    if not text_of(fields, "sticker"):
        raise RefusedError(400)
    return server.put(server.admit(text_of(fields, "chat_id")), "sticker", text=text_of(fields, "sticker"))


async def send_voice(server: Server, fields: Fields) -> JsonValue:
    """AAC by its address; to a group it is taken and does not arrive."""
    if not urlsplit(text_of(fields, "voice_url")).path.endswith(".aac"):
        raise RefusedError(400)
    chat = server.admit(text_of(fields, "chat_id"))
    if chat.group:
        return {"message_id": server.world.next_id(), "date": server.milliseconds()}
    return server.put(chat, "voice", text=text_of(fields, "voice_url"))


async def send_chat_action(server: Server, fields: Fields) -> JsonValue:
    """«Typing»; answered without a result."""
    if text_of(fields, "action") != "typing":
        raise RefusedError(400)
    number = text_of(fields, "chat_id")
    if server.switches.typing_refused:
        server.admit(number, count=False)
    server.world.chat(number).typing = True
    return NO_RESULT


def text_of(fields: Fields, name: str) -> str:
    """A parameter as text; missing is empty, a number is written out."""
    value = fields.get(name)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def ensure_length(text: str) -> None:
    """Between 1 and 2,000, counted in UTF-16 units to be strict. Raises `RefusedError`."""
    if not text.strip() or len(text.encode("utf-16-le", "surrogatepass")) // 2 > TEXT_LIMIT:
        raise RefusedError(400)


#: Every method with the parameters it knows. getUpdates is answered by the server itself.
METHODS: Final[dict[str, tuple[Method, frozenset[str]]]] = {
    "getMe": (get_me, frozenset()),
    "setWebhook": (set_webhook, frozenset({"url", "secret_token"})),
    "deleteWebhook": (delete_webhook, frozenset()),
    "getWebhookInfo": (get_webhook_info, frozenset()),
    "sendMessage": (send_message, frozenset({"chat_id", "text", "parse_mode", "text_styles"})),
    "sendPhoto": (send_photo, frozenset({"chat_id", "photo", "caption"})),
    "sendSticker": (send_sticker, frozenset({"chat_id", "sticker"})),
    "sendVoice": (send_voice, frozenset({"chat_id", "voice_url"})),
    "sendChatAction": (send_chat_action, frozenset({"chat_id", "action"})),
}
