"""The process that opens a picture, alone and within limits: what it crashes of is lost.

Started by `tcns.files.pictures`, it knows nothing of the application. The picture comes on standard
input; out goes a line of JSON, and behind it the picture drawn anew as a JPEG: upright, no larger
than asked for, and without anything that came along with the dots. Or the line names a fault.
"""

import io
import json
import resource
import sys
from typing import Any, NamedTuple

MEGABYTE = 1024 * 1024
MOST_MEMORY = 300 * MEGABYTE
MOST_SECONDS = 10
# A JPEG is made smaller while it is decoded; of the others every dot lies in memory first.
MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000, "PNG": 10_000_000, "WEBP": 10_000_000}
# A progressive JPEG comes in layers, all of which lie in memory before any dot is drawn.
MOST_PROGRESSIVE = 16_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITIES = (85, 75, 65, 55, 45)
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
GPS = 0x8825
# What a broken EXIF block makes the library raise; the picture itself may be sound.
BROKEN_EXIF = (SyntaxError, ValueError, TypeError, KeyError, OSError, ArithmeticError)


class Refused(Exception):
    """The picture is not taken; the message is the fault's name."""


class Shrunk(NamedTuple):
    """A picture drawn anew, and where the camera says it was taken."""

    content: bytes
    width: int
    height: int
    place: tuple[float, float] | None


def limit() -> None:
    """Let the system end this process when it takes too much memory or time."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def shrink(content: bytes, longest_side: int, most_bytes: int) -> Shrunk:
    """The picture, drawn anew within a side and a number of bytes; raises Refused."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - within the limits

    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise Refused("heic")
    Image.MAX_IMAGE_PIXELS = None  # asked below, for each format
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise Refused("type") from error
    most = MOST_PROGRESSIVE if "progressive" in image.info else MOST_PIXELS[image.format or ""]
    if image.width * image.height > most:
        raise Refused("pixels")
    place = place_of(image)
    drawn = flat(upright(smaller(image, longest_side)))
    encoded, drawn = encode(drawn, most_bytes)
    return Shrunk(encoded, drawn.width, drawn.height, place)


def smaller(image: Any, longest_side: int) -> Any:
    """The picture within a side; a JPEG is decoded no larger than that needs."""
    share = 2 * longest_side / max(image.size)
    if share < 1:
        image.draft(None, (int(image.width * share), int(image.height * share)))
    if image.mode in ("1", "P"):  # colours of a table cannot be mixed
        exif, image = image.getexif(), image.convert("RGBA")
        image.info["exif"] = exif.tobytes() if exif else b""
    image.thumbnail((longest_side, longest_side), reducing_gap=None)
    return image


def upright(image: Any) -> Any:
    """The picture turned as the camera says it was held."""
    from PIL import ImageOps  # noqa: PLC0415 - within the limits

    try:
        return ImageOps.exif_transpose(image)
    except BROKEN_EXIF:
        return image


def flat(image: Any) -> Any:
    """The dots alone, on white where they are transparent: no comment, profile or EXIF."""
    from PIL import Image  # noqa: PLC0415 - within the limits

    drawn = Image.new("RGB", image.size, "white")
    is_transparent = image.mode in ("RGBA", "LA", "PA")
    drawn.paste(image.convert("RGB"), mask=image.getchannel("A") if is_transparent else None)
    return drawn


def encode(image: Any, most_bytes: int) -> tuple[bytes, Any]:
    """The best JPEG within a number of bytes, of the picture or of a smaller one; and of which."""
    for quality in QUALITIES:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= most_bytes:
            return out.getvalue(), image
    return encode(image.resize((image.width * 3 // 4, image.height * 3 // 4)), most_bytes)


def place_of(image: Any) -> tuple[float, float] | None:
    """Latitude and longitude in degrees as the camera wrote them; None where it did not."""
    try:
        found = image.getexif().get_ifd(GPS)
        latitude = degrees(found[2], is_negative=found[1] == "S")
        longitude = degrees(found[4], is_negative=found[3] == "W")
    except BROKEN_EXIF:
        return None
    is_on_earth = abs(latitude) <= 90 and abs(longitude) <= 180  # never so of what is no number
    return (latitude, longitude) if is_on_earth else None


def degrees(parts: Any, *, is_negative: bool) -> float:
    """Degrees, minutes and seconds as degrees, to about a metre."""
    whole, minutes, seconds = (float(part) for part in parts)
    found = round(whole + minutes / 60 + seconds / 3600, 5)
    return -found if is_negative else found


def answer(content: bytes, longest_side: int, most_bytes: int) -> tuple[dict[str, Any], bytes]:
    """The line that goes out, and what follows it."""
    try:
        made = shrink(content, longest_side, most_bytes)
    except Refused as refused:
        return {"fault": str(refused)}, b""
    except MemoryError:
        return {"fault": "pixels"}, b""
    except BROKEN_EXIF:
        return {"fault": "damaged"}, b""
    return {"width": made.width, "height": made.height, "place": made.place}, made.content


def main(longest_side: str, most_bytes: str) -> None:
    """Shrink what comes on standard input."""
    limit()
    line, content = answer(sys.stdin.buffer.read(), int(longest_side), int(most_bytes))
    sys.stdout.buffer.write(json.dumps(line).encode() + b"\n" + content)
