"""The process ends while a unit hands in a report: one submission, one receipt, one file."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.app import House
from bot.clock import SystemClock
from bot.web.shelf import Shelf
from core.errands import ErrandKind
from core.messages import Address, FileRef
from core.roles import Role
from db.models import Account, Dossier, DossierSubmission, RoleGrant, Round
from services import campaigns, conversations, errands, people, round_archives, uploads
from services.actor import console
from services.papers.round_archive_check import check
from tests.bot import staff
from tests.bot.benign_files import scanned
from tests.bot.lives import LifeServer
from tests.bot.test_crashpoints import ARCHIVES, LAN, Office, an_office
from tests.builders import LONG_AGO

DOCUMENT = "Công văn số 12/SYT-VP ngày 03/11/2026"
HELD = (
    '{"receipt":"HS-222222","unit":{"name":"Khoa"},"campaign":{"label":"CCHC"},"round":"Năm 2026",'
    '"nominees":[],"meeting":null,"papers":[]}'
)


@pytest.fixture
async def office(tmp_path: Path, lives: LifeServer) -> AsyncIterator[Office]:
    """Lan heads her unit, wrote all of the report's particulars, and is asked for its file."""
    async with an_office(tmp_path, lives) as place:
        house = await staff.house_over(place.folder, place.api, SystemClock())
        await _dated(house)
        for typed in ("/nop", "1", "1", "15/BC-KM1", "hôm nay", "Đã số hóa 80% hồ sơ."):
            place.api.user_says(LAN, typed)
            await _answered(house)
        await house.close()
        yield place


async def _dated(house: House) -> None:
    """A report is due in a month, and Lan answers for it."""
    now = house.plan.clock.now()
    async with house.transactions() as session:
        query = select(Account).where(Account.chat == str(LAN))
        lan = (await session.exec(query)).one().person_id
        session.add(RoleGrant(person_id=lan, role=Role.HEAD.value, unit_id=1, since=LONG_AGO))
        day = f"{now + timedelta(days=30):%d/%m/%Y}"
        await campaigns.enter_date(session, console(now.date()), "004", "deadline:004-D2", day, DOCUMENT, now)


async def _answered(house: House) -> None:
    await staff.take_in(house)
    while await house.door.work():
        pass
    await house.couriers["telegram"].empty()


def _press(office: Office, label: str) -> tuple[int, str]:
    """The newest button of that label."""
    for message in reversed(office.api.view(LAN).messages):
        for row in message.buttons:
            for button in row:
                if button.label == label:
                    return message.id, button.data
    raise LookupError(label)


@pytest.mark.parametrize("point", ["desk.before_commit", "desk.after_commit", "courier.after_send"])
async def test_a_death_while_a_report_is_handed_in(point: str, office: Office) -> None:
    office.api.user_taps(LAN, *_press(office, "Nộp không kèm tệp"))
    await office.goes_on()
    message, data = _press(office, "Nộp")
    office.api.user_taps(LAN, message, data)
    office.api.user_taps(LAN, message, data)
    await office.dies_at(point)
    await office.goes_on()
    ((receipt, confirmed),) = office.tell("SELECT receipt, confirmed_at FROM submission")
    assert confirmed is not None
    told = office.tell("SELECT payload FROM outbox WHERE payload LIKE '%Đã nhận. Biên nhận%'")
    assert [str(receipt) in str(payload) for (payload,) in told] == [True]
    assert office.tell("SELECT count(*) FROM journal WHERE verb = 'handed_in'") == [(1,)]


@pytest.mark.parametrize("point", ["desk.before_commit", "keeper.stored"])
async def test_a_death_while_its_file_is_taken_in(point: str, office: Office) -> None:
    office.api.user_sends_document(LAN, "Báo cáo.pdf", scanned())
    await office.dies_at(point)
    await office.goes_on()
    office.api.user_taps(LAN, *_press(office, "Nộp"))
    await office.goes_on()
    assert office.tell("SELECT state FROM evidence") == [("clean",)]
    assert office.tell("SELECT evidence_id FROM submission") == office.tell("SELECT id FROM evidence")


