#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The examples for nginx and Caddy, each with the real proxy before the real program.

  tools/behind_proxy.py PATH_TO_RELEVE nginx|caddy

Only names of files and ports are put in; everything else is what packaging/ shows to operators."""
import http.client
import os
import pathlib
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import warnings

from served import Client, Served, certificate, trusting

warnings.simplefilter("ignore", DeprecationWarning)  # of TLS 1.1, which is what we try
NAME = "releve.chu.example"
PACKAGING = pathlib.Path(__file__).parent.parent / "packaging"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def nginx(folder, ports, certificates, upstream):
    text = (PACKAGING / "nginx.conf").read_text()
    text = re.sub(r" *listen \[::\].*\n", "", text)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{ports[0]};").replace("listen 443", f"listen 127.0.0.1:{ports[1]}")
    text = text.replace("/etc/releve/tls/cert.pem", certificates[0]).replace("/etc/releve/tls/key.pem", certificates[1])
    text = text.replace("127.0.0.1:8420", f"127.0.0.1:{upstream}")
    config = os.path.join(folder, "nginx.conf")
    pathlib.Path(config).write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/proxy.log;\nevents {{}}\nhttp {{ access_log off;\n"
        + "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) + text + "}\n")
    return [shutil.which("nginx") or "/usr/sbin/nginx", "-c", config, "-p", folder, "-e", folder + "/proxy.log"]


def caddy(folder, ports, certificates, upstream):
    text = (PACKAGING / "Caddyfile").read_text()
    text = text.replace("/etc/releve/tls/cert.pem", certificates[0]).replace("/etc/releve/tls/key.pem", certificates[1])
    text = text.replace("127.0.0.1:8420", f"127.0.0.1:{upstream}")
    config = os.path.join(folder, "Caddyfile")
    pathlib.Path(config).write_text(f"{{\n\tadmin off\n\thttp_port {ports[0]}\n\thttps_port {ports[1]}\n\tdefault_bind 127.0.0.1\n\tstorage file_system {folder}/caddy\n}}\n" + text)
    return ["caddy", "run", "--config", config, "--adapter", "caddyfile"]


def check(what, good, seen):
    print(f"{'good' if good else 'BAD '}  {what}: {seen}", flush=True)
    return good


def first_event(client):
    """Seconds from a change until the stream of another page says so."""
    connection = client.connect()
    connection.request("GET", "/api/v1/events", headers={"Cookie": "releve_session=" + client.cookie})
    stream = connection.getresponse()
    assert stream.status == 200, stream.status
    began = time.monotonic()
    assert client.post("/facilities/A/rename", {"name": "renamed"}).status == 200
    connection.sock.settimeout(10)
    got = b""
    while b"event: facility" not in got:
        piece = stream.read1(4096)
        if not piece:
            break
        got += piece
    connection.close()
    return time.monotonic() - began


def main():
    releve, which = sys.argv[1], sys.argv[2]
    folder = tempfile.mkdtemp(prefix="releve-proxy-")
    plain, secure = free_port(), free_port()
    certificates = certificate(folder, NAME)
    origin = f"https://{NAME}:{secure}"
    results = []
    with Served(releve, ["--origin", origin]) as served:
        command = {"nginx": nginx, "caddy": caddy}[which](folder, (plain, secure), certificates, served.port)
        log = open(folder + "/out", "wb")
        proxy = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "HOME": folder})
        try:
            def connect(context=None):
                line = http.client.HTTPSConnection(NAME, secure, timeout=30, context=context or trusting(certificates[0]))
                line._create_connection = lambda *_a, **_k: socket.create_connection(("127.0.0.1", secure), 30)
                return line
            client = Client(connect, origin)
            for _ in range(100):
                try:
                    page = client.ask("GET", "/")
                    break
                except OSError:
                    time.sleep(0.1)
            else:
                raise SystemExit("the proxy does not answer:\n" + open(folder + "/out").read())
            results.append(check("the page comes by TLS", page.status in (200, 404) and "Content-Security-Policy" in page.headers, page.status))
            policies = [answer.headers.get("Content-Security-Policy", "unsafe") for answer in (page, client.ask("GET", "/"))]
            fresh = page.status == 404 or policies[0] != policies[1]  # a kept page would tell everybody its nonce
            results.append(check("no page twice, none with unsafe styles", fresh and "unsafe" not in " ".join(policies), policies[0]))
            results.append(check("HSTS", "max-age" in page.headers.get("Strict-Transport-Security", ""), page.headers.get("Strict-Transport-Security")))
            line = http.client.HTTPConnection("127.0.0.1", plain, timeout=10)
            line.request("GET", "/x?y=1", headers={"Host": NAME})
            moved = line.getresponse()
            where = moved.getheader("Location", "")
            results.append(check("plain HTTP leads to TLS", moved.status in (301, 308) and where.startswith("https://" + NAME), f"{moved.status} {where}"))
            entered = client.ask("GET", served.link)
            cookie = entered.headers.get("Set-Cookie", "")
            results.append(check("the session's cookie", entered.status == 303 and all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Strict")), cookie.split("; ", 1)[-1]))
            made = client.post("/facilities", {"id": "A", "name": "A"})
            results.append(check("a change by our own page", made.status == 200, made.status))
            foreign = client.ask("POST", "/api/v1/facilities/A/rename", {"name": "evil"}, headers={"Origin": "https://evil.example"})
            results.append(check("a change by another's", foreign.status == 403, foreign.status))
            client.ask("POST", "/api/v1/sign-in", {"login": "x", "password": "y", "code": ""}, headers={"X-Forwarded-For": "203.0.113.9"})
            trail = client.get("/trail").body.decode()
            results.append(check("an invented address is not believed", "127.0.0.1" in trail and "203.0.113.9" not in trail, "127.0.0.1 in the trail"))
            received = client.upload("/facilities/A/imports?file_name=big.csv", b"id;name\n" + b"x;y\n" * 1_500_000)
            results.append(check("an upload of 6 MB", received.status in (200, 202), received.status))
            seconds = first_event(client)
            results.append(check("a live event", seconds < 2, f"{seconds * 1000:.0f} ms"))
            old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
            old.set_ciphers("ALL:@SECLEVEL=0")
            old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
            try:
                connect(old).connect()
                refused = False
            except (ssl.SSLError, OSError):
                refused = True
            results.append(check("TLS 1.1 is refused", refused, refused))
        finally:
            proxy.terminate()
            try:
                proxy.wait(timeout=5)
            except subprocess.TimeoutExpired:
                proxy.kill()
                proxy.wait()
            shutil.rmtree(folder, ignore_errors=True)
    return 0 if all(results) and len(results) == 11 else 1


if __name__ == "__main__":
    sys.exit(main())
