"""How long the house keeps what it need not keep for ever."""

from datetime import datetime, timedelta

from db.queries import housekeeping as queries
from db.queries import outbox, outbox_memory, uploads
from db.transaction import Session

#: What was written, by people and by the house: a week, for looking into faults.
WORDS_KEPT = timedelta(days=7)
#: That a message came: as long as a platform might hand it out again; of announcements, that they went, how
#: their files passed the checks, and what a platform calls them.
KEYS_KEPT = timedelta(days=30)

#: What came by a page: as long as that is open, with time to look at it while a scanner is down.
SHELVED = timedelta(days=4)


async def forget(session: Session, now: datetime) -> None:
    """Forget what is old enough; doing it twice changes nothing.

    Answers, evidence, signatures and the journal are not ours to forget: the law on records says how
    long those are kept.
    """
    await queries.forget_what_came(session, now - WORDS_KEPT)
    await queries.forget_what_was_said(session, now - WORDS_KEPT)
    await queries.drop_what_came(session, now - KEYS_KEPT)
    await outbox.expire_paused(session, now)
    await queries.drop_what_was_announced(session, now - KEYS_KEPT)
    await queries.drop_files_of_announcements(session, now - KEYS_KEPT)
    await outbox_memory.drop_pauses(session, now)
    await outbox_memory.drop_old_handles(session, now - KEYS_KEPT)
    await queries.forget_sources(session)
    await uploads.drop_old(session, now - KEYS_KEPT)
