"""Units as facts, and how one is recognised by its code, its name, a former name or an abbreviation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.vietnamese import fold, words_only

CODE_LIMIT = 40


class UnitKind(StrEnum):
    """What sort of unit it is. The names people read are in `core/texts/people_sheet.py`."""

    DEPARTMENT = "department"
    AGENCY = "agency"
    HOSPITAL = "hospital"
    CENTRE = "centre"
    STATION = "station"
    WARD = "ward"
    OFFICE = "office"
    OTHER = "other"


_KIND_WORDS = {
    "so y te": UnitKind.DEPARTMENT,
    "so": UnitKind.DEPARTMENT,
    "chi cuc": UnitKind.AGENCY,
    "benh vien": UnitKind.HOSPITAL,
    "trung tam": UnitKind.CENTRE,
    "trung tam y te": UnitKind.CENTRE,
    "tram": UnitKind.STATION,
    "tram y te": UnitKind.STATION,
    "khoa": UnitKind.WARD,
    "phong": UnitKind.OFFICE,
    "van phong": UnitKind.OFFICE,
    "ban": UnitKind.OFFICE,
    "khac": UnitKind.OTHER,
} | {kind.value: kind for kind in UnitKind}

_ABBREVIATIONS = {
    "attp": "an toan thuc pham",
    "bv": "benh vien",
    "bvdk": "benh vien da khoa",
    "cc": "chi cuc",
    "cdc": "trung tam kiem soat benh tat",
    "cdha": "chan doan hinh anh",
    "dskhhgd": "dan so ke hoach hoa gia dinh",
    "hscc": "hoi suc cap cuu",
    "khnv": "ke hoach nghiep vu",
    "khth": "ke hoach tong hop",
    "ksbt": "kiem soat benh tat",
    "pkdk": "phong kham da khoa",
    "syt": "so y te",
    "tccb": "to chuc can bo",
    "tchc": "to chuc hanh chinh",
    "tckt": "tai chinh ke toan",
    "tp": "thanh pho",
    "tt": "trung tam",
    "ttyt": "trung tam y te",
    "tx": "thi xa",
    "tyt": "tram y te",
    "vp": "van phong",
    "yhct": "y hoc co truyen",
    "yhdp": "y hoc du phong",
}


@dataclass(frozen=True, slots=True)
class UnitFact:
    """A unit on one day. A negative `id` is a unit that is planned and not yet stored.

    `former` are the names it had before, newest first; they go on leading to it.
    """

    id: int
    code: str
    kind: str
    name: str
    parent_id: int | None
    former: tuple[str, ...] = ()


def unit_words(text: str) -> str:
    """The form in which unit names are compared: folded, abbreviations spelt out."""
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words_only(text).split())


def code_key(code: str) -> str:
    """The form in which codes of units and staff are compared: neither case nor spaces count."""
    return "".join(code.casefold().split())


def read_kind(text: str) -> UnitKind | None:
    """The kind a word stands for."""
    return _KIND_WORDS.get(words_only(text))


def kind_of_name(name: str) -> UnitKind:
    """What a unit's own name says it is: «Trạm Y tế Bồng Sơn» is a station."""
    words = unit_words(name)
    fitting = [word for word in _KIND_WORDS if words == word or words.startswith(f"{word} ")]
    return _KIND_WORDS[max(fitting, key=len)] if fitting else UnitKind.OTHER


def loses_diacritics(new: str, old: str) -> bool:
    """Whether `new` is `old` typed without its marks: no reason to change what is stored."""
    return fold(new) == fold(old) and fold(new) == " ".join(new.casefold().split())


def made_code(name: str, taken: Iterable[str]) -> str:
    """A code for a unit that was given none: its name in capitals, numbered if that is taken."""
    keys = {code_key(code) for code in taken}
    stem = "-".join(unit_words(name).upper().split())[: CODE_LIMIT - 4].strip("-")
    code, number = stem, 1
    while code_key(code) in keys:
        number += 1
        code = f"{stem}-{number}"
    return code


def upwards(unit_id: int | None, parents: Mapping[int, int | None]) -> Iterator[int]:
    """A unit and those above it; a loop in the data is walked once."""
    seen: set[int] = set()
    while unit_id is not None and unit_id not in seen:
        yield unit_id
        seen.add(unit_id)
        unit_id = parents.get(unit_id)


def on_a_loop(parents: Mapping[int, int | None]) -> set[int]:
    """The units that stand above themselves."""
    clear: set[int] = set()
    looped: set[int] = set()
    for start in parents:
        trail: list[int] = []
        unit_id: int | None = start
        while unit_id is not None and unit_id not in clear and unit_id not in trail:
            trail.append(unit_id)
            unit_id = parents.get(unit_id)
        if unit_id is not None and unit_id in trail:
            looped.update(trail[trail.index(unit_id) :])
        clear.update(trail)
    return looped


class UnitIndex:
    """Finds units by what people call them."""

    def __init__(self, units: Iterable[UnitFact]) -> None:
        self.units = {unit.id: unit for unit in units}
        self._codes = {code_key(unit.code): unit for unit in self.units.values()}
        self._current: dict[str, list[UnitFact]] = {}
        self._former: dict[str, list[UnitFact]] = {}
        for unit in self.units.values():
            self._current.setdefault(unit_words(unit.name), []).append(unit)
            for name in {unit_words(name) for name in unit.former} - {unit_words(unit.name)}:
                self._former.setdefault(name, []).append(unit)

    def coded(self, code: str) -> UnitFact | None:
        """The unit of this code."""
        return self._codes.get(code_key(code))

    def named(self, text: str) -> list[UnitFact]:
        """The units whose code or name this is: by code, else by today's name, else by a former one."""
        coded = self.coded(text)
        if coded is not None:
            return [coded]
        words = unit_words(text)
        return self._current.get(words) or self._former.get(words) or []

    def like(self, text: str) -> list[UnitFact]:
        """The units meant by a few words: named so, or else with all these words in a name."""
        words = set(unit_words(text).split())
        exact = self.named(text)
        if exact or not words:
            return exact
        return [
            unit
            for unit in self.units.values()
            if any(words <= set(unit_words(name).split()) for name in (unit.name, *unit.former))
        ]
