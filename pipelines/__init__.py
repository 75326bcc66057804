"""The machine's door: sources, steps, flows, command line."""
