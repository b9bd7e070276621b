"""Writes the files of a new installation: its settings with all their comments, and its secrets apart."""

import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from bot.misconfiguration import line_of
from bot.trouble import Outcome, TroubleError
from core.texts import settings as texts

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "config.example.toml"
#: Where a channel's token is put.
TOKEN_FILES = {channel: Path("secrets") / f"{channel}_token" for channel in ("telegram", "zalo")}

Key = tuple[str, ...]


def with_values(text: str, values: Mapping[Key, str]) -> str:
    """The same TOML with these texts in it and every comment kept; `TroubleError` when it is too unusual.

    A key that stands nowhere yet is put at the head of its section.
    """
    wanted = tomllib.loads(text)
    for key, value in values.items():
        _put(wanted, key, value)
        text = _with_value(text, key, value)
    try:
        understood = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        understood = {}
    if understood != wanted:
        names = ", ".join(".".join(key) for key in values)
        raise TroubleError(texts.edit_by_hand(names), Outcome.USAGE)
    return text


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step; only its owner can read it from its first moment on."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    with fresh.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _with_value(text: str, key: Key, value: str) -> str:
    lines = text.removesuffix("\n").split("\n") if text else []
    # A JSON string is a TOML string, but for one control character that JSON lets stand.
    written = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    line = f"{key[-1]} = {written}"
    number = line_of(text, key)
    if number is None:
        return "\n".join([*lines, "", f"[{'.'.join(key[:-1])}]", line, ""])
    found = lines[number - 1]
    if re.match(rf"\s*{re.escape(key[-1])}\s*=", found):
        lines[number - 1] = line + _remark(found)
    else:
        lines.insert(number, line)
    return "\n".join([*lines, ""])


def _remark(line: str) -> str:
    """The comment behind a value, if it is certain to be one."""
    found = re.fullmatch(r"""[^"'#]*=\s*(?:"[^"\\]*"|'[^']*'|[\w.+-]+)(\s*#.*)""", line)
    return found[1] if found else ""


def _put(content: dict[str, object], key: Key, value: str) -> None:
    here = content
    for name in key[:-1]:
        inner = here.setdefault(name, {})
        if not isinstance(inner, dict):
            return
        here = inner
    here[key[-1]] = value
