"""The template of the signed copy as it is shipped; run this module to write it anew.

An office changes the Word file, not this script: words, styles and order are free, and the fields in
double braces are those of `services/papers/signed_copy.py`.
"""

from pathlib import Path

from docx.document import Document
from docx.table import _Cell

from core.criteria import Outcome
from core.texts import criteria
from core.texts import papers as texts
from core.texts.papers import Style
from services.papers.layout import headed, row, rule, saved, shaded, sheet, table, tag, write

TEMPLATE = Path(__file__).parent / "templates" / "signed_copy.docx"

# Columns in millimetres; every table is 165 mm wide.
_HEADS = (67, 98)
_FACTS = (40, 125)
_SUMMARY = (27, 18, 18, 29, 26, 24, 23)
_ITEMS = (57, 83, 25)


def written() -> bytes:
    """The template as the bytes of a Word file, the same every time."""
    paper = sheet()
    _footer(paper)
    _head(paper)
    _facts(paper)
    write(paper.add_paragraph(), Style.SECTION, texts.SUMMARY)
    _summary(paper)
    write(paper.add_paragraph(), Style.SECTION, texts.ITEMS)
    _items(paper)
    write(paper.add_paragraph(), Style.KEY, texts.EVIDENCE_KEY)
    write(paper.add_paragraph(), Style.SECTION, texts.SIGNED)
    write(paper.add_paragraph(), Style.BODY, texts.STATEMENT)
    write(paper.add_paragraph(), Style.BODY, texts.DIGEST)
    write(paper.add_paragraph(), Style.DIGEST, "{{ digest }}")
    _signatures(paper)
    return saved(paper)


def _footer(paper: Document) -> None:
    section = paper.sections[0]
    for footer in (section.first_page_footer, section.footer):
        words = texts.FOOTER.format("{{ receipt }}", "{{ digest_start }}")
        write(footer.paragraphs[0], Style.FOOTER, words)


def _head(paper: Document) -> None:
    """Who it comes from on the left, the nation and its motto on the right, then what it is."""
    left, right = row(table(paper, _HEADS, borders=False))
    write(left.paragraphs[0], Style.AGENCY, "{%p if organisation %}")
    write(left.add_paragraph(), Style.AGENCY, "{{ organisation }}")
    write(left.add_paragraph(), Style.AGENCY, "{%p endif %}")
    write(left.add_paragraph(), Style.NATION, "{{ unit_in_capitals }}")
    rule(left, (_HEADS[0] - 24) / 2)
    write(right.paragraphs[0], Style.NATION, texts.NATION)
    write(right.add_paragraph(), Style.MOTTO, texts.MOTTO)
    rule(right, (_HEADS[1] - 54) / 2)
    write(paper.add_paragraph(), Style.TITLE)
    write(paper.add_paragraph(), Style.TITLE, texts.TITLE)
    write(paper.add_paragraph(), Style.TITLE, texts.SUBTITLE.format("{{ round_in_a_sentence }}"))
    write(paper.add_paragraph(), Style.FACT)


def _facts(paper: Document) -> None:
    grid = table(paper, _FACTS, borders=False)
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
        told, value = row(grid, whole=True)
        write(told.paragraphs[0], Style.FACT, f"{label}:")
        write(value.paragraphs[0], Style.FACT, f"{{{{ {field} }}}}")


def _summary(paper: Document) -> None:
    grid = table(paper, _SUMMARY)
    columns = (
        (texts.TOTAL, "total"),
        (criteria.outcome(Outcome.MET), "met"),
        (criteria.outcome(Outcome.NOT_MET), "not_met"),
        (criteria.outcome(Outcome.NEEDS_REVIEW), "needs_review"),
        (criteria.outcome(Outcome.AWAITED), "awaited"),
        (criteria.outcome(Outcome.NOT_APPLICABLE), "not_applicable"),
        (texts.FILES, "files"),
    )
    for cell, (head, _field) in zip(row(grid, whole=True), columns, strict=True):
        write(shaded(cell).paragraphs[0], Style.HEAD, head)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    for cell, (_head, field) in zip(row(grid, whole=True), columns, strict=True):
        write(cell.paragraphs[0], Style.COUNT, f"{{{{ {field} }}}}")


def _items(paper: Document) -> None:
    """One table: its head on every page, a shaded row for each group, a row for each criterion."""
    grid = headed(paper, _ITEMS, (texts.CRITERION, texts.ANSWER, texts.RESULT))
    tag(grid, "for group in groups")
    group = row(grid, whole=True)
    write(shaded(group[0].merge(group[-1])).paragraphs[0], Style.GROUP, "{{ group.head }}")
    tag(grid, "for item in group.items")
    criterion, answer, result = row(grid, whole=True)
    write(criterion.paragraphs[0], Style.CODE, "{{ item.code }}")
    write(criterion.add_paragraph(), Style.CELL, "{{ item.quote }}")
    _answer(answer)
    write(result.paragraphs[0], Style.HEAD, "{{ item.outcome }}")
    tag(grid, "endfor")
    tag(grid, "endfor")


def _answer(cell: _Cell) -> None:
    """What was answered, what it was compared with, the note and the files."""
    write(cell.paragraphs[0], Style.CELL, "{%p for answer in item.answers %}")
    write(cell.add_paragraph(), Style.CELL, "{{ answer }}", label=texts.ANSWERED)
    write(cell.add_paragraph(), Style.CELL, "{%p endfor %}")
    write(cell.add_paragraph(), Style.CELL, "{%p if item.comparison %}")
    write(cell.add_paragraph(), Style.CELL, "{{ item.comparison }}", label=texts.COMPARED)
    write(cell.add_paragraph(), Style.CELL, "{%p endif %}")
    write(cell.add_paragraph(), Style.CELL, "{%p if item.note %}")
    write(cell.add_paragraph(), Style.CELL, "{{ item.note }}", label=texts.NOTE)
    write(cell.add_paragraph(), Style.CELL, "{%p endif %}")
    write(cell.add_paragraph(), Style.CELL, "{%p for file in item.evidence %}")
    write(cell.add_paragraph(), Style.SMALL, "{{ file }}", label=texts.EVIDENCE)
    write(cell.add_paragraph(), Style.CELL, "{%p endfor %}")


def _signatures(paper: Document) -> None:
    """Who confirms and who signs, never torn apart by the end of a page; left to be written by hand."""
    left, right = row(table(paper, _HEADS, borders=False), whole=True)
    write(left.paragraphs[0], Style.PLACE)
    write(right.paragraphs[0], Style.PLACE, texts.DATE_LINE)
    write(left.add_paragraph(), Style.SIGNER, texts.HEAD_CONFIRMS)
    write(left.add_paragraph(), Style.SIGNING, texts.HEAD_SIGNS)
    write(right.add_paragraph(), Style.SIGNER, texts.PERSON)
    write(right.add_paragraph(), Style.SIGNING, texts.PERSON_SIGNS)
    write(right.add_paragraph(), Style.SIGNER, "{{ name }}")


if __name__ == "__main__":
    TEMPLATE.write_bytes(written())
