#!/usr/bin/python3
"""Refuses what breaks the house: an include that goes up, a ring of rooms, a header on the wrong floor.

The floors, from below: base < core < codec < desk < edge < cli; main.c stands beside cli. A room is a
.c file, the .h file of the same name, and its _private.h. Prints `file:line: rule` for each fault; exit
1 if any.
"""

import re
import sys
from pathlib import Path

SRC = Path(__file__).resolve().parents[1] / "src"
FLOORS = ("base", "core", "codec", "desk", "edge", "cli")
TOP = FLOORS.index("cli")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')

# Pure computation: no input or output, no clock.
PURE = {"assert.h", "ctype.h", "errno.h", "float.h", "inttypes.h", "limits.h", "stdalign.h", "stdarg.h",
        "stdbool.h", "stddef.h", "stdint.h", "stdlib.h", "stdnoreturn.h", "string.h", "strings.h"}
# The operating system: files, sockets, clocks, processes.
SYSTEM = {"arpa/inet.h", "dirent.h", "fcntl.h", "getopt.h", "grp.h", "libgen.h", "locale.h", "netdb.h",
          "netinet/in.h", "netinet/tcp.h", "poll.h", "pwd.h", "signal.h", "stdio.h", "sys/epoll.h",
          "sys/file.h", "sys/mman.h", "sys/prctl.h", "sys/random.h", "sys/resource.h", "sys/socket.h", "sys/stat.h",
          "sys/time.h", "sys/types.h", "sys/un.h", "sys/wait.h", "termios.h", "time.h", "unistd.h"}
ALLOWED = {
    "base": PURE | {"stdio.h"},  # vsnprintf, and the last words of a program out of memory
    "core": PURE | {"glpk.h", "gmp.h", "math.h", "nettle/sha2.h"},
    "codec": PURE | {"yaml.h"},
    "desk": PURE,
    "edge": PURE | SYSTEM | {"uv.h", "hiredis/async.h", "hiredis/hiredis.h", "microhttpd.h", "xlsxwriter.h",
                             "systemd/sd-daemon.h", "systemd/sd-journal.h"},
    "cli": PURE | SYSTEM | {"uv.h", "curl/curl.h", "cjson/cJSON.h"},
}


def floor_of(name):
    """The floor of a path below src; main.c is on the top one."""
    first = name.split("/")[0]
    return FLOORS.index(first) if first in FLOORS else TOP


def room_of(name):
    """edge/journal_private.h is the inside of the room edge/journal."""
    return name.rsplit(".", 1)[0].removesuffix("_private")


def includes(path):
    """(line, bracket, name) of every include in a file."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found.group(1), found.group(2)


def fault_of(name, bracket, included):
    """What is wrong with one include, or None."""
    floor = floor_of(name)
    if bracket == "<":
        if included in ALLOWED[FLOORS[floor]]:
            return None
        return f"<{included}> does not belong on floor {floor} ({FLOORS[floor]})"
    if not (SRC / included).is_file():
        return f'"{included}" is not a path from src'
    if floor_of(included) > floor:
        return f'"{included}" goes up, from {FLOORS[floor]} to {FLOORS[floor_of(included)]}'
    return None


def ring_through(rooms):
    """One ring of rooms that include each other, as a list, or None."""
    done = set()

    def visit(room, way):
        if room in way:
            return way[way.index(room):] + [room]
        if room in done:
            return None
        for next_room in sorted(rooms.get(room, ())):
            ring = visit(next_room, way + [room])
            if ring:
                return ring
        done.add(room)
        return None

    for room in sorted(rooms):
        ring = visit(room, [])
        if ring:
            return ring
    return None


def main():
    faults, rooms = [], {}
    for path in sorted(SRC.rglob("*.[ch]")):
        name = path.relative_to(SRC).as_posix()
        for number, bracket, included in includes(path):
            fault = fault_of(name, bracket, included)
            if fault:
                faults.append(f"src/{name}:{number}: {fault}")
            elif bracket == '"' and room_of(included) != room_of(name):
                rooms.setdefault(room_of(name), set()).add(room_of(included))
    ring = ring_through(rooms)
    if ring:
        faults.append(f"src: a ring of includes: {' -> '.join(ring)}")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
