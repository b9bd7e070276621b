"""How a paper of the office looks, by the annex of Decree 30/2020/NĐ-CP: what its templates are built of.

A4, margins of 20 mm above and below, 30 mm on the left and 15 mm on the right, Times New Roman, pages
numbered in the middle of the upper margin from the second one on. A table is as wide as the page between its
margins: `WIDTH` upright, `WIDE` lying down. Numbers, dates, signatures and seals are left to be written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
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

from core.texts import papers as texts
from core.texts.papers import Style
from core.vietnamese import words_only
from services.papers.word import settled

FONT = "Times New Roman"
WIDTH = 165
WIDE = 247

_LEFT, _CENTRE, _JUSTIFIED = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_GREY = "EDEDED"


@dataclass(frozen=True, slots=True)
class _Look:
    """A paragraph style: points, `indent` of the first line in millimetres.

    `together` keeps a line on the page of the next one.
    """

    size: float
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = _LEFT
    together: bool = False
    before: float = 0
    after: float = 0
    line: float = 1.0
    indent: float = 0


_LOOKS = {
    Style.NATION: _Look(12, bold=True, align=_CENTRE),
    Style.MOTTO: _Look(13, bold=True, align=_CENTRE),
    Style.AGENCY: _Look(12, align=_CENTRE),
    Style.RULE: _Look(4, align=_CENTRE, before=4),
    Style.NUMBER: _Look(13, align=_CENTRE, before=4),
    Style.ABOUT: _Look(12, align=_CENTRE),
    Style.TITLE: _Look(14, bold=True, align=_CENTRE, together=True),
    Style.ADDRESSEE: _Look(14, align=_CENTRE, before=12, after=12),
    Style.SECTION: _Look(13, bold=True, together=True, before=14, after=6),
    Style.BODY: _Look(13, align=_JUSTIFIED, after=6),
    Style.PARAGRAPH: _Look(14, align=_JUSTIFIED, after=6, line=1.15, indent=12.7),
    Style.BASIS: _Look(14, italic=True, align=_JUSTIFIED, after=6, line=1.15, indent=12.7),
    Style.HEADING: _Look(14, bold=True, align=_JUSTIFIED, together=True, before=6, after=6, indent=12.7),
    Style.FACT: _Look(13, after=3),
    Style.DIGEST: _Look(12, align=_CENTRE, after=14),
    Style.HEAD: _Look(12, bold=True, align=_CENTRE, after=2),
    Style.COUNT: _Look(13, bold=True, align=_CENTRE),
    Style.GROUP: _Look(12, bold=True, together=True, before=2, after=2),
    Style.CODE: _Look(12, bold=True, after=2),
    Style.CELL: _Look(12, after=2),
    Style.MIDDLE: _Look(12, align=_CENTRE, after=2),
    Style.SMALL: _Look(11, after=2),
    Style.KEY: _Look(11, italic=True, align=_JUSTIFIED, before=4),
    Style.PLACE: _Look(13, italic=True, align=_CENTRE, together=True, after=2),
    Style.SIGNER: _Look(13, bold=True, align=_CENTRE, together=True),
    Style.SIGNING: _Look(13, italic=True, align=_CENTRE, together=True, after=62),
    Style.COPIES: _Look(12, bold=True, italic=True, before=8),
    Style.COPY: _Look(11),
    Style.FOOTER: _Look(11, align=_CENTRE),
}


def sheet(*, lying: bool = False) -> Document:
    """An empty paper with its styles and its page numbers; `lying` for a table that is too wide upright."""
    paper = docx.Document()
    _styles(paper)
    section = paper.sections[0]
    short, long = Mm(210), Mm(297)
    section.page_width, section.page_height = (long, short) if lying else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20 if lying else 15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = _CENTRE
    xml(number).append(_page_number())
    return paper


def saved(paper: Document) -> bytes:
    """The bytes of a template, the same every time."""
    stream = BytesIO()
    paper.save(stream)
    return settled(stream.getvalue())


def letterhead(
    paper: Document, symbol: str, *, about: str = "", dated: bool = True, lying: bool = False
) -> None:
    """Who it comes from and the nation with its motto; number and `symbol`, place and date, to be written.

    `about` is what a letter says of its matter, below its number.
    """
    room = WIDE if lying else WIDTH
    heads = (room * 67 // WIDTH, room - room * 67 // WIDTH)
    grid = table(paper, heads, borders=False)
    left, right = row(grid)
    write(left.paragraphs[0], Style.AGENCY, "{%p if superior %}")
    write(left.add_paragraph(), Style.AGENCY, "{{ superior }}")
    write(left.add_paragraph(), Style.AGENCY, "{%p endif %}")
    write(left.add_paragraph(), Style.NATION, "{{ unit_in_capitals }}")
    rule(left, (heads[0] - 24) / 2)
    write(right.paragraphs[0], Style.NATION, texts.NATION)
    write(right.add_paragraph(), Style.MOTTO, texts.MOTTO)
    rule(right, (heads[1] - 54) / 2)
    left, right = row(grid)
    write(left.paragraphs[0], Style.NUMBER, symbol)
    if about:
        write(left.add_paragraph(), Style.ABOUT, about)
    write(right.paragraphs[0], Style.PLACE, texts.DATE_LINE if dated else "")
    right.paragraphs[0].paragraph_format.space_before = Pt(4)


def title(paper: Document, *lines: str, under: str = "", wide: float = WIDTH) -> None:
    """What a paper is and what about, in the middle, with what it belongs to; a short rule ends it."""
    write(paper.add_paragraph(), Style.TITLE)
    for words in lines:
        write(paper.add_paragraph(), Style.TITLE, words)
    if under:
        write(paper.add_paragraph(), Style.ABOUT, under)
    rule(paper, (wide - 50) / 2)
    write(paper.add_paragraph(), Style.COPY)


def table(paper: Document, widths: Sequence[float], *, borders: bool = True) -> Table:
    """An empty table of fixed columns, in millimetres."""
    made: Table = paper.add_table(rows=0, cols=len(widths))
    made.style = "Table Grid" if borders else "Normal Table"
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    margins = element("w:tblCellMar")
    for side, room in (("top", 40), ("left", 85), ("bottom", 40), ("right", 85)):
        margins.append(element(f"w:{side}", w=str(room if borders else 0), type="dxa"))
    xml(made).tblPr.insert_element_before(margins, "w:tblLook")
    return made


def headed(paper: Document, widths: Sequence[float], heads: Sequence[str]) -> Table:
    """A table whose shaded first row stands on every page."""
    made = table(paper, widths)
    for cell, head in zip(row(made, whole=True), heads, strict=True):
        write(shaded(cell).paragraphs[0], Style.HEAD, head)
    xml(made.rows[0]).get_or_add_trPr().append(element("w:tblHeader"))
    return made


def row(of: Table, *, whole: bool = False) -> tuple[_Cell, ...]:
    """The cells of a new row; a whole one is not divided by the end of a page."""
    made: _Row = of.add_row()  # type: ignore[no-untyped-call]  # untyped upstream
    if whole:
        xml(made).get_or_add_trPr().append(element("w:cantSplit"))
    return made.cells


def cells(of: Table, words: Sequence[str], styles: Sequence[Style]) -> None:
    """A row with one paragraph a cell."""
    for cell, text, style in zip(row(of, whole=True), words, styles, strict=True):
        write(cell.paragraphs[0], style, text)


def tag(of: Table, words: str) -> None:
    """A row that is only there for the template, and gone from the paper."""
    write(row(of)[0].paragraphs[0], Style.CELL, f"{{%tr {words} %}}")


def write(paragraph: Paragraph, style: Style, words: str = "", *, label: str = "") -> None:
    """Words in a style, after a label in italics."""
    paragraph.style = style.value
    if label:
        paragraph.add_run(f"{label}: ").italic = True
    if words:
        paragraph.add_run(words)


def shaded(cell: _Cell) -> _Cell:
    """The same cell in grey."""
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    shade = element("w:shd", val="clear", color="auto", fill=_GREY)
    xml(cell).get_or_add_tcPr().insert_element_before(shade, "w:vAlign")
    return cell


def rule(under: _Cell | Document, indent: float) -> None:
    """A rule under what was written last, so many millimetres from either side, as under the motto."""
    line = under.add_paragraph(style=Style.RULE.value)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(indent)
    borders = element("w:pBdr")
    borders.append(element("w:top", val="single", sz="6", space="1", color="auto"))
    xml(line).get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def element(name: str, **attributes: str) -> BaseOxmlElement:
    """An element of Word's own, with attributes of the same namespace."""
    return OxmlElement(name, {qn(f"w:{attribute}"): value for attribute, value in attributes.items()})


def xml(of: Paragraph | Table | _Row | _Cell) -> BaseOxmlElement:
    """What python-docx has no words for is written into the element itself."""
    return of._element  # noqa: SLF001 - its documented way to what it does not offer


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
        layout.space_before, layout.space_after, layout.line_spacing = (
            Pt(look.before),
            Pt(look.after),
            look.line,
        )
        if look.indent:
            layout.first_line_indent = Mm(look.indent)


def _page_number() -> BaseOxmlElement:
    field, run, text = element("w:fldSimple", instr="PAGE"), element("w:r"), element("w:t")
    text.text = "2"
    run.append(text)
    field.append(run)
    return field
