// Drives the client for a test: node session.mjs LINK HANDLE. What the client tells goes to stdout, one JSON array a
// line; commands come from stdin: ["post", channel, text], ["cut"], ["connect"].

import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { Client } from "./client.mjs";

const [link, handle] = process.argv.slice(2);
const client = new Client(link, handle, randomBytes(32), (...told) => console.log(JSON.stringify(told)));
const commands = {
  post: (channel, text) => client.post(channel, text),
  cut: () => client.socket.terminate(),
  connect: () => client.connect(),
};

client.connect();
createInterface({ input: process.stdin }).on("line", (line) => {
  const [command, ...given] = JSON.parse(line);
  commands[command](...given);
}).on("close", () => process.exit());
