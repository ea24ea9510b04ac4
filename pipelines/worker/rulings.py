"""What the rules hold is brought before a moderator. (What they refuse, the database records as it ends.)"""

from data import leases
from data.client import SERVICE
from data.opening import Data
from pipelines.safety.ruling import Ruling
from pipelines.worker.lease import Lease
from pipelines.worker.patience import patiently

LONGEST_REASON = 500  # characters


def open_case(data: Data, lease: Lease, ruling: Ruling, language: str) -> None:
    """Records a hold with its evidence, the reason in the language of the prompt, and opens a case for it."""
    evidence = ruling.model_dump(mode="json", include={"spans", "suggestion", "policy", "scores", "reason"})
    reason = ruling.reason.told(language)[:LONGEST_REASON]
    patiently(
        lease,
        lambda: leases.record_ruling(
            data.database,
            SERVICE,
            lease.generation,
            "prompt",
            ruling.decision,
            ruling.rule,
            reason,
            evidence=evidence,
        ),
    )
