"""A nominee tells what their report needs; the office changes how the papers look."""

import io

import docx

from core.evidence import FileKind
from core.paper_templates import TemplateKind
from core.roles import Role
from db.models import DossierPaper, JournalRow, Particulars
from services import dossier_papers, dossiers, nominations
from services.papers import dossier_documents
from tests.chat import Chat, Town
from tests.services.considering import cast, entered, round_id
from tests.services.test_signed_copy import opened, printed

DOCX = FileKind.DOCX.mime


async def _prepared(town: Town, lan: Chat, head: Chat) -> int:
    """Lan stands in her unit's dossier, and its papers were asked for."""
    async with town.office() as session:
        sheet = await entered(town, session, await town.actor(session, lan), signed=True)
    await town.settle()
    async with town.office() as session:
        now, chief = town.clock.now(), await town.actor(session, head)
        await nominations.propose(session, chief, sheet, "Rút ngắn thời gian chờ khám.", now)
        number = await dossiers.open_for(session, chief, await round_id(session), chief.unit_id, now)
        await dossier_papers.ask(session, chief, number, now)
    await town.settle()
    return number


async def test_a_nominee_tells_what_the_report_needs(town: Town) -> None:
    """Lý lịch cho báo cáo thành tích: chỉ hỏi khi lập báo cáo, bỏ qua được, xóa được."""
    lan, head, *_others = await cast(town)
    number = await _prepared(town, lan, head)

    assert "Chỉ người lập và người xét hồ sơ khen thưởng xem được" in lan.screen
    await lan.taps("Điền lý lịch")
    await lan.taps("Điền lần lượt (11 mục còn lại)")
    await lan.says("12/03/1988")
    await lan.taps("Nữ")
    await lan.taps("Bỏ qua mục này")
    assert "tôn giáo" in lan.sees.lower()
    await lan.says("a" * 1_100)
    assert "dài quá 1.000 ký tự" in lan.sees
    await lan.taps("Quay lại")
    assert "Dân tộc: để trống" in lan.sees
    assert "Tôn giáo: chưa điền" in lan.sees

    report = await _report(town, head, number)
    assert "Ngày, tháng, năm sinh: 12/03/1988" in report
    assert "Dân tộc: ………" in report
    told = "\n".join(row.facts for row in await town.rows(JournalRow))
    assert "1988" not in told

    await head.says("menu")
    assert "Lý lịch cho báo cáo" not in head.sees
    await lan.says("menu")
    await lan.taps("Lý lịch cho báo cáo thành tích")
    await lan.taps("Trần Thị Lan, Năm 2026")
    await lan.taps("Xóa hết phần đã điền")
    assert "Đã xóa hết phần đã điền." in lan.sees
    assert [row.given for row in await town.rows(Particulars)] == ["{}"]
    assert "1988" not in await _report(town, head, number)


async def _report(town: Town, head: Chat, number: int) -> str:
    """What Lan's report says when it is made now."""
    async with town.office() as session:
        await dossier_papers.ask(session, await town.actor(session, head), number, town.clock.now())
    await town.settle()
    async with town.house() as house:
        async with house.transactions() as session:
            papers = await dossier_papers.of(session, number, 1)
        (report,) = [one for one in papers if one.nomination_id is not None]
        return printed(opened(await house.store.read_served(report.sha256)))


async def test_the_office_sends_a_template_of_its_own(files_town: Town) -> None:
    """Mẫu văn bản của đơn vị: tải mẫu, sửa trong Word, gửi lại, xem bản in thử, chọn ngày dùng."""
    town = files_town
    lan, head, _office, _appraiser = await cast(town)
    van = await town.joined("Võ Thị Văn", roles=(Role.OFFICE,))
    number = await _prepared(town, lan, head)

    await van.says("menu")
    await van.taps("Mục khác")
    await van.taps("Mẫu văn bản hồ sơ")
    await van.taps("Tải bộ mẫu đang dùng")
    await town.settle()
    await van.taps("Danh sách trích ngang")
    await van.sends_document("Danh sách.docx", _changed("{{ nguoi_ky }}"), DOCX)
    await town.settle()
    assert "Có trường không tồn tại ('nguoi_ky' is undefined)" in van.sees

    await van.says("menu")
    await van.taps("Mục khác")
    await van.taps("Mẫu văn bản hồ sơ")
    await van.taps("Danh sách trích ngang")
    await van.sends_document("Danh sách.docx", _changed("MẪU CỦA ĐƠN VỊ {{ unit }}"), DOCX)
    await town.settle()
    assert "Mẫu văn bản dùng được" in van.sees
    await van.says("menu")
    await van.taps("Mục khác")
    await van.taps("Mẫu văn bản hồ sơ")
    await van.taps("Danh sách trích ngang")
    await van.taps("Danh sách.docx")
    await van.says("15/12/2020")
    assert "Mẫu đang dùng vẫn nguyên" in van.sees
    await van.taps("Dùng từ hôm nay")
    assert "Đã ghi ngày dùng mẫu." in van.sees

    async with town.office() as session:
        await dossier_papers.ask(session, await town.actor(session, head), number, town.clock.now())
    await town.settle()
    live = [one for one in await town.rows(DossierPaper) if one.removed_at is None]
    (made,) = [one for one in live if one.kind == "list"]
    async with town.house() as house:
        assert "MẪU CỦA ĐƠN VỊ" in printed(opened(await house.store.read_served(made.sha256)))
    assert len({one.template for one in live}) == len(live)

    await van.taps("Thôi dùng mẫu này")
    assert "Đã thôi dùng mẫu này." in van.sees


def _changed(words: str) -> bytes:
    """The shipped list with a line of the office's below it."""
    paper = docx.Document(io.BytesIO(dossier_documents.shipped(TemplateKind.LIST)))
    paper.add_paragraph(words)
    changed = io.BytesIO()
    paper.save(changed)
    return changed.getvalue()
