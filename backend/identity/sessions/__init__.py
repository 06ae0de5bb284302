"""Where people are signed in: seen and ended by themselves, and by those who manage people."""
