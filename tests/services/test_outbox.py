"""What is said: in parts that fit, once, to those who may be told, in the order of the lanes."""

from datetime import timedelta

import pytest
from sqlmodel import select

from core.messages import Address, Choice, FileOut, Message
from core.roles import Role
from core.texts.desk import NAV
from db.models import Account, OutboxRow
from db.transaction import Session
from services import outbox
from services.outbox import Lane
from tests import builders
from tests.chat import Town

PAPER = FileOut("0f" * 32, "tu-danh-gia.docx", "application/octet-stream")
SCREEN = Message(title="Tiêu đề", body="Nội dung", rows=((Choice("a", "Một"),),), nav=NAV)


def somewhere(town: Town, chat: int = 7001) -> Address:
    """A chat on the platform of this town."""
    channel = town.surface.channel()
    return Address(channel.name, channel.bot, str(chat))


async def queued(town: Town) -> list[tuple[int, str, int, str]]:
    """What waits: lane, body, turn, state."""
    rows = await town.rows(OutboxRow)
    return [(row.lane, Message.from_json(row.payload).body, row.turn, row.state) for row in rows]


async def claimed(
    town: Town, session: Session, highest: Lane = Lane.BULK, *, arrive: bool = False
) -> list[str]:
    """The bodies that may leave now; they may also `arrive`."""
    place, now = somewhere(town), town.clock.now()
    parcels = await outbox.claim(session, place.channel, place.bot, now, 10, highest, 10)
    if arrive and parcels:
        await outbox.record_sent(session, [(one, "1") for one in parcels], now)
    return [Message.from_json(one.payload).body for one in parcels]


async def test_a_long_screen_is_several_rows_and_its_choices_stand_on_the_last(numbers_town: Town) -> None:
    long = Message(title="Dài", body="\n\n".join(f"Đoạn {n} " + "chữ " * 60 for n in range(20)), nav=NAV)
    async with numbers_town.office() as session:
        now = numbers_town.clock.now()
        await outbox.post(session, somewhere(numbers_town), long, Lane.ANSWER, now, turn=3, edit=True)
    rows = await numbers_town.rows(OutboxRow)
    assert len(rows) > 2
    assert [bool(Message.from_json(row.payload).nav) for row in rows] == [False] * (len(rows) - 1) + [True]
    assert not any(row.edit for row in rows)


async def test_a_file_is_a_row_of_its_own_where_files_can_go(telegram_town: Town) -> None:
    async with telegram_town.office() as session:
        now = telegram_town.clock.now()
        message = Message(body="Bản sao", files=(PAPER,))
        await outbox.post(session, somewhere(telegram_town), message, Lane.NOTICE, now)
    rows = await telegram_town.rows(OutboxRow)
    assert [len(Message.from_json(row.payload).files) for row in rows] == [0, 1]


async def test_and_a_sentence_where_they_cannot(numbers_town: Town) -> None:
    async with numbers_town.office() as session:
        now = numbers_town.clock.now()
        await outbox.post(session, somewhere(numbers_town), Message(files=(PAPER,)), Lane.ANSWER, now)
    ((_lane, body, _turn, _state),) = await queued(numbers_town)
    assert body.startswith("Kèm tệp «tu-danh-gia.docx»: kênh này không chuyển được tệp")


async def test_a_key_is_queued_once_even_when_it_was_sent_long_ago(numbers_town: Town) -> None:
    place, now = somewhere(numbers_town), numbers_town.clock.now()
    for body in ("một", "hai"):
        async with numbers_town.office() as session:
            await outbox.post(session, place, Message(body=body), Lane.NOTICE, now, once="file:1")
            await outbox.post(session, place, Message(body=body), Lane.NOTICE, now, once="file:2")
        await numbers_town.settle()
    assert [body for _lane, body, _turn, _state in await queued(numbers_town)] == ["một", "một"]


async def test_an_answer_goes_before_a_notice_and_one_at_a_time(numbers_town: Town) -> None:
    place, now = somewhere(numbers_town), numbers_town.clock.now()
    async with numbers_town.office() as session:
        for lane, body in ((Lane.BULK, "loạt"), (Lane.NOTICE, "tin"), (Lane.ANSWER, "1"), (Lane.ANSWER, "2")):
            await outbox.post(session, place, Message(body=body), lane, now)
        await outbox.post(session, somewhere(numbers_town, 7002), Message(body="khác"), Lane.BULK, now)
    async with numbers_town.office() as session:
        assert await claimed(numbers_town, session, Lane.NOTICE, arrive=True) == ["1"]
        assert await claimed(numbers_town, session) == ["2", "khác"]
        assert await claimed(numbers_town, session) == []
    async with numbers_town.office() as session:
        assert await outbox.recover(session, place.channel, place.bot) == 2
        assert await claimed(numbers_town, session, arrive=True) == ["2", "khác"]
        assert await claimed(numbers_town, session, arrive=True) == ["tin"]
        assert await claimed(numbers_town, session, arrive=True) == ["loạt"]


