-- sessions.lua: records of privileged work, and when they say enough
-- SPDX-License-Identifier: Apache-2.0

local given = use("given")
local lists = use("lists")
local logs = use("logs")

local M = {}

local NOT_DISCLOSED = {
  en = "the provider does not disclose its operators' sessions (disclosed.operator_sessions)",
  ja = "事業者が運用担当者の作業記録を開示していないため（disclosed.operator_sessions）",
}

local function has_session(s, party)
  if not has(s, "logging") or not has(s.logging, "operator_sessions") then
    return false
  end
  return lists.find(maybe_empty(given.need(s.logging.operator_sessions.records)), function(session)
    return given.need(session.party) == party
  end) ~= nil
end

-- Ends as not applicable when the provider does not disclose what its operators do. What is there is
-- judged, whatever is said about showing it.
function M.need_disclosed(s)
  if not given.need(s.disclosed.operator_sessions) and not has_session(s, "provider") then
    not_applicable(NOT_DISCLOSED)
  end
end

local COMPLETE = { en = "records that are complete", ja = "漏れのない記録" }

-- Records with gaps can show a fault, and never that there is none.
function M.need_complete(journal)
  if not given.need(journal.complete) then
    logs.undecided(journal, COMPLETE)
  end
end

-- The records reach from long enough ago, or the first day of the contract, to lately.
function M.ensure_window(s, journal, params, as_of)
  local zone = s.tenant.time_zone
  local age = given.need(time.age_days(journal.to, as_of, zone))
  ensure(age <= params.session_record_age_days, journal, {
    en = "the records of privileged work end {days} days ago, the limit is {limit}",
    ja = "特権作業の記録が {days} 日前で終わっています（上限 {limit} 日）",
  }, { days = age, limit = params.session_record_age_days })
  local started = given.need(time.days_between(s.contract.started_on, time.date(as_of, zone)))
  local needed = math.min(params.session_days, math.max(started, 0))
  local days = given.need(time.age_days(journal.from, as_of, zone))
  ensure(days >= needed, journal, {
    en = "the records of privileged work reach back {days} days, {needed} are needed",
    ja = "特権作業の記録が {days} 日分しかありません（{needed} 日分以上が必要です）",
  }, { days = days, needed = needed })
end

-- The sessions of a side, none when it did nothing.
function M.of(journal, party)
  local found = {}
  for _, session in ipairs(maybe_empty(given.need(journal.records))) do
    if logs.is_of(session, party) then
      table.insert(found, session)
    end
  end
  return found
end

-- Every session is in the log.
function M.check_recorded(sessions)
  for _, session in ipairs(sessions) do
    local actor, ticket = session.actor, session.ticket
    ensure(session.recorded, session, {
      en = "the work of {actor} for {ticket} left no record in the log",
      ja = "{actor} の作業（{ticket}）が作業ログに記録されていません",
    }, { actor = actor, ticket = ticket })
  end
end

local function key_of(session)
  return given.need(text.normalise(session.account))
end

-- Who else worked with one of the accounts, by account: people of the other side.
local function strangers(sessions, journal)
  local own, accounts, found = {}, {}, {}
  for _, session in ipairs(sessions) do
    own[given.need(session.id)], accounts[key_of(session)] = true, true
  end
  for _, session in ipairs(maybe_empty(journal.records)) do
    local key = not own[given.need(session.id)] and key_of(session)
    if key and accounts[key] then
      found[key] = found[key] or given.need(session.actor)
    end
  end
  return found
end

-- No two persons work with one account: neither two of a side, nor one of each.
function M.check_personal(sessions, journal)
  local users = strangers(sessions, journal)
  for _, session in ipairs(sessions) do
    local actor = given.need(session.actor)
    local account = session.account
    local key = key_of(session)
    local first = users[key] or actor
    users[key] = first
    ensure(text.same(first, actor), session, {
      en = "the account {account} is used by {first} and by {actor}",
      ja = "アカウント {account} を {first} と {actor} が共用しています",
    }, { account = account, first = first, actor = actor })
  end
end

return M
