"""How much may be sent at once. Looked at before the first byte of a file is written to disk."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class Bounded(FileUploadHandler):
    """Refuses a request that says it is longer than ``MAX_REQUEST_BYTES``; keeps no file itself.

    A single file is measured again where it is kept (`base.files.store`).
    """

    def handle_raw_input(self, *given: Any) -> None:
        """Raise `RequestDataTooBig`, told as 413. Django gives input, headers, length, boundary, encoding."""
        if given[2] > settings.MAX_REQUEST_BYTES:
            raise RequestDataTooBig("the request is longer than MAX_REQUEST_BYTES")

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes:
        """Hand the bytes on to the next handler."""
        return raw_data

    def file_complete(self, _file_size: int) -> None:
        """Leave the file to the next handler."""
