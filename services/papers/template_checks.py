"""Whether a Word file can be a template of a dossier's papers, tried on a dossier nobody handed in."""

import zipfile
from datetime import tzinfo
from io import BytesIO
from pathlib import Path

from core.paper_templates import TemplateFault, TemplateFinding, TemplateKind
from core.texts import dossier_papers as texts
from core.vietnamese import clean_line
from services.papers import dossier_documents, dossier_sample, word
from services.papers.campaign_toml import read_file

LARGEST = 2 * 1024 * 1024
"""Bytes of a file; those shipped take a fiftieth of it."""
_LARGEST_PART = 2 * 1024 * 1024
_LARGEST_WHOLE = 20 * 1024 * 1024
_MOST_PARTS = 200
_ABOUT = 80
_PLAN = Path(__file__).parent / "templates" / "campaign_example.toml"
_WORDS = "word/document.xml"
_TAG = b"{{"


def check(kind: TemplateKind, content: bytes, zone: tzinfo) -> tuple[list[TemplateFinding], bytes]:
    """What is wrong with it, or a paper made from it; one of both is empty."""
    from jinja2 import TemplateError, UndefinedError
    from jinja2.exceptions import SecurityError

    if found := _of_file(content):
        return [TemplateFinding(found)], b""
    sample = dossier_sample.content(read_file(_PLAN), people=1)
    facts = dossier_documents.fields(kind, sample, zone)
    try:
        made = word.fill(BytesIO(content), facts, texts.NAMES[kind], "", dossier_documents.dated(sample))
    except UndefinedError as error:
        return [_finding(TemplateFault.UNKNOWN_FIELD, error)], b""
    except SecurityError as error:
        return [_finding(TemplateFault.FORBIDDEN, error)], b""
    except TemplateError as error:
        return [_finding(TemplateFault.BROKEN_TAG, error)], b""
    except Exception:  # noqa: BLE001 - whatever a broken file does to the libraries that open it
        return [TemplateFinding(TemplateFault.NOT_WORD)], b""
    return [], made


def _of_file(content: bytes) -> TemplateFault | None:
    if len(content) > LARGEST:
        return TemplateFault.TOO_BIG
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            members = packed.infolist()
            sizes = [one.file_size for one in members]
            if len(members) > _MOST_PARTS or sum(sizes) > _LARGEST_WHOLE:
                return TemplateFault.TOO_BIG
            if any(one.file_size > _LARGEST_PART for one in members if one.filename.endswith(".xml")):
                return TemplateFault.TOO_BIG
            if any("vba" in one.filename.lower() for one in members):
                return TemplateFault.NOT_WORD
            said = packed.read(_WORDS)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, RuntimeError, ValueError, NotImplementedError):
        return TemplateFault.NOT_WORD
    return None if _TAG in said else TemplateFault.NO_FIELDS


def _finding(fault: TemplateFault, error: Exception) -> TemplateFinding:
    return TemplateFinding(fault, clean_line(str(error), _ABOUT))
