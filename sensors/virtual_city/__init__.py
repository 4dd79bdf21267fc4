"""The virtual city: a seeded stand-in for field devices that publishes by MQTT as they would.

The world is a pure function of seed, scenario and time: the same instant gives the same value, so that
history, restarts and late packets never contradict what was already sent.
"""
