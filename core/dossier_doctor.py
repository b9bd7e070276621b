"""What is wrong or odd about a dossier before it is submitted, each with where it is mended.

An error is something whoever appraises would send back; a warning something they would ask about. Nothing
here is a decision about a nominee.
"""

import unicodedata
from collections.abc import Iterable, Iterator

from core.ballots import passed
from core.campaign_terms import SubjectKind
from core.criteria import Outcome
from core.dossier_findings import Finding, FindingKind, Grounds, Mend, NomineeGrounds, Severity
from core.dossier_papers import DossierContent, NomineeContent
from core.dossier_parts import Part, parts_of
from core.dossiers import WITH_PARTICULARS, PaperFacts, PaperKind
from core.unit_reviews import MeetingRecord, NomineeVote
from core.vietnamese import fold, words_only


def examine(content: DossierContent, grounds: Grounds) -> tuple[Finding, ...]:
    """Everything found, errors first, each in the order of the dossier."""
    found = [
        *_nominees(content, grounds),
        *_names(content),
        *_achievements(content),
        *_papers(content, grounds),
        *_meeting(content, grounds),
        *_window(content, grounds),
        *_counts(grounds),
    ]
    unique = list(dict.fromkeys(found))
    return tuple(sorted(unique, key=lambda one: one.severity is not Severity.ERROR))


def spelt_alike(one: str, other: str) -> bool:
    """Whether two names are written the same: letters, diacritics and capitals; spaces do not matter."""
    return _plain(one) == _plain(other)


def same_but_for_spelling(one: str, other: str) -> bool:
    """Whether they are the same name written in two ways: other diacritics or other capitals."""
    return fold(one) == fold(other) and not spelt_alike(one, other)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


def _nominees(content: DossierContent, grounds: Grounds) -> Iterator[Finding]:
    if not content.nominees:
        yield Finding(FindingKind.NO_NOMINEE, Mend.NOMINEES)
    for one in content.nominees:
        yield from _nominee(one, grounds.nominees.get(one.facts.nomination_id))


def _nominee(one: NomineeContent, known: NomineeGrounds | None) -> Iterator[Finding]:
    named = one.copy.unit if one.facts.subject is SubjectKind.COLLECTIVE else one.copy.name
    if not spelt_alike(named, one.facts.name):
        yield _of(one, FindingKind.NAME_DIFFERS, one.facts.name, named)
    if known is not None:
        yield from _standing(one, known)
    for entry in one.copy.sheet.entries:
        for file in entry.files:
            if file.state == "waiting":
                yield _of(one, FindingKind.FILE_CHECKING, file.code, file.name)
            elif not file.usable and not entry.proofs:
                yield _of(one, FindingKind.FILE_UNUSABLE, file.code, file.name)
    bare = [
        entry.criterion.code
        for entry in one.copy.sheet.entries
        if entry.outcome is Outcome.MET and entry.criterion.evidence and not entry.proofs
    ]
    if bare:
        yield _of(one, FindingKind.MET_WITHOUT_FILE, ", ".join(bare))
    if not any(one.particulars.values()):
        yield _of(one, FindingKind.PARTICULARS_MISSING)


def _standing(one: NomineeContent, known: NomineeGrounds) -> Iterator[Finding]:
    if known.signed_at is None:
        yield _of(one, FindingKind.NOT_SIGNED)
    elif not known.intact:
        yield _of(one, FindingKind.SIGNATURE_BROKEN, one.copy.receipt)
    elif known.signed_at > known.proposed_at:
        yield _of(one, FindingKind.SIGNED_LATER)
    for sentence in known.barring:
        yield _of(one, FindingKind.NOT_ELIGIBLE, sentence)
    if not known.within_unit:
        yield _of(one, FindingKind.OUTSIDE_UNIT, one.facts.unit)


def _of(one: NomineeContent, kind: FindingKind, said: str = "", other: str = "") -> Finding:
    return Finding(kind, Mend.NOMINEE, str(one.facts.nomination_id), one.facts.name, said, other)


def _names(content: DossierContent) -> Iterator[Finding]:
    """Names as they stand in what people wrote themselves, and nominees whose names are nearly the same."""
    several = [one.facts for one in content.nominees]
    for place, one in enumerate(several):
        for other in several[place + 1 :]:
            if one.subject is other.subject and same_but_for_spelling(one.name, other.name):
                yield Finding(
                    FindingKind.NAMES_ALIKE, Mend.NOMINEES, "", one.name, said=one.name, other=other.name
                )
    if content.meeting is None:
        return
    texts = (content.meeting.conclusions, *content.meeting.present, *content.meeting.absent)
    for one in several:
        for text in texts:
            written = _as_written(text, one.name)
            if written:
                yield Finding(FindingKind.NAME_ELSEWHERE, Mend.MEETING, "", one.name, one.name, written)


