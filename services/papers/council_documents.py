"""A sitting's papers as Word files: its minutes, and the draft of the decision with its list.

Number, day and signature stay blank: the decision is signed outside the house.
"""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from core.ballots import Verdict
from core.campaign_terms import SubjectKind, Unsaid
from core.campaigns import Campaign
from core.council import Item, PaperOf, SittingFacts, VoteThen
from core.numbers import format_share
from core.texts import ballots, council, council_notices
from core.texts import council_papers as texts
from core.texts.papers import movement, plan_named
from core.vietnamese import inside_a_sentence, official_date, official_moment
from services.papers import council_votes, word

FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class SittingContent:
    """Everything the papers of a sitting are made from; `voted` is how many members voted in the `last` vote.

    `earlier` are the votes that were set aside, the oldest first.
    """

    sitting: SittingFacts
    campaign: Campaign | None
    found: tuple[Verdict, ...]
    voted: int
    concluded_at: datetime
    last: VoteThen
    earlier: tuple[VoteThen, ...] = ()
    secretary_post: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One nominee, by the names its parts have in the templates."""

    number: str
    name: str
    where: str
    achievement: str
    entitled: str = ""
    votes_for: str = ""
    against: str = ""
    blank: str = ""
    ratio: str = ""
    result: str = ""


def path(kind: PaperOf) -> Path:
    """Where a shipped template lies."""
    return FOLDER / f"council_{kind.value}.docx"


def build(content: SittingContent, zone: tzinfo) -> dict[PaperOf, bytes]:
    """Both; the same facts give the same bytes."""
    facts = _facts(content, zone)
    unit = content.campaign.issuer if content.campaign is not None else texts.BLANK
    return {
        kind: word.fill(path(kind), facts, name, unit, content.concluded_at)
        for kind, name in ((PaperOf.MINUTES, texts.MINUTES), (PaperOf.DECISION, texts.DECISION))
    }


def _facts(content: SittingContent, zone: tzinfo) -> dict[str, object]:
    sitting, campaign = content.sitting, content.campaign
    issuer = campaign.issuer if campaign is not None else texts.BLANK
    held = sitting.held_at.astimezone(zone)
    chosen = sitting.chosen
    collectives = sum(one.subject is SubjectKind.COLLECTIVE for one in chosen)
    names = {one.person_id: one.name for one in sitting.members}
    barred = [
        texts.barred(names.get(one.person_id, ""), item.name, one.reason)
        for one in sitting.conflicts
        if (item := sitting.item(one.nomination_id)) is not None
    ]
    return {
        "superior": "",
        "unit_in_capitals": issuer.upper(),
        "round": f"{sitting.campaign_label}, {inside_a_sentence(sitting.round_label)}",
        "round_in_a_sentence": inside_a_sentence(sitting.round_label),
        "plan_in_a_sentence": movement(campaign) if campaign is not None else sitting.campaign_label,
        "plan_named": plan_named(campaign) if campaign is not None else sitting.campaign_label,
        "held_at": official_moment(held),
        "held_on": official_date(held.date()),
        "ended_on": official_date(content.concluded_at.astimezone(zone).date()),
        "place": sitting.place or council_notices.BY_CHAT,
        "chair": _person(sitting.chair.name, sitting.chair.post),
        "chair_name": sitting.chair.name,
        "secretary": _person(sitting.secretary, content.secretary_post) or texts.BLANK,
        "secretary_name": sitting.secretary,
        "members": [_person(one.name, one.post) for one in sitting.members],
        "members_count": len(sitting.members),
        "voted_count": content.voted,
        "items_count": len(sitting.items),
        "rules": ballots.rules(sitting.rules),
        "places": council.places(sitting.places),
        "conflicts": "; ".join(barred),
        "items": _items(content),
        "settled": [
            *council_votes.on_paper(sitting, content.last),
            *(texts.settled(one.name, one.settled_words) for one in sitting.items if one.settled),
            *council_votes.aside(sitting, content.earlier, zone),
        ],
        "conclusions": sitting.conclusions,
        "signer_in_capitals": _signer(campaign).upper(),
        "bases": [texts.basis(one) for one in (*campaign.legal_bases, plan_named(campaign))]
        if campaign is not None
        else [],
        "honoured": texts.honoured(collectives, len(chosen) - collectives),
        "chosen": [
            Line(str(place), one.name, _where(one), one.achievement) for place, one in enumerate(chosen, 1)
        ]
        or [Line("", texts.NOBODY, "", "")],
    }


def _items(content: SittingContent) -> list[Line]:
    lines: list[Line] = []
    for place, verdict in enumerate(content.found, 1):
        item = content.sitting.item(verdict.nominee)
        if item is not None:
            lines.append(
                Line(
                    number=str(place),
                    name=item.name,
                    where=_where(item),
                    achievement=item.achievement,
                    entitled=str(verdict.count.entitled),
                    votes_for=str(verdict.count.votes_for),
                    against=str(verdict.count.against),
                    blank=str(verdict.count.blank),
                    ratio=format_share(verdict.ratio),
                    result=texts.CHOSEN if item.chosen else texts.NOT_CHOSEN,
                )
            )
    return lines


def _where(item: Item) -> str:
    return ", ".join(part for part in (item.post, item.unit) if part and part != item.name)


def _person(name: str, post: str) -> str:
    return ", ".join(part for part in (name, post) if part)


def _signer(campaign: Campaign | None) -> str:
    """Who signs for the one who decides by the plan; blank where it does not say."""
    if campaign is None or isinstance(campaign.commendation, Unsaid):
        return texts.BLANK
    return texts.signer(campaign.commendation.decided_by)
