"""The kinds of files that can be imported, a folder each."""
