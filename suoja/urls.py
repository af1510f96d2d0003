"""Every address of the service but /live/, which the live core answers before Django (suoja/asgi.py).

Finnish has no prefix, Swedish and English have /sv/ and /en/; what machines ask has no language.
"""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from suoja import views

urlpatterns = [
    path("health/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("", include("suoja.widget.embed_urls")),
    *i18n_patterns(
        path("", include("suoja.pages.urls")),
        path("", include("suoja.widget.urls")),
        path("", include("suoja.conversations.urls")),
        path("", include("suoja.people.urls")),
        path("", include("suoja.console.urls")),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]

handler403 = views.refused
handler404 = views.not_found
handler500 = views.server_error
