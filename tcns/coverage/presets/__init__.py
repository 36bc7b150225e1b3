"""Questions to coverage that somebody asks again and again, kept under a name of their own."""
