"""The shapes that cross the border of the Bot API: parameters in, answers out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from bot.emulators.telegram.errors import ApiError
from bot.emulators.telegram.json_types import JsonObject, JsonValue, dumps


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """One file of a multipart request, or one that a person sends."""

    name: str
    data: bytes
    mime: str = ""


@dataclass(frozen=True, slots=True)
class ApiAnswer:
    """What the server answers: the HTTP status and the JSON body, or a body that is not JSON."""

    status: int
    body: JsonObject
    raw: bytes | None = None
    """Set only by a fault that answers garbage; then ``body`` is empty."""

    def payload(self) -> bytes:
        """The body as it goes over the wire."""
        return dumps(self.body) if self.raw is None else self.raw


def utf16_length(text: str) -> int:
    """The length Telegram counts: UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


class Params:
    """Parameters of one call, read the way the real server reads them: numbers and JSON may come as text."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def has(self, name: str) -> bool:
        """Whether the parameter was given at all."""
        return self._values.get(name) is not None

    def text(self, name: str) -> str:
        """The parameter as text; missing is empty, as for the real server."""
        value = self._values.get(name)
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        return json.dumps(value) if isinstance(value, (dict, list, bool)) else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """The parameter as a number; what is not a number counts as the default."""
        value = self._values.get(name)
        if value is None:
            return default
        if isinstance(value, int):
            return int(value)
        try:
            return int(str(value).strip())
        except ValueError:
            return default

    def seconds(self, name: str) -> float:
        """The parameter as a duration; fractions are allowed, nonsense counts as none."""
        try:
            return float(self.text(name) or 0)
        except ValueError:
            return 0.0

    def boolean(self, name: str) -> bool:
        """True for ``true``, ``yes`` and ``1`` in any case."""
        value = self._values.get(name)
        return value is True or (value is not None and str(value).lower() in {"true", "yes", "1"})

    def json(self, name: str, what: str) -> JsonValue:
        """The parameter as JSON; ``what`` names it in the error. Raises ApiError for anything else."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return _as_json(value)
        if not value:
            return None
        try:
            parsed: JsonValue = json.loads(value)
        except ValueError:
            raise ApiError.bad_request(f"can't parse {what} JSON object") from None
        return parsed


def _as_json(value: object) -> JsonValue:
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, Mapping):
        return {str(key): _as_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_json(item) for item in value]
    raise TypeError(f"not a JSON value: {type(value).__name__}")
