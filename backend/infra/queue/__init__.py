"""What wakes the workers. The database knows what is to do; a queue only says it sooner."""
