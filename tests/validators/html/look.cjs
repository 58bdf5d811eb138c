// look.cjs: the HTML report in a real browser. node look.cjs CHROMIUM [--shots FOLDER] FILE...
// SPDX-License-Identifier: Apache-2.0
//
// In each colour scheme and language: axe-core has nothing to complain about, the page makes one
// request, says nothing on the console, and is no wider than a telephone. What only a style sheet
// does is tried: the languages, the owners, what a link unfolds, what is printed.
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');

const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const switches = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
let shots;

// A page of its own; what it asks for and says is counted. axe needs a way round the page's policy.
async function open(browser, file, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.asked = [];
  page.told = [];
  page.on('request', (request) => page.asked.push(request.url()));
  page.on('console', (message) => page.told.push(message.text()));
  page.on('pageerror', (error) => page.told.push(String(error)));
  await page.goto('file://' + file);
  return page;
}

async function shoot(page, file, name) {
  if (shots)
    await page.screenshot({ path: path.join(shots, `${path.basename(file, '.html')}-${name}.png`) });
}

// Whether any element of a selector can be seen.
const sees = (page, selector) => page.evaluate((wanted) =>
  [...document.querySelectorAll(wanted)].some((e) => e.checkVisibility({ contentVisibilityAuto: true }) &&
    e.getClientRects().length > 0), selector);

async function unfold(page) {
  await page.evaluate(() => document.querySelectorAll('details').forEach((details, i) => {
    details.open = details.matches('.control') || i % 10 === 0;
  }));
}

async function checkAccess(browser, file, scheme, lang) {
  const page = await open(browser, file, { bypassCSP: true, colorScheme: scheme });
  await page.check(`#lang-${lang}`);
  await shoot(page, file, `${scheme}-${lang}`);
  await unfold(page);
  await page.addScriptTag({ content: axe });
  const found = await page.evaluate((runOnly) => window.axe.run({ runOnly }), tags);
  assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes[0].html}`), [], `${file} ${scheme} ${lang}`);
  assert.ok(found.passes.length > 20, 'axe looked at something');
  await page.context().close();
}

async function checkQuiet(browser, file) {
  const page = await open(browser, file, { viewport: { width: 400, height: 900 } });
  await unfold(page);
  await shoot(page, file, 'narrow');
  assert.deepEqual(page.asked, ['file://' + file], 'it asks for nothing but itself');
  assert.deepEqual(page.told, [], 'the console stays empty');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 400, `${file} is ${wide} wide on a telephone`);
  const styled = await page.evaluate(() => getComputedStyle(document.querySelector('.sr')).position);
  assert.equal(styled, 'absolute', 'its own policy lets its style sheet in');
  await page.context().close();
}

// Everything here is done with keys alone, and without script.
async function checkSwitches(browser, file) {
  const page = await open(browser, file, { javaScriptEnabled: true });
  const first = await page.evaluate(() => document.documentElement.lang);
  const other = first === 'ja' ? 'en' : 'ja';
  assert.ok(await sees(page, `main span[lang=${first}]`) && !await sees(page, `main span[lang=${other}]`));
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.focus(`#lang-${first}`);
  await page.keyboard.press(first === 'ja' ? 'ArrowLeft' : 'ArrowRight');
  assert.ok(await sees(page, `main span[lang=${other}]`) && !await sees(page, `main span[lang=${first}]`));
  for (const owner of ['provider', 'customer', 'shared']) {
    await page.check(`#of-${owner}`);
    await unfold(page);
    for (const hidden of ['provider', 'customer', 'shared'].filter((o) => o !== owner))
      assert.ok(!await sees(page, `.rule.of-${hidden}:not(.of-${owner})`), `${hidden} shows for ${owner}`);
  }
  await page.context().close();
}

// A link in the matrix unfolds the control that it leads to.
async function checkLinks(browser, file) {
  const page = await open(browser, file, {});
  for (const link of await page.$$('.chip')) {
    const target = (await link.getAttribute('href')).slice(1);
    await link.focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction((id) => document.getElementById(id).checkVisibility({ contentVisibilityAuto: true }),
      target, { timeout: 5000 });
  }
  await page.context().close();
}

async function checkPrint(browser, file) {
  const page = await open(browser, file, { colorScheme: 'dark' });
  const all = await page.$$eval('.all .rule', (rules) => rules.length);
  await page.emulateMedia({ media: 'print' });
  const shown = () => page.$$eval('.all .rule', (rules) => rules.filter((r) => r.getBoundingClientRect().height > 0).length);
  assert.equal(await shown(), all, 'folded controls are printed');
  assert.ok(!await sees(page, 'header.top'), 'what is pressed is not printed');
  assert.ok(!await sees(page, '.evidence li'), 'evidence is printed only when asked for');
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--paper')), '#fff');
  await page.emulateMedia({ media: 'screen' });
  await page.check('#print-evidence');
  assert.ok(!await sees(page, '.evidence li'), 'the screen stays as it is');
  await page.emulateMedia({ media: 'print' });
  if (await page.$('.evidence li')) // what was skipped until now is laid out with the next frame
    await page.waitForFunction(() => [...document.querySelectorAll('.evidence li')].some((e) =>
      e.checkVisibility({ contentVisibilityAuto: true }) && e.getClientRects().length > 0), null, { timeout: 10000 });
  if (shots)
    await page.pdf({ path: path.join(shots, path.basename(file, '.html') + '.pdf'), preferCSSPageSize: true });
  await page.context().close();
}

async function main(args) {
  const browser = await chromium.launch({ executablePath: args.shift(), args: switches });
  if (args[0] === '--shots')
    [, shots] = args.splice(0, 2);
  try {
    for (const file of args.map((name) => path.resolve(name))) {
      for (const scheme of ['light', 'dark'])
        for (const lang of ['en', 'ja'])
          await checkAccess(browser, file, scheme, lang);
      await checkQuiet(browser, file);
      await checkSwitches(browser, file);
      await checkLinks(browser, file);
      await checkPrint(browser, file);
      console.log(`${path.basename(file)}: looked at`);
    }
  } finally {
    await browser.close();
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
