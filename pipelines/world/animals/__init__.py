"""Animals: rigs of bones and gaits, one small file for each kind."""
