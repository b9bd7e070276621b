"""Every field that a template of a dossier's papers may use, made from the facts.

A field is text, or a list of things with fields of their own. What is not known is left as dots, to be
written by hand. `docs/guide/mau-ho-so.md` explains them to an office.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import tzinfo

from core.assessment import Entry
from core.campaign_terms import SubjectKind
from core.campaigns import Group
from core.criteria import Outcome
from core.dossier_papers import DossierContent, NomineeContent
from core.dossiers import PARTICULARS, UNIT_PARTICULARS
from core.numbers import format_share
from core.texts import awards, ballots, papers
from core.texts import dossier_papers as texts
from core.texts.deputies import in_place_of
from core.unit_reviews import MeetingRecord, NomineeVote
from core.vietnamese import fold, inside_a_sentence, official_date, official_moment

_SHOWN_DIGEST = 16
_LONG = frozenset({"duties", "awards", "policies", "activities"})
_UNCLEAR = (Outcome.NEEDS_REVIEW, Outcome.AWAITED, Outcome.UNANSWERED)


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion in a report, by the names its parts have in a template."""

    code: str
    quote: str
    achievements: list[str]
    comparison: str
    note: str
    proofs: list[str]
    result: str


@dataclass(frozen=True, slots=True)
class Part:
    """The criteria under one head of the plan."""

    head: str
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Proof:
    """One file in the list of evidence, with the criteria it was sent for."""

    number: int
    code: str
    file: str
    digest: str
    criteria: str


@dataclass(frozen=True, slots=True)
class Proofs:
    """The files of one nominee."""

    name: str
    files: list[Proof]


Fields = dict[str, object]


def common(content: DossierContent, zone: tzinfo) -> Fields:
    """What every template may use."""
    facts, campaign = content.facts, content.campaign
    own = fold(campaign.issuer) == fold(facts.unit)
    kinds = Counter(one.facts.subject for one in content.nominees)
    votes = {one.nomination_id: one for one in content.meeting.votes} if content.meeting is not None else {}
    met_on = content.meeting.held_at.astimezone(zone).date() if content.meeting is not None else None
    files = len(content.files)
    return {
        "superior": "" if own else campaign.issuer.upper(),
        "unit": facts.unit,
        "unit_in_capitals": facts.unit.upper(),
        "head": content.head,
        "head_post": (content.head_post or texts.PLACEHOLDER_POST).upper(),
        "plan": campaign.title,
        "plan_in_a_sentence": papers.movement(campaign),
        "plan_named": papers.plan_named(campaign),
        "round": facts.round_label,
        "round_in_a_sentence": inside_a_sentence(facts.round_label),
        "recipient": texts.recipient(campaign),
        "recipient_name": texts.recipient_name(campaign),
        "award_in_a_sentence": texts.award(campaign),
        "award_in_capitals": texts.award_in_capitals(campaign),
        "request_name": texts.request_name(campaign),
        "letter": texts.is_letter(campaign),
        "by_criterion": texts.by_criterion(campaign),
        "proposed": texts.proposed(kinds[SubjectKind.COLLECTIVE], kinds[SubjectKind.INDIVIDUAL]),
        "bases": texts.bases(content, met_on),
        "enclosed": texts.enclosed(content, files),
        "copies": texts.copies(campaign),
        "files": files,
        "meeting": _meeting(content.meeting, zone),
        "nominees": [
            _line(number, one, votes.get(one.facts.nomination_id))
            for number, one in enumerate(content.nominees, 1)
        ],
    }


def report(content: DossierContent, one: NomineeContent, zone: tzinfo) -> Fields:
    """What the report of one nominee may use besides: `nominee`, with its groups of criteria."""
    sheet = one.copy.sheet
    told = _line(one.facts.place, one, None)
    return {
        **common(content, zone),
        "nominee": {
            **told,
            "receipt": one.copy.receipt,
            "signed_at": papers.signing(one.copy, official_moment(one.copy.signed_at.astimezone(zone))),
            "signer": in_place_of(one.copy.name, one.copy.stood_in_for),
            "groups": [part for group in sheet.groups if (part := _part(group, sheet.of_group(group))).items],
            "not_applied": _not_applied(sheet.entries),
        },
    }


def evidence(content: DossierContent, zone: tzinfo) -> Fields:
    """What the list of evidence may use besides: `proofs`, by nominee who sent any."""
    number = 0
    found: list[Proofs] = []
    for one in content.nominees:
        lines: list[Proof] = []
        for file in one.files:
            number += 1
            codes = [
                entry.criterion.code
                for entry in one.copy.sheet.entries
                if file.id in {held.id for held in entry.files}
            ]
            digest = papers.digest_in_groups(file.sha256[:_SHOWN_DIGEST])
            lines.append(Proof(number, file.code, texts.file_line(file), digest, ", ".join(codes)))
        if lines:
            found.append(Proofs(one.facts.name, lines))
    return {**common(content, zone), "proofs": found}


