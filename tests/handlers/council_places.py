"""Where somebody may be in a secret vote and around a sitting of the council."""

from datetime import timedelta

from core.ballots import PollRules
from db.models import CouncilItem, CouncilMember, CouncilQuestion, CouncilSitting, Dossier, Nomination
from services import ballots
from services.ballots import ToOpen
from services.conversations import Frame
from tests import builders
from tests.chat import Chat, Town

BACK = {
    "ballot.polls": "menu.tasks",
    "ballot.about": "menu.tasks",
    "ballot.vote": "ballot.about",
    "ballot.conflict": "ballot.vote",
    "ballot.done": "ballot.about",
    "council.list": "menu.tasks",
    "council.one": "council.list",
    "council.item": "council.one",
    "council.rounds": "council.list",
    "council.when": "council.rounds",
    "council.where": "council.when",
    "council.members": "council.where",
    "council.chair": "council.members",
    "council.sure": "council.chair",
    "council.until": "council.one",
    "council.early": "council.one",
    "council.rules": "council.one",
    "council.seats": "council.one",
    "council.successors": "council.one",
    "council.words": "council.one",
    "council.paper_voters": "council.one",
    "council.sums": "council.paper_voters",
    "council.sheet": "council.sums",
    "council.keep_sums": "council.sheet",
    "council.read_back": "council.one",
    "council.number": "council.one",
    "council.dated": "council.number",
    "council.scan": "council.dated",
    "council.enter": "council.scan",
    "council_answers.answer": "menu.tasks",
    "round_archive.list": "menu.tasks",
    "round_archive.one": "round_archive.list",
}


async def voting(town: Town, lan: Chat, nomination: int) -> dict[str, Frame]:
    """Lan votes with three others on somebody."""
    others = [await town.joined(f"Ủy Viên {letter}") for letter in "ABC"]
    now = town.clock.now()
    async with town.office() as session:
        people = [(await town.actor(session, one)).person_id for one in (lan, *others)]
        until = now + timedelta(days=3)
        wanted = ToOpen("unit_review:9", [nomination], people, {}, PollRules(), until)
        poll = await ballots.open_poll(session, "console", wanted, None, now)
    of: dict[str, object] = {"poll": poll}
    about: dict[str, object] = {**of, "nomination": nomination}
    places: dict[str, dict[str, object]] = {
        "ballot.polls": {},
        "ballot.about": of,
        "ballot.vote": about,
        "ballot.conflict": about,
        "ballot.done": of,
        **await _sat(town, lan, nomination),
    }
    return {
        name: Frame(name.partition(".")[0], name.partition(".")[2], place) for name, place in places.items()
    }


async def _sat(town: Town, lan: Chat, nomination: int) -> dict[str, dict[str, object]]:
    """Lan keeps the records of a sitting that she called, on the same nominee; a member asked about it."""
    now = town.clock.now()
    async with town.office() as session:
        actor = await town.actor(session, lan)
        row = await session.get(Nomination, nomination)
        assert row is not None
        unit = await builders.a_unit(session, "Phòng Tổ chức", "PTC")
        dossier = Dossier(round_id=row.round_id, unit_id=unit, state="in_council", opened_at=now)
        sitting = CouncilSitting(
            round_id=row.round_id,
            held_at=now,
            called_at=now,
            chair_id=actor.person_id,
            secretary_id=actor.person_id,
            quorum_part=2,
            quorum_whole=3,
            threshold_part=2,
            threshold_whole=3,
            base="members",
        )
        session.add_all([dossier, sitting])
        await session.flush()
        number = sitting.id or 0
        item = CouncilItem(sitting_id=number, nomination_id=nomination, dossier_id=dossier.id or 0, place=1)
        asked = CouncilQuestion(
            sitting_id=number,
            nomination_id=nomination,
            asked_by=actor.person_id,
            words="Đo thế nào?",
            asked_at=now,
        )
        session.add_all([CouncilMember(sitting_id=number, person_id=actor.person_id), item, asked])
        await session.flush()
        of_round, question = row.round_id, asked.id or 0
    of: dict[str, object] = {"sitting": number}
    calling: dict[str, object] = {"round": of_round, "at": "2028-12-01T14:00:00+07:00"}
    signed: dict[str, object] = {**of, "number": "125/QĐ-SYT", "dated": "2026-11-20"}
    sums: dict[str, object] = {**of, "sums": ((1, 0, 0),)}
    return {
        "council.list": {},
        "council.one": of,
        "council.item": {**of, "nomination": nomination},
        "council.rounds": {},
        **{f"council.{step}": calling for step in ("when", "where", "members", "chair", "sure")},
        "council.until": of,
        "council.early": of,
        "council.rules": of,
        "council.seats": of,
        "council.successors": of,
        "council.words": {**of, "act": "ask", "nomination": nomination},
        "council.paper_voters": of,
        "council.sums": of,
        "council.sheet": sums,
        "council.keep_sums": sums,
        "council.read_back": of,
        "council.number": of,
        "council.dated": {**of, "number": "125/QĐ-SYT"},
        "council.scan": signed,
        "council.enter": {**signed, "file": 1},
        "council_answers.answer": {"question": question},
        "round_archive.list": {},
        "round_archive.one": {"round": of_round},
    }
