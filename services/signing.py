"""The end of a self-assessment: signed, copied, withdrawn."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from core.assessment import EvidenceFacts, Sheet, SignedCopy
from core.campaigns import Track
from core.errands import ErrandKind
from core.refusals import Code, Refusal
from core.roles import Permission, Target
from core.texts import nominations as nominations_texts
from core.texts import signing as texts
from db.models import Nomination, Signature
from db.queries import assessment as queries
from db.queries import evidence as evidence_queries
from db.queries import nominations as nomination_queries
from db.queries import people as people_queries
from db.queries.assessment import Held
from db.transaction import Session
from services import errands, evidence, journal, nominations, outbox, people, sheets
from services.actor import Actor, today


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """A signature in force; of its paper, the file or that it could not be made.

    `signer` signed for a unit or somebody else, there on the ground of the file `proof`; `stood_in_for` is in
    whose place.
    """

    receipt: str
    signed_at: datetime
    copy_sha256: str
    copy_failed: bool
    signer: str = ""
    proof: str = ""
    stood_in_for: str = ""


async def sign(
    session: Session, actor: Actor, assessment_id: int, now: datetime, proof_id: int | None = None
) -> str:
    """Sign the whole off; returns the receipt. What is signed is kept as it is, with its digest.

    Refused while criteria are unanswered or files still under check; what is filled for somebody else,
    without a checked picture of the sheet they signed on paper.
    """
    actor.require(Permission.ASSESS_SELF, actor.own)
    working = await sheets.reached(session, actor, assessment_id)
    working.ensure_open(now)
    _ensure_signs(working)
    whole = working.facts()
    if whole.missing:
        raise Refusal(Code.INCOMPLETE, missing=len(whole.missing))
    used = {file.id for entry in whole.entries for file in entry.files}
    checking = whole.checking + len(await evidence_queries.successors(session, *used))
    if checking:
        raise Refusal(Code.EVIDENCE_CHECKING, files=checking)
    proof = await _proof(session, actor, assessment_id, proof_id) if working.reach.on_behalf else None
    earlier = await queries.count_signatures(session, f"TDG-{assessment_id:05d}-")
    receipt = f"TDG-{assessment_id:05d}-{earlier + 1}"
    signed_for = working.reach.signs_for
    content = _content(whole, working.held, actor, proof, receipt, now, signed_for)
    signature = Signature(
        assessment_id=assessment_id,
        receipt=receipt,
        content=content,
        digest=hashlib.sha256(content.encode()).hexdigest(),
        signed_at=now,
        signed_by=actor.person_id,
        signed_for=signed_for,
        proof_id=proof.id if proof else None,
    )
    session.add(signature)
    await sheets.set_state(session, working, "signed", now)
    await session.flush()
    await errands.add(session, ErrandKind.SIGNED_COPY, signature.id or 0, now)
    subject = f"assessment:{assessment_id}"
    grounds: dict[str, str | int] = {}
    if proof is not None:
        grounds = {"on_behalf_of": working.held.person_id, "proof": proof.code}
    if signed_for is not None:
        grounds["instead_of"] = f"person:{signed_for}"
    digest = signature.digest
    await journal.note(
        session, actor.label, "signed", subject, now, receipt=receipt, digest=digest, **grounds
    )
    return receipt


async def withdraw(session: Session, actor: Actor, assessment_id: int, now: datetime) -> None:
    """Take a signature back while the round is open; the signed copy stays on record.

    Refused once its dossier is handed in, or it is commended; a proposal ends with the signature, and who
    made it is told.
    """
    actor.require(Permission.ASSESS_SELF, actor.own)
    working = await sheets.reached(session, actor, assessment_id)
    if working.held.state != "signed":
        raise Refusal(Code.NOT_SIGNED)
    _ensure_signs(working)
    await _take_back(session, actor, working, now)
    await journal.note(session, actor.label, "withdrew", f"assessment:{assessment_id}", now)


async def send_back(session: Session, actor: Actor, assessment_id: int, now: datetime) -> list[int]:
    """Take the signature back of somebody in a unit one proposes from, so that they look again and sign anew.

    No answer is touched. Returns whose it was to sign, to tell them.
    """
    actor.require(Permission.NOMINATE)
    working = await sheets.load(session, assessment_id)
    if working is None:
        raise Refusal(Code.NOT_FOUND)
    above = await people_queries.units_above(session, working.held.unit_id, actor.today)
    actor.require(Permission.NOMINATE, Target(person_id=working.held.person_id, units=above))
    if working.held.state != "signed":
        raise Refusal(Code.NOT_SIGNED)
    live = await _live(session, assessment_id)
    await _take_back(session, actor, working, now)
    own = () if working.track is Track.COLLECTIVE else (working.held.person_id,)
    return list(dict.fromkeys((*own, live.signed_by or working.held.person_id)))


async def signature_of(session: Session, actor: Actor, assessment_id: int) -> SignatureFacts:
    """The signature in force; who answered only a part has no business with it."""
    working = await sheets.reached(session, actor, assessment_id)
    if working.reach.part is not None:
        raise Refusal(Code.NOT_FOUND)
    live = await _live(session, assessment_id)
    signer = live.signed_by or working.held.person_id
    for_others = working.track is Track.COLLECTIVE or signer != working.held.person_id
    person = await people_queries.person(session, signer) if for_others else None
    proof = await evidence_queries.get(session, live.proof_id) if live.proof_id is not None else None
    return SignatureFacts(
        receipt=live.receipt,
        signed_at=live.signed_at,
        copy_sha256=live.copy_sha256,
        copy_failed=await errands.given_up(session, ErrandKind.SIGNED_COPY, live.id or 0),
        signer=person.name if person else "",
        proof=proof.code if proof else "",
        stood_in_for=await _name(session, live.signed_for),
    )


async def copy_again(session: Session, actor: Actor, assessment_id: int, now: datetime) -> None:
    """Ask once more for a paper that could not be made."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    working = await sheets.reached(session, actor, assessment_id)
    if working.reach.part is not None:
        raise Refusal(Code.NOT_FOUND)
    live = await _live(session, assessment_id)
    if not live.copy_sha256:
        await errands.add(session, ErrandKind.SIGNED_COPY, live.id or 0, now)


