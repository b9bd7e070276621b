"""A round that is over: signed, proposed, handed in, marked, voted on and decided, with files."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from sqlmodel import select

from bot.filestore import FileStore
from core.ballots import PollRules, Vote
from core.evidence import FileKind
from core.messages import FileRef
from db.models import (
    Announcement,
    AppraisalMark,
    Assessment,
    DossierStep,
    DossierSubmission,
    Evidence,
    EvidenceUse,
    Particulars,
    Person,
)
from db.transaction import Session
from services import ballots, council, council_decision, council_vote, evidence, results_announcement
from services.actor import Actor
from services.council import ToCall
from tests.chat import Chat, Town
from tests.services.considering import round_id
from tests.services.sitting import Chamber, chamber

BORN, PHONE, HOME = "03/04/1985", "0912345678", "12 Ngõ Hàng Bún"
HOSTILE = '<script>alert("x")</script>\u202egnp.exe</td>'
WORDS = "Thống nhất theo kết quả bỏ phiếu."
NUMBER = "125/QĐ-SYT"


@dataclass(frozen=True)
class Ended:
    """What there is: the round, and the bytes of what its people sent and the house made."""

    here: Chamber
    round_id: int
    report: bytes
    request: bytes
    photo: bytes
    scan: bytes


async def ended(town: Town) -> Ended:
    """Lan is commended, somebody with an evil name is not."""
    here = await chamber(town)
    store = FileStore(town.folder / "files")
    report, request = f"Sinh ngày {BORN}, {HOME}".encode(), b"Kinh trinh"
    listed, photo, scan = f"1. Lan {BORN}".encode(), b"anh minh chung", b"%PDF ban chup quyet dinh"
    for content in (report, request, listed, photo, scan):
        await store.put_served(content)
    async with town.office() as session:
        people = (await session.exec(select(Person))).all()
        for one in people:
            one.phone = PHONE
            one.name = HOSTILE if one.name.endswith(here.nominees[1].name) else one.name
        await session.flush()
        papers = (("request", None, request), ("report", here.nominations[0], report), ("list", None, listed))
        await _handed_in(session, here, papers, photo)
    async with town.office() as session:
        number = await round_id(session)
        await _decided(session, here, number, scan)
    return Ended(here, number, report, request, photo, scan)


async def _handed_in(
    session: Session, here: Chamber, made: Sequence[tuple[str, int | None, bytes]], photo: bytes
) -> None:
    now, lan = here.town.clock.now(), here.nominations[0]
    head = (await here.town.actor(session, here.head)).person_id
    docx = FileKind.DOCX.mime
    papers = [
        {
            "kind": kind,
            "nomination": of,
            "name": f"{kind}.docx",
            "sha256": _sha(content),
            "mime": docx,
            "made": True,
        }
        | {"original": _sha(content)}
        for kind, of, content in made
    ]
    content = {
        "receipt": "HS-222222",
        "unit": {"id": 1, "name": "Khoa"},
        "campaign": {"code": "009", "label": "CCHC"},
        "round": "Năm 2026",
        "nominees": [
            {"nomination": lan, "name": "Trần Thị Lan", "evidence": [], "signed": {"receipt": "TDG-222222"}}
        ],
        "meeting": None,
        "papers": papers,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    session.add_all(
        [
            DossierSubmission(
                dossier_id=here.dossier,
                version=1,
                receipt="HS-222222",
                content=text,
                digest=sha256(text.encode()).hexdigest(),
                made_by=head,
                made_at=now,
            ),
            DossierStep(
                dossier_id=here.dossier,
                act="submit",
                led_to="submitted",
                version=1,
                reason="Biên bản gửi sau.",
                done_by=head,
                done_at=now,
            ),
            Particulars(
                nomination_id=lan, given=json.dumps({"born_on": BORN, "residence": HOME}), given_at=now
            ),
            AppraisalMark(
                nomination_id=lan, criterion="009-N1", mark="met", reason="", marked_by=head, marked_at=now
            ),
            AppraisalMark(
                nomination_id=lan,
                criterion="009-T1",
                mark="unclear",
                reason="Cần bảng lương tháng 5.",
                marked_by=head,
                marked_at=now,
            ),
        ]
    )
    sheet = (await session.exec(select(Assessment).order_by("id"))).all()[0]
    proof = await a_file(session, await here.town.actor(session, here.nominees[0]), here, photo)
    session.add(EvidenceUse(evidence_id=proof, assessment_id=sheet.id or 0, criterion="009-N1", added_at=now))


async def _decided(session: Session, here: Chamber, number: int, scan: bytes) -> None:
    now = here.town.clock.now()

    async def person(chat: Chat) -> Actor:
        return await here.town.actor(session, chat)

    office, chair, director = [await person(one) for one in (here.office, here.chair, here.director)]
    members = [(await person(one)).person_id for one in here.members]
    wanted = ToCall(number, now, "", members, members[0], PollRules())
    sitting = await council.call(session, office, wanted, now)
    poll = await council_vote.open_vote(session, chair, sitting, now + timedelta(hours=2), now)
    for chat in here.members:
        for nomination, vote in zip(here.nominations, (Vote.FOR, Vote.AGAINST), strict=True):
            await ballots.cast(session, await person(chat), poll, nomination, vote, now)
    await council_vote.close_vote(session, chair, sitting, now)
    await council_vote.conclude(session, chair, sitting, WORDS, now)
    await council_decision.approve(session, director, sitting, 1, now)
    file = await a_file(session, office, here, scan)
    await council_decision.enter(session, office, sitting, NUMBER, now.date(), file, now)
    drafted, _new = await results_announcement.draft(session, office, sitting, now)
    row = await session.get(Announcement, drafted)
    assert row is not None
    row.left_at, row.state = now, "finished"


async def a_file(session: Session, actor: Actor, here: Chamber, content: bytes) -> int:
    """A file of somebody's that passed its checks."""
    now = here.town.clock.now()
    name = f"{HOSTILE}.pdf"
    (file,) = await evidence.receive(session, actor, [FileRef("f", "u", name, 10, FileKind.PDF.mime)], now)
    row = await session.get(Evidence, file.id)
    assert row is not None
    row.state, row.mime, row.sha256, row.served_sha256 = (
        "clean",
        FileKind.PDF.mime,
        _sha(content),
        _sha(content),
    )
    await session.flush()
    return file.id


def _sha(content: bytes) -> str:
    return sha256(content).hexdigest()
