"""The JSON Schemas of profile and recipe, for editors and other programs."""
