-- Tests of 11.2.7. On IAD the provider discloses one disposal (a solid state drive, erased by its key)
-- and lists a storage unit with a serial number; on CTX it discloses none.

local ctx = "ctx/compliant.json"

local records = "disposals.records"
local record = records .. "[dsp-5]"

local recoverable = { ["unrecoverable"] = "fail" }
local listed = { ["not-in-inventory"] = "fail" }
local records_unknown = { ["unrecoverable"] = "unknown", ["not-in-inventory"] = "unknown" }
local no_records = { ["unrecoverable"] = "not_applicable", ["not-in-inventory"] = "not_applicable" }

local function disposal(id, serial, at, purpose, method)
  return { id = id, service = "iad", serial = serial, medium = "hdd", purpose = purpose, method = method or "purge",
    at = at, certificate = "DSP-" .. id }
end

-- A tenant that accepts the claims of its provider, and a record that contradicts them.
local every = "iad/every-option.json"
local overwritten = { id = "dsp-x", service = "iad", serial = "SSD-X", medium = "ssd", purpose = "disposal",
  method = "overwrite", at = "2026-10-06T09:00:00+09:00", certificate = "DSP-X" }

local tests = { base = "iad/compliant.json" }

-- R2: each medium with each method
local ACCEPTED = {
  hdd          = { overwrite = true, purge = true, crypto_erase = true, degauss = true, shred = true },
  ssd          = { purge = true, crypto_erase = true, shred = true },
  tape         = { overwrite = true, crypto_erase = true, degauss = true, shred = true },
  virtual_disk = { overwrite = true, purge = true, crypto_erase = true },
}
for _, medium in ipairs { "hdd", "ssd", "tape", "virtual_disk" } do
  for _, method in ipairs { "overwrite", "purge", "crypto_erase", "degauss", "shred" } do
    local fine = ACCEPTED[medium][method] == true
    table.insert(tests, {
      method .. " of " .. medium .. (fine and " is enough" or " is not enough"),
      set = { [record .. ".medium"] = medium, [record .. ".method"] = method },
      expect = fine and {} or recoverable,
      blame = not fine and "/disposals/records/0/method" or nil,
    })
  end
end

