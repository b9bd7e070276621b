"""The template of the signed copy as it is shipped; run this module to write it anew.

An office changes the Word file, not this script: words, styles and order are free, and the fields in
double braces are those of `services/papers/signed_copy.py`. The layout follows the annex of Decree
30/2020/NĐ-CP: A4, margins of 20 mm above and below, 30 mm on the left and 15 mm on the right, Times New
Roman of 13 and 14 points, pages numbered in the middle of the upper margin from the second one on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from core.criteria import Outcome
from core.texts import criteria
from core.texts import papers as texts
from core.texts.papers import Style
from core.vietnamese import words_only
from services.papers.word import settled

TEMPLATE = Path(__file__).parent / "templates" / "signed_copy.docx"
FONT = "Times New Roman"

_LEFT, _CENTRE, _JUSTIFIED = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True, slots=True)
class _Look:
    """A paragraph style: everything in points. `together` keeps a line on the page of the next one."""

    size: float
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = _LEFT
    together: bool = False
    before: float = 0
    after: float = 0


_LOOKS = {
    Style.NATION: _Look(12, bold=True, align=_CENTRE),
    Style.MOTTO: _Look(13, bold=True, align=_CENTRE),
    Style.AGENCY: _Look(12, align=_CENTRE),
    Style.RULE: _Look(4, align=_CENTRE, before=2),
    Style.TITLE: _Look(14, bold=True, align=_CENTRE, together=True),
    Style.SECTION: _Look(13, bold=True, together=True, before=14, after=6),
    Style.BODY: _Look(13, align=_JUSTIFIED, after=6),
    Style.FACT: _Look(13, after=3),
    Style.DIGEST: _Look(12, align=_CENTRE, after=14),
    Style.HEAD: _Look(12, bold=True, align=_CENTRE, after=2),
    Style.COUNT: _Look(13, bold=True, align=_CENTRE),
    Style.GROUP: _Look(12, bold=True, together=True, before=2, after=2),
    Style.CODE: _Look(12, bold=True, after=2),
    Style.CELL: _Look(12, after=2),
    Style.SMALL: _Look(11, after=2),
    Style.KEY: _Look(11, italic=True, align=_JUSTIFIED, before=4),
    Style.PLACE: _Look(13, italic=True, align=_CENTRE, together=True, after=2),
    Style.SIGNER: _Look(13, bold=True, align=_CENTRE, together=True),
    Style.SIGNING: _Look(13, italic=True, align=_CENTRE, together=True, after=62),
    Style.FOOTER: _Look(11, align=_CENTRE),
}

# Columns in millimetres; every table is 165 mm wide.
_HEADS = (67, 98)
_FACTS = (40, 125)
_SUMMARY = (27, 18, 18, 29, 26, 24, 23)
_ITEMS = (57, 83, 25)
_GREY = "EDEDED"


def written() -> bytes:
    """The template as the bytes of a Word file, the same every time."""
    paper = docx.Document()
    _styles(paper)
    _page(paper)
    _head(paper)
    _facts(paper)
    _write(paper.add_paragraph(), Style.SECTION, texts.SUMMARY)
    _summary(paper)
    _write(paper.add_paragraph(), Style.SECTION, texts.ITEMS)
    _items(paper)
    _write(paper.add_paragraph(), Style.KEY, texts.EVIDENCE_KEY)
    _write(paper.add_paragraph(), Style.SECTION, texts.SIGNED)
    _write(paper.add_paragraph(), Style.BODY, texts.STATEMENT)
    _write(paper.add_paragraph(), Style.BODY, texts.DIGEST)
    _write(paper.add_paragraph(), Style.DIGEST, "{{ digest }}")
    _signatures(paper)
    saved = BytesIO()
    paper.save(saved)
    return settled(saved.getvalue())


def _styles(paper: Document) -> None:
    normal = paper.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.name, normal.font.size = FONT, Pt(13)
    for fonts in normal.element.iter(qn("w:rFonts")):
        for alphabet in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(alphabet), FONT)
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")
    for name, look in _LOOKS.items():
        style = paper.styles.add_style(name.value, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)
        style.style_id = words_only(name.value).title().replace(" ", "")
        style.base_style = normal
        style.quick_style = True
        style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, look.italic
        layout = style.paragraph_format
        layout.alignment, layout.keep_with_next = look.align, look.together
        layout.space_before, layout.space_after, layout.line_spacing = Pt(look.before), Pt(look.after), 1.0


def _page(paper: Document) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = _CENTRE
    _xml(number).append(_page_number())
    for footer in (section.first_page_footer, section.footer):
        words = texts.FOOTER.format("{{ receipt }}", "{{ digest_start }}")
        _write(footer.paragraphs[0], Style.FOOTER, words)


def _head(paper: Document) -> None:
    """Who it comes from on the left, the nation and its motto on the right, then what it is."""
    left, right = _row(_table(paper, _HEADS, borders=False))
    _write(left.paragraphs[0], Style.AGENCY, "{%p if organisation %}")
    _write(left.add_paragraph(), Style.AGENCY, "{{ organisation }}")
    _write(left.add_paragraph(), Style.AGENCY, "{%p endif %}")
    _write(left.add_paragraph(), Style.NATION, "{{ unit_in_capitals }}")
    _rule(left, (_HEADS[0] - 24) / 2)
    _write(right.paragraphs[0], Style.NATION, texts.NATION)
    _write(right.add_paragraph(), Style.MOTTO, texts.MOTTO)
    _rule(right, (_HEADS[1] - 54) / 2)
    _write(paper.add_paragraph(), Style.TITLE)
    _write(paper.add_paragraph(), Style.TITLE, texts.TITLE)
    _write(paper.add_paragraph(), Style.TITLE, texts.SUBTITLE.format("{{ round_in_a_sentence }}"))
    _write(paper.add_paragraph(), Style.FACT)


def _facts(paper: Document) -> None:
    table = _table(paper, _FACTS, borders=False)
    for label, field in (
        (texts.NAME, "name"),
        (texts.STAFF_CODE, "staff_code"),
        (texts.POST, "post"),
        (texts.UNIT, "unit"),
        (texts.PLAN, "plan"),
        (texts.PLAN_NUMBER, "plan_number"),
        (texts.ROUND, "round"),
        (texts.RECEIPT, "receipt"),
        (texts.SIGNED_AT, "signed_at"),
    ):
        told, value = _row(table, whole=True)
        _write(told.paragraphs[0], Style.FACT, f"{label}:")
        _write(value.paragraphs[0], Style.FACT, f"{{{{ {field} }}}}")


def _summary(paper: Document) -> None:
    table = _table(paper, _SUMMARY)
    columns = (
        (texts.TOTAL, "total"),
        (criteria.outcome(Outcome.MET), "met"),
        (criteria.outcome(Outcome.NOT_MET), "not_met"),
        (criteria.outcome(Outcome.NEEDS_REVIEW), "needs_review"),
        (criteria.outcome(Outcome.AWAITED), "awaited"),
        (criteria.outcome(Outcome.NOT_APPLICABLE), "not_applicable"),
        (texts.FILES, "files"),
    )
    for cell, (head, _field) in zip(_row(table, whole=True), columns, strict=True):
        _write(_shaded(cell).paragraphs[0], Style.HEAD, head)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    for cell, (_head, field) in zip(_row(table, whole=True), columns, strict=True):
        _write(cell.paragraphs[0], Style.COUNT, f"{{{{ {field} }}}}")


def _items(paper: Document) -> None:
    """One table: its head on every page, a shaded row for each group, a row for each criterion."""
    table = _table(paper, _ITEMS)
    for cell, head in zip(
        _row(table, whole=True), (texts.CRITERION, texts.ANSWER, texts.RESULT), strict=True
    ):
        _write(_shaded(cell).paragraphs[0], Style.HEAD, head)
    _xml(table.rows[0]).get_or_add_trPr().append(_element("w:tblHeader"))
    _tag(table, "for group in groups")
    group = _row(table, whole=True)
    _write(_shaded(group[0].merge(group[-1])).paragraphs[0], Style.GROUP, "{{ group.head }}")
    _tag(table, "for item in group.items")
    criterion, answer, result = _row(table, whole=True)
    _write(criterion.paragraphs[0], Style.CODE, "{{ item.code }}")
    _write(criterion.add_paragraph(), Style.CELL, "{{ item.quote }}")
    _answer(answer)
    _write(result.paragraphs[0], Style.HEAD, "{{ item.outcome }}")
    _tag(table, "endfor")
    _tag(table, "endfor")


def _answer(cell: _Cell) -> None:
    """What was answered, what it was compared with, the note and the files."""
    _write(cell.paragraphs[0], Style.CELL, "{%p for answer in item.answers %}")
    _write(cell.add_paragraph(), Style.CELL, "{{ answer }}", label=texts.ANSWERED)
    _write(cell.add_paragraph(), Style.CELL, "{%p endfor %}")
    _write(cell.add_paragraph(), Style.CELL, "{%p if item.comparison %}")
    _write(cell.add_paragraph(), Style.CELL, "{{ item.comparison }}", label=texts.COMPARED)
    _write(cell.add_paragraph(), Style.CELL, "{%p endif %}")
    _write(cell.add_paragraph(), Style.CELL, "{%p if item.note %}")
    _write(cell.add_paragraph(), Style.CELL, "{{ item.note }}", label=texts.NOTE)
    _write(cell.add_paragraph(), Style.CELL, "{%p endif %}")
    _write(cell.add_paragraph(), Style.CELL, "{%p for file in item.evidence %}")
    _write(cell.add_paragraph(), Style.SMALL, "{{ file }}", label=texts.EVIDENCE)
    _write(cell.add_paragraph(), Style.CELL, "{%p endfor %}")


def _signatures(paper: Document) -> None:
    """Who confirms and who signs, never torn apart by the end of a page; left to be written by hand."""
    left, right = _row(_table(paper, _HEADS, borders=False), whole=True)
    _write(left.paragraphs[0], Style.PLACE)
    _write(right.paragraphs[0], Style.PLACE, texts.DATE_LINE)
    _write(left.add_paragraph(), Style.SIGNER, texts.HEAD_CONFIRMS)
    _write(left.add_paragraph(), Style.SIGNING, texts.HEAD_SIGNS)
    _write(right.add_paragraph(), Style.SIGNER, texts.PERSON)
    _write(right.add_paragraph(), Style.SIGNING, texts.PERSON_SIGNS)
    _write(right.add_paragraph(), Style.SIGNER, "{{ name }}")


def _write(paragraph: Paragraph, style: Style, words: str = "", *, label: str = "") -> None:
    """Words in a style, after a label in italics."""
    paragraph.style = style.value
    if label:
        paragraph.add_run(f"{label}: ").italic = True
    if words:
        paragraph.add_run(words)


def _table(paper: Document, widths: Sequence[int], *, borders: bool = True) -> Table:
    """An empty table of fixed columns."""
    table: Table = paper.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid" if borders else "Normal Table"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    margins = _element("w:tblCellMar")
    for side, room in (("top", 40), ("left", 85), ("bottom", 40), ("right", 85)):
        margins.append(_element(f"w:{side}", w=str(room if borders else 0), type="dxa"))
    _xml(table).tblPr.insert_element_before(margins, "w:tblLook")
    return table


def _row(table: Table, *, whole: bool = False) -> tuple[_Cell, ...]:
    """The cells of a new row; a whole one is not divided by the end of a page."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # untyped upstream
    if whole:
        _xml(row).get_or_add_trPr().append(_element("w:cantSplit"))
    return row.cells


