// github.mjs: workflow commands are those that GitHub's own library writes.
// SPDX-License-Identifier: Apache-2.0
//
// usage: node github.mjs FILE...
// Each line is read as the runner reads it; what it says is given to @actions/core, which must
// write the same command, but for the order of its properties.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(process.env.NODE_PATH + '/');
const folder = process.env.NODE_PATH + '/@actions/core';
const main = JSON.parse(fs.readFileSync(folder + '/package.json', 'utf8'));
const entry = main.exports?.['.']?.import ?? main.exports?.['.']?.default ?? main.main;
const core = await import(pathToFileURL(`${folder}/${entry.default ?? entry}`));
void require;

const NAMES = { file: 'file', line: 'startLine', col: 'startColumn', title: 'title' };

const decode = (text, codes) => codes.reduce((all, [code, char]) => all.replaceAll(code, char), text);
const DATA = [['%0D', '\r'], ['%0A', '\n'], ['%25', '%']];
const PROPERTY = [['%0D', '\r'], ['%0A', '\n'], ['%3A', ':'], ['%2C', ','], ['%25', '%']];

function parse(line) {
  const end = line.indexOf('::', 2);
  if (!line.startsWith('::') || end < 0) return null;
  const [, word, rest] = /^(\w+) ?(.*)$/s.exec(line.slice(2, end));
  const properties = rest.split(',').map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]);
  return { word, properties, data: line.slice(end + 2) };
}

// The command that the library writes for it.
function rewrite({ word, properties, data }) {
  const given = Object.fromEntries(properties.map(([name, value]) => [NAMES[name], decode(value, PROPERTY)]));
  const written = [];
  const write = process.stdout.write;
  process.stdout.write = (text) => written.push(text);
  core[word](decode(data, DATA), given);
  process.stdout.write = write;
  return written.join('').replace(/\r?\n$/, '');
}

const sorted = (command) => JSON.stringify({ ...command, properties: command.properties.map((p) => p.join('=')).sort() });

let failed = false;
let count = 0;
for (const file of process.argv.slice(2)) {
  for (const line of fs.readFileSync(file, 'utf8').replace(/\n$/, '').split('\n')) {
    const command = parse(line);
    const theirs = command && ['error', 'warning', 'notice'].includes(command.word) ? parse(rewrite(command)) : null;
    count += 1;
    if (theirs === null || sorted(command) !== sorted(theirs)) {
      failed = true;
      console.log(`${file}: not as @actions/core writes it: ${line.slice(0, 200)}`);
    }
  }
}
process.exit(failed || count === 0 ? 1 : 0);
