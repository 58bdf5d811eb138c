-- Tests of CLD.8.1.5. The base is a tenant whose contract ended on 2026-03-31, judged on day 90
-- (2026-06-29, Asia/Tokyo), with everything deleted; of the other base the service is CTX. The tenants
-- of the fixtures have not ended.

local ctx = "terminated-ctx.json"
local active = "iad/compliant.json"

local datasets = "deletion.datasets"
local objects = datasets .. "[dl-obj-e]"
local replica = datasets .. "[dl-obj-w]"
local termination = "contract.termination"

local ALL = { "dl-obj-e", "dl-gpo", "dl-dns", "dl-log", "dl-sync", "dl-obj-w", "dl-backup" }

local late = { ["data-deleted"] = "fail" }
local late_copy = { ["copies-deleted"] = "fail" }

-- The base with another last day: everything is deleted on day 1, but what `changes` say.
local function ended(last, day1, as_of, changes)
  local set = {
    [termination .. ".date"] = last, ["as_of"] = as_of, ["deletion.collected_at"] = as_of,
    ["deletion.terms.confirmed_at"] = last .. "T09:00:00+09:00",
  }
  for _, id in ipairs(ALL) do
    set[datasets .. "[" .. id .. "].deleted_at"] = day1 .. "T12:00:00+09:00"
  end
  for path, value in pairs(changes) do
    set[path] = value
  end
  return set
end

-- The table of the 90-day clock: last day of the contract, day 1, day 89, day 90, day 91.
local CLOCK = {
  { "2026-03-31", "2026-04-01", "2026-06-28", "2026-06-29", "2026-06-30" },
  { "2026-11-21", "2026-11-22", "2027-02-18", "2027-02-19", "2027-02-20" },
  { "2026-12-31", "2027-01-01", "2027-03-30", "2027-03-31", "2027-04-01" },
  { "2027-12-01", "2027-12-02", "2028-02-28", "2028-02-29", "2028-03-01" },
  { "2028-01-15", "2028-01-16", "2028-04-13", "2028-04-14", "2028-04-15" },
}

local tests = { base = "terminated-iad.json" }

local function add(name, set, expect, blame)
  table.insert(tests, { name, set = set, expect = expect, blame = blame })
end

-- Each moment is written with Z and with +09:00: midnight in Japan is 15:00 of the day before in UTC.
for _, row in ipairs(CLOCK) do
  local last, day1, day89, day90, day91 = row[1], row[2], row[3], row[4], row[5]
  local function deleted(at)
    return ended(last, day1, day91 .. "T18:00:00+09:00", { [objects .. ".deleted_at"] = at })
  end
  local function remains(as_of)
    return ended(last, day1, as_of, { [objects .. ".exists"] = true, [objects .. ".deleted_at"] = null })
  end
  local function copy_deleted(at)
    return ended(last, day1, day91 .. "T18:00:00+09:00", { [replica .. ".deleted_at"] = at })
  end
  local at, exists = "/deletion/datasets/0/deleted_at", "/deletion/datasets/0/exists"

  add("ended on " .. last .. ": deletion in the first second of day 1", deleted(day1 .. "T00:00:00+09:00"), {})
  add("ended on " .. last .. ": deletion in the first second of day 1, in UTC", deleted(last .. "T15:00:00Z"), {})
  add("ended on " .. last .. ": deletion on day 89", deleted(day89 .. "T23:59:59+09:00"), {})
  add("ended on " .. last .. ": deletion in the first second of day 90, in UTC", deleted(day89 .. "T15:00:00Z"), {})
  add("ended on " .. last .. ": deletion in the last second of day 90", deleted(day90 .. "T23:59:59+09:00"), {})
  add("ended on " .. last .. ": deletion in the last second of day 90, in UTC", deleted(day90 .. "T14:59:59Z"), {})
  add("ended on " .. last .. ": deletion in the first second of day 91", deleted(day91 .. "T00:00:00+09:00"),
    late, at)
  add("ended on " .. last .. ": deletion in the first second of day 91, in UTC", deleted(day90 .. "T15:00:00Z"),
    late, at)
  add("ended on " .. last .. ": a replica deleted on day 90, in UTC", copy_deleted(day90 .. "T14:59:59Z"), {})
  add("ended on " .. last .. ": a replica deleted on day 91, in UTC", copy_deleted(day90 .. "T15:00:00Z"),
    late_copy, "/deletion/datasets/5/deleted_at")
  add("ended on " .. last .. ": what still exists on day 90 is in time", remains(day90 .. "T23:59:59+09:00"), {})
  add("ended on " .. last .. ": what still exists on day 90 is in time, in UTC", remains(day90 .. "T14:59:59Z"), {})
  add("ended on " .. last .. ": what still exists on day 91 is not", remains(day91 .. "T00:00:00+09:00"),
    late, exists)
  add("ended on " .. last .. ": what still exists on day 91 is not, in UTC", remains(day90 .. "T15:00:00Z"),
    late, exists)
