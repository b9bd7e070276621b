"""Word files made from a template an office can change, and facts nobody can turn into anything but text."""

import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from core.vietnamese import clean_line, clean_paragraphs

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The oldest moment a ZIP archive can name; what is in the paper says when it was made."""

_PROPERTY = 255
"""Characters a property of a Word file may have."""

_BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})


def fill(
    template: Path | BytesIO, facts: Mapping[str, object], title: str, author: str, made_at: datetime
) -> bytes:
    """The template with its fields filled; the same facts give the same bytes.

    Whatever stands in the facts comes out as the text it is: nothing in it is read as markup, as a
    field or as a control character. Raises `jinja2.UndefinedError` for a field that does not exist
    and `jinja2.sandbox.SecurityError` for one that reaches for the program or computes anything.
    """
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined

    from services.papers.word_fields import PlainFields

    environment = PlainFields(undefined=StrictUndefined, autoescape=True, finalize=_as_text)
    paper = DocxTemplate(template)
    paper.render(dict(facts), environment)
    _cells_end_with_paragraphs(paper.docx.element.body)
    properties = paper.docx.core_properties
    properties.title = clean_line(title, _PROPERTY)
    properties.author = properties.last_modified_by = clean_line(author, _PROPERTY)
    properties.created = properties.modified = made_at.astimezone(UTC).replace(tzinfo=None)
    written = BytesIO()
    paper.save(written)
    return settled(written.getvalue())


def settled(archive: bytes) -> bytes:
    """The same archive without the moment it was written."""
    settled_archive = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(archive)) as before,
        zipfile.ZipFile(settled_archive, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            after.writestr(zipfile.ZipInfo(name, _EPOCH), before.read(name), zipfile.ZIP_DEFLATED)
    return settled_archive.getvalue()


def _cells_end_with_paragraphs(body: "BaseOxmlElement") -> None:
    """Word takes no cell that does not end with a paragraph, as a list without entries leaves one."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for cell in body.iter(qn("w:tc")):
        if not len(cell) or cell[-1].tag != qn("w:p"):
            cell.append(OxmlElement("w:p"))


def _as_text(value: object) -> object:
    """What a field becomes: printable text without the braces that docxtpl reads once more."""
    from markupsafe import Markup, escape

    text = str(value)
    safe = str(escape(clean_paragraphs(text, 4 * len(text)))).translate(_BRACES)
    return Markup(safe)  # noqa: S704 - escaped in the line above
