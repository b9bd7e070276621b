"""The Word report of an appraisal."""

from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from core.appraisal import MarkFacts
from core.appraisal_report import Finding, ReportContent
from core.assessment import Entry
from core.texts import appraisal as appraisal_texts
from core.texts import appraisal_report as texts
from core.texts import appraisal_supplement as supplement_texts
from core.texts import criteria, eligibility
from core.vietnamese import fold, inside_a_sentence, official_moment
from services.papers import word

_TEMPLATE = Path(__file__).parent / "templates" / "appraisal_report.docx"


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion, by the names its parts have in the template."""

    code: str
    quote: str
    own: str
    files: str
    mark: str
    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """One nominee."""

    place: int
    name: str
    unit: str
    achievement: str
    verdict: str
    standing: str
    alike: str
    entries: list[Line]


def build(content: ReportContent, zone: tzinfo) -> bytes:
    """The bytes of the report, the same for the same content; times are told in `zone`."""
    return word.fill(_TEMPLATE, _facts(content, zone), texts.TITLE, content.office, content.made_at)


def _facts(content: ReportContent, zone: tzinfo) -> dict[str, object]:
    """Every field the template may use."""
    facts = content.facts
    names = {one.nominee.nomination_id: one.nominee.name for one in content.findings}
    own = fold(content.issuer) == fold(content.office)
    return {
        "superior": "" if own else content.issuer.upper(),
        "unit_in_capitals": content.office.upper(),
        "unit": facts.unit,
        "round": inside_a_sentence(facts.round_label),
        "plan": content.plan,
        "receipt": facts.receipt,
        "version": facts.version,
        "submitted": official_moment(facts.received_at.astimezone(zone)) if facts.received_at else "",
        "late": facts.late,
        "used": content.clock.used,
        "days": content.clock.days,
        "made_at": official_moment(content.made_at.astimezone(zone)),
        "asker": content.asker,
        "nominees": [_part(place, one) for place, one in enumerate(content.findings, 1)],
        "items": [
            supplement_texts.asked_and_answered(place, one, names)
            for place, one in enumerate(content.items, 1)
        ]
        or [texts.NO_ITEMS],
    }


def _part(place: int, one: Finding) -> Part:
    who = one.nominee
    return Part(
        place,
        who.name,
        who.unit,
        who.achievement,
        texts.verdict(one.verdict),
        texts.standing(one.case),
        texts.ALIKE.format("; ".join(appraisal_texts.alike_line(found) for found in one.alike))
        if one.alike
        else "",
        [_line(entry, mark) for entry, mark in one.entries],
    )


def _line(entry: Entry, mark: MarkFacts | None) -> Line:
    one = entry.criterion
    said = eligibility.sum_of(entry.verdict)
    return Line(
        f"{one.code} {one.label}",
        " ".join(one.quote.split()),
        ". ".join(part for part in (criteria.outcome(entry.outcome), said) if part),
        ", ".join(file.code for file in entry.files if file.usable),
        texts.mark(mark),
        mark.reason if mark else "",
    )
