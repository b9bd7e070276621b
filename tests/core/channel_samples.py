"""Samples for the screens of a person's channels and of people who are cut off."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from core.cut_off import CutOff, Why
from core.joining import CODE_IN_LINK, Entrance

AT = datetime(2026, 12, 14, 1, 5, tzinfo=UTC)


def samples(words: str) -> Mapping[object, Sequence[object]]:
    """Samples by type, with `words` for whatever a person wrote."""
    return {
        Mapping[int, str]: [{}, {1: "telegram", 2: "zalo"}],
        Mapping[str, Entrance]: [
            {"telegram": Entrance("@bot", f"https://t.me/bot?start={CODE_IN_LINK}"), "zalo": Entrance(words)},
            {"telegram": Entrance(), "zalo": Entrance(words, "https://zalo.me/1")},
        ],
        CutOff: [
            CutOff(place, words, "NV007", 3, words, "0900000000", why, AT) for place, why in enumerate(Why, 7)
        ],
        tuple[int, str, int]: [(3, words, 7)],
    }
