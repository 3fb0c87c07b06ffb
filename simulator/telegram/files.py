"""Files that Telegram keeps: sent once, sent again by id, downloaded by path."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from simulator.telegram.parameters import Parameters, Upload
from simulator.telegram.refusal import Json, bad_request

MAX_PHOTO_BYTES = 10 * 1024**2
MAX_DOWNLOAD_BYTES = 20 * 1024**2
# How many are left where old ones are let go of.
FILES_KEPT = 250

_JPEG = b"\xff\xd8\xff"
_PNG = b"\x89PNG\r\n\x1a\n"


class MediaKind(StrEnum):
    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"


@dataclass(frozen=True)
class MediaFile:
    kind: MediaKind
    file_id: str
    name: str
    mime_type: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def path(self) -> str:
        ending = self.name.rpartition(".")[2] or "bin"
        return f"{self.kind}s/file_{self.file_id.rpartition('_')[2]}.{ending}"

    def identity(self) -> Json:
        unique = f"U{self.file_id.rpartition('_')[2]}"
        return {"file_id": self.file_id, "file_unique_id": unique, "file_size": self.size}

    def describe(self) -> Json:
        """Give the member of a message that carries this file."""
        named = self.identity() | {"file_name": self.name, "mime_type": self.mime_type}
        match self.kind:
            case MediaKind.PHOTO:
                return {"photo": [self.identity() | {"width": 1280, "height": 720}]}
            case MediaKind.VIDEO:
                return {"video": named | {"width": 1280, "height": 720, "duration": 5}}
            case MediaKind.DOCUMENT:
                return {"document": named}


class FileStore:
    def __init__(self) -> None:
        self._files: dict[str, MediaFile] = {}
        self._numbers = count(1)

    def forget(self) -> None:
        """Let go of the oldest files."""
        for file_id in list(self._files)[:-FILES_KEPT]:
            del self._files[file_id]

    def find(self, file_id: str) -> MediaFile | None:
        return self._files.get(file_id)

    def at_path(self, path: str) -> MediaFile | None:
        return next((file for file in self._files.values() if file.path == path), None)

    def receive(self, kind: MediaKind, parameters: Parameters) -> MediaFile:
        """Take a new upload, or an earlier file named by its id."""
        upload = parameters.upload(kind)
        if upload is not None:
            return self._keep(kind, upload)
        reference = parameters.text(kind)
        if not reference:
            raise bad_request(f"there is no {kind} in the request")
        known = self._files.get(reference)
        if known is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if known.kind is not kind and not (
            kind is MediaKind.VIDEO and known.kind is MediaKind.DOCUMENT
        ):
            raise bad_request(
                f"can't use file of type {known.kind.capitalize()} as {kind.capitalize()}"
            )
        return known

    def _keep(self, kind: MediaKind, upload: Upload) -> MediaFile:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if kind is MediaKind.PHOTO:
            _check_photo(upload.content)
        if kind is MediaKind.VIDEO and upload.content[4:8] != b"ftyp":
            # What is no MP4 arrives as a plain file without a picture.
            kind = MediaKind.DOCUMENT
        file_id = f"{kind.upper()}_{next(self._numbers)}"
        file = MediaFile(kind, file_id, upload.name, upload.mime_type, upload.content)
        self._files[file_id] = file
        return file


def _check_photo(content: bytes) -> None:
    if len(content) > MAX_PHOTO_BYTES:
        raise bad_request(
            f"file of size {len(content)} bytes is too big for a photo; "
            f"the maximum size is {MAX_PHOTO_BYTES} bytes"
        )
    if not content.startswith((_JPEG, _PNG)):
        raise bad_request("IMAGE_PROCESS_FAILED")
