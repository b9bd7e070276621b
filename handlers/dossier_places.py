"""Where somebody is in «dossiers»."""

from handlers.dialogue import Place


class ListPlace(Place):
    """At a page of the list."""

    page: int = 0


class DossierPlace(Place):
    """At a dossier, perhaps on a page of one of its lists."""

    dossier: int
    page: int = 0


class NomineePlace(Place):
    """At a nominee of a dossier, perhaps with the reason that was typed."""

    dossier: int
    nomination: int
    reason: str = ""


class PartPlace(Place):
    """At a part of a dossier; of a report perhaps one nominee's."""

    dossier: int
    part: str
    nomination: int = 0


class SubmitPlace(Place):
    """About to hand in, or take back, the version that was on the screen, perhaps with a reason."""

    dossier: int
    version: int
    reason: str = ""


class VersionPlace(Place):
    """At one submission."""

    dossier: int
    version: int
