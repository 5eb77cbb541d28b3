#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Hold every #include of src/ against the plan written in CMake (edges.txt) and the owners of third-party headers."""
import pathlib
import re
import sys

# Third-party headers have one owner: swapping a library touches one room.
OWNERS = {
    "soci/": {"foundation/store"}, "libpq": {"foundation/store"}, "sqlite3": {"foundation/store"},
    "rapidjson/": {"foundation/describe", "intake"}, "microhttpd": {"foundation/http"},
    "libxml/": {"intake"}, "archive": {"intake", "foundation/report"}, "xlsxwriter": {"foundation/report"}, "qrencode": {"foundation/report"},
    "sodium": {"foundation/base"}, "curl/": {"foundation/oidc", "respond/recall"}, "openssl/": {"foundation/oidc"},
    "liboath/": {"steer/access"}, "fido": {"steer/access"}, "CLI/": {"main"}, "spdlog/": {"main"},
}
# A test may make its samples with a library that its room does not use.
TEST_OWNERS = {"xlsxwriter": {"intake"}, "openssl/": {"steer/access"}}
# A test may take its hospital from the room that invents them.
TEST_ROOMS = {"prepare/assessment": {"prepare/fiction"}, "respond/pack": {"prepare/fiction"}}


def main(src: pathlib.Path, edges_file: pathlib.Path) -> int:
    direct = {}
    rooms = {}
    for line in edges_file.read_text().splitlines():
        place, _, deps = line.partition(":")
        direct[place.strip()] = [d for d in re.split(r"[;\s]+", deps.strip()) if d]
        rooms[place.strip().rsplit("/", 1)[-1]] = place.strip()

    def closure(place, seen):
        for dep in direct[place]:
            target = rooms[dep]
            if target not in seen:
                seen.add(target)
                closure(target, seen)
        return seen

    allowed = {place: closure(place, {place}) for place in direct}
    faults = []
    for path in sorted(src.rglob("*.[ch]pp")):
        relative = path.relative_to(src).as_posix()
        room = relative.rsplit("/", 1)[0]
        if room not in direct:
            faults.append(f"{relative}: no releve_module() declares {room}")
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
            if not match:
                continue
            name = match.group(2)
            if match.group(1) == '"':
                target = name.rsplit("/", 1)[0] if "/" in name else room
                if relative.endswith(("_test.cpp", "_for_tests.hpp")) and target in TEST_ROOMS.get(room, set()):
                    continue
                if target not in allowed[room]:
                    faults.append(f"{relative}:{number}: {room} may not include {name}")
            else:
                for prefix, owners in OWNERS.items():
                    if relative.endswith(("_test.cpp", "_for_tests.hpp")):
                        owners = owners | TEST_OWNERS.get(prefix, set())
                    if name.startswith(prefix) and room not in owners:
                        faults.append(f"{relative}:{number}: <{name}> belongs to {', '.join(sorted(owners))}")
        if "SPDX-License-Identifier: EUPL-1.2" not in path.read_text()[:200]:
            faults.append(f"{relative}: no SPDX line")
    for fault in faults:
        print(fault)
    print(f"{len(direct)} rooms, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
