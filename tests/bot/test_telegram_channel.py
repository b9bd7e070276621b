"""What goes out to Telegram for each thing the house does, field by field; and what comes in."""

import json
from collections.abc import Callable

import pytest

from bot.channels.base import (
    Delivered,
    FetchFailedError,
    FileGoneError,
    FileTooBigError,
    Outgoing,
)
from bot.emulators.telegram import BotApi, Fault
from core.messages import Address, Choice, Door, FileRef, Incoming, Message, Tap
from core.texts.desk import NAV
from tests.bot.recorded import HUNG, LAN, Line, a_line
from tests.fakes import FrozenClock


@pytest.fixture
def line(clock: FrozenClock) -> Line:
    """A Telegram on which Lan has pressed Start."""
    return a_line(BotApi(clock.now))


SEND = {"chat_id": "1001", "parse_mode": "HTML", "link_preview_options": '{"is_disabled":true}'}
EDIT = {"chat_id": "1001", "parse_mode": "HTML", "message_id": "1"}
BACK = '[{"text":"⬅️ Quay lại","callback_data":"7:.back"},{"text":"✖️ Hủy","callback_data":"7:.cancel"}]'
HOME = '[{"text":"🏠 Menu","callback_data":"7:.menu"},{"text":"❔ Trợ giúp","callback_data":"7:.help"}]'

Calls = list[tuple[str, dict[str, str]]]
SENT: dict[str, tuple[Callable[[Address], Outgoing], Calls]] = {
    "a sentence": (
        lambda lan: Outgoing(lan, Message(body="Đã lưu.")),
        [("sendMessage", {**SEND, "text": "Đã lưu."})],
    ),
    "a whole screen, with what people wrote": (
        lambda lan: Outgoing(lan, Message("Tựa <b>", "1 < 2 & 3", "gợi ý", "ghi nhận"), turn=7),
        [
            (
                "sendMessage",
                {**SEND, "text": "ghi nhận\n\n<b>Tựa &lt;b&gt;</b>\n\n1 &lt; 2 &amp; 3\n\n<i>gợi ý</i>"},
            )
        ],
    ),
    "choices row by row, then the ways out": (
        lambda lan: Outgoing(
            lan,
            Message(
                title="A",
                rows=((Choice("level.tot", "Tốt"), Choice("level.kha", "Khá")), (Choice("na", "Không"),)),
                nav=NAV,
            ),
            turn=7,
        ),
        [
            (
                "sendMessage",
                {
                    **SEND,
                    "text": "<b>A</b>",
                    "reply_markup": '{"inline_keyboard":[[{"text":"Tốt","callback_data":"7:level.tot"},'
                    '{"text":"Khá","callback_data":"7:level.kha"}],'
                    '[{"text":"Không","callback_data":"7:na"}],' + f"{BACK},{HOME}]}}",
                },
            )
        ],
    ),
    "a grave choice is a button like any other": (
        lambda lan: Outgoing(
            lan, Message(body="Ký?", rows=((Choice("sign", "Ký", grave=True, word="KY"),),)), turn=3
        ),
        [
            (
                "sendMessage",
                {
                    **SEND,
                    "text": "Ký?",
                    "reply_markup": '{"inline_keyboard":[[{"text":"Ký","callback_data":"3:sign"}]]}',
                },
            )
        ],
    ),
    "a notice with a door": (
        lambda lan: Outgoing(lan, Message(body="Tệp lỗi", doors=(Door("evidence", "12", "Mở tệp", "MC"),))),
        [
            (
                "sendMessage",
                {
                    **SEND,
                    "text": "Tệp lỗi",
                    "reply_markup": '{"inline_keyboard":'
                    '[[{"text":"Mở tệp","callback_data":"door:evidence:12"}]]}',
                },
            )
        ],
    ),
    "a screen in the place of another": (
        lambda lan: Outgoing(lan, Message(body="Hai", rows=((Choice("a", "A"),),)), turn=2, replaces="1"),
        [
            (
                "editMessageText",
                {
                    **EDIT,
                    "text": "Hai",
                    "reply_markup": '{"inline_keyboard":[[{"text":"A","callback_data":"2:a"}]]}',
                },
            )
        ],
    ),
    "a screen without choices takes the old ones away": (
        lambda lan: Outgoing(lan, Message(body="Hai"), turn=2, replaces="1"),
        [("editMessageText", {**EDIT, "text": "Hai"})],
    ),
}


@pytest.mark.parametrize("what", SENT)
async def test_what_goes_out(what: str, line: Line) -> None:
    outgoing, expected = SENT[what]
    await line.channel.deliver(Outgoing(line.lan, Message(body="Một", rows=((Choice("x", "X"),),)), turn=1))
    line.calls.clear()
    assert isinstance(await line.channel.deliver(outgoing(line.lan)), Delivered)
    assert line.calls == expected


