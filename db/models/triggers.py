"""What the database itself refuses, beyond constraints: the journal can only be added to.

Belongs to `create_all` and, spelt out once more, to the first migration; a test holds the two
together. PostgreSQL does the same by not granting UPDATE and DELETE.
"""

from sqlalchemy import DDL, event
from sqlmodel import SQLModel

from db.models.journal import JournalRow

APPEND_ONLY = tuple(
    f"CREATE TRIGGER no_{verb.lower()}_of_journal BEFORE {verb} ON journal "
    "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    for verb in ("UPDATE", "DELETE")
)

for statement in APPEND_ONLY:
    event.listen(
        SQLModel.metadata.tables[JournalRow.__tablename__],
        "after_create",
        DDL(statement).execute_if(dialect="sqlite"),  # type: ignore[no-untyped-call]  # untyped upstream
    )
