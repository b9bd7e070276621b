"""Joining: by link, by typed code, with consent; wrong codes; a second phone; «Không phải tôi»."""

from core.roles import Role
from db.models import Account, Consent
from tests import builders
from tests.chat import Town


async def test_joining_by_link(town: Town) -> None:
    """Gia nhập bằng đường dẫn: đúng người, đọc thông báo, đồng ý, vào việc."""
    token = await town.invite("Trần Thị Lan")
    lan = town.stranger("Lan")

    await lan.starts(token)
    assert "Trần Thị Lan" in lan.sees
    assert "Khoa Mẫu 1" in lan.sees
    assert await town.rows(Account) == []

    await lan.taps("Đúng là tôi")
    assert "Thông báo về dữ liệu cá nhân".casefold() in lan.sees.casefold()
    assert await town.rows(Account) == []
    assert await town.rows(Consent) == []

    await lan.taps("Tôi đồng ý")
    assert "Chào anh/chị Trần Thị Lan" in lan.sees
    assert "chưa bắt đầu (32 tiêu chí)" in lan.sees
    assert [account.state for account in await town.rows(Account)] == ["active"]
    consent = (await town.rows(Consent))[0]
    assert (consent.purpose, consent.notice_version, bool(consent.message_id)) == ("account", "2", True)


async def test_joining_by_a_typed_code(town: Town) -> None:
    """Gia nhập bằng mã gõ tay: chào hỏi trước, hỏi cách lấy mã, gõ nhầm một lần, rồi gõ đúng."""
    code = await town.code("Trần Thị Lan")
    lan = town.stranger("Lan")

    await lan.says("xin chào")
    assert "nhập mã tham gia gồm 10 chữ và số" in lan.sees
    await lan.says("tro giup")
    assert "hỏi đầu mối thi đua của khoa, phòng" in lan.sees

    await lan.says("AAAAA-AAAAA")
    assert "Mã này không dùng được" in lan.sees

    await lan.says(code.lower().replace("-", " "))
    assert "Trần Thị Lan" in lan.sees
    await lan.taps("Đúng là tôi")
    await lan.taps("Tôi đồng ý")
    assert "Đã kết nối" in lan.sees


async def test_declining_the_notice(town: Town) -> None:
    """Không đồng ý với thông báo: chưa lưu gì; hôm sau đổi ý, mã vẫn dùng được."""
    token = await town.invite("Trần Thị Lan")
    lan = town.stranger("Lan")
    await lan.starts(token)
    await lan.taps("Đúng là tôi")

    await lan.taps("Không đồng ý")
    assert "tài khoản chưa được kết nối" in lan.sees
    assert await town.rows(Account) == []
    assert await town.rows(Consent) == []

    await town.time_passes(hours=24)
    await lan.starts(token)
    await lan.taps("Đúng là tôi")
    await lan.taps("Tôi đồng ý")
    assert "Đã kết nối" in lan.sees


async def test_five_wrong_codes(town: Town) -> None:
    """Gõ sai năm lần: phải chờ một giờ; mã đúng lúc đó cũng được trả lời như mã sai."""
    code = await town.code("Trần Thị Lan")
    lan = town.stranger("Lan")
    for wrong in ("AAAAA-AAAAA", "BBBBB-BBBBB", "CCCCC-CCCCC", "DDDDD-DDDDD", "EEEEE-EEEEE"):
        await lan.says(wrong)
        assert "Mã này không dùng được: có thể gõ sai" in lan.sees
        await town.time_passes(seconds=10)

    await lan.says("FFFFF-FFFFF")
    answer = lan.sees
    assert "chờ 1 giờ" in answer
    await lan.says(code)
    assert lan.sees == answer

    await town.time_passes(minutes=61)
    await lan.says(code)
    assert "Trần Thị Lan" in lan.sees


async def test_codes_that_are_worth_nothing(town: Town) -> None:
    """Mã đã bị thay, đã hết hạn, đã dùng: trả lời như nhau, mã mới thì vào được."""
    replaced = await town.code("Trần Thị Lan")
    expired = await town.code("Trần Thị Lan")
    lan = town.stranger("Lan")
    await lan.says(replaced)
    answer = lan.sees
    assert "Mã này không dùng được: có thể gõ sai, đã dùng hoặc đã hết hạn" in answer

    await town.time_passes(hours=72)
    await lan.says(expired)
    assert lan.sees == answer

    fresh = await town.code("Trần Thị Lan")
    await lan.says(fresh)
    await lan.taps("Đúng là tôi")
    await lan.taps("Tôi đồng ý")
    assert "Đã kết nối" in lan.sees
    hoa = town.stranger("Hoa")
    await hoa.says(fresh)
    assert hoa.sees == answer