async def test_buttons_are_taken_off_a_screen_that_was_followed(line: Line) -> None:
    await line.channel.deliver(Outgoing(line.lan, Message(body="Một", rows=((Choice("x", "X"),),)), turn=1))
    line.calls.clear()
    await line.channel.retire(line.lan, "1")
    assert line.calls == [("editMessageReplyMarkup", {"chat_id": "1001", "message_id": "1"})]


async def test_news_is_asked_for_from_the_first_that_is_not_on_disk(line: Line) -> None:
    kinds = '["message", "edited_message", "callback_query", "my_chat_member"]'
    asked = {"timeout": "0", "allowed_updates": kinds}
    first = line.api.user_says(LAN, "một")
    line.channel.confirm(await line.channel.poll())
    await line.channel.poll()
    await line.channel.poll()
    assert line.calls == [
        ("getUpdates", {**asked, "offset": "0"}),
        ("getUpdates", {**asked, "offset": str(first + 1)}),
        ("getUpdates", {**asked, "offset": "0"}),
    ]


async def test_a_long_file_name_keeps_its_extension(line: Line) -> None:
    line.api.user_sends_document(LAN, f"Báo cáo {'rất ' * 60}dài.pdf", b"%PDF", mime="application/pdf")
    (file,) = (await the_incoming(line)).files
    assert len(file.name) <= 120
    assert file.name.startswith("Báo cáo rất rất")
    assert file.name.endswith(".pdf")


async def test_a_file_is_fetched_in_two_calls(line: Line) -> None:
    line.api.user_sends_document(LAN, "a.pdf", b"%PDF", mime="application/pdf")
    (file,) = (await the_incoming(line)).files
    line.calls.clear()
    assert [piece async for piece in line.channel.fetch(file)] == [b"%PDF"]
    assert line.calls[0] == ("getFile", {"file_id": file.ref})
    assert len(line.calls) == 2


@pytest.mark.parametrize(
    ("description", "error"),
    [
        ("Bad Request: invalid file_id", FileGoneError),
        ("Bad Request: wrong file_id or the file is temporarily unavailable", FetchFailedError),
        ("Bad Request: file is too big", FileTooBigError),
        ("Internal Server Error", FetchFailedError),
    ],
)
async def test_a_file_that_is_not_handed_out(description: str, error: type[Exception], line: Line) -> None:
    status = 400 if description.startswith("Bad Request") else 500
    line.api.faults.add(Fault("getFile", status=status, description=description))
    file = FileRef("x", "x", "a.pdf", 1, "application/pdf")
    with pytest.raises(error):
        _ = [piece async for piece in line.channel.fetch(file)]


async def the_incoming(line: Line) -> Incoming:
    """The newest thing that came in."""
    incoming = line.channel.parse((await line.channel.poll())[-1].raw)
    assert incoming is not None
    return incoming


async def test_a_press_is_answered_at_once_and_files_are_seen_to(line: Line) -> None:
    await line.channel.deliver(Outgoing(line.lan, Message(rows=((Choice("a", "A"),),)), turn=4))
    line.api.user_taps_label(LAN, "A")
    (arrival,) = await line.channel.poll()
    pressed = await the_incoming(line)
    assert pressed.tap == Tap(4, "a")
    line.calls.clear()
    await line.channel.acknowledge(arrival.raw, pressed)
    query = json.loads(arrival.raw)["callback_query"]["id"]
    assert line.calls == [("answerCallbackQuery", {"callback_query_id": query})]
    line.channel.confirm([arrival])

    line.api.user_sends_photo(LAN, b"jpeg")
    (arrival,) = await line.channel.poll()
    line.calls.clear()
    await line.channel.acknowledge(arrival.raw, await the_incoming(line))
    assert line.calls[-1] == ("sendChatAction", {"chat_id": "1001", "action": "typing"})
    assert line.api.view(LAN).action == "typing"


async def test_a_courtesy_that_comes_too_late_is_let_be(line: Line, clock: FrozenClock) -> None:
    await line.channel.deliver(Outgoing(line.lan, Message(rows=((Choice("a", "A"),),)), turn=4))
    line.api.user_taps_label(LAN, "A")
    (arrival,) = await line.channel.poll()
    clock.move(hours=3)
    await line.channel.acknowledge(arrival.raw, await the_incoming(line))
    line.api.outage = True
    await line.channel.acknowledge(arrival.raw, Incoming(line.lan, "1", clock.now(), tap=Tap(4, "a")))


async def test_commands_are_offered_to_one_chat_or_to_all(line: Line) -> None:
    await line.channel.set_commands("1001", [("viec", "Việc của tôi")])
    await line.channel.set_commands("", [("start", "Bắt đầu")])
    assert line.calls == [
        (
            "setMyCommands",
            {
                "commands": '[{"command": "viec", "description": "Việc của tôi"}]',
                "scope": '{"type": "chat", "chat_id": 1001}',
            },
        ),
        (
            "setMyCommands",
            {
                "commands": '[{"command": "start", "description": "Bắt đầu"}]',
                "scope": '{"type": "default"}',
            },
        ),
    ]


