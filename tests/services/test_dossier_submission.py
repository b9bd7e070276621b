"""A dossier is handed in by its head and nobody else, late or not, and what was handed in can be proved."""

import hashlib
import io
import json
import zipfile
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from core.campaign_terms import DeadlineKind
from core.deadlines import Obligation
from core.dossier_submission import digest_of
from core.dossiers import DossierAct, DossierState, PaperKind
from core.refusals import Code
from core.roles import Role
from core.texts import appraisal as appraisal_texts
from db.models import (
    Dossier,
    DossierArchive,
    DossierNominee,
    DossierPaper,
    DossierStep,
    DossierSubmission,
    Nomination,
    Signature,
)
from db.transaction import Session
from services import (
    absences,
    appraisal_likeness,
    deadlines,
    dossier_doctor,
    dossier_editing,
    dossier_occasions,
    dossier_submission,
    dossiers,
)
from services.actor import Actor
from tests import builders
from tests.bot.benign_files import scanned
from tests.chat import Chat, Town
from tests.services.considering import notices, round_id
from tests.services.dossier_handing_in import REASON, proposed
from tests.services.test_assessment import refusal_of


async def opened(town: Town, chat: Chat) -> int:
    """The dossier of the year, begun."""
    async with town.office() as session:
        actor = await town.actor(session, chat)
        return await dossiers.open_for(
            session, actor, await round_id(session), actor.unit_id, town.clock.now()
        )


async def handed_in(town: Town, chat: Chat, number: int, version: int = 1) -> str:
    """Handed in with a reason; the receipt."""
    async with town.office() as session:
        actor = await town.actor(session, chat)
        return (
            await dossier_submission.submit(session, actor, number, version, REASON, town.clock.now())
        ).receipt


async def owed(town: Town) -> Obligation:
    """What the ward owes by the plan's day for dossiers."""
    async with town.office() as session:
        found = await deadlines.obligations(session, town.clock.now())
    return next(one for one in found if one.kind is DeadlineKind.DOSSIER)


async def test_a_dossier_handed_in_is_no_longer_owed_until_it_is_taken_back(numbers_town: Town) -> None:
    town = numbers_town
    _lan, _binh, head, appraiser = await proposed(town)
    number = await opened(town, head)
    assert (await owed(town)).done_at is None
    receipt = await handed_in(town, head, number)
    assert (await owed(town)).done_at == town.clock.now()
    (kept,) = await town.rows(DossierSubmission)
    assert (kept.receipt, kept.late, kept.overridden_for) == (receipt, False, REASON)
    assert digest_of(kept.content) == kept.digest
    held = json.loads(kept.content)
    assert [one["name"] for one in held["nominees"]] == ["Trần Thị Lan", "Nguyễn Văn Bình"]
    assert all(one["signed"]["digest"] for one in held["nominees"])

    async with town.office() as session:
        chief, now = await town.actor(session, head), town.clock.now()
        assert any(receipt in one for one in await notices(session, appraiser))
        changed = dossier_editing.shift(session, chief, number, 1, 1, now)
        assert await refusal_of(changed) is Code.DOSSIER_NOT_OPEN
        again = dossier_submission.submit(session, chief, number, 1, REASON, now)
        assert await refusal_of(again) is Code.DOSSIER_MOVED_ON
        unseen = dossier_submission.withdraw(session, chief, number, 7, REASON, now)
        assert await refusal_of(unseen) is Code.DOSSIER_MOVED_ON
        facts = await dossier_submission.withdraw(session, chief, number, 1, REASON, now)
        assert (facts.state, facts.version) == (DossierState.DRAFTING, 2)
    assert (await owed(town)).done_at is None
    assert await handed_in(town, head, number, 2) != receipt
    async with town.office() as session:
        chief, now = await town.actor(session, head), town.clock.now()
        versions = await dossier_submission.versions(session, chief, number, now)
        assert [one.version for one in versions] == [2, 1]
        first, then = await dossier_submission.version(session, chief, number, 1, now)
        assert (first.receipt, then.receipt) == (receipt, receipt)


