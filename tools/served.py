# SPDX-License-Identifier: EUPL-1.2
"""`releve serve` as a process, and a browser-like client for it: for the tests that attack it or put a proxy before it."""
import base64
import hashlib
import hmac
import http.client
import json
import os
import re
import shutil
import signal
import ssl
import struct
import subprocess
import tempfile
import time


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        """The catalogue's name of a refusal; empty: none."""
        try:
            return self.json().get("message", {}).get("code", "")
        except (ValueError, AttributeError):
            return ""


class Client:
    """Keeps one cookie, as a browser does. `connect` gives a fresh connection."""

    def __init__(self, connect, origin):
        self.connect = connect
        self.origin = origin
        self.cookie = ""

    def ask(self, method, path, body=None, headers=None, raw=None):
        sent = {"Accept-Language": "en"}
        if method != "GET":
            sent["Origin"] = self.origin
        if self.cookie:
            sent["Cookie"] = "releve_session=" + self.cookie
        if body is not None:
            raw = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        sent.update(headers or {})
        connection = self.connect()
        try:
            connection.request(method, path, body=raw, headers=sent)
            answer = Answer(connection.getresponse())
        finally:
            connection.close()
        planted = re.match(r"releve_session=([^;]*)", answer.headers.get("Set-Cookie", ""))
        if planted:
            self.cookie = planted.group(1)
        return answer

    def get(self, path):
        return self.ask("GET", "/api/v1" + path)

    def post(self, path, body=None):
        return self.ask("POST", "/api/v1" + path, body if body is not None else {})

    def upload(self, path, content):
        return self.ask("POST", "/api/v1" + path, raw=content, headers={"Content-Type": "application/octet-stream"})


class Served:
    """The program on a free loopback port, with its data in a folder that goes away."""

    def __init__(self, releve, arguments=(), before=(), folder=None):
        self.releve, self.arguments = releve, list(arguments)
        self.scratch = tempfile.TemporaryDirectory(prefix="releve-served-")
        self.folder = folder or os.path.join(self.scratch.name, "data")
        self.start(before)

    def start(self, before=()):
        """`before`: a command that runs the program, such as faketime."""
        command = [*before, self.releve, "--language", "en", "serve", "--data", self.folder, "--port", "0", *self.arguments]
        self.log = open(os.path.join(self.scratch.name, "log"), "ab")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.log)
        self.port, self.link = 0, ""
        while True:
            line = self.process.stdout.readline().decode()
            if not line:
                raise SystemExit("releve did not start:\n" + open(self.log.name).read())
            found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
            if found and not self.port:
                self.port = int(found.group(1))
                # The link, where there is one, follows in the same breath.
                os.set_blocking(self.process.stdout.fileno(), False)
                time.sleep(0.2)
                rest = (self.process.stdout.read() or b"").decode()
                self.link = (re.search(r"/enter\?token=\S+", rest) or [""])[0]
                return

    def client(self):
        def connect():
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        return Client(connect, f"http://127.0.0.1:{self.port}")

    def owner(self):
        client = self.client()
        assert client.ask("GET", self.link).status == 303, "the printed link comes in"
        return client

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        self.log.close()
        return code

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.close()
        self.scratch.cleanup()


def totp(secret, at):
    """RFC 6238 with its usual parameters."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def certificate(folder, name):
    """A certificate for the name, signed by itself: paths of the certificate and of its key."""
    openssl = shutil.which("openssl") or "openssl"
    pair = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
    subprocess.run([openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}",
                    "-keyout", pair[1], "-out", pair[0]], check=True, capture_output=True)
    return pair


def trusting(cert):
    return ssl.create_default_context(cafile=cert)
