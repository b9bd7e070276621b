"""Every step of the announcements, with a place in it that holds, and where «quay lại» leads."""

from dataclasses import replace
from datetime import timedelta

from core.announcement_content import Asked, Content, Question
from core.announcements import Audience
from core.roles import Role
from services import announcements
from services.conversations import Frame
from tests.chat import Chat, Town

BACK = {
    "announcements.list": "menu.tasks",
    "announcements.card": "announcements.list",
    "announcements.discarding": "announcements.card",
    "announcements.title": "announcements.card",
    "announcements.body": "announcements.card",
    "announcements.more": "announcements.card",
    "announcements.asks": "announcements.card",
    "announcements.ask": "announcements.asks",
    "announcements.answers": "announcements.ask",
    "announcements.right": "announcements.answers",
    "announcements.belongs": "announcements.card",
    "announcements.audience": "announcements.card",
    "announcements.of_units": "announcements.audience",
    "announcements.of_kinds": "announcements.audience",
    "announcements.of_roles": "announcements.audience",
    "announcements.of_plan": "announcements.audience",
    "announcements.if_not": "announcements.audience",
    "announcements.if_unread": "announcements.if_not",
    "announcements.by_name": "announcements.audience",
    "announcements.recipients": "announcements.audience",
    "announcements.sending": "announcements.card",
    "announcements.when": "announcements.sending",
    "announcements.when_sure": "announcements.when",
    "announcements.approving": "announcements.card",
    "announcements.refusing": "announcements.card",
    "announcements.queue": "announcements.list",
    "announcements.files": "announcements.card",
    "announcements.preview": "announcements.card",
    "announcements.units": "announcements.card",
    "announcements.calls": "announcements.card",
    "announcements.wordings": "announcements.card",
    "announcements.correct": "announcements.card",
    "announcements.correct_title": "announcements.correct",
    "announcements.correct_question": "announcements.correct",
    "announcements.correct_ask": "announcements.correct_question",
    "announcements.correct_right": "announcements.correct_ask",
    "announcements.correct_reason": "announcements.correct",
    "announcements.correct_sure": "announcements.correct_reason",
    "announcements.change": "announcements.card",
    "announcements.change_no": "announcements.card",
    "announcements.retract": "announcements.card",
    "announcements.retract_sure": "announcements.retract",
    "announcements.templates": "announcements.list",
    "announcements.template_for": "announcements.templates",
    "received.list": "menu.tasks",
    "received.one": "menu.tasks",
}
_ASKED = Question("Họp lúc mấy giờ?", ("07:00", "08:00"), 1)
_CONTENT = Content("Họp triển khai", "Đúng 08:00 tại hội trường.", question=_ASKED)


async def announced(town: Town, lan: Chat) -> dict[str, Frame]:
    """Lan sent one to herself, waits for the approval of another, and writes a third."""
    now = town.clock.now()
    await town.joined("Võ Thị Hai", roles=(Role.OFFICE,))
    async with town.office() as session:
        actor = await town.actor(session, lan)
        alone = Audience(people=frozenset({actor.person_id}), only_people=True)
        gone = await announcements.begin(session, actor, _CONTENT, now, alone)
        await announcements.send(session, actor, gone, now)
        asked = await announcements.begin(session, actor, replace(_CONTENT, title="Cho mọi người"), now)
        await announcements.send(session, actor, asked, now)
        staff = Audience(roles=frozenset({Role.STAFF}))
        begun = replace(_CONTENT, title="Nháp", unfinished=Asked(_ASKED.words, _ASKED.answers))
        draft = await announcements.begin(session, actor, begun, now, staff)
    await town.time_passes(seconds=61)
    await town.time_passes(seconds=5)
    writing: dict[str, object] = {"number": draft}
    sent: dict[str, object] = {"number": gone}
    rewording: dict[str, object] = {**sent, "version": 1}
    places: dict[str, dict[str, object]] = {
        "list": {},
        "templates": {},
        "template_for": {"template": "launch"},
        "of_plan": {**writing, "condition": "not_begun"},
        "when_sure": {**writing, "at": (now + timedelta(days=2)).isoformat()},
        "approving": {"number": asked},
        "refusing": {"number": asked},
        "queue": {"state": "waiting"},
        "change": sent,
        "change_no": {**sent, "seen": ""},
        **dict.fromkeys(("units", "calls", "wordings", "correct", "retract"), sent),
        **dict.fromkeys(("correct_title", "correct_question", "correct_ask"), rewording),
        "correct_right": {**rewording, "question": _ASKED.words, "answers": list(_ASKED.answers)},
        "correct_reason": {**rewording, "words": "Đúng 14:00 tại hội trường."},
        "correct_sure": {**rewording, "words": "Đúng 14:00 tại hội trường.", "reason": "nhầm giờ"},
        "retract_sure": {**rewording, "reason": "gửi nhầm"},
    }
    frames: dict[str, Frame] = {}
    for name in BACK:
        dialogue, step = name.split(".")
        own = places.get(step, writing) if dialogue == "announcements" else {}
        frames[name] = Frame(dialogue, step, sent if name == "received.one" else own)
    return frames
