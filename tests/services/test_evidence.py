"""Evidence at its borders: how much of it, whose it is, and what its checks may say only once."""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from core.evidence import Allowance
from core.messages import FileRef
from core.refusals import Code, Refusal
from core.roles import Permission, Role
from db.models import Evidence, EvidenceUse, OutboxRow
from db.transaction import Session
from services import assessment, evidence, evidence_checks, signing
from services.actor import Actor
from tests.chat import Chat, Town

FILE = FileRef("f", "u", "anh.jpg", 1000, "image/jpeg")
LIMITS = Allowance(file_bytes=5000, files_a_criterion=3, files_a_day=4, bytes_a_day=10_000)
DAY = timedelta(days=1)


@pytest.fixture
async def lan(numbers_town: Town) -> Chat:
    numbers_town.allowance = LIMITS
    return await numbers_town.joined("Trần Thị Lan")


async def refusal_of(act: Awaitable[object]) -> Code:
    """Why an act is declined."""
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.code


async def sent(session: Session, actor: Actor, now: datetime, *sizes: int) -> list[int]:
    """Files of these sizes, received; their ids."""
    files = [replace(FILE, ref=f"f{place}", size=size) for place, size in enumerate(sizes)]
    return [one.id for one in await evidence.receive(session, actor, files, now)]


async def passed(session: Session, evidence_id: int, now: datetime, sha256: str = "0f" * 32) -> None:
    """The checks found nothing."""
    await evidence_checks.stored(
        session,
        evidence_id,
        sha256=sha256,
        served_sha256="aa" * 32,
        size=1000,
        mime="image/jpeg",
        facts={"width": 64},
        now=now,
    )


@pytest.mark.parametrize(
    ("role", "serving"),
    [
        (Role.OFFICE, Permission.COMMEND),
        (Role.OFFICE, Permission.CALL_COUNCIL),
        (Role.APPRAISER, Permission.CALL_COUNCIL),
        (Role.HEAD, Permission.NOMINATE),
        (Role.COORDINATOR, Permission.PREPARE_DOSSIER),
        (Role.COORDINATOR, Permission.HAND_IN),
    ],
)
async def test_who_does_an_act_sends_its_paper_without_a_sheet_of_their_own(
    numbers_town: Town, role: Role, serving: Permission
) -> None:
    """The clerk who enters a decision need not be one of those who assess themselves."""
    clerk = await numbers_town.joined("Lê Thị Văn", roles=(role,))
    other = await numbers_town.joined("Ngô Văn Xem", roles=(Role.OBSERVER,))
    async with numbers_town.office() as session:
        now, actor = numbers_town.clock.now(), await numbers_town.actor(session, clerk)
        stranger = await numbers_town.actor(session, other)
        assert await refusal_of(evidence.receive(session, actor, [FILE], now)) is Code.NOT_FOUND
        forged = evidence.receive(session, stranger, [FILE], now, serving=serving)
        assert await refusal_of(forged) is Code.NOT_FOUND
        (file,) = await evidence.receive(session, actor, [FILE], now, serving=serving)
        assert (await evidence.one(session, actor, file.id)).id == file.id
        assert [one.id for one in await evidence.mine(session, actor)] == [file.id]
        assert await refusal_of(evidence.one(session, stranger, file.id)) is Code.NOT_FOUND
        await evidence_checks.refused(session, file.id, "damaged", "Tệp hỏng.", now)
    (told,) = [one.payload for one in await numbers_town.rows(OutboxRow) if "Tệp hỏng." in one.payload]
    assert '"evidence"' not in told
    assert len(await numbers_town.rows(Evidence)) == 1


async def test_a_file_may_be_so_large_and_no_larger(numbers_town: Town, lan: Chat) -> None:
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, lan)
        await sent(session, actor, now, 5000, 4000)
        assert await refusal_of(sent(session, actor, now, 5001)) is Code.FILE_TOO_BIG
        assert await refusal_of(sent(session, actor, now, 1001)) is Code.DAILY_QUOTA


@pytest.mark.parametrize("sizes", [(1, 1, 1, 1), (5000, 5000)])
async def test_a_day_has_its_limits_and_they_pass(
    numbers_town: Town, lan: Chat, sizes: tuple[int, ...]
) -> None:
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, lan)
        await sent(session, actor, now, *sizes)
        for later in (timedelta(), DAY - timedelta(seconds=1), DAY):
            assert await refusal_of(sent(session, actor, now + later, 1)) is Code.DAILY_QUOTA
        await sent(session, actor, now + DAY + timedelta(seconds=1), 1)


