"""The first page of each role: what is mine, what waits for me."""
