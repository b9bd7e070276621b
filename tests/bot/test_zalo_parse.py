"""What an event of Zalo's means, whole or damaged."""

import json
import random
from datetime import UTC, datetime

import pytest

from bot.channels import zalo_parse
from core.messages import Incoming
from tests.bot import zalo_mutations
from tests.bot.zalo_line import LAN, MONDAY, Line, a_line

BOT = "41"
TEXT = {
    "event_name": "message.text.received",
    "message": {
        "from": {"id": LAN, "display_name": "Nguyen Van A", "is_bot": False},
        "chat": {"id": LAN, "chat_type": "PRIVATE"},
        "text": "xin chao",
        "message_id": "a0b1c2d3e4f5a6b7c8d9",
        "date": 1_790_000_000_000,
    },
}
PHOTO = "https://photo-stal-11.zdn.vn/abc.jpg"


def parsed(event: object) -> Incoming | None:
    return zalo_parse.parse(json.dumps(event), BOT)


def changed(name: object = "message.text.received", **fields: object) -> dict[str, object]:
    return {"event_name": name, "message": {**TEXT["message"], **fields}}  # type: ignore[dict-item]  # it is one


def meant(name: str = "message.text.received", **fields: object) -> Incoming:
    incoming = parsed(changed(name, **fields))
    assert incoming is not None
    return incoming


@pytest.mark.parametrize("event", [TEXT, {"ok": True, "result": TEXT}])
def test_a_text_of_the_documents_in_either_shape(event: dict[str, object]) -> None:
    incoming = parsed(event)
    assert incoming is not None
    assert (incoming.address.channel, incoming.address.bot, incoming.address.chat) == ("zalo", BOT, LAN)
    assert (incoming.text, incoming.external_id) == ("xin chao", "a0b1c2d3e4f5a6b7c8d9")
    assert incoming.sent_at == datetime.fromtimestamp(1_790_000_000, UTC)


@pytest.mark.parametrize(
    ("text", "command", "argument"),
    [
        ("/start K7QM4-T2X9B", "start", "K7QM4-T2X9B"),
        ("/menu", "menu", ""),
        ("lienket K7QM4-T2X9B", "start", "k7qm4-t2x9b"),
        ("Liên kết k7qm4-t2x9b", "start", "k7qm4-t2x9b"),
        ("LIENKET  K7QM4T2X9B ", "start", "k7qm4t2x9b"),
        ("lien ket: K7QM4 T2X9B", "start", "k7qm4 t2x9b"),
        ("lienket", "", ""),
        ("lien ket tai khoan", "", ""),
        ("tôi muốn liên kết tài khoản", "", ""),
        ("/Đồng ý", "", ""),
        ("/ start", "", ""),
    ],
)
def test_commands_and_the_word_for_a_code(text: str, command: str, argument: str) -> None:
    incoming = meant(text=text)
    assert (incoming.command, incoming.argument) == (command, argument)
    assert bool(incoming.text) is not bool(command)


@pytest.mark.parametrize(
    "fields", [{"photo_url": PHOTO}, {"photo": PHOTO}, {"photo_url": PHOTO, "photo": "x"}]
)
def test_a_photo_by_either_name(fields: dict[str, object]) -> None:
    (file,) = meant("message.image.received", caption="Họp khoa", text=None, **fields).files
    assert (file.ref, file.caption, file.photo, file.group) == (PHOTO, "Họp khoa", True, "")
    assert file.name == "anh-e4f5a6b7c8d9.jpg"


@pytest.mark.parametrize("link", [None, "", 7, "x" * 3000])
def test_a_photo_that_lies_nowhere_cannot_be_read(link: object) -> None:
    assert meant("message.image.received", photo_url=link, photo=None).unsupported


@pytest.mark.parametrize(
    "name",
    ["message.sticker.received", "message.voice.received", "message.unsupported.received", "moi", None],
)
def test_what_no_step_can_use_is_said_to_be_so(name: str) -> None:
    assert meant(name, text=None).unsupported


@pytest.mark.parametrize("told", [0, -1, 10**30, 1_790_000_000, "hôm nay", None, True, 1.5])
def test_a_moment_that_cannot_be_true_is_none_of_the_past(told: object) -> None:
    assert meant(date=told).sent_at > MONDAY.replace(year=2090)


@pytest.mark.parametrize(
    "fields",
    [
        {"chat": {"id": "zgr-12", "chat_type": "GROUP"}},
        {"chat": {"id": "zgr-12", "chat_type": "PRIVATE"}},
        {"chat": {"id": LAN, "chat_type": "GROUP"}},
        {"chat": {"id": 7, "chat_type": "PRIVATE"}},
        {"chat": {"id": "a b", "chat_type": "PRIVATE"}},
        {"chat": {"id": "\ud800", "chat_type": "PRIVATE"}},
        {"chat": None},
        {"from": {"id": LAN, "is_bot": True}},
    ],
)
def test_what_concerns_no_private_chat_of_ours(fields: dict[str, object]) -> None:
    event = {**TEXT, "message": {**TEXT["message"], **fields}}  # type: ignore[dict-item]  # it is one
    assert parsed(event) is None
    arrival = zalo_parse.event_of(event, BOT)
    assert arrival is not None
    assert arrival.chat == ""


@pytest.mark.parametrize("number", [None, 7, "", "a" * 200, "\ud800", "a b"])
def test_an_event_without_a_number_is_kept_and_known_again(number: object) -> None:
    one = zalo_parse.event_of(changed(message_id=number), BOT)
    again = zalo_parse.event_of({"result": changed(message_id=number), "ok": True}, BOT)
    other = zalo_parse.event_of(changed(message_id=number, text="khác"), BOT)
    assert one is not None
    assert one == again
    assert other is not None
    assert one.external_id != other.external_id


def test_half_a_letter_becomes_a_question_mark() -> None:
    assert meant(text="nửa \ud83d chữ").text == "nửa ? chữ"


async def test_an_album_is_several_photos_that_nothing_joins() -> None:
    line: Line = a_line()
    line.server.user_sends_album(LAN, [b"1", b"2", b"3"], caption="Hội nghị")
    heard = await line.hears()
    assert [one.files[0].caption for one in heard] == ["Hội nghị", "", ""]
    assert {one.files[0].group for one in heard} == {""}
    assert len({one.files[0].unique for one in heard}) == 3


def read(count: int, seed: int) -> int:
    """How many damaged events still mean something; none of them may do worse than mean nothing."""
    understood = 0
    for event in zalo_mutations.events(random.Random(seed), [LAN], count):
        found = zalo_parse.event_of(event, BOT)
        if found is None:
            continue
        found.raw.encode(), found.external_id.encode(), found.chat.encode()
        incoming = zalo_parse.parse(found.raw, BOT)
        assert (incoming is not None) == bool(found.chat)
        if incoming is not None:
            assert incoming.external_id == found.external_id
            text = f"{incoming.text}{incoming.command}{incoming.argument}"
            text.encode()
            understood += 1
    return understood


def test_a_thousand_damaged_events_are_read_or_laid_aside() -> None:
    assert read(1000, 20261122) > 300


@pytest.mark.gate
def test_twenty_thousand_damaged_events_are_read_or_laid_aside() -> None:
    assert read(20_000, 7) > 6000
