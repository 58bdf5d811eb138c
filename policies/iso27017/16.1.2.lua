-- 16.1.2 Reporting information security events
-- SPDX-License-Identifier: Apache-2.0
--
-- Reports go both ways: the provider's by portal, mail and so on, the customer's to the enquiry
-- desk. Each way needs somebody at its end, and a report needs to be followed up.

local given = use("given")
local lists = use("lists")
local periods = use("periods")
local reachable = use("reachable")
local statements = use("statements")
local words = use("words")

local CLAUSE = "16.1.2"

-- ---- desk ----

local function is_desk(contact)
  return given.need(contact.kind) == "enquiry_desk" and given.need(contact.party) ~= "customer"
    and given.need(contact.active)
end

local function check_reached(desk)
  local name = desk.name
  local has_phone = has(desk, "telephone") and string.find(desk.telephone, "%d") ~= nil
  local has_mail = given.nullable(desk, "email") ~= nil
  ensure(has_phone or has_mail, desk, {
    en = "neither mail nor telephone of {name} is known",
    ja = "{name}のメールアドレスも電話番号も記録されていません",
  }, { name = name })
end

local function check_hours(desk)
  local name = desk.name
  ensure(string.find(desk.hours, "%S") ~= nil, desk, {
    en = "the hours of {name} are not known",
    ja = "{name}の受付時間が記録されていません",
  }, { name = name })
end

local function answers_in(desk, wanted)
  local common = false
  for _, language in ipairs(desk.languages) do
    common = lists.contains(wanted, language) or common
  end
  return common
end

-- There may be a desk for each language.
local function check_language(desk, params, answered)
  local name = desk.name
  is_empty(desk.languages) -- the place: the list, not its last entry
  ensure(answered, desk, {
    en = "{name} answers in none of {wanted}",
    ja = "{name}の対応言語に {wanted} がありません",
  }, { name = name, wanted = words.list(params.desk_languages, words.LANGUAGE) })
end

-- ---- events ----

-- Closed before it was reported, or either in the future, is unusable.
local function check_closed(event, as_of)
  given.need(time.age(event.reported_at, as_of))
  if has(event, "closed_at") then
    given.need(time.age(event.closed_at, as_of))
    given.need(time.since(event.reported_at, event.closed_at))
  end
  ensure(given.need(event.state) == "closed", event)
end

local function check_open(s, event, params, as_of)
  local what = event.summary
  local days = time.age_days(event.reported_at, as_of, s.tenant.time_zone)
  ensure(days <= params.event_open_days, event, {
    en = "{what} was reported {days} days ago and is not closed, the limit is {limit}",
    ja = "「{what}」は報告から {days} 日が経過していますが、完了していません（上限 {limit} 日）",
  }, { what = what, days = days, limit = params.event_open_days })
end

local function check_event(s, event, params, as_of)
  if given.need(event.direction) ~= "from_customer" then
    return
  end
  if given.need(event.state) == "closed" then
    check_closed(event, as_of)
  else
    check_open(s, event, params, as_of)
  end
end

-- ---- managers ----

local function is_manager(contact, today)
  return given.need(contact.kind) == "operation_manager" and given.need(contact.party) ~= "provider"
    and reachable.is_in_charge(contact, today)
end

local A_MANAGER = { en = "an active operation manager", ja = "有効な運用管理担当者" }

local function count_managers(s, as_of)
  local count, today = 0, statements.today(s, as_of)
  for _, contact in ipairs(s.contacts) do
    if is_manager(contact, today) then
      count = count + 1
    end
  end
  return count
end

