"""Everything that is kept, opened as the settings say: database, accounts and media belong together."""

import hashlib
import logging
import os
import pathlib
from dataclasses import dataclass

from data.accounts import Accounts, LocalAccounts
from data.client import Database, PostgresDatabase
from data.media import LocalMedia, MediaStorage
from data.migrate import migrate
from data.postgres import EmbeddedPostgres, FolderOutOfReach
from data.settings import DataSettings, SettingsError

FOLDERS_FOR_ROOT = pathlib.Path("/var/lib/hibari")  # databases of apps that root runs from a private folder
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Data:
    """What the app keeps. Close it when done."""

    database: Database
    accounts: Accounts
    media: MediaStorage
    server: EmbeddedPostgres | None = None

    def close(self) -> None:
        """Lets go of connections and, where the app brought its own, of the database server."""
        self.accounts.close()
        self.database.close()
        if self.server is not None:
            self.server.stop()


def open_data(settings: DataSettings) -> Data:
    """Opens what the settings name. The embedded database is started, and brought to this code's schema."""
    if settings.supabase_url:
        return _open_supabase(settings)
    server, address = None, settings.database_url
    if address is None:
        server = _start_embedded(settings)
        migrate(server.address(), embedded=True)
        address = server.address(user="authenticator")
    database = PostgresDatabase(address, revive=server.start if server else None, prepare=server is not None)
    return Data(database, LocalAccounts(database), LocalMedia(settings.media_folder), server)


def _start_embedded(settings: DataSettings) -> EmbeddedPostgres:
    """The embedded server, answering. Under a private folder of root's, where its user cannot go, it has another."""
    server = EmbeddedPostgres(settings.postgres_folder)
    try:
        server.start()
    except FolderOutOfReach:
        if settings.postgres_folder != settings.folder / "postgres":
            raise  # the folder was chosen: then it is that one or none
        elsewhere = FOLDERS_FOR_ROOT / hashlib.sha256(os.fsencode(settings.postgres_folder)).hexdigest()[:16]
        logger.warning("%s is private to root; the database is kept in %s", settings.postgres_folder, elsewhere)
        server = EmbeddedPostgres(elsewhere)
        server.start()
    return server


def _open_supabase(settings: DataSettings) -> Data:
    # Imported here: half a second at every start that the embedded kind has no use for.
    from data.supabase_accounts import SupabaseAccounts
    from data.supabase_client import SupabaseDatabase
    from data.supabase_media import SupabaseMedia

    url, key, service_key = settings.supabase_url, settings.supabase_key, settings.supabase_service_key
    if service_key is None:
        raise SettingsError(
            "SUPABASE_SERVICE_KEY is not set. Media storage and the worker need the project's secret key."
        )
    return Data(
        SupabaseDatabase(url, key, service_key),
        SupabaseAccounts(url, key, service_key),
        SupabaseMedia(url, service_key, settings.media_bucket),
    )
