-- periods.lua: records of what happened, and whether nothing is left out of them
-- SPDX-License-Identifier: Apache-2.0
--
-- "No incident" is a fact only of a period that somebody calls complete, that reaches up to now and
-- is long enough to tell something. What is wrong with a record is wrong all the same.

local given = use("given")

local M = {}

-- A parameter of every control that rests on records.
M.DAYS = {
  type = "integer", default = 31, min = 1, max = 366, unit = { en = "days", ja = "日" },
  doc = {
    en = "Days that complete records have to cover, and days they may lie behind the evaluation",
    ja = "漏れのない記録が対象とすべき日数、および評価基準日からの遅れとして許容する日数",
  },
  source = {
    en = "A month, as a customer meets its provider or reads its notices; the white papers name no period",
    ja = "事業者との定例会や通知の確認の頻度に合わせて1か月。ホワイトペーパーに期間の記載なし",
  },
}

-- Whether something belongs to what is contracted.
function M.concerns(s, service)
  local contracted = given.need(s.contract.service)
  return contracted == "both" or given.need(service) == "both" or service == contracted
end

-- Ends the rule where the provider keeps such records to itself. Those that are there are judged,
-- whatever is said about showing them.
function M.need_disclosed(s, kind, what)
  if not given.need(s.disclosed[kind]) and (not has(s, kind) or #M.records(s, s[kind]) == 0) then
    not_applicable({
      en = "the provider does not disclose its {what}",
      ja = "事業者が{what}の記録を開示していないため",
    }, { what = what })
  end
end

local A_COMPLETE_PERIOD = {
  en = "a complete and recent period of records",
  ja = "漏れのない直近の記録期間（from・to・complete）",
}

local function is_complete(s, journal, params, as_of)
  local zone = s.tenant.time_zone
  local behind = given.need(time.age_days(journal.to, as_of, zone))
  local first, started = time.date(journal.from, zone), given.need(s.contract.started_on)
  local covered = given.need(time.days_between(first, time.date(journal.to, zone)))
  local has_begun = given.need(time.days_between(started, time.date(as_of, zone))) >= 0
  local since_start = has_begun and covered >= 0 and given.need(time.days_between(first, started)) >= 0
  return given.need(journal.complete) and behind <= params.record_days
    and (since_start or covered >= params.record_days)
end

-- Asserts that the period is complete; unknown when it is not. Call it after the records are judged.
function M.need_complete(s, journal, params, as_of)
  for _ in each({ journal }, A_COMPLETE_PERIOD, function()
    return is_complete(s, journal, params, as_of)
  end) do
    ensure(journal.complete, journal)
  end
end

-- The records of a journal that concern the contract.
function M.records(s, journal)
  local found = {}
  for _, entry in ipairs(maybe_empty(journal.records)) do
    if M.concerns(s, entry.service) then
      table.insert(found, entry)
    end
  end
  return found
end

return M
