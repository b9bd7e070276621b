"""What the running house remembers about itself."""

from sqlmodel import Field, SQLModel


class Setting(SQLModel, table=True):
    """A named value, such as whether the installation is on trial or live."""

    __tablename__ = "setting"

    name: str = Field(primary_key=True)
    value: str
