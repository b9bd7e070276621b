"""Announcements as their authors make them: written, aimed, approved, timed, called back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.announcement_approval import Asked, mark
from core.announcement_content import BODY_LIMIT, TITLE_LIMIT, Content
from core.announcements import Act, AnnouncementFacts, Audience, Reach, State, after, leaves_at, needs_second
from core.errands import ErrandKind
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import announcements as texts
from core.vietnamese import clean_letter, clean_line, clean_paragraphs
from db.models import Announcement
from db.queries import announcement_files as file_queries
from db.queries import announcements as queries
from db.queries import people as people_queries
from db.transaction import Session
from services import announcement_audience, announcement_rights, calendar, campaigns, errands, journal, outbox
from services.actor import Actor, local

REASON_LIMIT = 1_000
SHORTEST_REASON = 5
#: Whether this year's of a yearly one needs a second person is asked so long before it leaves.
ASKED_AHEAD = timedelta(days=7)
OPEN = (State.DRAFT, State.WAITING, State.SCHEDULED, State.RUNNING, State.PAUSED)
OVER = (State.FINISHED, State.STOPPED)


async def begin(
    session: Session,
    actor: Actor,
    content: Content,
    now: datetime,
    audience: Audience | None = None,
    reminds: int | None = None,
) -> int:
    """A new draft; returns its number. Kept from the first word on, so that leaving loses nothing."""
    actor.require(Permission.ANNOUNCE)
    aimed = audience or Audience()
    row = Announcement(
        author_id=actor.person_id,
        campaign=aimed.campaign,
        content=cleaned(content).to_json(),
        audience=aimed.to_json(),
        reminds=reminds,
        changed_at=now,
    )
    number = await queries.add(session, row)
    await journal.note(session, actor.label, "drafted_announcement", f"announcement:{number}", now)
    return number


async def facts(session: Session, actor: Actor, number: int) -> AnnouncementFacts:
    """One announcement. Drafts are their author's alone; everything else is the office's."""
    actor.require(Permission.ANNOUNCE)
    return await _facts(session, await _row(session, actor, number))


async def may_see(session: Session, actor: Actor, number: int) -> bool:
    """Whether this person may see it."""
    actor.require(Permission.ANNOUNCE)
    row = await queries.one(session, number)
    return row is not None and _may_see(actor, row)


async def listed(
    session: Session, actor: Actor, states: Sequence[State], first: int = 0, most: int = 50
) -> list[AnnouncementFacts]:
    """Those in one of these states: what is not over first, then the newest; of drafts only one's own."""
    actor.require(Permission.ANNOUNCE)
    others, named = actor.may(Permission.APPROVE_ANNOUNCEMENTS), [one.value for one in states]
    rows = await queries.in_states(session, named, actor.person_id, others=others, first=first, most=most)
    return [await _facts(session, row) for row in rows]


async def counted(
    session: Session, actor: Actor, states: Sequence[State], *, own: bool = True
) -> dict[State, int]:
    """How many `listed` has in each of these states, perhaps without one's own."""
    actor.require(Permission.ANNOUNCE)
    others, named = actor.may(Permission.APPROVE_ANNOUNCEMENTS), [one.value for one in states]
    found = await queries.count_states(session, named, actor.person_id, others=others, own=own)
    return {one: found.get(one.value, 0) for one in states}


async def write(session: Session, actor: Actor, number: int, content: Content, now: datetime) -> None:
    """Change what a draft says."""
    actor.require(Permission.ANNOUNCE)
    row = await _draft(session, actor, number)
    await _change(session, row, State.DRAFT, content=cleaned(content).to_json(), changed_at=now)


async def aim(session: Session, actor: Actor, number: int, audience: Audience, now: datetime) -> None:
    """Change who a draft is for; one that goes to others than those it is to remind reminds no more."""
    actor.require(Permission.ANNOUNCE)
    row = await _draft(session, actor, number)
    still = audience.unread == row.reminds and not audience.people
    values = {"audience": audience.to_json(), "campaign": audience.campaign or row.campaign}
    await _change(session, row, State.DRAFT, changed_at=now, reminds=row.reminds if still else None, **values)


async def belong(session: Session, actor: Actor, number: int, campaign: str, now: datetime) -> None:
    """Say which campaign in force a draft is about; none for «». Who it is for does not change."""
    actor.require(Permission.ANNOUNCE)
    row = await _draft(session, actor, number)
    if campaign and all(one.code != campaign for _version, one in await campaigns.in_force(session)):
        raise Refusal(Code.NOT_FOUND)
    await _change(session, row, State.DRAFT, campaign=campaign, changed_at=now)


