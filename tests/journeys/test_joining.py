"""Joining: by link, by typed code, with consent; wrong codes; a second phone; «Không phải tôi»."""

from tests.chat import Town


async def test_a_newcomer_joins_by_link(town: Town) -> None:
    token = await town.invite("Trần Thị Lan")
    lan = town.stranger()

    await lan.starts(token)
    assert "Trần Thị Lan" in lan.sees
    assert "Khoa Mẫu 1" in lan.sees

    await lan.taps("Đúng là tôi")
    assert "dữ liệu cá nhân" in lan.sees.lower()

    await lan.taps("Tôi đồng ý")
    assert "Chào anh/chị Trần Thị Lan" in lan.sees
    assert "chưa bắt đầu (32 tiêu chí)" in lan.sees