def _achievements(content: DossierContent) -> Iterator[Finding]:
    """Nominees who are proposed for the same thing in the same words."""
    first: dict[str, str] = {}
    for one in content.nominees:
        said, name = words_only(one.facts.achievement), one.facts.name
        if said in first:
            yield Finding(FindingKind.SAME_ACHIEVEMENT, Mend.NOMINEES, "", name, said=first[said], other=name)
        elif said:
            first[said] = name


def _as_written(text: str, name: str) -> str:
    """How a name stands in a text where it stands there in another spelling only; else nothing."""
    words, wanted = _plain(text).split(" "), fold(name).split(" ")
    length = len(wanted)
    found = [
        " ".join(words[at : at + length]).strip(".,;:()–-«»\"'")
        for at in range(len(words) - length + 1)
        if fold(" ".join(words[at : at + length])).strip(".,;:()–-«»\"'") == " ".join(wanted)
    ]
    other = [one for one in found if not spelt_alike(one, name)]
    return other[0] if other else ""


def _papers(content: DossierContent, grounds: Grounds) -> Iterator[Finding]:
    for part in parts_of(content.campaign):
        papers = [one for one in grounds.papers if one.kind is part.kind]
        for paper in papers:
            yield from _paper(paper, part, grounds)
        there = _any_usable(papers, grounds) or (part.kind is PaperKind.MINUTES and _on_paper(content))
        if part.demanded and part.kind is not PaperKind.REPORT and not there:
            yield Finding(FindingKind.PART_MISSING, Mend.PART, part.key, said=_quote(part))
    yield from _made_before(content, grounds)
    reports = [one for one in grounds.papers if one.kind is PaperKind.REPORT]
    for one in content.nominees:
        own = [paper for paper in reports if paper.nomination_id in (None, one.facts.nomination_id)]
        if not _any_usable(own, grounds):
            yield Finding(FindingKind.REPORT_MISSING, Mend.PART, PaperKind.REPORT.value, one.facts.name)
    of = {None, *(one.facts.nomination_id for one in content.nominees)}
    for paper in reports:
        if paper.nomination_id not in of:
            yield Finding(FindingKind.REPORT_OF_NOBODY, Mend.PART, PaperKind.REPORT.value, said=paper.name)


def _quote(part: Part) -> str:
    return part.clause.quote if part.clause is not None else ""


def _on_paper(content: DossierContent) -> bool:
    """Whether the meeting was held on paper and the minutes are there as a picture."""
    return content.meeting is not None and content.meeting.proof is not None


def _any_usable(papers: Iterable[PaperFacts], grounds: Grounds) -> bool:
    return any(one.id not in grounds.sent or grounds.sent[one.id].usable for one in papers)


def _paper(paper: PaperFacts, part: Part, grounds: Grounds) -> Iterator[Finding]:
    def found(kind: FindingKind) -> Finding:
        return Finding(kind, Mend.PART, part.key, said=paper.name)

    sent = grounds.sent.get(paper.id)
    if sent is not None and sent.state == "waiting":
        yield found(FindingKind.PAPER_CHECKING)
    elif sent is not None and not sent.usable:
        yield found(FindingKind.PAPER_UNUSABLE)
    elif not paper.made and _outdated(paper, grounds):
        yield found(FindingKind.SENT_EARLIER)


def _outdated(paper: PaperFacts, grounds: Grounds) -> bool:
    """Whether what this paper says changed after it was made: particulars stand in some of them only."""
    told = [
        at
        for number, at in grounds.told_at.items()
        if paper.kind in WITH_PARTICULARS and paper.nomination_id in (None, number)
    ]
    return any(paper.made_at < at for at in (*told, grounds.changed_at) if at is not None)


def _made_before(content: DossierContent, grounds: Grounds) -> Iterator[Finding]:
    """What the house made before the last change: one finding, since making them anew is one act."""
    kinds = {part.kind for part in parts_of(content.campaign)}
    names = [one.name for one in grounds.papers if one.made and one.kind in kinds and _outdated(one, grounds)]
    if names:
        yield Finding(FindingKind.PAPER_OUTDATED, Mend.PAPERS, said="; ".join(names), count=len(names))


