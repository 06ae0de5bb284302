"""Who asks and what they may do: values without I/O."""
