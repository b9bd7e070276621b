"""Who is offered what: as themselves, as head of a unit, for their unit; one self-assessment of each."""

from collections.abc import Awaitable

import pytest
from sqlmodel import select

from core.campaigns import Track
from core.refusals import Code, Refusal
from core.roles import Role
from core.texts import menu, papers
from db.models import Assessment
from db.queries import people as people_queries
from services import assessment, campaigns, signing
from services.actor import console
from tests import builders
from tests.chat import Chat, Town

HEADS_ONLY = ('label = "Lãnh đạo, điều hành"', 'label = "Lãnh đạo, điều hành"\ntracks = ["head"]')
UNITS_ONLY = ('label = "Tuyên truyền"', 'label = "Tuyên truyền"\ntracks = ["collective"]')
NO_UNITS = ('kind = "collective"\ncode = "004-II.1.1"', 'kind = "individual"\ncode = "004-II.1.1"')


async def refusal_of(act: Awaitable[object]) -> Code:
    """Why an act is declined."""
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.code


async def offered(town: Town, chat: Chat) -> list[tuple[Track, str, int]]:
    """What somebody finds under «Việc của tôi»: track, unit, how many criteria."""
    async with town.office() as session:
        actor = await town.actor(session, chat)
        found = await assessment.rounds(session, actor, town.clock.now())
        return [(one.track, one.unit, one.total) for one in found]


async def plan_with(town: Town, *changes: tuple[str, str]) -> None:
    """A new version of the plan."""
    async with town.office() as session:
        await builders.the_plan(session, town.clock.now(), *changes)


async def test_everybody_is_offered_theirs(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    mai = await numbers_town.joined("Phạm Thị Mai", roles=(Role.STAFF, Role.COORDINATOR))
    dung = await numbers_town.joined("Phạm Văn Dũng", roles=(Role.STAFF, Role.HEAD))
    unit = (Track.COLLECTIVE, "Khoa Mẫu 1", 32)
    assert await offered(numbers_town, lan) == [(Track.INDIVIDUAL, "", 32)]
    assert await offered(numbers_town, mai) == [(Track.INDIVIDUAL, "", 32), unit]
    assert await offered(numbers_town, dung) == [(Track.INDIVIDUAL, "", 32), unit]


async def test_a_head_is_asked_more_where_the_plan_does(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    dung = await numbers_town.joined("Phạm Văn Dũng", roles=(Role.STAFF, Role.HEAD))
    await plan_with(numbers_town, HEADS_ONLY, UNITS_ONLY)
    assert await offered(numbers_town, lan) == [(Track.INDIVIDUAL, "", 26)]
    assert await offered(numbers_town, dung) == [
        (Track.HEAD, "", 29),
        (Track.COLLECTIVE, "Khoa Mẫu 1", 29),
    ]
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, dung)
        own, unit = await assessment.rounds(session, actor, now)
        first = await assessment.begin(session, actor, own.round_id, now)
        second = await assessment.begin(session, actor, unit.round_id, now, unit.unit_id)
        mine = await assessment.sheet(session, actor, first)
        ours = await assessment.sheet(session, actor, second)
    assert (mine.track, mine.total, mine.groups[0].letter, mine.groups[-1].letter) == (
        Track.HEAD,
        29,
        "a",
        "i",
    )
    assert (ours.total, ours.groups[0].letter, ours.groups[-1].letter) == (29, "b", "k")
    await plan_with(numbers_town)
    assert [total for _track, _unit, total in await offered(numbers_town, dung)] == [29, 29]


async def test_a_unit_has_one(numbers_town: Town) -> None:
    mai = await numbers_town.joined("Phạm Thị Mai", roles=(Role.STAFF, Role.COORDINATOR))
    dung = await numbers_town.joined("Phạm Văn Dũng", roles=(Role.STAFF, Role.HEAD))
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        made = []
        for chat in (mai, dung):
            actor = await numbers_town.actor(session, chat)
            round_id = (await assessment.rounds(session, actor, now))[0].round_id
            made.append(await assessment.begin(session, actor, round_id, now, 1))
        assert made[0] == made[1]
        (row,) = (await session.exec(select(Assessment))).all()
        assert (row.track, row.unit_id, row.person_id) == ("collective", 1, 1)


async def test_no_unit_enters_where_the_plan_admits_none(numbers_town: Town) -> None:
    mai = await numbers_town.joined("Phạm Thị Mai", roles=(Role.STAFF, Role.COORDINATOR))
    await plan_with(numbers_town, NO_UNITS)
    assert await offered(numbers_town, mai) == [(Track.INDIVIDUAL, "", 32)]
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, mai)
        round_id = (await assessment.rounds(session, actor, now))[0].round_id
        assert await refusal_of(assessment.begin(session, actor, round_id, now, 1)) is Code.NO_ROUND


