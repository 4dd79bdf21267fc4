"""The one error root of this package."""


class SensorsError(Exception):
    """Something the city told us, or was configured to tell us, is wrong; the message is one clear line."""
