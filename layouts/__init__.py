"""What is on screen: rows in, components out. No I/O at render time, no callbacks, no clock."""
