"""The alarm engine: judges the pack's rules on commits and by time, and settles what it finds in the database."""
