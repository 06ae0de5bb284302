"""What the command line does, a module a command. Imported when a command runs, so that `assay --help` is quick."""
