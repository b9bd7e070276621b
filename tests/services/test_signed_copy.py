"""The Word copy of what was signed: everything is on it, laid out as decreed, and nothing on it is code."""

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import docx
import pytest
from docx.document import Document
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2.exceptions import SecurityError, UndefinedError

from core.assessment import Entry, EvidenceFacts, Sheet, SignedCopy, given_to_json
from core.campaigns import Campaign
from core.criteria import (
    Answer,
    Criterion,
    DeclarationGiven,
    Given,
    LevelGiven,
    NotApplicable,
    NumberGiven,
    SlotsGiven,
    TextGiven,
)
from core.criteria_judged import judge
from core.measures import (
    DeclarationMeasure,
    Measure,
    NarrativeMeasure,
    NumberMeasure,
    OrdinalMeasure,
    SlotsMeasure,
)
from core.texts import papers as texts
from core.texts.papers import Style
from core.vietnamese import clean_paragraphs
from services.papers import signed_copy, signed_copy_template, word
from services.papers.campaign_toml import read_file

PLAN = Path(__file__).resolve().parents[2] / "campaigns" / "hoai-nhon-2026-2030.toml"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SIGNED_AT = datetime(2026, 12, 10, 2, 5, tzinfo=UTC)
DIGEST = "3f9a12bc45de67f8" * 4
HOSTILE = [
    "{{ 7*7 }}",
    "{% for x in groups %}{{ x }}{% endfor %}",
    "{%tr endfor %}{%p endif %}{# x #}",
    "{_{ name }_} {_% raw %_}",
    "<w:p><w:r><w:t>x</w:t></w:r></w:p>",
    "</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    "]]> <![CDATA[ & &amp; &#60; \"'",
    "a\0b\x07c\x0cd\x1be",
    "gpj.\u202eexe\u2066.pdf\u200b",
    "\ud800 \ufffe \U0010ffff",
    "một\thai\r\nba\u2028bốn",
    "=cmd|' /C calc'!A0",
]


@pytest.fixture(scope="module")
def plan() -> Campaign:
    return read_file(PLAN)


def an_answer(measure: Measure, told: str) -> Given | None:
    match measure:
        case NumberMeasure():
            return NumberGiven(Decimal("95.5") if measure.percent else Decimal(3))
        case OrdinalMeasure():
            return LevelGiven(measure.scale.levels[-1].key)
        case DeclarationMeasure():
            return DeclarationGiven(yes=True, explanation=told)
        case NarrativeMeasure():
            return TextGiven(told)
        case SlotsMeasure():
            return SlotsGiven({slot.key: told for slot in measure.slots})
    return None


def an_entry(
    criterion: Criterion, told: str, *, reason: str = "", files: tuple[EvidenceFacts, ...] = ()
) -> Entry:
    given = {measure.code: an_answer(measure, told) for measure in criterion.measures}
    answer = (
        NotApplicable(reason)
        if reason
        else Answer({code: one for code, one in given.items() if one is not None}, len(files))
    )
    return Entry(criterion, given_to_json(answer), judge(criterion, answer).outcome, told, files)


def a_file(number: int, name: str = "Kế hoạch năm 2026.pdf", state: str = "clean") -> EvidenceFacts:
    return EvidenceFacts(
        id=number,
        code=f"MC-{number:05d}",
        name=name,
        size=1234567,
        state=state,
        reason="",
        sha256=f"{number:02x}" * 32,
        served_sha256="",
        mime="application/pdf",
        received_at=SIGNED_AT,
    )


def a_copy(
    plan: Campaign,
    *,
    told: str = "Đã làm.",
    reason: str = "Không thuộc nhiệm vụ",
    name: str = "Nguyễn Thị Ví Dụ",
    staff_code: str = "NV001",
    post: str = "Điều dưỡng trưởng",
    unit: str = "Khoa Nội tổng hợp",
) -> SignedCopy:
    """Every criterion answered with two files, one of them lost; the last of the plan does not apply."""
    criteria = tuple(plan.criteria())
    entries = [
        an_entry(one, told, files=(a_file(2 * place, name=told), a_file(2 * place + 1, state="lost")))
        for place, one in enumerate(criteria[:-1], start=1)
    ]
    entries.append(an_entry(criteria[-1], told, reason=reason))
    sheet = Sheet(1, plan, "Năm 2026", None, signed=True, entries=tuple(entries))
    return SignedCopy("TDG-00012-1", DIGEST, SIGNED_AT, name, staff_code, post, unit, sheet)


def a_small_plan(plan: Campaign) -> Campaign:
    """One group: shares, a declaration or a text, whatever the plan has under «c»."""
    return replace(plan, groups=plan.groups[2:3])


def opened(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def printed(paper: Document) -> str:
    """Everything on the paper, in reading order."""
    section = paper.sections[0]
    parts = [paragraph.text for paragraph in (*section.footer.paragraphs, *paper.paragraphs)]
    parts += [cell for table in paper.tables for row in rows(table) for cell in row]
    return "\n".join(parts)


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_template_is_what_the_script_writes() -> None:
    shipped = parts_of(signed_copy_template.TEMPLATE.read_bytes())
    assert shipped == parts_of(signed_copy_template.written()), (
        "Changed on purpose? Write it anew: python -m services.papers.signed_copy_template"
    )


def test_everything_signed_is_on_the_copy(plan: Campaign) -> None:
    paper = opened(signed_copy.build(a_copy(plan), ZONE))
    text = printed(paper)
    for expected in (
        "TRUNG TÂM Y TẾ HOÀI NHƠN",
        "KHOA NỘI TỔNG HỢP",
        texts.NATION,
        texts.MOTTO,
        "BẢN TỰ ĐÁNH GIÁ",
        "Kết quả thực hiện các tiêu chí thi đua, năm 2026",
        plan.title,
        "09:05 thứ Năm 10/12/2026",
        "Chưa ghi trong bản kế hoạch được nhập",
        "3f9a12bc 45de67f8",
        "Biên nhận TDG-00012-1 · Mã kiểm tra 3f9a12bc45de",
        texts.PERSON,
        texts.HEAD_CONFIRMS,
    ):
        assert expected in text
    items = rows(paper.tables[3])
    for group in plan.groups:
        assert [texts.group_head(group)] * 3 in items
    told = {row[0].partition("\n")[0]: row for row in items}
    for criterion in plan.criteria():
        assert told[criterion.code][0] == f"{criterion.code}\n{criterion.quote}"
    assert told["004-c3"][2] == "Đạt"
    assert told["004-c3"][1].splitlines() == [
        "Trả lời: 95,5 %",
        "Đối chiếu: 95,5 % đạt «trên 90 %».",
        "Ghi chú: Đã làm.",
        "Minh chứng: MC-00018; Đã làm.; 1,2 MB; 121212121212",
    ]
    assert items[-1][1:] == [
        "Trả lời: Không áp dụng. Lý do: Không thuộc nhiệm vụ\nGhi chú: Đã làm.",
        "Không áp dụng",
    ]


def test_the_summary_adds_up(plan: Campaign) -> None:
    heads, counts = rows(opened(signed_copy.build(a_copy(plan), ZONE)).tables[2])
    found = dict(zip(heads, map(int, counts), strict=True))
    assert found[texts.TOTAL] == 32
    assert found["Đạt"] + found["Chưa đạt"] + found["Chờ xem xét"] + found["Không áp dụng"] == 32
    assert (found["Không áp dụng"], found[texts.FILES]) == (1, 31)


def test_known_number_and_day_of_the_plan_are_told(plan: Campaign) -> None:
    known = replace(plan, number="12/KH-TTYT", issued_on=SIGNED_AT.date())
    assert texts.plan_number(known) == "Số 12/KH-TTYT, ngày 10/12/2026"


def test_a_person_of_the_issuer_itself_is_not_told_it_twice(plan: Campaign) -> None:
    paper = opened(signed_copy.build(a_copy(plan, unit=plan.issuer), ZONE))
    assert rows(paper.tables[0])[0][0].strip() == plan.issuer.upper()


def test_the_page_is_laid_out_as_decreed(plan: Campaign) -> None:
    paper = opened(signed_copy.build(a_copy(plan), ZONE))
    page = paper.sections[0]

    def near(found: int | None, wanted: float) -> bool:
        return found is not None and abs(found - Mm(wanted)) < Mm(0.1)

    assert near(page.page_width, 210)
    assert near(page.page_height, 297)
    assert near(page.top_margin, 20)
    assert near(page.bottom_margin, 20)
    assert near(page.left_margin, 30)
    assert near(page.right_margin, 15)
    assert page.different_first_page_header_footer
    assert "PAGE" in page.header._element.xml  # noqa: SLF001 - a field is no text
    assert "PAGE" not in page.first_page_header._element.xml  # noqa: SLF001 - as above
    sizes = {name: style_of(paper, name).font.size for name in Style}
    assert sizes[Style.TITLE] == Pt(14)
    assert {sizes[name] for name in (Style.SECTION, Style.BODY, Style.FACT, Style.SIGNER)} == {Pt(13)}
    assert style_of(paper, "Normal").font.name == "Times New Roman"
    for table in paper.tables:
        assert sum(column.width or 0 for column in table.columns) == pytest.approx(Mm(165), abs=Mm(0.5))


def style_of(paper: Document, name: str) -> ParagraphStyle:
    style = paper.styles[str(name)]
    assert isinstance(style, ParagraphStyle)
    return style


def test_the_same_signature_gives_the_same_bytes(plan: Campaign) -> None:
    copy = a_copy(plan)
    assert signed_copy.build(copy, ZONE) == signed_copy.build(copy, ZONE)


def test_its_properties_name_no_program(plan: Campaign) -> None:
    properties = opened(signed_copy.build(a_copy(plan, unit="Khoa\0 A" * 60), ZONE)).core_properties
    assert properties.title == "BẢN TỰ ĐÁNH GIÁ"
    assert properties.author == ("Khoa A" * 60)[:255]
    assert properties.created == SIGNED_AT


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_text(plan: Campaign, hostile: str) -> None:
    small = a_small_plan(plan)
    benign = opened(signed_copy.build(a_copy(small), ZONE))
    changed = a_copy(
        small, told=hostile, reason=hostile, name=hostile, staff_code=hostile, post=hostile, unit=hostile
    )
    paper = opened(signed_copy.build(changed, ZONE))
    shown = clean_paragraphs(hostile, 1000)

    assert [len(table.rows) for table in paper.tables] == [len(table.rows) for table in benign.tables]
    assert len(paper.paragraphs) == len(benign.paragraphs)
    facts = dict(rows(paper.tables[1]))
    assert [facts[f"{label}:"] for label in (texts.NAME, texts.STAFF_CODE, texts.POST, texts.UNIT)] == [
        shown
    ] * 4
    *answered, last = rows(paper.tables[3])
    for row in answered[2:]:
        assert f"Ghi chú: {shown}" in row[1]
        assert f"; {shown}; 1,2 MB; " in row[1]
    why = f"Không áp dụng. Lý do: {shown}".strip()
    assert last[1] == f"Trả lời: {why}\nGhi chú: {shown}"
    assert "49" not in facts[f"{texts.NAME}:"]


def a_template(tmp_path: Path, words: str) -> Path:
    """What an office might write into its own template."""
    paper = docx.Document()
    paper.add_paragraph(words)
    path = tmp_path / "own.docx"
    paper.save(str(path))
    return path


@pytest.fixture(scope="module")
def one_field(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_template(tmp_path_factory.mktemp("template"), "{{ name }}")


@settings(deadline=None)
@given(name=st.text(st.characters(codec=None), max_size=40))
def test_any_text_is_printed_as_itself(one_field: Path, name: str) -> None:
    paper = opened(word.fill(one_field, {"name": name}, name, name, SIGNED_AT))
    assert [paragraph.text for paragraph in paper.paragraphs] == [clean_paragraphs(name, 1000)]


def test_an_office_may_write_its_own_template(tmp_path: Path) -> None:
    own = a_template(tmp_path, "Họ tên: {{ name }}")
    content = word.fill(own, {"name": "Lê <Thị> Mẫu"}, "Bản sao", "Khoa A", SIGNED_AT)
    assert [paragraph.text for paragraph in opened(content).paragraphs] == ["Họ tên: Lê <Thị> Mẫu"]


def test_a_field_that_does_not_exist_is_named(tmp_path: Path) -> None:
    own = a_template(tmp_path, "{{ nam }}")
    with pytest.raises(UndefinedError, match="'nam' is undefined"):
        word.fill(own, {"name": "Lê Thị Mẫu"}, "", "", SIGNED_AT)


@pytest.mark.parametrize("words", ["{{ name.__class__.__mro__ }}", "{{ name.__init__.__globals__ }}"])
def test_a_template_cannot_reach_the_program(tmp_path: Path, words: str) -> None:
    own = a_template(tmp_path, words)
    with pytest.raises(SecurityError):
        word.fill(own, {"name": "Lê Thị Mẫu"}, "", "", SIGNED_AT)
