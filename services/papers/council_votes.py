"""The votes of a sitting as its minutes tell them, besides the table of the last one."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from core.ballots import Count
from core.council import SittingFacts, VoteThen
from core.texts import council_votes as texts
from core.texts.council_papers import BLANK
from core.vietnamese import long_date


def on_paper(sitting: SittingFacts, vote: VoteThen) -> list[str]:
    """Which of the slips were on paper."""
    return [texts.on_paper(vote.on_paper, _told(sitting, vote.paper))] if vote.on_paper else []


def aside(sitting: SittingFacts, earlier: Sequence[VoteThen], zone: tzinfo) -> list[str]:
    """The votes that were set aside, each with why."""
    return [_aside(sitting, place, one, zone) for place, one in enumerate(earlier, 1)]


def _aside(sitting: SittingFacts, place: int, one: VoteThen, zone: tzinfo) -> str:
    day = long_date(one.ended_at.astimezone(zone).date()) if one.ended_at is not None else BLANK
    told = _told(sitting, one.counts)
    said = texts.aside(place, day, told, one.conclusions, one.words, referred=one.referred)
    return " ".join([said, *on_paper(sitting, one)])


def _told(sitting: SittingFacts, counts: Mapping[int, Count]) -> list[str]:
    return [
        texts.sums(item.name, counts[item.nomination_id])
        for item in sitting.items
        if item.nomination_id in counts
    ]
