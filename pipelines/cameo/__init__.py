"""A person's likeness and voice: the live check, the cut-out, the voice, and what the person rules out."""
