"""A spreadsheet on its way in: uploaded, matched, checked, applied, undone.

In this folder lies that way, the same for all files (`applying` walks it whole).

    kinds  what each kind of file consists of, and what its rows do
    rows   how a row is read, matched and written, whatever the kind
"""
