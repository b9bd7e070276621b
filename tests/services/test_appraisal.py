"""Who appraises what: rights, conflicts, guessed numbers, changed minds, and what a unit may answer."""

import json
from datetime import UTC

from sqlmodel import select

from core.appraisal import Likeness, Mark, TieRule
from core.dossiers import DossierState
from core.refusals import Code
from core.roles import Role
from db.models import (
    Answer,
    AppraisalConflict,
    AppraisalMark,
    Evidence,
    EvidenceUse,
    OutboxRow,
    Person,
    ShortlistChange,
    SupplementItem,
)
from db.queries import likeness
from services import (
    appraisal,
    appraisal_likeness,
    appraisal_marks,
    appraisal_report,
    appraisal_rules,
    appraisal_shortlist,
    appraisal_supplement,
    dossiers,
)
from services.papers import appraisal_report as paper
from services.papers import appraisal_report_template as template
from tests.chat import Town
from tests.services.appraising import handed_in
from tests.services.considering import entered, notices, round_id
from tests.services.decreed import laid_out
from tests.services.test_assessment import refusal_of
from tests.services.test_signed_copy import parts_of

REASON = "Chưa thấy phiếu xếp loại có dấu."
HOSTILE = "=cmd|' /C calc'!A0 {{ 7*7 }} {% for x in y %} <w:p> \u202e\x00 Thiếu quyết định"


async def test_only_who_took_it_up_marks_and_only_without_an_interest(numbers_town: Town) -> None:
    town = numbers_town
    story = await handed_in(town)
    async with town.office() as session:
        now = town.clock.now()
        judge, second = await town.actor(session, story.judge), await town.actor(session, story.second)
        staff, chief = await town.actor(session, story.lan), await town.actor(session, story.head)
        for stranger in (staff, chief):
            assert await refusal_of(appraisal.queue(session, stranger, 0, now)) is Code.NOT_FOUND
            assert (
                await refusal_of(appraisal.take_up(session, stranger, story.dossier, now)) is Code.NOT_FOUND
            )
        for number in (0, -1, 999_999):
            assert await refusal_of(appraisal.take_up(session, judge, number, now)) is Code.NOT_FOUND
            assert await refusal_of(appraisal_marks.nominee(session, judge, number, now)) is Code.NOT_FOUND
        early = appraisal_marks.mark(session, judge, story.nominee, ["n1"], Mark.MET, "", now)
        assert await refusal_of(early) is Code.DOSSIER_MOVED_ON
        facts = await appraisal.take_up(session, judge, story.dossier, now)
        assert (facts.state, facts.appraiser_id) == (DossierState.APPRAISING, judge.person_id)
        again = appraisal.take_up(session, second, story.dossier, now)
        assert await refusal_of(again) is Code.DOSSIER_MOVED_ON
        seen = await appraisal_marks.nominee(session, judge, story.nominee, now)
        keys = [one.criterion.key for one in seen.to_mark]
        theirs = appraisal_marks.mark(session, second, story.nominee, keys, Mark.MET, "", now)
        assert await refusal_of(theirs) is Code.APPRAISAL_ELSEWHERE
        bare = appraisal_marks.mark(session, judge, story.nominee, keys, Mark.NOT_MET, " ", now)
        assert await refusal_of(bare) is Code.TEXT_TOO_SHORT
        forged = appraisal_marks.mark(session, judge, story.nominee, ["khong-co"], Mark.MET, "", now)
        assert await refusal_of(forged) is Code.NOT_FOUND
        assert await refusal_of(appraisal_marks.file(session, judge, story.nominee, 1, now)) is Code.NOT_FOUND

        await appraisal.hand_over(session, judge, story.dossier, second.person_id, now)
        to_self = appraisal.hand_over(session, second, story.dossier, second.person_id, now)
        assert await refusal_of(to_self) is Code.NOT_FOUND
        await appraisal.declare_conflict(session, second, story.dossier, "Em gái tôi có tên ở đây.", now)
        await appraisal.declare_conflict(session, second, story.dossier, "Em gái tôi có tên ở đây.", now)
        back = appraisal.take_up(session, second, story.dossier, now)
        assert await refusal_of(back) is Code.APPRAISAL_CONFLICT
        blind = appraisal_marks.nominee(session, second, story.nominee, now)
        assert await refusal_of(blind) is Code.APPRAISAL_CONFLICT
        assert (await dossiers.one(session, judge, story.dossier, now)).state is DossierState.SUBMITTED
        assert len(await notices(session, story.judge)) == 2
    assert await town.rows(AppraisalMark) == []
    assert len(await town.rows(AppraisalConflict)) == 1


