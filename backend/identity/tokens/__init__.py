"""
API tokens: what a program shows instead of a cookie.

A token is a JWT behind the prefix `assay_`. It counts only while its row stands (only its SHA-256 is kept, so it is shown once), its
signature verifies under the account's key that made it, and its owner is active; it acts as the owner, cut to its scopes.
"""
