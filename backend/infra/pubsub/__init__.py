"""Who listens now hears it; nobody else does. What must not be lost stands in the database."""