async def reach(session: Session, actor: Actor, number: int, now: datetime) -> Reach:
    """Everybody it would reach now, by name, and how long that takes."""
    actor.require(Permission.ANNOUNCE)
    found = await facts(session, actor, number)
    parts = texts.parts(found.content)
    return await announcement_audience.reach(session, actor, found.audience, parts, now)


async def try_out(session: Session, actor: Actor, number: int, now: datetime) -> None:
    """Send it to the author alone, exactly as it would arrive."""
    actor.require(Permission.ANNOUNCE)
    found = await facts(session, actor, number)
    await _ensure_complete(session, number, found.content)
    assert actor.address is not None
    message = texts.message(found.content, number, found.version)
    await outbox.post(session, actor.address, message, outbox.Lane.ANSWER, now)


async def send(
    session: Session,
    actor: Actor,
    number: int,
    now: datetime,
    wanted: datetime | None = None,
    *,
    yearly: bool = False,
    on_the_day: bool = False,
) -> AnnouncementFacts:
    """Let a draft go: at once, after the hold, or at a time. Where a second person is needed, they are asked.

    With `on_the_day`, a day off does not move it, this year or, where `yearly`, in those that follow.

    Raises `Refusal`: `ANNOUNCEMENT_EMPTY`, `ANNOUNCEMENT_FOR_NOBODY`, `ANNOUNCEMENT_TIME_PAST`,
    `ANNOUNCEMENTS_A_DAY`, `ANNOUNCEMENT_FILES_WAITING`, `ANNOUNCEMENT_BLANKS`, `ANNOUNCEMENT_NOBODY_ELSE`.
    """
    actor.require(Permission.ANNOUNCE)
    row = await _draft(session, actor, number)
    await _ensure_complete(session, number, Content.from_json(row.content))
    found = await reach(session, actor, number, now)
    if not found.reachable and wanted is None:
        raise Refusal(Code.ANNOUNCEMENT_FOR_NOBODY)
    rules, wanted = announcement_audience.rules_of(session), local(session, wanted) if wanted else None
    works = await calendar.in_force(session)
    leaving = leaves_at(local(session, now), wanted, works, rules, on_the_day=on_the_day)
    await _ensure_room(session, row, leaving)
    alone = actor.may(Permission.APPROVE_ANNOUNCEMENTS)
    asked = {"wanted_at": wanted, "asked_at": now, "yearly": yearly, "on_the_day": on_the_day}
    if alone and not needs_second(found, rules):
        await _schedule(session, row, Act.SCHEDULE, leaving, now, **asked)
        await _note(session, actor, "sent_announcement", row, now, people=len(found.people))
    else:
        if not (others := await approvers(session, actor, now)):
            raise Refusal(Code.ANNOUNCEMENT_NOBODY_ELSE)
        await _change(session, row, after(State(row.state), Act.ASK), changed_at=now, **asked)
        notice = texts.approval_wanted(await _facts(session, row), found)
        await outbox.notify(session, list(others), notice, now, once=_asking(row, now))
        await _note(session, actor, "asked_approval", row, now, people=len(found.people))
    return await facts(session, actor, number)


async def approve(
    session: Session, actor: Actor, number: int, now: datetime, seen: str | None = None
) -> AnnouncementFacts:
    """Let somebody else's go; one whose author may no longer announce is that of whoever approves it.

    Raises `Refusal`: `TWO_PEOPLE` for one's own, `ANNOUNCEMENT_MOVED_ON` where `seen` is not its mark.
    """
    actor.require(Permission.APPROVE_ANNOUNCEMENTS)
    row = await _row(session, actor, number)
    if row.author_id == actor.person_id:
        raise Refusal(Code.TWO_PEOPLE)
    if seen is not None and seen != mark(await _facts(session, row)):
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=State(row.state))
    rules, wanted = announcement_audience.rules_of(session), row.wanted_at
    if wanted is not None:
        wanted = local(session, max(wanted, now + rules.hold))
    works = await calendar.in_force(session)
    leaving = leaves_at(local(session, now), wanted, works, rules, on_the_day=row.on_the_day)
    here = await announcement_rights.holds(session, row.author_id, Permission.ANNOUNCE, now)
    values = {"approved_by": actor.person_id} | ({} if here else {"author_id": actor.person_id})
    await _schedule(session, row, Act.APPROVE, leaving, now, **values)
    await _note(session, actor, "approved_announcement", row, now)
    if here:
        await outbox.notify(session, [row.author_id], texts.approved(await _facts(session, row)), now)
    return await _facts(session, row)


