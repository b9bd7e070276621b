"""Pages drawn as HTML that needs nothing beside itself: no script, no network, a telephone will do."""

from collections.abc import Iterator
from html import escape

from core.round_pages import Block, Cell, Link, Page, Pairs, Said, Section, Table, Words

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1rem; background: #fff; color: #1a1a1a;
  font: 1rem/1.5 "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; padding-bottom: .25rem; border-bottom: 2px solid #9b1c1c; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
p { margin: .25rem 0; }
.about { color: #555; }
a { color: #0b4f9c; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
th, td { border: 1px solid #ccc; padding: .35rem .5rem; text-align: left; vertical-align: top; }
td { min-width: 4.5rem; }
thead th { background: #f3f0ea; overflow-wrap: normal; }
.pairs th { width: 14rem; background: #f8f6f2; font-weight: 600; }
@media (max-width: 40rem) {
  thead { display: none; }
  table, tbody, tr, td, th { display: block; width: 100%; }
  tr { border: 1px solid #ccc; margin-bottom: .5rem; }
  td, .pairs th { border: 0; padding: .25rem .5rem; width: 100%; }
  td:empty { display: none; }
  td[data-head]::before { content: attr(data-head); display: block; font-size: .8rem; color: #555; }
}
@media print { a { color: inherit; text-decoration: none; } }
"""


def drawn(page: Page) -> str:
    """The whole file."""
    up = "../" * page.path.count("/")
    return "\n".join(_lines(page, up)) + "\n"


def _lines(page: Page, up: str) -> Iterator[str]:
    yield "<!doctype html>"
    yield '<html lang="vi">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_safe(page.title)}</title>"
    yield f"<style>{_STYLE}</style>"
    yield "</head>"
    yield "<body>"
    if page.back is not None:
        yield f"<p>{_words(page.back, up)}</p>"
    yield f"<h1>{_safe(page.title)}</h1>"
    yield f'<p class="about">{_safe(page.about)}</p>'
    for section in page.sections:
        yield from _section(section, up)
    yield "</body>"
    yield "</html>"


def _section(section: Section, up: str) -> Iterator[str]:
    level = "h3" if section.deep else "h2"
    yield f"<{level}>{_safe(section.heading)}</{level}>"
    for block in section.blocks:
        yield from _block(block, up)


def _block(block: Block, up: str) -> Iterator[str]:
    match block:
        case Said(lines):
            yield from (f"<p>{_words(one, up)}</p>" for one in lines)
        case Pairs(rows):
            yield '<table class="pairs"><tbody>'
            for head, cell in rows:
                yield f'<tr><th scope="row">{_safe(head)}</th><td>{_cell(cell, up)}</td></tr>'
            yield "</tbody></table>"
        case Table(heads, cells):
            yield "<table><thead><tr>"
            yield from (f'<th scope="col">{_safe(head)}</th>' for head in heads)
            yield "</tr></thead><tbody>"
            for row in cells:
                told = zip(heads, row, strict=True)
                yield "<tr>"
                yield from (f'<td data-head="{_safe(head)}">{_cell(cell, up)}</td>' for head, cell in told)
                yield "</tr>"
            yield "</tbody></table>"


def _cell(cell: Cell, up: str) -> str:
    several = cell if isinstance(cell, tuple) else (cell,)
    return "<br>".join(_words(one, up) for one in several)


def _words(words: Words, up: str) -> str:
    if isinstance(words, Link):
        return f'<a href="{_safe(up + words.path)}">{_safe(words.words)}</a>'
    return _safe(words)


def _safe(words: str) -> str:
    """What people wrote, as text and nothing else; what no page may hold is shown as missing."""
    shown = "".join(one if one.isprintable() or one in "\n\u00a0" else "\ufffd" for one in words)
    return escape(shown).replace("\n", "<br>")
