"""The people whose telephones stand on the page."""

from dataclasses import dataclass

from services.people import Issued


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody of people.csv with a telephone; `chat` is their number on both platforms."""

    key: str
    staff_code: str
    chat: int
    joined: bool


LAN = Persona("lan", "MAU-12", 7001, joined=False)
BINH = Persona("binh", "MAU-21", 7002, joined=True)
HUNG = Persona("hung", "MAU-11", 7003, joined=True)
MAI = Persona("mai", "MAU-01", 7004, joined=True)
THU = Persona("thu", "MAU-03", 7007, joined=True)

#: In the order of the page.
CAST = (LAN, BINH, HUNG, MAI, THU)


@dataclass(frozen=True, slots=True)
class Figure:
    """A persona as entered in the house, and the newest way in they were given."""

    persona: Persona
    post: str
    issued: Issued

    @property
    def name(self) -> str:
        """Their whole name."""
        return self.issued.name

    @property
    def given_name(self) -> str:
        """«Lan»: the last word, as Vietnamese names go."""
        return self.issued.name.rpartition(" ")[2]