def _meeting(content: DossierContent, grounds: Grounds) -> Iterator[Finding]:
    record = content.meeting
    minutes = [one for one in grounds.papers if one.kind is PaperKind.MINUTES and not one.made]
    if record is None:
        asked = next((part for part in parts_of(content.campaign) if part.kind is PaperKind.MINUTES), None)
        if asked is not None and not _any_usable(minutes, grounds):
            kind = FindingKind.NO_MEETING if asked.demanded else FindingKind.MINUTES_BLANK
            yield Finding(kind, Mend.PART, PaperKind.MINUTES.value)
        return
    held = record.held_at.astimezone(grounds.now.tzinfo)
    if held > grounds.now or record.ended_at < record.held_at:
        yield Finding(FindingKind.MEETING_LATE, Mend.MEETING, said=held.date().isoformat())
    if grounds.begins_on is not None and held.date() < grounds.begins_on:
        yield Finding(
            FindingKind.MEETING_EARLY,
            Mend.MEETING,
            said=held.date().isoformat(),
            other=grounds.begins_on.isoformat(),
        )
    if record.proof is not None and record.proof.state != "clean":
        checking = record.proof.state == "waiting"
        kind = FindingKind.PAPER_CHECKING if checking else FindingKind.PAPER_UNUSABLE
        yield Finding(kind, Mend.MEETING, said=record.proof.name)
    attending = len(record.present) + len(record.absent)
    if attending != record.members:
        yield Finding(FindingKind.MEMBERS_DIFFER, Mend.MEETING, count=attending, limit=record.members)
    if not record.quorate:
        yield Finding(FindingKind.NOT_QUORATE, Mend.MEETING, count=len(record.present), limit=record.members)
    yield from _votes(content, record, grounds)


def _votes(content: DossierContent, record: MeetingRecord, grounds: Grounds) -> Iterator[Finding]:
    votes = {one.nomination_id: one for one in record.votes}
    for one in content.nominees:
        number, who = one.facts.nomination_id, one.facts.name
        vote = votes.get(number)
        if vote is None:
            yield Finding(FindingKind.VOTE_MISSING, Mend.MEETING, str(number), who)
            continue
        known = grounds.nominees.get(number)
        if known is not None and known.signed_at is not None and record.held_at < known.signed_at:
            yield Finding(FindingKind.MEETING_BEFORE_SIGNING, Mend.MEETING, str(number), who)
        yield from _vote(vote, record, str(number), who)
    for number in votes.keys() - {one.facts.nomination_id for one in content.nominees}:
        yield Finding(FindingKind.VOTE_OF_NOBODY, Mend.MEETING, str(number))


def _vote(vote: NomineeVote, record: MeetingRecord, where: str, who: str) -> Iterator[Finding]:
    count = vote.count
    # A member who is in conflict about a nominee is not entitled, so fewer may vote than are present.
    for counted, limit in ((count.cast, len(record.present)), (count.entitled, record.members)):
        if counted > limit:
            yield Finding(FindingKind.VOTES_TOO_MANY, Mend.MEETING, where, who, count=counted, limit=limit)
    if not vote.endorsed:
        yield Finding(
            FindingKind.NOT_ENDORSED, Mend.NOMINEE, where, who, count=count.votes_for, limit=count.entitled
        )
    elif not passed(count, record.rules):
        yield Finding(
            FindingKind.ENDORSED_BELOW, Mend.MEETING, where, who, count=count.votes_for, limit=count.entitled
        )


def _window(content: DossierContent, grounds: Grounds) -> Iterator[Finding]:
    for one in content.nominees:
        count = grounds.objections.get(one.facts.nomination_id, 0)
        if count:
            where = str(one.facts.nomination_id)
            yield Finding(FindingKind.OBJECTION_OPEN, Mend.OBJECTIONS, where, one.facts.name, count=count)
    if grounds.shown_until is not None:
        yield Finding(FindingKind.WINDOW_OPEN, Mend.OBJECTIONS, said=grounds.shown_until.isoformat())


def _counts(grounds: Grounds) -> Iterator[Finding]:
    for subject, count in grounds.over.items():
        if count > 0:
            yield Finding(FindingKind.OVER_QUOTA, Mend.NOMINEES, said=subject.value, count=count)
    if grounds.ungathered:
        yield Finding(FindingKind.NOT_GATHERED, Mend.NOMINEES, count=grounds.ungathered)
    if grounds.due is not None and grounds.now.date() > grounds.due:
        yield Finding(FindingKind.LATE, Mend.SUBMIT, said=grounds.due.isoformat())
