"""A member of staff's self-assessment: begun, answered, signed, withdrawn."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime

from core.assessment import (
    Entry,
    EvidenceFacts,
    RoundFacts,
    Sheet,
    SignedCopy,
    given_from_json,
    given_to_json,
)
from core.criteria import Answer, Criterion, Given, NotApplicable, Outcome, judge
from core.refusals import Code, Refusal
from core.roles import Permission, Target
from core.texts import assessment as texts
from db.models import Assessment, Round, Signature
from db.models import Evidence as EvidenceRow
from db.queries import assessment as queries
from db.queries import evidence as evidence_queries
from db.queries import people as people_queries
from db.transaction import Session
from services import campaigns, errands, journal, outbox, people
from services.actor import Actor


async def rounds(session: Session, actor: Actor, now: datetime) -> list[RoundFacts]:
    """The rounds this person can answer in, and how far they are in each."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    mine = {row.round_id: (row, count) for row, count in await queries.of_person(session, actor.person_id)}
    found: list[RoundFacts] = []
    for _version, campaign, row in await campaigns.open_rounds(session, actor.today, now):
        own, answered = mine.get(row.id or 0, (None, 0))
        found.append(
            RoundFacts(
                round_id=row.id or 0,
                campaign=campaign.label,
                label=row.label,
                closes_at=row.closes_at,
                assessment_id=own.id if own else None,
                answered=answered,
                total=sum(1 for _ in campaign.criteria()),
                signed=bool(own and own.state == "signed"),
            )
        )
    return found


async def begin(session: Session, actor: Actor, round_id: int, now: datetime) -> int:
    """The person's self-assessment in a round, made now if there is none; on the version in force."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    known = await queries.find(session, actor.person_id, round_id)
    if known is not None:
        return known.id or 0
    for version_id, _campaign, row in await campaigns.open_rounds(session, actor.today, now):
        if row.id == round_id:
            fresh = Assessment(
                person_id=actor.person_id,
                round_id=round_id,
                version_id=version_id,
                unit_id=actor.unit_id,
                created_at=now,
                updated_at=now,
            )
            session.add(fresh)
            await session.flush()
            await journal.note(session, actor.label, "began", f"assessment:{fresh.id}", now)
            return fresh.id or 0
    raise Refusal(Code.NO_ROUND)


async def sheet(session: Session, actor: Actor, assessment_id: int) -> Sheet:
    """The whole self-assessment, to show."""
    found = await _own(session, actor, assessment_id)
    return await _sheet(session, *found)


async def answer(
    session: Session, actor: Actor, assessment_id: int, key: str, measure: str, given: Given, now: datetime
) -> None:
    """Record the answer to one measure of a criterion."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    await _change(session, actor, assessment_id, key, now, lambda before: _with(before, measure, given))


async def does_not_apply(
    session: Session, actor: Actor, assessment_id: int, keys: list[str], reason: str, now: datetime
) -> None:
    """Record that these criteria do not concern the person."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    for key in keys:
        await _change(session, actor, assessment_id, key, now, lambda _before: NotApplicable(reason))


async def answer_again(session: Session, actor: Actor, assessment_id: int, key: str, now: datetime) -> None:
    """Take the answer to a criterion back, to give another; its note and files stay."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    await _change(session, actor, assessment_id, key, now, lambda _before: Answer())


async def keep_note(
    session: Session, actor: Actor, assessment_id: int, key: str, note: str, now: datetime
) -> None:
    """Keep a note beside a criterion; an empty one removes it."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    criterion, _row = await _open_criterion(session, actor, assessment_id, key, now)
    await queries.keep_answer(
        session,
        {"assessment_id": assessment_id, "criterion": criterion.code, "note": note, "updated_at": now},
    )
    await journal.note(
        session, actor.label, "noted", f"assessment:{assessment_id}", now, criterion=criterion.code
    )


async def weigh_files(session: Session, actor: Actor, assessment_id: int, key: str, now: datetime) -> None:
    """Judge a criterion anew after its files changed: a document criterion rests on them."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    await _change(session, actor, assessment_id, key, now, lambda before: before, verb="weighed")


async def weigh_after_check(session: Session, assessment_id: int, code: str, now: datetime) -> None:
    """Judge a criterion anew after a file of it failed its checks (nobody's act)."""
    found = await queries.get(session, assessment_id)
    if found is None or found[0].state == "signed":
        return
    campaign = await campaigns.of_version(session, found[0].version_id)
    await _judge_again(session, assessment_id, campaign.criterion(code), lambda before: before, now)


