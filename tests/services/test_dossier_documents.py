"""A dossier's papers: everything that was signed is in them, laid out as decreed, and no name is code."""

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from docx.document import Document

from core.campaign_terms import SubjectKind
from core.dossier_papers import DossierContent
from core.dossiers import PaperKind
from core.paper_templates import TemplateKind
from core.texts import dossier_papers as texts
from core.texts import papers
from services.papers import dossier_documents, dossier_sample, dossier_templates
from services.papers.campaign_toml import read_file
from services.papers.dossier_documents import Made
from tests.services.decreed import laid_out, opens_in_word
from tests.services.test_signed_copy import an_entry, opened, parts_of, printed, rows

CAMPAIGNS = Path(__file__).resolve().parents[2] / "campaigns"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOSTILE = "{{ 7*7 }}</w:t>{%tr endfor %}\0"
SYMBOLS = {PaperKind.REQUEST: "/TTr-", PaperKind.MINUTES: "/BB-", PaperKind.REPORT: "/BC-"}


@pytest.fixture(scope="module")
def whole() -> DossierContent:
    """A unit and one person of a plan that asks for a «tờ trình», with the minutes of a meeting."""
    return dossier_sample.content(read_file(CAMPAIGNS / "binh-dinh-2021-2025.toml"), people=1)


@pytest.fixture(scope="module")
def made(whole: DossierContent) -> list[Made]:
    return dossier_documents.build(whole, {}, ZONE)


def told(paper: Document) -> str:
    """All the words of a paper in one line."""
    return " ".join(printed(paper).split())


def test_the_templates_are_what_the_script_writes() -> None:
    for kind in TemplateKind:
        shipped = parts_of(dossier_documents.shipped(kind))
        assert shipped == parts_of(dossier_templates.written(kind)), (
            "Changed on purpose? Write them anew: python -m services.papers.dossier_templates"
        )


def test_a_paper_of_each_kind_and_a_report_of_each_nominee(whole: DossierContent, made: list[Made]) -> None:
    first, last = [PaperKind.REQUEST, PaperKind.MINUTES], [PaperKind.LIST, PaperKind.EVIDENCE]
    assert [one.kind for one in made] == [*first, PaperKind.REPORT, PaperKind.REPORT, *last]
    nominations = [one.facts.nomination_id for one in whole.nominees]
    assert [one.nomination_id for one in made if one.nomination_id] == nominations
    assert made == dossier_documents.build(whole, {}, ZONE)


def test_the_request_says_whom_it_asks_for_what(made: list[Made]) -> None:
    text = told(opened(made[0].content))
    for words in (
        "TỜ TRÌNH",
        "Kính gửi: Sở Y tế (qua Phòng Tổ chức cán bộ Sở)",
        "Kế hoạch số 41/KH-SYT ngày 21 tháng 3 năm 2022 của Sở Y tế tỉnh Bình Định",
        "trình cấp có thẩm quyền tặng Giấy khen của Sở Y tế cho 01 tập thể và 01 cá nhân",
        "7/9 (77,7 %)",
        "ngày 07 tháng 12 năm 2027",
        "(điểm 000-H3)",
        "Danh sách trích ngang (02 trường hợp)",
        texts.COPIES,
    ):
        assert words in text, words


def test_a_plan_that_asks_for_a_letter_gets_one() -> None:
    letter = dossier_sample.content(read_file(CAMPAIGNS / "ninh-thuan-2024.toml"), met=False, people=1)
    request, minutes = dossier_documents.build(letter, {}, ZONE)[:2]
    text = told(opened(request.content))
    assert "TỜ TRÌNH" not in text
    assert "V/v đề nghị khen thưởng năm 2027" in text
    blank = told(opened(minutes.content))
    assert f"Địa điểm: {texts.BLANK}" in blank
    assert "…… giờ" in blank


def test_the_minutes_hold_the_meeting_and_its_votes(made: list[Made]) -> None:
    paper = opened(made[1].content)
    text = told(paper)
    for words in (
        "09 giờ 05, ngày 07 tháng 12 năm 2027",
        "8/9 thành viên",
        "Vũ Thị Năm",
        "đủ điều kiện tiến hành",
    ):
        assert words in text
    assert "bỏ phiếu kín. Lượt" in text
    assert "đạt khi có từ 2/3 phiếu đồng ý trên tổng số thành viên được bỏ phiếu. Kết quả kiểm phiếu:" in text
    votes = rows(paper.tables[1])
    assert votes[1][2:] == ["9", "7", "1", "0", "77,7 %", texts.ENDORSED]


