-- provider_statement.lua: what the provider states about itself, where nobody else can see it
-- SPDX-License-Identifier: Apache-2.0
--
-- That the provider states nothing is no failure of its practice: data are missing, and the rule is
-- unknown at the place where the statement would stand. A statement that does not count fails.

local given = use("given")

local M = {}

local function concerns(item, clause, service)
  if item.subject_party ~= "provider" then
    return false
  end
  local listed, scoped = false, false
  for _, spelling in ipairs(item.controls) do
    listed = listed or text.clause(spelling) == clause
  end
  for _, scope in ipairs(item.scope) do
    scoped = scoped or scope == "*" or scope == service
  end
  return listed and scoped
end

-- Asserts that a statement of the provider on a clause counts, for each contracted service.
function M.ensure(s, clause, as_of)
  local service, list = given.need(s.contract.service), maybe_empty(s.attestations)
  for _, one in ipairs(service == "both" and { "iad", "ctx" } or { service }) do
    local found = false
    for _, item in ipairs(list) do
      found = concerns(item, clause, one) or found
    end
    if found then
      attested(list, { clause = clause, party = "provider", service = one, as_of = as_of, zone = s.tenant.time_zone })
    else
      note({
        en = "the provider makes no statement on {clause} for {service}",
        ja = "{service} の {clause} について事業者の表明がありません",
      }, { clause = clause, service = one })
      local _ = list[#list + 1] -- absent, so the rule is unknown
    end
  end
end

return M
