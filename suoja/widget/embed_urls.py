"""Addresses that other sites refer to: no language in them, and they never change their meaning."""

from django.urls import path, re_path

from suoja.widget import embed_views

app_name = "embed"

urlpatterns = [
    path("embed/suoja.js", embed_views.loader, name="loader"),
    re_path(r"^embed/(?P<name>(?:suoja|panel)-[0-9a-f]{16}\.js)$", embed_views.pinned, name="pinned"),
]
