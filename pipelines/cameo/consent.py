"""What a person agrees to before they record a cameo, in plain words. The version is kept with the time of the yes."""

VERSION = "2026-11"

_ENGLISH = """\
You are about to record your face and your voice, so that clips can be made in which you seem to act and speak.
• Hibari keeps three pictures of your head, your colours, how your voice sounds and the numbers that you say, all \
encrypted. The recording itself is deleted at once.
• At first only you can use it. You choose who else may, for what, and until when, and you can change your mind at any \
time.
• You see every clip with you, drafts and refusals too. You can take any of them down.
• You can delete all of it whenever you like, at once.
• You record yourself, and nobody else. If you are under age, your guardian has to agree before it can be used."""

_FRENCH = """\
Vous allez enregistrer votre visage et votre voix, pour que des clips puissent vous montrer en train d'agir et de \
parler.
• Hibari garde, chiffrés, trois images de votre tête, vos couleurs, le son de votre voix et les nombres que vous \
dites. L'enregistrement lui-même est supprimé aussitôt.
• Au début, vous seul pouvez l'utiliser. Vous choisissez qui d'autre, pour quoi et jusqu'à quand, et pouvez changer \
d'avis.
• Vous voyez chaque clip où vous apparaissez, brouillons et refus compris. Vous pouvez retirer chacun d'eux.
• Vous pouvez tout supprimer quand vous voulez, immédiatement.
• Vous n'enregistrez que vous-même. Si vous êtes mineur, votre tuteur doit donner son accord avant toute utilisation."""


def text(language: str = "en") -> str:
    """What is agreed to, in that language (en or fr)."""
    return _FRENCH if language == "fr" else _ENGLISH
