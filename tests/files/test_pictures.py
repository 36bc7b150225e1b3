"""Pictures that people hand in: what is kept of them are the dots alone; what is none is said."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from tcns.files import pictures
from tcns.files.pictures import (
    LARGEST_PICTURE,
    PHOTOGRAPH,
    THUMBNAIL,
    Fault,
    UnusablePicture,
    read_picture,
    thumbnail_of,
)
from tcns.files.store import file_store
from tests.conventions.sources import ROOT
from tests.pictures import CANARY, PLACE, bomb, encoded, from_a_camera, opened, picture


def fault_of(content: bytes) -> Fault:
    """Why a file is no picture."""
    with pytest.raises(UnusablePicture) as refused:
        read_picture(content, PHOTOGRAPH)
    return refused.value.fault


def noise(width: int, height: int) -> bytes:
    """A picture that nothing can make small."""
    return encoded(Image.frombytes("RGB", (width, height), os.urandom(3 * width * height)))


def test_a_picture_held_sideways_comes_out_upright_and_tells_nothing_of_the_camera() -> None:
    sent = from_a_camera(64, 48)
    assert CANARY.encode() in sent
    read = read_picture(sent, PHOTOGRAPH)
    drawn = opened(read.content)
    assert (drawn.format, drawn.size) == ("JPEG", (48, 64)) == ("JPEG", (read.width, read.height))
    right, left = drawn.getpixel((40, 5)), drawn.getpixel((8, 5))
    assert right is not None
    assert left is not None
    assert (right[0] > 200, left[2] > 200) == (True, True)  # type: ignore[index]
    assert not drawn.getexif()
    assert set(drawn.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert CANARY.encode() not in read.content
    assert read.place == pytest.approx(PLACE, abs=1e-4)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("PNG", "LA"), ("WEBP", "RGB"), ("JPEG", "CMYK")],
)
def test_every_usual_kind_of_picture_is_taken_whatever_its_colours(kind: str, mode: str) -> None:
    sent = encoded(Image.new("RGB", (40, 30), "green").convert(mode), kind)
    drawn = opened(read_picture(sent, PHOTOGRAPH).content)
    assert (drawn.format, drawn.mode, drawn.size) == ("JPEG", "RGB", (40, 30))


def test_what_is_transparent_becomes_white() -> None:
    sent = encoded(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG")
    assert opened(read_picture(sent, PHOTOGRAPH).content).getpixel((5, 5)) == (255, 255, 255)


def test_whatever_is_sent_is_kept_within_its_side_and_its_bytes() -> None:
    read = read_picture(noise(1900, 1700), PHOTOGRAPH)
    assert len(read.content) <= PHOTOGRAPH.most_bytes
    assert max(read.width, read.height) <= PHOTOGRAPH.longest_side
    large = read_picture(picture(4000, 3000), PHOTOGRAPH)
    assert (large.width, large.height) == (1600, 1200)


def test_what_follows_a_picture_in_its_file_stays_behind() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as writing:
        writing.writestr("canary.html", "<script>canary</script>")
    polyglot = picture() + b"<script>canary</script>" + archive.getvalue()
    assert zipfile.is_zipfile(io.BytesIO(polyglot))
    kept = read_picture(polyglot, PHOTOGRAPH).content
    assert b"canary" not in kept
    assert not zipfile.is_zipfile(io.BytesIO(kept))


REFUSED = {
    "nothing": (lambda: b"", Fault.EMPTY),
    "a PDF that is called a picture": (lambda: b"%PDF-1.7", Fault.TYPE),
    "a drawing that holds a script": (lambda: b"<svg onload='x()'/>", Fault.TYPE),
    "an animation": (lambda: encoded(Image.new("RGB", (9, 9)), "GIF"), Fault.TYPE),
    "the picture of an iPhone": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0", Fault.HEIC),
    "too many bytes": (lambda: b"\0" * (LARGEST_PICTURE + 1), Fault.SIZE),
    "the head of a JPEG alone": (lambda: b"\xff\xd8\xff\xe0 no more", Fault.DAMAGED),
    "half a JPEG": (lambda: picture(400, 300, quality=95)[:-400], Fault.DAMAGED),
    "half a PNG": (lambda: half("PNG"), Fault.DAMAGED),
    "half a WebP": (lambda: half("WEBP"), Fault.DAMAGED),
    "100 megapixels": (lambda: bomb(10_000, 10_000), Fault.PIXELS),
    "100 megapixels as JPEG": (lambda: encoded(Image.new("L", (10_000, 10_000))), Fault.PIXELS),
    "20 megapixels as progressive JPEG": (
        lambda: encoded(Image.new("L", (5000, 4000)), progressive=True),
        Fault.PIXELS,
    ),
}


def half(kind: str) -> bytes:
    """A picture of which only the first half arrived."""
    whole = encoded(Image.effect_noise((200, 200), 90), kind)
    return whole[: len(whole) // 2]


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_sound_picture_is_refused_with_its_reason(name: str) -> None:
    make, fault = REFUSED[name]
    assert fault_of(make()) is fault


def test_the_process_that_opens_a_picture_knows_no_secret_of_the_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TCNS_SECRET_KEY", "a canary")
    line = '{"width": 1, "height": 1, "place": null}'
    monkeypatch.setattr(pictures, "BEGIN", f"import os; print('{line}'); print(os.environ)")
    assert b"environ" in (told := read_picture(b"x", PHOTOGRAPH).content)
    assert b"canary" not in told


def test_a_picture_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PATIENCE_SECONDS", 0)
    assert fault_of(picture()) is Fault.SLOW


MEASURE = """
import resource, sys
from pathlib import Path
from tcns.files.pictures import PHOTOGRAPH, UnusablePicture, read_picture

before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sys.argv[1:]:
    try:
        read_picture(Path(path).read_bytes(), PHOTOGRAPH)
    except UnusablePicture as refused:
        print(refused.fault.value)
rise = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(rise, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_the_largest_pictures_take_less_than_200_megabytes_and_nothing_of_the_server(
    tmp_path: Path,
) -> None:
    """The process that measures makes none itself: a process begins as large as its parent is."""
    sent = {
        "png": bomb(4000, 2500),
        "jpg": picture(8000, 6250),
        "layers": picture(4000, 4000, progressive=True, subsampling=0),
        "webp": picture(4000, 2500, "WEBP", method=0),
        "bomb": bomb(10_000, 10_000),
    }
    for name, content in sent.items():
        (tmp_path / name).write_bytes(content)
    command = [sys.executable, "-c", MEASURE, *(str(tmp_path / name) for name in sent)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    fault, rise, of_the_process = done.stdout.split()
    assert fault == b"pixels"
    assert int(rise) < 20_000, "kilobytes"
    assert int(of_the_process) < 200_000, "kilobytes"


@pytest.mark.one_engine
def test_a_small_picture_is_drawn_once_and_again_where_it_was_lost(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        key = file_store().put("photographs", picture(1600, 1200))
        drawn = thumbnail_of(key)
        assert opened(drawn).size == (THUMBNAIL.longest_side, 240)
        monkeypatch.setattr(pictures, "read_picture", None)
        assert thumbnail_of(key) == drawn
        monkeypatch.undo()
        file_store().delete(pictures.thumbnail_key(key))
        assert thumbnail_of(key) == drawn
