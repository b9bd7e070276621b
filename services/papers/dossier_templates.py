"""The templates of a dossier's papers as they are shipped; run this module to write them anew.

An office changes the Word files, not this script: words, styles and order are free, and the fields in double
braces are those of `services/papers/dossier_fields.py`.
"""

from collections.abc import Callable, Mapping, Sequence

from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.shared import Pt
from docx.table import Table, _Cell

from core.dossiers import PARTICULARS
from core.paper_templates import TemplateKind
from core.texts import dossier_papers as texts
from core.texts import papers, particulars
from core.texts.papers import Style
from services.papers import dossier_documents
from services.papers.layout import (
    WIDE,
    WIDTH,
    cells,
    headed,
    letterhead,
    row,
    saved,
    shaded,
    sheet,
    table,
    tag,
    title,
    write,
)

# Columns in millimetres.
_REQUEST = (11, 37, 31, 58, 28)
_VOTES = (11, 41, 20, 16, 18, 20, 16, 23)
_ITEMS = (50, 58, 34, 23)
_LIST = (11, 40, 25, 16, 42, 28, 42, 16, 27)
_EVIDENCE = (11, 27, 63, 40, 24)
_SIGNATURE = (Style.SIGNER, Style.SIGNING, Style.SIGNER)


def written(kind: TemplateKind) -> bytes:
    """A shipped template as the bytes of a Word file, the same every time."""
    paper = sheet(lying=kind is TemplateKind.LIST)
    _WRITERS[kind](paper)
    return saved(paper)


def _request(paper: Document) -> None:
    symbol = f"{{% if letter %}}{texts.LETTER_SYMBOL}{{% else %}}{texts.REQUEST_SYMBOL}{{% endif %}}"
    letterhead(paper, symbol, about=f"{{% if letter %}}{texts.LETTER_ABOUT}{{% endif %}}")
    _only(paper, "not letter", lambda: title(paper, texts.REQUEST, texts.ABOUT))
    write(paper.add_paragraph(), Style.ADDRESSEE, texts.TO)
    _only(paper, "letter", lambda: _say(paper, texts.LETTER_ASKED, together=True))

    def plain() -> None:
        _each(paper, "base", "bases", Style.BASIS)
        _say(paper, texts.ASKED, together=True)

    _only(paper, "not letter", plain)
    grid = headed(paper, _REQUEST, texts.REQUEST_HEADS)
    tag(grid, "for one in nominees")
    words = (
        "{{ one.number }}",
        "{{ one.name }}",
        "{{ one.place }}",
        "{{ one.achievement }}",
        "{{ one.votes }}",
    )
    cells(grid, words, (Style.MIDDLE, Style.CODE, Style.CELL, Style.CELL, Style.MIDDLE))
    tag(grid, "endfor")
    write(paper.add_paragraph(), Style.COPY)
    _say(paper, texts.RESPONSIBLE)
    _say(paper, texts.ENCLOSED)
    _each(paper, "part", "enclosed", Style.PARAGRAPH)
    _say(paper, texts.ASKED_FINALLY, together=True)
    grid = _signatures(paper, ("", "", ""), ("{{ head_post }}", texts.SIGNS, "{{ head }}"))
    write(grid.cell(0, 0).paragraphs[0], Style.COPIES, texts.COPIES)
    below = grid.cell(1, 0)
    write(below.paragraphs[0], Style.COPY, texts.COPY_ABOVE)
    write(below.add_paragraph(), Style.COPY, texts.COPY_FILE)
    for cell in (grid.cell(0, 0), below):
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _minutes(paper: Document) -> None:
    letterhead(paper, texts.MINUTES_SYMBOL, dated=False)
    title(paper, texts.MINUTES, *texts.MINUTES_ABOUT.split("\n"))
    _heading(paper, texts.MINUTES_WHEN)
    for words in (texts.BEGAN, texts.WHERE):
        _say(paper, words)
    _heading(paper, texts.MINUTES_WHO)
    for words in (texts.CHAIR, texts.SECRETARY, texts.PRESENT):
        _say(paper, words)
    _each(paper, "member", "meeting.present", Style.PARAGRAPH, before="- ")
    _say(paper, texts.ABSENT)
    _heading(paper, texts.MINUTES_WHAT)
    _say(paper, texts.CONSIDERED)
    _say(paper, texts.VOTED, together=True)
    grid = headed(paper, _VOTES, texts.VOTE_HEADS)
    tag(grid, "for one in nominees")
    fields = ("number", "name", "entitled", "votes_for", "against", "blank", "ratio", "conclusion")
    styles = (Style.MIDDLE, Style.CODE, *[Style.MIDDLE] * 6)
    cells(grid, [f"{{{{ one.{field} }}}}" for field in fields], styles)
    tag(grid, "endfor")
    _heading(paper, texts.MINUTES_END)
    _say(paper, "{{ meeting.conclusions }}")
    _say(paper, texts.ENDED, together=True)
    _signatures(
        paper,
        (texts.SECRETARY_SIGNS, texts.SIGNS_SIMPLY, "{{ meeting.secretary_name }}"),
        (texts.CHAIR_SIGNS, texts.SIGNS, "{{ meeting.chair_name }}"),
    )
    write(paper.add_paragraph(), Style.COPIES, texts.COPIES)
    write(paper.add_paragraph(), Style.COPY, texts.COPY_FILE)


