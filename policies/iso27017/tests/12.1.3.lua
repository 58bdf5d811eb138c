-- Tests of 12.1.3. On IAD all resources are the provider's (cp-dc01-cpu in percent, with a peak of 58
-- and an alarm at 80); on CTX cp-line is the provider's, and cp-sessions-jp, cp-cores-us (a quota) and
-- cp-profile are the customer's. Judged on 2026-11-20: IAD at 09:00, CTX at 18:00, Asia/Tokyo.

local ctx = "ctx/compliant.json"

local resources = "capacity.resources"
local cpu = resources .. "[cp-dc01-cpu]"
local disk = resources .. "[cp-dc01-disk]"
local sessions = resources .. "[cp-sessions-jp]"
local quota = resources .. "[cp-cores-us]"
local pool = "azure.host_pools[hp-jpe]"

local function only(rule, status)
  return { [rule] = status }
end

local unmeasured = only("provider-measured", "fail")
local full = only("provider-usage", "fail")

local no_provider = {
  ["provider-measured"] = "unknown", ["provider-usage"] = "unknown", ["provider-forecast"] = "unknown",
}
local nothing = {
  ["provider-measured"] = "unknown", ["provider-usage"] = "unknown", ["provider-forecast"] = "unknown",
  ["customer-measured"] = "unknown", ["customer-usage"] = "unknown", ["customer-forecast"] = "unknown",
  ["sessions-and-quotas"] = "unknown",
}

local function elastic(ids)
  local set = {}
  for _, id in ipairs(ids) do
    set[resources .. "[" .. id .. "].limit"] = null
    set[resources .. "[" .. id .. "].unit"] = "units"
  end
  return set
end

