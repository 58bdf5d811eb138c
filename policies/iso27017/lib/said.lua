-- said.lua: what a side states about a clause
-- SPDX-License-Identifier: Apache-2.0

local M = {}

M.PARAM_MAX_AGE_DAYS = {
  type = "integer", default = 365, min = 1, max = 1096, unit = "days",
  doc = {
    en = "Days for which the customer's confirmation of a statement holds",
    ja = "表明の確認を有効とみなす日数",
  },
  source = "Ours: once a year, like the review of the white papers",
}

local OF = { provider = "事業者", customer = "お客様" }

local function names_clause(statement, clause)
  for _, control in ipairs(statement.controls) do
    if text.same(text.clause(control), clause) then
      return true
    end
  end
  return false
end

-- A side's statement about a clause counts. One that was never collected is unknown and no fault:
-- so an accepted claim can stand in for it. params: with attestation_max_age_days.
function M.check(s, clause, party, params, as_of)
  local what = {
    en = "a statement of the " .. party .. "'s about " .. clause,
    ja = "項番 " .. clause .. " に関する" .. OF[party] .. "の表明",
  }
  local found = {}
  for _, statement in each(s.attestations, what, function(statement)
    return statement.subject_party == party and names_clause(statement, clause)
  end) do
    table.insert(found, statement)
  end
  if #found > 0 then
    attested(s.attestations, {
      clause = clause, party = party, service = s.contract.service, as_of = as_of, zone = s.tenant.time_zone,
      max_age_days = params.attestation_max_age_days,
    })
  end
end

return M
