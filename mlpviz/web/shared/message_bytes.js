// What comes from Python, as mlpviz/app/message_bytes.py writes it: JSON, or JSON with arrays behind it.

const ARRAYS = 1; // the first byte of a message with arrays; JSON begins with a brace
const HEAD = 8; // bytes before the JSON
const ALIGNED = 8;
const TYPES = { float64: Float64Array, int32: Int32Array };

const decoder = new TextDecoder();

/**
 * The message; its `arrays`, if it has any, are typed arrays.
 * @param {string | ArrayBuffer | Uint8Array} data
 */
export function readMessage(data) {
  if (typeof data === "string") return JSON.parse(data);
  const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data;
  if (bytes[0] !== ARRAYS) return JSON.parse(decoder.decode(bytes));
  // typed arrays begin at multiples of eight bytes in a buffer of their own
  const { buffer } = bytes.byteOffset % ALIGNED ? bytes.slice() : bytes;
  const start = bytes.byteOffset % ALIGNED ? 0 : bytes.byteOffset;
  const length = new DataView(buffer, start).getUint32(4, true);
  const message = JSON.parse(decoder.decode(new Uint8Array(buffer, start + HEAD, length)));
  let at = start + aligned(HEAD + length);
  message.arrays = message.arrays.map(([type, count]) => {
    const array = new TYPES[type](buffer, at, count);
    at += aligned(array.byteLength);
    return array;
  });
  return message;
}

function aligned(length) {
  return Math.ceil(length / ALIGNED) * ALIGNED;
}
