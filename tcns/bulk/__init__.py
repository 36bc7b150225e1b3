"""The same done to many records of a list at once.

Which rows are meant and what is said of them before and afterwards; what is done, each subject says
in an action of its own (`bulk_operations`).
"""
