#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Every kind of broken file through the program itself: what it says, how long it takes, what it costs, and that the facility
stays as it was. Usage: broken_files.py PATH_TO_RELEVE"""
import io
import json
import os
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

CORPUS = Path(__file__).resolve().parent.parent / "fuzz" / "corpus"
MOST_SECONDS = 20  # a bound on a busy machine, not an expectation
MOST_BYTES = 200 << 20


def zipped(files, **how):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def collection(kind, data, **meta):
    return json.dumps({"data": data, "meta": {"methods": 0, "type": kind, "count": len(data), "version": 6, **meta}})


def computer(sid, name, **more):
    return {"ObjectIdentifier": sid, "Properties": {"name": name, "domain": "CH.LOCAL", "domainsid": "S-1-5-21-1-2-3"}, "Aces": [], **more}


def bomb(name, head, megabytes):
    """Blanks that are packed a thousand to one; never whole in memory, which the program would inherit."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w", force_zip64=True) as entry:
        entry.write(head)
        for _ in range(megabytes):
            entry.write(b" " * (1 << 20))
    return out.getvalue()


ONE = computer("S-1-5-21-1-2-3-1001", "PC1.CH.LOCAL")
NMAP = ('<?xml version="1.0"?><nmaprun scanner="nmap" start="1700000000" version="7.94" xmloutputversion="1.05">'
        '<host><status state="up"/><address addr="10.0.0.1" addrtype="ipv4"/></host>'
        '<runstats><finished time="1700000100"/><hosts up="1" down="0" total="1"/></runstats></nmaprun>')
REFUSED, READ = 1, 0  # exit codes

# name: (bytes, exit code, what the answer must speak of)
FILES = {
    "not-a-zip.zip": (b"PK\x03\x04 but not really", REFUSED, r"zip|archive|reconna"),
    "bomb.zip": (bomb("computers.json", b'{"data":[', 3000), REFUSED, r"bombe|taille|volume"),
    "nested.zip": (zipped({"inner.zip": zipped({"computers.json": collection("computers", [ONE])})}), REFUSED, r"archive|reconna"),
    "many.zip": (CORPUS / "archive/many.zip", REFUSED, r"."),
    "damaged.zip": (CORPUS / "archive/damaged.zip", REFUSED, r"."),
    "empty.zip": (zipped({}), REFUSED, r"."),
    "empty.json": (b"", REFUSED, r"vide|reconna"),
    "laughs.nessus": (CORPUS / "nessus/billion-laughs.nessus", REFUSED, r"entités"),
    "xxe.xml": (NMAP.replace("<nmaprun", '<!DOCTYPE nmaprun [<!ENTITY x SYSTEM "file:///etc/passwd">]><nmaprun', 1)
                .replace("10.0.0.1", "&x;").encode(), REFUSED, r"entit|déclar"),
    "cut.xml": (NMAP[:-40].encode(), REFUSED, r"."),
    "cut.nessus": (CORPUS / "nessus/cut.nessus", REFUSED, r"."),
    "cut.json": (collection("computers", [ONE] * 3)[:-60].encode(), REFUSED, r"."),
    "utf16.json": (collection("computers", [ONE]).encode("utf-16"), REFUSED, r"UTF"),
    "bom.json": (b"\xef\xbb\xbf" + collection("computers", [ONE]).encode(), READ, r"."),
    "latin1.json": (collection("computers", [computer("S-1-5-21-1-2-3-9", "H\u00d4TE")]).encode().replace(b"\\u00d4", b"\xd4"), REFUSED, r"."),
    "half-pair.json": (collection("computers", [computer("S-1-5-21-1-2-3-9", "x")]).replace('"x"', '"\\ude09"').encode(), READ, r"."),
    "wrong-count.json": (collection("computers", [ONE], count=7).encode(), READ, r"7"),
    "old-version.json": (collection("computers", [ONE], version=2).encode(), REFUSED, r"version|v2|2"),
    "azure.json": (CORPUS / "sharphound/azure.json", REFUSED, r"Azure"),
    "twice.json": (collection("computers", [ONE, ONE]).encode(), READ, r"."),
    "dangling.json": (collection("computers", [computer("S-1-5-21-1-2-3-8", "PC8", Aces=[
        {"PrincipalSID": "S-1-5-21-1-2-3-4444", "PrincipalType": "User", "RightName": "GenericAll", "IsInherited": False}])]).encode(), READ, r"."),
    "nul.json": (collection("computers", [ONE]).encode().replace(b"PC1", b"P\0C1"), REFUSED, r"nul"),
    "comma.json": (collection("computers", [ONE]).encode().replace(b'"Aces"', b',"Aces"'), REFUSED, r"octet"),
    "deeper.json": (collection("computers", [computer("S-1-5-21-1-2-3-9", "x", Deep="@")]).encode().replace(b'"@"', b"[" * 5000 + b"]" * 5000), REFUSED, r"niveaux"),
    "deep.json": (b'{"data":' + b"[" * 200_000, REFUSED, r"."),
    "text.xlsx": (b"not a spreadsheet", REFUSED, r"."),
    "doctype.xlsx": (CORPUS / "xlsx/doctype.xlsx", REFUSED, r"."),
    "old.xls": (CORPUS / "xlsx/ancien.xls", REFUSED, r"xls"),
    "locked.xlsx": (CORPUS / "xlsx/protege.xlsx", REFUSED, r"mot de passe"),
    "formula.csv": ("Service;Lits\n=HYPERLINK(\"http://x\");3\n".encode(), None, r"."),
    "wide.csv": (("a;" * 200_000 + "\n").encode(), REFUSED, r"."),
    "binary.csv": (bytes(range(256)) * 64, REFUSED, r"."),
    "kev.json": (b'{"catalogVersion":"1","vulnerabilities":[{"cveID":', REFUSED, r"."),
}


