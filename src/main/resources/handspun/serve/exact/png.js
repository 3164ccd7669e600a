// A PNG file of black ink on transparent paper: a palette of 16 blacks, the one more opaque than
// the other, and 4 bits a pixel. Ink is 0 to 255 in steps of 17.
export async function png(ink, width, height) {
  const levels = [...Array(16).keys()];
  return new Blob(
    [
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
      chunk("IHDR", [...fourBytes(width), ...fourBytes(height), 4, 3, 0, 0, 0]),
      chunk("PLTE", levels.flatMap(() => [0, 0, 0])),
      chunk("tRNS", levels.map((level) => 17 * level)),
      chunk("IDAT", await deflated(packed(ink, width, height))),
      chunk("IEND", []),
    ],
    { type: "image/png" });
}

// Two pixels a byte, and before each row a 0: not filtered.
function packed(ink, width, height) {
  const stride = 1 + Math.ceil(width / 2);
  const rows = new Uint8Array(stride * height);
  ink.forEach((value, p) => {
    const x = p % width;
    rows[((p - x) / width) * stride + 1 + (x >> 1)] |= (value / 17) << (x % 2 === 0 ? 4 : 0);
  });
  return rows;
}

async function deflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function chunk(type, data) {
  const checked = [...type].map((letter) => letter.charCodeAt(0)).concat(...data);
  let crc = -1;
  for (const byte of checked) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
  }
  return Uint8Array.from([...fourBytes(data.length), ...checked, ...fourBytes(~crc)]);
}

// The highest first; of each number, Uint8Array keeps the lowest 8 bits.
const fourBytes = (number) => [number >>> 24, number >>> 16, number >>> 8, number];
