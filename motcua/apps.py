"""The parts as Django knows them. The last one to be ready connects the wiring."""

from django.apps import AppConfig


class Base(AppConfig):
    name = "motcua.base"


class Deadlines(AppConfig):
    name = "motcua.deadlines"


class People(AppConfig):
    name = "motcua.people"


class Mandates(AppConfig):
    name = "motcua.mandates"


class Catalogue(AppConfig):
    name = "motcua.catalogue"


class Results(AppConfig):
    name = "motcua.results"


class Payments(AppConfig):
    name = "motcua.payments"


class Notices(AppConfig):
    name = "motcua.notices"


class Opinions(AppConfig):
    name = "motcua.opinions"


class Dossiers(AppConfig):
    name = "motcua.dossiers"


class Vault(AppConfig):
    name = "motcua.vault"


class Corrections(AppConfig):
    name = "motcua.corrections"


class Certifying(AppConfig):
    name = "motcua.certifying"


class Drafts(AppConfig):
    name = "motcua.drafts"


class Desks(AppConfig):
    name = "motcua.desks"


class Surveys(AppConfig):
    name = "motcua.surveys"


class Reorganisation(AppConfig):
    name = "motcua.reorganisation"


class Frame(AppConfig):
    name = "motcua.sites.frame"

    def ready(self) -> None:
        """Compile the English messages when they are newer than what was compiled."""
        from motcua.sites.frame.translations import compile_messages

        compile_messages()


class Portal(AppConfig):
    name = "motcua.sites.portal"


class Desk(AppConfig):
    name = "motcua.sites.desk"


class Designer(AppConfig):
    name = "motcua.sites.designer"


class Api(AppConfig):
    name = "motcua.sites.api"

    def ready(self) -> None:
        """Connect ports to adapters: the one effect of starting up."""
        from motcua import wiring

        wiring.connect()
