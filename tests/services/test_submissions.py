"""Plans and reports of units: who may hand in, confirm, take back, and what is kept of it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from core.campaign_terms import DeadlineKind
from core.messages import Capabilities
from core.refusals import Code
from core.texts import evidence as evidence_texts
from core.texts import submissions as texts
from db.models import CutOff, Evidence, JournalRow, Person, Submission
from db.transaction import write_now
from services import deadlines, evidence, submissions
from services.actor import Actor
from tests.services.handing_in import (
    DUE,
    HANDS,
    HEADS,
    OFFICE,
    PAPER,
    PEOPLE,
    Stations,
    refusal_of,
    refused_to,
    stations,
)

Act = Callable[[Stations, Actor], Awaitable[object]]
SEEN = HANDS | OFFICE


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Stations]:
    async with stations(tmp_path) as found:
        yield found


async def handed_in(town: Stations) -> int:
    (row,) = (await town.session.exec(select(Submission))).all()
    return row.id or 0


async def _hand_in(town: Stations, actor: Actor) -> object:
    return await submissions.hand_in(town.session, actor, town.owed, PAPER, town.now)


async def _confirm(town: Stations, actor: Actor) -> object:
    return await submissions.confirm(town.session, actor, town.owed, await handed_in(town), town.now)


async def _withdraw(town: Stations, actor: Actor) -> None:
    await submissions.withdraw(town.session, actor, town.owed, await handed_in(town), town.now)


async def _attach(town: Stations, actor: Actor) -> object:
    town.session.add(
        file := Evidence(
            code="MC-2",
            person_id=actor.person_id,
            name="a.pdf",
            size=1,
            mime="",
            source="",
            received_at=town.now,
        )
    )
    await town.session.flush()
    seen, file_id = await handed_in(town), file.id or 0
    return await submissions.attach(town.session, actor, town.owed, seen, file_id, town.now)


async def _set_cut_off(town: Stations, actor: Actor) -> None:
    day = date(2026, 11, 27)
    await submissions.set_cut_off(town.session, actor, town.owed, day, town.now)


async def _one(town: Stations, actor: Actor) -> object:
    return await submissions.one(town.session, actor, town.owed, town.now)


async def _of(town: Stations, actor: Actor) -> object:
    return await submissions.of(town.session, actor, town.owed, town.now)


async def _key_of(town: Stations, actor: Actor) -> object:
    return await submissions.key_of(town.session, actor, await handed_in(town), town.now)


#: Each act, who may do it to what the first station owes, and who handed in before.
ACTS: dict[str, tuple[Act, frozenset[str], str]] = {
    "hand in": (_hand_in, HANDS, ""),
    "confirm": (_confirm, HEADS, "clerk"),
    "withdraw": (_withdraw, HANDS, "clerk"),
    "withdraw what is confirmed": (_withdraw, HEADS, "head"),
    "attach": (_attach, HANDS, "clerk"),
    "cut-off": (_set_cut_off, HEADS, ""),
    "see": (_one, SEEN, ""),
    "see what was handed in": (_of, SEEN, "clerk"),
    "find by number": (_key_of, SEEN, "clerk"),
}


@pytest.mark.parametrize("name", ACTS)
async def test_who_may_do_what_to_what_a_unit_owes(town: Stations, name: str) -> None:
    act, allowed, before = ACTS[name]
    if before:
        await town.hands_in(before)
    refused = {who for who in PEOPLE if await refused_to(town, act(town, await town.actor(who)))}
    assert refused == PEOPLE.keys() - allowed


async def test_everybody_sees_their_own_units_alone(town: Stations) -> None:
    seen = {}
    for who in PEOPLE:
        actor = await town.actor(who)
        if await refusal_of(submissions.owed(town.session, actor, town.now)) is None:
            owed = await submissions.owed(town.session, actor, town.now)
            seen[who] = {one.unit for one in owed if one.kind is DeadlineKind.REPORT}
    one, two, desk = {"Trạm Y tế Một"}, {"Trạm Y tế Hai"}, {"Văn phòng"}
    assert seen == {
        "head": one,
        "clerk": one,
        "director": one | two | desk,
        "other_head": two,
        "other_clerk": two,
        "leading_officer": desk,
        "officer": set(),
    }


async def test_a_guessed_key_is_not_found(town: Stations) -> None:
    unit, head = town.units["one"], await town.actor("head")
    for key in (
        "",
        ":",
        "004",
        "004:004-D2:2026:999999",
        f"004:004-D2:2031:{unit}",
        f"004:004-D9:2026:{unit}",
        f"009:004-D2:2026:{unit}",
        f"004:004-D2:2026:{unit} ",
        "004:004-D2:2026:²",
        "004:004-D2:2026:-1",
        f"004:004-D2:2026:{'9' * 5000}",
        "'; DROP TABLE submission; --",
    ):
        assert await refused_to(town, submissions.hand_in(town.session, head, key, PAPER, town.now))
        assert await refused_to(town, submissions.confirm(town.session, head, key, 1, town.now))
        assert await refused_to(town, submissions.withdraw(town.session, head, key, 1, town.now))
        assert await refused_to(town, submissions.set_cut_off(town.session, head, key, None, town.now))


async def test_a_guessed_number_is_not_found(town: Stations) -> None:
    other = await town.hands_in("other_head", town.other)
    head = await town.actor("head")
    for number in (other.id, 0, 424242):
        assert await refused_to(town, submissions.key_of(town.session, head, number, town.now))


async def test_the_file_of_somebody_else_cannot_be_handed_in(town: Stations) -> None:
    file = await town.a_file("other_clerk")
    paper = replace(PAPER, evidence_id=file)
    clerk = await town.actor("clerk")
    assert await refused_to(town, submissions.hand_in(town.session, clerk, town.owed, paper, town.now))
    kept = await town.hands_in()
    attached = submissions.attach(town.session, clerk, town.owed, kept.id, file, town.now)
    assert await refused_to(town, attached)


async def test_a_plan_that_is_in_force_no_more_asks_for_nothing(town: Stations) -> None:
    kept = await town.hands_in()
    await town.plan_ends()
    for who in ("head", "clerk", "leading_officer"):
        for act in (_hand_in, _set_cut_off, _one):
            assert await refused_to(town, act(town, await town.actor(who)))
    assert (await town.session.get(Submission, kept.id)) is not None


async def test_somebody_who_left_in_between_hands_in_no_more(town: Stations) -> None:
    """Their head is not theirs to ask for either: the unit's coordinator answers for it now."""
    head = await town.session.get(Person, town.people["head"])
    assert head is not None
    head.active = False
    await town.session.flush()
    (owed,) = [
        one
        for one in await deadlines.obligations(town.session, town.now, units={town.units["one"]})
        if one.kind is DeadlineKind.REPORT
    ]
    assert owed.person == town.people["clerk"]
    facts = await town.hands_in("clerk")
    assert facts.confirmed_at is not None


