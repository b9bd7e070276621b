"""The plan's screens at their borders: forged ways in, odd words, long plans, a phone's length."""

import pytest

from core.calendar import WorkCalendar
from core.messages import utf16_length
from core.plan import Reckoning, Section, passages
from core.refusals import Code, Refusal
from core.roles import Role
from core.texts import plan as texts
from db.models import CampaignVersion, Question
from handlers import plan as plan_dialogue
from handlers.plan_asking import Ask
from handlers.plan_places import AskPlace, PlanPlace
from services import campaigns
from services.actor import console
from services.papers.campaign_toml import read_file
from tests import builders
from tests.chat import Town
from tests.handlers.test_every_step import a_turn

PHONE = 1500
CAMPAIGNS = builders.PLAN_FILE.parent


@pytest.mark.parametrize("role", list(Role))
async def test_everybody_with_a_role_reads_the_plan(numbers_town: Town, role: Role) -> None:
    lan = await numbers_town.joined("Trần Thị Lan", roles=(role,))
    await lan.says("/kehoach")
    assert "Mục tiêu:" in lan.sees


async def test_without_a_role_there_is_no_plan(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan", roles=())
    await lan.says("/kehoach")
    assert "không có quyền xem" in lan.sees


@pytest.mark.parametrize("subject", ["99", "99.c3", "1.zz9", "0"])
async def test_a_forged_way_in_leads_nowhere(numbers_town: Town, subject: str) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    async with numbers_town.office() as session:
        with pytest.raises(Refusal) as refusal:
            await plan_dialogue.DIALOGUE.enter(await a_turn(session, lan), subject)
    assert refusal.value.code is Code.NOT_FOUND


@pytest.mark.parametrize("words", ["CH 999", "TL 1", "TL 999999999999999", "CH 0"])
async def test_keywords_of_others_questions_open_nothing(numbers_town: Town, words: str) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    await lan.says(words)
    assert "không có quyền xem" in lan.sees


@pytest.mark.parametrize("words", ["?!", "\u200b", "%_'\"; DROP TABLE", "đ" * 3000, "🏥 💉", "<b>hạn</b>"])
async def test_odd_words_are_looked_for_like_any_other(numbers_town: Town, words: str) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    await lan.says("/kehoach")
    await lan.says(words)
    assert lan.sees
    assert "mã sự cố" not in lan.sees
    assert utf16_length(lan.sees) < 2000


async def test_the_words_just_typed_can_be_sent_as_they_are(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    await lan.says("/kehoach")
    await lan.says("mật khẩu wifi phòng họp ở đâu")
    await lan.taps("Hỏi bộ phận phụ trách")
    await lan.taps("Gửi luôn câu vừa gõ")
    assert [row.question for row in await numbers_town.rows(Question)] == ["mật khẩu wifi phòng họp ở đâu"]


async def test_a_question_out_of_reach_is_not_sent(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    await lan.says("/kehoach")
    await lan.taps("Hỏi bộ phận phụ trách")
    await lan.says("hả")
    assert "quá ngắn nên chưa gửi" in lan.sees
    await lan.says("x" * 1001)
    assert "giới hạn 1000 ký tự" in lan.sees
    assert await numbers_town.rows(Question) == []


async def test_the_same_words_again_are_looked_for_and_not_asked_twice(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    await lan.says("/kehoach")
    await lan.taps("Hỏi bộ phận phụ trách")
    await lan.says("Bao giờ phát phiếu khảo sát?")
    await lan.says("Bao giờ phát phiếu khảo sát?")
    assert len(await numbers_town.rows(Question)) == 1


async def test_a_question_is_about_the_plan_it_was_asked_from(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    await lan.says("/kehoach")
    await lan.says("gi do khong co that")
    await lan.taps("Hỏi bộ phận phụ trách")
    await lan.says("0")
    assert "Không tìm thấy".casefold() in lan.sees.casefold()
    await lan.taps("Hỏi bộ phận phụ trách")
    await lan.says("Chuyện này hỏi ai?")
    assert [row.campaign for row in await numbers_town.rows(Question)] == ["004"]


async def test_of_a_version_that_was_replaced_it_says_so(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    await lan.says("/kehoach")
    async with numbers_town.office() as session:
        now = numbers_town.clock.now()
        await builders.the_plan(session, now, ("đạt trên 90%.", "đạt trên 92%."))
    await lan.taps("Mục đích")
    await lan.says("0")
    assert texts.SUPERSEDED in lan.sees
    await lan.says("/kehoach")
    assert texts.SUPERSEDED not in lan.sees


@pytest.mark.parametrize("name", sorted(one.name for one in CAMPAIGNS.glob("*-20*.toml")))
def test_every_screen_of_a_plan_fits_a_phone(name: str) -> None:
    campaign = read_file(CAMPAIGNS / name)
    read = passages(campaign)
    by = Reckoning(2026, WorkCalendar(), {})
    screens = [texts.key_points(campaign, read, by, superseded=True)]
    for section in Section:
        shown = [(at, one) for at, one in enumerate(read) if one.section is section]
        pages = range((len(shown) + texts.LISTED - 1) // texts.LISTED)
        screens += [texts.part(campaign, texts.SECTIONS[section], shown, page) for page in pages]
    screens += [texts.clause(campaign, one, by, superseded=True, more=True) for one in read]
    for screen in screens:
        assert len(screen.body) + len(screen.title) + len(screen.hint) < PHONE, screen.title


async def several(town: Town, *names: str) -> None:
    """More plans in force."""
    async with town.office() as session:
        now = town.clock.now()
        for name in names:
            source = (CAMPAIGNS / name).read_text("utf-8")
            await campaigns.load(session, console(now.date()), source, name, now)


async def test_with_several_plans_one_is_chosen_first(numbers_town: Town) -> None:
    await several(numbers_town, "binh-dinh-2025.toml", "binh-dinh-2021-2025.toml")
    lan = await numbers_town.joined("Trần Thị Lan")
    await lan.says("/kehoach")
    assert lan.sees.count("Thi đua") >= 3
    await lan.says("nop ho so khi nao")
    assert "(Thi đua CCHC 2026 - 2030)" in lan.sees
    await lan.taps("000-D2")
    assert "trước ngày 15/12 hằng năm" in lan.sees
    assert "chậm nhất Chủ nhật 14/12/2025" in lan.sees
    assert "ngày làm việc cuối: thứ Sáu 12/12/2025" in lan.sees
    await lan.says("0")
    assert "000-D2" in lan.sees
    await lan.says("0")
    await lan.taps("Thi đua CCHC 2026 - 2030")
    await lan.says("trước 15/12")
    assert "Không tìm thấy".casefold() in lan.sees.casefold()
    await lan.taps("Tìm trong mọi kế hoạch")
    assert "000-D2" in lan.sees


async def test_an_umbrella_is_read_and_says_how_it_wants_to_be_asked(numbers_town: Town) -> None:
    await several(numbers_town, "binh-dinh-2025.toml")
    umbrella = next(one.id or 0 for one in await numbers_town.rows(CampaignVersion) if one.code == "003")
    lan = await numbers_town.joined("Trần Thị Lan")
    async with numbers_town.office() as session:
        turn = await a_turn(session, lan)
        shown = await plan_dialogue.KeyPoints().show(turn, PlanPlace(version=umbrella))
        asking = await Ask().show(turn, AskPlace(version=umbrella))
    assert texts.UMBRELLA in shown.body
    for told in (shown.body, asking.body):
        assert "kế hoạch yêu cầu bằng văn bản gửi Sở Y tế, kể cả đề nghị điều chỉnh kế hoạch" in told


async def test_a_draft_cannot_be_read(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    async with numbers_town.office() as session:
        now = numbers_town.clock.now()
        source = (CAMPAIGNS / "ninh-thuan-2024.toml").read_text("utf-8")
        draft = await campaigns.prepare(session, console(now.date()), source, "001.toml", now)
        with pytest.raises(Refusal) as refusal:
            await plan_dialogue.DIALOGUE.enter(await a_turn(session, lan), str(draft.version_id))
    assert refusal.value.code is Code.NOT_FOUND
    await lan.says("/kehoach")
    assert "Ninh Thuận" not in lan.sees


async def test_an_entered_date_is_told_with_its_document(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    async with numbers_town.office() as session:
        now = numbers_town.clock.now()
        await campaigns.enter_date(
            session,
            console(now.date()),
            "004",
            "deadline:004-D1",
            "14/12/2026",
            "Công văn số 12/TTYT-TCHC",
            now,
        )
    await lan.says("/kehoach")
    await lan.says("nop ho so khi nao")
    assert "14/12/2026" in lan.sees
    await lan.taps("004-D1")
    assert "theo Công văn số 12/TTYT-TCHC (ngày do đơn vị nhập)" in lan.sees
