"""What a nominee has in common with others, across people and years: files, pictures, words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from core.appraisal import Likeness, LikenessFacts
from core.assessment import Entry, given_from_json
from core.criteria import Answer, DeclarationGiven, SlotsGiven, TextGiven
from core.likeness import ALIKE, NEAR, distance, share_in_common, shingles
from core.roles import Permission
from db.queries import eligibility as eligibility_queries
from db.queries import likeness as queries
from db.queries import nominations as nomination_queries
from db.transaction import Session
from services import dossiers, sheets
from services.actor import Actor

#: Answers compared at once, so that nothing else waits for long.
AT_ONCE = 200

#: What was found: (kind, criterion, whose self-assessment) → (per cent, when).
Found = dict[tuple[str, str, int], tuple[int, datetime]]


@dataclass(frozen=True, slots=True)
class Subject:
    """A nominee to compare: their words by criterion, as runs of four."""

    nomination_id: int
    assessment_id: int
    words: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Other:
    """An answer of somebody else's."""

    id: int
    assessment_id: int
    text: str
    at: datetime


async def of(session: Session, actor: Actor, nomination_id: int) -> list[LikenessFacts]:
    """What was found of a nominee, the most alike first."""
    actor.require(Permission.APPRAISE)
    return await found_of(session, nomination_id, actor.today)


async def found_of(session: Session, nomination_id: int, day: date) -> list[LikenessFacts]:
    """The same, whoever asks."""
    rows = await queries.likenesses(session, [nomination_id])
    same = await nomination_queries.same_words(session, nomination_id)
    numbers = {row.other_id for row in rows} | {one.assessment_id for one in same}
    owners = await queries.owners(session, numbers)
    units = await eligibility_queries.unit_names(session, {unit for _name, unit in owners.values()}, day)
    achievements = [
        LikenessFacts(Likeness.WORDS, "", 100, owner[0], units.get(owner[1], ""), one.nominated_at)
        for one in same
        if (owner := owners.get(one.assessment_id)) is not None
    ]
    return achievements + [
        LikenessFacts(
            Likeness(row.kind),
            row.criterion,
            row.share,
            owners[row.other_id][0],
            units.get(owners[row.other_id][1], ""),
            row.other_at,
        )
        for row in rows
        if row.other_id in owners
    ]


async def subjects(session: Session, dossier_id: int, now: datetime) -> list[Subject]:
    """Everybody in a dossier, to be compared."""
    found: list[Subject] = []
    for one in await dossiers.nominees(session, dossier_id, now):
        sheet = await sheets.load(session, one.assessment_id)
        if sheet is not None:
            words = {
                entry.criterion.code: runs
                for entry in sheet.facts().entries
                if (runs := shingles(_said(entry)))
            }
            found.append(Subject(one.nomination_id, one.assessment_id, words))
    return found


async def files_alike(session: Session, subject: Subject) -> Found:
    """Files that are byte for byte somebody else's, and pictures that look the same."""
    found: Found = {}
    for code, other, at in await queries.same_files(session, subject.assessment_id):
        found[Likeness.FILE.value, code, other] = (100, at)
    for code, look in await queries.prints_of(session, subject.assessment_id):
        for other_look, other, at in await queries.pictures_near(session, look, subject.assessment_id):
            bits = distance(look, other_look)
            if bits <= NEAR and (Likeness.FILE.value, code, other) not in found:
                found[Likeness.PICTURE.value, code, other] = (100 - 100 * bits // 64, at)
    return found


async def others(session: Session, criterion: str, but: int, after: int) -> list[Other]:
    """Some of the answers of others to a criterion, those after a number."""
    rows = await queries.answers_to(session, criterion, but, after, AT_ONCE)
    return [Other(row_id, of, _words(given), at) for row_id, of, given, at in rows]


def words_alike(criterion: str, mine: frozenset[str], those: list[Other]) -> Found:
    """Which of these answers say nearly the same."""
    found: Found = {}
    for other in those:
        share = share_in_common(mine, shingles(other.text))
        if share >= ALIKE:
            found[Likeness.WORDS.value, criterion, other.assessment_id] = (share, other.at)
    return found


async def keep(session: Session, nomination_id: int, found: Found) -> None:
    """Put what was found now in place of what was found before."""
    await queries.keep_likenesses(session, nomination_id, found)


def _said(entry: Entry) -> str:
    """All the words of an answer."""
    return _words(entry.given)


def _words(given: str) -> str:
    if '"text"' not in given and '"slots"' not in given and '"explanation"' not in given:
        return ""
    try:
        answer = given_from_json(given, 0)
    except (ValueError, KeyError, json.JSONDecodeError):
        return ""
    if not isinstance(answer, Answer):
        return ""
    parts: list[str] = []
    for one in answer.given.values():
        match one:
            case TextGiven(text):
                parts.append(text)
            case SlotsGiven(texts):
                parts += texts.values()
            case DeclarationGiven(_yes, explanation):
                parts.append(explanation)
    return " ".join(parts)