async def test_what_a_coordinator_hands_in_counts_once_the_head_confirmed(town: Stations) -> None:
    facts = await town.hands_in("clerk")
    assert facts.receipt.startswith("BC-")
    assert (facts.made_by, facts.confirmed_at, facts.late) == ("clerk", None, False)
    head = await town.actor("head")
    assert (await submissions.one(town.session, head, town.owed, town.now)).done_at is None
    confirmed = await submissions.confirm(town.session, head, town.owed, facts.id, town.now)
    again = await submissions.confirm(town.session, head, town.owed, facts.id, town.now + timedelta(hours=1))
    assert (confirmed.confirmed_by, again) == ("head", confirmed)
    assert (await submissions.one(town.session, head, town.owed, town.now)).done_at is not None
    await write_now(town.session)
    verbs = [row.verb for row in (await town.session.exec(select(JournalRow))).all()]
    assert (verbs.count("handed_in"), verbs.count("confirmed_handed_in")) == (1, 1)


async def test_what_a_head_hands_in_is_confirmed_with_it(town: Stations) -> None:
    facts = await town.hands_in("head")
    assert (facts.made_by, facts.confirmed_by) == ("head", "head")


async def test_handed_in_once_and_never_over_something_else(town: Stations) -> None:
    first = await town.hands_in()
    for who in ("clerk", "head"):
        assert await refusal_of(town.hands_in(who)) is Code.HANDED_IN_ALREADY
    actor = await town.actor("clerk")
    await submissions.withdraw(town.session, actor, town.owed, first.id, town.now)
    second = await town.hands_in(paper=replace(PAPER, number="16/BC-T1"))
    rows = (await town.session.exec(select(Submission).order_by(Submission.number))).all()
    assert [(row.number, row.withdrawn_at is None) for row in rows] == [
        ("15/BC-T1", False),
        ("16/BC-T1", True),
    ]
    assert second.receipt != first.receipt


async def test_only_what_is_on_the_screen_is_confirmed_or_taken_back(town: Stations) -> None:
    """The head read one paper; meanwhile the coordinator put another in its place."""
    read = await town.hands_in()
    clerk, head = await town.actor("clerk"), await town.actor("head")
    await submissions.withdraw(town.session, clerk, town.owed, read.id, town.now)
    fresh = await town.hands_in(paper=replace(PAPER, number="99/BC-T1"))
    for act in (submissions.confirm, submissions.withdraw):
        code = await refusal_of(act(town.session, head, town.owed, read.id, town.now))
        assert code is Code.HANDED_IN_ANEW
    kept = await submissions.of(town.session, head, town.owed, town.now)
    assert kept is not None
    assert (kept.id, kept.confirmed_at) == (fresh.id, None)