async def test_a_command_meant_for_us_by_name(line: Line) -> None:
    line.api.user_says(LAN, "/ViEc@emulated_bot  thừa ")
    incoming = await the_incoming(line)
    assert (incoming.command, incoming.argument, incoming.text) == ("viec", "thừa", "")


@pytest.mark.parametrize("text", ["/", "/ a", "/việc", "/1a", "//", "a /viec", "/a-b"])
async def test_what_only_looks_like_a_command_is_text(text: str, line: Line) -> None:
    line.api.user_says(LAN, text)
    incoming = await the_incoming(line)
    assert (incoming.command, incoming.text) == ("", text)


async def test_an_edited_message_is_told_apart(line: Line) -> None:
    line.api.user_says(LAN, "5")
    message = line.api.view(LAN).messages[-1].id
    line.channel.confirm(await line.channel.poll())
    line.api.user_edits(LAN, message, "6")
    incoming = await the_incoming(line)
    assert (incoming.edited, incoming.text) == (True, "")


async def test_what_no_step_can_use(line: Line) -> None:
    line.api.user_shares_contact(LAN, phone="+84900000000")
    incoming = await the_incoming(line)
    assert incoming.unsupported
    sticker = {
        "update_id": 5,
        "message": {
            "message_id": 1,
            "date": 1,
            "chat": {"id": LAN, "type": "private", "first_name": "Lan"},
            "from": {"id": LAN, "is_bot": False, "first_name": "Lan"},
            "sticker": {"file_id": "s", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1}
            | {"is_animated": False, "is_video": False},
        },
    }
    understood = line.channel.parse(json.dumps(sticker))
    assert understood is not None
    assert understood.unsupported


async def test_the_largest_size_of_a_photo_and_its_album(line: Line) -> None:
    line.api.user_sends_album(LAN, [b"one", b"two"], caption="Họp khoa")
    first, second = [line.channel.parse(arrival.raw) for arrival in await line.channel.poll()]
    assert first is not None
    assert second is not None
    (one,), (two,) = first.files, second.files
    assert one.group == two.group != ""
    assert (one.caption, two.caption) == ("Họp khoa", "")
    assert one.mime == "image/jpeg"
    assert one.name != two.name
    assert b"".join([piece async for piece in line.channel.fetch(two)]) == b"two"


async def test_groups_are_nobodys_business(line: Line) -> None:
    line.api.add_group(-100, "Khoa Nội")
    line.api.user_says(-100, "/viec", by=LAN)
    line.api.user_sends_photo(-100, b"jpeg", by=HUNG)
    arrivals = await line.channel.poll()
    assert [line.channel.parse(arrival.raw) for arrival in arrivals] == [None, None]
    assert {arrival.chat for arrival in arrivals} == {""}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("12:level.tot", Tap(12, "level.tot")),
        ("0:", Tap(0, "")),
        ("-1:a", Tap(-1, "a")),
        ("x:a", Tap(-1, "a")),
        ("²:a", Tap(-1, "a")),
        ("9999999999:a", Tap(-1, "a")),
        ("a", Tap(-1, "")),
        ("7:a:b:c", Tap(7, "a:b:c")),
    ],
)
async def test_what_a_press_carries(data: str, expected: Tap, line: Line) -> None:
    line.api.user_taps(LAN, 1, data, forged=True)
    assert (await the_incoming(line)).tap == expected


async def test_a_door_carries_its_dialogue_and_subject(line: Line) -> None:
    line.api.user_taps(LAN, 1, "door:evidence:12", forged=True)
    line.api.user_taps(LAN, 1, "door:evidence", forged=True)
    doors = [line.channel.parse(arrival.raw) for arrival in await line.channel.poll()]
    assert [one.door for one in doors if one] == [("evidence", "12"), ("evidence", "")]


async def test_a_press_by_somebody_else_is_nobodys(line: Line) -> None:
    line.api.user_taps(LAN, 1, "1:go", by=HUNG, forged=True)
    (arrival,) = await line.channel.poll()
    assert line.channel.parse(arrival.raw) is None


async def test_a_chat_that_became_another_is_not_answered(line: Line) -> None:
    for field in ("migrate_to_chat_id", "migrate_from_chat_id"):
        moved = {
            "update_id": 5,
            "message": {
                "message_id": 1,
                "date": 1,
                "chat": {"id": LAN, "type": "private", "first_name": "Lan"},
                field: -100123,
            },
        }
        assert line.channel.parse(json.dumps(moved)) is None


@pytest.mark.parametrize("raw", ["[]", "null", '"a"', "1", "{}", '{"message": 5}'])
def test_what_is_no_update_is_a_value_error(raw: str, line: Line) -> None:
    with pytest.raises(ValueError, match="not an update"):
        line.channel.parse(raw)
