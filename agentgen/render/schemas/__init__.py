"""The JSON Schema of `target.yaml`, for editors and other programs."""
