"""Where somebody may be while a unit reviews its people."""

from db.models import SentBack
from services import unit_meetings, unit_reviews, unit_windows
from services.conversations import Frame
from tests.chat import Chat, Town

BACK = {
    "unit_reviews.places": "menu.tasks",
    "unit_reviews.review": "unit_reviews.places",
    "unit_reviews.pick": "unit_reviews.review",
    "unit_reviews.compare": "unit_reviews.pick",
    "unit_reviews.criterion": "unit_reviews.compare",
    "unit_reviews.comment": "unit_reviews.criterion",
    "sent_back.returned": "menu.tasks",
    "objections.head": "menu.tasks",
    "objections.days": "objections.head",
    "objections.one": "menu.tasks",
    "objections.answer": "objections.one",
    "unit_window.lists": "menu.tasks",
    "unit_window.shown": "unit_window.lists",
    "unit_window.nominee": "unit_window.shown",
    "unit_window.named": "unit_window.nominee",
    "unit_window.words": "unit_window.named",
    "unit_meetings.kind": "menu.tasks",
    "unit_meetings.meeting": "menu.tasks",
    "unit_meetings.members": "unit_meetings.meeting",
    "unit_meetings.member": "unit_meetings.meeting",
    "unit_meetings.nominee": "unit_meetings.meeting",
    "unit_meetings.line": "unit_meetings.meeting",
    "unit_meetings.rules": "unit_meetings.meeting",
    "unit_meetings.closing": "unit_meetings.meeting",
    "unit_meetings.proof": "unit_meetings.meeting",
}


async def reviewed(town: Town, lan: Chat, sheet: int, of: int) -> dict[str, Frame]:
    """Lan leads a unit that shows whom it proposes; Mai objected, and a meeting is prepared."""
    mai = await town.joined("Phạm Thị Mai")
    now, words = town.clock.now(), "Thành tích này là của cả tổ."
    async with town.office() as session:
        actor = await town.actor(session, lan)
        unit = actor.unit_id
        window = await unit_windows.open_window(session, actor, of, unit, 3, now)
        _facts, (nominee, *_rest) = await unit_windows.shown(session, actor, window, now)
        who = await town.actor(session, mai)
        about = nominee.nomination_id
        await unit_windows.object_to(session, who, window, about, words, now, named=True)
        meeting = await unit_meetings.prepare(session, actor, of, unit, now, on_paper=True)
        await unit_meetings.toggle_member(session, actor, meeting, who.person_id, now)
        (candidate,) = await unit_reviews.compared(session, actor, [sheet], now)
        key = candidate.sheet.entries[0].criterion.key
        row = SentBack(
            assessment_id=sheet,
            criterion=candidate.sheet.entries[0].criterion.code,
            comment=words,
            sent_at=now,
        )
        session.add(row)
        await session.flush()
        back = row.id
    at: dict[str, object] = {"round": of, "unit": unit}
    compared = {**at, "chosen": [sheet]}
    shown: dict[str, object] = {"window": window}
    one = {**shown, "nomination": about}
    held: dict[str, object] = {"meeting": meeting}
    places: dict[str, dict[str, object]] = {
        "nominations.rounds": {},
        "nominations.candidates": {"round": of},
        "nominations.candidate": {"sheet": sheet},
        "nominations.achievement": {"sheet": sheet},
        "nominations.over": {"sheet": sheet, "achievement": "Số hóa toàn bộ hồ sơ bệnh án."},
        "quotas.ledgers": {},
        "quotas.round": {"round": of},
        "quotas.nominee": {"round": of, "nomination": 1},
        "quotas.number": {"round": of, "nomination": 1},
        "quotas.dated": {"round": of, "nomination": 1, "number": "125/QĐ-SYT"},
        "quotas.confirm": {"round": of, "nomination": 1, "number": "125/QĐ-SYT", "dated": "2026-11-20"},
        "unit_reviews.places": {},
        "unit_reviews.review": at,
        "unit_reviews.pick": compared,
        "unit_reviews.compare": compared,
        "unit_reviews.criterion": {**compared, "key": key},
        "unit_reviews.comment": {**compared, "key": key, "sheet": sheet},
        "sent_back.returned": {"number": back},
        "objections.head": at,
        "objections.days": at,
        "objections.one": {"objection": 1},
        "objections.answer": {"objection": 1},
        "unit_window.lists": {},
        "unit_window.shown": shown,
        "unit_window.nominee": one,
        "unit_window.named": one,
        "unit_window.words": one,
        "unit_meetings.kind": at,
        "unit_meetings.meeting": held,
        "unit_meetings.members": held,
        "unit_meetings.member": {**held, "what": "chair"},
        "unit_meetings.nominee": {**held, "what": "sums"},
        "unit_meetings.line": {**held, "what": "place"},
        "unit_meetings.rules": held,
        "unit_meetings.closing": held,
        "unit_meetings.proof": held,
    }
    return {
        name: Frame(name.partition(".")[0], name.partition(".")[2], place) for name, place in places.items()
    }
