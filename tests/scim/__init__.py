"""SCIM: the storage against its contract, the protocol over HTTP, and what directories really send."""
