"""Stored files in a private bucket of Supabase Storage. See media.py for what a storage does and for the local kind."""

import pathlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import httpx
import supabase
from storage3.exceptions import StorageApiError

from data.errors import NotFound, Unavailable
from data.media import CHUNK, TYPES, MediaError, checked_path


class SupabaseMedia:
    """Files in a private bucket of Supabase Storage, reached with the project's secret key."""

    def __init__(self, url: str, service_key: str, bucket: str, *, http: httpx.Client | None = None) -> None:
        self._http = http or httpx.Client(timeout=60)
        options = supabase.ClientOptions(httpx_client=self._http, auto_refresh_token=False, persist_session=False)
        self._bucket = supabase.create_client(url, service_key, options).storage.from_(bucket)

    def write(self, path: str, source: BinaryIO) -> None:
        """See MediaStorage.write."""
        kind = TYPES.get(pathlib.PurePosixPath(checked_path(path)).suffix, "application/octet-stream")
        with _storage_errors():
            self._bucket.upload(path, source.read(), {"content-type": kind})

    def size(self, path: str) -> int:
        """See MediaStorage.size."""
        with _storage_errors():
            return int(self._bucket.info(checked_path(path))["size"])

    def read(self, path: str, start: int, end: int) -> Iterator[bytes]:
        """See MediaStorage.read. Only these bytes travel."""
        with _storage_errors():
            address = self._bucket.create_signed_url(checked_path(path), 60)["signedURL"]
            headers = {"Range": f"bytes={start}-{end - 1}"}
            with self._http.stream("GET", address, headers=headers) as answer:
                answer.raise_for_status()
                yield from answer.iter_bytes(CHUNK)

    def delete(self, paths: Iterable[str]) -> None:
        """See MediaStorage.delete."""
        with _storage_errors():
            self._bucket.remove([checked_path(path) for path in paths])

    def old_paths(self) -> Iterator[str]:
        """See MediaStorage.old_paths. None: a bucket keeps no half-written files, and each whole one is listed."""
        return iter(())


class _storage_errors:  # noqa: N801, used as a statement
    """Turns what Supabase Storage raises into the project's own errors."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, StorageApiError):
            if str(error.status) == "404":
                raise NotFound("There is no such file.") from error
            raise MediaError(f"Supabase Storage refused: {error.message}.") from error
        if isinstance(error, httpx.HTTPError):
            raise Unavailable("Supabase Storage does not answer. Try again in a moment.") from error
