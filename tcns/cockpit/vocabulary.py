"""The measures that the cockpit shows."""

# Teams that held a session in the period, of all teams: what everything else is about.
ACTIVE, TEAMS, SESSIONS = "active_team_count", "team_count", "activity_count"
LARGE = (ACTIVE, "village_team_count")
SMALL = (SESSIONS, "participant_count", "household_count", TEAMS, "membership_count")
KEYS = (*LARGE, *SMALL)
# An area is silent that had no session for so many days; a session waits too long after as many.
SILENT_DAYS, WAITING_DAYS = 30, 7
SILENT_TEAMS, PENDING = "silent_team_count", "pending_activity_count"