async def test_a_criterion_takes_so_many_files_and_one_of_them_once(numbers_town: Town, lan: Chat) -> None:
    now = numbers_town.clock.now()
    sheet = await numbers_town.answers(lan, but=["004-a1"])
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, lan)
        files = await sent(session, actor, now, 1, 1, 1, 1)
        await evidence.use(session, actor, files[:3], sheet, "a1", now)
        await evidence.use(session, actor, files[:3], sheet, "a1", now)
        assert (
            await refusal_of(evidence.use(session, actor, files[3:], sheet, "a1", now)) is Code.TOO_MANY_FILES
        )
        await evidence.stop_using(session, actor, files[0], sheet, "a1", now)
        await evidence.use(session, actor, files[3:], sheet, "a1", now)
        await evidence.use(session, actor, files[3:], sheet, "a2", now)
    live = [
        (one.evidence_id, one.criterion) for one in await numbers_town.rows(EvidenceUse) if not one.removed_at
    ]
    assert live == [(2, "004-a1"), (3, "004-a1"), (4, "004-a1"), (4, "004-a2")]


async def test_a_file_is_nobody_elses(numbers_town: Town, lan: Chat) -> None:
    hoa = await numbers_town.joined("Lê Thị Hoa", roles=(Role.STAFF, Role.HEAD, Role.OFFICE))
    hers = await numbers_town.answers(hoa, but=["004-a1"])
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        (file,) = await sent(session, await numbers_town.actor(session, lan), now, 1)
        other = await numbers_town.actor(session, hoa)
        for act in (
            evidence.one(session, other, file),
            evidence.uses(session, other, file),
            evidence.use(session, other, [file], hers, "a1", now),
            evidence.replace(session, other, file, FILE, now),
            evidence.remove(session, other, file, now),
            evidence.one(session, other, 424242),
        ):
            assert await refusal_of(act) is Code.NOT_FOUND
        assert await evidence.mine(session, other) == []


async def test_nothing_is_used_or_removed_once_it_is_signed(numbers_town: Town, lan: Chat) -> None:
    now = numbers_town.clock.now()
    sheet = await numbers_town.answers(lan)
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, lan)
        used, loose = await sent(session, actor, now, 1, 1)
        await evidence.use(session, actor, [used], sheet, "a1", now)
        for file in (used, loose):
            await passed(session, file, now, f"{file:064}")
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, lan)
        await signing.sign(session, actor, sheet, now)
        for act in (
            evidence.remove(session, actor, used, now),
            evidence.replace(session, actor, used, FILE, now),
            evidence.use(session, actor, [loose], sheet, "a1", now),
            evidence.stop_using(session, actor, used, sheet, "a1", now),
        ):
            assert await refusal_of(act) is Code.ALREADY_SIGNED
        await evidence.remove(session, actor, loose, now)


async def test_the_first_word_of_the_checks_is_the_last(numbers_town: Town, lan: Chat) -> None:
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        first, second, third = await sent(session, await numbers_town.actor(session, lan), now, 1, 1, 1)
    for _ in range(2):
        async with numbers_town.office() as session:
            await passed(session, first, now)
            await evidence_checks.refused(session, first, "macro", "Có macro.", now)
            await evidence_checks.refused(session, second, "macro", "Có macro.", now)
            await passed(session, second, now)
            await evidence_checks.lost(session, third, now)
            await evidence_checks.lost(session, 424242, now)
            assert await evidence_checks.source(session, first) is None
    assert [(one.state, one.seen_elsewhere) for one in await numbers_town.rows(Evidence)] == [
        ("clean", False),
        ("refused", False),
        ("lost", False),
    ]
    assert len(await numbers_town.rows(OutboxRow)) == 2


async def test_the_same_bytes_are_noted_whoever_sent_them(numbers_town: Town, lan: Chat) -> None:
    hoa = await numbers_town.joined("Lê Thị Hoa")
    now = numbers_town.clock.now()
    for chat in (lan, hoa, lan):
        async with numbers_town.office() as session:
            (file,) = await sent(session, await numbers_town.actor(session, chat), now, 1)
            await passed(session, file, now)
    assert [one.seen_elsewhere for one in await numbers_town.rows(Evidence)] == [False, True, True]


async def test_what_people_call_a_file_is_text_and_no_path(numbers_town: Town, lan: Chat) -> None:
    now = numbers_town.clock.now()
    strange = replace(FILE, name="../../etc/pass\u202ewd\x00.jpg", caption="Ảnh\u200b lớp\n học")
    async with numbers_town.office() as session:
        (file,) = await evidence.receive(session, await numbers_town.actor(session, lan), [strange], now)
        assert "/" not in file.name
        assert "\u202e" not in file.name
        assert file.caption == "Ảnh lớp học"
        assert file.code.startswith("MC-")


async def test_a_refused_file_no_longer_counts(numbers_town: Town, lan: Chat) -> None:
    now = numbers_town.clock.now()
    sheet = await numbers_town.answers(lan)
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, lan)
        (file,) = await sent(session, actor, now, 1)
        await evidence.use(session, actor, [file], sheet, "a1", now)
    async with numbers_town.office() as session:
        await evidence_checks.refused(session, file, "macro", "Có macro.", now)
    async with numbers_town.office() as session:
        entry = (await assessment.sheet(session, await numbers_town.actor(session, lan), sheet)).entry("a1")
        assert (entry.proofs, len(entry.files)) == (0, 1)
        (row,) = await session.exec(select(Evidence))
        assert row.reason == "macro"
