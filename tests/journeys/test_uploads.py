"""Files where the channel carries none: by a page of ours, bound to the place it was asked for in."""

from datetime import timedelta

from core.roles import Role
from db.models import Evidence, EvidenceUse, Submission, UploadPage
from services.uploads import PAGE_LIFE
from tests import pages
from tests.bot.benign_files import scanned
from tests.bot.office_files import docx
from tests.chat import Town, a_photo
from tests.journeys.test_evidence import TOLD, opens
from tests.journeys.test_handing_in import a_unit, dated, reports

PDF = "application/pdf"
PLAN = ("Kế hoạch khoa.pdf", PDF, scanned())


async def used(town: Town) -> list[str]:
    """The criteria that files serve."""
    return [one.criterion for one in await town.rows(EvidenceUse)]


async def test_files_for_a_criterion_by_a_page(paged_town: Town) -> None:
    """Zalo không chuyển tệp: gõ GUITEP, gửi qua trang web; tệp vào đúng tiêu chí dù đã sang mục khác."""
    lan = await paged_town.joined("Trần Thị Lan")
    await opens(lan, "đ", "004-đ4")
    assert "Gõ «GUITEP» để: Gửi tệp qua trang web" in lan.sees
    await lan.says("guitep")
    assert "chọn tệp rồi bấm gửi" in lan.sees
    shown = (await pages.sees(paged_town, pages.address_in(lan.sees))).text
    assert "Lan" in shown
    assert "Tiêu chí" in shown

    address = pages.address_in(lan.sees)
    await opens(lan, "a", "004-a1")
    await pages.sends(lan, [PLAN, ("Ảnh.jpg", "image/jpeg", a_photo())], address)
    assert "Tệp gửi qua trang web đã vào mục «Tiêu chí" in lan.sees
    assert "Đã nhận 2 tệp." in lan.sees
    assert "004-a1" in lan.sees, "who has gone on is not called back"
    assert await used(paged_town) == ["004-đ4", "004-đ4"]
    kept = await paged_town.rows(Evidence)
    assert [(one.name, one.state) for one in kept] == [(PLAN[0], "clean"), ("Ảnh.jpg", "clean")]

    await pages.sends(lan, [PLAN], address)
    assert lan.sees == "", "an address is used once"
    assert len(await paged_town.rows(Evidence)) == 2


async def test_what_zalo_does_not_pass_on_brings_the_page_at_once(paged_town: Town) -> None:
    """Gửi thẳng tệp vào Zalo: nói rõ chưa nhận được và đưa ngay địa chỉ; ảnh thì vào thẳng."""
    lan = await paged_town.joined("Trần Thị Lan")
    await opens(lan, "đ", "004-đ4")
    await lan.sends_document(*("Kế hoạch khoa.pdf", scanned(), PDF))
    assert "không chuyển được loại tin vừa gửi" in lan.sees
    assert "Gửi ảnh thì gửi thẳng vào đây" in lan.sees
    await pages.sends(lan, [PLAN])
    assert lan.sees.startswith("Đã nhận 1 tệp.")
    await lan.sends_photo(a_photo(3))
    assert "Đã nhận 1 tệp." in lan.sees
    await lan.says(TOLD)
    assert await used(paged_town) == ["004-đ4", "004-đ4"]

    await lan.says("menu")
    await lan.sends_document("Chứng chỉ.docx", docx())
    await pages.sends(lan, [("Chứng chỉ.docx", "", docx())])
    assert "Minh chứng của tôi".upper() in lan.sees
    assert "Chưa gắn vào tiêu chí nào" in lan.sees


