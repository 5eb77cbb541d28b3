#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""For tests: real mail servers (plain, and with STARTTLS and a sign-in) and a real receiver of call-outs.

Prints one line of JSON with the ports, then one for each thing received. Ends when its standard input does.
"""
import http.server
import json
import socket
import ssl
import subprocess
import sys
import tempfile
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

lock = threading.Lock()


def say(what):
    with lock:
        print(json.dumps(what), flush=True)


class Mails:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 5.1.1 no such user"
        if address.startswith("busy"):
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        say({"kind": "mail", "from": envelope.mail_from, "to": envelope.rcpt_tos[0],
             "text": envelope.content.decode("ascii"), "tls": session.ssl is not None})
        return "250 OK"


class Posts(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        say({"kind": "post", "from": self.headers.get("X-Releve-Signature", ""), "to": self.headers["X-Releve-Time"],
             "text": body, "tls": False})
        self.send_response({"/ok": 202, "/gone": 404, "/busy": 429}.get(self.path, 503))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main():
    with tempfile.TemporaryDirectory() as folder:
        certificate, key = folder + "/certificate.pem", folder + "/key.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)

        def known(server, session, envelope, mechanism, given):
            return AuthResult(success=given.login == b"alerte" and given.password == b"secret")

        plain = Controller(Mails(), hostname="127.0.0.1", port=free_port())
        guarded = Controller(Mails(), hostname="127.0.0.1", port=free_port(), tls_context=context,
                             require_starttls=True, authenticator=known, auth_required=True)
        posts = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Posts)
        plain.start()
        guarded.start()
        threading.Thread(target=posts.serve_forever, daemon=True).start()
        say({"plain": plain.port, "guarded": guarded.port, "posts": posts.server_port, "certificate": certificate})
        sys.stdin.read()
        plain.stop()
        guarded.stop()
        posts.shutdown()


main()
