"""Files on Telegram: photos and documents, alone or together, by their bytes or by the ids they got."""

import json
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from bot.channels.base import Delivered, Delivery, Forgotten, Outgoing, OutgoingFile, Rejected

#: Bot API 10.0: a photo has at most 10 MB; above that it is a document.
_PHOTO_BYTES = 10_000_000
#: Why Telegram does not take a picture as a photo; as a document it takes any.
_NO_PHOTO = ("image_process_failed", "photo_invalid_dimensions", "too big for a photo", "photo_ext_invalid")
#: A handle tells what it was sent as; a file stays what it is.
_PHOTO, _DOCUMENT = "photo:", "document:"

Upload = tuple[str, bytes, str]


class Attempt(Protocol):
    """One call, and what became of it."""

    def __call__(
        self, method: str, fields: Mapping[str, str], uploads: Mapping[str, Upload] | None = None
    ) -> Awaitable[Delivery]: ...


async def hand_over(attempt: Attempt, outgoing: Outgoing) -> Delivery:
    """Send files in one call; photos that Telegram does not take as such go as documents."""
    files = [_settled(file) for file in outgoing.files]
    outcome = await _send(attempt, outgoing.to.chat, files)
    if isinstance(outcome, Rejected) and any(words in outcome.why.lower() for words in _NO_PHOTO):
        documents = [replace(file, photo=False) for file in files]
        return await _send(attempt, outgoing.to.chat, documents)
    return outcome


def _settled(file: OutgoingFile) -> OutgoingFile:
    """What it is to be sent as: what it was before, or what it can be."""
    photo = file.photo and len(file.data) <= _PHOTO_BYTES
    return replace(file, photo=file.handle.startswith(_PHOTO) if file.handle else photo)


async def _send(attempt: Attempt, chat: str, files: Sequence[OutgoingFile]) -> Delivery:
    if len(files) == 1:
        (file,) = files
        kind = "photo" if file.photo else "document"
        method = "sendPhoto" if file.photo else "sendDocument"
        if file.handle:
            return await attempt(method, {"chat_id": chat, kind: _id_of(file)})
        return await attempt(method, {"chat_id": chat}, {kind: _upload(file)})
    # An album holds photos or documents, never both.
    together = all(file.photo for file in files)
    if not together and any(file.handle.startswith(_PHOTO) for file in files):
        return Forgotten()  # As a document it has to be given anew.
    media = [
        {
            "type": "photo" if together else "document",
            "media": _id_of(file) if file.handle else f"attach://file{place}",
        }
        for place, file in enumerate(files)
    ]
    uploads = {f"file{place}": _upload(file) for place, file in enumerate(files) if not file.handle}
    return await attempt("sendMediaGroup", {"chat_id": chat, "media": json.dumps(media)}, uploads)


def _upload(file: OutgoingFile) -> Upload:
    return file.name, file.data, file.mime


def _id_of(file: OutgoingFile) -> str:
    return file.handle.partition(":")[2]


def arrived(answer: object) -> Delivered:
    """What Telegram tells of a message it took, or of an album: the numbers, and the ids of the files."""
    messages = [one for one in (answer if isinstance(answer, list) else [answer]) if isinstance(one, dict)]
    numbers = [str(number) for one in messages if (number := one.get("message_id")) is not None]
    handles = [handle for one in messages if (handle := _handle_of(one))]
    return Delivered(",".join(numbers), tuple(handles))


def _handle_of(message: Mapping[str, object]) -> str:
    """What Telegram calls the file of a message: of a photo its largest size."""
    sizes, document = message.get("photo"), message.get("document")
    if isinstance(sizes, list) and sizes and isinstance(sizes[-1], dict):
        return f"{_PHOTO}{sizes[-1].get('file_id', '')}"
    return f"{_DOCUMENT}{document.get('file_id', '')}" if isinstance(document, dict) else ""
