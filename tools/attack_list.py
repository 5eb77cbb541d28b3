#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The attacks that this house is built against, played on the real program, each with the answer it got.

  tools/attack_list.py PATH_TO_RELEVE

Prints one line per attack and ends with 1 when an answer is not the wanted one. What needs many processes or a
provider of identities has tests of its own: steer/access (tokens, passkeys), main/perimeter_test (every row, every role),
foundation/http (broken requests)."""
import datetime
import glob
import http.client
import socket
import statistics
import sys
import time

from served import Served, totp

PASSWORD = "trois clés sous le paillasson"
TITLE = "finess;etalab;93;2026-05-12\n"
attacks = []


def attack(name):
    def keep(play):
        attacks.append((name, play))
        return play
    return keep


def site(number, name, entity="010780054", department="01"):
    return (f"structureet;{number};{entity};{name};;;;900;RTE;DE PARIS;;BP 401;451;{department};AIN;01440 VIRIAT;"
            "0474454647;;355;Centre Hospitalier (C.H.);1102;Centres Hospitaliers;26010004500012;8610Z;03;ARS;1;Public;"
            "1979-02-13;1979-02-13;2020-01-01\n")


class Place:
    """The instance under attack: an owner, and whoever is invited."""

    def __init__(self, served):
        self.served = served
        self.owner = served.client()
        self.entered = self.owner.ask("GET", served.link + "&next=https://evil.example&return=//evil.example")
        for place in ("A", "B"):
            assert self.owner.post("/facilities", {"id": place, "name": place}).status == 200

    def member(self, login, role, place):
        ends = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        invited = self.owner.post("/people", {"login": login, "name": login, "role": role, "place": place, "ends": ends})
        assert invited.status == 200, invited.body
        client = self.served.client()
        client.id = invited.json()["person"]["id"]
        assert client.post("/invitations/accept", {"token": invited.json()["token"], "password": PASSWORD}).status == 200
        return client

    def registry_import(self, content, name="finess.csv"):
        """The import once it is read."""
        received = self.owner.upload("/registry/imports?file_name=" + name, content)
        assert received.status in (200, 202), received.body
        made = received.json().get("import", received.json())
        for _ in range(200):
            one = self.owner.get("/registry/imports/" + made["id"]).json()
            if one["state"] not in ("reading", "accepting"):
                return one
            time.sleep(0.05)
        raise AssertionError("the import is never read")


def said(imported):
    return imported["state"] + ": " + " ".join(sorted({one["message"]["code"] for one in imported["findings"]}))


@attack("registry, cut in the middle of a record")
def _(place):
    answer = said(place.registry_import((TITLE + site("010000024", "A") + site("010000032", "B"))[:-60].encode()))
    return answer, answer.startswith("refused")


@attack("registry, two encodings mixed")
def _(place):
    content = (TITLE + site("010000024", "Étoile")).encode("cp1252") + site("010000032", "Étoile").encode()
    answer = said(place.registry_import(content))
    return answer, answer == "ready: registry.mixed_encodings"


@attack("registry, one number for two sites")
def _(place):
    answer = said(place.registry_import((TITLE + site("010000024", "A") + site("010000024", "B")).encode()))
    return answer, "registry.duplicate" in answer


@attack("registry, numbers spoilt by a spreadsheet")
def _(place):
    answer = said(place.registry_import((TITLE + site("10000024", "A") + site("1,0E+07", "B")).encode()))
    return answer, "registry.lost_zero" in answer and "registry.spoilt_number" in answer


@attack("registry, a site that belongs to itself")
def _(place):
    one = place.registry_import((TITLE + site("010780054", "A")).encode())
    accepted = one
    if one["state"] == "ready":
        place.owner.post(f"/registry/imports/{one['id']}/accept")
        for _ in range(200):
            accepted = place.owner.get("/registry/imports/" + one["id"]).json()
            if accepted["state"] != "accepting":
                break
            time.sleep(0.05)
    page = place.owner.get("/registry/places/FR/summary")
    return f"{accepted['state']}, national page {page.status}", page.status == 200 and accepted["state"] in ("accepted", "refused")


@attack("registry, a GHT that is its own member")
def _(place):
    answer = said(place.registry_import("number;ght;name;role\n84103;84103;Bresse;lead\n".encode(), "ght.csv"))
    return answer, answer.startswith("refused") and "registry.bad_number" in answer


@attack("SQL in a search, a path and a body")
def _(place):
    before = len(place.owner.get("/facilities").json()["items"])
    sql = "x'%3B%20drop%20table%20facility%3B--"
    answers = [place.owner.get("/registry/places?q=" + sql).status, place.owner.get("/facilities/" + sql).status,
               place.owner.post("/facilities/A/rename", {"name": "A'); drop table facility;--"}).status]
    after = len(place.owner.get("/facilities").json()["items"])
    return f"{answers}, {after} facilities", answers == [200, 404, 200] and before == after


@attack("HTML in a name")
def _(place):
    answer = place.owner.post("/facilities/B/rename", {"name": "<script>alert(1)</script>"})
    allowed = dict(one.split(maxsplit=1) for one in answer.headers["Content-Security-Policy"].split(";"))
    scripts = allowed.get("script-src", allowed["default-src"])
    styles = allowed["style-src"]
    good = answer.headers["Content-Type"] == "application/json" and answer.headers["X-Content-Type-Options"] == "nosniff"
    return (f"{answer.headers['Content-Type']}, nosniff, scripts from {scripts}, styles from {styles}",
            good and scripts == styles == "'self'")


@attack("a line break in a file's name and in a path")
def _(place):
    broken = place.owner.upload("/registry/imports?file_name=a%0d%0aSet-Cookie:%20x=1", TITLE.encode())
    other = place.owner.ask("GET", "/api/v1/facilities/%0d%0aSet-Cookie:%20x=1")
    planted = [one for answer in (broken, other) for one in answer.headers.get_all("Set-Cookie") or [] if "x=1" in one]
    return f"{broken.status}, {other.status}, cookies planted: {len(planted)}", not planted and other.status in (400, 404)


@attack("out of the folder by the path")
def _(place):
    answers = []
    for path in ("/../../../etc/passwd", "/assets/..%2f..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd"):
        answer = place.owner.ask("GET", path)
        answers.append(answer.status)
        if b"root:" in answer.body:
            return f"{path} was read", False
    table = place.owner.post("/settings/tables", {"file": "../../etc/passwd", "text": "[]"})
    return f"{answers}, a table's name: {table.status}", table.status == 404


def raw(place, request, patience=15):
    """What comes back until the other side closes, and after how long."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", place.served.port), timeout=patience) as line:
        line.sendall(request)
        got = b""
        try:
            while chunk := line.recv(65536):
                got += chunk
                if b"\r\n\r\n" in got:
                    break
        except OSError:
            pass
    return got, time.monotonic() - began


