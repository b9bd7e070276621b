"""Templates from outside: what reaches for the program, computes or is no Word file is told, never run."""

import io
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import docx
import pytest

from core.paper_templates import TemplateFault, TemplateKind
from core.texts import paper_templates as texts
from services.papers import dossier_documents, dossier_sample, template_checks
from services.papers.campaign_toml import read_file

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide" / "mau-ho-so.md"
PLAN = ROOT / "campaigns" / "binh-dinh-2021-2025.toml"


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


def test_the_guide_names_every_field() -> None:
    guide = GUIDE.read_text("utf-8")
    sample = dossier_sample.content(read_file(PLAN), people=1)
    for kind in TemplateKind:
        for name, value in dossier_documents.fields(kind, sample, ZONE).items():
            assert f"`{name}`" in guide
            of = value[0] if isinstance(value, list) and value else value
            for inner in of if isinstance(of, dict) else ():
                assert f"`{inner}`" in guide, inner
