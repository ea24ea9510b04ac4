"""Dictionaries are unpacked once and kept; what is kept badly is not believed."""

from pipelines.director.dictionaries import KeptDictionaries


def test_a_kept_dictionary_holds_what_the_packed_one_holds(tmp_path):
    first = KeptDictionaries(tmp_path).get_dictionary("en")
    [file] = tmp_path.iterdir()
    kept = KeptDictionaries(tmp_path).get_dictionary("en")
    assert dict(kept) == dict(first) and kept["geese"] == "goose"
    file.write_bytes(file.read_bytes()[:-20])  # as a full disk would leave it
    assert dict(KeptDictionaries(tmp_path).get_dictionary("en")) == dict(first)


def test_a_folder_that_cannot_be_made_costs_only_time(tmp_path):
    (tmp_path / "file").touch()
    assert KeptDictionaries(tmp_path / "file" / "folder").get_dictionary("en")["geese"] == "goose"


def test_common_verbs_are_not_taken_for_rare_ones(tmp_path):
    english = KeptDictionaries(tmp_path).get_dictionary("en")
    assert [english[word] for word in ("singing", "playing", "fixed")] == ["sing", "play", "fix"]
    assert english["singed"] == "singe", "the rare verb keeps its own forms"
