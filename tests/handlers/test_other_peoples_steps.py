"""Put where somebody else stands, a person sees nothing of theirs, whatever they are elsewhere."""

from dataclasses import replace

from core.refusals import Refusal
from core.roles import Grant, Role
from db.transaction import Savepoint
from tests import builders
from tests.builders import LONG_AGO
from tests.chat import Town
from tests.handlers.places import STEPS, populated
from tests.handlers.test_every_step import a_turn

#: What is Lan's, or said of her and to her.
HERS = ("Trần Thị Lan", "Số hóa toàn bộ", "Thành tích này là của cả tổ", "Đo thế nào", "Quyết định 15")
#: Together more than any of them alone: rights only add up.
ELSEWHERE = (Role.STAFF, Role.COORDINATOR, Role.HEAD, Role.COMMUNICATIONS, Role.OBSERVER)


async def test_nobody_sees_anything_where_somebody_else_stands(telegram_town: Town) -> None:
    world = await populated(telegram_town)
    async with telegram_town.office() as session:
        far = await builders.a_unit(session, "Khoa Xa", "KX")
        person = await builders.a_person(
            session, far, telegram_town.clock.now(), name="Vũ Thị Xa", code="XA1"
        )
    grants = frozenset(Grant(role, far, LONG_AGO, None) for role in ELSEWHERE)
    shown: dict[bool, dict[str, str]] = {True: {}, False: {}}
    async with telegram_town.office() as session:
        turn = await a_turn(session, world.lan)
        stranger = replace(turn.actor, person_id=person, name="Vũ Thị Xa", unit_id=far, grants=grants)
        for name, step in STEPS.items():
            if name.startswith("joining."):
                continue
            place = step.place_type.model_validate(world.frames[name].place)
            for own in (True, False):
                try:
                    async with Savepoint(session):
                        whose = turn if own else replace(turn, _actor=stranger)
                        shown[own][name] = (await step.show(whose, place)).to_json()
                except Refusal:
                    continue
    hers = {
        own: [name for name, text in shown[own].items() if any(one in text for one in HERS)] for own in shown
    }
    assert len(hers[True]) > 60
    assert hers[False] == []
    assert len(shown[True]) - len(shown[False]) > 100
