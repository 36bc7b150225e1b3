"""Files that are broken in the ways files are: renamed, cut, swollen, scrambled."""

import io
import zipfile
from collections.abc import Callable
from random import Random

from xlsxwriter import Workbook

from tests.imports.files import workbook

Named = tuple[str, bytes]
MANIFEST = (
    b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)
LIST = (
    ["DANH SÁCH"],
    ["STT", "Họ và tên", "SĐT", "Thôn"],
    [1, "Lò Thị Mới", 912345678, "Đồng Tâm"],
    [2, "=1+1", None, None],
)


def sound_files() -> list[Named]:
    """A workbook with merged cells and formulas, one with a macro, an ODS, texts."""
    text = "Họ tên;SĐT;Thôn\nLò Thị Mới;0912345678;Đồng Tâm\n" * 20
    return [
        ("danh sach.xlsx", workbook(*LIST, merged=["A1:D1", "D3:D4"])),
        ("danh sach.xlsm", with_macro()),
        open_document(merged_rows=3),
        ("danh sach.csv", text.encode("utf-8-sig")),
        ("danh sach.txt", text.encode("utf-16")),
    ]


def with_macro() -> bytes:
    """A workbook that carries what Excel would run."""
    file = io.BytesIO()
    with Workbook(file) as book:
        book.add_worksheet().write_row(0, 0, ["Họ và tên", "SĐT"])
    return packed({**unpacked(file.getvalue()), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 100})


def open_document(merged_rows: int = 1) -> Named:
    """A list as LibreOffice keeps it, a cell of which may be merged over some rows."""
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    heading = f"<table:table-row>{cell('Họ tên')}{cell('Thôn')}</table:table-row>"
    first = cell("Nà", f'table:number-rows-spanned="{merged_rows}"')
    row = f"<table:table-row>{cell('An')}{first}</table:table-row>"
    covered = f"<table:table-row>{cell('An')}<table:covered-table-cell/></table:table-row>"
    text = f"""<office:document-content {namespaces}><office:body><office:spreadsheet>
        <table:table table:name="A">{heading}{row}{covered * (merged_rows - 1)}</table:table>
        </office:spreadsheet></office:body></office:document-content>"""
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    parts = {"mimetype": kind, "content.xml": text.encode(), "META-INF/manifest.xml": MANIFEST}
    return "danh sach.ods", packed(parts)


def cell(text: str, attributes: str = "") -> str:
    """A cell of an OpenDocument table."""
    content = f"<text:p>{text}</text:p>"
    return f'<table:table-cell office:value-type="string" {attributes}>{content}</table:table-cell>'


def unpacked(content: bytes) -> dict[str, bytes]:
    """The entries of an archive; none of what is no archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile:
        return {}


def packed(entries: dict[str, bytes]) -> bytes:
    """An archive of some entries; the first is not compressed, as OpenDocument wants it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return file.getvalue()


def rename(name: str, content: bytes, chance: Random) -> Named:
    """The ending of another kind of file."""
    return f"a.{chance.choice(('xls', 'csv', 'ods', 'xlsx', 'pdf', '', 'tar.gz'))}", content


def cut(name: str, content: bytes, chance: Random) -> Named:
    """A download that broke off."""
    return name, content[: chance.randrange(len(content))]


def scramble(name: str, content: bytes, chance: Random) -> Named:
    """Bytes that changed on the way."""
    scrambled = bytearray(content)
    for _turn in range(chance.randrange(1, 200)):
        scrambled[chance.randrange(len(scrambled))] = chance.randrange(256)
    return name, bytes(scrambled)


def scramble_inside(name: str, content: bytes, chance: Random) -> Named:
    """An archive that is whole, of parts that are not."""
    entries = unpacked(content)
    if not entries:
        return scramble(name, content, chance)
    part = chance.choice(list(entries))
    entries[part] = scramble("", entries[part] or b"x", chance)[1]
    return name, packed(entries)


def lose_part(name: str, content: bytes, chance: Random) -> Named:
    """An archive without one of its parts."""
    entries = unpacked(content)
    if entries:
        entries.pop(chance.choice(list(entries)))
    return name, packed(entries)


def swell(name: str, content: bytes, chance: Random) -> Named:
    """A bomb: a part that opens up a thousandfold."""
    entries = unpacked(content)
    part = next(
        (each for each in entries if "sheet" in each or "content" in each), "xl/workbook.xml"
    )
    return name, packed({**entries, part: b" " * chance.choice((30, 90, 250)) * 1_000_000})


def repeat_rows(name: str, content: bytes, chance: Random) -> Named:
    """A small file that says it has more rows and columns than a computer holds."""
    entries = unpacked(open_document()[1])
    many = str(10 ** chance.randrange(5, 10)).encode()
    what = chance.choice((b"table:table-row", b"table:table-cell"))
    kind = b"rows" if what.endswith(b"row") else b"columns"
    repeated = b"<" + what + b" table:number-" + kind + b'-repeated="' + many + b'"'
    text = entries["content.xml"].replace(b"<" + what, repeated)
    return name, packed(entries | {"content.xml": text})


def stretch(name: str, content: bytes, chance: Random) -> Named:
    """A cell at the far end of a sheet."""
    file = io.BytesIO()
    with Workbook(file) as book:
        book.add_worksheet().write(chance.randrange(1_048_576), chance.randrange(16_384), "x")
    return name, file.getvalue()


def encode(name: str, content: bytes, chance: Random) -> Named:
    """A text in an encoding of other times, or with bytes that no text has."""
    text = "Họ tên,Thôn\nĐỗ Văn Ân,Nà\n"
    encoding = chance.choice(("cp1258", "cp1252", "utf-16-le", "utf-32", "shift_jis", "utf-7"))
    return "a.csv", text.encode(encoding, "replace") + chance.choice((b"", b"\xff", b"\0"))


def invent(name: str, content: bytes, chance: Random) -> Named:
    """No file of any kind."""
    beginning = chance.choice(
        (b"", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    )
    return name, beginning + chance.randbytes(chance.randrange(3000))


WAYS: tuple[Callable[[str, bytes, Random], Named], ...] = (
    *(rename, cut, scramble, scramble_inside, lose_part, swell, repeat_rows, stretch, encode),
    invent,
)


def break_file(name: str, content: bytes, chance: Random) -> Named:
    """The file broken in one of the ways."""
    return chance.choice(WAYS)(name, content, chance)
