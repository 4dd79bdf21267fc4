"""The room's database and city packs: the only package that speaks SQL."""
