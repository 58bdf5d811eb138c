// check.cjs: judges JSON files by a JSON Schema of draft-07, with ajv and its formats.
// SPDX-License-Identifier: Apache-2.0
//
// usage: node check.cjs SCHEMA FILE... (NODE_PATH names node_modules)
'use strict';
const fs = require('fs');
const Ajv = require('ajv').default;
const addFormats = require('ajv-formats').default;

const [schema, ...files] = process.argv.slice(2);
const read = (path) => JSON.parse(fs.readFileSync(path, 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: true });
addFormats(ajv);
const validate = ajv.compile(read(schema));

let wrong = 0;
for (const file of files) {
  if (!validate(read(file))) {
    wrong += 1;
    for (const error of validate.errors.slice(0, 5)) console.log(`${file}: ${error.instancePath} ${error.message}`);
  }
}
console.log(`${files.length} files, ${wrong} invalid`);
process.exit(wrong > 0 ? 1 : 0);
