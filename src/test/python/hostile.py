#!/usr/bin/env python3
"""Besets a server that runs on this machine, while a good client draws digits; standard library only.

    bin/handspun serve --port 8501 & python3 src/test/python/hostile.py 8501

Prints a line for each hostile request (what came back, and how soon), then what the good client saw, and the
server's threads and memory before and after. Exits with 1 if a request had no answer in JSON.
"""

import http.client
import json
import os
import re
import socket
import statistics
import struct
import subprocess
import sys
import threading
import time
import zlib

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 8501
PREDICT = b"POST /api/predict HTTP/1.1\r\nHost: localhost\r\n"
PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, depth=8, colour=0, rows=None):
    """A grey page with a black stroke; rows tells how many of them are really there."""
    size = width * {0: 1, 2: 3, 6: 4}[colour] * depth // 8
    stroke = b"\0" + b"\xff" * (size // 3) + b"\0" * (size // 8) + b"\xff" * (size - size // 3 - size // 8)
    blank = b"\0" + b"\xff" * size
    packer, parts = zlib.compressobj(1), []
    for y in range(height if rows is None else rows):
        parts.append(packer.compress(stroke if height // 5 < y < 4 * height // 5 else blank))
    parts.append(packer.flush())
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return PNG_HEAD + chunk(b"IHDR", header) + chunk(b"IDAT", b"".join(parts)) + chunk(b"IEND", b"")


def many_scans(width, height, scans):
    """A progressive JPEG in grey: one scan of DC, then refinements of AC that say nothing, at almost no bytes."""

    def segment(marker, data):
        return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data

    blocks = ((width + 7) // 8) * ((height + 7) // 8)
    tables = segment(0xDB, b"\0" + b"\1" * 64)
    tables += segment(0xC4, b"\x00" + b"\1" + b"\0" * 15 + b"\0")  # DC: code 0 is "no difference"
    # AC: 0 is "end of band", and 10 ends a run of 16384 and more blocks.
    tables += segment(0xC4, b"\x10" + b"\1\1" + b"\0" * 14 + b"\x00\xe0")
    frame = segment(0xC2, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
    out = b"\xff\xd8" + tables + frame
    out += segment(0xDA, b"\1\1\0\0\0\0") + bytes(blocks // 8 + 1)
    for k in range(scans - 1):
        band = 1 + k % 63
        bits, left = "", blocks
        while left >= 16384:
            take = min(left, 32767)
            bits += "10" + format(take - 16384, "014b")
            left -= take
        bits += "0" * left
        bits += "1" * (-len(bits) % 8)
        data = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\0")
        out += segment(0xDA, bytes([1, 1, 0x10, band, band, 0x00])) + data
    return out + b"\xff\xd9"


def post(body, kind="image/png", length=None):
    head = b"Content-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind.encode(), len(body) if length is None else length)
    return PREDICT + head + body


def chunked(raw):
    return PREDICT + b"Content-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n" + raw


def form(parts, boundary="XX"):
    return post(parts, "multipart/form-data; boundary=" + boundary)


FILE = b'--XX\r\nContent-Disposition: form-data; name="f"; filename="7.png"\r\n\r\n'
SMALL = png(28, 28)


def requests():
    yield "progressive JPEG, 199 scans", post(many_scans(1600, 1600, 199), "image/jpeg")
    yield "progressive JPEG, 2,000 scans", post(many_scans(2000, 2000, 2000), "image/jpeg")
    yield "PNG of 4096 x 4096", post(png(4096, 4096))
    yield "its steps, too", post(png(4096, 4096)).replace(b"/predict", b"/steps", 1)
    yield "PNG of 4096 x 4096, 16 bits RGBA", post(png(4096, 4096, 16, 6))
    yield "PNG that claims 100000 x 100000", post(png(100000, 100000, rows=1))
    yield "PNG that claims 4096 x 4096", post(png(4096, 4096, 16, 6, rows=1))
    yield "PNG cut in half", post(SMALL[: len(SMALL) // 2])
    yield "JPEG of three bytes", post(b"\xff\xd8\xff", "image/jpeg")
    yield "blank PNG", post(png(28, 1))
    for name, magic in [("GIF", b"GIF89a"), ("BMP", b"BM\x36\1\0\0\0\0\0\0"), ("TIFF", b"II*\0"), ("PDF", b"%PDF-1.7"), ("SVG", b"<svg/>"),
                        ("WebP", b"RIFF\0\0\0\0WEBP"), ("HEIC", b"\0\0\0\x18ftypheic"), ("empty", b"")]:
        yield name + " as image/png", post(magic)
        yield name + " without a type", PREDICT + b"Content-Length: %d\r\n\r\n" % len(magic) + magic
    yield "text/plain", post(b"hello", "text/plain")
    yield "type of 8,000 bytes", post(SMALL, "x" * 8000)
    yield "5 MB", post(b"x" * 5_000_000)
    yield "5 MB in chunks", chunked((b"100000\r\n" + b"x" * 0x100000 + b"\r\n") * 5 + b"0\r\n\r\n")
    yield "5 MB to nowhere", b"POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n\r\n" + b"x" * 5_000_000
    yield "5 MB by PUT", b"PUT /api/predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n\r\n" + b"x" * 5_000_000
    yield "300 KB of JSON", post(b"[" * 300_000, "application/json")
    yield "deep JSON", post(b'{"x":' * 40_000, "application/json")
    yield "JSON with NaN", post(b'{"pixels":[NaN]}', "application/json")
    yield "JSON with 5,000 digits", post(b'{"pixels":[' + b"9" * 5000 + b"]}", "application/json")
    yield "JSON that is no UTF-8", post(b"{\xff\xfe", "application/json")
    for name, raw in [("nonsense", b"zz\r\n"), ("negative", b"-1\r\n\r\n"), ("overflow", b"FFFFFFFF\r\nabc"),
                      ("20 digits", b"1" * 20 + b"\r\n"), ("cut off", b"5\r\nab"), ("too long", b"2\r\nabcd\r\n0\r\n\r\n")]:
        yield "chunk: " + name, chunked(raw)
    yield "body that ends early", post(b"abc", length=1000)
    yield "form without a file", form(b"--XX--\r\n")
    yield "form with two files", form(FILE + SMALL + b"\r\n" + FILE + SMALL + b"\r\n--XX--\r\n")
    yield "form without an end", form(FILE + SMALL)
    yield "form with another boundary", form(FILE + SMALL + b"\r\n--XX--\r\n", "YY")
    yield "form of 1,000 parts", form((FILE + b"x\r\n") * 1000 + b"--XX--\r\n")
    yield "form of 4 MB of boundaries", form(b"--XX-\r\n" * 580_000)
    for name, target in [("200,000 names", b"model?" + b"a&" * 100_000), ("a model of 5,000 bytes", b"model?model=" + b"f" * 5000),
                         ("a model that is a path", b"parameters?model=..%2f..%2fetc%2fpasswd"), ("an epoch that is none", b"parameters?epoch=-1"),
                         ("an epoch far away", b"parameters?epoch=999999999"), ("labels that are none", b"test-images?actual=99"),
                         ("from the end", b"test-images?from=999999999"), ("all test images", b"test-images"), ("the matrix", b"confusion"),
                         ("a name that is no UTF-8", b"models?%ff=%c3%28"), ("events of no training", b"events")]:
        yield "query: " + name, b"GET /api/" + target + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for name, body in [("10 pixels", b'{"pixels":[' + b"1," * 9 + b"1]}"), ("fractions", b'{"pixels":[' + b"0.5," * 783 + b"1]}"),
                       ("all", b'{"pixels":[' + b"255," * 783 + b'255],"label":3}')]:
        yield "nearest: " + name, post(body, "application/json").replace(b"/predict", b"/nearest", 1)
        yield "collect: " + name, post(body, "application/json").replace(b"/predict", b"/collect", 1)
    yield "collect: a foreign page", b"POST /api/collect HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\nContent-Length: 2\r\n\r\n{}"
    yield "DELETE", b"DELETE /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    yield "BREW", b"BREW /api/predict HTTP/1.1\r\nHost: localhost\r\n\r\n"
    yield "path with ..", b"GET /..%2f..%2fetc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n"
    yield "path with NUL", b"GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n"
    yield "path of 100,000 bytes", b"GET /" + b"y" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
    yield "150 headers", b"GET /x HTTP/1.1\r\n" + b"".join(b"X%d: y\r\n" % i for i in range(150)) + b"\r\n"
    yield "HTTP/1.0 without a host", b"GET /x HTTP/1.0\r\n\r\n"
    yield "pipelined twice", b"GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n" * 2
    yield "Expect: 100-continue", PREDICT + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\nabc"
    for name, raw in [("negative length", PREDICT + b"Content-Length: -5\r\n\r\n"),
                      ("length that is no number", PREDICT + b"Content-Length: many\r\n\r\n"),
                      ("length and chunks", PREDICT + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc"),
                      ("two lengths", PREDICT + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc"),
                      ("gzip coding", PREDICT + b"Transfer-Encoding: gzip\r\n\r\n"),
                      ("no address", b"GET\r\n\r\n"), ("bad address", b"GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                      ("header without colon", b"GET / HTTP/1.1\r\nno colon\r\n\r\n"),
                      ("OPTIONS *", b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                      ("300 headers", b"GET / HTTP/1.1\r\n" + b"".join(b"X%d: y\r\n" % i for i in range(300)) + b"\r\n"),
                      ("TLS hello", b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n")]:
        yield name, raw


def exchange(raw):
    """Sends all, then listens, as most clients do."""
    with socket.create_connection(("127.0.0.1", PORT), timeout=120) as s:
        try:
            s.sendall(raw)
            s.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        answer = b""
        try:
            while part := s.recv(65536):
                answer += part
        except OSError:
            pass
    return answer


def slow_clients(count):
    kinds = [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\n", post(b"abc", length=100_000),
             chunked(b"5\r\nab"), b"GET /api/parameters HTTP/1.1\r\nHost: localhost\r\n\r\n" * 200]
    sockets = []
    for i in range(count):
        s = socket.create_connection(("127.0.0.1", PORT), timeout=10)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        s.setblocking(False)
        try:
            s.send(kinds[i % len(kinds)])
        except OSError:
            pass
        sockets.append(s)
    return sockets


class GoodClient(threading.Thread):
    """Draws one digit after another and asks for the server's health in between."""

    def __init__(self):
        super().__init__(daemon=True)
        self.picture, self.times, self.failures, self.going = png(280, 280), [], [], True

    def run(self):
        while self.going:
            for method, path, body in [("POST", "/api/predict", self.picture), ("GET", "/healthz", None)]:
                start = time.perf_counter()
                try:
                    link = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
                    link.request(method, path, body, {"Content-Type": "image/png"} if body else {})
                    reply = link.getresponse()
                    reply.read()
                    if reply.status != 200:
                        self.failures.append(f"{path}: {reply.status}")
                    link.close()
                except OSError as e:
                    self.failures.append(f"{path}: {e!r}")
                self.times.append((time.perf_counter() - start) * 1000)
            time.sleep(0.02)

    def report(self, what):
        times, failures = self.times, self.failures
        self.times, self.failures = [], []
        if len(times) > 1:
            worst = statistics.quantiles(times, n=100)
            print(f"{what:44} {len(times):5} answers  p50 {statistics.median(times):6.1f} ms  p99 {worst[98]:6.1f} ms"
                  f"  most {max(times):6.1f} ms  failed {len(failures)} {sorted(set(failures))[:3]}")


def server_pid():
    out = subprocess.run(["pgrep", "-f", f"handspun.cli.Main.*serve.*{PORT}"], capture_output=True, text=True).stdout
    return next((p for p in out.split() if os.path.exists(f"/proc/{p}/status")), None)


def state(pid):
    if pid is None:
        return "the server's process was not found"
    with open(f"/proc/{pid}/status") as f:
        status = f.read()
    found = {k: re.search(rf"{k}:\s+(\d+)", status).group(1) for k in ("VmRSS", "VmHWM", "Threads")}
    live = "?"
    try:
        histogram = subprocess.run(["jcmd", pid, "GC.class_histogram"], capture_output=True, text=True, timeout=60).stdout
        live = f"{int(histogram.split()[-1]) / 1e6:.1f} MB"
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        pass
    return (f"threads {found['Threads']}, live heap {live}, resident {int(found['VmRSS']) // 1024} MB"
            f" (most {int(found['VmHWM']) // 1024} MB)")


def main():
    pid = server_pid()
    good = GoodClient()
    good.start()
    time.sleep(3)
    print("before   ", state(pid))
    good.report("alone")

    unanswered, count = [], 0
    for name, raw in requests():
        start = time.perf_counter()
        answer = exchange(raw)
        seconds = time.perf_counter() - start
        count += 1
        head, _, body = answer.partition(b"\r\n\r\n")
        if b" 100 " in head[:16]:
            head, _, body = body.partition(b"\r\n\r\n")
        status = head.split(b" ")[1].decode() if head else "none"
        try:
            text = json.loads(body.split(b"HTTP/1.1")[0])
            sentence = text.get("error", f"digit {text.get('digit')}")
        except (ValueError, AttributeError):
            sentence = body.decode("latin-1")[:60]
            unanswered.append(name)
        print(f"{name:40} {status:5} {seconds:6.2f} s  {sentence[:110]}")
    good.report(f"during {count} hostile requests")

    attackers = [threading.Thread(target=exchange, args=(raw,)) for _ in range(2) for _, raw in requests()]
    for thread in attackers:
        thread.start()
    for thread in attackers:
        thread.join()
    good.report(f"during {len(attackers)} of them at once")

    for clients in (130, 1000, 3000):
        sockets = slow_clients(clients)
        time.sleep(3)
        good.report(f"beside {clients} slow connections")
        print("         ", state(pid))
        for s in sockets:
            s.close()

    good.going = False
    good.join()
    time.sleep(40)
    print("after    ", state(pid))
    print("unanswered:", unanswered or "none")
    return 1 if unanswered else 0


if __name__ == "__main__":
    sys.exit(main())
