"""Files that people hand in, kept beside the database behind one small interface."""
