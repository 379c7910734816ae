"""The command line: one file a command, in the order of the flow."""
