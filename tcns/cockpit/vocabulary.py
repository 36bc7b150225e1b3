"""The measures that the cockpit shows."""

# Teams that held a session in the period, of all teams: what everything else is about.
ACTIVE, TEAMS = "active_team_count", "team_count"
LARGE = (ACTIVE, "village_team_count")
SMALL = ("activity_count", "participant_count", "household_count", TEAMS, "membership_count")
KEYS = (*LARGE, *SMALL)
