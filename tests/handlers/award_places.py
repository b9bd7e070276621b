"""Where somebody may be among awards: their own, those of a unit, and the office's record."""

from datetime import date

from core.awards import Decision
from db.models import AwardSheet
from services import awards
from services.conversations import Frame
from services.hindrances import Whom
from tests.chat import Chat, Town

BACK = {
    "awards.mine": "menu.tasks",
    "awards.units": "awards.mine",
    "awards.one": "awards.mine",
    "award_office.book": "menu.tasks",
    "award_office.found": "award_office.book",
    "award_office.all": "award_office.book",
    "award_office.history": "award_office.book",
    "award_office.one": "award_office.history",
    "award_office.ground": "award_office.one",
    "award_office.reason": "award_office.ground",
    "award_office.document": "award_office.reason",
    "award_office.ask": "award_office.history",
    "award_office.kind": "award_office.ask",
    "award_office.confirm": "award_office.kind",
    "award_sheets.sheets": "menu.tasks",
    "award_sheets.sheet": "award_sheets.sheets",
}
BEFORE = Decision(
    title="Giấy khen",
    authority="Giám đốc Sở Y tế",
    number="12/QĐ-SYT",
    dated=date(2025, 12, 15),
    achievement="Số hóa toàn bộ hồ sơ bệnh án của khoa",
    first_year=2025,
    last_year=2025,
    thematic=True,
)


async def awarded(town: Town, lan: Chat) -> dict[str, Frame]:
    """Somebody of Lan's unit has an award of before, and Lan sent a sheet with more of them."""
    now = town.clock.now()
    other = await town.joined("Phan Thị Khen")
    async with town.office() as session:
        actor = await town.actor(session, lan)
        person = (await town.actor(session, other)).person_id
        award = await awards.enter(session, actor, Whom("", "", person_id=person), BEFORE, now)
        sent = AwardSheet(
            person_id=actor.person_id,
            name="Khen thưởng.xlsx",
            source="{}",
            state="faulty",
            findings="Dòng 2: Thiếu «Thành tích».",
            sha256="0f" * 32,
            sent_at=now,
        )
        session.add(sent)
        await session.flush()
        sheet = sent.id
    of: dict[str, object] = {"award": award}
    told: dict[str, object] = {
        "person": person,
        "title": "Bằng khen",
        "authority": "Chủ tịch UBND tỉnh",
        "number": "7/QĐ-UBND",
        "dated": "2025-06-01",
        "first_year": 2024,
        "last_year": 2024,
        "achievement": "Rút ngắn thời gian chờ khám",
    }
    places: dict[str, dict[str, object]] = {
        "awards.mine": {},
        "awards.units": {},
        "awards.one": of,
        "award_office.book": {},
        "award_office.found": {"words": "khen"},
        "award_office.all": {},
        "award_office.history": {"person": person},
        "award_office.one": of,
        "award_office.ground": of,
        "award_office.reason": of,
        "award_office.document": {**of, "reason": "Báo cáo sai số liệu."},
        **{f"award_office.{step}": told for step in ("ask", "kind", "confirm")},
        "award_sheets.sheets": {},
        "award_sheets.sheet": {"sheet": sheet},
    }
    return {
        name: Frame(name.partition(".")[0], name.partition(".")[2], place) for name, place in places.items()
    }
