"""The way out for alarms: each step told once to each channel that asks for it, and what became of it recorded."""
