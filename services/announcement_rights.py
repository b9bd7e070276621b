"""Who may announce, and who may approve it, where nobody is there to be asked."""

from datetime import datetime

from core.announcement_approval import Asked
from core.announcements import Reach, needs_second
from core.roles import Permission, may, roles_with
from db.models import Announcement
from db.queries import people as people_queries
from db.transaction import Session
from services import announcement_audience, people_grants
from services.actor import local


async def holds(session: Session, person_id: int, permission: Permission, now: datetime) -> bool:
    """Whether somebody works here and holds a permission that is nobody's in particular."""
    day, person = local(session, now).date(), await people_queries.person(session, person_id)
    if person is None or not person.active:
        return False
    grants = await people_grants.held(session, [person_id], day)
    return may(grants[person_id], person_id, permission, day)


async def approvers(session: Session, but: int, now: datetime) -> dict[int, str]:
    """Whoever may approve an announcement, by name, except one person."""
    day = local(session, now).date()
    found: dict[int, str] = {}
    for role in roles_with(Permission.APPROVE_ANNOUNCEMENTS):
        for grant in await people_queries.holders(session, role.value, day):
            person = await people_queries.person(session, grant.person_id)
            if person is not None and person.active and grant.person_id != but:
                found[grant.person_id] = person.name
    return dict(sorted(found.items()))


async def second_wanted(session: Session, row: Announcement, found: Reach, now: datetime) -> Asked | None:
    """Why one whose time has come does not leave on its author's word, or on the approval it has."""
    if not await holds(session, row.author_id, Permission.ANNOUNCE, now):
        return Asked.AUTHOR
    if row.approved_by is not None:
        return None
    alone = await holds(session, row.author_id, Permission.APPROVE_ANNOUNCEMENTS, now)
    if alone and not needs_second(found, announcement_audience.rules_of(session)):
        return None
    if row.yearly:
        return Asked.YEARLY
    return Asked.GROWN if alone else Asked.AUTHOR
