"""Files on their way: together in one call, their bytes once, and what happens when they are not taken."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import House
from bot.clock import SystemClock
from bot.emulators.telegram import BotApi, Fault
from bot.emulators.telegram.wire import UploadedFile
from core.messages import Address, FileOut, Message
from db.models import OutboxFile, OutboxRow
from scheduler import housekeeping
from services import outbox
from services.outbox import Lane
from tests.bot.staff import BOT, eventually, plan_over, running, telegram_over
from tests.chat import Town, a_photo
from tests.surfaces import TelegramSurface

PDF = b"%PDF-1.7 " + bytes(5000)


def api_of(town: Town) -> BotApi:
    """The platform of a town on Telegram."""
    assert isinstance(town.surface, TelegramSurface)
    return town.surface.api


async def stored(house: House, name: str, content: bytes, *, photo: bool = False) -> FileOut:
    """A file on the shelf."""
    mime = "image/jpeg" if photo else "application/pdf"
    return FileOut(await house.store.put_served(content), name, mime, photo)


async def posted(
    house: House, town: Town, chats: Sequence[int], files: Sequence[FileOut], lane: Lane = Lane.BULK
) -> None:
    """The same message for each of these people."""
    message = Message(body="Kế hoạch đây ạ.", files=tuple(files))
    async with house.transactions() as session:
        for chat in chats:
            api_of(town).introduce(chat)
            await outbox.post(
                session, Address("telegram", BOT, str(chat)), message, lane, house.plan.clock.now()
            )


def calls(api: BotApi, chat: int) -> list[tuple[str, int]]:
    """What was sent to one person: the method, and how many messages came of it."""
    return [(entry.method, entry.messages) for entry in api.ledger.sent(chat)]


async def test_photos_go_together_and_documents_together_each_in_one_call(telegram_town: Town) -> None:
    async with telegram_town.house() as house:
        mixed = [
            await stored(house, "ke-hoach.pdf", PDF),
            await stored(house, "anh-1.jpg", a_photo(1), photo=True),
            await stored(house, "mau.pdf", PDF + b"2"),
            await stored(house, "anh-2.jpg", a_photo(2), photo=True),
        ]
        await posted(house, telegram_town, [5001], mixed)
        await house.couriers["telegram"].empty()
    api = api_of(telegram_town)
    assert calls(api, 5001) == [("sendMessage", 1), ("sendMediaGroup", 2), ("sendMediaGroup", 2)]
    shown = [one.file for one in api.view(5001).messages if one.file is not None]
    assert [file.kind for file in shown] == ["photo", "photo", "document", "document"]
    assert [file.name for file in shown[2:]] == ["ke-hoach.pdf", "mau.pdf"]
    assert [api.file_bytes(file.id) for file in shown] == [a_photo(1), a_photo(2), PDF, PDF + b"2"]


async def test_ten_files_are_an_album_and_the_eleventh_goes_alone(telegram_town: Town) -> None:
    async with telegram_town.house() as house:
        many = [await stored(house, f"{place}.pdf", PDF + bytes([place])) for place in range(11)]
        await posted(house, telegram_town, [5001], many)
        await house.couriers["telegram"].empty()
    expected = [("sendMessage", 1), ("sendMediaGroup", 10), ("sendDocument", 1)]
    assert calls(api_of(telegram_town), 5001) == expected


async def test_bytes_go_up_once_for_everybody_and_not_again_after_a_restart(telegram_town: Town) -> None:
    api = api_of(telegram_town)
    api.latency = 0.005
    async with telegram_town.house() as house:
        photo = await stored(house, "anh.jpg", a_photo(), photo=True)
        pair = [await stored(house, "a.pdf", PDF), await stored(house, "b.pdf", PDF + b"b")]
        await posted(house, telegram_town, range(5001, 5041), [photo, *pair])
        await house.couriers["telegram"].empty()
    weight = len(a_photo()) + 2 * len(PDF) + 1
    assert sum(entry.uploaded for entry in api.ledger.entries) == weight
    async with telegram_town.house() as house:
        await posted(house, telegram_town, range(5041, 5061), [photo, *pair])
        await house.couriers["telegram"].empty()
    assert sum(entry.uploaded for entry in api.ledger.entries) == weight
    for chat in range(5001, 5061):
        assert calls(api, chat) == [("sendMessage", 1), ("sendPhoto", 1), ("sendMediaGroup", 2)]
    assert {row.state for row in await telegram_town.rows(OutboxRow)} == {"sent"}


async def test_an_id_the_platform_has_forgotten_costs_nobody_anything(telegram_town: Town) -> None:
    api = api_of(telegram_town)
    async with telegram_town.house() as house:
        pair = [await stored(house, "a.pdf", PDF), await stored(house, "b.pdf", PDF + b"b")]
        await posted(house, telegram_town, [5001], pair)
        await house.couriers["telegram"].empty()
    async with telegram_town.office() as session:
        row = await session.get(OutboxFile, ("telegram", BOT, pair[0].sha256, "a.pdf"))
        assert row is not None
        row.handle = "document:cua-bot-khac"
    api.ledger.clear()
    async with telegram_town.house() as house:
        await posted(house, telegram_town, range(5002, 5012), pair)
        await house.couriers["telegram"].empty()
    assert all(calls(api, chat)[1:] == [("sendMediaGroup", 2)] for chat in range(5002, 5012))
    rows = await telegram_town.rows(OutboxRow)
    assert {(row.state, row.repeats) for row in rows} == {("sent", 0)}
    assert sum(entry.uploaded for entry in api.ledger.sent()) <= 2 * len(PDF) + 1


async def test_a_picture_that_is_no_photo_to_telegram_goes_as_a_document(telegram_town: Town) -> None:
    api = api_of(telegram_town)
    async with telegram_town.house() as house:
        odd = [await stored(house, f"{place}.jpg", b"no picture %d" % place, photo=True) for place in (1, 2)]
        await posted(house, telegram_town, [5001, 5002], odd)
        await house.couriers["telegram"].empty()
        await posted(house, telegram_town, [5003], odd[:1])
        await house.couriers["telegram"].empty()
    for chat in (5001, 5002):
        assert [one.file.kind for one in api.view(chat).messages if one.file] == ["document"] * 2
    assert calls(api, 5003) == [("sendMessage", 1), ("sendDocument", 1)]
    assert {row.state for row in await telegram_town.rows(OutboxRow)} == {"sent"}


async def test_a_known_photo_among_what_has_to_be_a_document_is_given_anew(telegram_town: Town) -> None:
    api = api_of(telegram_town)
    async with telegram_town.house() as house:
        good = await stored(house, "tot.jpg", a_photo(), photo=True)
        odd = await stored(house, "la.jpg", b"no picture", photo=True)
        await posted(house, telegram_town, [5001], [good])
        await house.couriers["telegram"].empty()
        await posted(house, telegram_town, [5002, 5003], [good, odd])
        for _twice in "12":
            await house.couriers["telegram"].empty()
    assert [one.file.kind for one in api.view(5001).messages if one.file] == ["photo"]
    for chat in (5002, 5003):
        assert [one.file.kind for one in api.view(chat).messages if one.file] == ["document"] * 2
    assert {row.state for row in await telegram_town.rows(OutboxRow)} == {"sent"}


async def test_ids_are_kept_for_a_month(telegram_town: Town) -> None:
    async with telegram_town.house() as house:
        await posted(house, telegram_town, [5001], [await stored(house, "a.pdf", PDF)])
        await house.couriers["telegram"].empty()
        now = telegram_town.clock.now()
        await housekeeping.tidy(house.transactions, now + timedelta(days=29))
        assert len(await telegram_town.rows(OutboxFile)) == 1
        await housekeeping.tidy(house.transactions, now + timedelta(days=31))
    assert await telegram_town.rows(OutboxFile) == []


async def test_what_one_person_gets_is_not_remembered(telegram_town: Town) -> None:
    async with telegram_town.house() as house:
        own = await stored(house, "tu-danh-gia.pdf", PDF)
        await posted(house, telegram_town, [5001], [own], Lane.ANSWER)
        await house.couriers["telegram"].empty()
    assert await telegram_town.rows(OutboxFile) == []


async def test_whoever_asks_for_the_file_of_an_announcement_gets_it_without_its_bytes(
    telegram_town: Town,
) -> None:
    api = api_of(telegram_town)
    async with telegram_town.house() as house:
        plan = await stored(house, "ke-hoach.pdf", PDF)
        await posted(house, telegram_town, [5001], [plan])
        await house.couriers["telegram"].empty()
        await posted(house, telegram_town, [5002], [plan], Lane.ANSWER)
        await house.couriers["telegram"].empty()
    assert [entry.uploaded for entry in api.ledger.sent() if entry.method == "sendDocument"] == [len(PDF), 0]


async def test_one_missing_file_ends_its_message_and_no_other(telegram_town: Town) -> None:
    async with telegram_town.house() as house:
        there = await stored(house, "a.pdf", PDF)
        gone = FileOut("0" * 64, "b.pdf", "application/pdf")
        await posted(house, telegram_town, [5001], [there, gone])
        await posted(house, telegram_town, [5001], [there])
        await house.couriers["telegram"].empty()
    states = [(row.state, row.error) for row in await telegram_town.rows(OutboxRow)]
    assert states == [("sent", ""), ("dead", "file missing"), ("sent", ""), ("sent", "")]


async def test_what_is_known_to_be_too_much_for_one_call_is_several(telegram_town: Town) -> None:
    async with telegram_town.house() as house:
        huge = [await stored(house, f"{place}.pdf", bytes([place]) * 27_000_000) for place in (1, 2)]
        known = [replace(one, size=27_000_000) for one in huge]
        await posted(house, telegram_town, [5001], known)
        await house.couriers["telegram"].empty()
    expected = [("sendMessage", 1), ("sendDocument", 1), ("sendDocument", 1)]
    assert calls(api_of(telegram_town), 5001) == expected


async def test_what_is_too_much_for_one_call_is_given_up_and_not_sent_again(telegram_town: Town) -> None:
    async with telegram_town.house() as house:
        huge = [await stored(house, f"{place}.pdf", bytes([place]) * 27_000_000) for place in (1, 2)]
        await posted(house, telegram_town, [5001], huge)
        await house.couriers["telegram"].empty()
    rows = await telegram_town.rows(OutboxRow)
    assert [(row.state, row.repeats) for row in rows] == [("sent", 0), ("dead", 0)]
    assert calls(api_of(telegram_town), 5001) == [("sendMessage", 1)]


@pytest.mark.parametrize("method", ["sendDocument", "sendPhoto"])
async def test_the_id_of_one_bot_is_worth_nothing_to_another(method: str) -> None:
    mine, other = BotApi(SystemClock().now), BotApi(SystemClock().now, token="7000000002:BB" + "x" * 33)
    kind = "photo" if method == "sendPhoto" else "document"
    upload = {kind: UploadedFile("a.jpg", a_photo(), "image/jpeg")}
    for api in (mine, other):
        api.introduce(5001)
        assert (await api.call(method, {"chat_id": 5001}, upload)).status == 200
    shown = mine.view(5001).last.file
    assert shown is not None
    assert (await mine.call(method, {"chat_id": 5001, kind: shown.id})).status == 200
    refused = await other.call(method, {"chat_id": 5001, kind: shown.id})
    assert (refused.status, "wrong file identifier" in str(refused.body["description"])) == (400, True)


async def test_an_answer_does_not_wait_for_an_upload(telegram_town: Town, tmp_path: Path) -> None:
    """The first of many uploads slowly, the others wait for it; somebody is answered meanwhile."""
    api = api_of(telegram_town)
    api.faults.add(Fault("sendDocument", delay=2))
    plan = plan_over(tmp_path, telegram_over(api, poll_timeout=25), SystemClock())
    async with running(plan) as house:
        paper = await stored(house, "ke-hoach.pdf", PDF)
        async with house.transactions() as session:
            for chat in range(5001, 5011):
                api.introduce(chat)
                await outbox.post(
                    session,
                    Address("telegram", BOT, str(chat)),
                    Message(files=(paper,)),
                    Lane.BULK,
                    plan.clock.now(),
                )
        house.couriers["telegram"].nudge()
        await eventually(lambda: api.ledger.flight.now)
        await posted(house, telegram_town, [6001], [], Lane.ANSWER)
        house.couriers["telegram"].nudge()
        await eventually(lambda: api.ledger.sent(6001), within=1)
        # It takes effect at once and is told late: nobody has sent it again meanwhile.
        assert len(api.ledger.sent()) == 2
        await eventually(lambda: len(api.ledger.sent()) == 11)
    assert sum(entry.uploaded for entry in api.ledger.entries) == len(PDF)
