"""Why a person can see an interaction, or cannot."""
