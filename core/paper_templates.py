"""Which Word templates a dossier's papers are made from: those shipped, and an office's own by day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.dossiers import PaperKind


class TemplateKind(StrEnum):
    """What a template is for. An achievement report has a form for people and one for units."""

    REQUEST = "request"
    MINUTES = "minutes"
    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"
    LIST = "list"
    EVIDENCE = "evidence"

    @property
    def paper(self) -> PaperKind:
        """The kind of paper that is made from it."""
        return PaperKind.REPORT if self in _REPORTS else PaperKind(self.value)


_REPORTS = {TemplateKind.INDIVIDUAL, TemplateKind.COLLECTIVE}


class TemplateState(StrEnum):
    """Where a template somebody sent stands. Only a ready one can be put in force."""

    WAITING = "waiting"
    FAULTY = "faulty"
    REFUSED = "refused"
    LOST = "lost"
    READY = "ready"


class TemplateFault(StrEnum):
    """What is wrong with a template. Each has its sentence in `core/texts/paper_templates.py`."""

    NOT_WORD = "not_word"
    TOO_BIG = "too_big"
    UNKNOWN_FIELD = "unknown_field"
    FORBIDDEN = "forbidden"
    BROKEN_TAG = "broken_tag"
    NO_FIELDS = "no_fields"


@dataclass(frozen=True, slots=True)
class TemplateFinding:
    """One fault, and the field or tag it is about."""

    fault: TemplateFault
    about: str = ""


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """A template somebody of the office sent. `in_force_from` is None until it is put in force."""

    id: int
    kind: TemplateKind
    name: str
    state: TemplateState
    findings: tuple[str, ...]
    sha256: str
    preview: str
    in_force_from: date | None
    sent_by: str = ""
