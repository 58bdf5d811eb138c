-- Tests of 12.4.4. On IAD all hosts are the provider's, and dc01 is the PDC emulator. On CTX the
-- connector is the provider's and all else the customer's, dc-cust with its PDC emulator too.

local ctx = "ctx/compliant.json"

local function clock(host, field)
  return "hosts[" .. host .. "].clock." .. field
end

local function with(host, field, value)
  return { [clock(host, field)] = value }
end

local all_of_provider = {
  ["provider-clock-source"] = "unknown", ["provider-clock-synchronised"] = "unknown",
  ["provider-clock-offset"] = "unknown", ["provider-clock-kerberos"] = "unknown", ["provider-clock-zone"] = "unknown",
}
local all_of_customer = {
  ["customer-clock-source"] = "unknown", ["customer-clock-synchronised"] = "unknown",
  ["customer-clock-offset"] = "unknown", ["customer-clock-kerberos"] = "unknown", ["customer-clock-zone"] = "unknown",
}

local function and_more(rules, more)
  local found = {}
  for rule, status in pairs(rules) do
    found[rule] = status
  end
  for rule, status in pairs(more) do
    found[rule] = status
  end
  return found
end

local bad_source = { ["provider-clock-source"] = "fail" }
local unsynchronised = { ["provider-clock-synchronised"] = "fail" }

