"""Rules → rulings: what may be made and shown, decided from words and pictures by policy that anybody can read."""