async def test_late_is_marked_and_never_refused(numbers_town: Town) -> None:
    town = numbers_town
    _lan, _binh, head, _appraiser = await proposed(town)
    number = await opened(town, head)
    town.clock.move(days=17, hours=15)
    receipt = await handed_in(town, head, number)
    (kept,) = await town.rows(DossierSubmission)
    assert kept.late is False
    async with town.office() as session:
        chief = await town.actor(session, head)
        await dossier_submission.withdraw(session, chief, number, 1, REASON, town.clock.now())
    town.clock.move(hours=2)
    assert await handed_in(town, head, number, 2) != receipt
    late = [one.late for one in await town.rows(DossierSubmission)]
    assert late == [False, True]


async def test_errors_keep_it_back_without_a_reason(numbers_town: Town) -> None:
    town = numbers_town
    _lan, _binh, head, _appraiser = await proposed(town)
    number = await opened(town, head)
    async with town.office() as session:
        chief, now = await town.actor(session, head), town.clock.now()
        refused = dossier_submission.submit(session, chief, number, 1, "", now)
        assert await refusal_of(refused) is Code.DOSSIER_HAS_ERRORS
        short = dossier_submission.submit(session, chief, number, 1, "vội", now)
        assert await refusal_of(short) is Code.TEXT_TOO_SHORT
        for nominee in await dossiers.nominees(session, number, now):
            await dossier_editing.take_out(session, chief, number, nominee.nomination_id, REASON, now)
        empty = dossier_submission.submit(session, chief, number, 1, REASON, now)
        assert await refusal_of(empty) is Code.DOSSIER_NOBODY
        assert await dossiers.gather(session, chief, number, now) == 0
        row = await session.get(Nomination, 1)
        assert row is not None
        person_id, unit_id = row.person_id, row.unit_id
        row.person_id, row.unit_id = None, await builders.a_unit(session, "Tổ Cấp cứu", "TCC")
        await session.flush()
        taken = await dossier_editing.taken_out(session, chief, number, now)
        assert (1, "Tổ Cấp cứu", REASON) in taken
        row.person_id, row.unit_id = person_id, unit_id
        await dossier_editing.put_back(session, chief, number, 1, now)
        assert [one.nomination_id for one in await dossiers.nominees(session, number, now)] == [1]
    assert await town.rows(DossierSubmission) == []


async def test_nobody_else_touches_it(numbers_town: Town) -> None:
    town = numbers_town
    lan, _binh, head, appraiser = await proposed(town)
    number = await opened(town, head)
    async with town.office() as session:
        ward = await builders.a_unit(session, "Khoa Khác", "KK")
    other = await town.joined("Lê Văn Khác", "KK001", (Role.STAFF, Role.HEAD), ward)
    coordinator = await town.joined("Võ Thị Đầu", "KM009", (Role.STAFF, Role.COORDINATOR))
    async with town.office() as session:
        now = town.clock.now()
        acts: tuple[Callable[[Actor, int], Awaitable[object]], ...] = (
            lambda who, of: dossier_submission.submit(session, who, of, 1, REASON, now),
            lambda who, of: dossier_submission.withdraw(session, who, of, 1, REASON, now),
            lambda who, of: dossier_submission.hand_back(session, who, of, now),
            lambda who, of: dossier_submission.versions(session, who, of, now),
            lambda who, of: dossier_editing.shift(session, who, of, 1, 1, now),
            lambda who, of: dossier_editing.take_out(session, who, of, 1, REASON, now),
            lambda who, of: dossier_editing.put_back(session, who, of, 1, now),
            lambda who, of: dossier_editing.attach(session, who, of, PaperKind.OTHER, None, [1], now),
            lambda who, of: dossier_editing.detach(session, who, of, 1, now),
            lambda who, of: dossier_doctor.examine(session, who, of, now),
        )
        strangers = [await town.actor(session, chat) for chat in (lan, other, appraiser)]
        before = await _stored(session)
        for act in acts:
            for who in strangers:
                assert await refusal_of(act(who, number)) is Code.NOT_FOUND
                assert await refusal_of(act(who, 999)) is Code.NOT_FOUND
        helper = await town.actor(session, coordinator)
        assert await refusal_of(acts[0](helper, number)) is Code.NOT_FOUND
        assert await refusal_of(acts[1](helper, number)) is Code.NOT_FOUND
        forged = dossier_editing.take_out(session, helper, number, 999, REASON, now)
        assert await refusal_of(forged) is Code.NOT_FOUND
        key = dossier_occasions.opened_for(session, strangers[1], "009:009-D1:2026:1", now)
        assert await refusal_of(key) is Code.NOT_FOUND
        for hostile in ("", "009", "::::", "009:x:2026:1;--", "009:009-D1:9999:1"):
            found = dossier_occasions.opened_for(session, helper, hostile, now)
            assert await refusal_of(found) is Code.NOT_FOUND
        assert await _stored(session) == before


