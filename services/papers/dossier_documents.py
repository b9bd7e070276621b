"""The papers of a dossier as Word files: the request, the minutes, a report a nominee, and two lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from core.campaign_terms import SubjectKind
from core.dossier_papers import DossierContent
from core.dossiers import PaperKind
from core.paper_templates import TemplateKind
from core.texts import dossier_papers as texts
from services.papers import dossier_fields, word

_FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Made:
    """One paper: of which kind, about whom, its bytes, and the digest of the template it was made from."""

    kind: PaperKind
    nomination_id: int | None
    content: bytes
    template: str


Templates = Mapping[TemplateKind, bytes]


def shipped(kind: TemplateKind) -> bytes:
    """The template the house brings along."""
    return path(kind).read_bytes()


def path(kind: TemplateKind) -> Path:
    """Where it lies."""
    return _FOLDER / f"dossier_{kind.value}.docx"


def build(content: DossierContent, own: Templates, zone: tzinfo) -> list[Made]:
    """Every paper, in the order of the dossier; `own` are an office's templates instead of the shipped.

    The same facts and templates give the same bytes. Times are told in `zone`.
    """
    made = [_made(TemplateKind.REQUEST, None, dossier_fields.common(content, zone), content, own)]
    made.append(_made(TemplateKind.MINUTES, None, dossier_fields.common(content, zone), content, own))
    for one in content.nominees:
        collective = one.facts.subject is SubjectKind.COLLECTIVE
        kind = TemplateKind.COLLECTIVE if collective else TemplateKind.INDIVIDUAL
        fields = dossier_fields.report(content, one, zone)
        made.append(_made(kind, one.facts.nomination_id, fields, content, own))
    made.append(_made(TemplateKind.LIST, None, dossier_fields.common(content, zone), content, own))
    made.append(_made(TemplateKind.EVIDENCE, None, dossier_fields.evidence(content, zone), content, own))
    return made


def fields(kind: TemplateKind, content: DossierContent, zone: tzinfo) -> dossier_fields.Fields:
    """What a template of this kind may use; a report's is about the first nominee it fits."""
    if kind is TemplateKind.EVIDENCE:
        return dossier_fields.evidence(content, zone)
    if kind in {TemplateKind.INDIVIDUAL, TemplateKind.COLLECTIVE}:
        subject = SubjectKind(kind.value)
        one = next(one for one in content.nominees if one.facts.subject is subject)
        return dossier_fields.report(content, one, zone)
    return dossier_fields.common(content, zone)


def dated(content: DossierContent) -> datetime:
    """When the papers say they were made: with what is newest in them, so that they stay the same."""
    moments = [one.copy.signed_at for one in content.nominees]
    if content.meeting is not None:
        moments.append(content.meeting.ended_at)
    return max(moments)


def _made(
    kind: TemplateKind,
    nomination_id: int | None,
    filled: dossier_fields.Fields,
    content: DossierContent,
    own: Templates,
) -> Made:
    template = own.get(kind) or shipped(kind)
    paper = word.fill(BytesIO(template), filled, texts.NAMES[kind], content.facts.unit, dated(content))
    return Made(kind.paper, nomination_id, paper, sha256(template).hexdigest())
