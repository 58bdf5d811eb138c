-- Tests of 16.1.2. Both bases pass: ct-desk is the provider's desk, ct-ops1 and ct-ops2 are the
-- operation managers, and the one report of the customer is closed (IAD: ev-88, CTX: ev-12).

local ctx = "ctx/compliant.json"

local desk, ops1, ops2 = "contacts[ct-desk]", "contacts[ct-ops1]", "contacts[ct-ops2]"
local provider = "attestations[at-whitepaper]"
local event = "events.records[ev-88]"

local function managers(status)
  return { ["manager-named"] = status, ["manager-reachable"] = status }
end

-- A report of the customer that is still open.
local function open(reported_at, more)
  local item = {
    id = "ev-99", service = "iad", direction = "from_customer", summary = "不審なメールの報告",
    reported_at = reported_at, channel = "mail", state = "open",
  }
  for key, value in pairs(more or {}) do
    item[key] = value
  end
  return item
end

-- Another desk of the provider's.
local function desk_in(language)
  return {
    id = "ct-desk-2", name = "Support desk", kind = "enquiry_desk", party = "provider", active = true,
    email = "support@example.jp", hours = "9:00-17:30", languages = { language },
  }
end

return {
  base = "iad/compliant.json",

  -- R1: desk
  { "a desk with a telephone only is one",
    set = { [desk .. ".email"] = null }, expect = {} },
  { "a desk with mail only is one",
    remove = { desk .. ".telephone" }, expect = {} },
  { "a desk with neither is none",
    set = { [desk .. ".email"] = null }, remove = { desk .. ".telephone" },
    expect = { ["desk-documented"] = "fail" }, blame = "contacts[ct-desk].email" },
  { "a telephone without a digit is none",
    set = { [desk .. ".email"] = null, [desk .. ".telephone"] = "未定" }, expect = { ["desk-documented"] = "fail" } },
  { "hours of blanks are none",
    set = { [desk .. ".hours"] = " " }, expect = { ["desk-documented"] = "fail" }, blame = "contacts[ct-desk].hours" },
  { "hours of which nothing is said are unknown",
    remove = { desk .. ".hours" }, expect = { ["desk-documented"] = "unknown" }, blame = "contacts[ct-desk].hours" },
  { "a desk that answers in English only is found",
    set = { [desk .. ".languages"] = { "en" } },
    expect = { ["desk-documented"] = "fail" }, blame = "contacts[ct-desk].languages" },
  { "beside one that answers in Japanese it may",
    append = { contacts = desk_in("en") }, expect = {} },
  { "two that do not are found both",
    set = { [desk .. ".languages"] = { "en" } }, append = { contacts = desk_in("en") },
    expect = { ["desk-documented"] = "fail" }, blame = "contacts[ct-desk-2].languages" },
  { "unless that is enough",
    set = { [desk .. ".languages"] = { "en" } }, params = { desk_languages = { "ja", "en" } }, expect = {} },
  { "and hide nothing else that is wrong with the desk",
    set = { [desk .. ".hours"] = " " }, remove = { desk .. ".languages" },
    expect = { ["desk-documented"] = "fail" }, blame = "contacts[ct-desk].hours" },
  { "languages of which nothing is said are unknown", base = ctx,
    remove = { desk .. ".languages" }, expect = { ["desk-documented"] = "unknown" } },
  { "a desk that is closed is none",
    set = { [desk .. ".active"] = false }, expect = { ["desk-documented"] = "unknown" }, blame = "/contacts" },
  { "a help desk of the customer's own is not the provider's",
    set = { [desk .. ".party"] = "customer" }, expect = { ["desk-documented"] = "unknown" } },

  -- R2: both ways
  { "a provider that states nothing is unknown",
    set = { [provider .. ".controls"] = { "16.1.1" } },
    expect = { ["reporting-stated"] = "unknown" }, blame = "/attestations" },
  { "a statement that was replaced does not count",
    set = { ["attestations[at-training].supersedes"] = "at-whitepaper" },
    expect = { ["reporting-stated"] = "fail" }, blame = provider .. ".id" },
  { "which statement was replaced cannot be read: it may be this one",
    set = { ["attestations[at-training].supersedes"] = { "at-whitepaper" } },
    expect = { ["reporting-stated"] = "unknown" }, blame = "attestations[at-training].supersedes" },
  { "nor can null, which the model does not know",
    set = { ["attestations[at-training].supersedes"] = null },
    expect = { ["reporting-stated"] = "unknown" }, blame = "attestations[at-training].supersedes" },
  { "one that will be replaced counts",
    set = { ["attestations[at-training].supersedes"] = "at-whitepaper",
      ["attestations[at-training].issued"] = "2026-11-21" }, expect = {} },
  { "statements that were not collected are unknown", base = ctx,
    remove = { "attestations" }, expect = { ["reporting-stated"] = "unknown" } },

  -- R3: events
  { "a report may be open for 30 days",
    append = { ["events.records"] = open("2026-10-21T00:00:00+09:00") }, expect = {} },
  { "not for 31",
    append = { ["events.records"] = open("2026-10-20T23:59:59+09:00") },
    expect = { ["events-followed-up"] = "fail" }, blame = "events.records[ev-99].reported_at" },
  { "the day is the one in Tokyo",
    append = { ["events.records"] = open("2026-10-20T15:00:00Z") }, expect = {} },
  { "a second before, it was the day before",
    append = { ["events.records"] = open("2026-10-20T14:59:59Z") }, expect = { ["events-followed-up"] = "fail" } },
  { "being worked on is not closed",
    append = { ["events.records"] = open("2026-09-01T09:00:00+09:00", { state = "in_progress" }) },
    expect = { ["events-followed-up"] = "fail" } },
  { "on CTX as well", base = ctx,
    append = { ["events.records"] = open("2026-09-01T09:00:00+09:00", { service = "ctx" }) },
    expect = { ["events-followed-up"] = "fail" } },
  { "what the provider reported is not the customer's report",
    append = { ["events.records"] = open("2026-09-01T09:00:00+09:00", { direction = "from_provider" }) },
    expect = {} },
  { "a report about the other service does not concern this one",
    append = { ["events.records"] = open("2026-09-01T09:00:00+09:00", { service = "ctx" }) }, expect = {} },
  { "a state in words of one's own is unknown",
    append = { ["events.records"] = open("2026-11-01T09:00:00+09:00", { state = "対応中" }) },
    expect = { ["events-followed-up"] = "unknown" }, blame = "events.records[ev-99].state" },
  { "closed at the moment of the report is possible",
    set = { [event .. ".closed_at"] = "2026-10-30T02:20:00Z" }, expect = {} },
  { "closed before the report is bad data",
    set = { [event .. ".closed_at"] = "2026-10-30T11:19:59+09:00" }, expect = { ["events-followed-up"] = "unknown" },
    blame = event .. ".closed_at" },
  { "one that is closed tomorrow is unknown",
    set = { [event .. ".closed_at"] = "2026-11-21T09:00:00+09:00" }, expect = { ["events-followed-up"] = "unknown" },
    blame = event .. ".closed_at" },
  { "what will be reported tomorrow is not closed today",
    set = { [event .. ".reported_at"] = "2026-11-21T09:00:00+09:00" }, remove = { event .. ".closed_at" },
    expect = { ["events-followed-up"] = "unknown" }, blame = event .. ".reported_at" },
  { "closed, without saying when, is closed",
    remove = { event .. ".closed_at" }, expect = {} },
  { "a complete period without reports is fine",
    set = { ["events.records"] = empty_list }, expect = {} },
  { "of an incomplete one nobody knows",
    set = { ["events.complete"] = false }, expect = { ["events-followed-up"] = "unknown" } },
  { "a period that ended 32 days ago is not recent",
    set = { ["events.to"] = "2026-10-19T09:00:00+09:00" }, expect = { ["events-followed-up"] = "unknown" } },
  { "events that were not collected are unknown",
    remove = { "events" }, expect = { ["events-followed-up"] = "unknown" }, blame = "/events" },

  -- R4: operation managers
  { "one manager is enough", remove = { ops2 }, expect = {} },
  { "unless two are wanted",
    remove = { ops2 }, params = { min_managers = 2 }, expect = { ["manager-named"] = "fail" }, blame = "/contacts" },
  { "managers who are no longer in charge manage nothing",
    set = { [ops1 .. ".active"] = false, [ops2 .. ".active"] = false },
    expect = { ["manager-named"] = "fail", ["manager-reachable"] = "unknown" } },
  { "nor do those who begin tomorrow",
    set = { [ops1 .. ".active"] = false, [ops2 .. ".since"] = "2026-11-21" },
    expect = { ["manager-named"] = "fail", ["manager-reachable"] = "unknown" }, blame = "/contacts" },
  { "who begins today does", set = { [ops1 .. ".active"] = false, [ops2 .. ".since"] = "2026-11-20" }, expect = {} },
  { "a manager with a telephone only is not reached by mail",
    set = { [ops1 .. ".email"] = null },
    expect = { ["manager-reachable"] = "fail" }, blame = "contacts[ct-ops1].email" },
  { "a manager who left is found",
    set = { ["identities.accounts[p-m.suzuki].hr.status"] = "left" },
    expect = { ["manager-reachable"] = "fail" }, blame = "contacts[ct-ops2].account" },
  { "so is one on CTX", base = ctx,
    set = { ["identities.accounts[ad-k.mori].hr.status"] = "left" },
    expect = { ["manager-reachable"] = "fail" }, blame = "contacts[ct-ops2].account" },
  { "a manager whose account was deleted is found",
    set = { ["identities.accounts[p-k.sato].deleted_at"] = "2026-11-01T09:00:00+09:00" },
    expect = { ["manager-reachable"] = "fail" }, blame = "contacts[ct-ops1].account" },
  { "without the directories, who left is unknown",
    remove = { "identities" }, expect = { ["manager-reachable"] = "unknown" }, blame = "contacts[ct-ops1].account" },
  { "whether a manager is in charge is unknown",
    set = { [ops1 .. ".active"] = null }, expect = managers("unknown"), blame = "contacts[ct-ops1].active" },
  { "contacts that were not collected are unknown",
    remove = { "contacts" },
    expect = { ["desk-documented"] = "unknown", ["manager-named"] = "unknown", ["manager-reachable"] = "unknown" },
    blame = "/contacts" },
}
