"""A spreadsheet on its way in: uploaded, matched, checked, applied, undone."""