async def sign(session: Session, actor: Actor, assessment_id: int, now: datetime) -> str:
    """Sign the whole off; returns the receipt. What is signed is kept as it is, with its digest.

    Refused while criteria are unanswered or files still under check.
    """
    actor.require(Permission.ASSESS_SELF, actor.own)
    row, round_row = await _own(session, actor, assessment_id)
    _ensure_open(row, round_row, now)
    whole = await _sheet(session, row, round_row)
    if whole.missing:
        raise Refusal(Code.INCOMPLETE, missing=len(whole.missing))
    if whole.checking:
        raise Refusal(Code.EVIDENCE_CHECKING, files=whole.checking)
    earlier = await queries.count_signatures(session, f"TDG-{assessment_id:05d}-")
    receipt = f"TDG-{assessment_id:05d}-{earlier + 1}"
    content = _content(whole, actor, receipt, now)
    session.add(
        signature := Signature(
            assessment_id=assessment_id,
            receipt=receipt,
            content=content,
            digest=hashlib.sha256(content.encode()).hexdigest(),
            signed_at=now,
        )
    )
    await queries.set_state(session, assessment_id, "signed", now)
    await session.flush()
    await errands.add(session, errands.ErrandKind.SIGNED_COPY, signature.id or 0, now)
    await journal.note(
        session,
        actor.label,
        "signed",
        f"assessment:{assessment_id}",
        now,
        receipt=receipt,
        digest=signature.digest,
    )
    return receipt


