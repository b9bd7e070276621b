"""What papers say of a sitting's votes: which slips were on paper, and the votes that were set aside."""

from collections.abc import Sequence
from typing import Protocol


class _Sums(Protocol):
    """What was voted about somebody."""

    @property
    def votes_for(self) -> int: ...
    @property
    def against(self) -> int: ...
    @property
    def blank(self) -> int: ...


def sums(name: str, count: _Sums) -> str:
    """«Trần Thị Lan: 3 đồng ý, 1 không đồng ý, 0 phiếu trắng»."""
    return f"{name}: {count.votes_for} đồng ý, {count.against} không đồng ý, {count.blank} phiếu trắng"


def on_paper(people: int, told: Sequence[str]) -> str:
    """How many of the members voted on paper, and what they voted together."""
    return f"{people} thành viên bỏ phiếu giấy ({'; '.join(told)}), theo biên bản kiểm phiếu giấy kèm theo."


def aside(place: int, day: str, told: Sequence[str], conclusions: str, words: str, *, referred: bool) -> str:
    """A vote that was set aside: what it came to, what was concluded then, and who set it aside and why."""
    then = f" Kết luận khi đó: «{conclusions}»." if conclusions else ""
    who = "Người quyết định khen thưởng trả lại Hội đồng" if referred else "Chủ trì cho bỏ phiếu lại"
    came_to = f"Lượt bỏ phiếu {place}, kiểm {day}, không lấy làm kết quả: {'; '.join(told)}."
    return f"{came_to}{then} {who}: «{words}»."