async def refuse(session: Session, actor: Actor, number: int, reason: str, now: datetime) -> None:
    """Give it back to its author with a reason."""
    actor.require(Permission.APPROVE_ANNOUNCEMENTS)
    row = await _row(session, actor, number)
    if row.author_id == actor.person_id:
        raise Refusal(Code.TWO_PEOPLE)
    why = clean_paragraphs(reason, REASON_LIMIT)
    if len(why) < SHORTEST_REASON:
        raise Refusal(Code.QUESTION_TOO_SHORT)
    await _change(session, row, after(State(row.state), Act.REFUSE), changed_at=now)
    await _note(session, actor, "refused_announcement", row, now)
    await outbox.notify(session, [row.author_id], texts.refused(await _facts(session, row), why), now)


async def put_off(
    session: Session,
    actor: Actor,
    number: int,
    wanted: datetime,
    now: datetime,
    *,
    yearly: bool,
    on_the_day: bool = False,
) -> AnnouncementFacts:
    """Another time for one that is scheduled; who approved it stays. Raises what `send` raises."""
    actor.require(Permission.ANNOUNCE)
    row = await _row(session, actor, number)
    if row.state != State.SCHEDULED:
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=State(row.state))
    rules = announcement_audience.rules_of(session)
    at, works = local(session, wanted), await calendar.in_force(session)
    leaving = leaves_at(local(session, now), at, works, rules, on_the_day=on_the_day)
    await _ensure_room(session, row, leaving)
    values = {"leaves_at": leaving, "wanted_at": wanted, "yearly": yearly, "on_the_day": on_the_day}
    await _change(session, row, State.SCHEDULED, changed_at=now, **values)
    asked = max(now, leaving - ASKED_AHEAD) if yearly and row.approved_by is None else leaving
    await errands.add(session, ErrandKind.ANNOUNCE, number, asked)
    await _note(session, actor, "put_off_announcement", row, now)
    found = await _facts(session, row)
    if row.author_id != actor.person_id:
        await outbox.notify(session, [row.author_id], texts.put_off(found, actor.name), now)
    return found


async def undo(session: Session, actor: Actor, number: int, now: datetime) -> None:
    """Call it back before it leaves; it is a draft again, and its author is told of it."""
    actor.require(Permission.ANNOUNCE)
    row = await _row(session, actor, number)
    became = after(State(row.state), Act.UNDO)
    await _change(session, row, became, leaves_at=None, approved_by=None, yearly=False, changed_at=now)
    await _note(session, actor, "called_back_announcement", row, now)
    if row.author_id != actor.person_id:
        notice = texts.called_back(await _facts(session, row), actor.name)
        await outbox.notify(session, [row.author_id], notice, now)


async def discard(session: Session, actor: Actor, number: int, now: datetime) -> None:
    """Give a draft up; it stays on record."""
    actor.require(Permission.ANNOUNCE)
    row = await _draft(session, actor, number)
    await _change(session, row, after(State.DRAFT, Act.DISCARD), changed_at=now)
    await _note(session, actor, "discarded_announcement", row, now)


async def _schedule(
    session: Session, row: Announcement, act: Act, leaving: datetime, now: datetime, **values: object
) -> None:
    await _change(session, row, after(State(row.state), act), leaves_at=leaving, changed_at=now, **values)
    await errands.add(session, ErrandKind.ANNOUNCE, row.id or 0, leaving)


async def ask_again(session: Session, row: Announcement, found: Reach, why: Asked, now: datetime) -> None:
    """One that was scheduled waits for a second person after all; all whom it concerns are told why."""
    became = after(State(row.state), Act.ASK)
    await _change(session, row, became, leaves_at=None, approved_by=None, asked_at=now, changed_at=now)
    await journal.note(
        session, "house", "asked_approval", f"announcement:{row.id}", now, people=len(found.people)
    )
    shown = await _facts(session, row)
    others = await announcement_rights.approvers(session, row.author_id, now)
    await outbox.notify(
        session, list(others), texts.approval_wanted(shown, found, why), now, once=_asking(row, now)
    )
    notice = texts.waits_again(shown, found, why, list(others.values()))
    await outbox.notify(session, [row.author_id], notice, now)


