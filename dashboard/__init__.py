"""The read side of the room, running: the page, the live hub and its event stream, health and figures."""
