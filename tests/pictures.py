"""Pictures and scans as people hand them in, drawn where they are needed."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

from tcns.files.store import file_store

# Where the world's files lie in the store of each process.
WORLD_PHOTOGRAPH = "photographs/" + "0" * 32
WORLD_SCAN = "scans/" + "0" * 32
# As much of a PDF as is looked at.
DOCUMENT = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
GPS, ORIENTATION, MAKER, TEXT = 0x8825, 0x0112, 0x010F, 0x010E
CANARY = "Canary of the camera"
# A village in Chiêm Hóa.
PLACE = (22.14873, 105.25961)


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """A picture as a file."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def picture(width: int = 64, height: int = 48, kind: str = "JPEG", **options: Any) -> bytes:
    """A picture: its upper left quarter red, all else blue."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height // 2))
    return encoded(image, kind, **options)


def from_a_camera(width: int = 64, height: int = 48) -> bytes:
    """A picture held sideways, with the place and the camera in it."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER], exif[TEXT] = 6, CANARY, CANARY
    exif[GPS] = {1: "N", 2: parts(PLACE[0]), 3: "E", 4: parts(PLACE[1])}
    return picture(width, height, exif=exif, comment=CANARY.encode())


def parts(degrees: float) -> tuple[float, float, float]:
    """Degrees as cameras write them: degrees, minutes, seconds."""
    minutes = degrees % 1 * 60
    return (float(int(degrees)), float(int(minutes)), round(minutes % 1 * 60, 3))


def chunk(name: bytes, content: bytes) -> bytes:
    """A part of a PNG."""
    checksum = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + checksum


def bomb(width: int, height: int) -> bytes:
    """A PNG of very many dots in very few bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packer, packed = zlib.compressobj(9), io.BytesIO()
    row = bytes(1 + 3 * width)
    for _number in range(height):
        packed.write(packer.compress(row))
    packed.write(packer.flush())
    body = chunk(b"IHDR", head) + chunk(b"IDAT", packed.getvalue()) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def opened(content: bytes) -> Image.Image:
    """A picture that was kept, to be looked at."""
    return Image.open(io.BytesIO(content))


def keep_world_files() -> None:
    """Put the files of the world's records into the store of this process."""
    file_store().write(WORLD_PHOTOGRAPH, picture())
    file_store().write(WORLD_SCAN, DOCUMENT)
