"""Methods that put something new on the screen: texts, photos, documents, albums, chat actions."""

from __future__ import annotations

from bot.emulators.telegram import errors
from bot.emulators.telegram.entities import formatted
from bot.emulators.telegram.errors import ApiError
from bot.emulators.telegram.files import MAX_UPLOAD
from bot.emulators.telegram.json_types import JsonObject, JsonValue
from bot.emulators.telegram.keyboards import checked_markup
from bot.emulators.telegram.server import Call, Change, Server
from bot.emulators.telegram.state import Attachment, AttachmentKind, Chat, Message
from bot.emulators.telegram.styles import FormattedText
from bot.emulators.telegram.wire import Params, utf16_length

MAX_TEXT = 4096
MAX_CAPTION = 1024
_ALBUM = range(2, 11)
_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def checked_text(params: Params) -> FormattedText:
    """The text of a message, parsed and measured. Raises ApiError."""
    if not params.text("text"):
        raise ApiError.bad_request(errors.TEXT_EMPTY)
    text = formatted(params.text("text"), params.text("parse_mode"), params.json("entities", "entities"))
    if not text.text:
        raise ApiError.bad_request(errors.TEXT_BLANK)
    if utf16_length(text.text) > MAX_TEXT:
        raise ApiError.bad_request(errors.TEXT_TOO_LONG)
    return text


def checked_caption(params: Params) -> FormattedText:
    """The caption of a file, which may be empty. Raises ApiError."""
    entities = params.json("caption_entities", "caption_entities")
    text = formatted(params.text("caption"), params.text("parse_mode"), entities)
    if utf16_length(text.text) > MAX_CAPTION:
        raise ApiError.bad_request(errors.CAPTION_TOO_LONG)
    return text


def send_message(server: Server, call: Call) -> JsonObject:
    """The sendMessage method."""
    params = call.params
    text = checked_text(params)
    markup = checked_markup(params.json("reply_markup", "reply keyboard markup"))
    chat = server.writable_chat(params)
    return _put(server, chat, text, params=params, markup=markup)


def send_photo(server: Server, call: Call) -> JsonObject:
    """The sendPhoto method."""
    return _send_file(server, call, "photo")


def send_document(server: Server, call: Call) -> JsonObject:
    """The sendDocument method."""
    return _send_file(server, call, "document")


def send_media_group(server: Server, call: Call) -> list[JsonObject]:
    """The sendMediaGroup method: photos together, or documents together, each its own message."""
    params = call.params
    media = params.json("media", "media")
    if not isinstance(media, list):
        raise ApiError.bad_request("expected an Array of InputMedia")
    if len(media) < _ALBUM.start:
        raise ApiError.bad_request("Too few messages to send as an album")
    if len(media) >= _ALBUM.stop:
        raise ApiError.bad_request("Too many messages to send as an album")
    _check_sizes(call)
    parts = [_album_part(server, call, item) for item in media]
    if len({attachment.kind for attachment, _ in parts}) > 1:
        raise ApiError.bad_request("document can't be mixed with other media types")
    if params.has("reply_markup"):
        raise ApiError.bad_request("albums can't have a reply markup")
    chat = server.writable_chat(params, messages=len(parts))
    server.world.last_album_id += 1
    album = str(13_000_000_000_000_000 + server.world.last_album_id)
    return [
        _put(server, chat, text, params=params, attachment=attachment, album=album)
        for attachment, text in parts
    ]


def send_chat_action(server: Server, call: Call) -> bool:
    """The sendChatAction method."""
    action = call.params.text("action")
    if action not in _ACTIONS:
        raise ApiError.bad_request("wrong parameter action in request")
    chat = server.chat_of(call.params)
    if chat.blocked:
        raise ApiError.forbidden(errors.BLOCKED)
    chat.action = action
    server.notify(Change("action", chat.id))
    return True


def _send_file(server: Server, call: Call, kind: AttachmentKind) -> JsonObject:
    params = call.params
    _check_sizes(call)
    text = checked_caption(params)
    markup = checked_markup(params.json("reply_markup", "reply keyboard markup"))
    reference = params.text(kind)
    if not reference and kind not in call.files:
        raise ApiError.bad_request(f"there is no {kind} in the request")
    attachment = _attachment(server, call, reference or kind, kind)
    chat = server.writable_chat(params)
    return _put(server, chat, text, params=params, markup=markup, attachment=attachment)


def _attachment(server: Server, call: Call, reference: str, kind: AttachmentKind) -> Attachment:
    upload = call.attached(reference)
    if upload is None:
        if reference.startswith("attach://"):
            raise ApiError.bad_request(errors.WRONG_FILE_ID)
        return server.files.by_id(reference, kind)
    if not upload.data:
        raise ApiError.bad_request("file must be non-empty")
    return server.files.uploaded_photo(upload) if kind == "photo" else server.files.keep_document(upload)


def _album_part(server: Server, call: Call, item: JsonValue) -> tuple[Attachment, FormattedText]:
    if not isinstance(item, dict):
        raise ApiError.bad_request("can't parse InputMedia: expected an Object")
    kind = item.get("type")
    if kind not in ("photo", "document"):
        raise ApiError.bad_request("can't parse InputMedia: type must be photo or document")
    known: AttachmentKind = "photo" if kind == "photo" else "document"
    text = checked_caption(Params(item))
    return _attachment(server, call, str(item.get("media", "")), known), text


def _check_sizes(call: Call) -> None:
    if sum(len(upload.data) for upload in call.files.values()) > MAX_UPLOAD:
        raise ApiError.too_large()


def _put(
    server: Server,
    chat: Chat,
    text: FormattedText,
    *,
    params: Params,
    markup: JsonObject | None = None,
    attachment: Attachment | None = None,
    album: str = "",
) -> JsonObject:
    message = Message(
        id=server.world.next_message_id(),
        chat=chat,
        date=server.seconds(),
        sender=None,
        text=text.text,
        entities=text.entities,
        markup=markup,
        attachment=attachment,
        album=album,
        reply_to=_replied(chat, params),
    )
    return server.world.message_json(server.put(message))


def _replied(chat: Chat, params: Params) -> int | None:
    given = params.json("reply_parameters", "reply parameters")
    if isinstance(given, dict):
        if "message_id" not in given:
            raise ApiError.bad_request('can\'t find field "message_id"')
        wanted, lenient = given.get("message_id"), given.get("allow_sending_without_reply") is True
    else:
        wanted = params.integer("reply_to_message_id") or None
        lenient = params.boolean("allow_sending_without_reply")
    if not isinstance(wanted, int):
        return None
    if wanted in chat.messages:
        return wanted
    if lenient:
        return None
    raise ApiError.bad_request(errors.REPLY_NOT_FOUND)
