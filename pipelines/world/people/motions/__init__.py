"""What people do: one motion a file."""
