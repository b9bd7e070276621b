"""Ways in for many people at once: for whoever has none yet, or for those who are named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.organisation import code_key
from core.roles import Permission
from db.queries import people as queries
from db.transaction import Session
from services.actor import Actor
from services.people import Issued, issue_code


@dataclass(frozen=True, slots=True)
class HandedOut:
    """The codes made, and the staff codes that belong to nobody; where there are any, none is made."""

    issued: tuple[Issued, ...]
    unknown: tuple[str, ...] = ()


async def issue_codes(session: Session, actor: Actor, staff_codes: Sequence[str], now: datetime) -> HandedOut:
    """A new code for each of these people; without any named, for everybody who is not linked yet.

    Somebody who is named gets one although they are linked: that is how an account moves to a new phone.
    """
    actor.require(Permission.ISSUE_CODES)
    people = [person for person in await queries.everyone(session) if person.active]
    if staff_codes:
        by_code = {code_key(person.staff_code): person for person in people}
        wanted = {code_key(code): code for code in staff_codes}
        unknown = tuple(code for key, code in wanted.items() if key not in by_code)
        if unknown:
            return HandedOut((), unknown)
        chosen = [by_code[key] for key in wanted]
    else:
        linked = await queries.linked_people(session)
        chosen = [person for person in people if person.id not in linked]
    issued = [await issue_code(session, actor, person.id or 0, now) for person in chosen]
    return HandedOut(tuple(issued))