for _, case in ipairs {
  -- R1: the process
  { "no statement of the provider is unknown, so that an accepted claim may stand in",
    set = { ["attestations[at-whitepaper].controls"] = { "12.4.1" } }, expect = { ["process"] = "unknown" } },
  { "attestations that were not collected are unknown",
    remove = { "attestations" }, expect = { ["process"] = "unknown" }, blame = "/attestations" },
  { "a statement of the customer about the provider",
    set = { ["attestations[at-whitepaper].issuer_party"] = "customer" }, expect = { ["process"] = "fail" },
    blame = "attestations[at-whitepaper].issuer_party" },
  { "a statement that has run out",
    set = { ["attestations[at-whitepaper].expires"] = "2026-11-19" }, expect = { ["process"] = "fail" },
    blame = "attestations[at-whitepaper].expires" },
  { "a statement issued tomorrow", base = ctx,
    set = { ["attestations[at-whitepaper].issued"] = "2026-11-21" }, expect = { ["process"] = "fail" },
    blame = "attestations[at-whitepaper].issued" },

  -- R2: the record
  { "no certificate", set = { [record .. ".certificate"] = null }, expect = recoverable,
    blame = "disposals.records[dsp-5].certificate" },
  { "whether there is a certificate is not known", remove = { record .. ".certificate" },
    expect = { ["unrecoverable"] = "unknown" }, blame = "disposals.records[dsp-5].certificate" },
  { "a virtual disk needs no certificate",
    set = { [record .. ".medium"] = "virtual_disk", [record .. ".certificate"] = null }, expect = {} },
  { "unless it is asked for",
    set = { [record .. ".medium"] = "virtual_disk", [record .. ".certificate"] = null },
    params = { media_with_certificate = { "virtual_disk" } }, expect = recoverable },
  { "a disposal in the future", set = { [record .. ".at"] = "2026-11-20T09:00:01+09:00" },
    expect = records_unknown, blame = "disposals.records[dsp-5].at" },
  { "a disposal at a time that nobody knows", remove = { record .. ".at" },
    expect = records_unknown, blame = "disposals.records[dsp-5].at" },
  { "a method that nobody knows", set = { [record .. ".method"] = "format" },
    expect = { ["unrecoverable"] = "unknown" }, blame = "disposals.records[dsp-5].method" },
  { "a medium that nobody knows", set = { [record .. ".medium"] = null },
    expect = { ["unrecoverable"] = "unknown" }, blame = "disposals.records[dsp-5].medium" },
  { "what was shredded cannot be used again",
    set = { [record .. ".method"] = "shred", [record .. ".purpose"] = "re_use" },
    expect = { ["unrecoverable"] = "fail", ["not-in-inventory"] = "not_applicable" },
    blame = "disposals.records[dsp-5].method" },
  { "other methods may be accepted", set = { [record .. ".method"] = "overwrite" },
    params = { accepted_ssd = { "overwrite" } }, expect = {} },

  -- what a claim of the provider may not cover up: what is wrong beside what is absent
  { "a time that is absent, beside a method that is wrong", base = every, append = { [records] = overwritten },
    remove = { record .. ".at" }, expect = recoverable, blame = records .. "[dsp-x].method" },
  { "a medium that is absent, beside a method that is wrong", base = every, append = { [records] = overwritten },
    remove = { record .. ".medium" }, expect = recoverable, blame = records .. "[dsp-x].method" },
  { "a method and a purpose that are absent, beside a method that is wrong", base = every,
    append = { [records] = overwritten }, remove = { record .. ".method", record .. ".purpose" },
    expect = recoverable, blame = records .. "[dsp-x].method" },
  { "a certificate that is absent, beside a method that is wrong", base = every, append = { [records] = overwritten },
    remove = { record .. ".certificate" }, expect = recoverable, blame = records .. "[dsp-x].method" },
  { "a time that is absent, beside what is still listed", base = every,
    append = { [records] = disposal("dsp-x", "SER-X", "2026-10-06T09:00:00+09:00", "disposal") },
    set = { ["equipment.items[1].serial"] = "ser-x" }, remove = { record .. ".at" }, expect = listed,
    blame = "equipment.items[1].serial" },
  { "a serial number that is absent, beside what is still listed", base = every,
    append = { [records] = disposal("dsp-x", "SER-X", "2026-10-06T09:00:00+09:00", "disposal") },
    set = { ["equipment.items[1].serial"] = "ser-x" }, remove = { record .. ".serial" }, expect = listed },
  { "a list of equipment that is absent, beside an asset in use", base = every,
    set = { [record .. ".asset"] = "as-dc02" }, remove = { "equipment" }, expect = listed,
    blame = "data.assets[as-dc02].state" },
  { "an asset that does not exist, beside what is still listed", base = every,
    append = { [records] = disposal("dsp-x", "SER-X", "2026-10-06T09:00:00+09:00", "disposal") },
    set = { [record .. ".asset"] = "as-x", ["equipment.items[1].serial"] = "ser-x" }, expect = listed },
  { "an asset that does not exist, beside one in use", base = every,
    append = { [records] = { id = "dsp-x", service = "iad", serial = "SER-X", medium = "hdd", purpose = "disposal",
      method = "purge", at = "2026-10-06T09:00:00+09:00", certificate = "DSP-X", asset = "as-dc02" } },
    set = { [record .. ".asset"] = "as-x" }, expect = listed, blame = "data.assets[as-dc02].state" },
  { "whether it discloses them is absent, beside a method that is wrong", base = every,
    append = { [records] = overwritten }, remove = { "disclosed.disposals" }, expect = recoverable,
    blame = records .. "[dsp-x].method" },
  { "what is absent alone is covered", base = every, remove = { record .. ".certificate" }, expect = {} },

  -- the journal
  { "no disposal in a complete period", set = { [records] = empty_list }, expect = no_records },
  { "no disposal in a period with gaps", set = { [records] = empty_list, ["disposals.complete"] = false },
    expect = records_unknown },
  { "nobody says whether the period is complete", set = { [records] = empty_list },
    remove = { "disposals.complete" }, expect = records_unknown, blame = "/disposals/records" },
  { "a record in a period with gaps is not all", set = { ["disposals.complete"] = false },
    expect = records_unknown, blame = "/disposals/records/1" },
  { "records of 90 days", set = { ["disposals.from"] = "2026-08-21T15:00:00Z" }, expect = {} },
  { "records of 89 days", set = { ["disposals.from"] = "2026-08-22T15:00:00Z" }, expect = records_unknown },
  { "records of 89 days of a contract that is no older",
    set = { ["disposals.from"] = "2026-08-23T00:00:00+09:00", ["contract.started_on"] = "2026-08-23" }, expect = {} },
  { "records of 89 days of a contract that begins tomorrow",
    set = { ["disposals.from"] = "2026-08-23T00:00:00+09:00", ["contract.started_on"] = "2026-11-21" },
    expect = records_unknown },
  { "records of 89 days of a contract that begins today",
    set = { ["disposals.from"] = "2026-08-23T00:00:00+09:00", ["contract.started_on"] = "2026-11-20" }, expect = {} },
  { "records that ended 31 days ago", set = { ["disposals.from"] = "2026-07-22T00:00:00+09:00",
    ["disposals.to"] = "2026-10-19T15:00:00Z" }, expect = {} },
  { "those of two months are no quarter, though they began so long ago",
    set = { ["disposals.to"] = "2026-10-19T15:00:00Z" }, expect = records_unknown },
  { "a contract that began while they were over has none",
    set = { ["disposals.from"] = "2026-11-10T00:00:00+09:00", ["disposals.to"] = "2026-11-09T00:00:00+09:00",
      ["contract.started_on"] = "2026-11-10" }, expect = records_unknown },
  { "records that ended 32 days ago", set = { ["disposals.to"] = "2026-10-19T14:59:59Z" },
    expect = records_unknown },
  { "no disposal in a period that ended long ago",
    set = { [records] = empty_list, ["disposals.to"] = "2026-09-20T09:00:00+09:00" }, expect = records_unknown },
  { "a bad one is bad all the same",
    set = { ["disposals.complete"] = false, [record .. ".method"] = "overwrite" },
    expect = { ["unrecoverable"] = "fail", ["not-in-inventory"] = "unknown" },
    blame = "disposals.records[dsp-5].method" },
  { "disposals that were not collected are unknown", remove = { "disposals" }, expect = records_unknown,
    blame = "/disposals" },
  { "the provider discloses none", set = { ["disclosed.disposals"] = false }, remove = { "disposals" },
    expect = no_records },
  { "what is there is judged, whatever is said about disclosing it", set = { ["disclosed.disposals"] = false },
    expect = {} },
  { "whether it discloses them is not known", set = { ["disclosed.disposals"] = null }, expect = records_unknown,
    blame = "/disclosed/disposals" },
  { "CTX discloses none", base = ctx, remove = { "disposals" }, expect = {} },
  { "CTX discloses some after all", base = ctx, set = { ["disclosed.disposals"] = true }, remove = { "disposals" },
    expect = records_unknown, blame = "/disposals" },

  -- R3: the inventory
  { "what was disposed of is still listed",
    set = { ["equipment.items[eq-st2].serial"] = "SSD-77A120" }, expect = listed,
    blame = "equipment.items[eq-st2].serial" },
  { "the same serial number in another spelling",
    set = { ["equipment.items[eq-st2].serial"] = "ｓｓｄ-77a120" }, expect = listed,
    blame = "equipment.items[eq-st2].serial" },
  { "no equipment has a serial number", remove = { "equipment.items[eq-st2].serial" },
    expect = { ["not-in-inventory"] = "unknown" }, blame = "/equipment/items" },
  { "a list of equipment that is older than the disposal",
    set = { ["equipment.confirmed_at"] = "2026-10-05T23:59:59Z" }, expect = { ["not-in-inventory"] = "unknown" },
    blame = "/equipment/confirmed_at" },
  { "a list that is confirmed tomorrow",
    set = { ["equipment.confirmed_at"] = "2026-11-21T09:00:00+09:00" }, expect = { ["not-in-inventory"] = "unknown" },
    blame = "/equipment/confirmed_at" },
  { "equipment that was not collected", remove = { "equipment" }, expect = { ["not-in-inventory"] = "unknown" },
    blame = "/equipment" },
  { "re-used, and back in the inventory",
    set = { ["equipment.items[eq-st2].serial"] = "HDD-1" },
    append = { [records] = disposal("dsp-6", "HDD-1", "2026-10-08T09:00:00+09:00", "re_use") },
    expect = {} },
  { "re-used first and disposed of later, and still listed",
    set = { ["equipment.items[eq-st2].serial"] = "HDD-1", [records] = {
      disposal("dsp-7", "HDD-1", "2026-10-20T09:00:00+09:00", "disposal"),
      disposal("dsp-6", "HDD-1", "2026-10-08T09:00:00+09:00", "re_use"),
    } },
    expect = listed, blame = "equipment.items[eq-st2].serial" },
  { "re-used and disposed of at the same moment, and still listed",
    set = { ["equipment.items[eq-st2].serial"] = "HDD-1", [records] = {
      disposal("dsp-7", "HDD-1", "2026-10-08T09:00:00+09:00", "disposal"),
      disposal("dsp-6", "HDD-1", "2026-10-08T00:00:00Z", "re_use"),
    } },
    expect = listed, blame = "equipment.items[eq-st2].serial" },
  { "the same in the other order",
    set = { ["equipment.items[eq-st2].serial"] = "HDD-1", [records] = {
      disposal("dsp-6", "HDD-1", "2026-10-08T00:00:00Z", "re_use"),
      disposal("dsp-7", "HDD-1", "2026-10-08T09:00:00+09:00", "disposal"),
    } },
    expect = listed, blame = "equipment.items[eq-st2].serial" },
  { "re-used twice at the same moment, and back in the inventory",
    set = { ["equipment.items[eq-st2].serial"] = "HDD-1", [records] = {
      disposal("dsp-6", "HDD-1", "2026-10-08T09:00:00+09:00", "re_use"),
      disposal("dsp-7", "HDD-1", "2026-10-08T09:00:00+09:00", "re_use"),
    } },
    expect = { ["not-in-inventory"] = "not_applicable" } },
  { "nothing but re-use", set = { [record .. ".purpose"] = "re_use" },
    expect = { ["not-in-inventory"] = "not_applicable" } },
  { "re-used or disposed of, nobody knows", set = { [record .. ".purpose"] = null }, expect = records_unknown,
    blame = "disposals.records[dsp-5].purpose" },
  { "its asset is still in use", set = { [record .. ".asset"] = "as-dc02" }, expect = listed,
    blame = "data.assets[as-dc02].state" },
  { "its asset is removed, but its host runs",
    set = { [record .. ".asset"] = "as-dc02", ["data.assets[as-dc02].state"] = "removed" }, expect = listed,
    blame = "hosts[dc02].state" },
  { "asset and host are gone",
    set = { [record .. ".asset"] = "as-dc02", ["data.assets[as-dc02].state"] = "removed",
      ["hosts[dc02].state"] = "retired" },
    expect = {} },
  { "an asset that does not exist", set = { [record .. ".asset"] = "as-x" },
    expect = { ["not-in-inventory"] = "unknown" }, blame = "disposals.records[dsp-5].asset" },
} do
  table.insert(tests, case)
end

return tests
