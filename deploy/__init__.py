"""How the room is put on a machine: private servers for one command, and what production needs."""
