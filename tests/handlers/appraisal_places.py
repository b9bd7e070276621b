"""Where somebody may be while a dossier is appraised, or answered for by its unit."""

from sqlmodel import col, select

from db.models import Assessment, Dossier, DossierNominee, Nomination, RoleGrant, Round, SupplementItem
from db.transaction import Session
from services import sheets
from services.actor import Actor
from services.conversations import Frame
from tests import builders
from tests.chat import Chat, Town

_DESK = {"queue": "menu.tasks", "desk": "appraisal.queue"}
_UPON = {
    "appraisal.desk": ("why", "hand_over", "finish", "nominee", "items", "answers"),
    "appraisal.nominee": ("criterion",),
    "appraisal.criterion": ("reason", "ask"),
    "appraisal.items": ("add",),
    "appraisal.answers": ("answered",),
}
BACK = {
    **{f"appraisal.{step}": back for step, back in _DESK.items()},
    **{f"appraisal.{step}": back for back, steps in _UPON.items() for step in steps},
    "supplements.list": "menu.tasks",
    "supplements.one": "supplements.list",
    "supplements.reason": "supplements.one",
    "supplements.sure": "supplements.one",
    "supplements.item": "supplements.one",
    "supplements.again": "supplements.item",
    "shortlist.rounds": "menu.tasks",
    "shortlist.listed": "shortlist.rounds",
    "shortlist.who": "shortlist.listed",
    "shortlist.change": "shortlist.who",
    "appraisal_rules.rules": "menu.tasks",
    "appraisal_rules.days": "appraisal_rules.rules",
    "appraisal_rules.order": "appraisal_rules.rules",
}


async def appraised(town: Town, lan: Chat, sheet: int, of: int) -> dict[str, Frame]:
    """Lan appraises the dossier of another unit, and has one of her own unit's back."""
    now = town.clock.now()
    async with town.office() as session:
        actor = await town.actor(session, lan)
        session.add(
            RoleGrant(person_id=actor.person_id, role="appraiser", unit_id=None, since=builders.LONG_AGO)
        )
        dossier, nominee, answered = await _on_the_desk(session, town, actor, sheet, of)
        other = (await session.exec(select(Round).where(col(Round.id) != of))).first()
        assert other is not None
        own = Dossier(
            round_id=other.id or 0, unit_id=actor.unit_id, state="supplement", version=2, opened_at=now
        )
        session.add(own)
        await session.flush()
        item = SupplementItem(
            dossier_id=own.id or 0,
            version=2,
            missing="Thiếu tờ trình có chữ ký.",
            noted_by=actor.person_id,
            noted_at=now,
            asked_at=now,
        )
        session.add(item)
        await session.flush()
        back, asked = own.id or 0, item.id or 0
    desk: dict[str, object] = {"dossier": dossier}
    who: dict[str, object] = {"nomination": nominee}
    key = await _first_key(town, sheet)
    at: dict[str, object] = {**who, "key": key}
    places: dict[str, dict[str, object]] = {
        "appraisal.queue": {},
        "appraisal.desk": desk,
        "appraisal.why": {**desk, "act": "let_go"},
        **{f"appraisal.{step}": desk for step in ("hand_over", "finish", "items", "add", "answers")},
        "appraisal.answered": {**desk, "item": answered},
        "appraisal.nominee": who,
        "appraisal.criterion": at,
        "appraisal.reason": {**at, "mark": "unclear"},
        "appraisal.ask": at,
        "supplements.list": {},
        "supplements.one": {"dossier": back},
        "supplements.reason": {"dossier": back},
        "supplements.sure": {"dossier": back},
        "supplements.item": {"item": asked},
        "supplements.again": {"item": asked, "words": "Đã đóng dấu, bản quét gửi kèm."},
        "shortlist.rounds": {},
        "shortlist.listed": {"round": of},
        "shortlist.who": who,
        "shortlist.change": {**who, "act": "move"},
        "appraisal_rules.rules": {},
        "appraisal_rules.days": {"what": "appraisal"},
        "appraisal_rules.order": {},
    }
    return {
        name: Frame(name.partition(".")[0], name.partition(".")[2], place) for name, place in places.items()
    }


async def _on_the_desk(
    session: Session, town: Town, actor: Actor, sheet: int, of: int
) -> tuple[int, int, int]:
    """A dossier of another unit that Lan appraises: its number, its nominee's, and something answered."""
    now = town.clock.now()
    like = await session.get(Assessment, sheet)
    assert like is not None
    unit = await builders.a_unit(session, "Phòng Kế hoạch", "PKH")
    person = await builders.a_person(session, unit, now, name="Đặng Văn Khánh", code="NV990")
    signed = Assessment(
        person_id=person,
        round_id=of,
        version_id=like.version_id,
        unit_id=unit,
        state="signed",
        created_at=now,
        updated_at=now,
    )
    dossier = Dossier(
        round_id=of, unit_id=unit, state="appraising", version=2, appraiser_id=actor.person_id, opened_at=now
    )
    session.add_all([signed, dossier])
    await session.flush()
    nomination = Nomination(
        assessment_id=signed.id or 0,
        round_id=of,
        subject="individual",
        person_id=person,
        unit_id=unit,
        achievement="Rút ngắn thời gian chờ khám.",
        nominated_at=now,
    )
    item = SupplementItem(
        dossier_id=dossier.id or 0,
        version=2,
        missing="Thiếu quyết định công nhận sáng kiến.",
        noted_by=actor.person_id,
        noted_at=now,
        asked_at=now,
        answer="Đã bổ sung quyết định.",
        answered_at=now,
    )
    session.add_all([nomination, item])
    await session.flush()
    number = nomination.id or 0
    session.add(DossierNominee(dossier_id=dossier.id or 0, nomination_id=number, place=1, added_at=now))
    return dossier.id or 0, number, item.id or 0


async def _first_key(town: Town, sheet: int) -> str:
    """The first criterion of a plan, by its key."""
    async with town.office() as session:
        working = await sheets.load(session, sheet)
        assert working is not None
        return working.criteria()[0].key
