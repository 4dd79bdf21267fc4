"""What a report says, drawn from the answers to questions as pages are: rows in, a plain `Paper` out.

`daily`, `weekly` and `monthly` make the paper of each report out of sections; `templates/` says how it is set.
"""
