"""An office's own templates of a dossier's papers."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Text
from sqlmodel import Field, SQLModel

from core.paper_templates import TemplateKind, TemplateState


class PaperTemplate(SQLModel, table=True):
    """One that was sent: `source` tells where its bytes lie; a faulty one has its `findings`, a line each.

    `sha256` names its cleaned copy, which papers are made from and say so; `preview` the made-up paper it was
    tried on. Of several in force the one of the latest day counts, of those of one day the latest.
    """

    __tablename__ = "paper_template"
    __table_args__ = (
        CheckConstraint(f"kind IN {tuple(one.value for one in TemplateKind)}", name="kind_known"),
        CheckConstraint(f"state IN {tuple(one.value for one in TemplateState)}", name="state_known"),
        CheckConstraint("in_force_from IS NULL OR state = 'ready'", name="ready_in_force"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    person_id: int = Field(foreign_key="person.id", index=True)
    name: str
    source: str = Field(sa_column=Column(Text, nullable=False))
    state: str = TemplateState.WAITING.value
    findings: str = Field(default="", sa_column=Column(Text, nullable=False))
    sha256: str = ""
    preview: str = ""
    sent_at: datetime
    done_at: datetime | None = None
    in_force_from: date | None = None
    put_by: int | None = Field(default=None, foreign_key="person.id")
    put_at: datetime | None = None
    ended_at: datetime | None = None
