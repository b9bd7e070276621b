"""The template of the appraisal report as it is shipped; run this module to write it anew.

An office changes the Word file, not this script: words, styles and order are free, and the fields in
double braces are those of `services/papers/appraisal_report.py`.
"""

from pathlib import Path

from docx.document import Document

from core.texts import appraisal_report as texts
from core.texts.papers import Style
from services.papers.layout import WIDTH, headed, letterhead, row, saved, sheet, table, tag, title, write

TEMPLATE = Path(__file__).parent / "templates" / "appraisal_report.docx"

# Columns in millimetres; every table is 165 mm wide.
_SUMMARY = (12, 42, 34, 42, 35)
_DETAILS = (60, 45, 22, 38)


def written() -> bytes:
    """The template as the bytes of a Word file, the same every time."""
    paper = sheet()
    letterhead(paper, texts.SYMBOL)
    title(paper, texts.TITLE, texts.SUBTITLE)
    write(paper.add_paragraph(), Style.PARAGRAPH, texts.INTRODUCTION)
    write(paper.add_paragraph(), Style.SECTION, texts.SUMMARY)
    _summary(paper)
    write(paper.add_paragraph(), Style.SECTION, texts.DETAILS)
    _details(paper)
    write(paper.add_paragraph(), Style.SECTION, texts.ITEMS)
    write(paper.add_paragraph(), Style.BODY, "{%p for item in items %}")
    write(paper.add_paragraph(), Style.PARAGRAPH, "{{ item }}")
    write(paper.add_paragraph(), Style.BODY, "{%p endfor %}")
    write(paper.add_paragraph(), Style.PARAGRAPH, texts.CLOSING)
    _signature(paper)
    return saved(paper)


def _summary(paper: Document) -> None:
    made = headed(paper, _SUMMARY, texts.SUMMARY_HEADS)
    tag(made, "for one in nominees")
    styles = (Style.MIDDLE, Style.CELL, Style.CELL, Style.SMALL, Style.CELL)
    words = (
        "{{ one.place }}",
        "{{ one.name }}",
        "{{ one.unit }}",
        "{{ one.achievement }}",
        "{{ one.verdict }}",
    )
    for cell, text, style in zip(row(made, whole=True), words, styles, strict=True):
        write(cell.paragraphs[0], style, text)
    tag(made, "endfor")


def _details(paper: Document) -> None:
    """One table a nominee, under their name, with what stands in the way and what is alike."""
    write(paper.add_paragraph(), Style.BODY, "{%p for one in nominees %}")
    write(paper.add_paragraph(), Style.HEADING, "{{ one.place }}. {{ one.name }}: {{ one.verdict }}")
    write(paper.add_paragraph(), Style.BODY, "{{ one.standing }}")
    write(paper.add_paragraph(), Style.BODY, "{%p if one.alike %}")
    write(paper.add_paragraph(), Style.BODY, "{{ one.alike }}")
    write(paper.add_paragraph(), Style.BODY, "{%p endif %}")
    made = headed(paper, _DETAILS, texts.DETAIL_HEADS)
    tag(made, "for entry in one.entries")
    clause, own, mark, reason = row(made)
    write(clause.paragraphs[0], Style.CODE, "{{ entry.code }}")
    write(clause.add_paragraph(), Style.SMALL, "{{ entry.quote }}")
    write(own.paragraphs[0], Style.SMALL, "{{ entry.own }}")
    write(own.add_paragraph(), Style.SMALL, "{%p if entry.files %}")
    write(own.add_paragraph(), Style.SMALL, "{{ entry.files }}")
    write(own.add_paragraph(), Style.SMALL, "{%p endif %}")
    write(mark.paragraphs[0], Style.CELL, "{{ entry.mark }}")
    write(reason.paragraphs[0], Style.SMALL, "{{ entry.reason }}")
    tag(made, "endfor")
    write(paper.add_paragraph(), Style.BODY, "{%p endfor %}")


def _signature(paper: Document) -> None:
    """Left blank: the report is signed outside."""
    _left, right = row(table(paper, (WIDTH / 2, WIDTH / 2), borders=False), whole=True)
    write(right.paragraphs[0], Style.SIGNER, texts.SIGNER)
    write(right.add_paragraph(), Style.SIGNING, texts.SIGNING)
    write(right.add_paragraph(), Style.SIGNER, "{{ asker }}")


if __name__ == "__main__":
    TEMPLATE.write_bytes(written())
