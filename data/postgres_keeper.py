"""Runs one embedded Postgres for as long as any app uses its folder; a process of its own, standard library only.

Started by `data.postgres`, never by hand. Two file locks say everything, because the kernel drops them when their
holder dies, however it dies:

- `users.lock`: every app holds it shared. When the keeper gets it exclusively, no app is left, and the server stops.
- `server.lock`: held exclusively through a descriptor that every Postgres process inherits. Whoever gets it knows
  that no process of this cluster is alive, so left-over pid files are stale, whoever has those numbers now.
"""

import ctypes
import fcntl
import os
import pathlib
import signal
import subprocess
import sys
import threading

PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


def main(folder: pathlib.Path, socket: pathlib.Path, postgres: str, user: int | None, group: int | None) -> int:
    """The exit status of the server that ran; 0 at once when another keeper already runs one."""
    with open(folder / "server.lock", "a") as server_lock, open(folder / "users.lock", "a") as users_lock:
        try:
            fcntl.flock(server_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        for stale in (folder / "cluster" / "postmaster.pid", socket / ".s.PGSQL.5432.lock"):
            stale.unlink(missing_ok=True)
        server = _start(folder, postgres, user, group, server_lock.fileno())
        threading.Thread(target=_stop_without_users, args=(server, users_lock), daemon=True).start()
        return server.wait()


def _start(
    folder: pathlib.Path, postgres: str, user: int | None, group: int | None, lock: int
) -> subprocess.Popen[bytes]:
    """The running server: it listens on the folder's socket only, and stops when this process dies."""
    keeper = os.getpid()
    command = [postgres, "-D", str(folder / "cluster"), "-c", f"config_file={folder / 'postgresql.conf'}"]
    with open(folder / "server.log", "ab") as log:
        return subprocess.Popen(
            command,
            cwd="/",
            user=user,
            group=group,
            extra_groups=[] if user is not None else None,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[lock],
            preexec_fn=lambda: _die_with(keeper),
            start_new_session=True,
        )


def _die_with(parent: int) -> None:
    """Asks Linux to interrupt this process when its parent dies; elsewhere the next app adopts the server."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGINT)
        if os.getppid() != parent:  # it died before the request was heard
            os._exit(1)


def _stop_without_users(server: subprocess.Popen[bytes], users_lock: object) -> None:
    """Waits until no app holds the folder, then stops the server fast and cleanly."""
    fcntl.flock(users_lock, fcntl.LOCK_EX)
    server.send_signal(signal.SIGINT)


if __name__ == "__main__":
    _folder, _socket, _postgres, *_identity = sys.argv[1:6]
    _user, _group = (int(number) if number else None for number in _identity)
    sys.exit(main(pathlib.Path(_folder), pathlib.Path(_socket), _postgres, _user, _group))
