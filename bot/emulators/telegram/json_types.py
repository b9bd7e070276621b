"""JSON as the emulator's functions pass it on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TypeAlias

JsonValue: TypeAlias = "str | int | float | bool | list[JsonValue] | dict[str, JsonValue] | None"
JsonObject: TypeAlias = dict[str, JsonValue]


def dumps(value: JsonValue) -> bytes:
    """Compact JSON, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def json_array(items: Iterable[JsonValue]) -> list[JsonValue]:
    """A list that a JSON object may hold, whatever narrower type the items have."""
    return list(items)