async def test_late_is_marked_and_taken_to_the_end(town: Stations) -> None:
    on_time = town.later(days=(DUE - town.now.date()).days, hours=15)
    late = town.later(days=(DUE - town.now.date()).days + 1)
    assert not (await on_time.hands_in("other_head", town.other)).late
    assert (await late.hands_in("head")).late
    much_later = town.later(days=900)
    actor = await much_later.actor("head")
    kept = await submissions.of(town.session, actor, town.owed, much_later.now)
    assert kept is not None
    assert kept.late


async def test_a_file_that_cannot_be_used_is_replaced_and_the_receipt_stays(town: Stations) -> None:
    bad = await town.a_file("clerk", "refused")
    first = await town.hands_in(paper=replace(PAPER, evidence_id=bad))
    assert first.lacks_file
    clerk = await town.actor("clerk")
    good = await town.a_file("clerk", "clean")
    mended = await submissions.attach(town.session, clerk, town.owed, first.id, good, town.now)
    assert (mended.receipt, mended.number, mended.made_at) == (first.receipt, first.number, first.made_at)
    assert mended.file is not None
    assert not mended.lacks_file
    other = await town.a_file("clerk", "waiting")
    code = await refusal_of(submissions.attach(town.session, clerk, town.owed, first.id, other, town.now))
    assert code is Code.HANDED_IN_ALREADY
    assert await refusal_of(evidence.remove(town.session, clerk, good, town.now)) is Code.ALREADY_SIGNED
    assert good not in [one.id for one in await evidence.unused(town.session, clerk)]


async def test_what_is_no_document_is_refused_and_nothing_is_kept(town: Stations) -> None:
    before = await town.counts()
    for code, papers in {
        Code.NUMBER_OF_PAPER_MISSING: [
            replace(PAPER, number=number) for number in ("", "5", "không số", "🙂🙂🙂", "\x00\x1b\u202e")
        ],
        Code.DATED_LATER: [replace(PAPER, dated=date(2026, 11, 24))],
        Code.QUESTION_TOO_SHORT: [replace(PAPER, words=words) for words in ("", "🙂" * 20, " \n\t\x00" * 20)],
        Code.TEXT_TOO_LONG: [replace(PAPER, number="1" * 5000), replace(PAPER, words="a" * 5000)],
    }.items():
        for paper in papers:
            assert await refusal_of(town.hands_in("head", paper=paper)) is code, paper
    assert await town.counts() == before


async def test_what_looks_like_markup_or_commands_is_text(town: Stations) -> None:
    words = "<b>Đã xong</b> & {x} %s *đậm*\n\nDòng hai\u202e\x07"
    facts = await town.hands_in("head", paper=replace(PAPER, number="<i>1/BC</i>", words=words))
    assert facts.number == "<i>1/BC</i>"
    assert facts.words == "<b>Đã xong</b> & {x} %s *đậm*\nDòng hai"


async def test_a_day_of_the_units_own_is_before_the_last_safe_day(town: Stations) -> None:
    head = await town.actor("head")
    for day in (date(2026, 11, 22), DUE, DUE + timedelta(days=1), date(2099, 1, 1)):
        act = submissions.set_cut_off(town.session, head, town.owed, day, town.now)
        assert await refusal_of(act) is Code.CUT_OFF_OUTSIDE
    await submissions.set_cut_off(town.session, head, town.owed, date(2026, 11, 27), town.now)
    await submissions.set_cut_off(town.session, head, town.owed, date(2026, 11, 26), town.now)
    (kept,) = (await town.session.exec(select(CutOff))).all()
    assert kept.day == date(2026, 11, 26)
    sunday, friday = date(2026, 11, 29), date(2026, 11, 27)
    assert await submissions.set_cut_off(town.session, head, town.owed, sunday, town.now) == friday
    assert texts.cut_off_set(sunday, friday) == (
        "Chủ nhật 29/11/2026 là ngày nghỉ nên hạn nội bộ được ghi là thứ Sáu 27/11/2026."
    )
    await submissions.set_cut_off(town.session, head, town.owed, None, town.now)
    assert not (await town.session.exec(select(CutOff))).all()


async def test_a_document_of_the_unit_is_not_listed_as_proof_of_a_criterion(town: Stations) -> None:
    clerk, file = await town.actor("clerk"), await town.a_file("clerk")
    assert await evidence.handed_in(town.session, clerk) == []
    await town.hands_in("clerk", paper=replace(PAPER, evidence_id=file))
    papers = await evidence.handed_in(town.session, clerk)
    assert [one.id for one in papers] == [file]
    files = await evidence.mine(town.session, clerk)
    can = Capabilities(buttons=True, edits=True, files_in=True, files_out=True, text_limit=4096)
    body = evidence_texts.tray(files, [], UTC, can, handed_in=papers).body
    assert body.startswith("Đã nộp cùng kế hoạch, báo cáo của đơn vị:")
    assert "Đã dùng cho tiêu chí" not in body