def _line(number: int, one: NomineeContent, vote: NomineeVote | None) -> Fields:
    """A nominee as a row of a table, and as the head of a report."""
    facts = one.facts
    outcomes = Counter(entry.outcome for entry in one.copy.sheet.entries)
    collective = facts.subject is SubjectKind.COLLECTIVE
    total, met = one.copy.sheet.total, outcomes[Outcome.MET]
    return {
        "number": number,
        "name": facts.name,
        "name_in_capitals": facts.name.upper(),
        "collective": collective,
        "post": facts.post,
        "unit": facts.unit,
        "place": facts.unit if collective or not facts.post else f"{facts.post}, {facts.unit}",
        "achievement": facts.achievement,
        "total": total,
        "met": met,
        "met_of": texts.met_of(met, total),
        "not_met": outcomes[Outcome.NOT_MET],
        "unclear": sum(outcomes[one] for one in _UNCLEAR),
        "not_applicable": outcomes[Outcome.NOT_APPLICABLE],
        "files": len(one.files),
        **_particulars(one, collective=collective),
        **_vote(vote),
    }


def _particulars(one: NomineeContent, *, collective: bool) -> Fields:
    """What they told of themselves; where they told no awards, those on record."""
    recorded = {"awards": awards.in_report(one.awards)}
    given = recorded | {name: words for name, words in one.particulars.items() if words}
    known = UNIT_PARTICULARS if collective else PARTICULARS
    every = dict.fromkeys((*PARTICULARS, *UNIT_PARTICULARS), "")
    return {**every, **{name: given.get(name) or _blank(name) for name in known}}


def _blank(name: str) -> str:
    return texts.LINES if name in _LONG else texts.BLANK


def _vote(vote: NomineeVote | None) -> Fields:
    if vote is None:
        words = ("entitled", "votes_for", "against", "blank", "ratio", "votes", "conclusion")
        return dict.fromkeys(words, texts.DOTS)
    count = vote.count
    return {
        "entitled": count.entitled,
        "votes_for": count.votes_for,
        "against": count.against,
        "blank": count.blank,
        "ratio": format_share(vote.ratio),
        "votes": texts.votes(count.votes_for, count.entitled, vote.ratio),
        "conclusion": texts.ENDORSED if vote.endorsed else texts.NOT_ENDORSED,
    }


def _meeting(record: MeetingRecord | None, zone: tzinfo) -> Fields:
    """A meeting, or the dots that its minutes are written on."""
    if record is None:
        words = ("place", "chair", "secretary", "absent_list")
        return {
            **dict.fromkeys(words, texts.BLANK),
            "conclusions": texts.LINES,
            **dict.fromkeys(("present_count", "members"), texts.DOTS),
            **dict.fromkeys(("began", "ended"), texts.NO_CLOCK),
            "chair_name": "",
            "secretary_name": "",
            "present": [],
            "quorum": "",
            "rules": "",
        }
    return {
        "began": official_moment(record.held_at.astimezone(zone)),
        "ended": _ended(record, zone),
        "place": record.place.rstrip(". ") or texts.BLANK,
        "chair": record.chair or texts.BLANK,
        "secretary": record.secretary or texts.BLANK,
        "chair_name": record.chair.partition(",")[0],
        "secretary_name": record.secretary.partition(",")[0],
        "members": record.members,
        "present_count": len(record.present),
        "present": list(record.present),
        "absent_list": texts.people_list(record.absent),
        "quorum": texts.quorum(enough=record.quorate),
        "rules": ballots.rules(record.rules),
        "conclusions": record.conclusions or texts.LINES,
    }


def _ended(record: MeetingRecord, zone: tzinfo) -> str:
    """When it ended; of one that was held on paper only its beginning is entered."""
    ended = record.ended_at.astimezone(zone)
    return official_moment(ended) if ended > record.held_at else texts.NO_HOUR.format(official_date(ended))


def _part(group: Group, entries: tuple[Entry, ...]) -> Part:
    return Part(
        papers.group_head(group),
        [_item(entry) for entry in entries if entry.outcome is not Outcome.NOT_APPLICABLE],
    )


def _not_applied(entries: tuple[Entry, ...]) -> str:
    """The criteria that do not apply, those with one reason together, instead of a row each."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        if entry.outcome is Outcome.NOT_APPLICABLE:
            found.setdefault(entry.verdict.reason, []).append(entry.criterion.code)
    return "; ".join(texts.not_applied(codes, reason) for reason, codes in found.items())


def _item(entry: Entry) -> Item:
    return Item(
        code=entry.criterion.code,
        quote=entry.criterion.quote,
        achievements=papers.answers(entry),
        comparison=papers.comparison(entry),
        note=entry.note,
        proofs=[texts.proof(file) for file in entry.files if file.usable],
        result=texts.standing(entry.outcome),
    )
