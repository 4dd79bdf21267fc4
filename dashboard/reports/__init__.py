"""Reports, running: asked for by address, written by a command, made by the clock."""
