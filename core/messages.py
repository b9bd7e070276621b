"""The neutral language between people and the house, in both directions.

No inline markup anywhere: title, body and hint are plain strings, and each channel gives them its
own typography. That one decision removes every escaping fault.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing a person may pick.

    `key` is short ASCII and stable (it travels in a button's 64 bytes). A *grave* choice cannot be
    picked by a digit: on a channel without buttons its `word` has to be typed.
    """

    key: str
    label: str
    grave: bool = False
    word: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """A choice on a notice: opens a dialogue from outside, by tap or by its keyword."""

    dialogue: str
    subject: str
    label: str
    word: str


@dataclass(frozen=True, slots=True)
class FileOut:
    """A file to hand to a person: bytes named by their SHA-256 in the file store.

    A `photo` is shown as a picture where a channel can; anything else is handed over as it is. `size` is
    about how many bytes it has, 0 where that does not matter: it goes alone, or with little else.
    """

    sha256: str
    name: str
    mime: str
    photo: bool = False
    size: int = 0


class Numbering(StrEnum):
    """How choices are numbered where there are no buttons.

    A screen that asks for a number letters its choices, so that «1» can be an answer.
    """

    DIGITS = "digits"
    LETTERS = "letters"


Row = tuple[Choice, ...]

#: Characters of a button's label that a telephone shows on one line.
LABEL_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Message:
    """One screen or one notice.

    `rows` are the choices as they would lie on a keyboard; `nav` are the ways out, the same on
    every screen, drawn last. `note` is the one line about what has just happened. `upload` is the number
    of a page for sending files, whose address is written below when the message leaves; `way_in` names the
    invitation whose code is written into the body then. The choices of a `veiled` one leave under other
    names (`services/veil.py`): none of them is grave, and where there are no buttons its key is its mark.
    """

    title: str = ""
    body: str = ""
    hint: str = ""
    note: str = ""
    rows: tuple[Row, ...] = ()
    nav: Row = ()
    doors: tuple[Door, ...] = ()
    files: tuple[FileOut, ...] = ()
    numbering: Numbering = Numbering.DIGITS
    upload: int = 0
    way_in: str = ""
    veiled: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The step's own choices, in reading order."""
        return tuple(choice for row in self.rows for choice in row)

    def noting(self, note: str) -> "Message":
        """The same message headed by one line about what has just happened."""
        return replace(self, note=note) if note else self

    def to_json(self) -> str:
        """The stored form."""
        return _ENCODER.encode(self)

    @classmethod
    def from_json(cls, text: str) -> "Message":
        """The message that `to_json` stored."""
        raw = json.loads(text)
        return cls(
            title=raw.get("title", ""),
            body=raw.get("body", ""),
            hint=raw.get("hint", ""),
            note=raw.get("note", ""),
            rows=tuple(tuple(Choice(**choice) for choice in row) for row in raw.get("rows", ())),
            nav=tuple(Choice(**choice) for choice in raw.get("nav", ())),
            doors=tuple(Door(**door) for door in raw.get("doors", ())),
            files=tuple(FileOut(**file) for file in raw.get("files", ())),
            numbering=Numbering(raw.get("numbering", Numbering.DIGITS)),
            upload=raw.get("upload", 0),
            way_in=raw.get("way_in", ""),
            veiled=raw.get("veiled", False),
        )


def _fields(part: Message | Choice | Door | FileOut) -> dict[str, object]:
    """A message without what is empty in it, or a whole part of one."""
    fields = {name: getattr(part, name) for name in part.__slots__}
    return {name: value for name, value in fields.items() if value} if isinstance(part, Message) else fields


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_fields)


def numbered(offered: Message) -> list[tuple[Choice, str]]:
    """Each choice of a screen with the mark it is picked by («1», «2» … or «A», «B» …)."""
    if offered.veiled:
        return [(choice, choice.key) for choice in offered.choices]
    marks = (
        (str(place) for place in range(1, 1000))
        if offered.numbering is Numbering.DIGITS
        else iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    )
    return [(choice, mark) for choice in offered.choices if not choice.grave for mark in (next(marks, ""),)]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person is reached: a chat with one of our bots on one channel."""

    channel: str
    bot: str
    chat: str


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file a person sent, still lying with the platform.

    `ref` is the platform's handle for fetching it; `group` is the album it came in. A `photo` was sent to be
    looked at; a picture that came as a document is none.
    """

    ref: str
    unique: str
    name: str
    size: int
    mime: str
    group: str = ""
    caption: str = ""
    photo: bool = False


@dataclass(frozen=True, slots=True)
class Tap:
    """A press on a button, with the number of the turn that drew it."""

    turn: int
    key: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a person did.

    Exactly one of `text`, `tap`, `files`, `command`, `door` or `reachable` is set; `unsupported`
    says that something came which no dialogue can use (a sticker, a voice note). `sent_at` is the
    platform's time, aware; `received_at` is ours, when it was taken in, where that is known.
    Files that came by a page of ours name it by its number (`upload`).
    """

    address: Address
    external_id: str
    sent_at: datetime
    text: str = ""
    tap: Tap | None = None
    files: tuple[FileRef, ...] = ()
    command: str = ""
    argument: str = ""
    door: tuple[str, str] | None = None
    reachable: bool | None = None
    edited: bool = False
    unsupported: bool = False
    upload: int = 0
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can carry, verified against its platform's documents.

    `text_limit` is counted in UTF-16 units, as both platforms count; `album` is how many files go in
    one call, `album_bytes` how much they may weigh. Nothing in the house may branch on a channel's name; it
    branches on these.

    Photos arrive on every channel; documents only where `files_in` says so.
    What was sent within 48 hours can be taken away where it `erases`: an empty message in its place.
    `files_by_link` hands files over by an address to fetch them from, and takes them by a page of ours. On a
    `metered` channel every message counts against what the platform allows in a month: steps share a screen,
    and nothing is said twice.
    """

    buttons: bool
    edits: bool
    files_in: bool
    files_out: bool
    text_limit: int
    album: int = 1
    album_bytes: int = 0
    files_by_link: bool = False
    erases: bool = False
    metered: bool = False

    @property
    def by_page(self) -> bool:
        """Whether documents come by a page of ours: not into the chat, and there is an address for pages."""
        return self.files_by_link and not self.files_in

    @property
    def documents_in(self) -> bool:
        """Whether documents can be sent at all, one way or the other."""
        return self.files_in or self.by_page


