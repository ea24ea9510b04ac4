"""What a person rules out holds against other words for it, in both languages, and against nothing else.

Each pair is a rule, a prompt that it refuses, and one close by that it allows. `FIRST` stood while the rules were
written; `LATER` was written afterwards, without looking at the tables.
"""

import pytest

from pipelines.cameo.topics import topics
from pipelines.cameo.wishes import as_they_appear, read_wishes, refusals
from pipelines.director import direct
from pipelines.storyboard import Shot, Storyboard, Subject

SWITCHES = {"politics", "violence", "romance", "brands", "other_cameos", "voice", "minors", "remix"}

# rule (a switch, or own words), refused, allowed
FIRST = [
    ("violence", "@ann fights a man in the street", "@ann dances with a man in the street"),
    ("violence", "@ann se bat dans la rue", "@ann danse dans la rue"),
    ("violence", "@ann holds a gun", "@ann holds a balloon"),
    ("violence", "@ann tient un pistolet", "@ann tient un ballon"),
    ("violence", "@ann is covered in blood", "@ann is covered in snow"),
    ("violence", "@ann, le visage en sang", "@ann, le visage au soleil"),
    ("violence", "A soldier shoots at @ann", "A photographer waves at @ann"),
    ("violence", "Un soldat tire sur @ann", "Un facteur salue @ann"),
    ("violence", "@ann throws a grenade", "@ann throws a ball"),
    ("violence", "@ann lance une grenade", "@ann lance un ballon"),
    ("violence", "@ann s t a b s a wizard", "@ann hugs a wizard"),
    ("violence", "@ann is changing a tire and punches it", "@ann changes a tire"),
    ("romance", "@ann kisses a man on the beach", "@ann waves at a man on the beach"),
    ("romance", "@ann embrasse un homme", "@ann salue un homme"),
    ("romance", "@ann in a wedding dress beside the groom", "@ann in a red dress beside a tree"),
    ("romance", "Le mariage de @ann", "L'anniversaire de @ann"),
    ("romance", "A candlelit dinner with @ann", "A picnic with @ann"),
    ("romance", "@ann et son petit ami au parc", "@ann et son chien au parc"),
    ("romance", "@ann holding hands with a stranger", "@ann holding a kite"),
    ("romance", "@ann et un homme main dans la main", "@ann et un homme dans un train"),
    ("politics", "@ann gives a speech at an election rally", "@ann gives a talk about birds"),
    ("politics", "@ann vote dans un bureau", "@ann lit dans un bureau"),
    ("politics", 'Close up: @ann says "Vote for me"', 'Close up: @ann says "Look at me"'),
    ("politics", "@ann avec le président", "@ann avec le facteur"),
    ("politics", "@ann marches in a protest", "@ann walks in a forest"),
    ("politics", "@ann dans une manifestation", "@ann dans une forêt"),
    ("brands", "@ann drinks Coca-Cola", "@ann drinks water"),
    ("brands", "@ann boit un Pepsi", "@ann boit un thé"),
    ("brands", "An advertisement for shoes with @ann", "A walk in new shoes with @ann"),
    ("brands", "Une publicité avec @ann", "Une promenade avec @ann"),
    ("other_cameos", "@ann and @ben play chess", "@ann and a robot play chess"),
    ("other_cameos", "@ann et @ben jouent", "@ann et un robot jouent"),
    ("voice", '@ann says "I love this soap"', "@ann waves and smiles"),
    ("voice", "@ann dit « J'adore »", "@ann salue et sourit"),
    ("never smoking", "@ann lights a cigarette", "@ann lights a candle"),
    ("never smoking", "@ann fume sur un balcon", "@ann lit sur un balcon"),
    ("jamais de tabac", "@ann puffs on a cigar", "@ann blows on her soup"),
    ("never smoking", "@ann sm0king in the rain", "@ann smiling in the rain"),
    ("never smoking", "@ann with a vape", "@ann without a cigarette walks"),
    ("pas de natation", "@ann swims in the sea", "@ann walks by the sea"),
    ("pas de natation", "@ann nage dans la mer", "@ann marche au bord de la mer"),
    ("no swimming", "@ann plonge dans la piscine", "@ann court dans le parc"),
    ("no alcohol", "@ann drinks beer", "@ann drinks juice"),
    ("pas d'alcool", "@ann boit du vin rouge", "@ann boit du jus rouge"),
    ("no dogs", "@ann and a dog run", "@ann and a cat run"),
    ("pas de chiens", "@ann walks a puppy", "@ann walks a kitten"),
    ("never in the rain", "@ann walks in the rain", "@ann walks in the sun"),
    ("jamais sous la pluie", "@ann marche sous la pluie", "@ann marche sous la neige"),
    ("no dancing", "@ann dances on a stage", "@ann stands on a stage"),
    ("no clowns please", "@ann beside two clowns", "@ann beside two trees"),
    ("never with snakes or spiders", "@ann holds a python", "@ann holds a cat"),
    ("jamais en maillot de bain", "@ann in a bikini", "@ann in a coat"),
]
LATER = [
    ("violence", "@ann strangles somebody", "@ann surprises somebody"),
    ("violence", "@ann poignarde un homme", "@ann photographie un homme"),
    ("violence", "A bloody battle with @ann in it", "A snowball afternoon with @ann in it"),
    ("violence", "@ann aims a rifle", "@ann aims a camera"),
    ("violence", "@ann brandit une épée", "@ann brandit un parapluie"),
    ("violence", "@ann gets murdered in a kitchen", "@ann gets soaked in a kitchen"),
    ("violence", "@ann dans une fusillade", "@ann dans une boulangerie"),
    ("violence", "@ann knocks out a boxer", "@ann paints a boxer dog"),
    ("violence", "@ann, blessée, rampe", "@ann, fatiguée, dort"),
    ("violence", "@ann plants a b.o.m.b", "@ann plants a tree"),
    ("romance", "@ann and a woman are in love", "@ann and a woman are in a boat"),
    ("romance", "@ann tombe amoureuse", "@ann tombe dans la neige"),
    ("romance", "@ann proposes marriage", "@ann proposes a game"),
    ("romance", "@ann câline un homme", "@ann coiffe un homme"),
    ("romance", "@ann on her honeymoon", "@ann on her bicycle"),
    ("romance", "Un baiser entre @ann et un pirate", "Une partie de cartes entre @ann et un pirate"),
    ("romance", "@ann flirts with the waiter", "@ann talks with the waiter"),
    ("romance", "@ann fait un bisou", "@ann fait un gâteau"),
    ("politics", "@ann is elected mayor", "@ann is crowned champion"),
    ("politics", "@ann devient ministre", "@ann devient boulangère"),
    ("politics", "@ann supports the communist party", "@ann supports the football team"),
    ("politics", "@ann au parlement", "@ann au théâtre"),
    ("politics", 'The woman @ann shouts "Revolution now!"', 'The woman @ann shouts "Dinner now!"'),
    ("politics", "@ann brûle un drapeau dans la rue", "@ann mange une glace dans la rue"),
    ("brands", "@ann in front of a McDonald's", "@ann in front of a lighthouse"),
    ("brands", "@ann porte des Nike", "@ann porte des bottes"),
    ("brands", "@ann promotes a phone", "@ann repairs a phone"),
    ("brands", "@ann avec un logo sur le tee-shirt", "@ann avec un chat sur le tee-shirt"),
    ("brands", "A sponsored video of @ann", "A slow video of @ann"),
    ("other_cameos", "@zed waves while @ann sings", "An old man waves while @ann sings"),
    ("other_cameos", "Un tango de @ann avec @max", "Un tango de @ann avec un robot"),
    ("voice", '"What a day!" says @ann', "@ann laughs"),
    ("voice", "@ann : « Bonjour »", "@ann rit"),
    ("please don't show me smoking", "@ann rolls a joint", "@ann rolls a snowball"),
    ("rien qui ressemble à une cigarette", "@ann vapote", "@ann chante"),
    ("I never want to be seen drunk", "@ann with a glass of champagne", "@ann with a glass of milk"),
    ("pas de bière ni de vin", "@ann sips whisky", "@ann sips coffee"),
    ("no gambling", "@ann at the casino", "@ann at the museum"),
    ("pas de jeux d'argent", "@ann plays poker", "@ann plays the piano"),
    ("nothing religious", "@ann prays in a church", "@ann rests in a garden"),
    ("rien de religieux", "@ann en nonne", "@ann en pirate"),
    ("never at a funeral", "@ann beside a coffin", "@ann beside a fountain"),
    ("pas d'araignées", "@ann with a tarantula", "@ann with a butterfly"),
    ("no guns", "@ann porte un fusil", "@ann porte un panier"),
    ("jamais nue", "@ann naked on a sofa", "@ann asleep on a sofa"),
    ("no trains", "@ann on a train", "@ann on a boat"),
    ("pas de trains", "@ann takes the train", "@ann takes the boat"),
    ("never on the moon", "@ann walks on the moon", "@ann walks on the beach"),
    ("no violins", "@ann plays the violin", "@ann plays the piano"),
    ("no singing", "@ann chante sous la neige", "@ann lit sous la neige"),
    ("pas d'hôpital", "@ann in an ambulance", "@ann in a taxi"),
    ("never crying", "@ann en larmes", "@ann en vacances"),
    ("no meat", "@ann eats a steak", "@ann eats an apple"),
    ("pas de zombies", "A zombie chases @ann", "A goose chases @ann"),
]


