"""Ten sessions from a paper book on one page: typed, or pasted from a spreadsheet."""
