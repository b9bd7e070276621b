"""Whether a page of a Word file is laid out as the annex of Decree 30/2020/NĐ-CP says."""

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from core.texts import papers
from core.texts.papers import Style
from tests.services.test_signed_copy import opened, printed, style_of


def laid_out(content: bytes, symbol: str, *, dated: bool = True, lying: bool = False) -> None:
    """A4, margins, page numbers, type, nation and motto; number and date are left to be written."""
    paper = opened(content)
    opens_in_word(paper)
    page = paper.sections[0]
    assert (page.orientation is WD_ORIENT.LANDSCAPE) == lying
    size = [Mm(297), Mm(210)] if lying else [Mm(210), Mm(297)]
    for found, wanted in zip((page.page_width, page.page_height), size, strict=True):
        assert found is not None
        assert abs(found - wanted) < Mm(0.1)
    assert _within(page.top_margin, 20, 25)
    assert _within(page.bottom_margin, 20, 25)
    assert _within(page.left_margin, 30, 35)
    assert _within(page.right_margin, 15, 20)
    assert page.different_first_page_header_footer
    assert "PAGE" in page.header._element.xml  # noqa: SLF001 - a field is no text
    assert page.header.paragraphs[0].alignment is WD_ALIGN_PARAGRAPH.CENTER
    assert "PAGE" not in page.first_page_header._element.xml  # noqa: SLF001 - as above
    assert style_of(paper, "Normal").font.name == "Times New Roman"
    body = style_of(paper, Style.PARAGRAPH)
    assert body.font.size == Pt(14)
    assert body.paragraph_format.alignment is WD_ALIGN_PARAGRAPH.JUSTIFY
    assert _within(body.paragraph_format.first_line_indent, 10, 12.7)
    assert body.paragraph_format.space_after == Pt(6)
    assert body.paragraph_format.line_spacing == 1.15
    head = " ".join(printed(paper).split())
    assert papers.NATION in head
    assert papers.MOTTO in head
    assert symbol in head
    assert (papers.DATE_LINE in head) == dated


def opens_in_word(paper: Document) -> None:
    """Every cell ends with a paragraph: else Word calls the file broken, and others lose a column."""
    for cell in paper.element.body.iter(qn("w:tc")):
        assert len(cell), "a cell without a paragraph"
        assert cell[-1].tag == qn("w:p")


def _within(found: Length | None, low: float, high: float) -> bool:
    return found is not None and Mm(low - 0.1) < found < Mm(high + 0.1)
