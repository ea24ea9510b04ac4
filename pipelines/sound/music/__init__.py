"""Music beds: moods as rows of a table, a small composer, a few synthesised instruments."""