def run(releve, folder, path):
    """Exit code, output, seconds, peak of memory in bytes."""
    began = time.monotonic()
    process = subprocess.Popen([releve, "import", "--data", folder, "--facility", "A", path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               env={**os.environ, "LANG": "fr_FR.UTF-8"})
    out = process.stdout.read().decode(errors="replace")
    _, status, used = os.wait4(process.pid, 0)
    return os.waitstatus_to_exitcode(status), out, time.monotonic() - began, used.ru_maxrss * 1024


def counted(folder):
    """What of the facility counts: its version and the imports that were accepted."""
    with sqlite3.connect(f"file:{folder}/releve.db?mode=ro", uri=True) as base:
        return (base.execute("select version from facility where id = 'A'").fetchall(),
                base.execute("select id from import where state = 'committed' order by position").fetchall())


def main():
    releve = sys.argv[1]
    sanitized = "--sanitized" in sys.argv  # takes time and memory of its own
    wrong = []
    longest = largest = 0
    with tempfile.TemporaryDirectory() as place:
        folder = place + "/data"
        good = Path(place) / "good.xml"
        good.write_text(NMAP)
        assert run(releve, folder, good)[0] == READ
        for name, (content, wanted, words) in FILES.items():
            path = Path(place) / name
            path.write_bytes(content.read_bytes() if isinstance(content, Path) else content)
            before = counted(folder)
            code, out, seconds, memory = run(releve, folder, path)
            longest, largest = max(longest, seconds), max(largest, memory)
            faults = []
            if code not in (REFUSED, READ) or (wanted is not None and code != wanted):
                faults.append(f"exit code {code}")
            if re.search(r"\{[a-z_]+\}", out):
                faults.append("a gap in a sentence")
            if name not in out or not re.search(words, out):
                faults.append("the answer does not say it")
            if code == REFUSED and counted(folder) != before:
                faults.append("the facility has changed")
            if not sanitized and (seconds > MOST_SECONDS or memory > MOST_BYTES):
                faults.append("too dear")
            print(f"{'BROKE' if faults else 'held '} {name}: {', '.join(faults) or ('refused' if code else 'read')}, "
                  f"{seconds:.1f} s, {memory >> 20} MB\n      {' '.join(out.split())[:200]}", flush=True)
            wrong += faults
    print(f"{len(FILES)} files, {len(wrong)} faults; at most {longest:.1f} s, {largest >> 20} MB")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
