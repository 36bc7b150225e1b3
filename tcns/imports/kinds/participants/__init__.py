"""The file of those who took part in a course: enrolled, or completed and when."""
