-- Tests of 12.6.1. On IAD all hosts are the provider's (dc01, dc02, sync01, jump01); vl-201 was fixed
-- and vl-207 (medium, sync01) is open since 2026-11-15. On CTX the connector cc-jp-01 is the
-- provider's and the rest the customer's; vl-77 of the image img-w11 was fixed. Judged on 2026-11-20.

local ctx = "ctx/compliant.json"

local findings = "vulnerabilities.findings"
local open = findings .. "[vl-207]"
local image = findings .. "[vl-77]"

local overdue = { ["provider-overdue"] = "fail" }
local customers = { ["customer-overdue"] = "fail" }

-- The open vulnerability of the provider, found at a time.
local function found(at, more)
  local set = { [open .. ".found_at"] = at }
  for key, value in pairs(more or {}) do
    set[open .. "." .. key] = value
  end
  return set
end

-- That of the image, open, known to be exploited.
local function in_image(at, public)
  return { [image .. ".found_at"] = at, [image .. ".fixed_at"] = null, [image .. ".public"] = public }
end

-- A host of IAD that is the customer's own.
local function customers_host(more)
  local set = { ["hosts[jump01].party"] = "customer" }
  for path, value in pairs(more or {}) do
    set[path] = value
  end
  return set
end

-- With it the customer's rules apply, and pass but for some.
local function judged(but)
  local expect = { ["customer-overdue"] = "pass", ["customer-scans"] = "pass", ["customer-support"] = "pass",
    ["customer-updates"] = "pass" }
  for id, status in pairs(but or {}) do
    expect[id] = status
  end
  return expect
end

local place = "/vulnerabilities/findings/1/found_at"
local image_place = "/vulnerabilities/findings/0/found_at"

