"""The sheet of new codes: A4, eight slips a page to cut apart, each with its code and what to scan."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from core.cut_off import Slip
from core.texts import cut_off as texts
from core.vietnamese import clean_line
from services.papers.word import settled

if TYPE_CHECKING:
    from docx.table import Table, _Cell

#: Characters of a name or a unit that a slip has room for.
_LINE = 90
_ACROSS = 2
_WIDTH, _HEIGHT, _QR_WIDTH, _QR = 9.4, 6.75, 2.9, 2.4
"""Of a slip, of its part with what is scanned, and of one such picture, in centimetres."""


def build(slips: Sequence[Slip]) -> bytes:
    """The sheet as a Word file."""
    from docx import Document
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Cm

    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.0)
    section.header_distance = section.footer_distance = Cm(0.3)
    style = paper.styles["Normal"]
    style.font.name = "Times New Roman"
    style.paragraph_format.space_after = style.paragraph_format.space_before = Cm(0)
    table = paper.add_table(rows=0, cols=_ACROSS)
    table.autofit = False
    _border(table, "dashed")
    for start in range(0, len(slips), _ACROSS):
        row = table.add_row()
        row.height, row.height_rule = Cm(_HEIGHT), WD_ROW_HEIGHT_RULE.EXACTLY
        for cell, slip in zip(row.cells, slips[start : start + _ACROSS], strict=False):
            cell.width = Cm(_WIDTH)
            _fill(cell, slip)
    paper.core_properties.title = texts.TITLE
    paper.core_properties.author = ""
    written = BytesIO()
    paper.save(written)
    return settled(written.getvalue())


def _fill(cell: "_Cell", slip: Slip) -> None:
    from docx.shared import Cm

    inner = cell.add_table(rows=1, cols=2)
    inner.autofit = False
    told, scanned = inner.rows[0].cells
    for part, width in ((0, _WIDTH - _QR_WIDTH - 0.4), (1, _QR_WIDTH)):
        inner.columns[part].width = inner.rows[0].cells[part].width = Cm(width)
    cell._element.remove(cell.paragraphs[0]._element)  # noqa: SLF001 - the blank line above, which costs room
    _line(told, texts.TITLE, 8, first=True)
    _line(told, clean_line(slip.name, _LINE), 11, bold=True)
    _line(told, clean_line(slip.unit, _LINE), 9)
    _line(told, f"{texts.TYPE} {slip.code}", 15, bold=True)
    _line(told, texts.until(slip.expires_at), 9)
    for place in slip.places:
        _line(told, clean_line(place, 2 * _LINE), 8)
    _line(told, texts.ONCE, 7)
    for number, (channel, address) in enumerate(slip.links[:2]):
        _line(scanned, channel, 8, first=not number)
        picture = scanned.add_paragraph().add_run()
        picture.add_picture(_qr(address), width=Cm(_QR))


def _line(cell: "_Cell", text: str, size: int, *, bold: bool = False, first: bool = False) -> None:
    from docx.shared import Pt

    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(6 if first else 1)
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold


def _qr(address: str) -> BytesIO:
    import segno

    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=6, border=2)
    picture.seek(0)
    return picture


def _border(table: "Table", kind: str) -> None:
    """Lines around every slip, to cut along."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", kind), ("sz", "6"), ("space", "0"), ("color", "808080")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)  # noqa: SLF001 - python-docx has no way to set borders
