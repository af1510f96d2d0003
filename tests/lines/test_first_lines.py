import pytest

from suoja.lines.first_lines import FIRST_LINES, FirstLine


@pytest.mark.mission("M3")
def test_the_service_starts_with_two_lines() -> None:
    assert [(line.code, line.names[0]) for line in FIRST_LINES] == [
        ("adults", "Apua väkivaltaan"),
        ("young", "Lasten ja nuorten chat"),
    ]


@pytest.mark.mission("M22")
def test_peers_answer_the_adults_line_only() -> None:
    assert [line.code for line in FIRST_LINES if line.peers_may_answer] == ["adults"]


@pytest.mark.parametrize("line", FIRST_LINES, ids=lambda line: line.code)
def test_each_line_speaks_three_languages(line: FirstLine) -> None:
    assert len(set(line.names)) == 3
    assert len(set(line.audiences)) == 3
