"""Refusals: Zalo's documented codes. Only four wordings are documented; the others are ours."""

from __future__ import annotations

_DESCRIPTIONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Internal server error",
    404: "Not Found",
    408: "Request timeout",
    426: "Upgrade Required",
    429: "Quota exceeded",
}


class RefusedError(Exception):
    """A call refused."""

    def __init__(self, status: int, description: str = "") -> None:
        super().__init__(status)
        self.status = status
        self.description = description or _DESCRIPTIONS.get(status, "Error")
