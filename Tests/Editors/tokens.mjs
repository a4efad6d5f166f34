// Reads networks with the grammar of a .vsix by the tokenizer of VS Code itself: node tokens.mjs FOLDER-OF-THE-EXTENSION
// Needs the packages vscode-textmate and vscode-oniguruma beside the working directory.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
const require = createRequire(path.join(process.cwd(), "x.js"));
const { Registry, INITIAL } = require("vscode-textmate");
const oniguruma = require("vscode-oniguruma");

const folder = process.argv[2];
const manifest = JSON.parse(fs.readFileSync(path.join(folder, "package.json")));
const wasm = fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
const registry = new Registry({
  onigLib: Promise.resolve({
    createOnigScanner: patterns => new oniguruma.OnigScanner(patterns),
    createOnigString: text => new oniguruma.OnigString(text),
  }),
  loadGrammar: async scope => {
    const row = manifest.contributes.grammars.find(row => row.scopeName === scope);
    return row && JSON.parse(fs.readFileSync(path.join(folder, row.path)));
  },
});
const language = manifest.contributes.languages.find(row => row.extensions.includes(".nn"));
JSON.parse(fs.readFileSync(path.join(folder, language.configuration)));
const grammar = await registry.loadGrammar(manifest.contributes.grammars.find(row => row.language === language.id).scopeName);

// The words of each line with the innermost of their scopes.
function words(text) {
  let stack = INITIAL;
  return text.split("\n").flatMap(line => {
    const result = grammar.tokenizeLine(line, stack);
    stack = result.ruleStack;
    return result.tokens.map(token => [line.slice(token.startIndex, token.endIndex).trim(), token.scopes.at(-1)])
      .filter(([word]) => word);
  });
}

const text = "# A comment.\nnetwork gate\nhidden: linear 2->16 init=he  # another\nsigmod\nloss mse/2\ntrain adam lr=0.1\n";
const found = new Map(words(text));
const expected = {
  "network": "keyword.control.nn", "gate": "entity.name.namespace.nn", "hidden": "entity.name.tag.nn",
  "linear": "support.class.nn", "sigmod": "entity.name.class.nn", "loss": "keyword.control.nn",
  "train": "keyword.control.nn", "adam": "support.type.rule.nn",
};
let wrong = 0;
for (const [word, scope] of Object.entries(expected)) {
  if (found.get(word) !== scope) { console.error(`${word}: ${found.get(word)}, not ${scope}`); wrong++; }
}
if (![...found].some(([word, scope]) => word.includes("A comment.") && scope.startsWith("comment"))) {
  console.error("a comment is none"); wrong++;
}
// Every word of every sample has a scope of its own, not only that of the file.
let count = 0;
for (const file of process.argv.slice(3)) {
  for (const [word, scope] of words(fs.readFileSync(file, "utf8"))) {
    count++;
    if (scope === "source.nn" && /[a-z]/i.test(word)) { console.error(`${file}: \`${word}\` has no scope`); wrong++; }
  }
}
console.log(`${Object.keys(expected).length} words as expected, ${count} of the samples read`);
process.exit(wrong ? 1 : 0);
