"""The inspection of pages finds each fault it is there for."""

import pytest

from tests.inspection import page_faults

SOUND = """<!doctype html><html lang="vi"><head><title>Đội</title></head><body><main>
<h1>Đội</h1>{}</main></body></html>"""


def faults_of(content: str) -> str:
    return " ".join(page_faults(SOUND.format(content).encode()))


def test_a_sound_page_has_no_fault() -> None:
    assert not faults_of(
        '<a href="/x">Đi</a><label>Tên <input name="a"></label>'
        '<form method="get"><label for="b">Họ</label><select id="b"></select></form>'
        '<svg viewBox="0 0 1 1"><title>Cột</title><use href="#b"></use></svg>'
    )


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("<p>Đội", "</main> is written where </p> is read"),
        ("<b><i>Đội</b></i>", "</b> is written where </i> is read"),
        ("<div>Đội</div></div>", "</div> is written where </main> is read"),
        ('<p a="" a="">Đội</p>', "duplicate-attribute"),
        ("<table><p>x</p></table>", "<table> is written where <p> is read"),
        ("<table>Đội<tbody></tbody></table>", "<table> is written where Đội is read"),
        ('<select aria-label="a"><b>Đội</b></select>', "holds ['b']"),
        ('<p role="heading-of-all">Đội</p>', "role"),
        ("<center>Đội</center>", "obsolete"),
        ("<h1>Hai</h1>", "exactly one h1"),
        ("<main></main>", "exactly one <main>"),
        ('<p id="a"></p><p id="a"></p>', "stands 2 times"),
        ('<p aria-describedby="gone"></p>', "refers to no id"),
        ('<a href="#gone">Đi</a>', "leads nowhere"),
        ('<input name="a">', "'a' has no label"),
        ('<input name="a" type="date" id="b"><label for="c">C</label><i id="c"></i>', "no label"),
        ('<textarea name="a"></textarea>', "has no label"),
        ('<script src="//x.vn/a.js"></script>', "from elsewhere"),
        ('<img alt="" src="https://x.vn/a.png">', "from elsewhere"),
        ("<style>p{}</style>", "inline <style>"),
        ("<script>x()</script>", "inline <script>"),
        ('<p style="color:red">x</p>', "inline style="),
        ('<p onclick="x()">x</p>', "inline onclick="),
        ('<a href="javascript:x()">x</a>', "runs a script"),
        ('<form action="/x"></form>', "has the method ''"),
        ('<form method="post"></form>', "0 CSRF tokens"),
        (
            '<form method="get"><input type="hidden" name="csrf_token" value="x"></form>',
            "shows its token",
        ),
        ('<img src="/a.png">', "has no alt"),
        ('<a href="/x"><svg></svg></a>', "says nothing"),
        ("<button></button>", "says nothing"),
    ],
)
def test_a_fault_is_found(content: str, fault: str) -> None:
    assert fault in faults_of(content)


def test_a_missing_doctype_and_words_after_the_page_are_found() -> None:
    assert "doctype" in page_faults(SOUND.format("").removeprefix("<!doctype html>").encode())[0]
    (fault,) = page_faults(f"{SOUND.format('')}Đội".encode())
    assert "</body> is written where Đội is read" in fault


def test_a_missing_title_or_language_is_found() -> None:
    page = (
        SOUND.format("")
        .replace("<title>Đội</title>", '<meta charset="utf-8">')
        .replace(' lang="vi"', "")
    )
    assert "<title> must be there" in " ".join(page_faults(page.encode()))
    assert "<html lang> is None" in " ".join(page_faults(page.encode()))
