import pytest

from suoja.widget.loader import LoaderConfig, PanelConfig, PlaceMissing, Script, loader_script, panel_script
from suoja.widget.loader_words import LoaderWords

WORDS = LoaderWords(open="Avaa chat", cover="Ladataan", left=('aika "loppui"', "yksi", "kaksi"))
CONFIG = LoaderConfig("https://weather.example/", "/embed/panel-0.js", ("112",), {"fi": WORDS})


def test_the_configuration_takes_its_place() -> None:
    body = loader_script("let c=__SUOJA_CONFIG__;", CONFIG).body.decode()
    assert body.startswith('let c={"exit":"https://weather.example/","panel":"/embed/panel-0.js","help":["112"]')
    assert r"aika \"loppui\"" in body


def test_a_file_is_named_by_what_it_holds() -> None:
    one = loader_script("a=__SUOJA_CONFIG__", CONFIG)
    other = loader_script("b=__SUOJA_CONFIG__", CONFIG)
    assert one.name != other.name
    assert one.name == loader_script("a=__SUOJA_CONFIG__", CONFIG).name


@pytest.mark.parametrize("built", ["nothing", "__SUOJA_CONFIG__ __SUOJA_CONFIG__"])
def test_a_build_without_one_place_is_refused(built: str) -> None:
    with pytest.raises(PlaceMissing):
        loader_script(built, CONFIG)


def test_the_panel_has_a_place_of_its_own() -> None:
    assert panel_script("__SUOJA_PANEL__", PanelConfig("https://weather.example/", {})).name.startswith("panel-")


def test_the_integrity_is_what_a_browser_computes() -> None:
    # printf hello | openssl dgst -sha384 -binary | base64
    expected = "sha384-WeF0h3dEjGnea4ANejO7+5/xtGPkQ1TDVTvNucZm+pASWjx5+QOXvfX2oT3oKGhP"
    assert Script("x.js", b"hello").integrity == expected
