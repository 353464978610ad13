from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lms.accounts"

    def ready(self) -> None:
        """Say what certificates, who know nobody, keep of a person."""
        import_module("lms.accounts.shares").register()
        import_module("lms.accounts.purges")
        import_module("lms.accounts.issued").register()
        import_module("lms.accounts.recognising").connect()
        import_module("lms.accounts.returning").register()
        import_module("lms.accounts.second_factor.personal_data").register()