return {
  base = "iad/compliant.json",

  -- ---- R1: the source ----
  { "the clock of the machine itself", set = with("sync01", "kind", "local"), expect = bad_source,
    blame = "hosts[sync01].clock.kind" },
  { "the CMOS clock, whatever the kind says", set = with("sync01", "source", "Local CMOS Clock"), expect = bad_source,
    blame = "hosts[sync01].clock.source" },
  { "a clock that runs free", set = with("sync01", "source", "Free-running System Clock"), expect = bad_source },
  { "ntpd's driver for the machine's own clock", set = with("sync01", "source", "127.127.1.0"), expect = bad_source,
    blame = "hosts[sync01].clock.source" },
  { "the same as ntpq shows it", set = with("sync01", "source", "LOCAL(0)"), expect = bad_source },
  { "the same by its identifier", set = with("sync01", "source", ".LOCL."), expect = bad_source },
  { "the same as chrony shows it", set = with("sync01", "source", "7F7F0101"), expect = bad_source },
  { "a receiver that ntpd drives is no clock of the machine", set = with("sync01", "source", "127.127.20.0"),
    expect = {} },
  { "a host that asks itself", set = with("sync01", "source", "127.0.0.1,0x8"), expect = bad_source },
  { "a host that asks itself by its name", set = with("sync01", "source", "minato-sync01,0x8"), expect = bad_source },
  { "a host whose name a public server begins with",
    set = { ["hosts[sync01].name"] = "ntp", [clock("sync01", "source")] = "ntp.example.jp,0x8" }, expect = {} },
  { "a host that asks itself besides another", set = with("sync01", "source", "203.0.113.10,0x8 localhost,0x8"),
    expect = bad_source },
  { "the host of the virtual machine instead of NTP", set = with("sync01", "kind", "vm_host"), expect = bad_source },
  { "the same, spelt by its provider", set = with("sync01", "source", "VM IC Time Synchronization Provider"),
    expect = bad_source },
  { "the host of the virtual machine can be allowed", params = { clock_kinds = { "ntp", "nt5ds", "vm_host" } },
    set = with("sync01", "kind", "vm_host"), expect = {} },
  { "NTP servers can be named, in any case of letters",
    params = { clock_sources = { "203.0.113.10", "NTP.Example.jp" } },
    set = with("jump01", "source", "ntp.example.jp,0x8"), expect = {} },
  { "all NTP servers of a host are named", params = { clock_sources = { "203.0.113.10", "203.0.113.11" } },
    set = with("jump01", "source", "203.0.113.10,0x8 203.0.113.11,0x8"), expect = {} },
  { "the second NTP server of a host is not named", params = { clock_sources = { "203.0.113.10" } },
    set = with("jump01", "source", "203.0.113.10,0x8 198.51.100.7,0x8"), expect = bad_source,
    blame = "hosts[jump01].clock.source" },
  { "an NTP source whose name has spaces", params = { clock_sources = { "203.0.113.10", "GPS receiver" } },
    set = with("jump01", "source", "GPS receiver"), expect = {} },
  { "an NTP server that is not named", params = { clock_sources = { "203.0.113.10" } },
    expect = bad_source, blame = "hosts[jump01].clock.source" },
  { "a clock that nobody read", remove = { "hosts[sync01].clock" }, expect = all_of_provider,
    blame = "hosts[sync01].clock" },
  { "a clock that nobody read does not hide one that is off",
    set = { [clock("dc02", "offset_ms")] = 5001, [clock("jump01", "time_zone")] = "America/Chicago" },
    remove = { "hosts[dc01].clock" },
    expect = and_more(all_of_provider, { ["provider-clock-offset"] = "fail", ["provider-clock-zone"] = "fail",
      ["provider-fsmo-clock"] = "unknown" }), blame = "hosts[dc02].clock.offset_ms" },
  { "a source that is not known", remove = { clock("sync01", "source") },
    expect = { ["provider-clock-source"] = "unknown" }, blame = "hosts[sync01].clock.source" },
  { "a kind that the model does not know", set = with("sync01", "kind", "ptp"),
    expect = { ["provider-clock-source"] = "unknown" }, blame = "hosts[sync01].clock.kind" },
  { "a host that is stopped has no clock to judge", set = { ["hosts[sync01].state"] = "stopped" },
    remove = { "hosts[sync01].clock" }, expect = {} },
  { "no hosts were collected", remove = { "hosts" },
    expect = and_more(and_more(all_of_provider, all_of_customer), { ["provider-fsmo-clock"] = "unknown" }) },
  { "on CTX the provider may have no hosts in the snapshot", base = ctx, remove = { "hosts[cc-jp-01]" },
    expect = {
      ["provider-clock-source"] = "not_applicable", ["provider-clock-synchronised"] = "not_applicable",
      ["provider-clock-offset"] = "not_applicable", ["provider-clock-kerberos"] = "not_applicable",
      ["provider-clock-zone"] = "not_applicable",
    } },
  { "on CTX the customer cannot be without hosts", base = ctx,
    set = { ["hosts[img-w11].party"] = "provider", ["hosts[vda-jp-01].party"] = "provider",
      ["hosts[vda-us-01].party"] = "provider", ["hosts[fs-jp-01].party"] = "provider",
      ["hosts[dc-cust].party"] = "provider" },
    expect = all_of_customer },
  { "a host that both sides answer for is judged on both", base = ctx,
    set = { ["hosts[fs-jp-01].party"] = "shared", [clock("fs-jp-01", "kind")] = "local" },
    expect = { ["provider-clock-source"] = "fail", ["customer-clock-source"] = "fail" } },
  { "a fault of the customer's host is no fault of the provider's", base = ctx,
    set = with("vda-us-01", "kind", "local"),
    expect = { ["customer-clock-source"] = "fail" }, blame = "hosts[vda-us-01].clock.kind" },

  -- ---- R1, R3: synchronised, and lately ----
  { "last synchronised exactly 24 hours before the reading",
    set = with("dc02", "last_sync_at", "2026-11-18T22:30:00Z"), expect = {} },
  { "last synchronised a second earlier",
    set = with("dc02", "last_sync_at", "2026-11-18T22:29:59Z"), expect = unsynchronised,
    blame = "hosts[dc02].clock.last_sync_at" },
  { "the hours are a parameter", params = { clock_max_age_hours = 1 },
    set = with("dc02", "last_sync_at", "2026-11-20T06:29:59+09:00"), expect = unsynchronised },
  { "synchronised after the reading is a contradiction",
    set = with("dc02", "last_sync_at", "2026-11-20T07:30:01+09:00"),
    expect = { ["provider-clock-synchronised"] = "unknown" }, blame = "hosts[dc02].clock.read_at" },
  { "the last synchronisation is not known", remove = { clock("dc02", "last_sync_at") },
    expect = { ["provider-clock-synchronised"] = "unknown" }, blame = "hosts[dc02].clock.last_sync_at" },
  { "stratum 16 is unsynchronised", set = with("dc02", "stratum", 16), expect = unsynchronised,
    blame = "hosts[dc02].clock.stratum" },
  { "stratum 0 is unspecified", set = with("dc02", "stratum", 0), expect = unsynchronised },
  { "stratum 15 is the last that counts", set = with("dc02", "stratum", 15), expect = {} },
  { "stratum 1 is the first", set = with("dc02", "stratum", 1), expect = {} },
  { "a reading that is a week old",
    set = { [clock("dc02", "read_at")] = "2026-11-13T00:00:00+09:00",
      [clock("dc02", "last_sync_at")] = "2026-11-12T23:00:00+09:00" },
    expect = {} },
  { "a reading that is a day older",
    set = { [clock("dc02", "read_at")] = "2026-11-12T14:59:59Z",
      [clock("dc02", "last_sync_at")] = "2026-11-12T14:00:00Z" },
    expect = unsynchronised, blame = "hosts[dc02].clock.read_at" },

  -- ---- R2: the offset, in either direction ----
  { "five seconds ahead are allowed", set = with("dc02", "offset_ms", 5000), expect = {} },
  { "five seconds behind are allowed", set = with("dc02", "offset_ms", -5000), expect = {} },
  { "more is not", set = with("dc02", "offset_ms", 5000.5), expect = { ["provider-clock-offset"] = "fail" },
    blame = "hosts[dc02].clock.offset_ms" },
  { "neither behind", set = with("dc02", "offset_ms", -5001), expect = { ["provider-clock-offset"] = "fail" } },
  { "the limit is a parameter", params = { clock_max_offset_ms = 3 }, expect = { ["provider-clock-offset"] = "fail" } },
  { "just under five minutes", set = with("dc02", "offset_ms", 299999),
    expect = { ["provider-clock-offset"] = "fail" } },
  { "five minutes: Kerberos ends", set = with("dc02", "offset_ms", -300000),
    expect = { ["provider-clock-offset"] = "fail", ["provider-clock-kerberos"] = "fail" } },
  { "an offset as text", set = with("dc02", "offset_ms", "0.0012s"),
    expect = { ["provider-clock-offset"] = "unknown", ["provider-clock-kerberos"] = "unknown" },
    blame = "hosts[dc02].clock.offset_ms" },

  -- ---- R4: zones ----
  { "a host in the USA on its local time, with summer time", base = ctx,
    set = with("vda-us-01", "time_zone", "Central Standard Time"),
    expect = { ["customer-clock-zone"] = "fail" }, blame = "hosts[vda-us-01].clock.time_zone" },
  { "a host on UTC", base = ctx, set = with("vda-us-01", "time_zone", "UTC"), expect = {} },
  { "JST as Windows spells it", set = with("dc02", "time_zone", "Tokyo Standard Time"), expect = {} },
  { "a zone that is not known", remove = { clock("dc02", "time_zone") },
    expect = { ["provider-clock-zone"] = "unknown" }, blame = "hosts[dc02].clock.time_zone" },
  { "a log in a zone with summer time", set = { ["logging.sources[log-entra-audit].time_zone"] = "America/Chicago" },
    expect = { ["log-zone"] = "fail" }, blame = "logging.sources[log-entra-audit].time_zone" },
  { "a log that is off does not count", set = { ["logging.sources[log-entra-audit].time_zone"] = "America/Chicago",
    ["logging.sources[log-entra-audit].enabled"] = false }, expect = {} },
  { "the zone of a log is not known", remove = { "logging.sources[log-entra-audit].time_zone" },
    expect = { ["log-zone"] = "unknown" } },
  { "a zone with a fixed offset is neither",
    set = { ["logging.sources[log-entra-audit].time_zone"] = "Asia/Shanghai" },
    expect = { ["log-zone"] = "fail" } },
  { "the zones are a parameter", params = { time_zones = { "Asia/Tokyo" } }, expect = { ["log-zone"] = "fail" } },
  { "no logs were collected", remove = { "logging" }, expect = { ["log-zone"] = "unknown" } },

  -- ---- R5: operations masters ----
  { "the PDC emulator follows the domain, that is itself", set = with("dc01", "kind", "nt5ds"),
    expect = { ["provider-fsmo-clock"] = "fail" }, blame = "hosts[dc01].clock.kind" },
  { "a PDC emulator that was retired and never moved keeps no time", set = { ["hosts[dc01].state"] = "retired" },
    expect = { ["provider-fsmo-clock"] = "fail" }, blame = "hosts[dc01].state" },
  { "whether the PDC emulator runs is not known", set = { ["hosts[dc01].state"] = null },
    expect = and_more(all_of_provider, { ["provider-fsmo-clock"] = "unknown",
      ["customer-clock-source"] = "unknown", ["customer-clock-synchronised"] = "unknown",
      ["customer-clock-offset"] = "unknown", ["customer-clock-kerberos"] = "unknown",
      ["customer-clock-zone"] = "unknown" }), blame = "hosts[dc01].state" },
  { "the PDC emulator follows another domain controller, that follows it",
    set = with("dc01", "source", "MINATO-DC02.corp.minato-seiki.example.jp,0x8"),
    expect = { ["provider-fsmo-clock"] = "fail" }, blame = "hosts[dc01].clock.source" },
  { "the same by its address, after a source outside",
    set = with("dc01", "source", "203.0.113.10,0x8 10.200.2.11,0x8"),
    expect = { ["provider-fsmo-clock"] = "fail" }, blame = "hosts[dc01].clock.source" },
  { "the PDC emulator is set to NTP, and runs on its own clock", set = with("dc01", "source", "Local CMOS Clock"),
    expect = { ["provider-fsmo-clock"] = "fail", ["provider-clock-source"] = "fail" },
    blame = "hosts[dc01].clock.source" },
  { "the PDC emulator follows an NTP server in the domain that is no domain controller",
    set = with("dc01", "source", "ntp1.corp.minato-seiki.example.jp,0x8"), expect = {} },
  { "the PDC emulator may follow what once was a domain controller",
    set = { [clock("dc01", "source")] = "MINATO-DC02", ["hosts[dc02].role"] = "other",
      [clock("dc02", "kind")] = "ntp" },
    expect = {} },
  { "another domain controller follows a source of its own", set = with("dc02", "kind", "ntp"),
    expect = { ["provider-fsmo-clock"] = "fail" }, blame = "hosts[dc02].clock.kind" },
  { "the provider's operations masters can be exempted", params = { fsmo_time_rule = "exempt_if_fsmo" },
    set = with("dc01", "kind", "nt5ds"), expect = { ["provider-fsmo-clock"] = "not_applicable" } },
  { "those that the customer holds cannot", base = ctx, params = { fsmo_time_rule = "exempt_if_fsmo" },
    set = with("dc-cust", "kind", "nt5ds"), expect = { ["customer-fsmo-clock"] = "fail" } },
  { "the customer holds them on IAD", set = { ["ad.fsmo.holder_party"] = "customer" },
    expect = { ["provider-fsmo-clock"] = "not_applicable", ["customer-fsmo-clock"] = "pass" } },
  { "the customer holds them on IAD, and its PDC emulator is not synchronised",
    set = { ["ad.fsmo.holder_party"] = "customer", [clock("dc01", "kind")] = "vm_host" },
    expect = { ["provider-fsmo-clock"] = "not_applicable", ["customer-fsmo-clock"] = "fail",
      ["provider-clock-source"] = "fail" } },
  { "a domain controller of another service follows its own domain",
    set = { [clock("dc02", "kind")] = "ntp", ["hosts[dc02].service"] = "ctx" }, expect = {} },
  { "nobody knows who holds them", remove = { "ad.fsmo.holder_party" },
    expect = { ["provider-fsmo-clock"] = "unknown", ["customer-fsmo-clock"] = "unknown" },
    blame = "/ad/fsmo/holder_party" },
  { "a PDC emulator that is no host of the snapshot", set = { ["ad.fsmo.pdc_emulator"] = "dc09" },
    expect = { ["provider-fsmo-clock"] = "unknown" }, blame = "/ad/fsmo/pdc_emulator" },
  { "the directory was not collected", remove = { "ad" },
    expect = { ["provider-fsmo-clock"] = "unknown", ["customer-fsmo-clock"] = "unknown" }, blame = "/ad" },
  { "on CTX a domain controller, and a directory that was not collected", base = ctx, remove = { "ad" },
    expect = { ["provider-fsmo-clock"] = "unknown", ["customer-fsmo-clock"] = "unknown" } },
  { "on CTX without any domain controller", base = ctx, remove = { "ad" }, set = { ["hosts[dc-cust].role"] = "other" },
    expect = { ["customer-fsmo-clock"] = "not_applicable" } },

  -- ---- the statement ----
  { "nobody collected a statement of the provider's", set = { attestations = empty_list },
    expect = { ["clock-stated"] = "unknown" } },
  { "the statements were not collected", remove = { "attestations" }, expect = { ["clock-stated"] = "unknown" } },
  { "the customer cannot state it for the provider",
    set = { ["attestations[at-whitepaper].issuer_party"] = "customer" },
    expect = { ["clock-stated"] = "fail" } },
  { "a confirmation that is more than a year old",
    set = { ["attestations[at-whitepaper].reviewed_at"] = "2025-11-19T09:00:00+09:00" },
    expect = { ["clock-stated"] = "fail" } },
  { "a statement about the other service says nothing",
    set = { ["attestations[at-whitepaper].scope"] = { "ctx" } },
    expect = { ["clock-stated"] = "unknown" }, blame = "attestations" },
  { "a statement without evidence", set = { ["attestations[at-whitepaper].evidence"] = empty_list },
    expect = { ["clock-stated"] = "fail" } },

  -- ---- each side's clocks ----
  { "a provider's host in another zone", set = with("dc02", "time_zone", "America/Chicago"),
    expect = { ["provider-clock-zone"] = "fail" }, blame = "hosts[dc02].clock.time_zone" },
  { "a customer's host that is not synchronised", base = ctx, set = with("fs-jp-01", "stratum", 16),
    expect = { ["customer-clock-synchronised"] = "fail" }, blame = "hosts[fs-jp-01].clock.stratum" },
  { "a customer's host that is off, and Kerberos still works", base = ctx, set = with("fs-jp-01", "offset_ms", -6000),
    expect = { ["customer-clock-offset"] = "fail" }, blame = "hosts[fs-jp-01].clock.offset_ms" },
  { "a customer's host that is off by more than five minutes", base = ctx,
    set = with("fs-jp-01", "offset_ms", 300001),
    expect = { ["customer-clock-offset"] = "fail", ["customer-clock-kerberos"] = "fail" },
    blame = "hosts[fs-jp-01].clock.offset_ms" },

  -- ---- a tenant with both services ----
  { "a statement for each service: they count together", base = "both/compliant.json",
    set = { ["attestations[at-whitepaper].scope"] = { "iad" } },
    append = { attestations = {
      id = "at-of-ctx", controls = { "12.4.4" }, statement = "CTX について表明する",
      issuer = "株式会社クラウド基盤サービス", issuer_party = "provider", subject_party = "provider",
      scope = { "ctx" }, issued = "2026-04-01", reviewed_at = "2026-04-06T15:00:00+09:00",
      reviewer = "久保 明",
      evidence = { { uri = "docs/ctx.pdf", title = "CTX に関する説明書", language = "ja" } },
    } },
    expect = {} },
  { "a statement for one of the services only", base = "both/compliant.json",
    set = { ["attestations[at-whitepaper].scope"] = { "iad" } },
    expect = { ["clock-stated"] = "unknown" }, blame = "attestations" },
}