def test_a_report_goes_criterion_by_criterion(whole: DossierContent, made: list[Made]) -> None:
    for one, paper in zip(whole.nominees, (opened(one.content) for one in made[2:4]), strict=True):
        items = {row[0].partition("\n")[0]: row for row in rows(paper.tables[1])}
        for entry in one.copy.sheet.entries:
            row = items[entry.criterion.code]
            assert row[0] == f"{entry.criterion.code}\n{entry.criterion.quote}"
            assert (
                f"{texts.COMPARED}: {papers.comparison(entry)}".split()
                == row[1][row[1].index(texts.COMPARED) :].split()
            )
            assert all(f"{file.code}: {file.name}" in row[2] for file in entry.files)
            assert row[3] in {"Đạt", "Chưa đạt", "Cần làm rõ", "Không áp dụng"}
        text = told(paper)
        own, other = "Dân tộc", "Cơ cấu tổ chức"
        collective = one.facts.subject is SubjectKind.COLLECTIVE
        assert (other in text, own in text) == (collective, not collective)


def test_the_list_of_evidence_has_every_file_once(whole: DossierContent, made: list[Made]) -> None:
    found = rows(opened(made[-1].content).tables[1])
    codes = [row[1] for row in found if row[1].startswith("MC-")]
    assert codes == [file.code for file in whole.files]
    first = whole.files[0]
    assert found[2][3].replace(" ", "") == first.sha256[:16]


def test_every_page_is_laid_out_as_decreed(made: list[Made]) -> None:
    for one in made:
        dated, lying = one.kind is not PaperKind.MINUTES, one.kind is PaperKind.LIST
        laid_out(one.content, SYMBOLS.get(one.kind, ""), dated=dated, lying=lying)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Phát động phong trào thi đua cải cách.", "phong trào thi đua cải cách"),
        ("Kế hoạch tổ chức phát động phong trào thi đua", "phong trào thi đua"),
        ("Triển khai thực hiện Chỉ thị số 06/CT-UBND", "Chỉ thị số 06/CT-UBND"),
    ],
)
def test_what_one_takes_part_in(whole: DossierContent, title: str, told: str) -> None:
    assert papers.movement(replace(whole.campaign, title=title)) == told


def test_what_does_not_apply_takes_one_line(whole: DossierContent) -> None:
    person = whole.nominees[1]
    first, *others = person.copy.sheet.entries
    left_out = tuple(an_entry(one.criterion, "", reason="Không thuộc nhiệm vụ.") for one in others)
    sheet = replace(person.copy.sheet, entries=(first, *left_out))
    changed = replace(whole, nominees=(replace(person, copy=replace(person.copy, sheet=sheet)),))
    made_of = dossier_documents.build(changed, {}, ZONE)
    report, evidence = opened(made_of[2].content), opened(made_of[-1].content)
    assert [row[0].partition("\n")[0] for row in rows(report.tables[1])][2:] == [first.criterion.code]
    codes = ", ".join(one.criterion.code for one in others)
    assert f"Tiêu chí không áp dụng: {codes} (không thuộc nhiệm vụ)." in told(report)
    assert "Tổng số: 2 tệp" in told(evidence)


def test_minutes_of_a_meeting_on_paper_leave_its_end_to_be_written(whole: DossierContent) -> None:
    assert whole.meeting is not None
    held = replace(whole.meeting, ended_at=whole.meeting.held_at)
    minutes = dossier_documents.build(replace(whole, meeting=held), {}, ZONE)[1]
    assert "kết thúc lúc …… giờ ……, ngày 07 tháng 12 năm 2027" in told(opened(minutes.content))


def test_papers_of_people_without_evidence_open_in_word() -> None:
    bare = dossier_sample.content(
        read_file(CAMPAIGNS / "binh-dinh-2021-2025.toml"), met=False, files=0, people=1
    )
    for one in dossier_documents.build(bare, {}, ZONE):
        opens_in_word(opened(one.content))


def test_names_are_only_ever_text(whole: DossierContent, made: list[Made]) -> None:
    person = whole.nominees[1]
    named = replace(person.facts, name=HOSTILE, achievement=HOSTILE, post=HOSTILE, unit=HOSTILE)
    hostile = replace(person, facts=named, particulars=dict.fromkeys(person.particulars, HOSTILE))
    changed = replace(whole, nominees=(whole.nominees[0], hostile))
    for before, after in zip(made, dossier_documents.build(changed, {}, ZONE), strict=True):
        paper, benign = opened(after.content), opened(before.content)
        assert [len(table.rows) for table in paper.tables] == [len(table.rows) for table in benign.tables]
        assert len(paper.paragraphs) == len(benign.paragraphs)
        if (
            after.nomination_id != whole.nominees[0].facts.nomination_id
            and after.kind is not PaperKind.EVIDENCE
        ):
            assert "{{ 7*7 }}</w:t>{%tr endfor %}" in told(paper)
