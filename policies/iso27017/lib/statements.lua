-- statements.lua: which statement speaks for a side, and whether it counts
-- SPDX-License-Identifier: Apache-2.0
--
-- attested() takes the first statement that counts. Where a control also asks what a statement says
-- (its topics, its figures, its certificate), the order of the list must not decide: the candidates
-- are ranked here before they are handed over. A tenant with both services may have one statement
-- for each, so each service is asked for by itself.

local given = use("given")
local lists = use("lists")

local M = {}

-- ---- parameters ----

-- Every control that rests on statements has these two.
M.MAX_AGE = {
  type = "integer", default = 365, min = 1, max = 1096, unit = "days",
  doc = {
    en = "How long a statement without an expiry counts after the customer last confirmed it",
    ja = "有効期限の記載がない表明を、お客様の最終確認日から有効とみなす日数",
  },
  source = "Yearly, like the internal audits of a management system; the white papers name no interval",
}

M.MIN_EVIDENCE = {
  type = "integer", default = 1, min = 1, max = 20, unit = "documents",
  doc = {
    en = "Pieces of evidence that a statement needs",
    ja = "表明に必要な証跡の件数",
  },
  source = "A statement without any evidence cannot be followed up by an auditor",
}

-- ---- days ----

-- The number of the day of the evaluation, where the tenant is.
function M.today(s, as_of)
  return time.day(as_of, s.tenant.time_zone)
end

-- ---- services ----

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
function M.by_issue(item)
  return given.need(time.day(item.issued))
end

-- The items by falling rank; those of one rank stay in their order.
local function ranked(items, rank)
  local rows = {}
  for position, item in ipairs(items) do
    rows[position] = { item = item, position = position, rank = #items > 1 and rank(item) or 0 }
  end
  table.sort(rows, function(a, b)
    if a.rank ~= b.rank then
      return a.rank > b.rank
    end
    return a.position < b.position
  end)
  local found = {}
  for _, row in ipairs(rows) do
    table.insert(found, row.item)
  end
  return found
end

-- What replaces a candidate must be seen by attested(), also when it has not that part itself: it
-- comes last, and then the part is missing.
local function add_successors(found, all)
  local ids, chosen = {}, {}
  for _, item in ipairs(found) do
    ids[item.id], chosen[item] = true, true
  end
  for _, item in ipairs(all) do
    if not chosen[item] and has(item, "supersedes") and ids[item.supersedes] then
      table.insert(found, item)
    end
  end
  return found
end

-- The statements that have a part, for a side and a service: best first.
local function candidates(s, ask)
  local found, all = {}, maybe_empty(s.attestations)
  for _, item in ipairs(all) do
    if has(item, ask.part) and is_about(item, ask.party, ask.service)
      and (ask.only == nil or ask.only(item)) then
      table.insert(found, item)
    end
  end
  found = ranked(found, ask.rank or M.by_issue)
  return #found > 0 and add_successors(found, all) or found
end

-- ---- the question ----

-- What the provider did not disclose is data that is missing, and no breach: the rule is unknown at
-- the place where its statement would stand.
local function missing(s, ask)
  note({
    en = "there is no such statement about the provider on {clause} for {service}",
    ja = "{service} の {clause} について、該当する事業者の表明がありません",
  }, { clause = ask.clause, service = ask.service })
  return s.attestations[#maybe_empty(s.attestations) + 1]
end

local function attest(s, params, as_of, list, ask)
  local zone = s.tenant.time_zone
  if #list > 0 and ask.part ~= nil then
    given.need(list[1].controls[1]) -- the place, when none of them is for the clause
  end
  return attested(list, {
    clause = ask.clause, party = ask.party, service = ask.service, as_of = as_of,
    zone = zone, max_age_days = params.attestation_max_age_days,
    min_evidence = params.min_evidence,
  })
end

-- Asserts that a statement counts (ATT-1 to ATT-5) and returns it, or nil; party may be "shared":
-- whoever states it.
function M.find_any(s, params, as_of, clause, service, party)
  return attest(s, params, as_of, maybe_empty(s.attestations),
    { clause = clause, party = party, service = service })
end

-- The same of a statement that has a part. ask:
--   clause, party ("provider", "customer", "shared"), service
--   part    member that the statement must have, "policy"
--   only    question that narrows the candidates further (optional)
--   rank    number of a candidate, the highest speaks (optional: the newest issue)
function M.find(s, params, as_of, ask)
  local found = candidates(s, ask)
  if #found > 0 then
    return attest(s, params, as_of, found, ask)
  elseif ask.party == "provider" then
    return missing(s, ask)
  end
  return M.find_any(s, params, as_of, ask.clause, ask.service, ask.party)
end

return M
