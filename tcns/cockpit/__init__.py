"""The cockpit: an area and what lies in it at a glance, drawn of the figures of coverage."""