return {
  base = "iad/compliant.json",

  -- R1: the provider's process
  { "no statement of the provider is unknown, so that an accepted claim may stand in",
    remove = { "attestations[at-whitepaper]" }, expect = { ["provider-process"] = "unknown" } },
  { "attestations that were not collected are unknown",
    remove = { "attestations" }, expect = { ["provider-process"] = "unknown" }, blame = "/attestations" },
  { "a statement that has run out",
    set = { ["attestations[at-whitepaper].expires"] = "2026-11-19" }, expect = { ["provider-process"] = "fail" },
    blame = "attestations[at-whitepaper].expires" },
  { "a statement that runs out today holds today",
    set = { ["attestations[at-whitepaper].expires"] = "2026-11-20" }, expect = {} },

  -- R2, R3: deadlines
  { "30 days are in time", set = found("2026-10-20T15:00:00Z"), expect = {} },
  { "31 days are not", set = found("2026-10-20T14:59:59Z"), expect = overdue, blame = place },
  { "31 days are not, in Japan's time", set = found("2026-10-20T23:59:59+09:00"), expect = overdue, blame = place },
  { "critical: 30 days", set = found("2026-10-21T00:00:00+09:00", { severity = "critical" }), expect = {} },
  { "critical: 31 days", set = found("2026-10-20T09:00:00+09:00", { severity = "critical" }), expect = overdue,
    blame = place },
  { "high: 31 days", set = found("2026-10-20T09:00:00+09:00", { severity = "high" }), expect = overdue },
  { "low: 31 days", set = found("2026-10-20T09:00:00+09:00", { severity = "low" }), expect = overdue },
  { "a severity may have a limit of its own",
    set = found("2026-11-12T09:00:00+09:00", { severity = "critical" }), params = { critical_days = 7 },
    expect = overdue },
  { "of the limits of an exploited one the shortest counts",
    set = found("2026-11-12T09:00:00+09:00", { severity = "critical", known_exploited = true }),
    params = { critical_days = 7 }, expect = overdue },
  { "known to be exploited: 14 days", set = found("2026-11-06T00:00:00+09:00", { known_exploited = true }),
    expect = {} },
  { "known to be exploited: 15 days", set = found("2026-11-05T14:59:59Z", { known_exploited = true }),
    expect = overdue, blame = place },
  { "exploited and reachable from the internet: 3 days",
    set = found("2026-11-16T15:00:00Z", { known_exploited = true, public = true }), expect = {} },
  { "exploited and reachable from the internet: 4 days",
    set = found("2026-11-16T14:59:59Z", { known_exploited = true, public = true }), expect = overdue, blame = place },
  { "reachable, but not known to be exploited",
    set = found("2026-10-21T09:00:00+09:00", { public = true }), expect = {} },
  { "a severity that is missing is unknown", remove = { open .. ".severity" },
    expect = { ["provider-overdue"] = "unknown" }, blame = findings .. "[vl-207].severity" },
  { "a score of another version of CVSS changes nothing", set = { [open .. ".cvss"] = 9.8 }, expect = {} },
  { "whether it is exploited is not known", set = { [open .. ".known_exploited"] = null },
    expect = { ["provider-overdue"] = "unknown" }, blame = findings .. "[vl-207].known_exploited" },
  { "found in the future", set = found("2026-11-21T09:00:00+09:00"), expect = { ["provider-overdue"] = "unknown" },
    blame = place },
  { "whether it was fixed is not known", remove = { open .. ".fixed_at" },
    expect = { ["provider-overdue"] = "unknown" }, blame = findings .. "[vl-207].fixed_at" },
  { "what was fixed late is fixed", set = { [findings .. "[vl-201].found_at"] = "2026-09-01T09:00:00+09:00" },
    expect = {} },
  { "a fix in the future is none", set = { [findings .. "[vl-201].fixed_at"] = "2026-11-21T02:40:00+09:00" },
    expect = { ["provider-overdue"] = "unknown" }, blame = findings .. "[vl-201].fixed_at" },
  { "found again after it was fixed, it is open",
    set = { [findings .. "[vl-201].fixed_at"] = "2026-10-01T09:00:00+09:00",
      [findings .. "[vl-201].found_at"] = "2026-11-01T09:00:00+09:00" },
    expect = overdue, blame = findings .. "[vl-201].found_at" },
  { "an accepted risk holds to the end of its last day",
    set = found("2026-08-01T09:00:00+09:00", { accepted_until = "2026-11-20" }), expect = {} },
  { "a day later it does not",
    set = found("2026-08-01T09:00:00+09:00", { accepted_until = "2026-11-19" }), expect = overdue, blame = place },
  { "an accepted risk without a date is unknown",
    set = found("2026-08-01T09:00:00+09:00", { accepted_until = null }),
    expect = { ["provider-overdue"] = "unknown" }, blame = findings .. "[vl-207].accepted_until" },
  { "what is the customer's to mend is not the provider's",
    set = found("2026-08-01T09:00:00+09:00", { party = "customer" }), expect = { ["customer-overdue"] = "fail" },
    blame = place },
  { "what is shared is both sides'", base = ctx,
    set = { [image .. ".party"] = "shared", [image .. ".fixed_at"] = null,
      [image .. ".found_at"] = "2026-08-01T09:00:00+09:00" },
    expect = { ["provider-overdue"] = "fail", ["customer-overdue"] = "fail" }, blame = image_place },
  { "whose it is to mend is not known", set = { [open .. ".party"] = null },
    expect = { ["provider-overdue"] = "unknown", ["customer-overdue"] = "unknown" },
    blame = findings .. "[vl-207].party" },
  { "a host that runs has it to mend",
    set = found("2026-08-01T09:00:00+09:00", { host = "jump01" }),
    expect = overdue },
  { "a retired host has nothing to mend, once it is retired",
    set = { [open .. ".found_at"] = "2026-08-01T09:00:00+09:00", [open .. ".host"] = "jump01",
      ["hosts[jump01].state"] = "retired" },
    expect = {} },
  { "a host that is switched off still has",
    set = { [open .. ".found_at"] = "2026-08-01T09:00:00+09:00", [open .. ".host"] = "jump01",
      ["hosts[jump01].state"] = "stopped" },
    expect = overdue },
  { "no vulnerabilities at all, and the hosts were scanned", set = { [findings] = empty_list }, expect = {} },
  { "no vulnerabilities of a host that was never scanned say nothing",
    set = { [findings] = empty_list }, remove = { "hosts[dc02].vulnerability_scan_at" },
    expect = { ["provider-overdue"] = "unknown", ["provider-scans"] = "unknown" },
    blame = "hosts[dc02].vulnerability_scan_at" },
  { "a list that was read before the last scan of a host does not tell what it found",
    set = { [findings] = empty_list, ["vulnerabilities.collected_at"] = "2026-11-14T23:59:59+09:00" },
    expect = { ["provider-overdue"] = "unknown" } },
  { "a list of the day of the scan does",
    set = { [findings] = empty_list, ["vulnerabilities.collected_at"] = "2026-11-14T15:00:00Z" }, expect = {} },
  { "a list of the future is none", set = { ["vulnerabilities.collected_at"] = "2026-11-20T09:00:01+09:00" },
    expect = { ["provider-overdue"] = "unknown" }, blame = "/vulnerabilities/collected_at" },
  { "what is overdue in an old list is overdue all the same",
    set = { [open .. ".found_at"] = "2026-08-01T09:00:00+09:00",
      ["vulnerabilities.collected_at"] = "2026-11-01T09:00:00+09:00" },
    expect = overdue, blame = place },
  { "an old list, for both sides", base = ctx, set = { ["vulnerabilities.collected_at"] = "2026-11-13T09:00:00+09:00" },
    expect = { ["provider-overdue"] = "unknown", ["customer-overdue"] = "unknown" } },
  { "vulnerabilities that were not collected are unknown", remove = { "vulnerabilities" },
    expect = { ["provider-overdue"] = "unknown" }, blame = "/vulnerabilities" },
  { "vulnerabilities that were not collected are unknown", base = ctx, remove = { "vulnerabilities" },
    expect = { ["provider-overdue"] = "unknown", ["customer-overdue"] = "unknown" }, blame = "/vulnerabilities" },
  { "without the hosts nothing is known",
    remove = { "hosts" },
    expect = {
      ["provider-overdue"] = "unknown", ["provider-scans"] = "unknown", ["provider-support"] = "unknown",
      ["provider-updates"] = "unknown", ["customer-overdue"] = "unknown", ["customer-scans"] = "unknown",
      ["customer-support"] = "unknown", ["customer-updates"] = "unknown",
    }, blame = "/hosts" },

  { "what one vulnerability lacks does not hide another",
    set = { [open .. ".found_at"] = "2026-08-01T09:00:00+09:00", [findings .. "[vl-201].party"] = null },
    expect = { ["provider-overdue"] = "fail", ["customer-overdue"] = "unknown" }, blame = place },
  { "what one vulnerability lacks of its severity does not either",
    set = { [open .. ".found_at"] = "2026-08-01T09:00:00+09:00", [findings .. "[vl-201].severity"] = null,
      [findings .. "[vl-201].fixed_at"] = null },
    expect = overdue, blame = place },
  { "how bad it was does not matter once it is fixed", set = { [findings .. "[vl-201].severity"] = null },
    expect = {} },

  -- the customer's, CTX
  { "an image is vulnerable though the hosts are patched: 14 days", base = ctx,
    set = in_image("2026-11-06T00:00:00+09:00", false), expect = {} },
  { "an image is vulnerable though the hosts are patched: 15 days", base = ctx,
    set = in_image("2026-11-05T23:59:59+09:00", false), expect = customers, blame = image_place },
  { "the customer's exploited and public one: 4 days", base = ctx,
    set = in_image("2026-11-16T09:00:00+09:00", true), expect = customers, blame = image_place },
  { "a customer none of whose hosts is there is unknown on CTX", base = ctx,
    remove = { "hosts[img-w11]", "hosts[vda-jp-01]", "hosts[vda-us-01]", "hosts[fs-jp-01]", "hosts[dc-cust]" },
    expect = {
      ["customer-overdue"] = "unknown", ["customer-scans"] = "unknown", ["customer-support"] = "unknown",
      ["customer-updates"] = "unknown", ["image-patches"] = "unknown",
    } },

  -- the customer's, IAD
  { "a host of the customer's own is the customer's to scan and to patch", set = customers_host(),
    expect = judged() },
  { "an open one of a host of the customer's own",
    set = customers_host({ [open .. ".found_at"] = "2026-08-01T09:00:00+09:00", [open .. ".host"] = "jump01",
      [open .. ".party"] = "customer" }),
    expect = judged({ ["customer-overdue"] = "fail" }), blame = place },
  { "a host of the customer's own that was never scanned", set = customers_host(),
    remove = { "hosts[jump01].vulnerability_scan_at" },
    expect = judged({ ["customer-overdue"] = "unknown", ["customer-scans"] = "unknown" }),
    blame = "hosts[jump01].vulnerability_scan_at" },
  { "a host of the customer's own with an old scan",
    set = customers_host({ ["hosts[jump01].vulnerability_scan_at"] = "2026-10-20T14:59:59Z" }),
    expect = judged({ ["customer-scans"] = "fail" }), blame = "hosts[jump01].vulnerability_scan_at" },
  { "a host of the customer's own after its support",
    set = customers_host({ ["hosts[jump01].os.support_until"] = "2020-01-14" }),
    expect = judged({ ["customer-support"] = "fail" }), blame = "hosts[jump01].os.support_until" },
  { "a host of the customer's own without its updates",
    set = customers_host({ ["hosts[jump01].patches.missing_critical"] = 3 }),
    expect = judged({ ["customer-updates"] = "fail" }), blame = "hosts[jump01].patches.missing_critical" },
  { "a host of the customer's own that is switched off",
    set = customers_host({ ["hosts[jump01].state"] = "stopped" }), expect = {} },
  { "whose a host is, nobody knows", set = { ["hosts[jump01].party"] = null },
    expect = {
      ["provider-overdue"] = "unknown", ["provider-scans"] = "unknown", ["provider-support"] = "unknown",
      ["provider-updates"] = "unknown", ["customer-overdue"] = "unknown", ["customer-scans"] = "unknown",
      ["customer-support"] = "unknown", ["customer-updates"] = "unknown",
    }, blame = "hosts[jump01].party" },
  { "the customer's to mend on a host of the provider, exploited and public",
    set = found("2026-01-20T09:00:00+09:00", { party = "customer", host = "dc01", known_exploited = true,
      public = true }),
    expect = { ["customer-overdue"] = "fail" }, blame = place },
  { "the customer's to mend on a host of the provider, in time", set = { [open .. ".party"] = "customer" },
    expect = { ["customer-overdue"] = "pass" } },

  -- R4: scans
  { "a scan of 30 days ago", set = { ["hosts[dc02].vulnerability_scan_at"] = "2026-10-20T15:00:00Z" }, expect = {} },
  { "a scan of 31 days ago", set = { ["hosts[dc02].vulnerability_scan_at"] = "2026-10-20T14:59:59Z" },
    expect = { ["provider-scans"] = "fail" }, blame = "hosts[dc02].vulnerability_scan_at" },
  { "a scan in the future", set = { ["hosts[dc02].vulnerability_scan_at"] = "2026-11-21T09:00:00+09:00" },
    expect = { ["provider-scans"] = "unknown", ["provider-overdue"] = "unknown" },
    blame = "hosts[dc02].vulnerability_scan_at" },
  { "a host that is switched off need not be scanned",
    set = { ["hosts[jump01].state"] = "stopped" }, remove = { "hosts[jump01].vulnerability_scan_at" }, expect = {} },
  { "a session host with an old scan", base = ctx,
    set = { ["hosts[vda-us-01].vulnerability_scan_at"] = "2026-09-14T03:00:00+09:00" },
    expect = { ["customer-scans"] = "fail" }, blame = "hosts[vda-us-01].vulnerability_scan_at" },
  { "a session host that was never scanned", base = ctx, remove = { "hosts[vda-us-01].vulnerability_scan_at" },
    expect = { ["customer-scans"] = "unknown", ["customer-overdue"] = "unknown" },
    blame = "hosts[vda-us-01].vulnerability_scan_at" },

  { "a host that was never scanned does not hide an old scan of another",
    set = { ["hosts[dc02].vulnerability_scan_at"] = "2026-09-14T03:00:00+09:00" },
    remove = { "hosts[dc01].vulnerability_scan_at" },
    expect = { ["provider-scans"] = "fail", ["provider-overdue"] = "unknown" },
    blame = "hosts[dc02].vulnerability_scan_at" },

  -- R5: support
  { "the last day of support", set = { ["hosts[dc01].os.support_until"] = "2026-11-20" }, expect = {} },
  { "the day after it", set = { ["hosts[dc01].os.support_until"] = "2026-11-19" },
    expect = { ["provider-support"] = "fail" }, blame = "hosts[dc01].os.support_until" },
  { "the day after it begins in Japan first",
    set = { ["hosts[dc01].os.support_until"] = "2026-11-20", ["as_of"] = "2026-11-20T15:00:00Z" },
    expect = { ["provider-support"] = "fail" }, blame = "hosts[dc01].os.support_until" },
  { "nobody knows how long it is supported", remove = { "hosts[dc01].os.support_until" },
    expect = { ["provider-support"] = "unknown" }, blame = "hosts[dc01].os.support_until" },
  { "nor does it hide a host after its support",
    set = { ["hosts[dc02].os.support_until"] = "2020-01-14" }, remove = { "hosts[dc01].os.support_until" },
    expect = { ["provider-support"] = "fail" }, blame = "hosts[dc02].os.support_until" },
  { "Windows 10 after its support", base = ctx, set = { ["hosts[vda-us-01].os.support_until"] = "2025-10-14" },
    expect = { ["customer-support"] = "fail" }, blame = "hosts[vda-us-01].os.support_until" },
  { "an agent that is no longer supported", base = ctx,
    set = { ["hosts[vda-jp-01].software[2].supported"] = false }, expect = { ["customer-support"] = "fail" },
    blame = "hosts[vda-jp-01].software[2].supported" },
  { "an agent of which nobody knows it", base = ctx, remove = { "hosts[vda-jp-01].software[2].supported" },
    expect = { ["customer-support"] = "unknown" }, blame = "hosts[vda-jp-01].software[2].supported" },
  { "another program of which nobody knows it", base = ctx, remove = { "hosts[vda-jp-01].software[1].supported" },
    expect = {} },
  { "another program that is no longer supported", base = ctx,
    set = { ["hosts[vda-jp-01].software[1].supported"] = false }, expect = { ["customer-support"] = "fail" },
    blame = "hosts[vda-jp-01].software[Microsoft Defender for Endpoint].supported" },
  { "programs need not be listed", remove = { "hosts[sync01].software" }, expect = {} },

  -- images
  { "an image that was patched 35 days ago", base = ctx,
    set = { ["hosts[vda-jp-01].image.patched_at"] = "2026-10-15T15:00:00Z" }, expect = {} },
  { "an image that was patched 36 days ago", base = ctx,
    set = { ["hosts[vda-jp-01].image.patched_at"] = "2026-10-15T14:59:59Z" },
    expect = { ["image-patches"] = "fail" }, blame = "hosts[vda-jp-01].image.patched_at" },
  { "an image of which nobody knows when it was patched", base = ctx,
    remove = { "hosts[vda-jp-01].image.patched_at" }, expect = { ["image-patches"] = "unknown" },
    blame = "hosts[vda-jp-01].image.patched_at" },
  { "a host that is not made from an image", base = ctx, remove = { "hosts[vda-us-01].image" }, expect = {} },
  { "no host names its image", base = ctx,
    remove = { "hosts[img-w11].image", "hosts[vda-jp-01].image", "hosts[vda-us-01].image" },
    expect = { ["image-patches"] = "unknown" } },

  -- updates
  { "a critical update is missing on a host of the provider",
    set = { ["hosts[dc01].patches.missing_critical"] = 1 },
    expect = { ["provider-updates"] = "fail" }, blame = "hosts[dc01].patches.missing_critical" },
  { "a critical update is missing on a host of the customer", base = ctx,
    set = { ["hosts[vda-jp-01].patches.missing_critical"] = 2 },
    expect = { ["customer-updates"] = "fail" }, blame = "hosts[vda-jp-01].patches.missing_critical" },
  { "updates that were installed 35 days ago", set = { ["hosts[dc01].patches.installed_at"] = "2026-10-15T15:00:00Z" },
    expect = {} },
  { "updates that were installed 36 days ago", set = { ["hosts[dc01].patches.installed_at"] = "2026-10-15T14:59:59Z" },
    expect = { ["provider-updates"] = "fail" }, blame = "hosts[dc01].patches.installed_at" },
  { "how old updates may be is a parameter", params = { update_days = 7 },
    expect = { ["provider-updates"] = "fail" } },
  { "updates that were checked 30 days ago", set = { ["hosts[dc01].patches.checked_at"] = "2026-10-20T15:00:00Z" },
    expect = {} },
  { "updates that were checked 31 days ago", set = { ["hosts[dc01].patches.checked_at"] = "2026-10-20T14:59:59Z" },
    expect = { ["provider-updates"] = "fail" }, blame = "hosts[dc01].patches.checked_at" },
  { "a host whose updates nobody read", remove = { "hosts[dc01].patches" },
    expect = { ["provider-updates"] = "unknown" }, blame = "hosts[dc01].patches" },
  { "a host that is stopped needs no updates", base = ctx,
    set = { ["hosts[vda-us-01].state"] = "stopped", ["hosts[vda-us-01].patches.missing_critical"] = 9 },
    expect = {} },
  { "a number of updates in words", set = { ["hosts[dc01].patches.missing_critical"] = "0" },
    expect = { ["provider-updates"] = "unknown" }, blame = "hosts[dc01].patches.missing_critical" },
}
