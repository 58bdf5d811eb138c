// ajv.cjs: validates JSON files by a JSON Schema of draft 4 or 7.
// SPDX-License-Identifier: Apache-2.0
//
// usage: node ajv.cjs draft4|draft7 SCHEMA [--items] FILE...
// --items: the files are arrays, whose elements the schema describes.
const fs = require('fs');
const formats = require('ajv-formats');

const read = (path) => JSON.parse(fs.readFileSync(path, 'utf8'));
const [draft, schema, ...rest] = process.argv.slice(2);
const files = rest.filter((argument) => argument !== '--items');
const Ajv = require(draft === 'draft4' ? 'ajv-draft-04' : 'ajv').default;
const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
const described = read(schema);
const validate = ajv.compile(rest.includes('--items') ? { type: 'array', items: described } : described);

let failed = files.length === 0;
for (const file of files) {
  if (!validate(read(file))) {
    failed = true;
    for (const error of validate.errors.slice(0, 5)) {
      console.log(`${file}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
    }
  }
}
process.exit(failed ? 1 : 0);
