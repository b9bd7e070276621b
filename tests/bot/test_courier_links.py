"""Addresses that go with a message: made as it leaves, good for as long as what they open."""

from datetime import timedelta

import pytest

from bot.channels.base import Delivered, Delivery, OutgoingFile
from bot.channels.telegram_render import text_of
from bot.courier_files import CourierFiles
from bot.courier_links import FILE_LIFE, CourierLinks
from bot.courier_memory import CourierMemory
from bot.web.signing import ExpiredError, Signer
from core.messages import FileOut, Message
from services.uploads import PAGE_LIFE
from tests.chat import ADDRESS
from tests.fakes import FrozenClock, MemoryFileStore

SIGNER = Signer(b"k" * 32, ADDRESS)
PAPER = FileOut("ab" * 32, "Bản đã ký.docx", "application/octet-stream")
PICTURE = FileOut("cd" * 32, "", "image/jpeg", photo=True)


def token(address: str) -> str:
    """What stands at the end of an address."""
    return address.rpartition("/")[2]


async def test_a_file_is_handed_over_by_its_address_and_its_bytes_stay(clock: FrozenClock) -> None:
    links = CourierLinks(SIGNER, clock, by_link=True)
    files = CourierFiles(MemoryFileStore(), CourierMemory("zalo", "1"), links)
    sent: list[OutgoingFile] = []

    async def send(packed: tuple[OutgoingFile, ...]) -> Delivery:
        sent.extend(packed)
        return Delivered("1")

    for shared in (False, True):
        assert await files.carry((PAPER, PICTURE), send, shared=shared) == Delivered("1")
    for one, file in zip(sent[:2], (PAPER, PICTURE), strict=True):
        assert (one.name, one.mime, one.data, one.photo) == (file.name, file.mime, b"", file.photo)
        told = SIGNER.read_download(token(one.url), clock.now() + timedelta(days=6))
        assert (told.sha256, told.photo) == (file.sha256, file.photo)
        with pytest.raises(ExpiredError):
            SIGNER.read_download(token(one.url), clock.now() + FILE_LIFE)


def test_a_page_is_written_below_what_speaks_of_it(clock: FrozenClock) -> None:
    links = CourierLinks(SIGNER, clock, by_link=False)
    address = links.page(Message(body="Mở trang", upload=7))
    assert SIGNER.read_upload(token(address), clock.now() + PAGE_LIFE - timedelta(seconds=1)) == 7
    assert text_of(Message(body="a < b", upload=7), address) == f"a &lt; b\n\nMở trang này: {address}"
    assert links.page(Message(body="Xin chào")) == ""
    assert CourierLinks(None, clock, by_link=True).page(Message(upload=7)) == ""
    assert not CourierLinks(None, clock, by_link=True).for_files
