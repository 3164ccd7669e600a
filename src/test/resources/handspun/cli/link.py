"""Carries Ethernet frames between two network interfaces, and delays or drops them when told to.

A cable between two network namespaces, and a stand-in for the kernel's netem, which not every
kernel has. Frames come with the kernel's notes on checksums and sizes that are still to be made.

Usage: link.py INTERFACE INTERFACE; then on standard input, a line each:
  delay SECONDS   how long every frame takes, either way; the cable is whole
  cut             frames are lost
"""

import collections
import select
import socket
import sys
import time

ALL_PROTOCOLS = 3
SOL_PACKET = 263
PACKET_VNET_HDR = 15
PACKET_IGNORE_OUTGOING = 23
MOST_BYTES = 1 << 17


def end(interface):
    raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_PROTOCOLS))
    raw.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
    raw.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
    raw.bind((interface, ALL_PROTOCOLS))
    raw.setblocking(False)
    return raw


def main():
    one, other = (end(interface) for interface in sys.argv[1:3])
    ways = [(one, other, collections.deque()), (other, one, collections.deque())]
    delay = 0.0
    whole = True
    print("connected", flush=True)
    while True:
        due = [queue[0][0] for _, _, queue in ways if queue]
        wait = max(0.0, min(due) - time.monotonic()) if due else None
        ready, _, _ = select.select([one, other, sys.stdin.buffer.raw], [], [], wait)
        if sys.stdin.buffer.raw in ready:
            words = sys.stdin.buffer.raw.readline().split()
            if not words:
                return
            whole = words[0] == b"delay"
            if whole:
                delay = float(words[1])
            print(*(word.decode() for word in words), flush=True)
        for source, target, queue in ways:
            if source in ready:
                try:
                    while True:
                        frame = source.recv(MOST_BYTES)
                        if whole:
                            queue.append((time.monotonic() + delay, frame))
                except BlockingIOError:
                    pass
            while queue and queue[0][0] <= time.monotonic():
                try:
                    target.send(queue.popleft()[1])
                except OSError:
                    pass  # As on a cable that is full: TCP sends it again.


main()