async def signed_copy(session: Session, signature_id: int) -> tuple[int, SignedCopy] | None:
    """What a signature signed, with the person who signed; nothing if it was withdrawn since."""
    live = await queries.signature(session, signature_id)
    if live is None or live.withdrawn_at is not None:
        return None
    working = await sheets.load(session, live.assessment_id)
    if working is None:
        return None
    signer = live.signed_by or working.held.person_id
    of = signer if working.track is Track.COLLECTIVE else working.held.person_id
    person = await people_queries.person(session, of)
    if person is None:
        return None
    filler = await people_queries.person(session, signer) if signer != of else None
    proof = await evidence_queries.get(session, live.proof_id) if live.proof_id is not None else None
    return signer, SignedCopy(
        receipt=live.receipt,
        digest=live.digest,
        signed_at=live.signed_at,
        name=person.name,
        staff_code=person.staff_code,
        post=person.post,
        unit=await people.unit_name(session, working.held.unit_id, today(session, live.signed_at)),
        sheet=working.facts(),
        filled_by=filler.name if filler else "",
        proof=proof.code if proof else "",
        stood_in_for=await _name(session, live.signed_for),
    )


async def copy_made(session: Session, signature_id: int, person_id: int, sha256: str, now: datetime) -> None:
    """The paper of a signature is ready: it goes to the one who signed."""
    live = await queries.signature(session, signature_id)
    if live is None or live.withdrawn_at is not None:
        return
    await queries.set_copy(session, signature_id, sha256)
    message = texts.signed_copy_notice(live.receipt, sha256)
    await outbox.notify(session, [person_id], message, now, once=f"copy:{signature_id}")


async def _name(session: Session, person_id: int | None) -> str:
    person = await people_queries.person(session, person_id) if person_id is not None else None
    return person.name if person else ""


async def _live(session: Session, assessment_id: int) -> Signature:
    live = await queries.live_signature(session, assessment_id)
    if live is None:
        raise Refusal(Code.NOT_SIGNED)
    return live


async def _proof(
    session: Session, actor: Actor, assessment_id: int, evidence_id: int | None
) -> EvidenceFacts:
    """The checked picture of the sheet that was signed on paper, sent by whoever fills in.

    One that proves another self-assessment does not prove this.
    """
    elsewhere = evidence_id is not None and await evidence_queries.proves(
        session, evidence_id, but=assessment_id
    )
    for file in () if elsewhere else await evidence.mine(session, actor):
        if file.id == evidence_id and file.proves:
            return file
    raise Refusal(Code.PROOF_MISSING)


async def _end_proposal(
    session: Session, actor: Actor, working: sheets.WorkingSheet, nomination: Nomination, now: datetime
) -> None:
    nomination_id = nomination.id or 0
    if not await nomination_queries.end(session, nomination_id, "withdrawn", now):
        raise Refusal(Code.COMMENDED)
    subject = f"assessment:{working.held.id}"
    await journal.note(session, actor.label, "ended_nomination", subject, now, nomination=nomination_id)
    if nomination.nominated_by in {None, actor.person_id}:
        return
    unit = await people.unit_name(session, working.held.unit_id, today(session, now))
    person = await people_queries.person(session, nomination.person_id or 0)
    message = nominations_texts.proposal_ended_notice(
        person.name if person else unit, unit, working.held.round_label, nomination.achievement
    )
    once = f"nomination:{nomination_id}:ended"
    await outbox.notify(session, [nomination.nominated_by], message, now, once=once)


async def _take_back(session: Session, actor: Actor, working: sheets.WorkingSheet, now: datetime) -> None:
    """The signature ends, and with it what was proposed on its ground."""
    working.ensure_round_open(now)
    assessment_id = working.held.id
    nomination = await nomination_queries.live(session, assessment_id)
    if nomination is not None and nomination.state != "not_chosen":
        if nomination.state == "proposed":
            await nominations.ensure_with_unit(session, nomination.id or 0)
        await _end_proposal(session, actor, working, nomination, now)
    live = await queries.live_signature(session, assessment_id)
    if live is not None and live.id is not None:
        await queries.withdraw_signature(session, live.id, now)
    await sheets.set_state(session, working, "draft", now)


def _ensure_signs(working: sheets.WorkingSheet) -> None:
    """A unit's is its head's to sign and to take back."""
    if not working.reach.signs:
        raise Refusal(Code.NOT_FOUND)


def _content(
    whole: Sheet,
    held: Held,
    actor: Actor,
    proof: EvidenceFacts | None,
    receipt: str,
    now: datetime,
    signed_for: int | None,
) -> str:
    """Everything that is signed, as canonical JSON."""
    return json.dumps(
        {
            "receipt": receipt,
            "track": whole.track.value,
            "person": held.person_id if whole.track is not Track.COLLECTIVE else None,
            "unit": held.unit_id,
            "signed_by": actor.person_id,
            **({"signed_for": signed_for} if signed_for is not None else {}),
            "proof": {"code": proof.code, "sha256": proof.sha256} if proof else None,
            "campaign": whole.campaign.code,
            "round": whole.round_label,
            "signed_at": now.isoformat(),
            "answers": [
                {
                    "criterion": entry.criterion.code,
                    "given": json.loads(entry.given),
                    "outcome": entry.outcome.value,
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
