"""The catalogue covers what the product promises, and says what it does not know."""

from __future__ import annotations

import pytest

from backend.errors import InvalidInput
from backend.infra.models.catalogue import OWN, UNVERIFIED, catalogue, find, is_beta, recommended
from backend.settings.rules import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_one_model_to_take_and_all_but_english_are_beta(language):
    kinds = [model.kind for model in recommended(language)]
    assert kinds == (["asr"] if language == "en" else ["asr", "translation"])
    assert is_beta(language) == (language != "en")


def test_what_is_recommended_is_named_once():
    for kind in ("asr", "translation"):
        named = [language for model in catalogue() if model.kind == kind for language in model.languages]
        assert len(named) == len(set(named))
    assert set(recommended("de")) == {find("parakeet-tdt-0.6b-v3"), find("opus-mt-mul-en")}


def test_models_are_found_by_either_name_and_strangers_are_refused_with_the_nearest():
    assert find("NVIDIA/parakeet-tdt-0.6b-v3") is find("parakeet-tdt-0.6b-v3")
    with pytest.raises(InvalidInput, match=r"Did you mean parakeet-tdt-0.6b-v3"):
        find("parakeet-tdt-0.6b-v4")
    with pytest.raises(InvalidInput):
        recommended("tlh")


def test_no_revision_is_written_down_that_nobody_has_seen():
    assert [model.name for model in catalogue() if model.revision is not None] == []


def test_of_the_weights_the_first_that_is_published_is_taken():
    marian = find("opus-mt-mul-en")
    common = ["config.json", "source.spm", "README.md", "tf_model.h5"]
    assert marian.choose([*common, "pytorch_model.bin"]) == ["config.json", "pytorch_model.bin", "source.spm"]
    assert "pytorch_model.bin" not in marian.choose([*common, "pytorch_model.bin", "model.safetensors"])


def test_a_licence_is_shown_as_known_only_where_its_page_was_read():
    assert find("opus-mt-mul-en").terms == "Apache-2.0"
    assert find("parakeet-ctc-0.6b-vietnamese").terms == UNVERIFIED
    assert all(model.licence for model in catalogue() if model.licence_seen)


def test_models_in_the_place_of_shipped_ones_are_recommended_for_nothing():
    own = [model for model in catalogue() if model.kind in OWN]
    assert {model.kind for model in own} == set(OWN)
    assert all(not model.languages and model.also for model in own)