async def test_nobody_appraises_their_own_unit(numbers_town: Town) -> None:
    town = numbers_town
    story = await handed_in(town)
    near = await town.joined("Hoàng Thị Gần", roles=(Role.APPRAISER,))
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, near)
        (line,), _more = await appraisal.queue(session, actor, 0, now)
        assert line.conflict is not None
        refused = appraisal.take_up(session, actor, story.dossier, now)
        assert await refusal_of(refused) is Code.APPRAISAL_CONFLICT
        assert (await appraisal.desk(session, actor, story.dossier, now)).nominees == ()


async def test_what_somebody_left_is_taken_over_with_its_marks(numbers_town: Town) -> None:
    town = numbers_town
    story = await handed_in(town)
    async with town.office() as session:
        now = town.clock.now()
        judge, second = await town.actor(session, story.judge), await town.actor(session, story.second)
        await appraisal.take_up(session, judge, story.dossier, now)
        assert await appraisal_marks.mark_rest(session, judge, story.nominee, now) > 0
        assert not (await appraisal.desk(session, second, story.dossier, now)).left
        gone = await session.get(Person, judge.person_id)
        assert gone is not None
        gone.active = False
        await session.flush()
        assert (await appraisal.desk(session, second, story.dossier, now)).left
        facts = await appraisal.take_up(session, second, story.dossier, now)
        assert (facts.state, facts.appraiser_id) == (DossierState.APPRAISING, second.person_id)
        desk = await appraisal.desk(session, second, story.dossier, now)
        assert (desk.marks_now, desk.left) == (True, False)
        ((_who, verdict),) = desk.nominees
        assert verdict.marked > 0


async def test_a_changed_mind_is_kept_and_said_twice_is_said_once(numbers_town: Town) -> None:
    town = numbers_town
    story = await handed_in(town)
    async with town.office() as session:
        now, judge = town.clock.now(), await town.actor(session, story.judge)
        await appraisal.take_up(session, judge, story.dossier, now)
        seen = await appraisal_marks.nominee(session, judge, story.nominee, now)
        key = seen.to_mark[0].criterion.key
        for mark, reason, fresh in (
            (Mark.UNCLEAR, REASON, 1),
            (Mark.UNCLEAR, REASON, 0),
            (Mark.MET, "", 1),
            (Mark.NOT_MET, HOSTILE, 1),
        ):
            marked = await appraisal_marks.mark(session, judge, story.nominee, [key, key], mark, reason, now)
            assert marked == fresh
        history = await appraisal_marks.history(session, judge, story.nominee, key, now)
        assert [one.mark for one in history] == [Mark.NOT_MET, Mark.MET, Mark.UNCLEAR]
        found = (await appraisal_shortlist.verdicts(session, story.dossier, now))[story.nominee]
        assert (found.mark, found.marked, found.total, found.rank) == (None, 1, 2, 1)
        unfinished = appraisal.finish(session, judge, story.dossier, "", now)
        assert await refusal_of(unfinished) is Code.APPRAISAL_UNFINISHED
        assert await appraisal_marks.mark_rest(session, judge, story.nominee, now) == 1
        assert await appraisal_marks.mark_rest(session, judge, story.nominee, now) == 0
        found = (await appraisal_shortlist.verdicts(session, story.dossier, now))[story.nominee]
        assert found.mark is Mark.NOT_MET

        report = await appraisal_report.ask(session, judge, story.dossier, now)
        content = await appraisal_report.content(session, report, now)
        assert content is not None
        made = paper.build(content, UTC)
        assert made == paper.build(content, UTC)
        words = parts_of(made)["word/document.xml"].decode()
        assert "{{ 7*7 }}" in words.replace("&#123;", "{").replace("&#125;", "}")
        assert "BÁO CÁO" in words
        laid_out(made, "/BC-")
        await appraisal_report.made(session, report, "0" * 64, now)
        await appraisal_report.made(session, report, "1" * 64, now)
        assert await appraisal_report.made_last(session, judge, story.dossier, now) == "0" * 64


