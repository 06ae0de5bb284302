"""Signing in with a password, with a code where there is a second factor, and changing the password."""