return {
  base = "iad/compliant.json",

  -- R1: limit, threshold, sample
  { "a limit of 0 says nothing", set = { [cpu .. ".limit"] = 0 }, expect = unmeasured,
    blame = "capacity.resources[cp-dc01-cpu].limit" },
  { "999999 stands for no limit", base = ctx, set = { [sessions .. ".limit"] = 999999 },
    expect = { ["customer-measured"] = "fail", ["sessions-and-quotas"] = "fail" },
    blame = "capacity.resources[cp-sessions-jp].limit" },
  { "999998 is a limit", base = ctx, set = { [sessions .. ".limit"] = 999998 }, expect = {} },
  { "an elastic resource has no limit", set = elastic({ "cp-dc01-cpu" }), expect = {} },
  { "whether there is a limit is not known", remove = { cpu .. ".limit" }, expect = no_provider,
    blame = "capacity.resources[cp-dc01-cpu].limit" },
  { "a sample of 24 hours", set = { [cpu .. ".sampled_at"] = "2026-11-19T00:00:00Z" }, expect = {} },
  { "a sample of 24 hours and a second", set = { [cpu .. ".sampled_at"] = "2026-11-19T08:59:59+09:00" },
    expect = unmeasured, blame = "capacity.resources[cp-dc01-cpu].sampled_at" },
  { "a sample from the future", set = { [cpu .. ".sampled_at"] = "2026-11-20T00:00:01Z" },
    expect = only("provider-measured", "unknown"), blame = "capacity.resources[cp-dc01-cpu].sampled_at" },
  { "a sample at a time that nobody knows", set = { [cpu .. ".sampled_at"] = null },
    expect = only("provider-measured", "unknown"), blame = "capacity.resources[cp-dc01-cpu].sampled_at" },
  { "an alarm at 90 %", set = { [cpu .. ".threshold_percent"] = 90 }, expect = {} },
  { "an alarm at 91 % comes too late", set = { [cpu .. ".threshold_percent"] = 91 }, expect = unmeasured,
    blame = "capacity.resources[cp-dc01-cpu].threshold_percent" },
  { "an alarm at 0 % is none", set = { [cpu .. ".threshold_percent"] = 0 },
    expect = { ["provider-measured"] = "fail", ["provider-usage"] = "fail" },
    blame = "capacity.resources[cp-dc01-cpu].threshold_percent" },
  { "no alarm", remove = { cpu .. ".threshold_percent" },
    expect = { ["provider-measured"] = "unknown", ["provider-usage"] = "unknown" },
    blame = "capacity.resources[cp-dc01-cpu].threshold_percent" },
  { "whose it is, nobody knows", set = { [cpu .. ".party"] = null }, expect = no_provider,
    blame = "capacity.resources[cp-dc01-cpu].party" },
  { "an old sample of the customer's", base = ctx, set = { [quota .. ".sampled_at"] = "2026-11-19T08:59:59Z" },
    expect = only("customer-measured", "fail"), blame = "capacity.resources[cp-cores-us].sampled_at" },
  { "an old sample of the provider's on CTX", base = ctx,
    set = { [resources .. "[cp-line].sampled_at"] = "2026-11-19T08:59:59Z" }, expect = unmeasured,
    blame = "capacity.resources[cp-line].sampled_at" },

  -- R2: usage
  { "a peak at the threshold", set = { [cpu .. ".peak_30d"] = 80 }, expect = {} },
  { "a peak just above it", set = { [cpu .. ".peak_30d"] = 80.1 }, expect = full,
    blame = "capacity.resources[cp-dc01-cpu].peak_30d" },
  { "96 of 120 GB are 80 %", set = { [disk .. ".peak_30d"] = 96 }, expect = {} },
  { "97 of 120 GB are more", set = { [disk .. ".peak_30d"] = 97 }, expect = full,
    blame = "capacity.resources[cp-dc01-disk].peak_30d" },
  { "shares of 1 with a limit of 1 are what they are",
    set = { [cpu .. ".limit"] = 1, [cpu .. ".peak_30d"] = 0.8, [cpu .. ".current"] = 0.21 }, expect = {} },
  { "shares of 1 with a limit of 1: too much",
    set = { [cpu .. ".limit"] = 1, [cpu .. ".peak_30d"] = 0.81, [cpu .. ".current"] = 0.21 }, expect = full,
    blame = "capacity.resources[cp-dc01-cpu].peak_30d" },
  { "a share of 1 beside a limit of 100 % cannot be interpreted", set = { [cpu .. ".peak_30d"] = 0.93 },
    expect = only("provider-usage", "unknown"), blame = "/capacity/resources" },
  { "percent in Japanese is percent", set = { [cpu .. ".unit"] = "パーセント", [cpu .. ".peak_30d"] = 0.93 },
    expect = only("provider-usage", "unknown"), blame = "/capacity/resources" },
  { "and so is a full-width sign", set = { [cpu .. ".unit"] = "％", [cpu .. ".peak_30d"] = 0.93 },
    expect = only("provider-usage", "unknown"), blame = "/capacity/resources" },
  { "0.93 GB of 100 are less than a gigabyte", set = { [cpu .. ".unit"] = "GB", [cpu .. ".peak_30d"] = 0.93,
      [cpu .. ".current"] = 0.5 }, expect = {} },
  { "a peak of 1 % can", set = { [cpu .. ".peak_30d"] = 1, [cpu .. ".current"] = 0.2 }, expect = {} },
  { "and so can 0", set = { [cpu .. ".peak_30d"] = 0, [cpu .. ".current"] = 0 }, expect = {} },
  { "NaN is no number", set = { [cpu .. ".peak_30d"] = "NaN" }, expect = only("provider-usage", "unknown"),
    blame = "capacity.resources[cp-dc01-cpu].peak_30d" },
  { "a negative peak is none", set = { [cpu .. ".peak_30d"] = -1 }, expect = only("provider-usage", "unknown"),
    blame = "capacity.resources[cp-dc01-cpu].peak_30d" },
  { "nothing has a limit",
    set = elastic({ "cp-dc01-cpu", "cp-dc01-disk", "cp-dc02-cpu", "cp-line" }),
    expect = { ["provider-usage"] = "not_applicable", ["provider-forecast"] = "not_applicable" } },
  { "the customer's profiles fill the disk", base = ctx, set = { [resources .. "[cp-profile].peak_30d"] = 1639 },
    expect = only("customer-usage", "fail"), blame = "capacity.resources[cp-profile].peak_30d" },
  { "now above the threshold, whatever the peak says", set = { [cpu .. ".current"] = 95 }, expect = full,
    blame = "capacity.resources[cp-dc01-cpu].current" },
  { "now at the threshold, as at the peak", set = { [cpu .. ".current"] = 80, [cpu .. ".peak_30d"] = 80 },
    expect = {} },
  { "now just above it", set = { [cpu .. ".current"] = 80.1, [cpu .. ".peak_30d"] = 80.1 }, expect = full,
    blame = "capacity.resources[cp-dc01-cpu].current" },
  { "now as much as at the peak", set = { [cpu .. ".current"] = 58 }, expect = {} },
  { "now more than at the peak: one of them is wrong", set = { [cpu .. ".current"] = 59 }, expect = full,
    blame = "capacity.resources[cp-dc01-cpu].current" },
  { "no claim of the provider settles that", base = "iad/every-option.json", set = { [cpu .. ".current"] = 59 },
    expect = full, blame = "capacity.resources[cp-dc01-cpu].current" },

  -- what a claim of the provider may not cover up: what is wrong beside what is absent
  { "a peak that is absent, beside one that is too high", base = "iad/every-option.json",
    remove = { cpu .. ".peak_30d", cpu .. ".current" }, set = { [disk .. ".peak_30d"] = 119 }, expect = full,
    blame = "capacity.resources[cp-dc01-disk].peak_30d" },
  { "a limit that is absent, beside a peak that is too high", base = "iad/every-option.json",
    remove = { cpu .. ".limit" }, set = { [disk .. ".peak_30d"] = 119 }, expect = full,
    blame = "capacity.resources[cp-dc01-disk].peak_30d" },
  { "a threshold that is absent, beside a peak that is too high", base = "iad/every-option.json",
    remove = { cpu .. ".threshold_percent" }, set = { [disk .. ".peak_30d"] = 119 }, expect = full },
  { "a unit and a metric that are absent, beside a peak that is too high", base = "iad/every-option.json",
    remove = { cpu .. ".unit", cpu .. ".metric" }, set = { [disk .. ".peak_30d"] = 119 }, expect = full },
  { "a share that cannot be interpreted, beside a peak that is too high", base = "iad/every-option.json",
    set = { [cpu .. ".peak_30d"] = 0.93, [disk .. ".peak_30d"] = 119 }, expect = full },
  { "whose the first is, is absent, beside a peak that is too high", base = "iad/every-option.json",
    remove = { cpu .. ".party" }, set = { [disk .. ".peak_30d"] = 119 }, expect = full },
  { "a sample that is absent, beside an old one", base = "iad/every-option.json", remove = { cpu .. ".sampled_at" },
    set = { [disk .. ".sampled_at"] = "2026-01-01T00:00:00+09:00" }, expect = unmeasured,
    blame = "capacity.resources[cp-dc01-disk].sampled_at" },
  { "a limit that is absent, beside one that says nothing", base = "iad/every-option.json",
    remove = { cpu .. ".limit" }, set = { [disk .. ".limit"] = 0 }, expect = unmeasured,
    blame = "capacity.resources[cp-dc01-disk].limit" },
  { "a limit that is absent, beside what is exhausted soon", base = "iad/every-option.json",
    remove = { cpu .. ".limit" }, set = { [disk .. ".exhausted_on"] = "2026-11-21" },
    expect = only("provider-forecast", "fail"), blame = "capacity.resources[cp-dc01-disk].exhausted_on" },
  { "a forecast that is absent, beside what is exhausted soon", base = "iad/every-option.json",
    remove = { cpu .. ".exhausted_on" }, set = { [disk .. ".exhausted_on"] = "2026-11-21" },
    expect = only("provider-forecast", "fail"), blame = "capacity.resources[cp-dc01-disk].exhausted_on" },
  { "what is absent alone is covered", base = "iad/every-option.json", remove = { cpu .. ".peak_30d" }, expect = {} },

  { "more sessions now than at the peak", base = ctx, set = { [sessions .. ".current"] = 177 },
    expect = only("customer-usage", "fail"), blame = "capacity.resources[cp-sessions-jp].current" },
  { "now above the threshold, and a peak that cannot be interpreted",
    set = { [cpu .. ".current"] = 95, [cpu .. ".peak_30d"] = 0.93 }, expect = full,
    blame = "capacity.resources[cp-dc01-cpu].current" },
  { "now above the threshold, and no peak", set = { [cpu .. ".current"] = 95 }, remove = { cpu .. ".peak_30d" },
    expect = full, blame = "capacity.resources[cp-dc01-cpu].current" },
  { "what is used now need not be told", remove = { cpu .. ".current" }, expect = {} },
  { "what is used now is no number", set = { [cpu .. ".current"] = "95" }, expect = only("provider-usage", "unknown"),
    blame = "capacity.resources[cp-dc01-cpu].current" },
  { "of what is elastic nothing is too much now", set = { [disk .. ".limit"] = null, [disk .. ".current"] = 950 },
    expect = {} },
  { "a share ends at 100 %, though nobody gave a limit", set = { [cpu .. ".limit"] = null, [cpu .. ".peak_30d"] = 81 },
    expect = full, blame = "capacity.resources[cp-dc01-cpu].peak_30d" },
  { "80 % of it are not too much", set = { [cpu .. ".limit"] = null, [cpu .. ".peak_30d"] = 80 }, expect = {} },
  { "nor may it be exhausted in 30 days", set = { [cpu .. ".limit"] = null, [cpu .. ".exhausted_on"] = "2026-12-20" },
    expect = only("provider-forecast", "fail"), blame = "capacity.resources[cp-dc01-cpu].exhausted_on" },
  { "990 of 1000 sessions now", base = ctx, set = { [sessions .. ".limit"] = 1000, [sessions .. ".current"] = 990 },
    expect = only("customer-usage", "fail"), blame = "capacity.resources[cp-sessions-jp].current" },
  { "the customer's peak is not known", base = ctx, remove = { resources .. "[cp-profile].peak_30d" },
    expect = only("customer-usage", "unknown"), blame = "capacity.resources[cp-profile].peak_30d" },

  -- R3: forecast
  { "exhausted in 31 days", set = { [disk .. ".exhausted_on"] = "2026-12-21" }, expect = {} },
  { "exhausted in 30 days", set = { [disk .. ".exhausted_on"] = "2026-12-20" },
    expect = only("provider-forecast", "fail"), blame = "capacity.resources[cp-dc01-disk].exhausted_on" },
  { "the days are days in Japan",
    set = { [disk .. ".exhausted_on"] = "2026-12-21", ["as_of"] = "2026-11-20T15:00:00Z" },
    expect = only("provider-forecast", "fail"), blame = "capacity.resources[cp-dc01-disk].exhausted_on" },
  { "exhausted already", set = { [disk .. ".exhausted_on"] = "2026-11-01" },
    expect = only("provider-forecast", "fail"), blame = "capacity.resources[cp-dc01-disk].exhausted_on" },
  { "nobody made a forecast", remove = { disk .. ".exhausted_on" }, expect = only("provider-forecast", "unknown"),
    blame = "capacity.resources[cp-dc01-disk].exhausted_on" },
  { "of what is elastic nobody needs one", set = elastic({ "cp-line" }),
    remove = { resources .. "[cp-line].exhausted_on" }, expect = {} },
  { "a quota that is about to be exhausted", base = ctx, set = { [quota .. ".exhausted_on"] = "2026-12-20" },
    expect = only("customer-forecast", "fail"), blame = "capacity.resources[cp-cores-us].exhausted_on" },
  { "nobody made a forecast of the quota", base = ctx, remove = { quota .. ".exhausted_on" },
    expect = only("customer-forecast", "unknown"), blame = "capacity.resources[cp-cores-us].exhausted_on" },

  -- what is there
  { "no resource was collected", remove = { "capacity" }, expect = no_provider, blame = "/capacity" },
  { "no resource was collected", base = ctx, remove = { "capacity" }, expect = nothing, blame = "/capacity" },
  { "an empty list of resources", base = ctx, set = { [resources] = empty_list }, expect = nothing },
  { "no resource of the provider's", base = ctx, remove = { resources .. "[cp-line]" }, expect = no_provider },
  { "with both services, resources of one of them only", base = "both/compliant.json",
    remove = { resources .. "[cp-dc01-cpu]" }, expect = only("provider-measured", "unknown"),
    blame = "/capacity/resources" },
  { "with both services, a resource of both", base = "both/compliant.json", remove = { resources .. "[cp-dc01-cpu]" },
    set = { [resources .. "[cp-line].service"] = "both" }, expect = {} },
  { "with both services, an old sample of one beside nothing of the other", base = "both/compliant.json",
    remove = { resources .. "[cp-dc01-cpu]" },
    set = { [resources .. "[cp-line].sampled_at"] = "2026-11-19T08:59:59Z" }, expect = unmeasured },
  { "a shared resource is both sides'", base = ctx,
    set = { [resources .. "[cp-line].party"] = "shared", [resources .. "[cp-line].peak_30d"] = 801 },
    expect = { ["provider-usage"] = "fail", ["customer-usage"] = "fail" },
    blame = "capacity.resources[cp-line].peak_30d" },

  -- CTX: sessions and quotas
  { "sessions are not watched", base = ctx, remove = { sessions }, expect = only("sessions-and-quotas", "unknown") },
  { "quotas are not watched", base = ctx, remove = { quota }, expect = only("sessions-and-quotas", "unknown") },
  { "a quota without a limit is none", base = ctx, set = { [quota .. ".limit"] = null },
    expect = only("sessions-and-quotas", "fail"), blame = "capacity.resources[cp-cores-us].limit" },
  { "a host pool without a limit of sessions", base = ctx, set = { [pool .. ".max_sessions"] = null },
    expect = only("session-limits", "fail"), blame = pool .. ".max_sessions" },
  { "999999 sessions are no limit", base = ctx, set = { [pool .. ".max_sessions"] = 999999 },
    expect = only("session-limits", "fail"), blame = pool .. ".max_sessions" },
  { "a limit that nobody knows", base = ctx, remove = { pool .. ".max_sessions" },
    expect = only("session-limits", "unknown"), blame = pool .. ".max_sessions" },
  { "0 sessions are no number of sessions", base = ctx, set = { [pool .. ".max_sessions"] = 0 },
    expect = only("session-limits", "unknown"), blame = pool .. ".max_sessions" },
  { "a personal pool needs no limit", base = ctx,
    set = { [pool .. ".kind"] = "personal", [pool .. ".max_sessions"] = null }, expect = {} },
  { "nothing but personal pools", base = ctx,
    set = { [pool .. ".kind"] = "personal", ["azure.host_pools[hp-usc].kind"] = "personal" },
    expect = only("session-limits", "not_applicable") },
  { "Azure was not collected", base = ctx, remove = { "azure" }, expect = only("session-limits", "unknown"),
    blame = "/azure" },
}
