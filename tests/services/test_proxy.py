"""Filling in for somebody: only those without an account, only on paper, and theirs once they join."""

from collections.abc import Awaitable
from dataclasses import dataclass

import pytest
from sqlmodel import select

from core.messages import FileRef
from core.refusals import Code, Refusal
from core.roles import Role
from core.texts import papers
from db.models import Evidence, Person
from db.transaction import Session
from services import assessment, evidence, journal, proxy, signing
from services.actor import Actor, console
from tests import builders
from tests.chat import Chat, Town

FILE = FileRef("f", "u", "phieu.jpg", 1000, "image/jpeg")


@dataclass
class Ward:
    """Lan coordinates a unit in which Bảy (2) never had an account and Hoa has one."""

    town: Town
    lan: Chat
    hoa: Chat
    round: int


@pytest.fixture
async def ward(numbers_town: Town) -> Ward:
    lan = await numbers_town.joined("Trần Thị Lan", roles=(Role.STAFF, Role.COORDINATOR))
    await numbers_town.issue("Nguyễn Văn Bảy")
    hoa = await numbers_town.joined("Lê Thị Hoa")
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, lan)
        first = (await assessment.rounds(session, actor, numbers_town.clock.now()))[0]
    return Ward(numbers_town, lan, hoa, first.round_id)


async def refusal_of(act: Awaitable[object]) -> Code:
    """Why an act is declined."""
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.code


async def filled(session: Session, ward: Ward, lan: Actor) -> int:
    """Bảy's self-assessment with nothing left to answer."""
    now = ward.town.clock.now()
    sheet = await proxy.begin(session, lan, 2, ward.round, now)
    keys = [one.criterion.key for one in (await assessment.sheet(session, lan, sheet)).entries]
    await assessment.does_not_apply(session, lan, sheet, keys, "Không thuộc nhiệm vụ", now)
    return sheet


async def a_proof(session: Session, ward: Ward, lan: Actor, *, state: str = "clean") -> int:
    """A picture of a sheet signed on paper."""
    (file,) = await evidence.receive(session, lan, [FILE], ward.town.clock.now())
    row = await session.get(Evidence, file.id)
    assert row is not None
    row.state, row.sha256, row.served_sha256 = state, f"{file.id:02d}" * 32, "aa" * 32
    await session.flush()
    return file.id


async def test_only_for_people_of_the_unit_without_an_account(ward: Ward) -> None:
    now = ward.town.clock.now()
    async with ward.town.office() as session:
        other = await builders.a_unit(session, "Khoa Mẫu 2", "KM2")
        far = await builders.a_person(session, other, now, name="Vũ Văn Tám", code="NV800")
        lan = await ward.town.actor(session, ward.lan)
        hoa = await ward.town.actor(session, ward.hoa)
        assert [one.name for one in await proxy.candidates(session, lan)] == ["Nguyễn Văn Bảy"]
        begin = proxy.begin
        assert await refusal_of(begin(session, lan, 3, ward.round, now)) is Code.HAS_ACCOUNT
        for nobody in (lan.person_id, far, 424242):
            assert await refusal_of(begin(session, lan, nobody, ward.round, now)) is Code.NOT_FOUND
        for actor in (hoa, console(now.date())):
            assert await refusal_of(begin(session, actor, 2, ward.round, now)) is Code.NOT_FOUND
            assert await refusal_of(proxy.candidates(session, actor)) is Code.NOT_FOUND
        sheet = await filled(session, ward, lan)
        assert await begin(session, lan, 2, ward.round, now) == sheet
        for actor in (hoa, console(now.date())):
            assert await refusal_of(assessment.sheet(session, actor, sheet)) is Code.NOT_FOUND


async def test_nothing_is_signed_without_the_paper(ward: Ward) -> None:
    now = ward.town.clock.now()
    async with ward.town.office() as session:
        lan = await ward.town.actor(session, ward.lan)
        hoa = await ward.town.actor(session, ward.hoa)
        sheet = await filled(session, ward, lan)
        unfit = [
            None,
            424242,
            await a_proof(session, ward, lan, state="refused"),
            await a_proof(session, ward, hoa),
        ]
        for proof in unfit:
            assert await refusal_of(signing.sign(session, lan, sheet, now, proof)) is Code.PROOF_MISSING
        waiting = await a_proof(session, ward, lan, state="waiting")
        assert await refusal_of(signing.sign(session, lan, sheet, now, waiting)) is Code.PROOF_MISSING
        proof = await a_proof(session, ward, lan)
        await signing.sign(session, lan, sheet, now, proof)
        to, copy = await signing.signed_copy(session, 1) or (0, None)
        assert copy is not None
        code = (await evidence.one(session, lan, proof)).code
        assert (to, copy.name, copy.filled_by, copy.proof) == (1, "Nguyễn Văn Bảy", "Trần Thị Lan", code)
        told = f"lúc 8 giờ, Trần Thị Lan khai thay; căn cứ phiếu giấy đã ký, minh chứng {code}"
        assert papers.signing(copy, "lúc 8 giờ") == told
        assert await refusal_of(evidence.remove(session, lan, proof, now)) is Code.ALREADY_SIGNED
        assert proof not in [one.id for one in await evidence.unused(session, lan)]
    async with ward.town.office() as session:
        signed = next(one for one in await journal.latest(session, 20) if one.verb == "signed")
        assert (signed.actor, signed.facts["on_behalf_of"], signed.facts["proof"]) == ("person:1", 2, code)


async def test_one_paper_proves_one_sheet(ward: Ward) -> None:
    now = ward.town.clock.now()
    async with ward.town.office() as session:
        second = await builders.a_person(session, 1, now, name="Vũ Văn Tám", code="NV800")
        lan = await ward.town.actor(session, ward.lan)
        proof = await a_proof(session, ward, lan)
        sheet = await filled(session, ward, lan)
        await signing.sign(session, lan, sheet, now, proof)
        other = await proxy.begin(session, lan, second, ward.round, now)
        keys = [one.criterion.key for one in (await assessment.sheet(session, lan, other)).entries]
        await assessment.does_not_apply(session, lan, other, keys, "Không thuộc nhiệm vụ", now)
        assert await refusal_of(signing.sign(session, lan, other, now, proof)) is Code.PROOF_MISSING


async def test_it_is_theirs_once_they_join(ward: Ward) -> None:
    now = ward.town.clock.now()
    async with ward.town.office() as session:
        lan = await ward.town.actor(session, ward.lan)
        sheet = await filled(session, ward, lan)
        await signing.sign(session, lan, sheet, now, await a_proof(session, ward, lan))
    bay = await ward.town.joined("Nguyễn Văn Bảy")
    async with ward.town.office() as session:
        lan = await ward.town.actor(session, ward.lan)
        actor = await ward.town.actor(session, bay)
        assert actor.person_id == 2
        for act in (assessment.sheet(session, lan, sheet), signing.withdraw(session, lan, sheet, now)):
            assert await refusal_of(act) is Code.HAS_ACCOUNT
        (mine,) = await assessment.rounds(session, actor, now)
        assert (mine.assessment_id, mine.signed) == (sheet, True)
        await signing.withdraw(session, actor, sheet, now)
        await signing.sign(session, actor, sheet, now)
        assert (await signing.signature_of(session, actor, sheet)).proof == ""
        people = (await session.exec(select(Person))).all()
        assert len(people) == 3