async def withdraw(session: Session, actor: Actor, assessment_id: int, now: datetime) -> None:
    """Take a signature back while the round is open; the signed copy stays on record."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    row, round_row = await _own(session, actor, assessment_id)
    if row.state != "signed":
        raise Refusal(Code.NOT_SIGNED)
    if round_row.closes_at is not None and now >= round_row.closes_at:
        raise Refusal(Code.ROUND_CLOSED)
    live = await queries.live_signature(session, assessment_id)
    if live is not None and live.id is not None:
        await queries.withdraw_signature(session, live.id, now)
    await queries.set_state(session, assessment_id, "draft", now)
    await journal.note(session, actor.label, "withdrew", f"assessment:{assessment_id}", now)


async def signature_of(session: Session, actor: Actor, assessment_id: int) -> tuple[str, datetime, str]:
    """Receipt, moment and file of the signature in force."""
    await _own(session, actor, assessment_id)
    live = await queries.live_signature(session, assessment_id)
    if live is None:
        raise Refusal(Code.NOT_SIGNED)
    return live.receipt, live.signed_at, live.copy_sha256


async def signed_copy(session: Session, signature_id: int) -> tuple[int, SignedCopy] | None:
    """What a signature signed, with the person it belongs to; nothing if it was withdrawn since."""
    live = await queries.signature(session, signature_id)
    if live is None or live.withdrawn_at is not None:
        return None
    found = await queries.get(session, live.assessment_id)
    if found is None:
        return None
    row, round_row = found
    person = await people_queries.person(session, row.person_id)
    if person is None:
        return None
    return row.person_id, SignedCopy(
        receipt=live.receipt,
        digest=live.digest,
        signed_at=live.signed_at,
        name=person.name,
        staff_code=person.staff_code,
        post=person.post,
        unit=await people.unit_name(session, row.unit_id, live.signed_at.date()),
        sheet=await _sheet(session, row, round_row),
    )


async def copy_made(session: Session, signature_id: int, person_id: int, sha256: str, now: datetime) -> None:
    """The paper of a signature is ready: it goes to the one who signed."""
    live = await queries.signature(session, signature_id)
    if live is None or live.withdrawn_at is not None:
        return
    await queries.set_copy(session, signature_id, sha256)
    await outbox.notify(
        session, [person_id], texts.signed_copy_notice(live.receipt, sha256), now, once=f"copy:{signature_id}"
    )


async def ensure_open(
    session: Session, actor: Actor, assessment_id: int, key: str, now: datetime
) -> Criterion:
    """The criterion of an own, unsigned self-assessment in an open round; otherwise a refusal."""
    return (await _open_criterion(session, actor, assessment_id, key, now))[0]


async def _own(session: Session, actor: Actor, assessment_id: int) -> tuple[Assessment, Round]:
    found = await queries.get(session, assessment_id)
    if found is None:
        raise Refusal(Code.NOT_FOUND)
    actor.require(Permission.ASSESS_SELF, Target(person_id=found[0].person_id))
    return found


def _ensure_open(row: Assessment, round_row: Round, now: datetime) -> None:
    if row.state == "signed":
        raise Refusal(Code.ALREADY_SIGNED)
    if round_row.closes_at is not None and now >= round_row.closes_at:
        raise Refusal(Code.ROUND_CLOSED)


async def _open_criterion(
    session: Session, actor: Actor, assessment_id: int, key: str, now: datetime
) -> tuple[Criterion, Assessment]:
    row, round_row = await _own(session, actor, assessment_id)
    _ensure_open(row, round_row, now)
    campaign = await campaigns.of_version(session, row.version_id)
    for criterion in campaign.criteria():
        if criterion.key == key:
            return criterion, row
    raise Refusal(Code.NOT_FOUND)


async def _change(
    session: Session,
    actor: Actor,
    assessment_id: int,
    key: str,
    now: datetime,
    change: Callable[[Answer | NotApplicable], Answer | NotApplicable],
    verb: str = "answered",
) -> None:
    criterion, _row = await _open_criterion(session, actor, assessment_id, key, now)
    outcome = await _judge_again(session, assessment_id, criterion, change, now)
    await journal.note(
        session,
        actor.label,
        verb,
        f"assessment:{assessment_id}",
        now,
        criterion=criterion.code,
        outcome=outcome.value,
    )


async def _judge_again(
    session: Session,
    assessment_id: int,
    criterion: Criterion,
    change: Callable[[Answer | NotApplicable], Answer | NotApplicable],
    now: datetime,
) -> Outcome:
    before = await queries.answer_of(session, assessment_id, criterion.code)
    files = await evidence_queries.count_usable(session, assessment_id, criterion.code)
    after = change(given_from_json(before or "{}", files))
    outcome = judge(criterion, after).outcome
    await queries.keep_answer(
        session,
        {
            "assessment_id": assessment_id,
            "criterion": criterion.code,
            "given": given_to_json(after),
            "outcome": "" if outcome is Outcome.UNANSWERED else outcome.value,
            "updated_at": now,
        },
    )
    return outcome


def _with(before: Answer | NotApplicable, measure: str, given: Given) -> Answer:
    if isinstance(before, NotApplicable):
        return Answer({measure: given})
    return Answer({**before.given, measure: given}, before.files)


async def _sheet(session: Session, row: Assessment, round_row: Round) -> Sheet:
    campaign = await campaigns.of_version(session, row.version_id)
    answers = {code: rest for code, *rest in await queries.answers_of(session, row.id or 0)}
    files: dict[str, list[EvidenceFacts]] = {}
    for code, file in await evidence_queries.uses_of(session, row.id or 0):
        files.setdefault(code, []).append(evidence_facts(file))
    return Sheet(
        id=row.id or 0,
        campaign=campaign,
        round_label=round_row.label,
        closes_at=round_row.closes_at,
        signed=row.state == "signed",
        entries=tuple(
            _entry(criterion, answers.get(criterion.code), files.get(criterion.code, []))
            for criterion in campaign.criteria()
        ),
    )


def _entry(criterion: Criterion, stored: list[str] | None, files: list[EvidenceFacts]) -> Entry:
    given, _outcome, note = stored or ("{}", "", "")
    answer = given_from_json(given, sum(file.usable for file in files))
    return Entry(criterion, answer, judge(criterion, answer), note, tuple(files))


def evidence_facts(row: EvidenceRow) -> EvidenceFacts:
    """A stored file as a fact."""
    return EvidenceFacts(
        id=row.id or 0,
        code=row.code,
        name=row.name,
        size=row.size,
        state=row.state,
        reason=row.reason,
        sha256=row.sha256,
        served_sha256=row.served_sha256,
        mime=row.mime,
        received_at=row.received_at,
        seen_elsewhere=row.seen_elsewhere,
        replaces_id=row.replaces_id,
        caption=row.caption,
    )


def _content(whole: Sheet, actor: Actor, receipt: str, now: datetime) -> str:
    """Everything that is signed, as canonical JSON."""
    return json.dumps(
        {
            "receipt": receipt,
            "person": actor.person_id,
            "campaign": whole.campaign.code,
            "round": whole.round_label,
            "signed_at": now.isoformat(),
            "answers": [
                {
                    "criterion": entry.criterion.code,
                    "given": json.loads(given_to_json(entry.answer)),
                    "outcome": entry.verdict.outcome.value,
                    "note": entry.note,
                    "evidence": [
                        {"code": file.code, "sha256": file.sha256} for file in entry.files if file.usable
                    ],
                }
                for entry in whole.entries
            ],
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
