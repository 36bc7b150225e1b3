"""What happens to villages: added, renamed, merged, closed; their households."""
