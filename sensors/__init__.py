"""What the city senses: devices, markets and citizens, and the official rules that judge it. Pure."""
