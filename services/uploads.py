"""Files sent by a page of ours, where a channel cannot carry them: given out, looked at, used once.

A page is bound to a place in the chat it was asked for in, and what comes by it goes there, whatever the
person is looking at by then. What was sent waits in the inbox like any message of that chat.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.evidence import Allowance
from core.messages import Address, FileRef, Incoming
from core.refusals import Code, Refusal
from core.roles import Permission
from db.models import UploadPage
from db.queries import uploads as queries
from db.transaction import Session
from services import inbox, journal
from services.actor import Actor
from services.conversations import Frame

PAGE_LIFE = timedelta(hours=24)
PAGES_A_DAY = 30
#: What the reference of a file that came by a page begins with; what its shelf calls it follows.
BY_PAGE = "upload:"
_PLACE = re.compile(r"[0-9a-z]{1,64}")


class PageState(StrEnum):
    """Whether files can be sent by a page; `VOID` where its owner no longer writes from that chat."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page shows: nothing that would tell a stranger who somebody is."""

    number: int
    state: PageState
    given_name: str
    what: str
    most: int
    file_bytes: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Bound:
    """The place that a page was given out for."""

    frame: Frame
    what: str


async def issue(
    session: Session, actor: Actor, address: Address, frame: Frame, what: str, now: datetime, *, most: int = 1
) -> int:
    """The number of a page that leads to this place for `PAGE_LIFE`; an open one is given again."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    packed = json.dumps(asdict(frame), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    until = now + PAGE_LIFE
    if again := await queries.prolong(session, actor.person_id, address, packed, now, until):
        return again
    if await queries.issued_since(session, actor.person_id, now - timedelta(days=1)) >= PAGES_A_DAY:
        raise Refusal(Code.UPLOAD_PAGES)
    page = UploadPage(
        person_id=actor.person_id,
        channel=address.channel,
        bot=address.bot,
        chat=address.chat,
        frame=packed,
        what=what,
        most=most,
        issued_at=now,
        expires_at=until,
    )
    number = await queries.add(session, page)
    await journal.note(session, actor.label, "asked_for_page", f"upload:{number}", now)
    return number


async def look(session: Session, number: int, now: datetime) -> PageFacts | None:
    """What a page shows; `None` for one that never was, or was forgotten."""
    held = await queries.held(session, number)
    if held is None:
        return None
    page = held.page
    state = PageState.OPEN
    if not held.linked:
        state = PageState.VOID
    elif page.used_at is not None:
        state = PageState.USED
    elif page.expires_at <= now:
        state = PageState.EXPIRED
    allowed = session.info.get("allowance", Allowance())
    assert isinstance(allowed, Allowance)
    given_name = held.name.rpartition(" ")[2]
    return PageFacts(number, state, given_name, page.what, page.most, allowed.file_bytes, page.expires_at)


async def finish(session: Session, number: int, files: Sequence[FileRef], now: datetime) -> bool:
    """What was sent by a page waits in the inbox, and the page is used; false where it is not open.

    Exactly one of several calls succeeds. Whether the person may still do what the files are for is asked
    when the chat takes them up.
    """
    page = await look(session, number, now)
    if page is None or page.state is not PageState.OPEN:
        return False
    if not 1 <= len(files) <= page.most or not all(_belongs(file, number) for file in files):
        problem = f"not what page {number} takes"
        raise ValueError(problem)
    if not await queries.use(session, number, now):
        return False
    kept = await queries.get(session, number)
    assert kept is not None
    told = {"upload": number, "at": now.isoformat(), "files": [asdict(file) for file in files]}
    raw = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    arrival = inbox.Arrival(kept.channel, kept.bot, f"{BY_PAGE}{number}", kept.chat, raw)
    await inbox.receive(session, [arrival], now)
    return True


def came_by_page(external_id: str) -> bool:
    """Whether something in the inbox came by a page, and not from its channel."""
    return external_id.startswith(BY_PAGE)


def understood(address: Address, external_id: str, raw: str) -> Incoming:
    """What came by a page. Raises `ValueError` for anything that `finish` did not write."""
    try:
        told = json.loads(raw)
        number, at = int(told["upload"]), datetime.fromisoformat(told["at"])
        files = tuple(FileRef(**file) for file in told["files"])
    except (KeyError, TypeError) as error:
        problem = "not what a page writes"
        raise ValueError(problem) from error
    if external_id != f"{BY_PAGE}{number}" or not files or not all(_belongs(one, number) for one in files):
        problem = "not what this page writes"
        raise ValueError(problem)
    return Incoming(address, external_id, at, files=files, upload=number)


async def bound(session: Session, actor: Actor, address: Address, number: int) -> Bound | None:
    """The place that a used page of this person, in this chat, was given out for."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    page = await queries.get(session, number)
    if page is None or page.used_at is None or page.person_id != actor.person_id:
        return None
    if (page.channel, page.bot, page.chat) != (address.channel, address.bot, address.chat):
        return None
    return Bound(Frame(**json.loads(page.frame)), page.what)


def _belongs(file: FileRef, number: int) -> bool:
    """Whether a file is one of those sent by that page: «upload:7.0a…» by the seventh."""
    prefix, _, place = file.ref.partition(".")
    return prefix == f"{BY_PAGE}{number}" and _PLACE.fullmatch(place) is not None
