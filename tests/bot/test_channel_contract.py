"""What the house expects of every channel, whatever the platform can carry."""

import json

import pytest

from bot.channels.base import (
    Channel,
    Delivered,
    FetchFailedError,
    FileGoneError,
    Outgoing,
    OutgoingFile,
    Unreachable,
)
from core.messages import Address, Choice, FileRef, Incoming, Message, split_message, utf16_length
from services.inbox import Arrival
from tests.fakes import FrozenClock
from tests.surfaces import AnySurface, surface

LAN, HUNG = 1001, 1002
PDF = ("bao-cao.pdf", "application/pdf", b"%PDF-1.4 ...")


@pytest.fixture(params=["telegram", "zalo"])
def platform(request: pytest.FixtureRequest, clock: FrozenClock) -> AnySurface:
    """Each kind of platform, with Lan and Hùng known to it."""
    return surface(request.param, clock)


async def taken_in(channel: Channel) -> list[Arrival]:
    """All that waits, in as many pieces as the platform tells it."""
    taken: list[Arrival] = []
    while arrivals := await channel.poll():
        channel.confirm(arrivals)
        taken += arrivals
    return taken


async def understood(channel: Channel) -> list[Incoming]:
    """The same, as what it means."""
    meant = [channel.parse(arrival.raw) for arrival in await taken_in(channel)]
    return [one for one in meant if one is not None]


async def only(channel: Channel) -> Incoming:
    """The one thing that came in, understood."""
    (incoming,) = await understood(channel)
    return incoming


def to(channel: Channel, chat: int) -> Address:
    return Address(channel.name, channel.bot, str(chat))


async def test_what_came_in_is_told_until_it_is_confirmed(platform: AnySurface) -> None:
    for text in ("một", "hai", "ba"):
        platform.says(LAN, text)
    channel = platform.channel()
    first = await channel.poll()
    assert [json.loads(arrival.raw) for arrival in first] == [
        json.loads(arrival.raw) for arrival in await channel.poll()
    ]
    assert [one.text for one in await understood(channel)] == ["một", "hai", "ba"]
    assert await taken_in(channel) == []


async def test_confirming_a_part_leaves_the_rest(platform: AnySurface) -> None:
    for text in ("một", "hai", "ba"):
        platform.says(LAN, text)
    channel = platform.channel()
    channel.confirm((await channel.poll())[:1])
    assert [one.text for one in await understood(channel)] == ["hai", "ba"]


@pytest.mark.parametrize("platform", ["telegram"], indirect=True)
async def test_after_a_restart_the_unconfirmed_comes_again(platform: AnySurface) -> None:
    platform.says(LAN, "một")
    before = await platform.channel().poll()
    assert await platform.channel().poll() == before


async def test_nothing_is_confirmed_by_confirming_nothing(platform: AnySurface) -> None:
    platform.says(LAN, "một")
    channel = platform.channel()
    channel.confirm([])
    assert (await only(channel)).text == "một"


async def test_every_arrival_has_its_own_number_and_the_chat_it_is_parsed_to(platform: AnySurface) -> None:
    platform.starts(LAN, "abc")
    platform.says(HUNG, "xin chào")
    platform.sends(LAN, [PDF, PDF], "", "")
    channel = platform.channel()
    arrivals = await taken_in(channel)
    assert len({arrival.external_id for arrival in arrivals}) == 4
    for arrival in arrivals:
        incoming = channel.parse(arrival.raw)
        assert incoming is not None
        assert (arrival.channel, arrival.bot) == (channel.name, channel.bot)
        assert incoming.address == Address(channel.name, channel.bot, arrival.chat)
        assert incoming.external_id == arrival.external_id
        assert incoming.sent_at.tzinfo is not None


async def test_a_text_a_command_and_a_link(platform: AnySurface) -> None:
    platform.says(LAN, "  Xin chào\nanh ")
    platform.says(LAN, "/viec")
    platform.starts(LAN, "MA-MOI-123")
    text, command, link = await understood(platform.channel())
    assert (text.text.strip(), text.command) == ("Xin chào\nanh", "")
    assert (command.text, command.command, command.argument) == ("", "viec", "")
    assert (link.command, link.argument) == ("start", "MA-MOI-123")


async def test_a_file_comes_as_it_is_called_or_as_something_unreadable(platform: AnySurface) -> None:
    platform.sends(LAN, [PDF], "", "")
    channel = platform.channel()
    incoming = await only(channel)
    if not channel.capabilities.files_in:
        assert (incoming.files, incoming.unsupported) == ((), True)
        return
    (file,) = incoming.files
    assert (file.name, file.size, file.mime) == (PDF[0], len(PDF[2]), PDF[1])
    assert b"".join([piece async for piece in channel.fetch(file)]) == PDF[2]


async def test_a_file_that_is_gone_is_said_to_be_gone_or_worth_another_try(platform: AnySurface) -> None:
    channel = platform.channel()
    file = FileRef("unknown", "unknown", "a.pdf", 1, "application/pdf")
    with pytest.raises((FileGoneError, FetchFailedError)):
        _ = [piece async for piece in channel.fetch(file)]


