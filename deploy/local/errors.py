"""The one error root of this package."""


class DeployError(Exception):
    """The room cannot be started here; the message is one clear line for the person who tried."""
