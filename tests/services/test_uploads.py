"""Pages for sending files: one place, one use, one day, one person."""

from datetime import timedelta

import pytest
from sqlmodel import select

from core.messages import Address, FileRef
from core.refusals import Code, Refusal
from db.models import InboxRow, UploadPage
from services import housekeeping, people_leaving, uploads
from services.actor import console
from services.conversations import Frame
from services.uploads import PAGE_LIFE, PAGES_A_DAY, PageState
from tests.chat import Chat, Town

TRAY = Frame("evidence", "tray")
WHAT = "Minh chứng của tôi"


def files(number: int, count: int = 1) -> list[FileRef]:
    """What the page of that number stored."""
    return [
        FileRef(f"upload:{number}.{k}", f"{k:064}", f"kế hoạch {k}.pdf", 2_000, "application/pdf")
        for k in range(1, count + 1)
    ]


async def issued(town: Town, chat: Chat, frame: Frame = TRAY, most: int = 3) -> int:
    """A page for somebody, given out as the desk does it."""
    async with town.office() as session:
        actor = await town.actor(session, chat)
        return await uploads.issue(session, actor, chat.address, frame, WHAT, town.clock.now(), most=most)


async def looked_at(town: Town, number: int) -> PageState | None:
    """What state a page shows."""
    async with town.office() as session:
        facts = await uploads.look(session, number, town.clock.now())
        return facts.state if facts else None


async def finished(town: Town, number: int, count: int = 1) -> bool:
    """Files are sent by a page."""
    async with town.office() as session:
        return await uploads.finish(session, number, files(number, count), town.clock.now())


