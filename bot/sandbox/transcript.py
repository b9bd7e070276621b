"""A conversation written down as it happened, for a person to read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from bot.emulators.telegram import ChatView, ShownFile, ShownMessage
from bot.emulators.zalo import Bubble
from core.texts import sandbox as texts
from core.vietnamese import file_size, long_date


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing said or done. `changed` marks a screen that took the place of an older one."""

    at: datetime
    mine: bool
    text: str
    buttons: tuple[tuple[str, ...], ...] = ()
    changed: bool = False


@dataclass
class Transcript:
    """What one person and the house said to one another on one platform."""

    name: str
    skin: str
    now: Callable[[], datetime]
    sayings: list[Saying] = field(default_factory=list)
    _seen: dict[int, tuple[str, tuple[tuple[str, ...], ...]]] = field(default_factory=dict)

    def pressed(self, label: str) -> None:
        """The person presses a button."""
        self.sayings.append(Saying(self.now(), mine=True, text=texts.pressed(self.name, label)))

    def look(self, view: ChatView) -> list[Saying]:
        """Write down what is new on a telephone with buttons; returns that."""
        fresh: list[Saying] = []
        for message in view.messages:
            shape = (_words(message), tuple(tuple(one.label for one in row) for row in message.buttons))
            before = self._seen.get(message.id)
            self._seen[message.id] = shape
            if before == shape or (before is not None and before[0] == shape[0] and not shape[1]):
                continue  # Nothing new, or only the buttons of an older screen taken away.
            fresh.append(
                Saying(
                    self.now(),
                    mine=not message.by_bot,
                    text=shape[0],
                    buttons=shape[1],
                    changed=before is not None,
                )
            )
        self.sayings += fresh
        return fresh

    def look_at_bubbles(self, bubbles: Sequence[Bubble]) -> None:
        """Write down what is new on a telephone without buttons, where nothing changes."""
        for one in bubbles[len(self._seen) :]:
            self._seen[int(one.id, 16)] = (one.text, ())
            self.sayings.append(Saying(one.at, mine=not one.by_bot, text=_words_of(one)))

    def plain(self, zone: tzinfo) -> str:
        """The whole as plain text."""
        parts = [texts.transcript_title(self.name, texts.SKIN_NAMES[self.skin])]
        day = ""
        for saying in self.sayings:
            at = saying.at.astimezone(zone)
            if long_date(at.date()) != day:
                day = long_date(at.date())
                parts.append(f"— {day} —")
            parts.append(f"[{at:%H:%M}] {said(saying, self.name)}")
        return "\n\n".join(parts) + "\n"


def said(saying: Saying, name: str) -> str:
    """Who said what, with the buttons under it."""
    rows = "".join("\n    " + "  ".join(f"[{label}]" for label in row) for row in saying.buttons)
    if saying.mine:
        return saying.text if saying.text.startswith(f"{name} ") else f"{name}: {saying.text}"
    head = f"{texts.HOUSE_SAYS} ({texts.SCREEN_CHANGED})" if saying.changed else texts.HOUSE_SAYS
    return f"{head}: {saying.text}{rows}"


def _words(message: ShownMessage) -> str:
    text = message.text
    if not message.by_bot and text.startswith("/start "):
        text = texts.LINK_OPENED
    return "\n".join(part for part in (_file(message.file) if message.file else "", text) if part)


def _words_of(bubble: Bubble) -> str:
    size = file_size(len(bubble.data))
    match bubble.kind:
        case "photo":
            return "\n".join(part for part in (f"({texts.PHOTO_SENT}, {size})", bubble.text) if part)
        case "unsupported":
            return f"({texts.FILE_SENT} «{bubble.text}», {size})"
        case _:
            return bubble.text


def _file(file: ShownFile) -> str:
    if file.kind == "photo":
        return f"({texts.PHOTO_SENT}, {file_size(file.size)})"
    return f"({texts.FILE_SENT} «{file.name}», {file_size(file.size)})"
