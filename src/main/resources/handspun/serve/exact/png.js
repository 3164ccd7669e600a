const CRCS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) {
    crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return crc;
});

// A PNG file of black ink on transparent paper: a palette of 16 blacks, the one more opaque than
// the other, and 4 bits a pixel. Ink is 0 to 255 in steps of 17.
export async function png(ink, width, height) {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 4);
  header.setUint8(9, 3);
  const blacks = new Uint8Array(3 * 16);
  const opacities = Uint8Array.from({ length: 16 }, (_, level) => 17 * level);
  return new Blob(
    [
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
      ...chunk("IHDR", new Uint8Array(header.buffer)),
      ...chunk("PLTE", blacks),
      ...chunk("tRNS", opacities),
      ...chunk("IDAT", await deflated(packed(ink, width, height))),
      ...chunk("IEND", new Uint8Array(0)),
    ],
    { type: "image/png" });
}

// Two pixels a byte, and before each row a 0: not filtered.
function packed(ink, width, height) {
  const stride = 1 + Math.ceil(width / 2);
  const rows = new Uint8Array(stride * height);
  ink.forEach((value, p) => {
    const x = p % width;
    const at = ((p - x) / width) * stride + 1 + (x >> 1);
    rows[at] |= (value / 17) << (x % 2 === 0 ? 4 : 0);
  });
  return rows;
}

async function deflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function chunk(type, data) {
  const name = Uint8Array.from(type, (letter) => letter.charCodeAt(0));
  let crc = 0xffffffff;
  for (const part of [name, data]) {
    for (const byte of part) {
      crc = CRCS[(crc ^ byte) & 0xff] ^ (crc >>> 8);
    }
  }
  return [bigEndian(data.length), name, data, bigEndian(~crc)];
}

function bigEndian(number) {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, number);
  return new Uint8Array(view.buffer);
}
