"""Pictures that people hand in: drawn anew by a process of its own, so that nothing else comes in.

Nobody knows what is in such a file. It is opened where it can take neither memory nor time from
anybody, and where no secret of this process is; what comes out are the dots alone, as a JPEG.
"""

import json
import signal
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import NamedTuple

from tcns.errors import RuleViolation
from tcns.files.store import NoSuchFile, file_store
from tcns.i18n import LabelledEnum
from tcns.i18n import lazy_gettext as _l

LARGEST_PICTURE = 10 * 1024 * 1024
ACCEPTED = "image/jpeg,image/png,image/webp"
PATIENCE_SECONDS = 15
THUMBNAILS = "thumbnails"  # the folder of the store
ROOT = Path(__file__).parents[2]
# What ends the process that opens a picture and says nothing against the picture.
ENDED = (signal.SIGXCPU, signal.SIGKILL, signal.SIGTERM)
# The process that opens a picture finds this package, and nothing else that is not installed.
BEGIN = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from tcns.files.picture_child import main; main(*sys.argv[2:])"
)
# So many at once: each may take as much memory as its limit lets it.
_turns = BoundedSemaphore(2)


class Fault(LabelledEnum):
    """Why a picture is not taken."""

    NONE = "none", _l("Choose a picture.")
    EMPTY = "empty", _l("The file is empty.")
    SIZE = "size", _l("The picture is larger than 10 MB. Choose a smaller one.")
    TYPE = "type", _l("This is no picture that can be shown. Choose a JPEG, PNG or WebP picture.")
    HEIC = (
        "heic",
        _l(
            "HEIC pictures cannot be read. On the iPhone choose Settings, Camera, Formats, Most "
            "Compatible; or save the picture as JPEG and choose it again."
        ),
    )
    PIXELS = (
        "pixels",
        _l(
            "The picture has too many pixels: at most 50 megapixels as JPEG, 16 as progressive "
            "JPEG, 10 as PNG or WebP. Choose a smaller one."
        ),
    )
    DAMAGED = "damaged", _l("The picture is damaged or incomplete. Choose another one.")
    SLOW = "slow", _l("Reading the picture takes too long. Choose a smaller one.")


class UnusablePicture(RuleViolation):
    """A picture cannot be taken; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.label, "file")
        self.fault = fault


class Bounds(NamedTuple):
    """How large a picture is kept."""

    longest_side: int
    most_bytes: int


PHOTOGRAPH = Bounds(1600, 400 * 1024)
THUMBNAIL = Bounds(320, 40 * 1024)
# A page of A4 at some 220 dots an inch: its small print stays readable.
PAGE = Bounds(2600, 1536 * 1024)


class Picture(NamedTuple):
    """A picture drawn anew as a JPEG; `place` is where the camera says it was taken (degrees)."""

    content: bytes
    width: int
    height: int
    place: tuple[float, float] | None


def read_picture(content: bytes, bounds: Bounds) -> Picture:
    """The picture of a file, upright, within bounds, without metadata; raises UnusablePicture."""
    if not content:
        raise UnusablePicture(Fault.EMPTY)
    if len(content) > LARGEST_PICTURE:
        raise UnusablePicture(Fault.SIZE)
    line, _newline, drawn = _drawn(content, bounds).partition(b"\n")
    told = json.loads(line)
    if "fault" in told:
        raise UnusablePicture(Fault(told["fault"]))
    place = told["place"] and (told["place"][0], told["place"][1])
    return Picture(drawn, told["width"], told["height"], place)


def thumbnail_of(key: str) -> bytes:
    """The small picture of a kept one, drawn when it is first asked for; raises NoSuchFile."""
    store, small = file_store(), thumbnail_key(key)
    try:
        return store.read(small)
    except NoSuchFile:
        drawn = read_picture(store.read(key), THUMBNAIL).content
    store.write(small, drawn)
    return drawn


def thumbnail_key(key: str) -> str:
    """The key of the small picture of a kept one."""
    return f"{THUMBNAILS}/{key.partition('/')[2]}"


def _drawn(content: bytes, bounds: Bounds) -> bytes:
    """What the process that opens the picture says and draws."""
    command = [sys.executable, "-I", "-X", "utf8", "-c", BEGIN, str(ROOT), *map(str, bounds)]
    try:
        with _turns:
            done = subprocess.run(
                command,
                input=content,
                capture_output=True,
                timeout=PATIENCE_SECONDS,
                check=False,
                env={},
            )
    except subprocess.TimeoutExpired as error:
        raise UnusablePicture(Fault.SLOW) from error
    if done.returncode:
        is_slow = -done.returncode in ENDED
        raise UnusablePicture(Fault.SLOW if is_slow else Fault.DAMAGED)
    return done.stdout