async def test_a_document_of_the_unit_by_a_page(paged_town: Town) -> None:
    """Đầu mối nộp báo cáo trên Zalo: tệp gửi qua trang web, rồi nộp; văn phòng tải về theo địa chỉ."""
    await dated(paged_town)
    head, lan, van = await a_unit(paged_town)
    await reports(lan)
    await lan.taps("Gửi tệp qua trang web")
    await pages.sends(lan, [("Báo cáo.docx", "", docx())])
    assert "Tệp: Báo cáo.docx" in lan.sees
    await lan.taps("Nộp")
    assert "Biên nhận: BC-" in lan.sees
    (kept,) = await paged_town.rows(Submission)

    await head.says(f"NOP {kept.id}")
    await head.taps("Xác nhận")
    await van.says("menu")
    await van.taps("Tình hình nộp")
    await van.taps("Báo cáo ·")
    await van.taps("Khoa Mẫu 1")
    await van.taps("Lấy tệp")
    assert "Báo cáo.docx" in van.sees
    fetched = await pages.sees(paged_town, pages.address_in(van.sees))
    assert (fetched.status_code, fetched.content[:2]) == (200, b"PK")


async def test_what_is_half_typed_waits_while_a_file_arrives(paged_town: Town) -> None:
    """Đang nhập báo cáo khác thì tệp của báo cáo trước tới: xem lại báo cáo trước, rồi nhập tiếp."""
    await dated(paged_town)
    _head, lan, _van = await a_unit(paged_town)
    await reports(lan)
    await lan.says("guitep")
    address = pages.address_in(lan.sees)
    await lan.says("/nop")
    await lan.taps("Báo cáo ·")
    await lan.taps("Nộp báo cáo")
    await lan.says("16/BC-KM1")
    await pages.sends(lan, [("Báo cáo.docx", "", docx())], address)
    assert "đã vào mục «Nộp báo cáo»" in lan.sees
    assert "15/BC-KM1" in lan.sees
    await lan.says("hủy")
    assert "16/BC-KM1" in lan.sees


async def test_a_page_used_too_late_or_by_somebody_who_left(paged_town: Town) -> None:
    """Địa chỉ hết hạn sau 24 giờ; tài khoản đã khóa thì địa chỉ cũng hết hiệu lực."""
    lan = await paged_town.joined("Trần Thị Lan")
    await lan.says("/minhchung")
    await lan.taps("Gửi tệp qua trang web")
    address = pages.address_in(lan.sees)
    paged_town.clock.move(seconds=(PAGE_LIFE + timedelta(minutes=1)).total_seconds())
    assert (await pages.sees(paged_town, address)).status_code == 410
    await pages.sends(lan, [PLAN], address)
    assert (lan.sees, await paged_town.rows(Evidence)) == ("", [])

    await lan.says("guitep")
    address = pages.address_in(lan.sees)
    await lan.says("/taikhoan")
    await lan.taps("Không phải tôi")
    await lan.taps("Không phải tôi")
    assert (await pages.sees(paged_town, address)).status_code == 410
    await pages.sends(lan, [PLAN], address)
    assert await paged_town.rows(Evidence) == []


async def test_without_an_address_every_place_says_what_to_do(zalo_town: Town) -> None:
    """Đơn vị chưa có trang web: gửi ảnh được, tệp thì nói rõ gửi cách nào; không mời gõ GUITEP."""
    lan = await zalo_town.joined("Trần Thị Lan", roles=(Role.STAFF, Role.COORDINATOR, Role.OFFICE))
    await opens(lan, "đ", "004-đ4")
    assert "GUITEP" not in lan.sees
    await lan.says("trợ giúp")
    assert "Gửi ảnh ngay tại đây" in lan.sees
    await lan.says("/minhchung")
    assert "chụp từng trang rồi gửi ảnh" in lan.sees
    await lan.says("/phongtrao")
    assert "gửi tệp kế hoạch qua kênh khác" in lan.sees
    await lan.sends_document("Kế hoạch khoa.pdf", scanned(), PDF)
    assert "không chuyển được loại tin vừa gửi" in lan.sees
    assert "nhờ đầu mối của đơn vị" in lan.sees
    await lan.says("guitep")
    assert "Chưa hiểu" in lan.sees
    assert await zalo_town.rows(UploadPage) == []
