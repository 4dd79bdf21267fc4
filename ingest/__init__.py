"""The write side: what arrives by MQTT is taken apart, committed, and only then acknowledged."""