#: UTF-16 units that `core/texts/plain.py` writes around a grave choice, another one, a keyword, a way out.
_AROUND_WORD, _AROUND_CHOICE, _AROUND_DOOR, _AROUND_WAY_OUT = 12, 5, 8, 3
#: UTF-16 units kept free for the address of a page, with the line that introduces it.
_ADDRESS_ROOM = 320
#: Those that lines between the parts of a screen may take, above its body and below.
_SPACES = 32


def utf16_length(text: str) -> int:
    """Length as Telegram and Zalo count it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _last_cut(text: str, limit: int) -> int:
    room = 0
    units = 0
    for letter in text:
        units += 2 if ord(letter) > 0xFFFF else 1
        if units > limit:
            break
        room += 1
    for mark in ("\n\n", "\n", " "):
        found = text.rfind(mark, room // 2, room)
        if found > 0:
            return found
    return room


def _pieces(body: str, limit: int, head: int, tail: int) -> list[str]:
    """A body in few pieces, since each may count against a month: `head` units stand above the first.

    Below the last stand `tail` units; where those take all the room, it is empty.
    """
    if head + utf16_length(body) + tail <= limit:
        return [body]
    pieces: list[str] = []
    rest, room = body.strip(), limit - head
    while (size := utf16_length(rest)) > room - tail and (rest or not pieces):
        cut = _last_cut(rest, room if size > room else max(room - tail, size // 2))
        if size <= room and (not cut or utf16_length(rest[cut:].lstrip()) > limit - tail):
            cut = len(rest)
        pieces.append(rest[:cut].rstrip())
        rest, room = rest[cut:].lstrip(), limit
    return [*pieces, rest]


def split_message(message: Message, limit: int, album: int = 1, album_bytes: int = 0) -> list[Message]:
    """The message as parts that each fit `limit`, choices whole on the last one, files apart.

    One part is one call to the platform, so that a part can fail without repeating the others. A call
    takes up to `album` files of `album_bytes` together.
    """
    tail = _menu_length(message) + (_ADDRESS_ROOM if message.upload else 0) + _SPACES
    message = _with_short_ends(message, max(0, min(limit // 8, limit - tail)))
    # Without buttons a title is capitalised, which lengthens a few letters.
    head = utf16_length(message.note + max(message.title, message.title.upper(), key=utf16_length)) + _SPACES
    parts = _pieces(message.body, limit, head, utf16_length(message.hint) + tail)
    texts: list[Message] = []
    for place, body in enumerate(parts):
        first, last = place == 0, place == len(parts) - 1
        texts.append(
            replace(
                message,
                title=message.title if first else "",
                note=message.note if first else "",
                body=body,
                hint=message.hint if last else "",
                rows=message.rows if last else (),
                nav=message.nav if last else (),
                doors=message.doors if last else (),
                upload=message.upload if last else 0,
                files=(),
            )
        )
    return texts + split_files(message.files, album, album_bytes)


def split_files(files: Sequence[FileOut], album: int, album_bytes: int = 0) -> list[Message]:
    """Files as parts of up to `album` each, in their order; photos first, since no album holds both kinds.

    A part weighs no more than `album_bytes`, unless one file alone does.
    """
    if album == 1:
        return [Message(files=(file,)) for file in files]
    alike = ([file for file in files if file.photo], [file for file in files if not file.photo])
    return [Message(files=part) for kind in alike for part in _parts(kind, album, album_bytes)]


def _parts(files: Sequence[FileOut], album: int, album_bytes: int) -> Iterator[tuple[FileOut, ...]]:
    part: tuple[FileOut, ...] = ()
    for file in files:
        weight = sum(one.size for one in (*part, file))
        if part and (len(part) == album or (album_bytes and weight > album_bytes)):
            yield part
            part = ()
        part += (file,)
    if part:
        yield part


def _with_short_ends(message: Message, most: int) -> Message:
    """The message with a title, note or hint of more than `most` units told in its body instead."""
    note, title, hint = (
        text if utf16_length(text) > most else "" for text in (message.note, message.title, message.hint)
    )
    if not (note or title or hint):
        return message
    return replace(
        message,
        note="" if note else message.note,
        title="" if title else message.title,
        hint="" if hint else message.hint,
        body="\n\n".join(text for text in (note, title, message.body, hint) if text),
    )


def _menu_length(message: Message) -> int:
    """As choices, keywords and ways out are written where there are no buttons."""
    lines: Iterable[tuple[str, int]] = (
        *((one.label + one.word, _AROUND_WORD) for one in message.choices if one.grave),
        *((one.label, _AROUND_CHOICE) for one in message.choices if not one.grave),
        *((f"{door.word} {door.subject}{door.label}", _AROUND_DOOR) for door in message.doors),
        *((one.label, _AROUND_WAY_OUT) for one in message.nav),
    )
    return sum(utf16_length(label) + around for label, around in lines)
