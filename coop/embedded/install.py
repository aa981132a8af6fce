"""Make `.venv` hold exactly a lock file; a stamp of the lock skips the work next time.

Runs with the bare Python of the machine: standard library only.
"""

import hashlib
import pathlib
import subprocess
import sys
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def main(lock: str, stamp: str) -> int:
    """Install the lock file named, then write the stamp; a sentence and 1 when it cannot."""
    if sys.version_info < (3, 11):
        print(
            f"Letsema needs Python 3.11 or newer; this is {sys.version.split()[0]}. "
            "Name a newer one: make run PYTHON=python3.12",
            file=sys.stderr,
        )
        return 1
    wanted = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    mark = ROOT / stamp
    if mark.exists() and mark.read_text() == wanted:
        mark.touch()
        return 0
    home = ROOT / ".venv"
    try:
        if not (home / "bin" / "python").exists():
            print("Making .venv ...", flush=True)
            venv.create(home, with_pip=True)
        print(f"Installing what {lock} names (about a minute) ...", flush=True)
        subprocess.run(
            [
                str(home / "bin" / "python"),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--require-hashes",
                "--disable-pip-version-check",
                "--only-binary",
                ":all:",
                "-r",
                str(ROOT / lock),
            ],
            check=True,
            stderr=subprocess.PIPE,
            text=True,
        )
    except subprocess.CalledProcessError as error:
        print(error.stderr[-2000:], file=sys.stderr)
        print("The packages could not be installed; the lines above say why.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{home} cannot be written to ({error.strerror}).", file=sys.stderr)
        return 1
    mark.write_text(wanted)
    if stamp.endswith(".dev"):
        run_lock = (ROOT / "requirements.lock.txt").read_bytes()
        (home / ".run").write_text(hashlib.sha256(run_lock).hexdigest())
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
