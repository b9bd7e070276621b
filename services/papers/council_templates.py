"""The templates of a sitting's papers as they are shipped; run this module to write them anew.

An office changes the Word files, not this script: the fields in double braces are those of
`services/papers/council_documents.py`.
"""

from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.table import Table

from core.council import PaperOf
from core.texts import council_papers as texts
from core.texts.papers import Style
from services.papers.council_documents import path
from services.papers.layout import WIDTH, cells, headed, letterhead, saved, sheet, table, tag, title, write

# Columns in millimetres.
_VOTES = (11, 43, 20, 16, 18, 18, 16, 23)
_LIST = (11, 45, 45, 64)


def written(kind: PaperOf) -> bytes:
    """A shipped template as the bytes of a Word file, the same every time."""
    paper = sheet()
    {PaperOf.MINUTES: _minutes, PaperOf.DECISION: _decision}[kind](paper)
    return saved(paper)


def _minutes(paper: Document) -> None:
    letterhead(paper, texts.MINUTES_SYMBOL, dated=False)
    title(paper, texts.MINUTES, *texts.MINUTES_ABOUT.split("\n"))
    for heading, sentences in (
        (texts.WHEN, (texts.BEGAN, texts.WHERE)),
        (texts.WHO, (texts.CHAIR, texts.SECRETARY, texts.MEMBERS)),
    ):
        write(paper.add_paragraph(), Style.HEADING, heading)
        for words in sentences:
            write(paper.add_paragraph(), Style.PARAGRAPH, words)
    _each(paper, "member", "members", before="- ")
    write(paper.add_paragraph(), Style.HEADING, texts.WHAT)
    write(paper.add_paragraph(), Style.PARAGRAPH, texts.CONSIDERED)
    write(paper.add_paragraph(), Style.PARAGRAPH, "{%p if conflicts %}")
    write(paper.add_paragraph(), Style.PARAGRAPH, texts.CONFLICTS)
    write(paper.add_paragraph(), Style.PARAGRAPH, "{%p endif %}")
    _say_with_next(paper, texts.VOTED)
    grid = headed(paper, _VOTES, texts.VOTE_HEADS)
    tag(grid, "for one in items")
    fields = ("number", "name", "entitled", "votes_for", "against", "blank", "ratio", "result")
    cells(
        grid, [f"{{{{ one.{field} }}}}" for field in fields], (Style.MIDDLE, Style.CODE, *[Style.MIDDLE] * 6)
    )
    tag(grid, "endfor")
    _each(paper, "line", "settled")
    write(paper.add_paragraph(), Style.HEADING, texts.CONCLUSION)
    write(paper.add_paragraph(), Style.PARAGRAPH, "{{ conclusions }}")
    _say_with_next(paper, texts.ENDED)
    _signatures(
        paper,
        (texts.SECRETARY_SIGNS, texts.SIGNS, "{{ secretary_name }}"),
        (texts.CHAIR_SIGNS, texts.SIGNS, "{{ chair_name }}"),
    )
    write(paper.add_paragraph(), Style.COPIES, texts.COPIES)
    write(paper.add_paragraph(), Style.COPY, texts.COPY_FILE)


def _decision(paper: Document) -> None:
    letterhead(paper, texts.DECISION_SYMBOL)
    title(paper, texts.DECISION, texts.DECISION_ABOUT)
    write(paper.add_paragraph(), Style.SIGNER, "{{ signer_in_capitals }}")
    write(paper.add_paragraph(), Style.COPY)
    write(paper.add_paragraph(), Style.BASIS, texts.BASIS)
    _each(paper, "basis", "bases", style=Style.BASIS)
    write(paper.add_paragraph(), Style.BASIS, texts.PROPOSED)
    write(paper.add_paragraph(), Style.TITLE, texts.DECIDES)
    write(paper.add_paragraph(), Style.COPY)
    for article in texts.ARTICLES:
        _article(paper, article)
    grid = _signatures(paper, ("", "", ""), ("{{ signer_in_capitals }}", "", ""))
    left = grid.cell(0, 0).paragraphs[0]
    write(left, Style.COPIES, texts.COPIES)
    below = grid.cell(1, 0)
    write(below.paragraphs[0], Style.COPY, texts.COPY_ARTICLE)
    write(below.add_paragraph(), Style.COPY, texts.COPY_FILE)
    paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    title(paper, texts.LIST, "{{ round }}", under=texts.LIST_ABOUT)
    grid = headed(paper, _LIST, texts.LIST_HEADS)
    tag(grid, "for one in chosen")
    words = ("{{ one.number }}", "{{ one.name }}", "{{ one.where }}", "{{ one.achievement }}")
    cells(grid, words, (Style.MIDDLE, Style.CODE, Style.CELL, Style.CELL))
    tag(grid, "endfor")


def _article(paper: Document, words: str) -> None:
    """An article under its number in bold."""
    number, dot, said = words.partition(". ")
    paragraph = paper.add_paragraph()
    write(paragraph, Style.PARAGRAPH)
    paragraph.add_run(number + dot).bold = True
    paragraph.add_run(said)


def _each(paper: Document, one: str, of: str, *, before: str = "", style: Style = Style.PARAGRAPH) -> None:
    write(paper.add_paragraph(), style, f"{{%p for {one} in {of} %}}")
    write(paper.add_paragraph(), style, f"{before}{{{{ {one} }}}}")
    write(paper.add_paragraph(), style, "{%p endfor %}")


def _say_with_next(paper: Document, words: str) -> None:
    paragraph = paper.add_paragraph()
    write(paragraph, Style.PARAGRAPH, words)
    paragraph.paragraph_format.keep_with_next = True


def _signatures(paper: Document, left: tuple[str, ...], right: tuple[str, ...]) -> Table:
    grid = table(paper, (WIDTH / 2, WIDTH / 2), borders=False)
    for words, style in zip(
        zip(left, right, strict=True), (Style.SIGNER, Style.SIGNING, Style.SIGNER), strict=True
    ):
        cells(grid, words, (style, style))
    return grid


if __name__ == "__main__":
    for one in PaperOf:
        path(one).write_bytes(written(one))
