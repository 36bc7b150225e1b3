"""A letter with every part, and what Word and readers of PDF see of a file."""

import io
import os
import subprocess
from datetime import date
from pathlib import Path

import docx
import pypdfium2

from tcns.letters.content import Column, Head, Letter, Section, Signature, Table


def head(**differs: object) -> Head:
    """The head of a commune's report that has no number yet."""
    usual = {
        "agency": "Ủy ban nhân dân xã Hòa An",
        "superior": "UBND tỉnh Sơn Thủy",
        "place": "Hòa An",
        "sign": "BC-UBND",
        "day": date(2026, 2, 5),
    }
    return Head(**(usual | differs))  # type: ignore[arg-type]


def letter(rows: int = 60, **differs: object) -> Letter:
    """A report with a table over two pages; names hold what files could take for their own."""
    columns = (Column("STT", 0.5, "center"), Column("Tổ", 4), Column("Số buổi", 1, "right"))
    table = Table(
        columns,
        tuple((str(n), f"Thôn <Nà & {n}>", "1.234") for n in range(1, rows + 1)),
        "Bảng 1. Kết quả theo tổ",
        ("", "Cộng", "74.040"),
        "Dấu “–”: chưa ghi.",
    )
    usual = {
        "head": head(),
        "kind": "Báo cáo",
        "subject": "Kết quả hoạt động {{ 7 * 7 }}",
        "sections": (
            Section("I. TÌNH HÌNH TỔ CHỨC", 1, ("Đến hết ngày 14/11/2026 có 11 tổ.",)),
            Section("II. KẾT QUẢ", 1, (), (table,)),
        ),
        "signatures": (Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Hoàng Thị Mẫn"),),
        "receivers": ("Sở Khoa học và Công nghệ", "Lưu: VT"),
        "made": "Lập từ hệ thống lúc 14:35 ngày 29/11/2026",
    }
    return Letter(**(usual | differs))  # type: ignore[arg-type]


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, its blanks as one."""
    found = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in found]


def text_in(content: bytes) -> str:
    """All text of a document, whichever of its two files it is."""
    if content.startswith(b"%PDF"):
        return " ".join(pages_of(content))
    document = opened(content)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def opened(content: bytes) -> "docx.document.Document":
    """A Word file as a program reads it."""
    return docx.Document(io.BytesIO(content))


def through_office(content: bytes, directory: Path) -> bytes:
    """What LibreOffice makes of a Word file: the PDF that it prints."""
    (directory / "letter.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{directory}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(directory)]
    subprocess.run(
        [*command, str(directory / "letter.docx")],
        check=True,
        capture_output=True,
        timeout=180,
        env=os.environ | {"HOME": str(directory)},
    )
    return (directory / "letter.pdf").read_bytes()