end

local function all_unknown(but)
  local expect = {
    ["data-deleted"] = "unknown", ["copies-deleted"] = "unknown", ["not-deleted-early"] = "unknown",
  }
  for rule, status in pairs(but or {}) do
    expect[rule] = status
  end
  return expect
end

local no_clock = {
  ["data-deleted"] = "not_applicable", ["copies-deleted"] = "not_applicable", ["not-deleted-early"] = "not_applicable",
}

local function partial(option, date)
  return { ["contract.partial_terminations"] = { { id = option, date = date } } }
end

local exported = termination .. ".export"

for _, case in ipairs {
  -- R1: when the clock runs
  { "a contract that goes on has nothing to delete, but its terms have to be known", base = active,
    set = { ["deletion.terms.max_days"] = 90 }, expect = {} },
  { "an end that lies ahead starts no clock",
    set = { ["contract.state"] = "terminating", [termination .. ".date"] = "2026-06-30",
      [exported .. ".completed_at"] = "2026-06-20T10:00:00+09:00" },
    expect = no_clock },
  { "on the last day itself the clock has not started",
    set = { ["contract.state"] = "terminating", [termination .. ".date"] = "2026-06-29" },
    expect = no_clock },
  { "an evaluation in the evening in UTC is the next day in Japan: the clock runs",
    set = { ["contract.state"] = "terminating", [termination .. ".date"] = "2026-06-29",
      ["as_of"] = "2026-06-29T15:00:00Z" },
    expect = { ["not-deleted-early"] = "fail" }, blame = "deletion.datasets[dl-obj-e].deleted_at" },
  { "a contract said to be terminated whose end lies ahead contradicts itself",
    set = { [termination .. ".date"] = "2026-06-30" },
    expect = { ["data-deleted"] = "fail", ["not-deleted-early"] = "fail" }, blame = "/contract/termination/date" },
  { "a contract that is still called active after its end is judged by its dates",
    set = { ["contract.state"] = "active", [objects .. ".deleted_at"] = "2026-06-30T00:00:00+09:00",
      ["as_of"] = "2026-06-30T09:00:00+09:00" },
    expect = late, blame = "deletion.datasets[dl-obj-e].deleted_at" },
  { "a terminated contract without a date is unknown",
    remove = { termination }, expect = all_unknown({ ["export-before-end"] = "unknown" }),
    blame = "/contract/termination" },
  { "a date of termination that is null is unknown",
    set = { [termination .. ".date"] = null }, expect = all_unknown({ ["export-before-end"] = "unknown" }),
    blame = "/contract/termination/date" },
  { "a termination given as a moment in UTC is no date, and unknown",
    set = { [termination .. ".date"] = "2026-03-31T15:00:00Z" },
    expect = all_unknown({ ["export-before-end"] = "unknown" }), blame = "/contract/termination/date" },
  { "a contract without a state is unknown",
    remove = { "contract.state" }, expect = all_unknown({ ["export-before-end"] = "unknown" }),
    blame = "/contract/state" },
  { "without an evaluation time nothing can be said",
    remove = { "as_of" },
    expect = all_unknown({ ["export-before-end"] = "unknown", ["deletion-terms"] = "unknown",
      ["option-data-deleted"] = "unknown" }) },
  { "an end that was moved counts as it is now",
    set = { [termination .. ".moved_from"] = "2026-02-28", [objects .. ".deleted_at"] = "2026-06-29T10:00:00+09:00" },
    expect = {} },

  -- R2, R3: data
  { "counting from the day of termination ends a day earlier: day 90 is too late then",
    set = { [objects .. ".deleted_at"] = "2026-06-29T10:00:00+09:00" }, params = { first_day = "termination_day" },
    expect = late },
  { "and day 89 is not",
    set = { [objects .. ".deleted_at"] = "2026-06-28T10:00:00+09:00" }, params = { first_day = "termination_day" },
    expect = {} },
  { "fewer days may be agreed",
    set = { [objects .. ".deleted_at"] = "2026-05-01T00:00:00+09:00" }, params = { max_days = 30 }, expect = {
      ["data-deleted"] = "fail", ["copies-deleted"] = "fail", ["deletion-terms"] = "fail",
    } },
  { "a deletion in the future has not happened",
    set = { [objects .. ".deleted_at"] = "2026-06-29T18:00:01+09:00" },
    expect = { ["data-deleted"] = "unknown" }, blame = "deletion.datasets[dl-obj-e].deleted_at" },
  { "what was deleted at a time that nobody knows is unknown",
    set = { [objects .. ".deleted_at"] = null },
    expect = { ["data-deleted"] = "unknown", ["not-deleted-early"] = "unknown" },
    blame = "deletion.datasets[dl-obj-e].deleted_at" },
  { "a recycle bin that is not emptied exists, whatever its time of deletion",
    set = { [objects .. ".exists"] = true, ["as_of"] = "2026-06-30T09:00:00+09:00",
      ["deletion.collected_at"] = "2026-06-30T08:00:00+09:00" },
    expect = late, blame = "deletion.datasets[dl-obj-e].exists" },
  { "what was seen on day 90 says nothing about day 91",
    set = { [objects .. ".exists"] = true, ["as_of"] = "2026-06-30T09:00:00+09:00" },
    expect = { ["data-deleted"] = "unknown" }, blame = "/deletion/datasets" },
  { "whether it exists is not known",
    remove = { objects .. ".exists" },
    expect = { ["data-deleted"] = "unknown", ["not-deleted-early"] = "unknown" },
    blame = "deletion.datasets[dl-obj-e].exists" },
  { "a legal hold does not excuse by itself, it needs a waiver",
    set = { [objects .. ".exists"] = true, [objects .. ".legal_hold"] = true, ["as_of"] = "2026-06-30T09:00:00+09:00",
      ["deletion.collected_at"] = "2026-06-30T08:00:00+09:00" },
    expect = late, blame = "deletion.datasets[dl-obj-e].exists" },
  { "a kind of data that nobody tells of is unknown",
    remove = { datasets .. "[dl-log]" }, expect = { ["data-deleted"] = "unknown" }, blame = "/deletion/datasets" },
  { "the configuration of Entra Connect is asked for where it was contracted only",
    set = { ["contract.options"] = { "two_site" } }, remove = { datasets .. "[dl-sync]" },
    expect = {} },
  { "an empty list of datasets is unknown",
    set = { [datasets] = empty_list }, expect = all_unknown() },
  { "datasets that were not collected are unknown",
    remove = { datasets }, expect = all_unknown(), blame = "/deletion/datasets" },
  { "no deletion was collected at all",
    remove = { "deletion" }, expect = all_unknown({ ["deletion-terms"] = "unknown" }), blame = "/deletion" },
  { "profile data that remain on day 91", base = ctx,
    set = { [datasets .. "[dl-profile].exists"] = true, ["as_of"] = "2026-06-30T00:00:00+09:00",
      ["deletion.collected_at"] = "2026-06-30T00:00:00+09:00" },
    expect = late, blame = "deletion.datasets[dl-profile].exists" },
  { "master images of which nobody tells", base = ctx,
    remove = { datasets .. "[dl-master]" }, expect = { ["data-deleted"] = "unknown" } },
  { "a contract for both services has to tell of the data of both", base = ctx,
    set = { ["contract.service"] = "both" },
    expect = { ["data-deleted"] = "unknown", ["export-before-end"] = "fail" } },
  { "a new contract within 90 days takes over what exists",
    set = { [objects .. ".exists"] = true, [termination .. ".recontracted_on"] = "2026-06-29",
      ["as_of"] = "2026-06-30T09:00:00+09:00", ["contract.state"] = "active" },
    expect = { ["export-before-end"] = "not_applicable" } },
  { "a new contract after them does not",
    set = { [objects .. ".exists"] = true, [termination .. ".recontracted_on"] = "2026-06-30",
      ["as_of"] = "2026-06-30T09:00:00+09:00", ["deletion.collected_at"] = "2026-06-30T08:00:00+09:00",
      ["contract.state"] = "active" },
    expect = { ["data-deleted"] = "fail", ["export-before-end"] = "not_applicable" },
    blame = "deletion.datasets[dl-obj-e].exists" },
  { "nor does one that began before this one ended",
    set = { [objects .. ".exists"] = true, [termination .. ".recontracted_on"] = "2026-03-30",
      ["as_of"] = "2026-06-30T09:00:00+09:00", ["deletion.collected_at"] = "2026-06-30T08:00:00+09:00" },
    expect = late, blame = "deletion.datasets[dl-obj-e].exists" },
  { "one that begins on the last day does",
    set = { [objects .. ".exists"] = true, [termination .. ".recontracted_on"] = "2026-03-31",
      ["as_of"] = "2026-06-30T09:00:00+09:00" }, expect = { ["export-before-end"] = "not_applicable" } },
  { "a new contract of an earlier end spares no export",
    set = { [termination .. ".recontracted_on"] = "2024-06-01" }, remove = { termination .. ".export" },
    expect = { ["export-before-end"] = "fail" } },
  { "nor does one that lies ahead",
    set = { [objects .. ".exists"] = true, [termination .. ".recontracted_on"] = "2026-07-01",
      ["as_of"] = "2026-06-30T09:00:00+09:00", ["deletion.collected_at"] = "2026-06-30T08:00:00+09:00" },
    expect = late, blame = "deletion.datasets[dl-obj-e].exists" },

  { "a deletion that was only planned when the state was learnt",
    set = { [objects .. ".deleted_at"] = "2026-06-29T17:00:01+09:00" }, expect = { ["data-deleted"] = "unknown" },
    blame = "deletion.datasets[dl-obj-e].deleted_at" },
  { "a deletion that was seen as soon as it was done",
    set = { [objects .. ".deleted_at"] = "2026-06-29T17:00:00+09:00" }, expect = {} },
  { "when the state of deleted data was learnt need not be told", remove = { "deletion.collected_at" }, expect = {} },

  -- R4: copies
  { "a backup that remains on day 91",
    set = { [datasets .. "[dl-backup].exists"] = true, ["as_of"] = "2026-06-30T09:00:00+09:00",
      ["deletion.collected_at"] = "2026-06-30T08:00:00+09:00" },
    expect = late_copy, blame = "deletion.datasets[dl-backup].exists" },
  { "soft-deleted data count as a copy that exists",
    set = { [replica .. ".copy"] = "soft_deleted", [replica .. ".exists"] = true,
      ["as_of"] = "2026-06-30T09:00:00+09:00", ["deletion.collected_at"] = "2026-06-30T08:00:00+09:00" },
    expect = late_copy, blame = "deletion.datasets[dl-obj-w].exists" },
  { "with two sites the second one has to be told of",
    remove = { replica }, expect = { ["copies-deleted"] = "unknown" }, blame = "/deletion/datasets" },
  { "the same site in another spelling is no second one",
    set = { [replica .. ".site"] = " 東日本 " },
    expect = { ["copies-deleted"] = "unknown" }, blame = "/deletion/datasets" },
  { "without the option there is one site",
    set = { ["contract.options"] = { "entra_connect" } }, remove = { replica }, expect = {} },
  { "no copy at all is not believed", base = ctx,
    remove = { datasets .. "[dl-image-gallery]" }, expect = { ["copies-deleted"] = "unknown" } },
  { "a copy of a kind that nobody knows is unknown",
    set = { [replica .. ".copy"] = "archive" },
    expect = { ["data-deleted"] = "unknown", ["copies-deleted"] = "unknown" },
    blame = "deletion.datasets[dl-obj-w].copy" },

  -- an option that was cancelled alone
  { "a site that was cancelled alone has its own clock: in time",
    set = partial("two_site", "2026-03-01"), append = { [datasets] = {
      id = "dl-west", service = "iad", dataset = "directory_objects", copy = "replica", site = "西日本",
      option = "two_site", exists = false, deleted_at = "2026-05-30T14:59:59Z",
    } },
    expect = { ["option-data-deleted"] = "pass" } },
  { "a site that was cancelled alone has its own clock: a day late, though the contract's runs on",
    set = partial("two_site", "2026-03-01"), append = { [datasets] = {
      id = "dl-west", service = "iad", dataset = "directory_objects", copy = "replica", site = "西日本",
      option = "two_site", exists = false, deleted_at = "2026-05-30T15:00:00Z",
    } },
    expect = { ["option-data-deleted"] = "fail" }, blame = "deletion.datasets[dl-west].deleted_at" },
  { "an option that keeps no data of its own has none to show, until somebody says so",
    set = partial("admin_console", "2026-03-01"),
    expect = { ["option-data-deleted"] = "unknown" }, blame = "deletion.datasets" },
  { "it runs in a contract that goes on, too", base = active,
    set = {
      ["contract.partial_terminations"] = { { id = "two_site", date = "2026-08-21" } },
      ["deletion.collected_at"] = "2026-11-20T08:00:00+09:00", [datasets] = { {
        id = "dl-west", service = "iad", dataset = "directory_objects", copy = "replica", site = "西日本",
        option = "two_site", exists = true, deleted_at = null,
      } },
    },
    expect = { ["option-data-deleted"] = "fail", ["not-deleted-early"] = "pass" },
    blame = "deletion.datasets[dl-west].exists" },
  { "on its day 90 it does not fail", base = active,
    set = {
      ["contract.partial_terminations"] = { { id = "two_site", date = "2026-08-22" } },
      ["deletion.collected_at"] = "2026-11-20T08:00:00+09:00", [datasets] = { {
        id = "dl-west", service = "iad", dataset = "directory_objects", copy = "replica", site = "西日本",
        option = "two_site", exists = true, deleted_at = null,
      } },
    },
    expect = { ["option-data-deleted"] = "pass", ["not-deleted-early"] = "pass" } },
  { "of an option that was cancelled, nobody tells",
    set = partial("two_site", "2026-03-01"), expect = { ["option-data-deleted"] = "unknown" },
    blame = "/deletion/datasets" },
  { "an option without the date of its end is unknown",
    set = { ["contract.partial_terminations"] = { { id = "two_site" } } },
    expect = { ["option-data-deleted"] = "unknown", ["data-deleted"] = "unknown", ["copies-deleted"] = "unknown",
      ["not-deleted-early"] = "unknown" }, blame = "contract.partial_terminations[two_site].date" },
  { "an option that ends later has no clock yet",
    set = partial("two_site", "2026-06-29"), expect = {} },
  { "partial terminations need not be told of",
    remove = { "contract.partial_terminations" }, expect = {} },

  -- R5: deleted too early
  { "deletion on the last day is not early",
    set = { [objects .. ".deleted_at"] = "2026-03-30T15:00:00Z" }, expect = {} },
  { "deletion on the day before is",
    set = { [objects .. ".deleted_at"] = "2026-03-30T14:59:59Z" },
    expect = { ["not-deleted-early"] = "fail" }, blame = "deletion.datasets[dl-obj-e].deleted_at" },
  { "deletion on the day before is, in Japan's time",
    set = { [objects .. ".deleted_at"] = "2026-03-30T23:59:59+09:00" },
    expect = { ["not-deleted-early"] = "fail" }, blame = "deletion.datasets[dl-obj-e].deleted_at" },

  { "data of an option that were deleted before the option ended", base = active,
    set = {
      ["contract.partial_terminations"] = { { id = "two_site", date = "2026-08-22" } },
      ["deletion.collected_at"] = "2026-11-20T08:00:00+09:00", [datasets] = { {
        id = "dl-west", service = "iad", dataset = "directory_objects", copy = "replica", site = "西日本",
        option = "two_site", exists = false, deleted_at = "2026-08-21T23:59:59+09:00",
      } },
    },
    expect = { ["option-data-deleted"] = "pass", ["not-deleted-early"] = "fail" },
    blame = "deletion.datasets[dl-west].deleted_at" },
  { "data of an option that ended before the contract are not held to the contract's end",
    set = partial("two_site", "2026-02-01"), append = { [datasets] = {
      id = "dl-west", service = "iad", dataset = "directory_objects", copy = "replica", site = "西日本",
      option = "two_site", exists = false, deleted_at = "2026-03-01T09:00:00+09:00",
    } },
    expect = { ["option-data-deleted"] = "pass" } },

  -- R6: certificates
  { "certificates are not there when they are required",
    params = { require_certificate = true }, expect = { ["deletion-evidence"] = "fail" } },
  { "certificates that are there", base = ctx,
    set = {
      [datasets] = { { id = "dl-settings", service = "ctx", dataset = "settings", copy = "primary", site = "japaneast",
        exists = false, deleted_at = "2026-06-12T10:00:00+09:00", certificate = "DEL-2026-0031" } },
    },
    params = { require_certificate = true, datasets_ctx = { "settings" } },
    expect = { ["deletion-evidence"] = "pass", ["copies-deleted"] = "unknown" } },
  { "a certificate that is null is unknown", base = ctx,
    set = {
      [datasets] = { { id = "dl-settings", service = "ctx", dataset = "settings", copy = "primary", site = "japaneast",
        exists = false, deleted_at = "2026-06-12T10:00:00+09:00", certificate = null } },
    },
    params = { require_certificate = true, datasets_ctx = { "settings" } },
    expect = { ["deletion-evidence"] = "unknown", ["copies-deleted"] = "unknown" },
    blame = "deletion.datasets[dl-settings].certificate" },
  { "nothing was deleted that could be certified", base = ctx,
    set = { [datasets] = { { id = "dl-settings", service = "ctx", dataset = "settings", copy = "primary",
      site = "japaneast", exists = true, deleted_at = null } } },
    params = { require_certificate = true, datasets_ctx = { "settings" } },
    expect = { ["deletion-evidence"] = "unknown", ["copies-deleted"] = "unknown" } },

  -- terms
  { "terms of 90 days that start on the day of termination end earlier, which is fine",
    set = { ["deletion.terms.first_day"] = "termination_day" }, expect = {} },
  { "terms of 91 days that start on it end on the same day",
    set = { ["deletion.terms.first_day"] = "termination_day", ["deletion.terms.max_days"] = 91 }, expect = {} },
  { "terms of 91 days are more than the service promises",
    set = { ["deletion.terms.max_days"] = 91 }, expect = { ["deletion-terms"] = "fail" },
    blame = "/deletion/terms/max_days" },
  { "terms that were confirmed 365 days ago still count",
    set = { ["deletion.terms.confirmed_at"] = "2025-06-28T15:00:00Z" }, expect = {} },
  { "terms that were confirmed 366 days ago do not",
    set = { ["deletion.terms.confirmed_at"] = "2025-06-28T14:59:59Z" }, expect = { ["deletion-terms"] = "fail" },
    blame = "/deletion/terms/confirmed_at" },
  { "terms that nobody read are unknown",
    remove = { "deletion.terms" }, expect = { ["deletion-terms"] = "unknown" }, blame = "/deletion/terms" },
  { "three months are no number of days",
    set = { ["deletion.terms.max_days"] = "P3M" }, expect = { ["deletion-terms"] = "unknown" },
    blame = "/deletion/terms/max_days" },

  -- export
  { "an export that was complete on the last day, in UTC",
    set = { [exported .. ".completed_at"] = "2026-03-31T14:59:59Z" }, expect = {} },
  { "an export that was complete a second later is too late",
    set = { [exported .. ".completed_at"] = "2026-03-31T15:00:00Z" }, expect = { ["export-before-end"] = "fail" },
    blame = "/contract/termination/export/completed_at" },
  { "an export that leaves out the DNS zones",
    set = { [exported .. ".datasets"] = { "directory_objects", "group_policy", "sync_configuration" } },
    expect = { ["export-before-end"] = "fail" }, blame = "/contract/termination/export/datasets" },
  { "an export that leaves out the directory itself",
    set = { [exported .. ".datasets"] = { "group_policy", "dns_zones", "sync_configuration" } },
    expect = { ["export-before-end"] = "fail" }, blame = "/contract/termination/export/datasets" },
  { "an export at a time that nobody knows is unknown",
    remove = { exported .. ".completed_at" }, expect = { ["export-before-end"] = "unknown" },
    blame = "/contract/termination/export/completed_at" },
  { "an export in the future has not happened",
    set = { [exported .. ".completed_at"] = "2026-06-30T09:00:00+09:00" },
    expect = { ["export-before-end"] = "unknown" }, blame = "/contract/termination/export/completed_at" },
  { "no export before the contract ended",
    remove = { exported }, expect = { ["export-before-end"] = "fail" }, blame = "/contract/termination/date" },
  { "no export yet, and 14 days are left", base = active,
    set = { ["contract.state"] = "terminating", [termination] = { date = "2026-12-04" } },
    expect = { ["export-before-end"] = "fail" }, blame = "/contract/termination/date" },
  { "no export yet, and 15 days are left", base = active,
    set = { ["contract.state"] = "terminating", [termination] = { date = "2026-12-05" } },
    expect = { ["export-before-end"] = "pass" } },
} do
  table.insert(tests, case)
end

return tests
