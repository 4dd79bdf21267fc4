"""Documents that others publish on the web, asked for politely and handed on by MQTT: there is one way in."""
