from django.template import Context, Template

from suoja.lib.assets import manifest


def test_every_template_can_name_a_built_file() -> None:
    page = Template('<link href="{% asset "pages.css" %}">').render(Context())
    assert page == f'<link href="/static/suoja/{manifest()["pages.css"]}">'