async def test_a_unit_answers_what_it_was_asked_and_nothing_else(numbers_town: Town) -> None:
    town = numbers_town
    story = await handed_in(town)
    async with town.office() as session:
        now = town.clock.now()
        judge, chief = await town.actor(session, story.judge), await town.actor(session, story.head)
        staff, second = await town.actor(session, story.lan), await town.actor(session, story.second)
        await appraisal.take_up(session, judge, story.dossier, now)
        empty = appraisal_supplement.send_back(session, judge, story.dossier, None, now)
        assert await refusal_of(empty) is Code.SUPPLEMENT_EMPTY
        item = await appraisal_supplement.note(session, judge, story.dossier, HOSTILE, now)
        theirs = appraisal_supplement.note(session, second, story.dossier, REASON, now)
        assert await refusal_of(theirs) is Code.APPRAISAL_ELSEWHERE
        assert await refusal_of(appraisal_supplement.item(session, chief, item, now)) is Code.NOT_FOUND
        past = appraisal_supplement.send_back(session, judge, story.dossier, judge.today, now)
        assert await refusal_of(past) is Code.SUPPLEMENT_PAST
        facts = await appraisal_supplement.send_back(session, judge, story.dossier, None, now)
        assert (facts.version, facts.state) == (2, DossierState.SUPPLEMENT)
        twice = appraisal_supplement.send_back(session, judge, story.dossier, None, now)
        assert await refusal_of(twice) is Code.DOSSIER_MOVED_ON
        more = dossiers.gather(session, chief, story.dossier, now)
        assert await refusal_of(more) is Code.DOSSIER_SUPPLEMENTED
        for stranger in (staff, second):
            refused = appraisal_supplement.answer(session, stranger, item, REASON, now)
            assert await refusal_of(refused) is Code.NOT_FOUND
        forged = appraisal_supplement.add_files(session, chief, item, [1], now)
        assert await refusal_of(forged) is Code.NOT_FOUND
        open_still = appraisal_supplement.give_back(session, chief, story.dossier, now)
        assert await refusal_of(open_still) is Code.SUPPLEMENT_OPEN
        assert await appraisal_supplement.remind(session, now) == 0
        assert len(await notices(session, story.head)) == 2

        town.clock.move(days=7)
        later = town.clock.now()
        assert await appraisal_supplement.remind(session, later) == 1
        await appraisal_supplement.remind(session, later)
        assert len(await notices(session, story.head)) == 3
        chief = await town.actor(session, story.head)
        await appraisal_supplement.answer(session, chief, item, HOSTILE, later)
        (kept,) = await appraisal_supplement.asked_again(session, story.dossier)
        assert kept.answered
        assert "\x00" not in kept.answer
        assert "\u202e" not in kept.answer
    assert len(await town.rows(SupplementItem)) == 1


