"""Addresses of the chat: in a frame, and as a page of its own. The line has no address of its own (contract)."""

from django.urls import path

from suoja.widget import views

app_name = "widget"

urlpatterns = [
    path("chat/", views.page, name="page"),
    path("embed/frame/", views.frame, name="frame"),
]
