"""The plans of three provinces in conversation: each asks what it asks, of whom it asks it."""

from pathlib import Path

from core.roles import Role
from services import campaigns
from services.actor import console
from tests.chat import Town

PLANS = Path(__file__).resolve().parents[2] / "campaigns"
BLANK = 'issued_on = { unsaid = "ngày tháng năm 2024" }'


async def load(town: Town, name: str, *changes: tuple[str, str]) -> None:
    """The plan in force, as the console loads it."""
    source = (PLANS / f"{name}.toml").read_text(encoding="utf-8")
    for before, after in changes:
        assert before in source
        source = source.replace(before, after)
    async with town.office() as session:
        now = town.clock.now()
        await campaigns.load(session, console(now.date()), source, f"{name}.toml", now)


async def test_binh_dinh_asks_the_rating_first_and_lets_one_pick_a_way(town: Town) -> None:
    await load(town, "binh-dinh-2021-2025")
    lan = await town.joined("Trần Thị Lan")
    await lan.says("/tudanhgia")
    await lan.taps("Năm 2025 · CCHC Bình Định")
    await lan.taps("Bắt đầu: 000-N2")
    assert "cần Hoàn thành tốt hoặc Hoàn thành xuất sắc" in lan.sees
    await lan.taps("Đang chờ xếp loại")
    assert "Đang chờ kết quả" in lan.sees
    await lan.taps("Tiếp theo")
    assert "Đạt một trong các cách:" in lan.sees
    await lan.taps("Cách 2: sáng kiến có hiệu quả")
    assert "gửi ảnh giấy chứng nhận hoặc quyết định công nhận sáng kiến" in lan.sees


async def test_ninh_thuan_asks_more_of_a_head(town: Town) -> None:
    await load(town, "ninh-thuan-2024", (BLANK, "issued_on = 2024-02-01"))
    head = await town.joined("Phạm Văn Trưởng", roles=(Role.STAFF, Role.HEAD))
    await head.says("/tudanhgia")
    await head.taps("Người đứng đầu · năm 2024")
    await head.taps("Người đứng đầu 0/5")
    await head.taps("001-L1")
    await head.taps("Tốt")
    await head.taps("Cách 2: DDCI tăng bậc")
    await head.says("8 5")
    assert "năm trước hạng 8, năm nay hạng 5: tăng 3 bậc" in head.sees
    await head.taps("Tiếp theo")
    await head.says("90/98")
    assert "90/98 ≈ 91,84 % không đạt «đúng 100 %»" in head.sees


async def test_ninh_thuan_excludes_a_unit_above_ten_per_cent(town: Town) -> None:
    await load(town, "ninh-thuan-2024", (BLANK, "issued_on = 2024-02-01"))
    dau_moi = await town.joined("Lê Thị Mối", roles=(Role.STAFF, Role.COORDINATOR))
    await dau_moi.says("/tudanhgia")
    await dau_moi.taps("Tập thể Khoa Mẫu 1 · năm 2024")
    await dau_moi.taps("Trường hợp không xét 0/3")
    await dau_moi.taps("001-X1")
    await dau_moi.says("12/98")
    assert "12/98 ≈ 12,24 %, trên 10 %: không được xét." in dau_moi.sees
    await dau_moi.taps("Trả lời lại")
    await dau_moi.says("10")
    assert "10 %, không quá 10 %: không bị loại trừ." in dau_moi.sees


async def test_vung_tau_asks_content_of_everyone_and_standards_apart(town: Town) -> None:
    await load(town, "ba-ria-vung-tau-2023", ("# issued_on", "issued_on"))
    lan = await town.joined("Trần Thị Lan")
    await lan.says("/tudanhgia")
    await lan.taps("Năm 2023 · CCHC Bà Rịa")
    assert "Tiêu chuẩn cá nhân: 0/2" in lan.sees
    assert "Nội dung thi đua: 0/5" in lan.sees
    assert "Tiêu chuẩn tập thể" not in lan.sees


async def test_the_umbrella_is_read_and_not_answered(town: Town) -> None:
    await load(town, "binh-dinh-2025")
    lan = await town.joined("Trần Thị Lan")
    await lan.says("/tudanhgia")
    assert "Thi đua yêu nước" not in lan.sees
