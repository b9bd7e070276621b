"""What people do on the telephones of the page."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.sandbox.cast import Figure
from bot.sandbox.world import TELEGRAM, ZALO, SorryError, World
from core.messages import Address
from core.texts import sandbox as texts
from db.transaction import Session
from services import people
from services.actor import console

_PHOTO_SIDES = (1280, 1280)
#: Nobody's chat: looking a code up from there is no guess of anybody.
_NOWHERE = Address("sandbox", "", "")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file from the page."""

    name: str
    mime: str
    data: bytes


def say(world: World, key: str, skin: str, text: str) -> None:
    """Type something. Raises `SorryError`, as everything here."""
    chat = _reachable(world, key, skin).persona.chat
    if skin == ZALO:
        world.zalo.user_says(str(chat), text)
    else:
        world.api.user_says(chat, text)


def send(
    world: World, key: str, skin: str, files: Sequence[SentFile], caption: str, *, as_files: bool
) -> None:
    """Send files: on Telegram several pictures are one album, several documents another."""
    chat = _reachable(world, key, skin).persona.chat
    photos: list[bytes] = []
    documents: list[SentFile] = []
    for one in files:
        photo = None if as_files else as_photo(one)
        if photo is None:
            documents.append(one)
        else:
            photos.append(photo)
    if skin == ZALO:
        _send_on_zalo(world, str(chat), photos, documents, caption)
        return
    album = world.api.next_album() if len(photos) > 1 else ""
    for photo in photos:
        world.api.user_sends_photo(chat, photo, caption=caption, album=album)
        caption = ""
    album = world.api.next_album() if len(documents) > 1 else ""
    for one in documents:
        world.api.user_sends_document(chat, one.name, one.data, mime=one.mime, caption=caption, album=album)
        caption = ""


def _send_on_zalo(
    world: World, chat: str, photos: Sequence[bytes], documents: Sequence[SentFile], caption: str
) -> None:
    """Pictures one by one; of documents the bot learns only that something came."""
    world.zalo.user_sends_album(chat, photos, caption=caption)
    for one in documents:
        world.zalo.user_sends_document(chat, one.name, one.data)
    if caption and not photos:
        world.zalo.user_says(chat, caption)


def tap(world: World, key: str, message_id: int, data: str) -> None:
    """Press a button; twice when that trouble is on order."""
    chat = _reachable(world, key, TELEGRAM).persona.chat
    shown = next((one for one in world.api.view(chat).messages if one.id == message_id), None)
    buttons = [button for row in shown.buttons for button in row] if shown else []
    label = next((button.label for button in buttons if button.data == data), None)
    if label is None:
        raise SorryError(texts.NOT_THERE)
    for _ in range(2 if world.twice else 1):
        world.transcripts[key, TELEGRAM].pressed(label)
        world.api.user_taps(chat, message_id, data)
    world.twice = False


async def join(world: World, key: str, skin: str) -> None:
    """Open the joining link, or type the code: those that are shown, as long as they work."""
    _reachable(world, key, skin)
    async with world.house.transactions() as session:
        figure = await way_in(world, session, key)
    if skin == ZALO:
        world.zalo.user_says(str(figure.persona.chat), figure.issued.code)
    else:
        world.api.user_starts(figure.persona.chat, figure.issued.token)


async def way_in(world: World, session: Session, key: str) -> Figure:
    """The persona with a link and a code that work; fresh ones where need be, as the office would give."""
    figure, now = world.figure(key), world.now()
    if await people.find_candidate(session, _NOWHERE, figure.issued.token, now) is None:
        issued = await people.issue_code(session, console(now.date()), figure.issued.person_id, now)
        figure = replace(figure, issued=issued)
        world.figures[key] = figure
    return figure


def block(world: World, key: str, skin: str, *, blocked: bool) -> None:
    """Block the bot, or let it in again."""
    chat = world.figure(key).persona.chat
    if skin == ZALO:
        (world.zalo.user_blocks if blocked else world.zalo.user_unblocks)(str(chat))
    elif blocked:
        world.api.user_blocks(chat)
    else:
        world.api.user_unblocks(chat)


def file_of(world: World, skin: str, name: str) -> bytes:
    """The bytes of a file on a screen."""
    try:
        if skin == TELEGRAM:
            return world.api.file_bytes(name)
        chat, _, number = name.partition("-")
        return next(one.data for one in world.zalo.view(chat).bubbles if one.data and one.id == number)
    except (KeyError, StopIteration) as error:
        raise SorryError(texts.NOT_THERE) from error


def as_photo(file: SentFile) -> bytes | None:
    """The picture as a telephone sends it: a JPEG of screen size; nothing for what is no picture."""
    if not file.mime.startswith("image/"):
        return None
    from PIL import Image, ImageOps

    buffer = io.BytesIO()
    try:
        with Image.open(io.BytesIO(file.data), formats=("JPEG", "PNG", "WEBP")) as image:
            image.draft("RGB", _PHOTO_SIDES)
            upright = ImageOps.exif_transpose(image).convert("RGB")
            upright.thumbnail(_PHOTO_SIDES)
            upright.save(buffer, "JPEG", quality=85)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return buffer.getvalue()


def _reachable(world: World, key: str, skin: str) -> Figure:
    figure = world.figure(key)
    platform = (
        world.zalo.view(str(figure.persona.chat)) if skin == ZALO else world.api.view(figure.persona.chat)
    )
    if platform.blocked:
        raise SorryError(texts.IS_BLOCKED)
    return figure
