"""The official rules that judge what the city senses: pure functions over the pack's figures, citing regulations."""