async def test_a_page_tells_its_owner_by_given_name_and_what_it_is_for(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    number = await issued(numbers_town, lan)
    async with numbers_town.office() as session:
        facts = await uploads.look(session, number, numbers_town.clock.now())
        assert await uploads.look(session, number + 1, numbers_town.clock.now()) is None
    assert facts is not None
    assert (facts.given_name, facts.what, facts.most, facts.state) == ("Lan", WHAT, 3, PageState.OPEN)


async def test_what_was_sent_waits_in_the_inbox_once_whoever_sends_it_again(numbers_town: Town) -> None:
    lan = await numbers_town.joined()
    number = await issued(numbers_town, lan)
    assert await finished(numbers_town, number, 2)
    assert not await finished(numbers_town, number, 2)
    assert await looked_at(numbers_town, number) is PageState.USED
    (row,) = [one for one in await numbers_town.rows(InboxRow) if one.external_id == f"upload:{number}"]
    incoming = uploads.understood(lan.address, row.external_id, row.raw or "")
    assert (row.chat, incoming.upload, list(incoming.files)) == (lan.address.chat, number, files(number, 2))


async def test_an_open_page_of_the_same_place_is_given_again_and_lasts_another_day(
    numbers_town: Town,
) -> None:
    lan = await numbers_town.joined()
    number = await issued(numbers_town, lan)
    numbers_town.clock.move(hours=20)
    assert await issued(numbers_town, lan) == number
    other = await issued(numbers_town, lan, Frame("evidence", "swap", {"file": 3}))
    assert other != number
    numbers_town.clock.move(hours=20)
    assert await looked_at(numbers_town, number) is PageState.OPEN
    numbers_town.clock.move(hours=4)
    assert await looked_at(numbers_town, number) is PageState.EXPIRED
    assert not await finished(numbers_town, number)
    assert await issued(numbers_town, lan) not in {number, other}


async def test_a_used_page_is_not_given_again(numbers_town: Town) -> None:
    lan = await numbers_town.joined()
    number = await issued(numbers_town, lan)
    assert await finished(numbers_town, number)
    assert await issued(numbers_town, lan) != number


async def test_so_many_pages_a_day(numbers_town: Town) -> None:
    lan = await numbers_town.joined()
    for file in range(PAGES_A_DAY):
        await issued(numbers_town, lan, Frame("evidence", "swap", {"file": file}))
    with pytest.raises(Refusal) as refused:
        await issued(numbers_town, lan)
    assert refused.value.code is Code.UPLOAD_PAGES
    numbers_town.clock.move(hours=24)
    assert await issued(numbers_town, lan)


async def test_a_page_is_void_once_its_owner_left_or_moved_to_another_chat(numbers_town: Town) -> None:
    lan, mai = await numbers_town.joined("Trần Thị Lan", "NV1"), await numbers_town.joined("Lê Mai", "NV2")
    number, other = await issued(numbers_town, lan), await issued(numbers_town, mai)
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        await people_leaving.leave(session, console(now.date()), ["NV1"], now)
    new = numbers_town.stranger("máy mới")
    await new.says(await numbers_town.code("Lê Mai"))
    await new.taps("Đúng là tôi")
    await new.taps("đồng ý")
    for page in (number, other):
        assert await looked_at(numbers_town, page) is PageState.VOID
        assert not await finished(numbers_town, page)


@pytest.mark.parametrize("sent", [[], files(1, 4), files(2), [FileRef("AgACAgUAA", "u", "a.pdf", 1, "")]])
async def test_a_page_takes_no_files_of_another_and_no_more_than_it_says(
    numbers_town: Town, sent: list[FileRef]
) -> None:
    number = await issued(numbers_town, await numbers_town.joined())
    assert number == 1
    async with numbers_town.office() as session:
        with pytest.raises(ValueError, match="page 1"):
            await uploads.finish(session, number, sent, numbers_town.clock.now())
    assert await looked_at(numbers_town, number) is PageState.OPEN


@pytest.mark.parametrize(
    ("external_id", "raw"),
    [
        ("upload:1", "{}"),
        ("upload:1", "[]"),
        ("upload:1", "nothing"),
        ("upload:1", '{"upload":1,"at":"2026-11-23T01:00:00+00:00","files":[]}'),
        ("upload:1", '{"upload":1,"at":"2026-11-23T01:00:00+00:00","files":[{"path":"/etc/passwd"}]}'),
        (
            "upload:2",
            (
                '{"upload":2,"at":"2026-11-23T01:00:00+00:00",'
                '"files":[{"ref":"upload:1.1","unique":"","name":"","size":1,"mime":""}]}'
            ),
        ),
    ],
)
def test_what_no_page_wrote_is_no_arrival(external_id: str, raw: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        uploads.understood(Address("zalo", "bot", "1"), external_id, raw)


async def test_only_its_own_person_and_chat_has_a_page(numbers_town: Town) -> None:
    lan, mai = await numbers_town.joined("Trần Thị Lan"), await numbers_town.joined("Lê Mai")
    number = await issued(numbers_town, lan)
    async with numbers_town.office() as session:
        actor, other = await numbers_town.actor(session, lan), await numbers_town.actor(session, mai)
        assert await uploads.bound(session, actor, lan.address, number) is None, "nothing was sent yet"
    assert await finished(numbers_town, number)
    async with numbers_town.office() as session:
        there = await uploads.bound(session, actor, lan.address, number)
        assert there is not None
        assert (there.frame, there.what) == (TRAY, WHAT)
        assert await uploads.bound(session, other, mai.address, number) is None
        assert await uploads.bound(session, other, lan.address, number) is None
        assert await uploads.bound(session, actor, mai.address, number) is None


async def test_old_pages_are_forgotten_but_no_number_is_given_twice(numbers_town: Town) -> None:
    lan = await numbers_town.joined()
    await issued(numbers_town, lan)
    await issued(numbers_town, lan, Frame("evidence", "swap", {"file": 1}))
    numbers_town.clock.move(seconds=(PAGE_LIFE + housekeeping.KEYS_KEPT + timedelta(days=1)).total_seconds())
    async with numbers_town.office() as session:
        await housekeeping.forget(session, numbers_town.clock.now())
        assert [one.id for one in (await session.exec(select(UploadPage))).all()] == [2]
    assert await issued(numbers_town, lan) == 3