@attack("a body announced as 10 GB")
def _(place):
    got, seconds = raw(place, f"POST /api/v1/sign-in HTTP/1.1\r\nHost: 127.0.0.1:{place.served.port}\r\n"
                              "Content-Length: 10000000000\r\n\r\n".encode())
    first = got.split(b"\r\n")[0].decode()
    return first, " 413 " in first and seconds < 5


@attack("200 connections that drip their heads")
def _(place):
    lines = []
    for _ in range(200):
        line = socket.create_connection(("127.0.0.1", place.served.port), timeout=30)
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        lines.append(line)
    began = time.monotonic()
    answer = place.owner.get("/session")
    meanwhile = time.monotonic() - began
    cut = 0
    until = time.monotonic() + 25
    for line in lines:
        line.settimeout(max(0.1, until - time.monotonic()))
        try:
            while line.recv(4096):
                pass
            cut += 1
        except OSError as fault:
            cut += 0 if isinstance(fault, TimeoutError) else 1
        line.close()
    return f"another is answered in {meanwhile * 1000:.0f} ms, {cut} cut", answer.status == 200 and meanwhile < 2 and cut == 200


@attack("a session planted before the sign-in")
def _(place):
    place.fixed = place.member("fixed", "temporary_responder", "A")
    victim = place.served.client()
    victim.cookie = planted = "0123456789abcdef" * 4
    assert victim.post("/sign-in", {"login": "fixed", "password": PASSWORD, "code": ""}).status == 200
    thief = place.served.client()
    thief.cookie = planted
    answer = thief.get("/session").status
    return f"planted: {answer}, minted anew: {victim.cookie != planted}", answer == 401 and victim.cookie != planted


@attack("a phone's code heard and said again")
def _(place):
    member = place.member("phone", "rssi", "A")
    secret = member.post("/account/phone", {"password": PASSWORD}).json()["secret"]
    now = time.time()
    assert member.post("/account/phone/confirm", {"code": totp(secret, now - 30)}).status == 200
    code = totp(secret, now)
    first = place.served.client().post("/sign-in", {"login": "phone", "password": PASSWORD, "code": code})
    again = place.served.client().post("/sign-in", {"login": "phone", "password": PASSWORD, "code": code})
    return f"{first.status}, then {again.status} {again.code}", first.status == 200 and again.status == 401


