"""Verify's answers in English and French."""

import datetime

VERDICTS = {
    "made_here": ("Made here{by}{on}. Nothing was changed since.", "Fait ici{by}{on}. Rien n’a été changé depuis."),
    "made_here_changed": ("Made here{by}{on}, then changed or copied.", "Fait ici{by}{on}, puis modifié ou copié."),
    "signed_by_other": ("Signed by someone else: {signer}.", "Signé par quelqu’un d’autre : {signer}."),
    "withdrawn": (
        "Made here{by}{on}, and withdrawn since: it should no longer be shown.",
        "Fait ici{by}{on}, puis retiré : il ne devrait plus être montré.",
    ),
    "no_trace": (
        "No trace found. That proves nothing: traces can be lost or removed.",
        "Aucune trace. Cela ne prouve rien : une trace peut se perdre ou être effacée.",
    ),
}

EVIDENCE = {
    "credential_intact": (
        "The credential is ours, and every byte of the file is as it was signed.",
        "Le certificat est le nôtre, et chaque octet du fichier est tel qu’il a été signé.",
    ),
    "credential_changed": (
        "The credential is ours, but does not fit this file: the file was changed, or the credential is another’s.",
        "Le certificat est le nôtre, mais ne correspond pas à ce fichier : il a été modifié, ou le certificat vient "
        "d’un autre.",
    ),
    "credential_expired": (
        "The credential is ours and fits the file; its signing certificate has ended since.",
        "Le certificat est le nôtre et correspond au fichier ; la clé de signature a expiré depuis.",
    ),
    "credential_known": (
        "The file fits a credential of {signer}, whose root this installation trusts.",
        "Le fichier correspond à un certificat de {signer}, dont cette installation reconnaît la racine.",
    ),
    "credential_unknown": (
        "The file fits a credential of {signer}. Nobody known here vouches for that name.",
        "Le fichier correspond à un certificat de {signer}. Personne de connu ici ne garantit ce nom.",
    ),
    "credential_broken": (
        "There is a credential, but it was tampered with or is damaged.",
        "Il y a un certificat, mais il est falsifié ou abîmé.",
    ),
    "credential_none": (
        "There is no credential; it may have been removed.",
        "Pas de certificat ; il a pu être retiré.",
    ),
    "video_mark_found": (
        "The picture carries our invisible mark, number {mark}.",
        "L’image porte notre marque invisible, numéro {mark}.",
    ),
    "video_mark_elsewhere": (
        "The picture carries our mark {mark}, but does not look like that clip: the mark may have been copied.",
        "L’image porte notre marque {mark}, mais ne ressemble pas à ce clip : la marque a pu être copiée.",
    ),
    "video_mark_none": ("No invisible mark was found in the picture.", "Aucune marque invisible dans l’image."),
    "sound_mark_found": (
        "The sound carries our inaudible mark, number {mark}.",
        "Le son porte notre marque inaudible, numéro {mark}.",
    ),
    "sound_mark_none": ("No inaudible mark was found in the sound.", "Aucune marque inaudible dans le son."),
    "frames_found": (
        "{matched} of {asked} frames look like those of clip {mark}.",
        "{matched} images sur {asked} ressemblent à celles du clip {mark}.",
    ),
    "frames_none": ("No clip made here looks like it.", "Aucun clip fait ici n’y ressemble."),
    "sound_found": ("It sounds like clip {mark}.", "On y entend le son du clip {mark}."),
    "sound_none": ("No clip made here sounds like it.", "Aucun clip fait ici n’a ce son."),
}

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def verdict_sentence(verdict: str, maker: str | None, made_at: str | None, signer: str | None, language: str) -> str:
    """The verdict, with who made it and when as far as that may be told."""
    french = language == "fr"
    by = f" {'par' if french else 'by'} @{maker}" if maker else ""
    day = _day(made_at, language)
    on = f" {'le' if french else 'on'} {day}" if day else ""
    unknown = "inconnu" if french else "unknown"
    return VERDICTS[verdict][french].format(by=by, on=on, signer=signer or unknown)


def evidence_sentence(code: str, detail: dict, language: str) -> str:
    """What was found, with the values of `detail` in their places."""
    told = {"signer": "?", "mark": "?", "matched": "?", "asked": "?"} | detail
    return EVIDENCE[code][language == "fr"].format(**told)


def _day(made_at: str | None, language: str) -> str | None:
    """A date in words, from ISO 8601; None for what is no date."""
    try:
        date = datetime.datetime.fromisoformat(made_at) if made_at else None
    except ValueError:
        return None
    if date is None:
        return None
    if language == "fr":
        return f"{'1er' if date.day == 1 else date.day} {MONTHS[date.month - 1]} {date.year}"
    return f"{date.day} {ENGLISH_MONTHS[date.month - 1]} {date.year}"
