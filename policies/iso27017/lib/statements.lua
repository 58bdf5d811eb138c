-- statements.lua: which statement speaks for a side on a clause, and whether it counts
-- SPDX-License-Identifier: Apache-2.0
--
-- attested() takes the first statement that counts, and knows who fails by stating nothing: a
-- customer does, while what the provider does is unknown until it says so. A tenant with both
-- services may have one statement for each, so each service is asked for by itself. Where a control
-- also asks what a statement says (its topics, its figures, its certificate), the order of the list
-- must not decide: those that say it are ranked here before they are handed over.

local given = use("given")
local lists = use("lists")

local M = {}

-- ---- parameters ----

-- Adds to a control's parameters those of every control that rests on statements.
function M.params(own)
  own.attestation_max_age_days = {
    type = "integer", default = 365, min = 1, max = 1096, unit = { en = "days", ja = "日" },
    doc = {
      en = "How long a statement without an expiry counts after the customer last confirmed it",
      ja = "有効期限の記載がない表明を、お客様の最終確認日から有効とみなす日数",
    },
    source = {
      en = "Yearly, like the internal audits of a management system; the white papers name no interval",
      ja = "マネジメントシステムの内部監査と同じく年1回。ホワイトペーパーに間隔の記載なし",
    },
  }
  own.attestation_min_evidence = {
    type = "integer", default = 1, min = 1, max = 20, unit = { en = "documents", ja = "件" },
    doc = {
      en = "Pieces of evidence that a statement needs",
      ja = "表明に必要な証跡の件数",
    },
    source = {
      en = "A statement without any evidence cannot be followed up by an auditor",
      ja = "証跡のない表明は監査で検証できないため",
    },
  }
  return own
end

-- ---- days and services ----

-- The number of the day of the evaluation, where the tenant is.
function M.today(s, as_of)
  return time.day(as_of, s.tenant.time_zone)
end

-- The contracted services, one by one.
function M.services(s)
  local service = given.need(s.contract.service)
  return service == "both" and { "iad", "ctx" } or { service }
end

-- ---- candidates ----

local function is_about(item, party, service)
  return (party == "shared" or item.subject_party == party)
    and (lists.contains(item.scope, service) or lists.contains(item.scope, "*"))
end

-- Newest issue first, which is how several statements in force are understood.
local function by_issue(item)
  return given.need(time.day(item.issued))
end

-- The items by falling rank; those of one rank stay in their order.
local function ranked(items, rank, service)
  local rows, found = {}, {}
  for position, item in ipairs(items) do
    rows[position] = { item = item, position = position, rank = #items > 1 and rank(item, service) or 0 }
  end
  table.sort(rows, function(a, b)
    return a.rank > b.rank or a.rank == b.rank and a.position < b.position
  end)
  for _, row in ipairs(rows) do
    table.insert(found, row.item)
  end
  return found
end

-- What replaces a candidate must be seen by attested(), also when it has not that part itself: it
-- comes last, and then the part is missing.
local function add_successors(found, all)
  local ids, chosen, count = {}, {}, 0
  for _, item in ipairs(found) do
    ids[item.id], chosen[item] = true, true
  end
  while count < #found do -- a successor may have one itself
    count = #found
    for _, item in ipairs(all) do
      if not chosen[item] and has(item, "supersedes") and ids[item.supersedes] then
        table.insert(found, item)
        ids[given.need(item.id)], chosen[item] = true, true
      end
    end
  end
  return found
end

-- The statements that may speak for a service, best first. Where none has the part, one that counts
-- still speaks, and lacks it; unless only some were wanted.
local function candidates(s, ask, service)
  local found, all = {}, maybe_empty(s.attestations)
  for _, item in ipairs(ask.part ~= nil and all or {}) do
    if has(item, ask.part) and is_about(item, ask.party, service) and (ask.only == nil or ask.only(item)) then
      table.insert(found, item)
    end
  end
  if #found == 0 and ask.only == nil then
    return all
  end
  return add_successors(ranked(found, ask.rank or by_issue, service), all)
end

-- ---- the question ----

local function attest(s, params, as_of, list, ask, service)
  local zone = s.tenant.time_zone
  is_empty(s.attestations) -- the place, when none of them is for the clause
  return attested(list, {
    clause = ask.clause, party = ask.party, service = service, as_of = as_of, zone = zone,
    max_age_days = params.attestation_max_age_days, min_evidence = params.attestation_min_evidence,
  })
end

local function put_first(item, list)
  local ordered = { item }
  for _, other in ipairs(list) do
    table.insert(ordered, other)
  end
  return ordered
end

-- For every service of the contract: asserts that a statement counts (engine/attest.h), and walks
-- those that do, as service, statement. ask:
--   clause, party   "provider", "customer" or "shared": whoever
--   services        which, where not all of the contract are asked for
--   part            member that the statement should have: "policy"; the next two are about these
--   only            question that narrows them further
--   rank            their number for a service, the highest speaks; otherwise the newest issue
function M.counting(s, params, as_of, ask)
  local services, i = ask.services or M.services(s), 0
  return function()
    while services[i + 1] ~= nil do
      i = i + 1
      local statement = attest(s, params, as_of, candidates(s, ask, services[i]), ask, services[i])
      if statement ~= nil then
        return services[i], statement
      end
    end
  end
end

-- All statements that count for a service, not only the one that speaks: what is asked may be
-- divided between them. That there is one is asserted; without any with the part, it is one that
-- lacks it. attested() returns the first that counts, so each is asked about before the others.
function M.all(s, params, as_of, ask, service)
  local found, list = {}, candidates(s, ask, service)
  local first = attest(s, params, as_of, list, ask, service)
  local function counts(item)
    return has(item, ask.part) and attest(s, params, as_of, put_first(item, list), ask, service) == item
  end
  for _, item in ipairs(first ~= nil and list or {}) do
    if item == first or counts(item) then
      table.insert(found, item)
    end
  end
  return found
end

-- Asserts for every service that a statement counts.
function M.ensure(s, params, as_of, clause, party)
  for _ in M.counting(s, params, as_of, { clause = clause, party = party }) do end
end

return M
