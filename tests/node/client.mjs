// A client of the hobnob protocol after protocol/README.md alone: log in, follow, say, resume.
import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify } from "node:crypto";
import { decode as unpack, encode as pack, ExtData } from "@msgpack/msgpack";
import { WebSocket } from "ws";

const FRAME_BYTES = 65536, EVENT_BYTES = 16640, HEADER_BYTES = 128, BODY_BYTES = 16384, CREDIT_BYTES = 262144;
const OP = { HELLO: 1, CHALLENGE: 2, AUTH: 3, JOIN: 4, OPEN: 8, CREDIT: 19, PUSH: 32, PONG: 49 };
const TAKERS = { 5: "welcome", 6: "granted", 9: "opened", 16: "page", 33: "acked", 48: "ping", 63: "bye" };
const KIND = { post: 1, channel_create: 13, grant: 40, revoke: 41, enrol: 42, device: 43 };
const WHOLE = Number.MAX_SAFE_INTEGER, EMPTY = Buffer.alloc(32);
// Bytes: one value has one encoding, and no other is taken.
const refuse = (rule) => { throw new Error(rule); };
const prepare = (value) => Array.isArray(value) ? value.map(prepare)
  : typeof value === "number" && (value > 0xffffffff || value < -0x80000000) ? BigInt(value) : value;
