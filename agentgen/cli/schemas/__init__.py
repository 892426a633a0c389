"""The JSON Schema of the settings, for editors and other programs."""
