"""Sessions with photographs on their way from a phone to a site, and whether all came home."""

import contextlib
import io
import os
import re
import signal
import sqlite3
import subprocess
import time
from collections import defaultdict

from PIL import Image
from playwright.sync_api import Error

from tests.databases import make_app
from tests.demonstration import DATABASE
from tests.journeys.cutting import MortalSite
from tests.journeys.phone import LEADER, OnPhone

COLOURS = ["red", "lime"]
PATIENCE_SECONDS, MOST_TRIES = 30, 20
TWO_DAYS = 2 * 24 * 3600
ENDED = "UPDATE sign_in SET ended_at = created_at"
ON_FILE = "SELECT activity_id, file_key, width, height FROM photograph WHERE id > ?"
WAITING = re.compile(r"Số liệu đã nhận. Còn (\d) ảnh chờ gửi.")
COUNT_LEFT = """new Promise((resolve) => {
  const opening = indexedDB.open("tcns");
  opening.onsuccess = () => {
    const reading = opening.result.transaction(["photos", "drafts"]);
    const counts = ["photos", "drafts"].map((name) => reading.objectStore(name).count());
    reading.oncomplete = () => {
      opening.result.close();
      resolve(counts.map((one) => one.result));
    };
  };
})"""


def photograph(colour: str) -> bytes:
    """A picture that stays large however it is drawn: noise, and above it a band of a colour."""
    drawn = Image.effect_noise((640, 480), 120).convert("RGB")
    drawn.paste(colour, (0, 0, 640, 160))
    held = io.BytesIO()
    drawn.save(held, "JPEG", quality=90)
    return held.getvalue()


def colour_of(kept: Image.Image) -> str:
    """The colour of a picture's band."""
    red, green, blue = kept.convert("RGB").resize((4, 3)).getpixel((1, 0))  # type: ignore[misc]
    assert abs(red - green) > 200 > blue + 150
    return COLOURS[0] if red > green else COLOURS[1]


class Homecoming:
    """A phone, a site, and what befalls one session after the other."""

    def __init__(self, phone: OnPhone, site: MortalSite) -> None:
        self.phone, self.site, self.sessions = phone, site, 0
        self.first_session, self.first = self.newest("activity"), self.newest("photograph")

    def newest(self, table: str) -> int:
        """The id of the newest row of a table."""
        [(found,)] = self.ask(f"SELECT coalesce(max(id), 0) FROM {table}")
        return int(found)

    def ask(self, query: str, *given: int) -> list[tuple[int, str, int, int]]:
        """What the site's database says, or does."""
        with contextlib.closing(sqlite3.connect(self.site.directory / DATABASE, timeout=30)) as own:
            rows = own.execute(query, given).fetchall()
            own.commit()
        return rows

    def log(self) -> None:
        """Log a session with a photograph of each colour."""
        self.sessions += 1
        self.phone.log(photographs=[photograph(colour) for colour in COLOURS])

    def open(self) -> None:
        """Open the list, which sends what is due."""
        self.phone.page.goto(f"{self.phone.site}/phone")

    def waiting(self) -> int:
        """How many photographs the phone says wait of a session whose figures have arrived."""
        said = self.phone.page.locator(".phone-item:visible").get_by_text(WAITING)
        found = WAITING.search(said.first.inner_text())
        assert found
        return int(found[1])

    def photographs(self) -> list[tuple[int, str, int, int]]:
        """Those on file: of which session, under which key, width and height in pixels."""
        return self.ask(ON_FILE, self.first)

    def end_sign_ins(self) -> None:
        """Have everybody signed out, whatever is under way."""
        self.ask(ENDED)

    def kill_browser(self) -> None:
        """Have the browser's process end as it stands."""
        os.kill(self.phone.process(), signal.SIGKILL)

    def recover(self) -> None:
        """Have space, line, site and browser again, and let everything come home."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.site.process.wait(0.5)  # it may be about to die
        self.site.free()
        self.site.line.join()
        if self.site.process.poll() is not None:
            self.site.start()
        try:
            self.phone.page.title()
        except Error:
            self.phone.switch_off()
            self.phone.switch_on()
        for _try in range(MOST_TRIES):
            if self.is_sent():
                return
        raise AssertionError(self.phone.page.inner_text("main"))

    def is_sent(self) -> bool:
        """Send what there is, signed in; whether nothing waits on the phone any more."""
        self.open()
        page = self.phone.page
        nothing, send = page.locator("[data-part=nothing]"), page.locator("[data-act=send]")
        asks = page.locator(".phone-acts a[href='/sign-in'], [data-part=nobody]")
        page.locator(
            ":is([data-part=nothing], [data-act=send], [data-part=nobody]):visible"
        ).wait_for()
        page.wait_for_load_state("networkidle")
        if asks.locator("visible=true").count():
            self.phone.sign_in(LEADER)
        elif send.is_visible():
            send.click()
            page.wait_for_timeout(500)
        return nothing.is_visible()

    def check_all_home(self) -> None:
        """Every session is on file once with its two pictures; nothing is left anywhere else."""
        [(count,)] = self.ask("SELECT count(*) FROM activity WHERE id > ?", self.first_session)
        assert count == self.sessions
        self.tidy()
        files, colours = self.site.directory / "files", defaultdict(list)
        rows = self.photographs()
        for session, key, width, height in rows:
            with Image.open(files / key) as kept:
                assert (kept.format, kept.size) == ("JPEG", (width, height))
                colours[session].append(colour_of(kept))
        assert list(colours.values()) == [COLOURS] * self.sessions
        left = {f"photographs/{path.name}" for path in (files / "photographs").iterdir()}
        assert left == {key for _session, key, *_size in rows}
        assert self.phone.page.evaluate(COUNT_LEFT) == [0, 0]

    def tidy(self) -> None:
        """Clean up as in a night two days later."""
        folder = self.site.directory / "files"
        for path in (folder / "photographs").iterdir():
            os.utime(path, (time.time() - TWO_DAYS,) * 2)
        app = make_app(f"sqlite:///{self.site.directory / DATABASE}", files_directory=folder)
        done = app.test_cli_runner().invoke(args=["files", "purge"])
        assert done.exit_code == 0, done.output
