"""What a team did: sessions, who helped, how many people and households were reached."""
