"""What is kept: one Postgres schema, its clients, accounts and media. Imports nothing from the rest of the project."""
