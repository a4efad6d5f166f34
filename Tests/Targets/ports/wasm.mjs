// Runs the work in a WebAssembly module and writes what it tells, as harness.c does.
import { readFileSync } from "node:fs";

const hex = (word) => (word >>> 0).toString(16).padStart(8, "0");
let steps = 0;
const imports = {
  env: {
    mark: (place) => { if (place === 1) ++steps; },
    tell: (kind, high, low) => console.log(`${String.fromCharCode(kind)} ${hex(high)}${hex(low)}`),
  },
};
const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), imports);
instance.exports.work();
console.log(`n ${hex(0)}${hex(steps)}`);
