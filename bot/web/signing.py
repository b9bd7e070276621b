"""Addresses nobody can make but us: what they open and until when, sealed with the installation's key.

Nothing of an address is stored. Whoever reads the database, or a backup without `links.key`, can open none
of the pages, and an address opens neither more nor longer than what it was made for.
"""

import base64
import binascii
import hashlib
import hmac
import math
import struct
from dataclasses import dataclass
from datetime import UTC, datetime

from core.filenames import clean_name, split_name

_SEAL = 20
"""Bytes: 160 of the 256 bits of an HMAC-SHA256."""
_PAGE = struct.Struct(">QQ")
_FILE = struct.Struct(">QBB32s")
_NAME = 90
"""Bytes of a name that go into an address."""
_LONGEST = 512
# Addresses name a type by its place here, so what is new comes last.
_TYPES = (
    "application/octet-stream",
    "image/jpeg",
    "image/png",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/zip",
    "text/plain",
)


class ForgedError(Exception):
    """Not an address of ours, or a changed one."""


class ExpiredError(Exception):
    """An address of ours whose time is over."""


@dataclass(frozen=True, slots=True)
class Download:
    """What an address for fetching opens: a copy people may see, its name and type; a photo is shown."""

    sha256: str
    name: str
    mime: str
    photo: bool


class Signer:
    """Makes and reads addresses below `address`, the installation's own, with `key`."""

    def __init__(self, key: bytes, address: str) -> None:
        self._key = key
        self.address = address.rstrip("/")

    def upload(self, number: int, expires: datetime) -> str:
        """The address of a page for sending files."""
        return f"{self.address}/u/{self._sealed(b'upload', _PAGE.pack(number, _seconds(expires)))}"

    def read_upload(self, token: str, now: datetime) -> int:
        """The number of the page. Raises `ForgedError` or `ExpiredError`."""
        content = self._opened(b"upload", token)
        if len(content) != _PAGE.size:
            raise ForgedError
        number, expires = _PAGE.unpack(content)
        _require_time(expires, now)
        return int(number)

    def download(self, sha256: str, name: str, mime: str, expires: datetime) -> str:
        """The address of a document, to be fetched any number of times until then."""
        return self._file(sha256, name, mime, expires, photo=False)

    def photo(self, sha256: str, name: str, mime: str, expires: datetime) -> str:
        """The address of a picture to be looked at; platforms fetch one more than once, hours later too."""
        return self._file(sha256, name, mime, expires, photo=True)

    def read_download(self, token: str, now: datetime) -> Download:
        """What a file's address opens. Raises `ForgedError` or `ExpiredError`."""
        content = self._opened(b"file", token)
        try:
            expires, kind, photo, digest = _FILE.unpack_from(content)
            told = Download(digest.hex(), content[_FILE.size :].decode(), _TYPES[kind], bool(photo))
        except (struct.error, UnicodeDecodeError, IndexError) as error:
            raise ForgedError from error
        _require_time(expires, now)
        return told

    def hook(self, channel: str) -> str:
        """Where a platform posts what comes in."""
        return f"{self.address}/hook/{channel}"

    def webhook_secret(self, channel: str) -> str:
        """What a platform says to prove itself: 43 letters, digits, «-» and «_»."""
        digest = hmac.digest(self._key, b"hook\0" + channel.encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def _file(self, sha256: str, name: str, mime: str, expires: datetime, *, photo: bool) -> str:
        kind = _TYPES.index(mime) if mime in _TYPES else 0
        content = _FILE.pack(_seconds(expires), kind, photo, bytes.fromhex(sha256))
        return f"{self.address}/f/{self._sealed(b'file', content + _short(name))}"

    def _sealed(self, kind: bytes, content: bytes) -> str:
        return base64.urlsafe_b64encode(content + self._seal(kind, content)).rstrip(b"=").decode()

    def _opened(self, kind: bytes, token: str) -> bytes:
        """The content of a token. One that was changed in any way, even in how it is written, is forged."""
        if len(token) > _LONGEST or not token.isascii():
            raise ForgedError
        try:
            whole = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except binascii.Error as error:
            raise ForgedError from error
        content, seal = whole[:-_SEAL], whole[-_SEAL:]
        # Letters can differ in bits that no byte holds: only the one way we write it counts.
        as_written = base64.urlsafe_b64encode(whole).rstrip(b"=").decode()
        if not hmac.compare_digest(seal, self._seal(kind, content)) or as_written != token:
            raise ForgedError
        return content

    def _seal(self, kind: bytes, content: bytes) -> bytes:
        return hmac.digest(self._key, kind + b"\0" + content, hashlib.sha256)[:_SEAL]


def _seconds(moment: datetime) -> int:
    return math.ceil(moment.timestamp())


def _require_time(expires: int, now: datetime) -> None:
    if now >= datetime.fromtimestamp(min(expires, 2**33), UTC):
        raise ExpiredError


def _short(name: str) -> bytes:
    """A name as text of at most `_NAME` bytes, its extension kept."""
    stem, extension = split_name(clean_name(name))
    room = _NAME - len(extension.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .-").encode() + extension.encode()
