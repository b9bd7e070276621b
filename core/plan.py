"""A plan as people read it: in sections, passage by passage, each with the code it is cited by."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.calendar import WorkCalendar
from core.campaign_dates import EnteredDate, datables
from core.campaign_terms import Clause, Commendation, Deadline, Dossier, Feedback, Unsaid
from core.campaigns import Campaign, Duty, Group
from core.criteria import ClauseKind, Criterion


@dataclass(frozen=True, slots=True)
class Reckoning:
    """By what deadlines are told as days.

    `year` is the one asked about, for what recurs; `documents` those of the dates that the office has
    entered, by what they date.
    """

    year: int
    calendar: WorkCalendar
    documents: Mapping[str, str]


class Section(StrEnum):
    """The parts a plan is read by, in the order they are offered."""

    PURPOSES = "purposes"
    REQUIREMENTS = "requirements"
    SUBJECTS = "subjects"
    TIME = "time"
    CONTENT = "content"
    STANDARDS = "standards"
    CONDITIONS = "conditions"
    COMMENDATION = "commendation"
    DOSSIER = "dossier"
    DEADLINES = "deadlines"
    DUTIES = "duties"
    FEEDBACK = "feedback"
    BASES = "bases"
    RECIPIENTS = "recipients"
    REMARKS = "remarks"


SECTION_OF = {
    ClauseKind.CONTENT: Section.CONTENT,
    ClauseKind.STANDARD: Section.STANDARDS,
    ClauseKind.PREREQUISITE: Section.CONDITIONS,
    ClauseKind.DISQUALIFIER: Section.CONDITIONS,
}


@dataclass(frozen=True, slots=True)
class Passage:
    """One thing the plan says. `code` is empty where it has none; `group` is a group's key.

    `about` is what was understood of it, `more` other words by which people look for it.
    """

    section: Section
    code: str
    quote: str
    label: str = ""
    group: str = ""
    about: Criterion | Deadline | Duty | Group | None = None
    more: tuple[str, ...] = ()


def passages(campaign: Campaign) -> tuple[Passage, ...]:
    """Everything the plan says, in the order of a document; what has code and words twice stands once."""
    found: dict[tuple[str, str], Passage] = {}
    for one in _all(campaign):
        found.setdefault((one.code or f"{one.section}:{one.label}", one.quote), one)
    return tuple(found.values())


def sections(read: tuple[Passage, ...]) -> tuple[Section, ...]:
    """The sections that have something to read."""
    there = {one.section for one in read}
    return tuple(section for section in Section if section in there)


def year_in(campaign: Campaign, year: int) -> int:
    """The year given, or the one of the campaign that is nearest to it: for what recurs every year."""
    return min(max(year, campaign.window.first_year), campaign.window.last_year)


def documents(campaign: Campaign, entered: Iterable[EnteredDate]) -> dict[str, str]:
    """The document that each date rests on which the office has entered, by what it dates."""
    said = {one.subject: one.said for one in datables(campaign)}
    return {one.subject: one.document for one in entered if said.get(one.subject) == one.value}


def groups_in(campaign: Campaign, section: Section) -> tuple[Group, ...]:
    """The heads whose clauses belong to a section."""
    return tuple(group for group in campaign.groups if _section_of(group) is section)


def place_of(read: tuple[Passage, ...], key: str) -> int:
    """Where the criterion of that key stands; -1 where there is none."""
    places = (
        place for place, one in enumerate(read) if isinstance(one.about, Criterion) and one.about.key == key
    )
    return next(places, -1)


def _all(campaign: Campaign) -> Iterator[Passage]:
    yield from _of(Section.PURPOSES, campaign.purposes)
    yield from _of(Section.REQUIREMENTS, campaign.requirements)
    yield from (Passage(Section.SUBJECTS, one.code, one.quote) for one in campaign.subjects)
    yield Passage(Section.TIME, "", campaign.window.words)
    yield from _of(Section.TIME, campaign.window.clauses)
    for group in campaign.groups:
        yield from _group(group)
    yield from _of(Section.COMMENDATION, _commendation(campaign))
    yield from _of(Section.DOSSIER, _dossier(campaign))
    for deadline in campaign.deadlines:
        yield Passage(Section.DEADLINES, deadline.code, deadline.words, about=deadline)
    for duty in campaign.duties:
        yield from _duty(campaign, duty)
    if isinstance(campaign.feedback, Feedback):
        yield Passage(
            Section.FEEDBACK, "", campaign.feedback.words, more=_names(campaign, campaign.feedback.to)
        )
    for words in (campaign.parent, campaign.theme, *campaign.legal_bases):
        if words:
            yield Passage(Section.BASES, "", words)
    yield from (Passage(Section.RECIPIENTS, "", words) for words in campaign.recipients)
    yield from (Passage(Section.REMARKS, "", one.words, label=one.where) for one in campaign.remarks)


def _section_of(group: Group) -> Section:
    return SECTION_OF[group.criteria[0].kind] if group.criteria else Section.CONTENT


def _of(section: Section, clauses: tuple[Clause, ...]) -> Iterator[Passage]:
    return (Passage(section, one.code, one.quote) for one in clauses)


def _group(group: Group) -> Iterator[Passage]:
    section = _section_of(group)
    yield Passage(section, group.code, group.title, group.label, group.key, group)
    for one in group.criteria:
        more = (
            *(measure.question for measure in one.measures),
            *(measure.label for measure in one.measures),
            one.evidence,
            one.usual,
            one.note,
            group.label,
        )
        told = tuple(words for words in more if words)
        yield Passage(SECTION_OF[one.kind], one.code, one.quote, one.label, group.key, one, told)


def _commendation(campaign: Campaign) -> tuple[Clause, ...]:
    said = campaign.commendation
    if not isinstance(said, Commendation):
        return ()
    return (
        Clause(said.code, said.quote),
        *said.clauses,
        *(() if isinstance(said.form, Unsaid) else (said.form,)),
        *(() if isinstance(said.quotas, Unsaid) else (one.clause for one in said.quotas)),
        *(() if isinstance(said.money, Unsaid) else said.money),
    )


def _dossier(campaign: Campaign) -> tuple[Clause, ...]:
    said = campaign.dossier
    if not isinstance(said, Dossier):
        return ()
    parts = () if isinstance(said.parts, Unsaid) else said.parts
    return (*parts, said.copies_clause) if said.copies_clause is not None else parts


def _duty(campaign: Campaign, duty: Duty) -> Iterator[Passage]:
    bodies = tuple(name for code in duty.bodies for name in _names(campaign, code))
    yield Passage(Section.DUTIES, duty.code, duty.heading, about=duty, more=bodies)
    for one in duty.clauses:
        yield Passage(Section.DUTIES, one.code, one.quote, about=duty, more=(duty.heading, *bodies))


def _names(campaign: Campaign, code: str) -> tuple[str, ...]:
    if not code:
        return ()
    body = campaign.body(code)
    return (body.name, *body.aliases)
