"""Documents of other offices' systems, published as messages of ours."""
