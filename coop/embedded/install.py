"""Make `.venv` hold exactly a lock file; a stamp of the lock skips the work next time.

Runs with the bare Python of the machine: standard library only.
"""

import hashlib
import pathlib
import subprocess
import sys
import venv

#: Asked of the environment's own Python: whether what it was filled with is where it looks.
FILLED = "import sysconfig, os; os.stat(sysconfig.get_path('purelib') + '/django')"
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def say(sentence):
    print(sentence, file=sys.stderr, flush=True)


def install(home, lock):
    """Fill the virtual environment; a sentence when it cannot, else nothing."""
    try:
        if not answers(home, "-m", "pip", "--version"):
            say("Making .venv ...")
            venv.create(home, with_pip=True)
        say(f"Installing what {lock} names (about a minute) ...")
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        flags = ["--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
        done = subprocess.run(
            [*pip, *flags, "-r", str(ROOT / lock)], stderr=subprocess.PIPE, text=True, check=False
        )
    except OSError as error:
        return f"{home} cannot be written to ({error.strerror})."
    if done.returncode:
        say(done.stderr[-2000:])
        return "The packages could not be installed; the lines above say why."
    return None


def answers(home, *words):
    """Whether the Python of the environment runs this."""
    try:
        told = subprocess.run([str(home / "bin" / "python"), *words], capture_output=True)
    except OSError:
        return False
    return told.returncode == 0


def whole(home):
    """Whether the Python it was filled by is still there: a system upgrade may have replaced it."""
    return answers(home, "-c", FILLED)


def stamp_of(lock):
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def main(lock, stamp):
    """Install the lock file named unless its stamp is there; the exit code."""
    if sys.version_info < (3, 11):
        found = sys.version.split()[0]
        say(f"Letsema needs Python 3.11 or newer, not {found}; try make run PYTHON=python3.12")
        return 1
    mark = ROOT / stamp
    known = mark.exists() and mark.read_text() == stamp_of(lock)
    if known and whole(ROOT / ".venv"):
        mark.touch()
        return 0
    trouble = install(ROOT / ".venv", lock)
    if trouble:
        say(trouble)
        return 1
    mark.write_text(stamp_of(lock))
    if stamp.endswith(".dev"):  # the lock for builders holds the lock for running
        (ROOT / ".venv" / ".run").write_text(stamp_of("requirements.lock.txt"))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:3]))
    except KeyboardInterrupt:
        say("Stopped before it was installed; start it again any time.")
        sys.exit(130)