async def test_the_shortlist_is_moved_with_a_reason_and_the_rules_by_the_office(numbers_town: Town) -> None:
    town = numbers_town
    story = await handed_in(town)
    office = await town.joined("Lê Văn Phòng", roles=(Role.OFFICE,))
    async with town.office() as session:
        now, judge = town.clock.now(), await town.actor(session, story.judge)
        clerk, chief = await town.actor(session, office), await town.actor(session, story.head)
        await appraisal.take_up(session, judge, story.dossier, now)
        change = appraisal_shortlist.change
        assert await refusal_of(change(session, judge, story.nominee, 1, "x", now)) is Code.TEXT_TOO_SHORT
        assert await refusal_of(change(session, judge, story.nominee, 2, REASON, now)) is Code.SHORTLIST_PLACE
        for stranger in (chief, clerk):
            refused = change(session, stranger, story.nominee, 1, REASON, now)
            assert await refusal_of(refused) is Code.NOT_FOUND
        await change(session, judge, story.nominee, 1, "Trực tiếp phục vụ người bệnh.", now)
        await change(session, judge, story.nominee, None, "Trực tiếp phục vụ người bệnh.", now)
        _round, found = await appraisal_shortlist.one(session, clerk, story.nominee, now)
        assert found.moved is not None
        assert found.contender.remark == "Trực tiếp phục vụ người bệnh."
        assert await appraisal_shortlist.remark(session, story.nominee) == found.contender.remark
        assert await appraisal_shortlist.preferred(session, await round_id(session)) == ()

        for stranger in (judge, chief):
            refused = appraisal_rules.set_days(session, stranger, "appraisal", 5, now)
            assert await refusal_of(refused) is Code.NOT_FOUND
        for count in (0, 61):
            refused = appraisal_rules.set_days(session, clerk, "appraisal", count, now)
            assert await refusal_of(refused) is Code.APPRAISAL_DAYS_OUTSIDE
        await appraisal_rules.set_days(session, clerk, "appraisal", 8, now)
        await appraisal_rules.set_order(session, clerk, [TieRule.ON_TIME, TieRule.ON_TIME], now)
        assert (await appraisal.desk(session, judge, story.dossier, now)).clock.days == 8
        assert await appraisal_rules.order(session) == (TieRule.ON_TIME,)
    assert len(await town.rows(ShortlistChange)) == 2
    assert all("phục vụ" not in row.payload for row in await town.rows(OutboxRow))


def test_the_shipped_template_is_what_its_module_writes() -> None:
    assert parts_of(template.TEMPLATE.read_bytes()) == parts_of(template.written()), (
        "Changed on purpose? Write it anew: python -m services.papers.appraisal_report_template"
    )


async def test_what_two_people_have_in_common_is_shown_with_who_and_when(numbers_town: Town) -> None:
    """The same photo sent anew, the same file, and an answer that was copied, by a colleague."""
    town = numbers_town
    story = await handed_in(town)
    other = await town.joined("Ngô Thị Bắt Chước")
    said = "Tổ đã sắp xếp lại quầy tiếp đón, phát số thứ tự tự động và bố trí người hướng dẫn từ sáu giờ sáng"
    async with town.office() as session:
        copied = await entered(town, session, await town.actor(session, other))
    async with town.office() as session:
        now, judge = town.clock.now(), await town.actor(session, story.judge)
        (nominee,) = await dossiers.nominees(session, story.dossier, now)
        for sheet, look, words in (
            (nominee.assessment_id, (1, 2, 3, 4), said),
            (copied, (1, 2, 3, 12), said.upper()),
        ):
            files = [
                Evidence(
                    code=f"MC-{sheet}{place}",
                    person_id=1,
                    name="anh.jpg",
                    size=1,
                    mime="image/jpeg",
                    source="{}",
                    state="clean",
                    sha256=sha256,
                    received_at=now,
                )
                for place, sha256 in enumerate((f"{sheet:064}", "a" * 64))
            ]
            session.add_all(files)
            await session.flush()
            for file, code in zip(files, ("009-T1", "009-N1"), strict=True):
                session.add(
                    EvidenceUse(evidence_id=file.id or 0, assessment_id=sheet, criterion=code, added_at=now)
                )
            await likeness.keep_print(session, files[0].id or 0, look)
            answer = (
                await session.exec(
                    select(Answer).where(Answer.assessment_id == sheet, Answer.criterion == "009-T1")
                )
            ).one()
            answer.given = json.dumps({"loi": {"text": words}}, ensure_ascii=False)
            session.add(answer)
        await appraisal.take_up(session, judge, story.dossier, now)
    await town.settle()
    async with town.office() as session:
        judge = await town.actor(session, story.judge)
        found = await appraisal_likeness.of(session, judge, story.nominee)
        told = {(one.kind, one.criterion, one.share, one.who) for one in found}
    name = "Ngô Thị Bắt Chước"
    assert told == {
        (Likeness.FILE, "009-N1", 100, name),
        (Likeness.PICTURE, "009-T1", 99, name),
        (Likeness.WORDS, "009-T1", 100, name),
    }
