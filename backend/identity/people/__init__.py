"""People of an account as they are managed: made, changed, switched off, given a seat. Joins users, seats, roles and sessions."""