@pytest.mark.parametrize("point", ["desk.before_commit", "keeper.stored"])
async def test_a_death_while_its_file_comes_by_a_page(point: str, office: Office) -> None:
    shelf = Shelf(office.folder / "uploads", free_bytes=0, free_share=0.0)
    house = await staff.house_over(office.folder, office.api, SystemClock())
    now = house.plan.clock.now()
    lan = Address("telegram", house.channels["telegram"].bot, str(LAN))
    async with house.transactions() as session:
        actor = (await people.identify(session, [lan], now))[lan]
        here = (await conversations.resume(session, lan)).stack[-1]
        number = await uploads.issue(session, actor, lan, here, "Nộp báo cáo", now)
    came = await shelf.receive(number, "Báo cáo.pdf", "application/pdf", _pieces(scanned()), 10**6)
    file = FileRef(came.ref, came.ref, came.name, came.size, came.mime)
    for first in (True, False):
        async with house.transactions() as session:
            assert await uploads.finish(session, number, [file], now) is first
    await house.close()
    await office.dies_at(point)
    await office.goes_on()
    office.api.user_taps(LAN, *_press(office, "Nộp"))
    await office.goes_on()
    assert office.tell("SELECT state FROM evidence") == [("clean",)]
    assert office.tell("SELECT evidence_id FROM submission") == office.tell("SELECT id FROM evidence")
    assert shelf.lying(number) == []


@pytest.mark.parametrize("point", ARCHIVES)
async def test_a_death_while_a_dossier_is_packed(point: str, office: Office) -> None:
    house = await staff.house_over(office.folder, office.api, SystemClock())
    now = house.plan.clock.now()
    async with house.transactions() as session:
        round_id = (await session.exec(select(Round))).all()[0].id or 0
        dossier = Dossier(round_id=round_id, unit_id=1, state="submitted", opened_at=now)
        session.add(dossier)
        await session.flush()
        sent = DossierSubmission(
            dossier_id=dossier.id or 0, version=1, receipt="HS-222222", content=HELD, digest="0", made_at=now
        )
        session.add(sent)
        await session.flush()
        await errands.add(session, ErrandKind.DOSSIER_ARCHIVE, sent.id or 0, now)
    await house.close()
    await office.dies_at(point)
    assert office.tell("SELECT count(*) FROM dossier_archive") == [(0,)]
    await office.goes_on()
    ((sha256,),) = office.tell("SELECT sha256 FROM dossier_archive")
    assert [path for path in (office.folder / "files").rglob("*") if path.name == sha256]
    assert list((office.folder / "quarantine").iterdir()) == []


@pytest.mark.parametrize("point", ARCHIVES)
async def test_a_death_while_a_round_is_packed(point: str, office: Office) -> None:
    house = await staff.house_over(office.folder, office.api, SystemClock())
    now = house.plan.clock.now()
    async with house.transactions() as session:
        over = (await session.exec(select(Round))).all()[0]
        over.closes_at = now
        await session.flush()
        await round_archives.ask(session, console(now.date()), over.id or 0, now)
    await house.close()
    await office.dies_at(point)
    assert office.tell("SELECT state FROM round_archive") == [("making",)]
    assert office.tell("SELECT count(*) FROM round_archive_part") == [(0,)]
    await office.goes_on()
    assert office.tell("SELECT state FROM round_archive") == [("made",)]
    ((sha256,),) = office.tell("SELECT sha256 FROM round_archive_part")
    (made,) = [path for path in (office.folder / "files").rglob("*") if path.name == sha256]
    assert check([made]).findings == []
    assert list((office.folder / "quarantine").iterdir()) == []


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content
