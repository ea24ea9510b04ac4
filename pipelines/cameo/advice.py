"""What to do about each problem of a recording, in English and French."""

SENTENCES: dict[str, tuple[str, str]] = {
    "unreadable": (
        "The recording cannot be read. Record it again here, or send a webm or MP4 file.",
        "L'enregistrement est illisible. Refaites-le ici, ou envoyez un fichier webm ou MP4.",
    ),
    "no_picture": (
        "The recording has no picture. Allow the camera, and record again.",
        "L'enregistrement n'a pas d'image. Autorisez la caméra et recommencez.",
    ),
    "too_large": (
        "The recording is too large. Record at 720p, and at most 120 MB.",
        "L'enregistrement est trop lourd. Filmez en 720p, 120 Mo au plus.",
    ),
    "too_long": (
        "The recording is longer than 40 seconds. Stop when the last step is done.",
        "L'enregistrement dépasse 40 secondes. Arrêtez après la dernière étape.",
    ),
    "too_short": (
        "The recording ends before the last step. Go on until the end.",
        "L'enregistrement s'arrête avant la dernière étape. Allez jusqu'au bout.",
    ),
    "too_small": (
        "The picture is too small. Use a camera with at least 320 × 240 pixels.",
        "L'image est trop petite. Utilisez une caméra d'au moins 320 × 240 pixels.",
    ),
    "no_face": (
        "No face was seen. Look into the camera, with light from the front.",
        "Aucun visage n'a été vu. Regardez la caméra, la lumière en face de vous.",
    ),
    "too_far": (
        "Your face is too small in the picture. Come closer, until your head fills half of its height.",
        "Votre visage est trop petit dans l'image. Approchez-vous : la tête doit en remplir la moitié.",
    ),
    "two_faces": (
        "More than one face was seen. Be alone in the picture, and cover posters and screens.",
        "Plusieurs visages ont été vus. Soyez seul dans l'image ; cachez affiches et écrans.",
    ),
    "too_dark": (
        "It is too dark to see your face. Turn on a lamp in front of you.",
        "Il fait trop sombre pour voir votre visage. Allumez une lampe devant vous.",
    ),
    "too_bright": (
        "The picture is too bright. Turn away from the window, or dim the lamp.",
        "L'image est trop claire. Éloignez-vous de la fenêtre ou baissez la lampe.",
    ),
    "another_person": (
        "It is not certain that one person is seen throughout. Stay in the picture, and record in one go.",
        "Il n'est pas sûr qu'une seule personne soit filmée. Restez dans l'image et filmez d'une traite.",
    ),
    "too_few_turns": (
        "A turn of the head was not seen. Turn clearly until an ear shows, hold for a second, then look ahead again.",
        "Un mouvement de tête n'a pas été vu. Tournez nettement, tenez une seconde, puis regardez devant vous.",
    ),
    "other_turns": (
        "The head turned in another order, or at another time. Follow each step while it is shown.",
        "La tête a tourné dans un autre ordre ou à un autre moment. Suivez chaque étape quand elle s'affiche.",
    ),
    "mirrored": (
        "The turns are the other way round. Switch off mirroring in your camera, and turn to your own left and right.",
        "Les mouvements sont inversés. Désactivez l'effet miroir et tournez vers votre gauche, votre droite.",
    ),
    "silent": (
        "No voice was heard. Allow the microphone, and say the numbers aloud.",
        "Aucune voix n'a été entendue. Autorisez le micro et dites les nombres à voix haute.",
    ),
    "numbers_missing": (
        "A number was not heard while it was shown. Say each one aloud, as soon as you see it.",
        "Un nombre n'a pas été entendu pendant son affichage. Dites chacun à voix haute dès que vous le voyez.",
    ),
    "other_speech": (
        "There is talk where silence was expected. Turn off radio and television, and say only the numbers.",
        "On entend parler là où le silence était attendu. Éteignez radio et télévision ; ne dites que les nombres.",
    ),
    "other_numbers": (
        "Another number was understood. Say each one slowly and clearly.",
        "Un autre nombre a été compris. Dites chacun lentement et clairement.",
    ),
    "still": (
        "Your mouth was not seen moving. Face the camera while you say the numbers; pictures are not accepted.",
        "On ne voit pas votre bouche bouger. Regardez la caméra en disant les nombres ; une photo ne suffit pas.",
    ),
    "replay": (
        "This recording was sent before. Record a new one.",
        "Cet enregistrement a déjà été envoyé. Faites-en un nouveau.",
    ),
}


def told(problem: str, language: str = "en") -> str:
    """The sentence about a problem, in that language (en or fr)."""
    return SENTENCES[problem][1 if language == "fr" else 0]
