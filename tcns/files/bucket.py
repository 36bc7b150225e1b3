"""Files in a bucket of an S3 service, for installations of several hosts without a shared disk.

Imported only where a bucket is set: the client takes most of a second to load.
"""

import io
from collections.abc import Container, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

from minio import Minio
from minio.error import MinioException, S3Error
from urllib3 import PoolManager, Retry, Timeout
from urllib3.exceptions import HTTPError

from tcns.config import Bucket
from tcns.files.store import KEY, NoSuchFile, StoreUnreachable, new_key

NO_SUCH_FILE = "NoSuchKey"
CONNECT_SECONDS, READ_SECONDS = 2, 10


class BucketStore:
    """Files as objects of a bucket, under their keys; nobody but this system opens it."""

    def __init__(self, bucket: Bucket) -> None:
        address = urlsplit(bucket.endpoint)
        patience = Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
        self.name = bucket.name
        self.client = Minio(
            address.netloc,
            access_key=bucket.access_key,
            secret_key=bucket.secret_key,
            region=bucket.region,
            secure=address.scheme == "https",
            http_client=PoolManager(timeout=patience, retries=Retry(total=1), maxsize=8),
        )

    def put(self, folder: str, content: bytes) -> str:
        """Keep a file; its key."""
        key = new_key(folder)
        self.write(key, content)
        return key

    def write(self, key: str, content: bytes) -> None:
        """Keep a file under a key that was chosen already, in place of what was there."""
        with reaching():
            self.client.put_object(self.name, key, io.BytesIO(content), len(content))

    def read(self, key: str) -> bytes:
        """A file's content; raises NoSuchFile."""
        if not KEY.fullmatch(key):
            raise NoSuchFile(key)
        with reaching():
            answer = self.client.get_object(self.name, key)
            try:
                return bytes(answer.read())
            finally:
                answer.close()
                answer.release_conn()

    def delete(self, key: str) -> None:
        """Delete a file, if it is there."""
        if KEY.fullmatch(key):
            with reaching():
                self.client.remove_object(self.name, key)

    def delete_others(self, folder: str, kept: Container[str], before: datetime) -> int:
        """Delete the files of a folder last written before a moment, but for some; how many."""
        with reaching():
            found = list(self.client.list_objects(self.name, f"{folder}/", recursive=True))
        old = [one for one in found if one.last_modified and one.last_modified < before]
        gone = [one.object_name for one in old if one.object_name and one.object_name not in kept]
        for key in gone:
            with reaching():
                self.client.remove_object(self.name, key)
        return len(gone)


@contextmanager
def reaching() -> Iterator[None]:
    """Say in our words what the service says: no such file, or that it cannot be used now."""
    try:
        yield
    except S3Error as error:
        if error.code == NO_SUCH_FILE:
            raise NoSuchFile(error.object_name) from error
        raise StoreUnreachable(error.code) from error
    except (MinioException, HTTPError, OSError) as error:
        raise StoreUnreachable(type(error).__name__) from error


@cache
def bucket_store(bucket: Bucket) -> BucketStore:
    """The store of a bucket, with one client for this process."""
    return BucketStore(bucket)
