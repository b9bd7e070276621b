"""What the pages in the archive of a round say in several places."""

from datetime import datetime, tzinfo

from core.campaign_terms import SubjectKind
from core.round_archive import UNITS
from core.round_kept import FileKept, SumsKept
from core.round_pages import Link, Words
from core.vietnamese import moment

LEFT_OUT = "không đưa vào bản lưu vì có thông tin cá nhân"
#: What was signed names a file by the digest of what was sent; here lies what people could see of it.
CLEANED = "bản đã làm sạch; SHA-256 của tệp đã gửi:"
NO_BYTES = "không có tệp"
NOBODY = "Không có."
NEVER = "chưa có"
KINDS = {SubjectKind.COLLECTIVE.value: "Tập thể", SubjectKind.INDIVIDUAL.value: "Cá nhân"}


def file(one: FileKept) -> Words:
    """A file, to open where it is there."""
    name = f"{one.code} · {one.name}" if one.code else one.name
    if one.path and one.original != one.sha256:
        return Link(f"{name} ({CLEANED} {one.original})", one.path)
    if one.path:
        return Link(name, one.path)
    return f"{name}: {LEFT_OUT}, SHA-256 {one.sha256}" if one.left_out else f"{name}: {NO_BYTES}"


def sums(one: SumsKept | None) -> tuple[str, str, str, str]:
    """Entitled, for, against, blank; empty before a vote."""
    if one is None:
        return ("", "", "", "")
    return (str(one.entitled), str(one.votes_for), str(one.against), str(one.blank))


def who(name: str, post: str) -> str:
    """A name with the post."""
    return f"{name}, {post}" if post else name


def at(moment_: datetime | None, zone: tzinfo) -> str:
    """A moment."""
    return moment(moment_.astimezone(zone)) if moment_ is not None else NEVER


def page_of(unit_id: int) -> str:
    """Where the page of a unit lies."""
    return f"{UNITS}/{unit_id}.html"