def _asking(row: Announcement, now: datetime) -> str:
    return f"approval:{row.id}:{now.isoformat()}"


async def _ensure_room(session: Session, row: Announcement, leaving: datetime) -> None:
    """Raise `Refusal` (`ANNOUNCEMENTS_A_DAY`) where its author has enough on the day on which it leaves."""
    most = announcement_audience.rules_of(session).a_day
    start = leaving.replace(hour=0, minute=0, second=0, microsecond=0)
    that_day = await queries.leaving(session, row.author_id, start, start + timedelta(days=1), row.id or 0)
    if that_day >= most:
        raise Refusal(Code.ANNOUNCEMENTS_A_DAY, limit=most, day=leaving.date())


async def approvers(session: Session, actor: Actor, now: datetime) -> dict[int, str]:
    """Who else may approve an announcement, by name."""
    actor.require(Permission.ANNOUNCE)
    return await announcement_rights.approvers(session, actor.person_id, now)


def cleaned(content: Content) -> Content:
    """A content without what cannot be seen. Raises `Refusal` (`TEXT_TOO_LONG`)."""
    title = clean_line(content.title, TITLE_LIMIT + 1)
    if len(title) > TITLE_LIMIT:
        raise Refusal(Code.TEXT_TOO_LONG, limit=TITLE_LIMIT)
    body = clean_letter(content.body, BODY_LIMIT + 1)
    if len(body) > BODY_LIMIT:
        raise Refusal(Code.TEXT_TOO_LONG, limit=BODY_LIMIT)
    return replace(content, title=title, body=body)


async def _ensure_complete(session: Session, number: int, content: Content) -> None:
    if not content.title or not (content.body or content.files):
        raise Refusal(Code.ANNOUNCEMENT_EMPTY, title=not content.title)
    if texts.has_blanks(content):
        raise Refusal(Code.ANNOUNCEMENT_BLANKS)
    if unchecked := await file_queries.waiting(session, number):
        raise Refusal(Code.ANNOUNCEMENT_FILES_WAITING, count=len(unchecked))


async def _row(session: Session, actor: Actor, number: int) -> Announcement:
    row = await queries.one(session, number)
    if row is None or not _may_see(actor, row):
        raise Refusal(Code.NOT_FOUND)
    return row


async def _draft(session: Session, actor: Actor, number: int) -> Announcement:
    row = await _row(session, actor, number)
    if row.state != State.DRAFT:
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=State(row.state))
    return row


def _may_see(actor: Actor, row: Announcement) -> bool:
    """Drafts are their author's; whoever may not approve sees only their own at all."""
    if row.author_id == actor.person_id:
        return True
    return row.state not in {State.DRAFT, State.DISCARDED} and actor.may(Permission.APPROVE_ANNOUNCEMENTS)


async def _change(session: Session, row: Announcement, became: State, **values: object) -> None:
    """Change a row that nobody else has changed since it was read."""
    if not await queries.change(session, row.id or 0, row.state, state=became.value, **values):
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=State(row.state))


async def _facts(session: Session, row: Announcement) -> AnnouncementFacts:
    author = await people_queries.person(session, row.author_id)
    approver = await people_queries.person(session, row.approved_by) if row.approved_by else None
    return AnnouncementFacts(
        id=row.id or 0,
        author_id=row.author_id,
        author=author.name if author is not None else "",
        campaign=row.campaign,
        content=Content.from_json(row.content),
        audience=Audience.from_json(row.audience),
        state=State(row.state),
        version=row.version,
        changed_at=row.changed_at,
        wanted_at=local(session, row.wanted_at) if row.wanted_at is not None else None,
        leaves_at=local(session, row.leaves_at) if row.leaves_at is not None else None,
        approver=approver.name if approver is not None else "",
        finished_at=row.finished_at,
        yearly=row.yearly,
        on_the_day=row.on_the_day,
        retracted=row.retracted,
        reminds=row.reminds,
        left_at=local(session, row.left_at) if row.left_at is not None else None,
    )


async def _note(
    session: Session, actor: Actor, verb: str, row: Announcement, now: datetime, **told: int
) -> None:
    await journal.note(session, actor.label, verb, f"announcement:{row.id}", now, **told)
