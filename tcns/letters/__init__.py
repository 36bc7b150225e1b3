"""Official documents in the form of Decree 30/2020/NĐ-CP, as DOCX and as PDF of one content.

What a document says is put together by the subject it is about, in Vietnamese whatever language
the pages speak. How it looks is told here alone: `template` for Word, templates/letters for PDF.
"""
