"""Signing: what is signed stays as it was, digest and receipt; what keeps it from being signed."""

import hashlib
import json
from datetime import timedelta

import pytest
from sqlmodel import select

from core.criteria import TextGiven
from core.messages import FileRef
from core.refusals import Code, Refusal
from core.roles import Role
from core.texts import signing as texts
from db.models import Evidence, OutboxRow, Signature
from services import assessment, evidence, journal, signing
from services.actor import console
from tests import builders
from tests.chat import Chat, Town


@pytest.fixture
async def lan(numbers_town: Town) -> Chat:
    return await numbers_town.joined("Trần Thị Lan")


async def sign(town: Town, chat: Chat, sheet: int) -> str:
    """Somebody signs in a transaction of its own."""
    async with town.office() as session:
        return await signing.sign(session, await town.actor(session, chat), sheet, town.clock.now())


async def declined(town: Town, chat: Chat, sheet: int) -> tuple[Code, dict[str, object]]:
    """Why it cannot be signed."""
    with pytest.raises(Refusal) as refused:
        await sign(town, chat, sheet)
    return refused.value.code, refused.value.facts


async def test_what_is_signed_is_kept_with_its_digest(numbers_town: Town, lan: Chat) -> None:
    sheet = await numbers_town.answers(lan, but=["004-a1"])
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, lan)
        now = numbers_town.clock.now()
        await assessment.answer(session, actor, sheet, "a1", "1", TextGiven("Đã làm “6 rõ”"), now)
        await assessment.keep_note(session, actor, sheet, "a1", "Số 15/BC", now)
    receipt = await sign(numbers_town, lan, sheet)
    (kept,) = await numbers_town.rows(Signature)
    assert kept.receipt == receipt == "TDG-00001-1"
    assert kept.digest == hashlib.sha256(kept.content.encode()).hexdigest()
    told = json.loads(kept.content)
    assert (told["person"], told["campaign"], told["round"]) == (1, "004", "Năm 2026")
    assert len(told["answers"]) == 32
    assert told["answers"][0] == {
        "criterion": "004-a1",
        "given": {"1": {"text": "Đã làm “6 rõ”"}},
        "outcome": "needs_review",
        "note": "Số 15/BC",
        "evidence": [],
    }
    async with numbers_town.office() as session:
        (line,) = [one for one in await journal.latest(session, 99) if one.verb == "signed"]
    assert line.facts == {"receipt": receipt, "digest": kept.digest}


async def test_an_incomplete_one_is_not_signed(numbers_town: Town, lan: Chat) -> None:
    sheet = await numbers_town.answers(lan, but=["004-a1", "004-k3"])
    assert await declined(numbers_town, lan, sheet) == (Code.INCOMPLETE, {"missing": 2})


async def test_nor_one_whose_files_are_under_check(numbers_town: Town, lan: Chat) -> None:
    sheet = await numbers_town.answers(lan)
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, lan)
        files = [FileRef(f"f{n}", f"u{n}", "anh.jpg", 9, "image/jpeg") for n in range(2)]
        sent = await evidence.receive(session, actor, files, now)
        await evidence.use(session, actor, [sent[0].id], sheet, "a1", now)
        await evidence.use(session, actor, [sent[0].id], sheet, "a2", now)
    assert await declined(numbers_town, lan, sheet) == (Code.EVIDENCE_CHECKING, {"files": 1})
    async with numbers_town.office() as session:
        row = (await session.exec(select(Evidence))).first()
        assert row is not None
        row.state = "refused"
    async with numbers_town.office() as session:
        whole = await assessment.sheet(session, await numbers_town.actor(session, lan), sheet)
    warned = f"1 tệp không dùng được nên không tính là minh chứng: {row.code} (004-a1, 004-a2)"
    assert warned in texts.review(whole, now).body
    assert warned in texts.ask_sign(whole, now).body
    assert await sign(numbers_town, lan, sheet) == "TDG-00001-1"


