"""A copy of everything, and the way back from it.

A backup is one tar file: the database in its engine's own form, the files beside it, a manifest
that says what they are, and behind the end of the tar a seal over every byte before it. Any tar
program reads it; `flask backup restore` reads nothing of it before the seal holds.
"""
