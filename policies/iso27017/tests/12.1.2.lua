-- Tests of 12.1.2. On IAD the provider made one change (chg-0931, begun 2026-11-12T01:00 in Japan) and
-- plans another (chg-0955, 2026-12-08); both were announced in the portal and mailed to the two
-- operation managers ct-ops1 and ct-ops2. Judged on 2026-11-20 at 09:00, Asia/Tokyo.

local ctx = "ctx/compliant.json"

local records = "changes.records"
local made = records .. "[chg-0931]"
local planned = records .. "[chg-0955]"

local function only(rule, status)
  return { [rule] = status }
end

local silent = only("both-channels", "fail")
local late = only("notice-in-time", "fail")

-- The three rules about changes, all ending alike.
local function all(status)
  return { ["both-channels"] = status, ["notice-in-time"] = status, ["all-managers-mailed"] = status }
end

-- Both notices of the change that was made, at a moment.
local function told(at)
  return { [made .. ".announced_at"] = at, [made .. ".mailed_at"] = at }
end

local function starting(at, announced, mailed)
  return { [planned .. ".starts"] = at, [planned .. ".announced_at"] = announced, [planned .. ".mailed_at"] = mailed }
end

return {
  base = "iad/compliant.json",

  -- R1: both channels
  { "only mailed", set = { [made .. ".announced_at"] = null }, expect = silent,
    blame = "/changes/records/0/announced_at" },
  { "only in the portal", set = { [made .. ".mailed_at"] = null }, expect = silent,
    blame = "changes.records[chg-0931].mailed_at" },
  { "whether it was mailed is not known", remove = { made .. ".mailed_at" }, expect = all("unknown"),
    blame = "changes.records[chg-0931].mailed_at" },
  { "an announcement in the future is none", set = { [planned .. ".announced_at"] = "2026-11-21T10:00:00+09:00" },
    expect = only("both-channels", "unknown"), blame = "changes.records[chg-0955].announced_at" },
  { "a planned change need not be told before it begins",
    set = { [planned .. ".announced_at"] = null, [planned .. ".mailed_at"] = null }, expect = {} },
  { "one that begins this second need not yet", set = starting("2026-11-20T00:00:00Z", null, null), expect = {} },
  { "one that began a second ago does",
    set = starting("2026-11-19T23:59:59Z", null, null),
    expect = { ["both-channels"] = "fail", ["notice-in-time"] = "fail" },
    blame = "changes.records[chg-0955].announced_at" },
  { "a cancelled change need not be told",
    set = { [made .. ".state"] = "cancelled", [made .. ".announced_at"] = null, [made .. ".mailed_at"] = null },
    expect = {} },
  { "a change that does not affect the customer need not be told",
    set = { [made .. ".affects_customer"] = false, [made .. ".announced_at"] = null, [made .. ".mailed_at"] = null },
    expect = {} },
  { "a change of the customer's own need not be told",
    set = { [made .. ".party"] = "customer", [made .. ".announced_at"] = null, [made .. ".mailed_at"] = null },
    expect = {} },
  { "whether it affects the customer is not known", remove = { made .. ".affects_customer" },
    expect = all("unknown"), blame = "changes.records[chg-0931].affects_customer" },
  { "a state that nobody knows", set = { [made .. ".state"] = "finished" }, expect = all("unknown"),
    blame = "changes.records[chg-0931].state" },
  { "only mailed", base = ctx, set = { ["changes.records[chg-2231].announced_at"] = null }, expect = silent,
    blame = "/changes/records/0/announced_at" },

  -- R2: in time
  { "told in the second in which it began", set = told("2026-11-11T16:00:00Z"), expect = {} },
  { "told a second later", set = told("2026-11-11T16:00:01Z"), expect = late,
    blame = "changes.records[chg-0931].announced_at" },
  { "told a second later, in Japan's time", set = told("2026-11-12T01:00:01+09:00"), expect = late,
    blame = "changes.records[chg-0931].announced_at" },
  { "one channel after it began", set = { [made .. ".mailed_at"] = "2026-11-12T02:00:00+09:00" }, expect = late,
    blame = "changes.records[chg-0931].mailed_at" },
  { "an emergency that was told after it began",
    set = { [made .. ".category"] = "emergency", [made .. ".mailed_at"] = "2026-11-12T02:00:00+09:00" },
    expect = late, blame = "changes.records[chg-0931].mailed_at" },
  { "a begin that nobody knows", set = { [made .. ".starts"] = null },
    expect = { ["both-channels"] = "unknown", ["notice-in-time"] = "unknown" },
    blame = "changes.records[chg-0931].starts" },
  { "14 days of notice, counted in days of Japan", set = told("2026-10-29T14:59:59Z"),
    params = { notice_days = 14 }, expect = {} },
  { "13 days of notice are not 14: it is the next day in Japan", set = told("2026-10-29T15:00:00Z"),
    params = { notice_days = 14 }, expect = late, blame = "changes.records[chg-0931].announced_at" },
  { "an emergency needs no days of notice",
    set = { [made .. ".category"] = "emergency", [made .. ".announced_at"] = "2026-11-12T00:50:00+09:00",
      [made .. ".mailed_at"] = "2026-11-12T00:55:00+09:00" },
    params = { notice_days = 14 }, expect = {} },
  { "a category that nobody knows", set = { [made .. ".category"] = "urgent" },
    expect = { ["both-channels"] = "unknown", ["notice-in-time"] = "unknown" },
    blame = "changes.records[chg-0931].category" },
  { "14 days before a planned change are left today, so it is not late yet",
    set = starting("2026-12-04T01:00:00+09:00", null, null), params = { notice_days = 14 }, expect = {} },
  { "13 days are left",
    set = starting("2026-12-03T01:00:00+09:00", null, null), params = { notice_days = 14 },
    expect = { ["both-channels"] = "fail", ["notice-in-time"] = "fail" },
    blame = "changes.records[chg-0955].announced_at" },

  -- R3: recipients
  { "one operation manager was left out", set = { [made .. ".recipients"] = { "ct-ops1" } },
    expect = only("all-managers-mailed", "fail"), blame = "changes.records[chg-0931].recipients" },
  { "nobody was a recipient", set = { [made .. ".recipients"] = empty_list },
    expect = only("all-managers-mailed", "fail") },
  { "recipients that nobody knows", remove = { made .. ".recipients" },
    expect = only("all-managers-mailed", "unknown"), blame = "changes.records[chg-0931].recipients" },
  { "a manager who is no longer in charge need not get it",
    set = { ["contacts[ct-ops2].active"] = false, [made .. ".recipients"] = { "ct-ops1" },
      [planned .. ".recipients"] = { "ct-ops1" } },
    expect = {} },
  { "a manager since the day of the mail has to get it",
    set = { ["contacts[ct-ops2].since"] = "2026-10-26", [made .. ".recipients"] = { "ct-ops1" } },
    expect = only("all-managers-mailed", "fail") },
  { "a manager since the day after it need not",
    set = { ["contacts[ct-ops2].since"] = "2026-10-27", [made .. ".recipients"] = { "ct-ops1" } },
    expect = {} },
  { "the day of the mail is the day in Japan",
    set = { ["contacts[ct-ops2].since"] = "2026-10-27", [made .. ".recipients"] = { "ct-ops1" },
      [made .. ".mailed_at"] = "2026-10-26T15:00:00Z" },
    expect = only("all-managers-mailed", "fail") },
  { "the customer has no operation manager",
    set = { ["contacts[ct-ops1].active"] = false, ["contacts[ct-ops2].active"] = false },
    expect = { ["all-managers-mailed"] = "unknown", ["managers-reachable"] = "unknown" }, blame = "/contacts" },
  { "whether a manager is in charge is not known", remove = { "contacts[ct-ops2].active" },
    expect = { ["all-managers-mailed"] = "unknown", ["managers-reachable"] = "unknown" },
    blame = "contacts[ct-ops2].active" },
  { "no change was mailed", base = ctx, set = { ["changes.records[chg-2231].mailed_at"] = null },
    expect = { ["both-channels"] = "fail", ["all-managers-mailed"] = "not_applicable" } },

  -- R4: completion
  { "a completion that was told",
    params = { require_completion_notice = true }, expect = only("completion-notice", "pass") },
  { "24 hours after the end", set = { [made .. ".completion_notice_at"] = "2026-11-12T19:10:00Z" },
    params = { require_completion_notice = true }, expect = only("completion-notice", "pass") },
  { "24 hours and a second", set = { [made .. ".completion_notice_at"] = "2026-11-13T04:10:01+09:00" },
    params = { require_completion_notice = true }, expect = only("completion-notice", "fail"),
    blame = "changes.records[chg-0931].completion_notice_at" },
  { "a completion that was told of a change that lasts", set = { [made .. ".ends"] = null },
    params = { require_completion_notice = true }, expect = only("completion-notice", "unknown"),
    blame = "changes.records[chg-0931].ends" },
  { "a completion that was not told", set = { [made .. ".completion_notice_at"] = null },
    params = { require_completion_notice = true }, expect = only("completion-notice", "fail"),
    blame = "changes.records[chg-0931].completion_notice_at" },
  { "whether it was told is not known", remove = { made .. ".completion_notice_at" },
    params = { require_completion_notice = true }, expect = only("completion-notice", "unknown"),
    blame = "changes.records[chg-0931].completion_notice_at" },
  { "nothing is complete yet", set = { [made .. ".state"] = "planned" },
    params = { require_completion_notice = true }, expect = {} },

  -- R5: managers
  { "a manager's account is disabled", set = { ["identities.accounts[p-m.suzuki].enabled"] = false },
    expect = only("managers-reachable", "fail") },
  { "whether it is disabled is not known", remove = { "identities.accounts[p-m.suzuki].enabled" },
    expect = only("managers-reachable", "unknown") },
  { "a manager without an account", remove = { "contacts[ct-ops2].account" }, expect = {} },
  { "no manager has a mail address",
    set = { ["contacts[ct-ops1].email"] = null, ["contacts[ct-ops2].email"] = null },
    expect = only("managers-reachable", "fail"), blame = "/contacts" },
  { "one is enough", set = { ["contacts[ct-ops2].email"] = null }, expect = {} },
  { "what is no address is unknown", set = { ["contacts[ct-ops1].email"] = "k.sato" },
    expect = only("managers-reachable", "unknown"), blame = "contacts[ct-ops1].email" },
  { "nobody tried whether a mail arrives",
    remove = { "contacts[ct-ops1].email_verified_at", "contacts[ct-ops2].email_verified_at" },
    expect = only("managers-reachable", "unknown"), blame = "/contacts" },
  { "a mail arrived 365 days ago",
    set = { ["contacts[ct-ops1].email_verified_at"] = "2025-11-19T15:00:00Z" },
    remove = { "contacts[ct-ops2].email_verified_at" }, expect = {} },
  { "a mail arrived 366 days ago",
    set = { ["contacts[ct-ops1].email_verified_at"] = "2025-11-19T14:59:59Z" },
    remove = { "contacts[ct-ops2].email_verified_at" }, expect = only("managers-reachable", "fail"),
    blame = "contacts[ct-ops1].email_verified_at" },
  { "contacts that were not collected", remove = { "contacts" },
    expect = { ["all-managers-mailed"] = "unknown", ["managers-reachable"] = "unknown" }, blame = "/contacts" },
  { "managers without accounts", base = ctx,
    remove = { "contacts[ct-ops1].account", "contacts[ct-ops2].account" },
    expect = {} },

  -- the records
  { "no changes in a complete period", set = { [records] = empty_list }, expect = all("not_applicable") },
  { "no changes in a period with gaps", set = { [records] = empty_list, ["changes.complete"] = false },
    expect = all("unknown") },
  { "some changes in a period with gaps are not all", set = { ["changes.complete"] = false },
    expect = all("unknown"), blame = "/changes/records/2" },
  { "the provider discloses none", set = { ["disclosed.changes"] = false }, remove = { "changes" },
    expect = all("not_applicable") },
  { "what is there is judged, whatever is said about disclosing it", set = { ["disclosed.changes"] = false },
    expect = {} },
  { "what is there and concerns nobody is none", set = { ["disclosed.changes"] = false, ["changes.complete"] = false,
    ["changes.records[1].party"] = "customer", ["changes.records[2].state"] = "cancelled" },
    expect = all("not_applicable") },
  { "changes that were not collected", remove = { "changes" }, expect = all("unknown"), blame = "/changes" },
  { "changes of 89 days", set = { ["changes.from"] = "2026-08-23T00:00:00+09:00" }, expect = all("unknown") },
  { "changes until 32 days ago", set = { ["changes.to"] = "2026-10-19T14:59:59Z" }, expect = all("unknown") },
}
