"""What a text holds that a reader does not see or should know of: hidden characters, encoded text, risky lines."""
