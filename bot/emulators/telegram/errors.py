"""Refusals of the Bot API, with the descriptions the real server gives."""

from __future__ import annotations

from bot.emulators.telegram.json_types import JsonObject

TEXT_EMPTY = "message text is empty"
TEXT_BLANK = "text must be non-empty"
TEXT_TOO_LONG = "message is too long"
CAPTION_TOO_LONG = "message caption is too long"
CHAT_ID_EMPTY = "chat_id is empty"
CHAT_NOT_FOUND = "chat not found"
EDIT_NOT_FOUND = "message to edit not found"
EDIT_FORBIDDEN = "message can't be edited"
EDIT_NO_TEXT = "there is no text in the message to edit"
EDIT_NO_CAPTION = "there is no caption in the message to edit"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
DELETE_NOT_FOUND = "message to delete not found"
DELETE_FORBIDDEN = "message can't be deleted for everyone"
DELETE_NONE = "message identifiers are not specified"
DELETE_TOO_MANY = "too many message identifiers specified"
REPLY_NOT_FOUND = "message to be replied not found"
MESSAGE_ID_MISSING = "message identifier is not specified"
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
BUTTON_DATA_INVALID = "BUTTON_DATA_INVALID"
BUTTON_WITHOUT_ACTION = (
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
)
MARKUP_TOO_LONG = "REPLY_MARKUP_TOO_LONG"
FILE_TOO_BIG = "file is too big"
WRONG_FILE_ID = "wrong file identifier/HTTP URL specified"
INVALID_FILE_ID = "invalid file_id"
TOAST_TOO_LONG = "MESSAGE_TOO_LONG"
MIGRATED = "group chat was upgraded to a supergroup chat"

BLOCKED = "bot was blocked by the user"
DEACTIVATED = "user is deactivated"
KICKED = "bot was kicked from the group chat"

POLLED_TWICE = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class ApiError(Exception):
    """A call refused: HTTP status, description and, for 429 and migrations, parameters."""

    def __init__(self, status: int, description: str, parameters: JsonObject | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    @classmethod
    def bad_request(cls, reason: str) -> ApiError:
        """400, the caller's mistake."""
        return cls(400, f"Bad Request: {reason}")

    @classmethod
    def forbidden(cls, reason: str) -> ApiError:
        """403, the person does not want to hear from the bot."""
        return cls(403, f"Forbidden: {reason}")

    @classmethod
    def conflict(cls, reason: str) -> ApiError:
        """409, two ways of receiving updates at once."""
        return cls(409, f"Conflict: {reason}")

    @classmethod
    def unauthorized(cls) -> ApiError:
        """401, no such token."""
        return cls(401, "Unauthorized")

    @classmethod
    def unknown_method(cls) -> ApiError:
        """404, no such method."""
        return cls(404, "Not Found: method not found")

    @classmethod
    def too_large(cls) -> ApiError:
        """413, an upload above 50 MB."""
        return cls(413, "Request Entity Too Large")

    @classmethod
    def migrated(cls, new_chat_id: int) -> ApiError:
        """400 with the chat that took over from this one."""
        return cls(400, f"Bad Request: {MIGRATED}", {"migrate_to_chat_id": new_chat_id})

    @classmethod
    def too_many_requests(cls, retry_after: int) -> ApiError:
        """429; ``retry_after`` in whole seconds."""
        return cls(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})

    def body(self) -> JsonObject:
        """The JSON body of the answer."""
        body: JsonObject = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters is not None:
            body["parameters"] = self.parameters
        return body