export const encode = (value) => Buffer.from(pack(prepare(value), { useBigInt64: true }));
function count(value, depth = 0) {
  if (typeof value === "bigint") return value > 0xffffffffn || value < -0x80000000n ? 0 : refuse("integer");
  if ([ExtData, Date].includes(value?.constructor) || (typeof value === "number" && value % 1 !== 0)) refuse("ext");
  if (typeof value === "string" && !value.isWellFormed()) refuse("utf8");
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return 0;
  if (depth === 16) refuse("depth");
  const keys = Array.isArray(value) ? [] : Object.keys(value).map((key) => Buffer.from(key));
  if (keys.some((key, n) => n && Buffer.compare(keys[n - 1], key) > 0)) refuse("key_order");
  return Object.values(value).reduce((sum, part) => sum + 1 + count(part, depth + 1), keys.length);
}
export function decode(data, most = FRAME_BYTES) {
  if (data.length > most) refuse("size");
  const value = unpack(data, { useBigInt64: true, maxExtLength: 0, maxArrayLength: 1024, maxMapLength: 64 });
  if (1 + count(value) > 4096 || !encode(value).equals(data)) refuse("not the one encoding");
  return value;
}
// Names and signatures.
export const join = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part, "latin1")));
export const sha = (...parts) => createHash("sha256").update(join(...parts)).digest();
export const u64 = (n) => { const bytes = Buffer.alloc(8); bytes.writeBigUInt64BE(BigInt(n)); return bytes; };
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const unhex = (letters) => Buffer.from(letters, "hex");
const text = (bytes) => Buffer.from(bytes).toString("latin1");
const WEAK = new RegExp("^(0[01](00){31}|(e[c-f]|f.)(ff){30}7f|" + // Of low order, or written in a second way.
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05|" +
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a)$");
const [SECRET, OPEN] = ["302e020100300506032b657004220420", "302a300506032b6570032100"].map(unhex);
export function keyOf(seed) {
  const key = createPrivateKey({ key: join(SECRET, seed), format: "der", type: "pkcs8" });
  const open = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(12);
  return { open, device: sha(open).subarray(0, 8), sign: (...parts) => sign(null, join(...parts), key) };
}
export function verified(open, signature, ...parts) {
  if (WEAK.test(hex([...open.slice(0, 31), open[31] & 127]))) return false;
  return verify(null, join(...parts), { key: join(OPEN, open), format: "der", type: "spki" }, signature);
}
const bits = (letter) => "abcdefghijklmnopqrstuvwxyz234567".indexOf(letter).toString(2).padStart(5, "0");
const base32 = (letters) => Buffer.from([...letters].map(bits).join("").match(/.{8}/g).map((b) => Number(`0b${b}`)));
export function readLink(link) {
  const form = /^hobnob:\/\/(?:\[([^\]]+)\]|([^/#:]+))(?::(\d+))?\/?#([a-z2-7]{52})\.([a-z2-7]{26,103})$/;
  const [, six, name, port = 4626, hub, invite] = form.exec(link.trim().toLowerCase()) ?? refuse("invite.form");
  return { host: six ?? name, port: Number(port), hub: base32(hub), invite: base32(invite) };
}
// Events.
export const signedBytes = (...place) => join("hobnob/1 event\0", ...place); // hub, stream, account, key, header
const isBytes = (value, size = value?.length) => value instanceof Uint8Array && value.length === size;
const isWhole = (n, from, to = Number.MAX_SAFE_INTEGER) => /number|bigint/.test(typeof n) && n >= from && n <= to;
export function readEvent(data) {
  const parts = decode(data, EVENT_BYTES);
  if (parts?.length !== 4 || !parts.every?.((part) => isBytes(part))) refuse("event");
  const [header, body, salt, signature] = parts.map((part) => Buffer.from(part));
  if (signature.length !== 64 || body.length > BODY_BYTES || salt.length !== (body.length ? 16 : 0)) refuse("event");
  const fields = decode(header, HEADER_BYTES);
  const [kind, device, authorSeq, seenSeq, seenHead, seconds, hash] = fields?.length === 7 ? fields : refuse("header");
  if (!isWhole(kind, 1, 65535) || !isBytes(device, 8) || !isWhole(authorSeq, 1) || !isWhole(seenSeq, 0) ||
    !isBytes(seenHead, 8) || (!seenSeq && !EMPTY.subarray(24).equals(seenHead)) ||
    !isWhole(seconds, 0, 9007199254740) || !isBytes(hash, 32)) refuse("header");
  if (body.length && !sha(salt, body).equals(hash)) refuse("event.body_hash");
  return { kind, device: hex(device), body, header, signature };
}
// The client: what it holds of each stream survives its connections. `told` hears what happens.
export class Client {
  name = "node"; replica = randomBytes(8); joined = false; epoch = null; authorSeq = 0;
  streams = new Map(); devices = new Map(); outbox = [];
  constructor(link, handle, seed, told) {
    Object.assign(this, readLink(link), { handle, told, key: keyOf(seed) });
    this.genesis = encode([1, 0, EMPTY, this.hub, 0, [this.key.open], 0]);
    this.account = sha(this.genesis).subarray(0, 20);
  }
  hello(nonce) { return encode([OP.HELLO, [1], nonce, this.hub, this.name]); }
  answer(hello, challenge, certificate = null, loopback = true) {
    const [op, version, hub, hubKey, nonce, time, certificates, signature] = decode(challenge);
    if (version !== 1 || !this.hub.equals(hub) || !sha(hubKey).equals(hub)) refuse("login.hub");
    const unsigned = encode([op, version, hub, hubKey, nonce, time, certificates]);
    if (!verified(hubKey, signature, "hobnob/1 hub\0", sha(hello, unsigned))) refuse("login.signature");
    const listed = certificates.length ? certificates.some((each) => certificate?.equals(each)) : loopback;
    if (!listed) refuse("login.certificate");
    const account = sha("hobnob/1 hub account\0", hub).subarray(0, 20); // The hub is an account too.
    this.devices.set(hex(sha(hubKey).subarray(0, 8)), { account, key: hubKey, handle: "" });
    const founded = () => [this.invite, this.genesis, this.key.sign("hobnob/1 chain\0", this.genesis), this.handle];
    const request = this.joined
      ? [OP.AUTH, this.account, this.key.device, certificate, this.replica, this.epoch, this.digest()]
      : [OP.JOIN, ...founded(), certificate, this.replica];
    return encode([...request, this.key.sign("hobnob/1 auth\0", sha(hello, challenge), encode(request))]);
  }
  digest() {
    const cursor = ([, { id, grant, hi, head }]) => join([id.length], id, grant, u64(hi), head.subarray(0, 8));
    return this.epoch && sha("hobnob/1 cursors\0", this.epoch, ...[...this.streams].sort().map(cursor)).subarray(0, 16);
  }
  connect() {
    Object.assign(this, { spent: 0, grants: [], numbers: new Map(), pushed: false, open: false });
    const hello = this.hello(randomBytes(32)), socket = this.socket = new WebSocket(`ws://${this.host}:${this.port}/`);
    socket.on("open", () => socket.send(hello));
    socket.on("message", (data) => data[1] === OP.CHALLENGE ? socket.send(this.answer(hello, data)) : this.take(data));
    socket.on("close", () => { this.open = false; this.told("closed"); });
  }
  send(...frame) { this.socket.send(encode(frame)); }
  take(data, [op, ...fields] = decode(data)) { this[TAKERS[op]]?.(...fields); }
  ping(number) { this.send(OP.PONG, number); }
  bye(code) { this.told("bye", code); }
  welcome(lineage, time, lastPush, same, expected) {
    Object.assign(this, { open: true, joined: true, epoch: lineage.at(-1), pushNo: Number(lastPush) + 1, expected });
    this.told("welcome", same);
    this.outbox.forEach((row) => { row.number = 0; });
    for (const held of same ? this.streams.values() : []) this.numbers.set(held.number, held);
    this.push();
  }
  granted(entries) {
    if (this.grants.push(...entries) < this.expected) return;
    const names = this.grants.map(([id]) => text(id));
    for (const name of this.streams.keys()) if (!names.includes(name)) this.streams.delete(name);
    for (const [id, number, grant, , head] of this.grants) this.hold(id, grant, Number(head));
    this.follow();
  }
  hold(id, grant, until = 0) {
    const held = this.streams.get(text(id)), same = held?.grant.equals(Buffer.from(grant));
    const kept = same ? held : { id: Buffer.from(id), grant: Buffer.from(grant), hi: 0, head: EMPTY };
    this.streams.set(text(id), Object.assign(kept, { until, live: false, room: /^[cd]:/.test(text(id)) }));
  }
  follow() { // Rooms wait until everybody who signs in them is known.
    const all = [...this.streams.values()];
    const known = all.every((held) => held.room || (held.live && held.hi >= held.until));
    const wishes = all.filter((held) => !held.live && (known || !held.room)).map((held) => {
      held.live = true;
      return [held.id, held.grant, held.hi, held.head.subarray(0, 8), held.room ? 50 : WHOLE];
    });
    if (wishes.length) this.send(OP.OPEN, wishes);
  }
  opened(id, grant, number, status, baseSeq, baseHead, headSeq) {
    if (status) return this.told("not opened", status);
    const base = { number, hi: Number(baseSeq), head: Buffer.from(baseHead), until: Number(headSeq) };
    this.numbers.set(number, Object.assign(this.streams.get(text(id)), base));
    this.follow();
  }
  page(number, first, events) {
    const held = this.numbers.get(number);
    for (let n = 0; n < events.length; n += 2) {
      this.spent += events[n + 1].length + 16;
      if (Number(first) + n / 2 > held.hi) this.event(held, Number(first) + n / 2, events[n], readEvent(events[n + 1]));
    }
    if (this.spent > CREDIT_BYTES / 2) { this.send(OP.CREDIT, this.spent); this.spent = 0; }
    this.follow();
  }
  event(held, seq, at, { kind, device, body, header, signature }) {
    const author = this.devices.get(device) ?? refuse("nobody's");
    const signed = signedBytes(this.hub, held.id, author.account, author.key, header), id = sha(signed);
    if (seq !== held.hi + 1 || !verified(author.key, signature, signed)) refuse("page");
    Object.assign(held, { hi: seq, head: sha(held.head, id, u64(seq), u64(at)) });
    this.outbox = this.outbox.filter((row) => !row.id.equals(id));
    const fields = body.length ? decode(body, BODY_BYTES) : [];
    if (kind === KIND.enrol) this.know(fields[0], sha(fields[0]).subarray(0, 20), fields[2]);
    if (kind === KIND.device) this.know(fields[0], author.account, author.handle);
    if (kind === KIND.grant && seq > held.until) this.hold(fields[0], id.subarray(0, 8));
    if (kind === KIND.revoke) this.streams.delete(text(fields[0]));
    if (kind === KIND.channel_create) this.told("channel", fields[1], hex(fields[0]));
    if (kind === KIND.post && body.length) this.told("post", author.handle, fields[0], seq, hex(held.head));
  }
  know(link, account, handle, [type, [key]] = decode(link, 2048).slice(4)) {
    if (type < 2) this.devices.set(hex(sha(key).subarray(0, 8)), { account, key, handle });
  }
  post(channel, words) {
    const stream = join("c:", unhex(channel)), { hi, head } = this.streams.get(text(stream));
    const body = encode([words, null, null, []]), salt = randomBytes(16), seconds = Math.floor(Date.now() / 1000);
    const fields = [KIND.post, this.key.device, ++this.authorSeq, hi, head.subarray(0, 8), seconds, sha(salt, body)];
    const header = encode(fields), signed = signedBytes(this.hub, stream, this.account, this.key.open, header);
    this.outbox.push({ id: sha(signed), stream, event: encode([header, body, salt, this.key.sign(signed)]) });
    this.push();
  }
  push() {
    const rows = this.outbox.filter((row) => !row.acked).slice(0, 64);
    if (!this.open || this.pushed || !rows.length) return;
    this.pushed = true;
    this.send(OP.PUSH, rows.map((row) => [row.number ||= this.pushNo++, row.stream, row.event]));
  }
  acked(answers) {
    this.pushed = false;
    for (const [number, status, , seq, , code] of answers) {
      const row = this.outbox.find((each) => each.number === Number(number));
      if (row) row.acked = status < 2; // What was refused stays, and is not said again.
      if (status === 1) this.told("refused", code);
      if (status === 3) return void setTimeout(() => this.push(), Number(seq));
    }
    this.push();
  }
}
