"""Where an installation is seen from outside."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WebPlan:
    """The public address, where a proxy of its own hands requests on to, and which channels post there."""

    address: str
    host: str = "127.0.0.1"
    port: int = 8080
    hooked: frozenset[str] = frozenset()
    listens: bool = True
    """Whether the house takes the port; if not, another server of its process hands requests on."""
