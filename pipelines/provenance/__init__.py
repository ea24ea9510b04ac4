"""Where a clip comes from, told so that it can be seen and checked: marks, fingerprints, credentials, Verify."""

from pipelines.provenance.installation import Provenance, open_provenance

__all__ = ["Provenance", "open_provenance"]
