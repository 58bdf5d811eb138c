-- stated.lua: statements about a practice, and which of them count
-- SPDX-License-Identifier: Apache-2.0
--
-- attested() judges statements. What it cannot know is who could have made one: a customer that has
-- stated nothing has failed to, but what the provider does is not known until it says so. So a
-- statement of the provider is looked for first, and a rule without one is unknown.

local given = use("given")
local lists = use("lists")

local M = {}

-- A parameter of every control that rests on statements.
M.DAYS = {
  type = "integer", default = 365, min = 1, max = 1096, unit = "days",
  doc = {
    en = "How long a statement without an end of its own counts after the customer last confirmed it",
    ja = "有効期限の記載がない表明を、お客様の最終確認から有効とみなす日数",
  },
  source = "Yearly, like internal audits; the white papers name no interval",
}

-- The services of the contract, one by one.
function M.services(s)
  local service = given.need(s.contract.service)
  return service == "both" and { "iad", "ctx" } or { service }
end

-- Words that are no clause number are no gap, unless they might have been this one.
local function is_clause(item, clause)
  local number = string.match(clause, "%d.*$")
  local folded = text.normalise(item)
  return folded ~= nil and string.find(folded, number, 1, true) ~= nil and text.clause(item) == clause
end

local function lists_clause(statement, clause)
  for _, item in ipairs(given.need(statement.controls)) do
    if is_clause(item, clause) then
      return true
    end
  end
  return false
end

local function has_scope(statement, service)
  for _, word in ipairs(given.need(statement.scope)) do
    if word == service or word == "*" then
      return true
    end
  end
  return false
end

local SIDES = {
  provider = { en = "the provider", ja = "事業者" },
  customer = { en = "the customer", ja = "お客様" },
}

-- Which statements are for a clause and service, and about the practice of one of some sides.
local function filter(clause, service, sides)
  local wanted = {}
  for _, side in ipairs(sides) do
    wanted[side] = true
  end
  return function(statement)
    return wanted[given.need(statement.subject_party)] == true and lists_clause(statement, clause)
      and has_scope(statement, service)
  end
end

-- Such statements; the rule is unknown when there is none.
local function candidates(s, clause, service, sides)
  local en, ja, found = {}, {}, {}
  for _, side in ipairs(sides) do
    table.insert(en, SIDES[side].en)
    table.insert(ja, SIDES[side].ja)
  end
  local what = {
    en = "a statement of " .. table.concat(en, " or ") .. " for " .. clause .. " (" .. service .. ")",
    ja = table.concat(ja, "または") .. "による " .. clause .. "（" .. service .. "）の表明",
  }
  for _, statement in each(s.attestations, what, filter(clause, service, sides)) do
    table.insert(found, statement)
  end
  return found
end

local function options(s, clause, side, service, params, as_of)
  return {
    clause = clause, party = side, service = service, as_of = as_of,
    max_age_days = params.attestation_days, zone = s.tenant.time_zone,
  }
end

-- Asserts that the customer has stated something; the statement, or nil.
function M.by_customer(s, clause, service, params, as_of)
  return attested(s.attestations, options(s, clause, "customer", service, params, as_of))
end

-- The same of the provider; unknown when it has stated nothing.
function M.by_provider(s, clause, service, params, as_of)
  if #candidates(s, clause, service, { "provider" }) == 0 then
    return nil
  end
  return attested(s.attestations, options(s, clause, "provider", service, params, as_of))
end

-- Whether the dates of a statement are past; attested() says the same, as a finding.
local function has_run_out(s, statement, params, as_of)
  local zone = s.tenant.time_zone
  local today = time.day(as_of, zone)
  if not is_null(statement, "expires") and has(statement, "expires") then
    return time.day(statement.expires) < today
  end
  return time.day(statement.reviewed_at, zone) + params.attestation_days < today
end

-- Statements that have run out count for nothing beside others that have not.
local function newer(s, found, params, as_of)
  local kept = {}
  for _, statement in ipairs(found) do
    if not has_run_out(s, statement, params, as_of) then
      table.insert(kept, statement)
    end
  end
  return #kept > 0 and kept or found
end

-- All statements of some sides that count. Each is judged before the rest, because attested()
-- returns the first that counts; what supersedes it is there.
local function all_of(s, clause, service, sides, params, as_of)
  local found = {}
  for _, candidate in ipairs(newer(s, candidates(s, clause, service, sides), params, as_of)) do
    local ordered = { candidate }
    for _, other in ipairs(s.attestations) do
      table.insert(ordered, other)
    end
    local ask = options(s, clause, candidate.subject_party, service, params, as_of)
    if attested(ordered, ask) == candidate then
      table.insert(found, candidate)
    end
  end
  return found
end

-- Of either side: a manual may be divided between them.
function M.all(s, clause, service, params, as_of)
  return all_of(s, clause, service, { "provider", "customer" }, params, as_of)
end

-- Of the customer; that there is one is asserted.
function M.all_by_customer(s, clause, service, params, as_of)
  if lists.find(s.attestations, filter(clause, service, { "customer" })) == nil then
    M.by_customer(s, clause, service, params, as_of)
    return {}
  end
  return all_of(s, clause, service, { "customer" }, params, as_of)
end

return M
