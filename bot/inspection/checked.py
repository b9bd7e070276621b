"""What a check hands back: a cleaned copy with its facts, or a refusal with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.evidence import RefusedFile
from core.likeness import Print


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that passed: the bytes people may see, and figures named as in `FileFacts`."""

    served: bytes
    facts: dict[str, int]


#: The four figures that say what a picture looks like, each of 16 bits.
LOOK = ("look_1", "look_2", "look_3", "look_4")


def look_in(facts: Mapping[str, int]) -> Print | None:
    """What a picture looks like, by the figures of its check; None for what is no picture."""
    found = [facts[name] & 0xFFFF for name in LOOK if name in facts]
    return (found[0], found[1], found[2], found[3]) if len(found) == len(LOOK) else None


class Refused(Exception):  # noqa: N818 - a refusal is not an error
    """The file is not taken; `facts` are figures named as in `FileFacts`, for the sentence."""

    def __init__(self, reason: RefusedFile, **facts: int) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.facts = facts
