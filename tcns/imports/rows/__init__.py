"""What all kinds of files share: how a row is read, matched and written."""
