"""The address of a look's stylesheet: it names its content, and has no language."""

from django.urls import path

from .serving import sheet

urlpatterns = [path("<slug:key>.<slug:digest>.css", sheet, name="look_sheet")]
