"""Where somebody may be around the papers of a dossier: particulars told, templates sent."""

from db.models import Nomination, PaperTemplate
from services import dossiers
from services.conversations import Frame
from tests.chat import Chat, Town

BACK = {
    "particulars.list": "menu.tasks",
    "particulars.card": "menu.tasks",
    "particulars.field": "particulars.card",
    "paper_templates.kinds": "menu.tasks",
    "paper_templates.kind": "paper_templates.kinds",
    "paper_templates.template": "paper_templates.kind",
}


async def papered(town: Town, lan: Chat, nomination: int) -> dict[str, Frame]:
    """Lan is in her unit's dossier, and sent a template that can be used."""
    now = town.clock.now()
    async with town.office() as session:
        actor = await town.actor(session, lan)
        row = await session.get(Nomination, nomination)
        assert row is not None
        await dossiers.open_for(session, actor, row.round_id, row.unit_id, now)
        sent = PaperTemplate(
            kind="list",
            person_id=actor.person_id,
            name="Danh sách.docx",
            source="{}",
            state="ready",
            sha256="0f" * 32,
            preview="0f" * 32,
            sent_at=now,
        )
        session.add(sent)
        await session.flush()
        template = sent.id
    places: dict[str, dict[str, object]] = {
        "particulars.list": {},
        "particulars.card": {"nomination": nomination},
        "particulars.field": {"nomination": nomination, "field": "born_on", "all": True},
        "paper_templates.kinds": {},
        "paper_templates.kind": {"kind": "list"},
        "paper_templates.template": {"template": template},
    }
    return {
        name: Frame(name.partition(".")[0], name.partition(".")[2], place) for name, place in places.items()
    }
