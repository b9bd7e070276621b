"""One person on two channels: linked by a code of their own, notices to one of them, one given up."""

import re

import pytest

from core.messages import Message
from core.refusals import Code, Refusal
from core.texts.channels import name
from db.models import Account, Consent, Invitation, OutboxRow
from services import channels, outbox, people
from tests import builders
from tests.chat import Chat, Town


async def added(chat: Chat, other: Chat) -> None:
    """Link another chat by a code of one's own."""
    await chat.says("/taikhoan")
    await chat.taps("Kênh nhận tin")
    await chat.taps("Dùng thêm kênh khác")
    await other.says(f"lienket {code(chat)}")
    await other.taps("Đúng là tôi")
    await other.taps("Tôi đồng ý")


def code(chat: Chat) -> str:
    """The code on the screen."""
    found = re.search(r"Mã của anh/chị: (\S+)", chat.screen)
    assert found is not None
    return found[1]


async def told(town: Town, chat: Chat, text: str) -> None:
    """Something the house says to a person unasked."""
    async with town.office() as session:
        person = (await town.actor(session, chat)).person_id
        await outbox.notify(session, [person], Message(body=text), town.clock.now())
    await town.time_passes(seconds=1)


@pytest.fixture
def pair(two_towns: Town) -> Town:
    """A town with two platforms."""
    return two_towns


async def test_two_channels(pair: Town) -> None:
    lan = await pair.joined("Trần Thị Lan")
    zalo = pair.stranger("Lan ở kênh kia", pair.beside)
    there = name(zalo.address.channel)
    await added(lan, zalo)
    assert f"vừa được nối thêm {there}" in lan.sees
    assert "Nếu không phải anh/chị" in lan.sees
    assert "vẫn đang nối với Telegram" in zalo.sees
    assert len(await pair.rows(Consent)) == 2

    # What is typed where the code stood is no reason to ask for a new one.
    await lan.says("xong rồi")
    assert "đã dùng xong hoặc đã hết hạn" in lan.sees
    assert "xin đầu mối" not in lan.sees
    await lan.taps("Quay lại")
    assert there in lan.sees

    await told(pair, lan, "Tin thứ nhất")
    assert ("Tin thứ nhất" in lan.sees, "Tin thứ nhất" in zalo.sees) == (True, False)

    # The door of the notice opens there by its keyword.
    await zalo.says("KENH")
    assert "Telegram" in zalo.sees
    assert "đang nhận thông báo" in zalo.sees
    await zalo.taps(f"Nhận thông báo ở {there}")
    assert f"sẽ đến ở {there}" in zalo.sees
    await told(pair, lan, "Tin thứ hai")
    assert ("Tin thứ hai" in lan.sees, "Tin thứ hai" in zalo.sees) == (False, True)

    # The telephone with Telegram is lost: nothing of theirs can be opened there any more.
    await zalo.taps("Tôi không dùng Telegram nữa")
    assert f"đến ở {there}" in zalo.sees
    await zalo.taps("Không dùng Telegram nữa")
    assert "Đã ngừng dùng Telegram" in zalo.sees
    assert "Nếu không phải anh/chị" not in zalo.sees
    assert "đã ngừng dùng ở cuộc trò chuyện này" in lan.sees
    await lan.says("menu")
    assert "nhập mã tham gia" in lan.sees

    # The last one is given up by a word alone.
    await zalo.taps(f"Tôi không dùng {there} nữa")
    await zalo.says("1")
    assert [one.state for one in await pair.rows(Account)] == ["frozen", "active"]
    await zalo.taps("Ngừng dùng kênh duy nhất")
    assert [one.state for one in await pair.rows(Account)] == ["frozen", "frozen"]


async def test_a_code_of_ones_own_lies_nowhere_and_works_once(pair: Town) -> None:
    lan = await pair.joined("Trần Thị Lan")
    await lan.says("/taikhoan")
    await lan.taps("Kênh nhận tin")
    await lan.taps("Dùng thêm kênh khác")
    secret = code(lan)
    bare = secret.replace("-", "")
    stored = [repr(row) for model in (OutboxRow, Invitation) for row in await pair.rows(model)]
    assert not any(secret in row or bare in row for row in stored)
    await lan.says(secret)
    assert "gõ ở kênh kia" in lan.sees

    # Two chats with the same code: one of them is first.
    first, second = (pair.stranger(name, pair.beside) for name in ("Một", "Hai"))
    for chat in (first, second):
        await chat.says(secret)
        assert "Trần Thị Lan" in chat.sees
        await chat.taps("Đúng là tôi")
    await first.taps("Tôi đồng ý")
    await second.taps("Tôi đồng ý")
    assert "không dùng được" in second.sees
    third = pair.stranger("Ba", pair.beside)
    await third.says(secret)
    assert "Mã này không dùng được" in third.sees
    assert len([one for one in await pair.rows(Account) if one.state == "active"]) == 2


async def test_a_code_of_ones_own_takes_nobodys_place(pair: Town) -> None:
    lan = await pair.joined("Trần Thị Lan")
    hoa = pair.stranger("Hoa", pair.beside)
    await hoa.says(await pair.code("Lê Thị Hoa"))
    await hoa.taps("Đúng là tôi")
    await hoa.taps("Tôi đồng ý")
    await lan.says("/taikhoan")
    await lan.taps("Kênh nhận tin")
    await lan.taps("Dùng thêm kênh khác")
    # At another person's chat, and in a second chat on the same channel, it is worth nothing.
    await hoa.says(f"/start {code(lan).replace('-', '')}")
    assert "Trần Thị Lan" not in hoa.sees
    twin = pair.stranger("Lan, máy khác")
    await twin.says(code(lan))
    assert "Mã này không dùng được" in twin.sees
    # After a quarter of an hour, nowhere.
    late = pair.stranger("Lan, kênh kia", pair.beside)
    secret = code(lan)
    await pair.time_passes(minutes=15)
    await late.says(secret)
    assert "Mã này không dùng được" in late.sees


async def test_nobody_touches_another_persons_channels(pair: Town) -> None:
    lan = await pair.joined("Trần Thị Lan")
    hoa = await pair.joined("Lê Thị Hoa")
    now = pair.clock.now()
    of_hoa = next(one.id or 0 for one in await pair.rows(Account) if one.chat == str(hoa.id))
    async with pair.office() as session:
        actor, other = await pair.actor(session, lan), await pair.actor(session, hoa)
        made = await channels.add_one(session, other, now)
        given = await builders.a_code(session, other.person_id, now)
        office = await people.find_candidate(session, lan.address, given.token, now)
        assert office is not None
        for number in (of_hoa, 10**9, -1):
            for act in (channels.prefer, channels.drop):
                with pytest.raises(Refusal) as refused:
                    await act(session, actor, number, now)
                assert refused.value.code is Code.NOT_FOUND
        for asker, number in ((actor, made), (other, office.invitation_id), (other, 10**9)):
            assert await channels.way_in(session, asker, number, now) is None
    assert {one.state for one in await pair.rows(Account)} == {"active"}
