"""The addresses that go with a message, made as it leaves: none of them is ever stored."""

from datetime import datetime, timedelta
from typing import Protocol

from bot.channels.base import OutgoingFile
from bot.clock import Clock
from core.messages import FileOut, Message
from services.uploads import PAGE_LIFE

#: How long a file can be fetched; a platform fetches a picture more than once, hours later too.
FILE_LIFE = timedelta(days=7)


class Signer(Protocol):
    """What makes addresses of our own pages."""

    def upload(self, number: int, expires: datetime) -> str:
        """The address of a page for sending files."""

    def download(self, sha256: str, name: str, mime: str, expires: datetime) -> str:
        """The address of a document."""

    def photo(self, sha256: str, name: str, mime: str, expires: datetime) -> str:
        """The address of a picture."""


class CourierLinks:
    """What one courier's messages are given along; without an address of ours, nothing.

    `for_files` says that the channel hands over files by their addresses, so that bytes need not be read.
    """

    def __init__(self, signer: Signer | None, clock: Clock, *, by_link: bool) -> None:
        self._signer = signer
        self._clock = clock
        self.for_files = by_link and signer is not None

    def page(self, message: Message) -> str:
        """The address of the page a message speaks of. How long it takes files its own record says."""
        if not message.upload or self._signer is None:
            return ""
        return self._signer.upload(message.upload, self._clock.now() + PAGE_LIFE)

    def file(self, file: FileOut) -> OutgoingFile:
        """A file as the address it is fetched from."""
        assert self._signer is not None
        made = self._signer.photo if file.photo else self._signer.download
        url = made(file.sha256, file.name, file.mime, self._clock.now() + FILE_LIFE)
        return OutgoingFile(file.name, file.mime, photo=file.photo, url=url)
