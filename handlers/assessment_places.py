"""Where in a self-assessment a person can be."""

from handlers.dialogue import Place


class RoundsPlace(Place):
    """Before a round is chosen."""


class SheetPlace(Place):
    """In one self-assessment."""

    sheet: int


class GroupPlace(Place):
    """At one group of criteria."""

    sheet: int
    group: str


class CriterionPlace(Place):
    """At one criterion; `measure` where one of its measures is being explained."""

    sheet: int
    key: str
    measure: str = ""
