#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Uploads held until a real clamd has looked at them: quarantine_test.py PATH_TO_RELEVE

clamd gets one signature of our own, so that the test needs no virus and no download."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from served import Served

MARK = b"releve-test-signature-5d0c"


def clamd(folder):
    database = pathlib.Path(folder, "db")
    database.mkdir(exist_ok=True)
    (database / "test.ndb").write_text(f"Releve.Test:0:*:{MARK.hex()}\n")
    socket = os.path.join(folder, "clamd.sock")
    config = pathlib.Path(folder, "clamd.conf")
    config.write_text(f"LocalSocket {socket}\nDatabaseDirectory {database}\nForeground yes\nLogFile {folder}/log\nOfficialDatabaseOnly no\n")
    process = subprocess.Popen([shutil.which("clamd") or "/usr/sbin/clamd", "-c", str(config)],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(300):
        if os.path.exists(socket):
            return process, socket
        if process.poll() is not None:
            raise SystemExit("clamd did not start: " + pathlib.Path(folder, "log").read_text())
        time.sleep(0.1)
    raise SystemExit("clamd is not ready after 30 s")


def main():
    folder = tempfile.mkdtemp(prefix="releve-clamd-")
    scanner, socket = clamd(folder)
    seen = []
    try:
        with Served(sys.argv[1], ["--clamd", socket]) as served:
            owner = served.owner()
            assert owner.post("/facilities", {"id": "A", "name": "A"}).status == 200
            table = b"id;name\na;b\n"
            for what, content in (("a clean file", table), ("an infected one", table + MARK), ("an infected zip's bytes", MARK * 3)):
                answer = owner.upload("/facilities/A/imports?file_name=x.csv", content)
                seen.append((what, answer.status, answer.code))
            imports = len(owner.get("/facilities/A/imports").json()["items"])
            spool = sum(one.name != "lock" for one in pathlib.Path(served.folder, "spool").glob("*/*"))
            seen.append(("kept", imports, spool))
            scanner.kill()
            scanner.wait()
            answer = owner.upload("/facilities/A/imports?file_name=x.csv", table)
            seen.append(("clamd is dead", answer.status, answer.code))
    finally:
        scanner.kill()
        scanner.wait()
        shutil.rmtree(folder, ignore_errors=True)
    for line in seen:
        print(*line)
    wanted = [("a clean file", 200, ""), ("an infected one", 400, "upload.infected"), ("an infected zip's bytes", 400, "upload.infected"),
              ("kept", 1, 0), ("clamd is dead", 503, "upload.not_scanned")]
    return 0 if seen == wanted else 1


if __name__ == "__main__":
    sys.exit(main())