@attack("a token that says alg:none, in the cookie and as a bearer")
def _(place):
    token = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2V2aWwiLCJzdWIiOiJvd25lciJ9."
    thief = place.served.client()
    thief.cookie = token
    cookie = thief.get("/session").status
    bearer = place.served.client().ask("GET", "/api/v1/session", headers={"Authorization": "Bearer " + token}).status
    return f"{cookie}, {bearer}", cookie == 401 and bearer == 401


@attack("a link that leads elsewhere after the sign-in")
def _(place):
    return f"{place.entered.status} {place.entered.headers['Location']}", place.entered.headers["Location"] == "/"


@attack("another name in Host")
def _(place):
    answer = place.served.client().ask("GET", "/", headers={"Host": "evil.example"})
    return f"{answer.status} {answer.code}", answer.status == 421


@attack("a change asked by another site's page")
def _(place):
    answer = place.owner.ask("POST", "/api/v1/facilities/A/rename", {"name": "evil"}, headers={"Origin": "https://evil.example"})
    return f"{answer.status} {answer.code}", answer.status == 403


@attack("every row of the API asked about a place out of reach")
def _(place):
    description = place.owner.ask("GET", "/api/v1/openapi.json").json()["paths"]
    asked, told = 0, []
    for path, methods in description.items():
        if "{facility}" not in path:
            continue
        for method in methods:
            there, nowhere = (
                place.fixed.ask(method.upper(), "/api/v1" + path.replace("{facility}", name).replace("{id}", "1")
                                .replace("{world}", "1").replace("{role}", "x"), {} if method == "post" else None)
                for name in ("B", "no-such-place"))
            asked += 1
            if (there.status, there.code) != (nowhere.status, nowhere.code) or there.status < 400:
                told.append(f"{method} {path} {there.status}/{nowhere.status}")
    return f"{asked} rows, told apart: {told or 'none'}", asked > 20 and not told


@attack("names guessed by the time an answer takes")
def _(place):
    def median(login):
        times, said_to = [], set()
        for _ in range(8):
            began = time.monotonic()
            answer = place.served.client().post("/sign-in", {"login": login, "password": "wrong " + login, "code": ""})
            times.append(time.monotonic() - began)
            said_to.add((answer.status, answer.code))
        return statistics.median(times), said_to
    known, said_known = median("fixed")
    unknown, said_unknown = median("nobody")
    return (f"known {known * 1000:.0f} ms, unknown {unknown * 1000:.0f} ms, both {said_known}",
            said_known == said_unknown and 0.4 < known / unknown < 2.5)


@attack("guessing a password")
def _(place):
    codes = [place.served.client().post("/sign-in", {"login": "fixed", "password": f"guess {n}", "code": ""}).status for n in range(40)]
    return f"{codes.count(401)} × 401, then {codes[-1]}", codes[-1] == 503


@attack("two editors of one thing")
def _(place):
    first = place.owner.post("/facilities/A/rename", {"name": "first", "seen": "A'); drop table facility;--"})
    second = place.owner.post("/facilities/A/rename", {"name": "second", "seen": "A'); drop table facility;--"})
    both = {one["name"]: one["value"] for one in second.json()["message"]["params"]}
    return f"{first.status}, then {second.status} {both}", second.status == 409 and both == {"theirs": "first", "yours": "second"}


@attack("the clock goes forward by 60 days, and back again")
def _(place):
    library = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")[0]
    later = ["env", "LD_PRELOAD=" + library, "FAKETIME=+60d", "FAKETIME_DONT_FAKE_MONOTONIC=1"]
    answers = []
    for clock in ([], later, []):
        assert place.served.stop() == 0
        place.served.start(clock)
        before = place.fixed.get("/facilities/A").status
        again = place.served.client()
        again.post("/sign-in", {"login": "fixed", "password": PASSWORD, "code": ""})
        answers.append((before, again.get("/facilities/A").status))
    return f"an old session and a role of one day: {answers}", answers == [(200, 200), (401, 404), (401, 404)]


def main():
    releve = sys.argv[1]
    # A preloaded clock and a sanitizer's allocator do not go together.
    played = [one for one in attacks if "--real-clock" not in sys.argv or "clock" not in one[0]]
    failed = 0
    with Served(releve) as served:
        place = Place(served)
        for name, play in played:
            try:
                answer, good = play(place)
            except (AssertionError, KeyError, OSError, http.client.HTTPException, ValueError) as fault:
                answer, good = f"{type(fault).__name__}: {fault}", False
            failed += 0 if good else 1
            print(f"{'held ' if good else 'BROKE'}  {name}: {answer}", flush=True)
    print(f"{len(played)} attacks, {failed} got through")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