def _tag(table: Table, words: str) -> None:
    """A row that is only there for the template, and gone from the paper."""
    _write(_row(table)[0].paragraphs[0], Style.CELL, f"{{%tr {words} %}}")


def _shaded(cell: _Cell) -> _Cell:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    shade = _element("w:shd", val="clear", color="auto", fill=_GREY)
    _xml(cell).get_or_add_tcPr().insert_element_before(shade, "w:vAlign")
    return cell


def _rule(cell: _Cell, indent: float) -> None:
    """A rule under the words of a cell, so many millimetres from either side, as under the motto."""
    rule = cell.add_paragraph(style=Style.RULE.value)
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Mm(indent)
    borders = _element("w:pBdr")
    borders.append(_element("w:top", val="single", sz="6", space="1", color="auto"))
    _xml(rule).get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def _page_number() -> BaseOxmlElement:
    field, run, text = _element("w:fldSimple", instr="PAGE"), _element("w:r"), _element("w:t")
    text.text = "2"
    run.append(text)
    field.append(run)
    return field


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    return OxmlElement(name, {qn(f"w:{attribute}"): value for attribute, value in attributes.items()})


def _xml(of: Paragraph | Table | _Row | _Cell) -> BaseOxmlElement:
    """What python-docx has no words for is written into the element itself."""
    return of._element  # noqa: SLF001 - its documented way to what it does not offer


if __name__ == "__main__":
    TEMPLATE.write_bytes(written())
