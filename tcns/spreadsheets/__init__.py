"""Writing spreadsheets safely."""
