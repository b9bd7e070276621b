"""Around an appraisal: obstacles, other hands, an interest declared, an end with something open."""

from core.eligibility import HindranceKind
from core.roles import Role
from db.models import Dossier, DossierStep
from services import dossier_submission, hindrances
from services.hindrances import Whom
from tests.chat import Town
from tests.services.appraising import handed_in


async def test_what_stands_in_the_way_is_set_aside_from_here(numbers_town: Town) -> None:
    town = numbers_town
    story = await handed_in(town)
    office = await town.joined("Lê Văn Phòng", roles=(Role.OFFICE,))
    async with town.office() as session:
        clerk, staff = await town.actor(session, office), await town.actor(session, story.lan)
        whom = Whom(staff.name, "", person_id=staff.person_id)
        kind, document = HindranceKind.COMPLAINT, "Đơn số 3/2026"
        await hindrances.note(session, clerk, whom, kind, document, clerk.today, None, town.clock.now())
    judge = story.judge
    await judge.says(f"TD {story.dossier}")
    await judge.taps("Nhận thẩm định")
    await judge.taps("Trần Thị Lan")
    assert "Chưa được xét vì:" in judge.sees
    await judge.taps("Bỏ qua vướng mắc (hai người)")
    assert "Đơn số 3/2026" in judge.sees
    await judge.taps("Đề nghị bỏ qua")
    await judge.says("Đơn đã được kết luận là không có cơ sở.")
    assert "Đã ghi đề nghị bỏ qua" in judge.sees
    await judge.taps("Quay lại")
    await judge.taps("Quay lại")
    assert "Tự đánh giá → thẩm định" in judge.sees


async def test_it_goes_from_hand_to_hand_and_ends_with_a_reason(numbers_town: Town) -> None:
    town = numbers_town
    story = await handed_in(town)
    judge, second = story.judge, story.second
    await judge.says("/thamdinh")
    await judge.taps("Khoa Mẫu 1")
    await judge.taps("Nhận thẩm định")
    await judge.taps("Chuyển người khác")
    await judge.taps("Vũ Văn Xét")
    assert "người thẩm định Vũ Văn Xét" in judge.sees
    assert "Anh/chị được chuyển một hồ sơ để thẩm định".casefold() in second.sees.casefold()
    await second.says(f"TD {story.dossier}")
    await second.taps("Tôi có liên quan")
    await second.says("Em gái tôi có tên trong danh sách.")
    assert "Hồ sơ này do người khác thẩm định" in second.sees
    assert "anh/chị đã khai có liên quan" in second.sees
    await second.says(f"TD {story.dossier}")
    assert "Anh/chị không thẩm định hồ sơ này" in second.sees
    assert "Trần Thị Lan" not in second.sees

    await judge.says(f"TD {story.dossier}")
    await judge.taps("Nhận thẩm định")
    await judge.taps("Kết thúc thẩm định")
    await judge.says("vội")
    assert "quá ngắn" in judge.sees
    await judge.says("Hội đồng họp ngày mai, phần còn lại trình bày tại phiên.")
    assert "Đã kết thúc thẩm định" in judge.sees
    await judge.taps("Mở lại thẩm định")
    await judge.says("Phiên họp đã hoãn sang tuần sau.")
    assert "Đã mở lại thẩm định" in judge.sees
    assert [one.state for one in await town.rows(Dossier)] == ["appraising"]
    reasons = [one.reason for one in await town.rows(DossierStep) if one.act in {"finish", "reopen"}]
    assert reasons == [
        "Hội đồng họp ngày mai, phần còn lại trình bày tại phiên.",
        "Phiên họp đã hoãn sang tuần sau.",
    ]


async def test_an_old_button_says_once_that_the_unit_took_its_dossier_back(telegram_town: Town) -> None:
    story = await handed_in(telegram_town)
    judge = story.judge
    await judge.says("/thamdinh")
    await judge.taps("Khoa Mẫu 1")
    async with telegram_town.office() as session:
        chief = await telegram_town.actor(session, story.head)
        why, now = "Sửa lại danh sách đề nghị.", telegram_town.clock.now()
        await dossier_submission.withdraw(session, chief, story.dossier, 1, why, now)
    await judge.taps("Nhận thẩm định")
    assert judge.sees.count("Đơn vị đã rút hồ sơ này") == 1
    assert "Không tìm thấy" not in judge.sees