def _individual(paper: Document) -> None:
    _report_head(paper)
    _heading(paper, texts.PERSON)
    _fact(paper, papers.NAME, "{{ nominee.name_in_capitals }}")
    for name in PARTICULARS:
        if name not in {"duties", "awards"}:
            _fact(paper, particulars.LABELS[name], f"{{{{ nominee.{name} }}}}")
    _fact(paper, papers.POST, "{{ nominee.post }}")
    _fact(paper, papers.UNIT, "{{ nominee.unit }}")
    _heading(paper, texts.DONE)
    _heading(paper, texts.TASKS)
    _say(paper, "{{ nominee.duties }}")
    _achievements(paper)
    _heading(paper, texts.AWARDS)
    _say(paper, "{{ nominee.awards }}", together=True)
    _signatures(
        paper,
        (texts.CONFIRMS, texts.SIGNS, "{{ head }}"),
        (texts.REPORTS, texts.SIGNS_SIMPLY, "{{ nominee.name }}"),
    )
    _copies_below(paper)


def _collective(paper: Document) -> None:
    _report_head(paper)
    _heading(paper, texts.UNIT)
    for name in ("address", "founded", "structure", "conditions"):
        _fact(paper, particulars.UNIT_LABELS[name], f"{{{{ nominee.{name} }}}}")
    _heading(paper, texts.DONE)
    _heading(paper, texts.UNIT_TASKS)
    _say(paper, "{{ nominee.duties }}")
    _achievements(paper)
    _heading(paper, texts.UNIT_LAW)
    _fact(paper, particulars.UNIT_LABELS["policies"], "{{ nominee.policies }}")
    _fact(paper, particulars.UNIT_LABELS["activities"], "{{ nominee.activities }}")
    _heading(paper, texts.UNIT_AWARDS)
    _say(paper, "{{ nominee.awards }}", together=True)
    _signatures(
        paper, (texts.ABOVE_CONFIRMS, texts.SIGNS, ""), ("{{ head_post }}", texts.SIGNS, "{{ head }}")
    )
    _copies_below(paper)


def _list(paper: Document) -> None:
    letterhead(paper, "", lying=True)
    title(paper, texts.LIST, texts.LIST_ABOUT, under=texts.LIST_WITH, wide=WIDE)
    grid = headed(paper, _LIST, texts.LIST_HEADS)
    tag(grid, "for one in nominees")
    fields = ("number", "name", "born_on", "sex", "place", "qualification", "achievement", "met_of", "votes")
    middle, cell = Style.MIDDLE, Style.CELL
    styles = (middle, Style.CODE, middle, middle, cell, cell, cell, middle, middle)
    cells(grid, [f"{{{{ one.{field} }}}}" for field in fields], styles)
    tag(grid, "endfor")
    write(paper.add_paragraph(), Style.COPY)
    _say(paper, texts.LIST_TOTAL, together=True)
    _signatures(paper, ("", "", ""), ("{{ head_post }}", texts.SIGNS, "{{ head }}"), (147, 100))


def _evidence(paper: Document) -> None:
    letterhead(paper, "")
    title(paper, texts.EVIDENCE, texts.EVIDENCE_ABOUT, under=texts.LIST_WITH)
    grid = headed(paper, _EVIDENCE, texts.EVIDENCE_HEADS)
    tag(grid, "for nominee in proofs")
    whole = row(grid, whole=True)
    write(shaded(whole[0].merge(whole[-1])).paragraphs[0], Style.GROUP, "{{ nominee.name }}")
    tag(grid, "for one in nominee.files")
    fields = ("number", "code", "file", "digest", "criteria")
    styles = (Style.MIDDLE, Style.CELL, Style.CELL, Style.SMALL, Style.CELL)
    cells(grid, [f"{{{{ one.{field} }}}}" for field in fields], styles)
    tag(grid, "endfor")
    tag(grid, "endfor")
    key = paper.add_paragraph()
    write(key, Style.KEY, texts.EVIDENCE_KEY)
    key.paragraph_format.keep_with_next = True
    _signatures(paper, ("", "", ""), ("{{ head_post }}", texts.SIGNS, "{{ head }}"))


_WRITERS: Mapping[TemplateKind, Callable[[Document], None]] = {
    TemplateKind.REQUEST: _request,
    TemplateKind.MINUTES: _minutes,
    TemplateKind.INDIVIDUAL: _individual,
    TemplateKind.COLLECTIVE: _collective,
    TemplateKind.LIST: _list,
    TemplateKind.EVIDENCE: _evidence,
}


