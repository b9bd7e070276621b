"""Whether two texts or two pictures are the same but for small changes."""

from core.vietnamese import words_only

_SHINGLE = 4
#: Fewer words than this say too little to be anybody's own.
SHORTEST = 12
#: From which share of common shingles on two texts are told to be alike, in per cent.
ALIKE = 60
#: Of the 64 bits of a picture's print, how many may differ.
NEAR = 3

#: The print of a picture as four numbers of 16 bits.
Print = tuple[int, int, int, int]


def shingles(text: str) -> frozenset[str]:
    """Every run of four words of a text, without marks and punctuation; none of a text that is too short."""
    words = words_only(text).split()
    if len(words) < SHORTEST:
        return frozenset()
    return frozenset(" ".join(words[start : start + _SHINGLE]) for start in range(len(words) - _SHINGLE + 1))


def share_in_common(one: frozenset[str], other: frozenset[str]) -> int:
    """How much two texts have in common, in per cent of all that is in either; 0 where one is empty."""
    if not one or not other:
        return 0
    return 100 * len(one & other) // len(one | other)


def distance(one: Print, other: Print) -> int:
    """How many of the 64 bits of two prints differ."""
    return sum((left ^ right).bit_count() for left, right in zip(one, other, strict=True))
