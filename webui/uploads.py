"""Files that a reader sends stay in memory: Flask would write one of more than 500 kB into a temporary folder."""

from io import BytesIO
from typing import IO

from flask import Request


class InMemory(Request):
    """A request of which no part is ever written to disk. How large it may be is limited by `max_content_length`."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()
