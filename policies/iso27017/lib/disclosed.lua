-- disclosed.lua: records that the provider keeps, and may or may not show
-- SPDX-License-Identifier: Apache-2.0
--
-- Three things are told apart: the provider shows no such records (not applicable), nothing happened
-- in a period of which somebody says that it is complete (not applicable), and nobody knows
-- (unknown). Records that are there are judged, whatever is said about showing them.

local given = use("given")

local M = {}

-- Where nobody says whether it shows them, that is missed; what is there is judged all the same.
local function is_hidden(s, kind)
  return has(s, "disclosed") and s.disclosed[kind] == false
end

-- ---- the period ----

-- Every control about such records has these two.
M.RECORDS_DAYS = {
  type = "integer", default = 90, min = 1, max = 1096, unit = { en = "days", ja = "日" },
  doc = { en = "Days that the records have to cover", ja = "記録の対象期間として求める日数" },
  source = {
    en = "Ours: a quarter, so that a short period cannot hide what happened",
    ja = "本パックの提案：短い期間を選んで事象が漏れることのないよう四半期",
  },
}

M.RECORDS_AGE = {
  type = "integer", default = 31, min = 0, max = 366, unit = { en = "days", ja = "日" },
  doc = { en = "How long ago the records may end", ja = "記録の対象期間の終了日からの経過日数の上限" },
  source = {
    en = "Ours: records are read once a month",
    ja = "本パックの提案：記録の確認は月1回のため",
  },
}

-- Whether the period says enough: nothing left out, long enough, and until not long ago. A contract
-- that is younger than that has records from its first day.
local function is_whole(ask, journal)
  local zone, s = ask.s.tenant.time_zone, ask.s
  if not given.need(journal.complete) then
    return false, { en = "the records are not complete", ja = "記録に漏れがある可能性があります" }
  end
  if given.need(time.age_days(journal.to, ask.as_of, zone)) > ask.params.records_age_days then
    return false, { en = "the records end too long ago", ja = "記録の対象期間の終了日が古すぎます" }
  end
  local first, started = time.date(journal.from, zone), given.need(s.contract.started_on)
  local covered = given.need(time.days_between(first, time.date(journal.to, zone)))
  local has_begun = given.need(time.days_between(started, time.date(ask.as_of, zone))) >= 0
  local young = has_begun and given.need(time.days_between(first, started)) >= 0
  if covered < ask.params.records_days and not (young and covered >= 0) then
    return false, { en = "the records cover too short a period", ja = "記録の対象期間が短すぎます" }
  end
  return true
end

-- After what is there was judged: what such a period leaves open is missed, so the rule is unknown.
function M.need_whole(ask, journal)
  local whole, why = is_whole(ask, journal)
  if not whole then
    note(why)
    local list = journal.records
    local _ = list[#maybe_empty(list) + 1]
  end
  return whole
end

-- ---- the records ----

local UNDISCLOSED = {
  en = "the provider does not disclose {what} to the customer",
  ja = "{what}は事業者から開示されていないため",
}

-- The records that a rule is about, as a list. ask: { s, params, as_of, kind = "changes", what in both
-- languages, is_wanted }.
function M.records(ask)
  local s, kind, values = ask.s, ask.kind, { what = ask.what }
  local hidden = is_hidden(s, kind)
  if hidden and (not has(s, kind) or is_empty(s[kind].records)) then
    not_applicable(UNDISCLOSED, values)
  end
  local journal, found = given.need(s[kind]), {}
  for _, record in ipairs(given.items(maybe_empty(journal.records))) do
    if ask.is_wanted == nil or ask.is_wanted(record) then
      table.insert(found, record)
    end
  end
  if #found == 0 and hidden then
    not_applicable(UNDISCLOSED, values)
  end
  if #found == 0 and M.need_whole(ask, journal) then
    not_applicable({
      en = "there were none ({what}) from {from} to {to}",
      ja = "{from} から {to} までの間に該当する記録（{what}）がないため",
    }, { what = ask.what, from = journal.from, to = journal.to })
  end
  return found, journal
end

return M