async def test_somebody_elses_code(town: Town) -> None:
    """Mở nhầm mã của người khác: báo «Không phải tôi», mã bị khóa, quản trị viên được báo."""
    minh = await town.joined("Lê Văn Minh", "QT001", (Role.ADMINISTRATOR,))
    token = await town.invite("Trần Thị Lan")
    hoa = town.stranger("Hoa")

    await hoa.starts(token)
    await hoa.taps("Không phải tôi")
    assert "Đã khóa mã này" in hoa.sees
    assert "mã tham gia của Trần Thị Lan" in minh.sees
    assert "cần cấp mã mới" in minh.sees

    lan = town.stranger("Lan")
    await lan.starts(token)
    assert "Mã này không dùng được" in lan.sees
    assert "Trần Thị Lan" not in lan.sees


async def test_an_account_that_is_not_mine(town: Town) -> None:
    """Tài khoản nối nhầm người: báo lại thì khóa ngay, quản trị viên được báo, cần mã mới."""
    minh = await town.joined("Lê Văn Minh", "QT001", (Role.ADMINISTRATOR,))
    hoa = await town.joined("Trần Thị Lan", "NV001")

    await hoa.says("menu")
    await hoa.taps("Tài khoản và dữ liệu")
    assert "Họ tên: Trần Thị Lan" in hoa.sees
    await hoa.taps("Không phải tôi")
    assert "tài khoản sẽ bị khóa ngay" in hoa.sees
    await hoa.taps("Không phải tôi, khóa lại")
    assert "Tài khoản này đã bị khóa" in hoa.sees
    assert "Kết nối tài khoản".casefold() in hoa.sees.casefold()
    assert "Tài khoản đang nối với Trần Thị Lan" in minh.sees
    assert [one.frozen_why for one in await town.rows(Account) if one.state == "frozen"] == ["disowned"]

    await hoa.says("menu")
    assert "Việc của tôi".casefold() not in hoa.sees.casefold()


async def test_a_new_phone(town: Town) -> None:
    """Đổi máy: vào bằng mã mới ở cuộc trò chuyện khác, nơi cũ bị khóa, cả hai nơi được báo."""
    old = await town.joined("Trần Thị Lan", "NV001")
    code = await town.code("Trần Thị Lan")
    new = town.stranger("Lan (máy mới)")

    await new.says(code)
    await new.taps("Đúng là tôi")
    await new.taps("Tôi đồng ý")
    assert "Đã kết nối" in new.sees
    assert "Cuộc trò chuyện cũ của anh/chị đã được khóa" in new.sees
    assert "kết nối ở một cuộc trò chuyện khác" in old.sees

    await old.says("menu")
    assert "nhập mã tham gia" in old.sees
    assert sorted(one.state for one in await town.rows(Account)) == ["active", "frozen"]


async def test_the_link_again(town: Town) -> None:
    """Đã gia nhập mà mở lại đường dẫn cũ: biết là đã kết nối, làm tiếp."""
    token = await town.invite("Trần Thị Lan")
    lan = town.stranger("Lan")
    await lan.starts(token)
    await lan.taps("Đúng là tôi")
    await lan.taps("Tôi đồng ý")

    await lan.starts(token)
    assert "đã kết nối với tài khoản của anh/chị" in lan.sees
    assert "Bắt đầu tự đánh giá" in lan.sees


async def test_trial_mode(town: Town) -> None:
    """Chạy thử: chỉ phục vụ quản trị viên, cho đến khi quản trị viên xác nhận chuyển chính thức."""
    async with town.office() as session:
        await builders.on_trial(session)
    minh = await town.joined("Lê Văn Minh", "QT001", (Role.ADMINISTRATOR,))
    token = await town.invite("Trần Thị Lan")
    lan = town.stranger("Lan")

    await lan.starts(token)
    await lan.taps("Đúng là tôi")
    await lan.taps("Tôi đồng ý")
    assert "Đã kết nối" in lan.sees
    assert "đang chạy thử" in lan.sees
    await lan.says("menu")
    assert "đang chạy thử" in lan.sees
    assert "Bắt đầu tự đánh giá" not in lan.sees

    await minh.says("menu")
    await minh.taps("Chuyển sang hoạt động chính thức")
    assert "không quay lại chế độ chạy thử được" in minh.sees
    await minh.says("1")
    assert "Chưa hiểu" in minh.sees
    await minh.taps("Chuyển sang hoạt động chính thức")
    assert "Hệ thống đã hoạt động chính thức" in minh.sees
    assert "Chuyển sang" not in minh.sees

    await lan.says("menu")
    assert "Bắt đầu tự đánh giá" in lan.sees
