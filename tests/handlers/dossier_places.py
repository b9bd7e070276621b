"""Where somebody may be while a unit prepares its dossier and hands it in."""

from sqlmodel import select

from db.models import Dossier, DossierSubmission, Round
from db.transaction import Session
from services import dossiers
from services.actor import Actor
from services.conversations import Frame
from tests.chat import Chat, Town

BACK = {
    "dossiers.list": "menu.tasks",
    "dossiers.one": "dossiers.list",
    **{f"dossiers.{step}": "dossiers.one" for step in ("doctor", "history", "nominees", "parts", "versions")},
    **{f"dossiers.{step}": "dossiers.one" for step in ("reason", "submit", "withdraw_reason")},
    "dossiers.nominee": "dossiers.nominees",
    "dossiers.out_reason": "dossiers.nominee",
    "dossiers.out": "dossiers.out_reason",
    "dossiers.part": "dossiers.parts",
    "dossiers.send": "dossiers.part",
    "dossiers.withdraw": "dossiers.withdraw_reason",
    "dossiers.version": "dossiers.versions",
}
_REASON = "Đơn vị cần bổ sung thêm một người."
_CONTENT = (
    '{"receipt":"HS-222222","unit":{"name":"Khoa"},"campaign":{"label":"CCHC"},"round":"Năm 2026",'
    '"nominees":[],"meeting":null,"papers":[]}'
)


async def prepared(town: Town, lan: Chat, nomination: int) -> dict[str, Frame]:
    """The dossier that holds a nomination of Lan's unit, handed in once before."""
    async with town.office() as session:
        actor = await town.actor(session, lan)
        number = await _dossier(session, actor, town, nomination)
        session.add(
            DossierSubmission(
                dossier_id=number,
                version=1,
                receipt="HS-222222",
                content=_CONTENT,
                digest="0",
                made_at=town.clock.now(),
            )
        )
    at: dict[str, object] = {"dossier": number}
    who: dict[str, object] = {**at, "nomination": nomination}
    part: dict[str, object] = {**at, "part": "request"}
    version: dict[str, object] = {**at, "version": 1}
    places: dict[str, dict[str, object]] = {
        "list": {},
        **dict.fromkeys(("one", "doctor", "history", "nominees", "parts", "versions"), at),
        "nominee": who,
        "out_reason": who,
        "out": {**who, "reason": _REASON},
        "part": part,
        "send": part,
        "reason": version,
        "submit": {**version, "reason": _REASON},
        "withdraw_reason": version,
        "withdraw": {**version, "reason": _REASON},
        "version": version,
    }
    return {f"dossiers.{step}": Frame("dossiers", step, place) for step, place in places.items()}


async def _dossier(session: Session, actor: Actor, town: Town, nomination: int) -> int:
    now = town.clock.now()
    for one in (await session.exec(select(Dossier))).all():
        if any(
            nominee.nomination_id == nomination
            for nominee in await dossiers.nominees(session, one.id or 0, now)
        ):
            return one.id or 0
    rounds = (await session.exec(select(Round))).all()
    return await dossiers.open_for(session, actor, rounds[0].id or 0, actor.unit_id, now)
