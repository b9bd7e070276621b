"""The Word copy of a signed self-assessment."""

from collections import Counter
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from core.assessment import Entry, SignedCopy
from core.campaigns import Group
from core.criteria import Outcome
from core.texts import criteria
from core.texts import papers as texts
from core.texts.deputies import in_place_of
from core.vietnamese import fold, moment
from services.papers import word

_TEMPLATE = Path(__file__).parent / "templates" / "signed_copy.docx"


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion, by the names its parts have in the template."""

    code: str
    quote: str
    answers: list[str]
    comparison: str
    outcome: str
    note: str
    evidence: list[str]


@dataclass(frozen=True, slots=True)
class Part:
    """The criteria under one letter of the plan."""

    head: str
    items: list[Item]


def build(copy: SignedCopy, zone: tzinfo) -> bytes:
    """The bytes of the copy, the same for the same signature; times are told in `zone`."""
    return word.fill(_TEMPLATE, _facts(copy, zone), texts.TITLE, copy.unit, copy.signed_at)


def _facts(copy: SignedCopy, zone: tzinfo) -> dict[str, object]:
    """Every field the template may use."""
    sheet, campaign = copy.sheet, copy.sheet.campaign
    outcomes = Counter(entry.outcome for entry in sheet.entries)
    own = fold(campaign.issuer) == fold(copy.unit)
    return {
        "organisation": "" if own else campaign.issuer.upper(),
        "unit": copy.unit,
        "unit_in_capitals": copy.unit.upper(),
        "name": in_place_of(copy.name, copy.stood_in_for),
        "staff_code": copy.staff_code,
        "post": copy.post,
        "plan": campaign.title,
        "plan_number": texts.plan_number(campaign),
        "round": sheet.round_label,
        "round_in_a_sentence": sheet.round_label[:1].lower() + sheet.round_label[1:],
        "receipt": copy.receipt,
        "signed_at": texts.signing(copy, moment(copy.signed_at.astimezone(zone))),
        "total": sheet.total,
        "met": outcomes[Outcome.MET],
        "not_met": outcomes[Outcome.NOT_MET],
        "needs_review": outcomes[Outcome.NEEDS_REVIEW],
        "awaited": outcomes[Outcome.AWAITED],
        "not_applicable": outcomes[Outcome.NOT_APPLICABLE],
        "files": len({file.id for entry in sheet.entries for file in entry.files if file.usable}),
        "groups": [_part(group, sheet.of_group(group)) for group in sheet.groups],
        "digest": texts.digest_in_groups(copy.digest),
        "digest_start": copy.digest[:12],
    }


def _part(group: Group, entries: tuple[Entry, ...]) -> Part:
    return Part(texts.group_head(group), [_item(entry) for entry in entries])


def _item(entry: Entry) -> Item:
    return Item(
        code=entry.criterion.code,
        quote=entry.criterion.quote,
        answers=texts.answers(entry),
        comparison=texts.comparison(entry),
        outcome=criteria.result(entry.criterion.kind, entry.outcome),
        note=entry.note,
        evidence=[texts.evidence(file) for file in entry.files if file.usable],
    )