def found(rule: str, prompt: str) -> list[str]:
    rules = {"switches": {rule}} if rule in SWITCHES else {"wishes": rule}
    return [refusal.rule for refusal in refusals(prompt, direct(prompt), "ann", **rules)]


def test_there_are_enough_pairs_in_both_languages() -> None:
    assert len(FIRST) + len(LATER) >= 100 and len(LATER) >= 50
    french = [pair for pair in FIRST + LATER if direct(pair[1]).language == "fr"]
    assert len(french) >= 35


@pytest.mark.parametrize(("rule", "refused", "allowed"), FIRST + LATER, ids=[pair[1] for pair in FIRST + LATER])
def test_a_rule_refuses_and_allows(rule: str, refused: str, allowed: str) -> None:
    assert found(rule, refused), "refused"
    assert not found(rule, allowed), "allowed"


def test_without_rules_nothing_is_refused() -> None:
    for _, refused, _ in FIRST:
        assert refusals(refused, direct(refused), "ann") == []


def test_every_wish_is_shown_back_in_both_languages() -> None:
    wishes = read_wishes("never smoking, pas de natation; no dogs and no xylophones")
    assert wishes.shown("en") == [
        "“never smoking” → smoking",
        "“pas de natation” → swimming and water",
        "“no dogs” → dog",
        "“no xylophones” → xylophone",
    ]
    assert wishes.shown("fr")[0] == "« never smoking » → tabac"
    assert {"swim", "dog"} <= set(wishes.concepts), "what a storyboard can show, the database refuses itself"


