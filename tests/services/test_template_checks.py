"""Templates from outside: what reaches for the program, computes or is no Word file is told, never run."""

import io
import zipfile
from zoneinfo import ZoneInfo

import docx
import pytest

from core.paper_templates import TemplateFault, TemplateKind
from core.texts import paper_templates as texts
from services.papers import dossier_documents, template_checks

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def a_file(words: str) -> bytes:
    """A Word file that says so."""
    paper = docx.Document()
    paper.add_paragraph(words)
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()


@pytest.mark.parametrize("kind", TemplateKind)
def test_what_is_shipped_can_be_used(kind: TemplateKind) -> None:
    findings, preview = template_checks.check(kind, dossier_documents.shipped(kind), ZONE)
    assert not findings
    assert preview.startswith(b"PK")


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("{{ unit.__class__.__mro__ }}", TemplateFault.FORBIDDEN),
        ("{{ 9 ** 9 ** 9 }}", TemplateFault.FORBIDDEN),
        ("{{ 'a' * 999999999 }}", TemplateFault.FORBIDDEN),
        ("{{ unit.format(unit) }}", TemplateFault.FORBIDDEN),
        ("{% for a in range(99999) %}{{ a }}{% endfor %}", TemplateFault.FORBIDDEN),
        ("{% include 'x' %}{{ unit }}", TemplateFault.FORBIDDEN),
        ("{% set x = unit %}{{ x }}", TemplateFault.FORBIDDEN),
        ("{{ unit | upper }}", TemplateFault.FORBIDDEN),
        (4 * "{% for a in nominees %}" + "{{ unit }}" + 4 * "{% endfor %}", TemplateFault.FORBIDDEN),
        ("{{ nobody }}", TemplateFault.UNKNOWN_FIELD),
        ("{{ meeting.nothing }}", TemplateFault.UNKNOWN_FIELD),
        ("{% if unit %}{{ unit }}", TemplateFault.BROKEN_TAG),
        ("{{ unit }", TemplateFault.BROKEN_TAG),
        ("Không có trường.", TemplateFault.NO_FIELDS),
    ],
)
def test_what_a_template_may_not_say(words: str, fault: TemplateFault) -> None:
    (found,), preview = template_checks.check(TemplateKind.LIST, a_file(words), ZONE)
    assert found.fault is fault
    assert texts.finding(found)
    assert not preview


def test_what_is_no_word_file() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<x>{{ unit }}")
    with_macro = io.BytesIO(a_file("{{ unit }}"))
    with zipfile.ZipFile(with_macro, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    heavy = io.BytesIO(a_file("{{ unit }}"))
    with zipfile.ZipFile(heavy, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/footnotes.xml", b" " * 30_000_000)
    found = [
        template_checks.check(TemplateKind.LIST, content, ZONE)[0][0].fault
        for content in (b"", b"%PDF-1.7", packed.getvalue(), with_macro.getvalue(), heavy.getvalue())
    ]
    not_word = TemplateFault.NOT_WORD
    assert found == [not_word, not_word, not_word, not_word, TemplateFault.TOO_BIG]
