"""Files in the server's keeping: uploads, what people send, and downloads by path."""

from __future__ import annotations

import hashlib
import io
import mimetypes
from pathlib import PurePosixPath
from typing import Final

from bot.emulators.telegram.errors import FILE_TOO_BIG, INVALID_FILE_ID, WRONG_FILE_ID, ApiError
from bot.emulators.telegram.json_types import JsonObject
from bot.emulators.telegram.state import Attachment, PhotoSize, StoredFile
from bot.emulators.telegram.wire import Params, UploadedFile

MAX_DOWNLOAD: Final = 20 * 1024 * 1024
MAX_UPLOAD: Final = 50 * 1024 * 1024
MAX_PHOTO: Final = 10 * 1024 * 1024
_MAX_PHOTO_SIDES = 10_000
_MAX_PHOTO_RATIO = 20
_THUMBNAIL = 90
_UNKNOWN_SIDES = (1280, 960)


class FileStore:
    """All files of one bot, found by id or by download path."""

    def __init__(self, bot: int = 0) -> None:
        # An id is worth nothing to another bot.
        self._owner = hashlib.sha256(str(bot).encode()).hexdigest()[:8]
        self._by_id: dict[str, Attachment] = {}
        self._files: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep_document(self, upload: UploadedFile, declared_size: int | None = None) -> Attachment:
        """Store a document; ``declared_size`` lets a test speak of a size without the bytes."""
        mime = upload.mime or mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
        suffix = PurePosixPath(upload.name).suffix
        stored = self._keep("BQ", f"documents/file_%d{suffix}", upload.name, mime, upload.data, declared_size)
        return self._remember(Attachment("document", stored))

    def keep_photo(self, data: bytes, sides: tuple[int, int], declared_size: int | None = None) -> Attachment:
        """Store a photo with a small size before the full one; the name is lost, the bytes are not."""
        full = self._keep("Ag", "photos/file_%d.jpg", "", "image/jpeg", data, declared_size)
        width, height = sides
        sizes = [PhotoSize(full, width, height)]
        scale = _THUMBNAIL / max(width, height)
        if scale < 1:
            small = _thumbnail(data)
            if small is not None:
                thumb = self._keep("Ag", "photos/file_%d.jpg", "", "image/jpeg", small, None)
                size = PhotoSize(thumb, max(1, round(width * scale)), max(1, round(height * scale)))
                sizes.insert(0, size)
        return self._remember(Attachment("photo", full, tuple(sizes)))

    def uploaded_photo(self, upload: UploadedFile) -> Attachment:
        """A photo the bot sends, checked as Telegram checks it. Raises ApiError."""
        if len(upload.data) > MAX_PHOTO:
            raise ApiError.bad_request(
                f"file of size {len(upload.data)} bytes is too big for a photo; "
                f"the maximum size is {MAX_PHOTO} bytes"
            )
        sides = image_sides(upload.data)
        if sides is None:
            raise ApiError.bad_request("IMAGE_PROCESS_FAILED")
        if sum(sides) > _MAX_PHOTO_SIDES or max(sides) > _MAX_PHOTO_RATIO * min(sides):
            raise ApiError.bad_request("PHOTO_INVALID_DIMENSIONS")
        return self.keep_photo(upload.data, sides)

    def sent_photo(self, data: bytes, declared_size: int | None = None) -> Attachment:
        """A photo a person sends; bytes that are no image keep a made-up size."""
        return self.keep_photo(data, image_sides(data) or _UNKNOWN_SIDES, declared_size)

    def by_id(self, file_id: str, kind: str) -> Attachment:
        """A file sent again by its id. Raises ApiError when there is none or it is of the other kind."""
        attachment = self._by_id.get(file_id)
        if attachment is None:
            raise ApiError.bad_request(WRONG_FILE_ID)
        if attachment.kind != kind:
            raise ApiError.bad_request(f"can't use file of type {attachment.kind.title()} as {kind.title()}")
        return attachment

    def bytes_of(self, file_id: str) -> bytes:
        """The content of a file. Raises KeyError for an unknown id."""
        return self._files[file_id].data

    def download(self, path: str) -> bytes | None:
        """What lies at a download path, None when nothing does."""
        stored = self._by_path.get(path)
        return None if stored is None else stored.data

    def get_file(self, params: Params) -> JsonObject:
        """The getFile method: a download path, up to 20 MB."""
        stored = self._files.get(params.text("file_id"))
        if stored is None:
            raise ApiError.bad_request(INVALID_FILE_ID if params.has("file_id") else "file_id not specified")
        if stored.size > MAX_DOWNLOAD:
            raise ApiError.bad_request(FILE_TOO_BIG)
        self._by_path[stored.path] = stored
        return {**stored.to_json(), "file_path": stored.path}

    def _keep(
        self, prefix: str, path: str, name: str, mime: str, data: bytes, declared_size: int | None
    ) -> StoredFile:
        number = len(self._files) + 1
        unique = hashlib.sha256(data).hexdigest()
        stored = StoredFile(
            id=f"{prefix}ACAgUAAxkB{self._owner}{number:08d}{unique[:16]}",
            unique_id=f"AgAD{unique[:12]}",
            path=path % number,
            name=name,
            mime=mime,
            size=len(data) if declared_size is None else declared_size,
            data=data,
        )
        self._files[stored.id] = stored
        return stored

    def _remember(self, attachment: Attachment) -> Attachment:
        self._by_id[attachment.file.id] = attachment
        for size in attachment.sizes:
            self._by_id[size.file.id] = attachment
        return attachment


def image_sides(data: bytes) -> tuple[int, int] | None:
    """Width and height of an image, None for bytes that are not one."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            return image.size
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None


def _thumbnail(data: bytes) -> bytes | None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            image.draft("RGB", (_THUMBNAIL * 2, _THUMBNAIL * 2))
            small = image.convert("RGB")
            small.thumbnail((_THUMBNAIL, _THUMBNAIL))
            buffer = io.BytesIO()
            small.save(buffer, "JPEG", quality=60)
            return buffer.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
