"""Above all domains: their types composed, the schema, and everything that speaks HTTP."""
