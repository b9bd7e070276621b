"""Every method the server knows, by lower-case name, and the few that fit nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from bot.emulators.telegram import commands, editing, sending
from bot.emulators.telegram.errors import ApiError
from bot.emulators.telegram.json_types import JsonObject, JsonValue
from bot.emulators.telegram.server import Call, Result, Server

Method: TypeAlias = Callable[[Server, Call], Result]


def get_me(server: Server, call: Call) -> JsonObject:
    """The getMe method."""
    del call
    return {
        **server.world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(server: Server, call: Call) -> JsonObject:
    """The getChat method, with the fields every full chat has."""
    chat = server.chat_of(call.params)
    return {
        **chat.to_json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def get_file(server: Server, call: Call) -> JsonObject:
    """The getFile method."""
    return server.files.get_file(call.params)


def set_webhook(server: Server, call: Call) -> bool:
    """The setWebhook method: kept and told, never called, for this server is polled."""
    params = call.params
    url = params.text("url")
    if not url:
        return delete_webhook(server, call)
    if not url.startswith("https://"):
        raise ApiError.bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    _set_allowed(server, params.json("allowed_updates", "allowed_updates"))
    server.updates.webhook = {
        "url": url,
        "has_custom_certificate": False,
        "max_connections": params.integer("max_connections", 40),
    }
    if params.boolean("drop_pending_updates"):
        server.updates.drop_all()
    return True


def delete_webhook(server: Server, call: Call) -> bool:
    """The deleteWebhook method."""
    server.updates.webhook = None
    if call.params.boolean("drop_pending_updates"):
        server.updates.drop_all()
    return True


def get_webhook_info(server: Server, call: Call) -> JsonObject:
    """The getWebhookInfo method."""
    del call
    empty: JsonObject = {"url": "", "has_custom_certificate": False}
    info = {**(server.updates.webhook or empty), "pending_update_count": len(server.updates)}
    if server.updates.allowed:
        info["allowed_updates"] = list(server.updates.allowed)
    return info


async def get_updates(server: Server, call: Call) -> list[JsonObject]:
    """The getUpdates method; the only one that waits."""
    params = call.params
    _set_allowed(server, params.json("allowed_updates", "allowed_updates"))
    offset, limit = params.integer("offset"), params.integer("limit", 100)
    return await server.updates.poll(offset, limit, params.seconds("timeout"))


def _set_allowed(server: Server, given: JsonValue) -> None:
    if given is None:
        return
    if not isinstance(given, list):
        raise ApiError.bad_request("can't parse allowed_updates: expected an Array of String")
    server.updates.allowed = tuple(str(kind) for kind in given)


METHODS: Mapping[str, tuple[str, Method]] = MappingProxyType(
    {
        name.lower(): (name, method)
        for name, method in (
            ("getMe", get_me),
            ("getChat", get_chat),
            ("getFile", get_file),
            ("setWebhook", set_webhook),
            ("deleteWebhook", delete_webhook),
            ("getWebhookInfo", get_webhook_info),
            ("sendMessage", sending.send_message),
            ("sendPhoto", sending.send_photo),
            ("sendDocument", sending.send_document),
            ("sendMediaGroup", sending.send_media_group),
            ("sendChatAction", sending.send_chat_action),
            ("editMessageText", editing.edit_message_text),
            ("editMessageCaption", editing.edit_message_caption),
            ("editMessageReplyMarkup", editing.edit_message_reply_markup),
            ("deleteMessage", editing.delete_message),
            ("deleteMessages", editing.delete_messages),
            ("answerCallbackQuery", editing.answer_callback_query),
            ("setMyCommands", commands.set_my_commands),
            ("getMyCommands", commands.get_my_commands),
            ("deleteMyCommands", commands.delete_my_commands),
        )
    }
)
