"""The periodic report and its way up: drafted from records, sent, returned, accepted, frozen."""