async def _stored(session: Session) -> list[int]:
    models = (Dossier, DossierNominee, DossierPaper, DossierStep, DossierSubmission)
    return [len((await session.exec(select(one))).all()) for one in models]


async def test_a_stand_in_hands_it_in_with_both_names(numbers_town: Town) -> None:
    town = numbers_town
    _lan, binh, head, _appraiser = await proposed(town)
    number = await opened(town, head)
    async with town.office() as session:
        chief, deputy = await town.actor(session, head), await town.actor(session, binh)
        day = chief.today
        later = day + timedelta(days=3)
        await absences.name(session, chief, chief.person_id, deputy.person_id, day, later, town.clock.now())
    receipt = await handed_in(town, binh, number)
    (kept,) = await town.rows(DossierSubmission)
    assert (kept.receipt, kept.made_for) == (receipt, chief.person_id)
    async with town.office() as session:
        (step,) = await dossiers.history(session, chief, number, town.clock.now())
        assert step.act is DossierAct.SUBMIT
        assert "thay" in step.by
        assert any(receipt in one for one in await notices(session, head))


async def test_the_archive_holds_exactly_what_was_sent(telegram_town: Town) -> None:
    town = telegram_town
    _lan, _binh, head, _appraiser = await proposed(town)
    await opened(town, head)
    await head.says("/hoso")
    await head.taps("Năm 2026")
    await head.taps("Giấy tờ")
    await head.taps("Bản xác nhận")
    await head.taps("Gửi bản của đơn vị")
    paper = scanned()
    await head.sends_document("../../xac nhan.pdf", paper, "application/pdf")
    await handed_in(town, head, 1)
    await town.settle()
    (kept,) = await town.rows(DossierSubmission)
    (part,) = await town.rows(DossierArchive)
    content = (
        town.folder / "files" / "served" / part.sha256[:2] / part.sha256[2:4] / part.sha256
    ).read_bytes()
    assert hashlib.sha256(content).hexdigest() == part.sha256
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert all(name.isascii() and ".." not in name for name in names)
        for line in archive.read("SHA256SUMS-1").decode().splitlines():
            digest, _, path = line.partition("  ")
            assert hashlib.sha256(archive.read(path)).hexdigest() == digest
        assert archive.read("ho-so.json").decode() == kept.content
        sent, *signed = json.loads(archive.read("manifest.json"))["files"]
        assert sent["uploaded_sha256"] == hashlib.sha256(paper).hexdigest()
        assert sent["sha256"] == hashlib.sha256(archive.read(sent["path"])).hexdigest()
        told = [one for one in signed if one["path"].endswith(".json")]
        live = {row.receipt: row.digest for row in await town.rows(Signature)}
        assert {one["code"]: one["sha256"] for one in told} == live
        assert told[0]["path"].startswith("09-tu-danh-gia/01-tran-thi-lan-")
        assert told[0]["sha256"] == hashlib.sha256(archive.read(told[0]["path"])).hexdigest()


@pytest.mark.parametrize("times", [2])
async def test_an_archive_asked_for_again_is_the_same_and_told_once(numbers_town: Town, times: int) -> None:
    town = numbers_town
    _lan, _binh, head, _appraiser = await proposed(town)
    number = await opened(town, head)
    await handed_in(town, head, number)
    for _time in range(times):
        await town.settle()
    (part,) = await town.rows(DossierArchive)
    async with town.office() as session:
        told = [one for one in await notices(session, head) if "Gói hồ sơ" in one]
        assert len(told) == 1
    assert part.size > 0


async def test_the_same_words_told_of_two_are_shown_to_whoever_appraises(numbers_town: Town) -> None:
    town = numbers_town
    _lan, _binh, head, _appraiser = await proposed(town)
    number = await opened(town, head)
    async with town.office() as session:
        now = town.clock.now()
        one, other = await dossiers.nominees(session, number, now)
        (found,) = await appraisal_likeness.found_of(session, one.nomination_id, now.date())
    assert found.who == other.name
    assert "Thành tích đề nghị: nội dung viết gần giống 100 %" in appraisal_texts.alike_line(found)