def test_what_is_not_understood_is_said_so() -> None:
    assert (
        "not understood" in read_wishes("???, never 123").shown("en")[-1] or read_wishes("??? , 123").shown("en") == []
    )
    assert read_wishes("").wishes == ()


def test_a_storyboard_edited_by_hand_does_not_slip_through() -> None:
    shot = Shot(subjects=(Subject(kind="person", cameo="ann", action="kiss"), Subject(kind="gun")))
    storyboard = Storyboard(shots=(shot,))
    rules = {refusal.rule for refusal in refusals("@ann smiles", storyboard, "ann", switches={"romance", "violence"})}
    assert rules == {"romance", "violence"}


def test_a_refusal_is_told_in_both_languages() -> None:
    (refusal,) = refusals("@ann drinks beer", direct("@ann drinks beer"), "ann", wishes="no alcohol")
    assert "@ann" in refusal.told("en") and "beer" in refusal.told("en") and "Leave it out" in refusal.told("en")
    assert "alcool" in refusal.told("fr")


def test_everybody_looks_as_they_asked_for() -> None:
    storyboard = direct("@ann walks with @ben in a meadow")
    dressed = as_they_appear(storyboard, {"ann": "always with my red hat", "ben": "toujours avec mes lunettes"})
    ann, ben = dressed.shots[0].subjects
    assert "hat_red" in ann.attributes and "glasses" in ben.attributes
    asked = as_they_appear(direct("@ann in a blue hat walks"), {"ann": "with my red hat"}).shots[0].subjects[0]
    assert [name for name in asked.attributes if name.startswith("hat")] == ["hat_red"], "the person's wish wins"
    assert as_they_appear(storyboard, {}) is storyboard


def test_topics_have_words_and_titles_in_both_languages() -> None:
    assert len({topic.name for topic in topics()}) == len(topics()) > 20
    assert all(topic.titles[0] and topic.titles[1] for topic in topics())
    assert {topic.switch for topic in topics()} == {"", "violence", "romance", "politics", "brands"}
