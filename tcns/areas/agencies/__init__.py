"""The agency that signs for a commune or the province: how it is named, who signs, who helps."""