async def test_nor_twice_nor_by_another_nor_after_it_closed(numbers_town: Town, lan: Chat) -> None:
    hoa = await numbers_town.joined("Lê Thị Hoa", roles=(Role.STAFF, Role.ADMINISTRATOR))
    sheet = await numbers_town.answers(lan)
    assert (await declined(numbers_town, hoa, sheet))[0] is Code.NOT_FOUND
    await sign(numbers_town, lan, sheet)
    assert (await declined(numbers_town, lan, sheet))[0] is Code.ALREADY_SIGNED
    hoas = await numbers_town.answers(hoa)
    async with numbers_town.office() as session:
        await builders.closes(session, numbers_town.clock.now())
    assert (await declined(numbers_town, hoa, hoas))[0] is Code.ROUND_CLOSED
    async with numbers_town.office() as session:
        actor, now = await numbers_town.actor(session, lan), numbers_town.clock.now()
        with pytest.raises(Refusal) as refused:
            await signing.withdraw(session, actor, sheet, now)
        assert refused.value.code is Code.ROUND_CLOSED
        assert (await signing.signature_of(session, actor, sheet)).receipt == "TDG-00001-1"


async def test_receipts_count_up_and_old_copies_stay(numbers_town: Town, lan: Chat) -> None:
    sheet = await numbers_town.answers(lan)
    receipts = []
    for _ in range(3):
        receipts.append(await sign(numbers_town, lan, sheet))
        numbers_town.clock.move(minutes=1)
        async with numbers_town.office() as session:
            actor = await numbers_town.actor(session, lan)
            await signing.withdraw(session, actor, sheet, numbers_town.clock.now())
    assert receipts == ["TDG-00001-1", "TDG-00001-2", "TDG-00001-3"]
    kept = await numbers_town.rows(Signature)
    assert all(one.withdrawn_at is not None and one.content for one in kept)
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, lan)
        for act in (
            signing.withdraw(session, actor, sheet, numbers_town.clock.now()),
            signing.signature_of(session, actor, sheet),
        ):
            with pytest.raises(Refusal) as refused:
                await act
            assert refused.value.code is Code.NOT_SIGNED


async def test_a_paper_that_is_ready_too_late_goes_nowhere(numbers_town: Town, lan: Chat) -> None:
    sheet = await numbers_town.answers(lan)
    await sign(numbers_town, lan, sheet)
    async with numbers_town.office() as session:
        actor, now = await numbers_town.actor(session, lan), numbers_town.clock.now()
        assert await signing.signed_copy(session, 1) is not None
        await signing.withdraw(session, actor, sheet, now)
    async with numbers_town.office() as session:
        await signing.copy_made(session, 1, 1, "0f" * 32, now)
        assert await signing.signed_copy(session, 1) is None
        assert await signing.signed_copy(session, 424242) is None
    assert [one.copy_sha256 for one in await numbers_town.rows(Signature)] == [""]
    assert await numbers_town.rows(OutboxRow) == []


async def test_a_paper_that_is_ready_twice_is_told_once(numbers_town: Town, lan: Chat) -> None:
    sheet = await numbers_town.answers(lan)
    await sign(numbers_town, lan, sheet)
    for _ in range(2):
        async with numbers_town.office() as session:
            await signing.copy_made(session, 1, 1, "0f" * 32, numbers_town.clock.now())
    assert len(await numbers_town.rows(OutboxRow)) == 1


async def test_the_command_line_signs_for_nobody(numbers_town: Town, lan: Chat) -> None:
    sheet = await numbers_town.answers(lan)
    async with numbers_town.office() as session:
        now = numbers_town.clock.now() + timedelta(minutes=1)
        with pytest.raises(Refusal) as refused:
            await signing.sign(session, console(now.date()), sheet, now)
    assert refused.value.code is Code.NOT_FOUND
