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
CUC = Persona("cuc", "MAU-22", 7005, joined=True)
THAO = Persona("thao", "MAU-13", 7006, joined=True)
THU = Persona("thu", "MAU-03", 7007, joined=True)
TAM = Persona("tam", "MAU-14", 7008, joined=True)
KHANH = Persona("khanh", "MAU-04", 7009, joined=True)
PHONG = Persona("phong", "MAU-42", 7010, joined=True)
YEN = Persona("yen", "MAU-43", 7011, joined=True)
SANG = Persona("sang", "MAU-44", 7012, joined=True)
DUC = Persona("duc", "MAU-41", 7013, joined=True)

#: Which telephones are shown together on the page, by the key of the group, in the order of the page.
GROUPS = {
    "ward": (LAN, HUNG, BINH, THAO),
    "office": (MAI, THU, KHANH),
    "council": (PHONG, YEN, SANG, DUC),
}
CAST = tuple(one for several in GROUPS.values() for one in several)
_GROUP_OF = {one.key: group for group, several in GROUPS.items() for one in several}


@dataclass(frozen=True, slots=True)
class Figure:
    """A persona as entered in the house, and the newest way in they were given."""

    persona: Persona
    post: str
    issued: Issued

    @property
    def group(self) -> str:
        """With whose telephones theirs is shown."""
        return _GROUP_OF[self.persona.key]

    @property
    def name(self) -> str:
        """Their whole name."""
        return self.issued.name

    @property
    def given_name(self) -> str:
        """«Lan»: the last word, as Vietnamese names go."""
        return self.issued.name.rpartition(" ")[2]
