"""What was said in a journey, written out for a colleague who reads Vietnamese and no Python."""

import difflib
import re
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).parent / "journeys" / "transcripts"
#: The capability sets that are written out: one with buttons, one without.
SHOWN = ("telegram", "zalo")
_CHANNELS = {
    "telegram": "Telegram (có nút bấm, gửi và nhận được tệp)",
    "zalo": "Zalo (chỉ có chữ, nhận được ảnh, không nhận được tệp)",
}

_SECRETS = (
    (re.compile(r"\b(MC|KH|BC|HS)-[2-9A-HJ-NP-TV-Z]{6}\b"), r"\1-••••••"),
    (re.compile(r"/start \S+"), "/start ••••••"),
    (re.compile(r"\b[0-9a-f]{16}…"), "••••••…"),
    (re.compile(r"\banh-[0-9A-Za-z]{6,}"), "anh-••••••"),
    (re.compile(r"(?m)^(▶ [^:]+: )[0-9A-Za-z]{5}[- ][0-9A-Za-z]{5}$"), r"\1•••••-•••••"),
)


def line(name: str, does: str) -> str:
    """What a person did."""
    return f"▶ {name}: {does}"


def bubble(name: str, text: str) -> str:
    """What the house showed a person."""
    indented = "\n".join(f"    │ {one}".rstrip() for one in text.splitlines())
    return f"    {name} nhận được:\n{indented}\n"


def written(title: str, surface: str, lines: Sequence[str]) -> str:
    """A whole transcript."""
    head = f"{title}\nKênh: {_CHANNELS[surface]}\n"
    return masked("\n".join((head, *lines))).rstrip() + "\n"


def masked(text: str) -> str:
    """The text without what differs from run to run."""
    for secret, mask in _SECRETS:
        text = secret.sub(mask, text)
    return text


def check(path: Path, written: str, *, update: bool) -> None:
    """Compare a transcript with the one that was read and found good, or write it anew."""
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(written, encoding="utf-8")
        return
    known = path.read_text(encoding="utf-8") if path.exists() else ""
    if written != known:
        difference = difflib.unified_diff(
            known.splitlines(), written.splitlines(), "read", "now", lineterm="", n=2
        )
        shown = "\n".join(list(difference)[:60])
        raise AssertionError(f"{path.name} reads otherwise; see it, then --update-transcripts\n{shown}")
