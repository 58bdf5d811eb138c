// schema.cjs: ajv judges snapshots by a schema of draft 2020-12 as others judged them.
// SPDX-License-Identifier: Apache-2.0
//
// usage: node schema.cjs SCHEMA CASES. Each line of the cases is an object: what, accepted, document.
const fs = require('fs');
const Ajv = require('ajv/dist/2020').default;
const formats = require('ajv-formats').default;

const [schema, cases] = process.argv.slice(2);
const ajv = new Ajv({ strict: false, allErrors: true });
formats(ajv);
const validate = ajv.compile(JSON.parse(fs.readFileSync(schema, 'utf8')));

let accepted = 0;
let refused = 0;
let failed = 0;
for (const line of fs.readFileSync(cases, 'utf8').split('\n').filter(Boolean)) {
  const { what, accepted: wanted, document } = JSON.parse(line);
  const found = validate(document);
  accepted += found;
  refused += !found;
  if (found !== wanted) {
    failed += 1;
    const error = found ? 'refused by others' : ajv.errorsText(validate.errors.slice(0, 1));
    console.log(`ajv ${found ? 'accepts' : 'refuses'} ${what}: ${error}`);
  }
}
console.log(`ajv: ${accepted} accepted and ${refused} refused, ${failed} otherwise than by others`);
process.exit(failed > 0 || accepted === 0 || refused === 0 ? 1 : 0);
