"""What came by a page finds its place, or is kept, whatever has changed since the page was given out."""

import json
from datetime import timedelta

import pytest
from sqlmodel import col, select

from core.messages import FileRef
from core.roles import Role
from core.texts import uploads as texts
from db.models import (
    Account,
    AnnouncementFile,
    CampaignVersion,
    Evidence,
    InboxRow,
    RoleGrant,
    UploadPage,
)
from handlers import DIALOGUES
from handlers.dialogue import Dialogue, Step
from services import uploads
from tests import pages
from tests.bot.benign_files import scanned
from tests.chat import Chat, Town
from tests.handlers.announcing import an_office, drafted
from tests.services.plan_books import a_book

PDF = ("Kế hoạch.pdf", "application/pdf", scanned())


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda one: one.name)
def test_a_step_that_takes_files_says_how_many(dialogue: Dialogue) -> None:
    for step in dialogue.steps:
        assert (step.takes_files > 0) == (type(step).sent is not Step.sent), step.name


async def a_page(chat: Chat, line: str = "/minhchung") -> str:
    """The address of a page somebody was given at a screen that takes files."""
    if line:
        await chat.says(line)
    await chat.taps("Gửi tệp qua trang web")
    return pages.address_in(chat.sees)


async def rebound(town: Town, **frame: object) -> None:
    """The place of the last page as it may look after an update, or in a damaged database."""
    async with town.office() as session:
        page = (await session.exec(select(UploadPage).order_by(col(UploadPage.id).desc()))).first()
        assert page is not None
        page.frame = json.dumps({"dialogue": "evidence", "step": "tray", "place": {}} | frame)


async def test_files_of_an_announcement_and_a_plan(paged_town: Town) -> None:
    office = await an_office(paged_town)
    number = await drafted(paged_town, office)
    address = await a_page(office, "")
    await office.says("/phongtrao")
    await pages.sends(office, [PDF, ("Phụ lục.pdf", "", scanned(2))], address)
    assert "Tệp gửi qua trang web đã vào mục «" in office.sees
    assert "Đã nhận 2 tệp" in office.sees
    assert "Tải mẫu Excel" in office.sees, "who has gone on is not called back"
    kept = [(one.announcement_id, one.name) for one in await paged_town.rows(AnnouncementFile)]
    assert kept == [(number, "Kế hoạch.pdf"), (number, "Phụ lục.pdf")]

    address = await a_page(office, "")
    await office.says("menu")
    await pages.sends(office, [("ke-hoach.xlsx", "", a_book())], address)
    assert "Tệp kế hoạch ke-hoach.xlsx".upper() in office.sees.upper()
    assert [one.code for one in await paged_town.rows(CampaignVersion)] == ["004", "011"]
    assert not list((paged_town.folder / "uploads").glob("*/[0-9]*")), "the shelf is empty again"


async def test_what_an_office_sent_after_its_role_ended_is_its_own(paged_town: Town) -> None:
    office = await an_office(paged_town)
    await drafted(paged_town, office)
    address = await a_page(office, "")
    async with paged_town.office() as session:
        for grant in (await session.exec(select(RoleGrant))).all():
            if grant.role == Role.OFFICE:
                grant.until = paged_town.clock.now().date() - timedelta(days=1)
    await pages.sends(office, [PDF], address)
    assert office.sees.startswith(f"{texts.PLACE_GONE} {texts.KEPT}")
    assert await paged_town.rows(AnnouncementFile) == []
    assert [one.name for one in await paged_town.rows(Evidence)] == ["Kế hoạch.pdf"]


@pytest.mark.parametrize(
    "frame",
    [
        {"dialogue": "nowhere"},
        {"step": "detail", "place": {"file": 1}},
        {"step": "swap"},
        {"step": "swap", "place": {"file": "../../etc/passwd"}},
        {"dialogue": "announcements", "step": "card", "place": {"number": 1}},
        {"step": "swap", "place": {"file": 999}},
        {"dialogue": "assessment", "step": "card", "place": {"sheet": 999, "key": "004-a1"}},
    ],
)
async def test_a_place_that_is_not_theirs_or_is_none_takes_nothing(
    paged_town: Town, frame: dict[str, object]
) -> None:
    lan = await paged_town.joined("Trần Thị Lan")
    address = await a_page(lan)
    await rebound(paged_town, **frame)
    await pages.sends(lan, [PDF], address)
    assert texts.KEPT in lan.sees
    (kept,) = await paged_town.rows(Evidence)
    assert (kept.name, kept.state) == ("Kế hoạch.pdf", "clean")


async def test_an_account_that_is_frozen_before_its_files_are_taken_up(paged_town: Town) -> None:
    lan = await paged_town.joined("Trần Thị Lan")
    await a_page(lan)
    file = FileRef("upload:1.5", "upload:1.5", "a.pdf", 9, "application/pdf")
    async with paged_town.office() as session:
        assert await uploads.finish(session, 1, [file], paged_town.clock.now())
        for account in (await session.exec(select(Account))).all():
            account.state = "frozen"
    await paged_town.hears(None, "", lambda: None)
    assert lan.sees.startswith(texts.NOT_TAKEN)
    assert await paged_town.rows(Evidence) == []


@pytest.mark.parametrize("number", [2, 9])
async def test_files_of_another_page_are_not_to_be_had(paged_town: Town, number: int) -> None:
    lan, mai = await paged_town.joined("Trần Thị Lan"), await paged_town.joined("Lê Mai")
    await pages.sends(lan, [PDF], await a_page(lan))
    await a_page(mai)
    (sent,) = [one for one in await paged_town.rows(InboxRow) if one.external_id == "upload:1"]
    async with paged_town.office() as session:
        forged = sent.model_dump(exclude={"id", "done_at"}) | {
            "external_id": f"upload:{number}",
            "chat": str(mai.id),
            "raw": (sent.raw or "").replace('"upload":1', f'"upload":{number}'),
            "state": "new",
        }
        session.add(InboxRow(**forged))
    await paged_town.hears(None, "", lambda: None)
    assert [one.person_id for one in await paged_town.rows(Evidence)] == [1]


async def test_pages_are_not_told_to_wait(paged_town: Town) -> None:
    lan = await paged_town.joined("Trần Thị Lan")
    address = await a_page(lan)
    for number in range(60):
        paged_town.surface.says(lan.id, f"tìm {number}")
    await paged_town.hears(None, "", lambda: None)
    assert "tạm ngừng nhận tin" in "".join(str(one) for one in paged_town.surface.bubbles(lan.id))
    await pages.sends(lan, [PDF], address)
    assert "Đã nhận 1 tệp." in lan.sees


async def test_who_has_nothing_to_send_is_given_no_page(paged_town: Town) -> None:
    guest, observer = paged_town.stranger(), await paged_town.joined(roles=(Role.OBSERVER,))
    for chat in (guest, observer):
        await chat.says("guitep")
        await chat.sends_document("a.pdf", scanned())
        assert "https://" not in chat.sees
    await observer.says("guitep")
    assert observer.sees.startswith(texts.NOTHING_TO_SEND)
    assert await paged_town.rows(UploadPage) == []


async def test_a_page_asked_for_where_no_files_are_taken_says_where_they_go(paged_town: Town) -> None:
    lan = await paged_town.joined("Trần Thị Lan")
    await lan.says("/minhchung")
    await lan.says("GUITEP")
    assert "Tệp vào đúng mục này" in lan.sees
    await lan.says("menu")
    await lan.says("GUITEP")
    assert "Tệp vào đúng mục này" not in lan.sees
    assert "tệp sẽ nằm trong «Minh chứng của tôi»" in lan.sees
