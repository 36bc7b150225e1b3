"""Photographs of sessions: added, shown to whoever may see the session, removed."""
