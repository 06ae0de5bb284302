"""
How an account's people may sign in: with passwords, through identity providers, or both.

Where passwords are switched off, an owner who has a second factor can still sign in with password and code: else a provider that fails,
or whose certificate has run out, would lock the account's last key inside.
"""
