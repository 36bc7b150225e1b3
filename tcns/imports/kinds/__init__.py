"""The kinds of files that can be imported, a room each; `catalogue` lists them.

`fields` says what the columns are, `matching` what a row means beside what is on file, `writes`
what it then writes.
"""
