"""Getting in and out: by password or one-time code; what the cookie means on each request."""
