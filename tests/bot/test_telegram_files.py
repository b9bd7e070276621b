"""What goes out to Telegram for files, field by field: alone, together, by their bytes and by their ids."""

import json

import pytest

from bot.channels.base import Delivered, Forgotten, Outgoing, OutgoingFile
from bot.emulators.telegram import BotApi
from core.messages import Message
from tests.bot.recorded import LAN, Line, a_line
from tests.chat import a_photo
from tests.fakes import FrozenClock


@pytest.fixture
def line(clock: FrozenClock) -> Line:
    """A Telegram on which Lan has pressed Start."""
    return a_line(BotApi(clock.now))


async def test_a_file_goes_out_as_a_document_with_its_name_and_type(line: Line) -> None:
    file = OutgoingFile("Bản ký số 1.docx", "application/msword", b"content")
    outcome = await line.channel.deliver(Outgoing(line.lan, Message(), files=(file,)))
    assert isinstance(outcome, Delivered)
    assert outcome.receipt == "1"
    assert line.calls == [
        ("sendDocument", {"chat_id": "1001", "document": (file.name, file.data, file.mime)}),
    ]
    (shown,) = line.api.view(LAN).messages
    assert shown.file is not None
    assert line.api.file_bytes(shown.file.id) == b"content"


async def test_an_album_goes_out_with_bytes_for_what_telegram_does_not_have(line: Line) -> None:
    (one,) = await sent_handles(line, OutgoingFile("1.pdf", "application/pdf", b"one"))
    files = (
        OutgoingFile("1.pdf", "application/pdf", handle=one),
        OutgoingFile("2.pdf", "application/pdf", b"two"),
    )
    line.calls.clear()
    outcome = await line.channel.deliver(Outgoing(line.lan, Message(), files=files))
    media = [{"type": "document", "media": one.removeprefix("document:")}]
    media += [{"type": "document", "media": "attach://file1"}]
    upload = ("2.pdf", b"two", "application/pdf")
    assert line.calls == [
        ("sendMediaGroup", {"chat_id": "1001", "media": json.dumps(media), "file1": upload})
    ]
    assert isinstance(outcome, Delivered)
    assert outcome.receipt == "2,3"
    assert len(outcome.handles) == 2


async def test_a_photo_goes_out_as_a_photo_and_again_by_its_largest_size(line: Line) -> None:
    (handle,) = await sent_handles(line, OutgoingFile("a.jpg", "image/jpeg", a_photo(), photo=True))
    line.calls.clear()
    await line.channel.deliver(
        Outgoing(line.lan, Message(), files=(OutgoingFile("a.jpg", "image/jpeg", handle=handle),))
    )
    assert line.calls == [("sendPhoto", {"chat_id": "1001", "photo": handle.removeprefix("photo:")})]
    assert line.api.file_bytes(handle.removeprefix("photo:")) == a_photo()


async def test_a_photo_that_is_too_big_to_be_one_is_a_document(line: Line) -> None:
    await sent_handles(line, OutgoingFile("a.jpg", "image/jpeg", bytes(10_000_001), photo=True))
    assert [method for method, _fields in line.calls] == ["sendDocument"]


async def test_an_id_that_telegram_does_not_know_is_forgotten(line: Line) -> None:
    for handle in ("document:BQACAgUAAxkBnothere", "photo:"):
        file = OutgoingFile("1.pdf", "application/pdf", handle=handle)
        outcome = await line.channel.deliver(Outgoing(line.lan, Message(), files=(file, file)))
        assert outcome == Forgotten()


async def sent_handles(line: Line, *files: OutgoingFile) -> tuple[str, ...]:
    """Files that arrived, and what Telegram calls them."""
    outcome = await line.channel.deliver(Outgoing(line.lan, Message(), files=files))
    assert isinstance(outcome, Delivered)
    return outcome.handles