def _report_head(paper: Document) -> None:
    letterhead(paper, texts.REPORT_SYMBOL)
    title(paper, texts.REPORT, texts.REPORT_ASKS, under=texts.REPORT_ABOUT)


def _achievements(paper: Document) -> None:
    """What was achieved, clause by clause, with what proves it."""
    _heading(paper, texts.ACHIEVED)
    _say(paper, "{{ nominee.achievement }}")
    _say(paper, texts.BY_CRITERION, together=True)
    grid = headed(paper, _ITEMS, texts.ITEM_HEADS)
    tag(grid, "for group in nominee.groups")
    group = row(grid, whole=True)
    write(shaded(group[0].merge(group[-1])).paragraphs[0], Style.GROUP, "{{ group.head }}")
    tag(grid, "for item in group.items")
    criterion, achieved, proof, result = row(grid)
    write(criterion.paragraphs[0], Style.CODE, "{{ item.code }}")
    write(criterion.add_paragraph(), Style.CELL, "{{ item.quote }}")
    _in_cell(achieved, "for line in item.achievements", "{{ line }}", "endfor", first=True)
    _in_cell(achieved, "if item.comparison", "{{ item.comparison }}", "endif", label=texts.COMPARED)
    _in_cell(achieved, "if item.note", "{{ item.note }}", "endif", label=texts.NOTED)
    _in_cell(proof, "for file in item.proofs", "{{ file }}", "endfor", first=True, style=Style.SMALL)
    write(result.paragraphs[0], Style.HEAD, "{{ item.result }}")
    tag(grid, "endfor")
    tag(grid, "endfor")
    write(paper.add_paragraph(), Style.COPY)
    _say(paper, texts.SUMMED)
    _only(paper, "nominee.not_applied", lambda: _say(paper, texts.NOT_APPLIED))
    _say(paper, texts.SOURCE)


def _in_cell(
    cell: _Cell,
    begins: str,
    words: str,
    ends: str,
    *,
    label: str = "",
    first: bool = False,
    style: Style = Style.CELL,
) -> None:
    """Paragraphs of a cell between two tags."""
    write(cell.paragraphs[0] if first else cell.add_paragraph(), style, f"{{%p {begins} %}}")
    write(cell.add_paragraph(), style, words, label=label)
    write(cell.add_paragraph(), style, f"{{%p {ends} %}}")


def _only(paper: Document, condition: str, part: Callable[[], None]) -> None:
    """Paragraphs that are only there where a condition holds."""
    write(paper.add_paragraph(), Style.PARAGRAPH, f"{{%p if {condition} %}}")
    part()
    write(paper.add_paragraph(), Style.PARAGRAPH, "{%p endif %}")


def _each(paper: Document, one: str, of: str, style: Style, before: str = "") -> None:
    """A paragraph for each thing of a list."""
    write(paper.add_paragraph(), style, f"{{%p for {one} in {of} %}}")
    write(paper.add_paragraph(), style, f"{before}{{{{ {one} }}}}")
    write(paper.add_paragraph(), style, "{%p endfor %}")


def _heading(paper: Document, words: str) -> None:
    write(paper.add_paragraph(), Style.HEADING, words)


def _say(paper: Document, words: str, *, together: bool = False) -> None:
    """A paragraph; `together` keeps it on the page of what follows."""
    paragraph = paper.add_paragraph()
    write(paragraph, Style.PARAGRAPH, words)
    if together:
        paragraph.paragraph_format.keep_with_next = True


def _fact(paper: Document, label: str, words: str) -> None:
    _say(paper, f"- {label}: {words}")


def _signatures(
    paper: Document,
    left: Sequence[str],
    right: Sequence[str],
    widths: Sequence[float] = (WIDTH / 2, WIDTH / 2),
) -> Table:
    """Who signs, how, and the name below room for signature and seal; on one page with what stands before."""
    grid = table(paper, widths, borders=False)
    for words, style in zip(zip(left, right, strict=True), _SIGNATURE, strict=True):
        cells(grid, words, (style, style))
    for cell in grid.rows[0].cells:
        cell.vertical_alignment = WD_ALIGN_VERTICAL.TOP
        cell.paragraphs[0].paragraph_format.space_before = Pt(8)
    return grid


def _copies_below(paper: Document) -> None:
    write(paper.add_paragraph(), Style.COPIES, texts.COPIES)
    for words in ("- {{ recipient_name }};", texts.COPY_FILE):
        write(paper.add_paragraph(), Style.COPY, words)


def write_all(kinds: Sequence[TemplateKind] = tuple(TemplateKind)) -> None:
    """Write the shipped templates anew."""
    for kind in kinds:
        dossier_documents.path(kind).write_bytes(written(kind))


if __name__ == "__main__":
    write_all()
