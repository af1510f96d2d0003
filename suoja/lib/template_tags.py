"""Template tags that every template has without loading them."""

from django import template

from suoja.lib.assets import asset_url

register = template.Library()


@register.simple_tag
def asset(name: str) -> str:
    """Write the address of a built file: `{% asset "widget.js" %}`."""
    return asset_url(name)
