"""Brings the PHREEQC engine: the Python package phreeqc 1.1.1, whose extension module is the library IPhreeqc 3.8.6.

The wheel is used unchanged. Only the library, the databases and the licences are unpacked, after size and digest were
checked, and the folder appears whole or not at all. No index is named here: pip knows the site's mirror.
"""

import argparse
import datetime
import hashlib
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

PACKAGE = "phreeqc"
VERSION = "1.1.1"

# The published wheels for Linux with glibc 2.28 or later: file name, bytes (None where unknown), SHA-256.
WHEELS = {
    "x86_64": (
        "phreeqc-1.1.1-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
        2_286_211,
        "382c3a2c5c486f287fd3ee588a0b921b306939ef05c3fb5683e6056d95aba693",
    ),
    "aarch64": (
        "phreeqc-1.1.1-cp311-cp311-manylinux_2_26_aarch64.manylinux_2_28_aarch64.whl",
        None,
        "178e79c2397071522a21a99b1d8866d7e6f222038b8b246e7bc90bb4a6d56957",
    ),
}

# Paths inside the wheel that are needed; everything else stays in it.
WANTED = re.compile(
    r"phreeqc/_phreeqc\.[A-Za-z0-9_.-]+\.so"
    r"|phreeqc/databases/[A-Za-z0-9_.-]+\.dat"
    r"|phreeqc-[0-9.]+\.dist-info/licenses/[A-Za-z0-9_.-]+"
)


class Unavailable(Exception):
    """The engine cannot be had; the text says why."""


def main():
    arguments = argparse.ArgumentParser(description="Brings the PHREEQC engine, if it is not there yet.")
    arguments.add_argument("--data", type=pathlib.Path, help="the gateway's data folder; its engines/ is looked at too")
    data = arguments.parse_args().data
    if os.environ.get("COLONNADE_CALCULATORS_PHREEQC_LIBRARY"):
        return 0  # the operator's own library wins
    folders = [user_folder()] + ([data.absolute() / "engines"] if data else [])
    if any((folder / f"{PACKAGE}-{VERSION}" / "complete").is_file() for folder in folders):
        return 0
    try:
        install(folders)
        return 0
    except (Unavailable, OSError, zipfile.BadZipFile) as reason:
        name, _, _ = WHEELS.get(platform.machine(), WHEELS["x86_64"])
        print(
            f"PHREEQC is not available: the package {PACKAGE} {VERSION} could not be fetched from PyPI ({reason}). "
            f"Everything else works. To add it later, put the wheel {name} into {folders[0]}, "
            "or set the library's path (colonnade.calculators.phreeqc.library), and restart.",
            file=sys.stderr,
        )
        return 1


def user_folder():
    base = os.environ.get("XDG_DATA_HOME") or ""
    root = pathlib.Path(base) if os.path.isabs(base) else pathlib.Path.home() / ".local" / "share"
    return root / "colonnade" / "engines"


def install(folders):
    if sys.platform != "linux" or platform.machine() not in WHEELS:
        raise Unavailable(f"there is no checked build for {sys.platform} on {platform.machine()}")
    if sys.version_info < (3, 11):
        raise Unavailable(f"its build needs Python 3.11 or later, and this is {platform.python_version()}")
    name, size, digest = WHEELS[platform.machine()]
    target = next((folder for folder in folders if writable(folder)), None)
    if target is None:
        raise Unavailable(f"{folders[0]} cannot be written")
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=target) as temporary:
        temporary = pathlib.Path(temporary)
        laid_by_hand = next((folder / name for folder in folders if (folder / name).is_file()), None)
        wheel = laid_by_hand or download(temporary, digest)
        check(wheel, size, digest)
        unpacked = temporary / "engine"
        unpack(wheel, unpacked)
        place(unpacked, target / f"{PACKAGE}-{VERSION}")


def writable(folder):
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


def download(folder, digest):
    requirements = folder / "requirements.txt"
    requirements.write_text(f"{PACKAGE}=={VERSION} --hash=sha256:{digest}\n")
    options = [
        "download", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps", "--only-binary=:all:",
        "--platform", f"manylinux_2_28_{platform.machine()}", "--python-version", "3.11",
        "--require-hashes", "-r", str(requirements), "-d", str(folder),
    ]  # fmt: skip
    print(f"Fetching the PHREEQC engine ({PACKAGE} {VERSION}) …", flush=True)
    try:
        run = subprocess.run(
            pip() + options, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False
        )
    except subprocess.TimeoutExpired:
        raise Unavailable("no answer within two minutes") from None
    wheels = list(folder.glob("*.whl"))
    if run.returncode or not wheels:
        lines = [line for line in run.stderr.splitlines() if line.startswith("ERROR")] or run.stderr.splitlines()
        raise Unavailable(lines[-1] if lines else f"pip ended with {run.returncode}")
    return wheels[0]


def pip():
    for candidate in ([sys.executable, "-m", "pip"], ["/usr/bin/python3", "-m", "pip"], ["pip3"]):
        try:
            if subprocess.run(candidate + ["--version"], capture_output=True, timeout=60, check=False).returncode == 0:
                return candidate
        except (OSError, subprocess.TimeoutExpired):
            continue
    raise Unavailable("pip is missing: apt-get install python3-pip")


def check(wheel, size, digest):
    """Raises unless the file is, byte for byte, the published one."""
    found = wheel.stat().st_size
    if size is not None and found != size:
        raise Unavailable(f"{wheel.name} has {found} bytes instead of {size}")
    with wheel.open("rb") as content:
        if hashlib.file_digest(content, "sha256").hexdigest() != digest:
            raise Unavailable(f"{wheel.name} is not the published file: its SHA-256 differs")


def unpack(wheel, folder):
    (folder / "databases").mkdir(parents=True)
    (folder / "licenses").mkdir()
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            if WANTED.fullmatch(entry.filename):
                name = entry.filename.rpartition("/")[2]
                part = "databases" if name.endswith(".dat") else "licenses" if "/licenses/" in entry.filename else ""
                copy(archive, entry, folder / part / name)
    if not list(folder.glob("*.so")) or not list(folder.glob("databases/*.dat")):
        raise Unavailable(f"{wheel.name} holds no library or no databases")
    (folder / "complete").touch()
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)  # the sandbox reads it under another account


def copy(archive, entry, target):
    with archive.open(entry) as source, target.open("wb") as sink:
        shutil.copyfileobj(source, sink)
    date = datetime.datetime(*entry.date_time, tzinfo=datetime.timezone.utc).timestamp()
    os.utime(target, (date, date))  # users see a database's date


def place(unpacked, target):
    """Renames the folder into place; an incomplete one that stood there goes first."""
    if target.exists():
        if (target / "complete").is_file():
            return  # another start was faster
        shutil.rmtree(target)
    os.rename(unpacked, target)


if __name__ == "__main__":
    sys.exit(main())