async def test_a_photo_can_be_looked_at(platform: AnySurface) -> None:
    platform.sends(LAN, [("", "image/jpeg", b"\xff\xd8 ...")], "", "Chữ ký")
    channel = platform.channel()
    (file,) = (await only(channel)).files
    assert (file.mime, file.name[:4], file.name[-4:]) == ("image/jpeg", "anh-", ".jpg")
    assert b"".join([piece async for piece in channel.fetch(file)]) == b"\xff\xd8 ..."


async def test_blocking_and_coming_back(platform: AnySurface) -> None:
    """Some platforms tell of it at once; on the others it shows when somebody is written to."""
    platform.says(LAN, "xin chào")
    channel = platform.channel()
    await taken_in(channel)

    platform.blocks(LAN, blocked=True)
    assert all(one.reachable is False for one in await understood(channel))
    assert isinstance(await channel.deliver(Outgoing(to(channel, LAN), Message(body="a"))), Unreachable)

    platform.blocks(LAN, blocked=False)
    assert all(one.reachable is True for one in await understood(channel))
    assert isinstance(await channel.deliver(Outgoing(to(channel, LAN), Message(body="b"))), Delivered)
    assert [bubble.text for bubble in platform.bubbles(LAN)] == ["b"]


async def test_messages_stand_in_the_order_they_were_delivered_each_with_its_receipt(
    platform: AnySurface,
) -> None:
    platform.says(LAN, "xin chào")
    channel = platform.channel()
    receipts = [
        await channel.deliver(Outgoing(to(channel, LAN), Message(body=f"Tin {number}")))
        for number in range(5)
    ]
    assert [bubble.text for bubble in platform.bubbles(LAN)] == [f"Tin {number}" for number in range(5)]
    assert all(isinstance(receipt, Delivered) and receipt.receipt for receipt in receipts)
    assert len(set(receipts)) == 5


async def test_a_screen_that_replaces_another(platform: AnySurface) -> None:
    platform.says(LAN, "xin chào")
    channel = platform.channel()
    screen = Message(title="Một", rows=((Choice("a", "Đạt"),),))
    first = await channel.deliver(Outgoing(to(channel, LAN), screen, turn=1))
    assert isinstance(first, Delivered)
    again = Outgoing(to(channel, LAN), Message(title="Hai"), turn=2, replaces=first.receipt)
    assert isinstance(await channel.deliver(again), Delivered)
    shown = platform.bubbles(LAN)
    assert len(shown) == (1 if channel.capabilities.edits else 2)
    assert "hai" in shown[-1].text.lower()


async def test_a_message_as_long_as_the_channel_says_it_carries(platform: AnySurface) -> None:
    platform.says(LAN, "xin chào")
    channel = platform.channel()
    limit = channel.capabilities.text_limit
    parts = split_message(Message(body="Đơn vị 🏥 " * limit), limit)
    assert len(parts) > 5
    for part in parts:
        assert isinstance(await channel.deliver(Outgoing(to(channel, LAN), part)), Delivered)
    assert all(utf16_length(bubble.text) <= limit for bubble in platform.bubbles(LAN))


async def test_a_file_is_handed_over(platform: AnySurface) -> None:
    channel = platform.channel()
    if not channel.capabilities.files_out:
        pytest.skip("this platform carries no files")
    platform.says(LAN, "xin chào")
    file = OutgoingFile("bản ký.docx", "application/msword", b"content")
    assert isinstance(await channel.deliver(Outgoing(to(channel, LAN), Message(), files=(file,))), Delivered)
    assert platform.files(LAN) == [("bản ký.docx", b"content")]


async def test_files_that_go_together_arrive_in_their_order_under_one_receipt(platform: AnySurface) -> None:
    channel = platform.channel()
    if not channel.capabilities.files_out:
        pytest.skip("this platform carries no files")
    platform.says(LAN, "xin chào")
    files = tuple(OutgoingFile(f"{n}.pdf", "application/pdf", b"content %d" % n) for n in range(4))
    outcome = await channel.deliver(Outgoing(to(channel, LAN), Message(), files=files))
    assert isinstance(outcome, Delivered)
    assert outcome.receipt
    assert platform.files(LAN) == [(f"{n}.pdf", b"content %d" % n) for n in range(4)]


async def test_a_person_is_no_crowd(platform: AnySurface) -> None:
    assert not platform.channel().crowd(str(LAN))


async def test_courtesies_never_fail(platform: AnySurface) -> None:
    platform.says(LAN, "xin chào")
    channel = platform.channel()
    (arrival,) = await taken_in(channel)
    incoming = channel.parse(arrival.raw)
    assert incoming is not None
    await channel.acknowledge(arrival.raw, incoming)
    await channel.set_commands(str(LAN), [("viec", "Việc của tôi")])
    await channel.set_commands("", [("start", "Bắt đầu")])
    assert platform.bubbles(LAN) == []


async def test_what_is_no_update_is_a_value_error(platform: AnySurface) -> None:
    channel = platform.channel()
    for raw in ("", "{", "không phải JSON"):
        with pytest.raises(ValueError, match=r"\w"):
            channel.parse(raw)
