// Puts the client's own functions to the vectors: node vectors.mjs DIRECTORY. One line a file.

import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import {
  Client, decode, encode, join, keyOf, readEvent, readLink, sha, signedBytes, u64, verified,
} from "./client.mjs";

const bytes = (value) => value.runs
  ? Buffer.concat(value.runs.map(([piece, times]) => Buffer.alloc(times * (piece.length / 2), piece, "hex")))
  : Buffer.from(value.hex ?? value, "hex");
const hex = (data) => Buffer.from(data).toString("hex");
const fails = (work) => { try { work(); return false; } catch { return true; } };
const CODEC = new Set(["length", "integer", "ext", "truncated", "utf8", "float", "array_items", "key_order", "key_type",
  "map_items", "trailing", "depth", "duplicate_key", "items", "reserved"]);

function plain(value) { // As codec.json tells values.
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(plain);
  if ("times" in value) return Array(value.times).fill(plain(value.each));
  if ("int" in value) return BigInt(value.int);
  if ("bin" in value) return bytes(value.bin);
  if ("runs" in value) return bytes(value);
  return Object.fromEntries(value.map.map(([key, inner]) => [key, plain(inner)]));
}
function told(value) { // What was decoded, with bytes and integers of one sort each.
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (Array.isArray(value)) return value.map(told);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, told(inner)]));
}
const sameBytes = (row) => encode(decode(bytes(row))).equals(bytes(row));
// Whoever only reads what it understands need not know every rule of every field: undefined is "not tried".
const refused = (row) => CODEC.has(row.breaks) ? fails(() => decode(bytes(row))) : undefined;

// An object of JavaScript orders keys like "10" by itself; no frame, event or link of version 1 holds a map.
const orders = (value) => Array.isArray(value?.map) && value.map.some(([key]) => /^\d+$/.test(key));

const NAMES = {
  hub: ({ key }) => sha(key), account: ({ genesis_link }) => sha(genesis_link).subarray(0, 20),
  hub_account: ({ hub }) => sha("hobnob/1 hub account\0", hub).subarray(0, 20),
  device: ({ key }) => sha(key).subarray(0, 8), target: ({ event }) => event.subarray(0, 16),
  grant: ({ event }) => event.subarray(0, 8), user_stream: ({ account }) => join("u:", account),
  channel_stream: ({ channel }) => join("c:", channel), conversation_stream: (given) => join("d:", given.conversation),
  direct_conversation: ({ hub, one, other }) => {
    const digest = sha("hobnob/1 dm\0", hub, ...[one, other].sort(Buffer.compare));
    return join([digest[0] & 0x7f], digest.subarray(1, 16));
  },
  digest: ({ epoch, cursors }) => {
    const cursor = ({ stream, grant, seq, head8 }) =>
      join([stream.length / 2], bytes(stream), bytes(grant), u64(seq), bytes(head8));
    const sorted = cursors.toSorted((one, other) => (one.stream < other.stream ? -1 : 1));
    return sha("hobnob/1 cursors\0", epoch, ...sorted.map(cursor)).subarray(0, 16);
  },
  checkpoint: ({ hub, device_seed, epoch, stream, seq, head, at_ms }) => keyOf(device_seed).sign(
    "hobnob/1 checkpoint\0", hub, epoch, [stream.length], stream, u64(seq), head, u64(at_ms)),
  head: ({ head, event, seq, at_ms }) => sha(head, event, u64(seq), u64(at_ms)),
};

const FILES = {
  codec: (row) => {
    if (row.breaks) return fails(() => decode(bytes(row)));
    if (orders(row.value)) return undefined;
    return sameBytes(row) && isDeepStrictEqual(told(decode(bytes(row))), told(plain(row.value)));
  },
  names: ({ name, given, result }) => {
    const known = Object.entries(given).map(([key, value]) => [key, typeof value === "string" ? bytes(value) : value]);
    return NAMES[name] && hex(NAMES[name](Object.fromEntries(known))) === result;
  },
  event: (row) => {
    const { hub, stream, account, device_key } = row.given;
    const signed = ({ header }) => signedBytes(...[hub, stream, account, device_key].map(bytes), header);
    const device = hex(sha(bytes(device_key)).subarray(0, 8));
    const holds = (event) => event.device === device && verified(bytes(device_key), event.signature, signed(event));
    if (row.breaks) return fails(() => readEvent(bytes(row))) || !holds(readEvent(bytes(row)));
    const event = readEvent(bytes(row));
    return holds(event) && hex(sha(signed(event))) === row.id;
  },
  kinds: (row) => row.breaks ? refused(row) : row.name === "sealed" ? undefined : sameBytes(row),
  frames: (row) => row.breaks ? refused(row) : sameBytes(row),
  chain: (row) => {
    if (row.breaks || row.before !== null) return refused(row);
    return verified(decode(bytes(row))[5][0], bytes(row.signature), "hobnob/1 chain\0", bytes(row));
  },
  invites: (row) => {
    if (row.breaks) return undefined;
    const { host, port, hub, invite } = readLink(row.text);
    return isDeepStrictEqual({ host, port, hub: hex(hub), invite: hex(invite) }, row.fields);
  },
  login: ({ client: side, frames, refused_by }) => {
    // This client always knows which hub it means, by its first key.
    if (side === null || side.expected_hub === null || side.hub_key !== null) return undefined;
    // Nor does it recover an account, or meet anybody at a slot.
    if (side.recover || side.slot) return undefined;
    const link = `hobnob://h/#${"a".repeat(52)}.${"a".repeat(26)}`;
    const client = new Client(link, "", bytes(side.device_seed), () => {});
    Object.assign(client, { hub: bytes(side.expected_hub), replica: bytes(side.replica), joined: side.join === null });
    if (side.account) client.account = bytes(side.account);
    if (side.join) {
      const { invite, link, handle } = side.join;
      Object.assign(client, { invite: bytes(invite), genesis: bytes(link), handle });
    }
    client.epoch = side.epoch && bytes(side.epoch);
    client.digest = () => side.digest && bytes(side.digest);
    client.name = side.client;
    const [first, second, third] = frames.map((frame) => bytes(frame));
    const hello = client.hello(bytes(side.nonce));
    if (!hello.equals(first) || second === undefined) return false;
    const answer = () => client.answer(hello, second, side.certificate && bytes(side.certificate), side.loopback);
    if (refused_by === "client" && frames.length === 3) return fails(answer);
    return third === undefined || answer().equals(third);
  },
};

let wrong = 0;
for (const [file, holds] of Object.entries(FILES)) {
  const rows = JSON.parse(readFileSync(`${process.argv[2]}/${file}.json`));
  const results = rows.map((row) => {
    try { return holds(row); } catch (error) { row.why = error.stack; return false; }
  });
  const tried = results.filter((result) => result !== undefined);
  console.log(`${file}: ${tried.filter(Boolean).length} of ${tried.length} tried, of ${rows.length}`);
  rows.filter((_, n) => results[n] === false).forEach((row) => console.log("  not:", row.name, row.breaks, row.why));
  wrong += tried.filter((result) => !result).length;
}
process.exitCode = wrong ? 1 : 0;
