"""Documents, photos and albums through the emulator, judged by aiogram."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramEntityTooLarge,
)
from aiogram.types import (
    BufferedInputFile,
    InputMediaDocument,
    InputMediaPhoto,
)
from PIL import Image

from tests.bot.emulator_line import (
    LAN,
    Line,
    connected_to_lan,
    keyboard,
    picture,
)


@pytest.fixture
async def open_line() -> AsyncIterator[Line]:
    async with connected_to_lan() as line:
        yield line


async def test_a_document_goes_down_with_the_same_bytes_and_its_name(open_line: Line) -> None:
    api, bot, _ = open_line
    content = bytes(range(256)) * 20_000
    sent = await bot.send_document(LAN, BufferedInputFile(content, "Báo cáo.docx"), caption="Bản <b>1</b>")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("Báo cáo.docx", len(content))
    assert sent.caption == "Bản <b>1</b>"
    shown = api.view(LAN).last.file
    assert shown is not None
    assert api.file_bytes(shown.id) == content
    again = await bot.send_document(LAN, sent.document.file_id)
    assert again.document is not None
    assert again.document.file_unique_id == sent.document.file_unique_id
    downloaded = await bot.download(sent.document)
    assert downloaded is not None
    assert downloaded.read() == content


async def test_a_document_comes_up_with_the_same_bytes(open_line: Line) -> None:
    api, bot, _ = open_line
    content = b"%PDF-1.7 " + bytes(1000)
    api.user_sends_document(LAN, "Minh chứng.pdf", content, caption="tiêu chí 3")
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.document is not None
    assert (message.document.file_name, message.document.mime_type) == ("Minh chứng.pdf", "application/pdf")
    assert message.caption == "tiêu chí 3"
    downloaded = await bot.download(message.document)
    assert downloaded is not None
    assert downloaded.read() == content


async def test_a_photo_has_a_small_size_and_the_full_one(open_line: Line) -> None:
    api, bot, _ = open_line
    content = picture()
    sent = await bot.send_photo(LAN, BufferedInputFile(content, "a.png"), reply_markup=keyboard("1"))
    assert sent.photo is not None
    assert [(size.width, size.height) for size in sent.photo] == [(90, 56), (320, 200)]
    api.user_sends_photo(LAN, content, caption="sân trạm")
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.photo is not None
    small, full = [await bot.download(size) for size in message.photo]
    assert small is not None
    assert full is not None
    assert full.read() == content
    with Image.open(small) as thumbnail:
        assert thumbnail.size == (90, 56)


async def test_albums_both_ways(open_line: Line) -> None:
    api, bot, _ = open_line
    contents = [picture(colour) for colour in ("red", "green", "blue")]
    sent = await bot.send_media_group(
        LAN,
        [
            InputMediaPhoto(
                media=BufferedInputFile(content, "p.png"), caption="ba ảnh" if number == 0 else None
            )
            for number, content in enumerate(contents)
        ],
    )
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.caption for message in sent] == ["ba ảnh", None, None]
    shown = [message.file for message in api.view(LAN).from_bot()]
    assert [api.file_bytes(file.id) for file in shown if file is not None] == contents

    api.user_sends_album(LAN, contents, caption="của tôi")
    updates = await bot.get_updates()
    assert len(updates) == 3
    messages = [update.message for update in updates if update.message is not None]
    assert len({message.media_group_id for message in messages}) == 1
    assert [message.caption for message in messages] == ["của tôi", None, None]
    downloads = [await bot.download(message.photo[-1]) for message in messages if message.photo]
    assert [download.read() for download in downloads if download is not None] == contents


async def test_files_that_are_refused(open_line: Line) -> None:
    api, bot, _ = open_line
    api.user_sends_document(LAN, "lon.zip", b"x", declared_size=20 * 1024 * 1024 + 1)
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.document is not None
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(message.document.file_id)
    with pytest.raises(TelegramBadRequest, match="invalid file_id"):
        await bot.get_file("nope")
    with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
        await bot.send_document(LAN, "nope")
    with pytest.raises(TelegramEntityTooLarge):
        await bot.send_document(LAN, BufferedInputFile(bytes(50 * 1024 * 1024 + 1), "x.bin"))
    with pytest.raises(TelegramBadRequest, match="file must be non-empty"):
        await bot.send_document(LAN, BufferedInputFile(b"", "x.bin"))
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(LAN, BufferedInputFile(b"not an image", "x.jpg"))
    with pytest.raises(TelegramBadRequest, match="PHOTO_INVALID_DIMENSIONS"):
        await bot.send_photo(LAN, BufferedInputFile(picture(sides=(2100, 100)), "x.png"))
    with pytest.raises(TelegramBadRequest, match="caption is too long"):
        await bot.send_photo(LAN, BufferedInputFile(picture(), "x.png"), caption="x" * 1025)
    with pytest.raises(TelegramBadRequest, match="can't be mixed"):
        await bot.send_media_group(
            LAN,
            [
                InputMediaPhoto(media=BufferedInputFile(picture(), "x.png")),
                InputMediaDocument(media=BufferedInputFile(b"x", "x.txt")),
            ],
        )
    with pytest.raises(TelegramBadRequest, match="Too few messages"):
        await bot.send_media_group(LAN, [InputMediaPhoto(media=BufferedInputFile(picture(), "x.png"))])


async def test_an_unknown_download_path_is_404(open_line: Line) -> None:
    with pytest.raises(Exception, match="404"):
        await open_line.bot.download_file("documents/file_77.pdf")
