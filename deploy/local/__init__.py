"""The private servers and the supervisor behind `make run` and `make test`."""
