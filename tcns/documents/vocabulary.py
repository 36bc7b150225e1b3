"""In which files documents are given out."""

from enum import StrEnum


class Form(StrEnum):
    """A file for Word, to go on with, or one to print."""

    DOCX = "docx"
    PDF = "pdf"
