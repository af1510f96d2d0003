from http import HTTPStatus

import msgspec

from suoja.lib.answers import json_answer


class Sill(msgspec.Struct):
    lit: bool


def test_a_struct_is_answered_as_json() -> None:
    response = json_answer(Sill(lit=True), HTTPStatus.ACCEPTED)
    assert response.content == b'{"lit":true}'
    assert response.headers["Content-Type"] == "application/json"
    assert response.status_code == 202