async def test_a_unit_is_its_own_peoples(numbers_town: Town) -> None:
    """Another unit's coordinator, plain staff and guessed numbers are refused alike."""
    async with numbers_town.office() as session:
        other = await builders.a_unit(session, "Khoa Mẫu 2", "KM2")
    mai = await numbers_town.joined("Phạm Thị Mai", roles=(Role.STAFF, Role.COORDINATOR))
    strangers = [
        await numbers_town.joined("Lê Văn Ba", roles=(Role.STAFF, Role.HEAD, Role.COORDINATOR), unit=other),
        await numbers_town.joined("Trần Thị Lan"),
        await numbers_town.joined("Vũ Thị Tư", roles=(Role.STAFF, Role.OFFICE, Role.ADMINISTRATOR)),
    ]
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, mai)
        round_id = (await assessment.rounds(session, actor, now))[0].round_id
        sheet = await assessment.begin(session, actor, round_id, now, 1)
        for chat in strangers:
            stranger = await numbers_town.actor(session, chat)
            for act in (
                assessment.begin(session, stranger, round_id, now, 1),
                assessment.begin(session, stranger, round_id, now, 424242),
                assessment.sheet(session, stranger, sheet),
                assessment.does_not_apply(session, stranger, sheet, ["a1"], "", now),
                signing.sign(session, stranger, sheet, now),
                signing.signature_of(session, stranger, sheet),
            ):
                assert await refusal_of(act) is Code.NOT_FOUND


async def test_a_unit_is_signed_by_its_head_alone(numbers_town: Town) -> None:
    mai = await numbers_town.joined("Phạm Thị Mai", roles=(Role.STAFF, Role.COORDINATOR))
    dung = await numbers_town.joined("Phạm Văn Dũng", roles=(Role.STAFF, Role.HEAD))
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        coordinator = await numbers_town.actor(session, mai)
        head = await numbers_town.actor(session, dung)
        round_id = (await assessment.rounds(session, head, now))[0].round_id
        sheet = await assessment.begin(session, coordinator, round_id, now, 1)
        keys = [one.criterion.key for one in (await assessment.sheet(session, head, sheet)).entries]
        await assessment.does_not_apply(session, coordinator, sheet, keys, "Không thuộc nhiệm vụ", now)
        assert await refusal_of(signing.sign(session, coordinator, sheet, now)) is Code.NOT_FOUND
        receipt = await signing.sign(session, head, sheet, now)
        assert await refusal_of(signing.withdraw(session, coordinator, sheet, now)) is Code.NOT_FOUND
        assert (await signing.signature_of(session, coordinator, sheet)).signer == "Phạm Văn Dũng"
        to, copy = await signing.signed_copy(session, 1) or (0, None)
        assert copy is not None
        assert (to, copy.receipt, copy.name, copy.unit) == (2, receipt, "Phạm Văn Dũng", "Khoa Mẫu 1")
        told = "lúc 8 giờ, Phạm Văn Dũng ký thay mặt tập thể Khoa Mẫu 1"
        assert papers.signing(copy, "lúc 8 giờ") == told
        await signing.withdraw(session, head, sheet, now)


async def test_several_campaigns_at_once(numbers_town: Town) -> None:
    """Each with its own name; an umbrella plan is nobody's to enter."""
    dung = await numbers_town.joined("Phạm Văn Dũng", roles=(Role.STAFF, Role.HEAD))
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        for name in ("binh-dinh-2021-2025", "binh-dinh-2025"):
            source = (builders.PLAN_FILE.parent / f"{name}.toml").read_text("utf-8")
            await campaigns.load(session, console(now.date()), source, f"{name}.toml", now)
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, dung)
        found = await assessment.rounds(session, actor, now)
    names = [menu.round_name(one, found) for one in found]
    assert len(set(names)) == len(names)
    assert names[:2] == [
        "Năm 2026 · Thi đua CCHC 2026 - 2030",
        "Năm 2026 · Thi đua CCHC 2026 - 2030 · Tập thể Khoa Mẫu 1",
    ]
    assert "Giai đoạn 2021 - 2025 · CCHC Bình Định 2021 - 2025 · Tập thể Khoa Mẫu 1" in names
    assert {one.campaign for one in found} == {"Thi đua CCHC 2026 - 2030", "CCHC Bình Định 2021 - 2025"}
    assert len({menu.round_button("Bắt đầu", one, found) for one in found}) == len(found)


async def test_a_campaign_of_some_units_is_offered_there_and_below_alone(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, lan)
        codes = await people_queries.codes_above(session, actor.unit_id, actor.today)
    for code, labels in ((min(codes).lower(), 1), ("KHAC", 0)):
        await plan_with(numbers_town, ('kind = "competition"', f'kind = "competition"\nunits = ["{code}"]'))
        assert len(await offered(numbers_town, lan)) == labels
    async with numbers_town.office() as session:
        now = numbers_town.clock.now()
        rounds = await campaigns.open_rounds(session, actor.today, now)
        assert await refusal_of(assessment.begin(session, actor, rounds[0][2].id or 0, now)) is Code.NO_ROUND