return {
  title      = { en = "Reporting information security events", ja = "情報セキュリティ事象の報告" },
  severity   = "medium",
  owner      = { iad = "shared", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 16.1.2", "ISO/IEC 27001:2022 A.6.8", "IIJ-IAD012-0002 16.1.2", "IIJ-VDS051-0002 16.1.2",
  },
  tags       = { "incident" },
  params     = statements.params{
    record_days = periods.DAYS,
    desk_languages = {
      type = "list", one_of = { "ja", "en" }, default = { "ja" },
      doc = {
        en = "Languages of which the desk has to answer in one",
        ja = "問い合わせ窓口に必要な対応言語（いずれか）",
      },
      source = {
        en = "The white papers and the service are in Japanese",
        ja = "ホワイトペーパーとサービスが日本語で提供されているため",
      },
    },
    event_open_days = {
      type = "integer", default = 30, min = 1, max = 366, unit = { en = "days", ja = "日" },
      doc = {
        en = "Days after which a report of the customer has to be closed",
        ja = "お客様からの報告を完了とするまでの日数",
      },
      source = {
        en = "A month, after which nobody remembers; the white papers name no time",
        ja = "1か月。それ以降は当時の状況を確認しにくいため。ホワイトペーパーに期限の記載なし",
      },
    },
    min_managers = {
      type = "integer", default = 1, min = 1, max = 100,
      doc = {
        en = "Operation managers there have to be",
        ja = "運用管理担当者の最少人数",
      },
      source = {
        en = "One: without any, nobody receives the provider's mail; a second for holidays is advisable",
        ja = "1名。登録がなければ事業者のメールを受け取れない。不在時に備えて2名以上を推奨",
      },
    },
  },

  rules = {
    {
      id    = "desk-documented", ref = "R1",
      title = {
        en = "The provider's enquiry desk is known, with hours and language",
        ja = "事業者の問い合わせ窓口（連絡先・受付時間・対応言語）を把握している",
      },
      fix   = {
        en = "Look the desk up in the service documents and record mail or telephone, hours and languages.",
        ja = "サービスドキュメントで問い合わせ窓口を確認し、メールアドレスまたは電話番号、受付時間、対応言語を"
          .. "記録してください。",
      },
      check = function(s, params)
        local what = { en = "an active enquiry desk of the provider", ja = "事業者の有効な問い合わせ窓口" }
        local answered = false
        for _, desk in each(s.contacts, what, is_desk) do
          check_reached(desk)
          check_hours(desk)
          answered = answers_in(desk, params.desk_languages) or answered
        end
        for _, desk in each(s.contacts, what, is_desk) do
          check_language(desk, params, answered)
        end
      end,
    },
    {
      id    = "reporting-stated", ref = "R2",
      title = {
        en = "The provider states that it reports events, and takes reports from the customer",
        ja = "事象の報告と、お客様からの報告の受付を事業者が表明している",
      },
      fix   = {
        en = "Record the provider's statement with the day on which you confirmed it, or accept its claims.",
        ja = "事業者の表明を最終確認日時とともに記録するか、事業者表明を受諾してください。",
      },
      owner = "provider", claimable = true,
      check = function(s, params, as_of)
        statements.ensure(s, params, as_of, CLAUSE, "provider")
      end,
    },
    {
      id    = "events-followed-up", ref = "R3",
      title = {
        en = "What the customer reported is closed, or recent",
        ja = "お客様からの報告が期限内に完了している",
      },
      fix   = {
        en = "Ask the desk for the state of the report, close what is done, and record the day.",
        ja = "問い合わせ窓口に状況を確認し、対応済みのものは完了として日時を記録してください。",
      },
      check = function(s, params, as_of)
        for _, event in ipairs(periods.records(s, s.events)) do
          check_event(s, event, params, as_of)
        end
        periods.need_complete(s, s.events, params, as_of)
      end,
    },
    {
      id    = "manager-named", ref = "R4",
      title = {
        en = "There is an operation manager who receives the provider's reports",
        ja = "事業者からの報告を受ける運用管理担当者が登録されている",
      },
      fix   = {
        en = "Register an operation manager in the portal.",
        ja = "運用管理担当者をポータルに登録してください。",
      },
      owner = "customer",
      check = function(s, params, as_of)
        local count = count_managers(s, as_of)
        is_empty(s.contacts)
        ensure(count >= params.min_managers, s.contacts, {
          en = "{count} operation managers are active, {needed} are needed",
          ja = "有効な運用管理担当者が {count} 名です（{needed} 名以上が必要です）",
        }, { count = count, needed = params.min_managers })
      end,
    },
    {
      id    = "manager-reachable", ref = "R4",
      title = {
        en = "Operation managers have mail and have not left",
        ja = "運用管理担当者が在籍しており、メールアドレスが登録されている",
      },
      fix   = {
        en = "Replace an operation manager who has left, and register a mail address.",
        ja = "退職した運用管理担当者を交代し、メールアドレスを登録してください。",
      },
      owner = "customer",
      check = function(s, params, as_of)
        local today = statements.today(s, as_of)
        for _, contact in each(s.contacts, A_MANAGER, function(one) return is_manager(one, today) end) do
          reachable.ensure_present(s, contact, as_of)
          reachable.ensure_mail(contact)
        end
      end,
    },
  },
}
