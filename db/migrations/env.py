"""What Alembic runs for every command: our metadata on the connection it was handed."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from db.models import SQLModel


def render(kind: str, item: object, autogen: AutogenContext) -> str | Literal[False]:
    """SQLModel's own column types by name; everything else as Alembic would."""
    if kind == "type" and type(item).__module__ == "sqlmodel.sql.sqltypes":
        name = type(item).__name__
        autogen.imports.add(f"from sqlmodel.sql.sqltypes import {name}")
        return f"{name}()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=render,
    compare_type=True,
    compare_server_default=True,
)
context.run_migrations()