async def test_the_parts_of_an_album_have_one_answer(numbers_town: Town) -> None:
    place = somewhere(numbers_town)
    for turn in (1, 2, 3):
        async with numbers_town.office() as session:
            now = numbers_town.clock.now()
            message = Message(body=f"{turn} tệp", nav=NAV)
            await outbox.post_gathered(session, place, message, now, turn=turn, key="album")
        numbers_town.clock.move(seconds=1)
    assert await queued(numbers_town) == [(0, "3 tệp", 3, "queued")]
    async with numbers_town.office() as session:
        assert await claimed(numbers_town, session) == []
    numbers_town.clock.move(seconds=1)
    await numbers_town.settle()
    async with numbers_town.office() as session:
        now = numbers_town.clock.now()
        await outbox.post_gathered(session, place, Message(body="4 tệp", nav=NAV), now, turn=4, key="album")
    assert [body for _lane, body, _turn, _state in await queued(numbers_town)] == ["3 tệp", "4 tệp"]


@pytest.mark.parametrize(
    ("lane", "life"), [(Lane.ANSWER, timedelta(minutes=15)), (Lane.NOTICE, timedelta(days=30))]
)
async def test_what_waited_too_long_is_not_sent(numbers_town: Town, lane: Lane, life: timedelta) -> None:
    place, now = somewhere(numbers_town), numbers_town.clock.now()
    async with numbers_town.office() as session:
        await outbox.post(session, place, Message(body="cũ"), lane, now)
    async with numbers_town.office() as session:
        await outbox.expire(session, now + life - timedelta(seconds=1))
    assert (await queued(numbers_town))[0][3] == "queued"
    async with numbers_town.office() as session:
        await outbox.expire(session, now + life)
    assert (await queued(numbers_town))[0][3] == "expired"


async def test_on_trial_only_administrators_are_told(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    minh = await numbers_town.joined("Lê Văn Minh", roles=(Role.ADMINISTRATOR,))
    async with numbers_town.office() as session:
        await builders.on_trial(session)
        people = [(await numbers_town.actor(session, chat)).person_id for chat in (lan, minh)]
        now = numbers_town.clock.now()
        assert await outbox.notify(session, people, Message(body="Tin"), now) == 1
        await outbox.notify_administrators(session, Message(body="Sự cố"), now)
    assert {row.chat for row in await numbers_town.rows(OutboxRow)} == {str(minh.id)}
    async with numbers_town.office() as session:
        await outbox.set_live(session)
        assert await outbox.notify(session, people, Message(body="Tin"), now) == 2


async def test_whoever_has_no_account_or_a_frozen_one_is_not_told(numbers_town: Town) -> None:
    await numbers_town.joined("Trần Thị Lan")
    async with numbers_town.office() as session:
        (account,) = await session.exec(select(Account))
        account.state = "frozen"
    async with numbers_town.office() as session:
        assert await outbox.notify(session, [1, 424242], Message(body="Tin"), numbers_town.clock.now()) == 0
    assert await numbers_town.rows(OutboxRow) == []


async def test_what_flew_when_the_process_died_flies_again_and_is_counted(numbers_town: Town) -> None:
    place, now = somewhere(numbers_town), numbers_town.clock.now()
    async with numbers_town.office() as session:
        await outbox.post(session, place, SCREEN, Lane.ANSWER, now, turn=1)
    for times in range(1, outbox.ATTEMPTS + 3):
        async with numbers_town.office() as session:
            assert await claimed(numbers_town, session) == ["Nội dung"]
        async with numbers_town.house() as house:
            await house.recover()
        (row,) = await numbers_town.rows(OutboxRow)
        assert (row.state, row.repeats, row.attempts) == ("queued", times, 0)


async def test_what_has_not_left_is_taken_back_whole_or_not_at_all(numbers_town: Town) -> None:
    town, now = numbers_town, numbers_town.clock.now()
    long = Message(body="\n\n".join(f"Đoạn {n} " + "chữ " * 60 for n in range(20)))
    notices = [(somewhere(town, 7001), long, "dài"), (somewhere(town, 7002), SCREEN, "đã gửi")]
    notices += [(somewhere(town, 7100 + n), SCREEN, f"n{n}") for n in range(60)]
    async with town.office() as session:
        await outbox.post_until(session, notices, now, now + timedelta(hours=1))
        await outbox.post_until(session, notices, now, now + timedelta(hours=1))
    before = await town.rows(OutboxRow)
    assert len(before) == len({row.once for row in before})
    async with town.office() as session:
        for row in (await session.exec(select(OutboxRow).where(OutboxRow.once == "đã gửi:0"))).all():
            row.state = "sent"
    async with town.office() as session:
        taken = await outbox.withdraw(session, [one for *_rest, one in notices] + ["không có"], now)
        assert set(taken) == {one for *_rest, one in notices} - {"đã gửi"}
    assert {row.state for row in await town.rows(OutboxRow) if row.chat == "7002"} == {"sent"}
    assert {row.state for row in await town.rows(OutboxRow) if row.chat != "7002"} == {"cancelled"}
    async with town.office() as session:
        await outbox.post_until(session, notices, now, now + timedelta(hours=1))
    again = [row for row in await town.rows(OutboxRow) if row.state == "queued"]
    assert len(again) == len(before) - 1
