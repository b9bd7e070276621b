"""The plain default echo bot of python-telegram-bot: the peer that `bench/turns.py` is measured against.

`Application` with its own Updater, one handler, nothing kept: what its first example shows.
"""

import os
import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say it back."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main(address: str, token: str) -> None:
    """Poll the server at `address` until SIGTERM."""
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{address}/bot")
        .base_file_url(f"{address}/file/bot")
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling(close_loop=True)


if __name__ == "__main__":
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    main(sys.argv[1], sys.argv[2])
