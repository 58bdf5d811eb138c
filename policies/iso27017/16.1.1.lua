-- 16.1.1 Responsibilities and procedures
-- SPDX-License-Identifier: Apache-2.0
--
-- The provider reports incidents promptly, by portal or mail. A report that nobody receives helps
-- nobody, so the customer's contacts are judged as well as the provider's notices.

local given = use("given")
local periods = use("periods")
local reachable = use("reachable")
local statements = use("statements")
local words = use("words")

local CLAUSE = "16.1.1"
local HOUR = 3600

-- ---- incidents ----

-- What happened in the provider's area, or in both, and concerns this tenant. A suspicion is not
-- yet an incident; it is remarked on.
local function is_reportable(incident)
  if given.need(incident.party) == "customer" or not given.need(incident.affects_tenant) then
    return false
  end
  if given.need(incident.state) ~= "suspected" then
    return true
  end
  note({
    en = "{what} is a suspicion so far and was not judged",
    ja = "「{what}」は疑いの段階のため判定していません",
  }, { what = incident.summary })
  return false
end

-- The notice that was sent first, or nil.
local function first_notice(incident)
  local first, first_at
  for _, one in ipairs(maybe_empty(incident.notices)) do
    local at = given.need(time.seconds(one.at))
    if first == nil or at < first_at then
      first, first_at = one, at
    end
  end
  return first
end

-- Seconds until the first notice, or until now when there is none. A notice from before the
-- detection, or from the future, is unusable.
local function delay(incident, notice, as_of)
  local open_for = given.need(time.age(incident.detected_at, as_of))
  if notice == nil then
    return open_for
  end
  given.need(time.age(notice.at, as_of))
  return given.need(time.since(incident.detected_at, notice.at))
end

-- Hours as people say them: 72.3.
local function hours(seconds)
  return string.format("%.1f", math.ceil(seconds * 10 / HOUR) / 10)
end

local LATE = {
  en = "{what} was reported {hours} hours after its detection, the limit is {limit}",
  ja = "「{what}」の初回報告が検知から {hours} 時間後です（上限 {limit} 時間）",
}
local SILENT = {
  en = "{what} was detected {hours} hours ago and has not been reported, the limit is {limit}",
  ja = "「{what}」は検知から {hours} 時間が経過していますが、報告がありません（上限 {limit} 時間）",
}

local function check_time(incident, params, as_of)
  local what = incident.summary
  local notice = first_notice(incident)
  local seconds = delay(incident, notice, as_of)
  if notice == nil then
    is_empty(incident.notices)
  else
    given.need(notice.at)
  end
  ensure(seconds <= params.incident_report_hours * HOUR, incident, notice and LATE or SILENT, {
    what = what, hours = hours(seconds), limit = params.incident_report_hours,
  })
end

local function is_any_of(list, wanted)
  for _, item in ipairs(list) do
    for _, one in ipairs(wanted) do
      if item == one then
        return true
      end
    end
  end
  return false
end

-- Whether the first notice, or one of the same moment, went out by one of those channels.
local function is_first_by(incident, first, wanted)
  local first_at = given.need(time.seconds(first.at))
  for _, one in ipairs(incident.notices) do
    if time.seconds(one.at) == first_at and is_any_of(one.channels, wanted) then
      return true
    end
  end
  return false
end

-- An incident that was not reported at all is a matter of time, not of the channel.
local function check_channel(incident, params)
  local what = incident.summary
  local notice = first_notice(incident)
  if notice == nil then
    return
  end
  local used = words.list(given.items(notice.channels), words.CHANNEL)
  ensure(is_first_by(incident, notice, params.incident_channels), notice, {
    en = "{what} was first reported by {used}, not by {wanted}",
    ja = "「{what}」の初回報告の手段（{used}）が、{wanted} のいずれでもありません",
  }, { what = what, used = used, wanted = words.list(params.incident_channels, words.CHANNEL) })
end

local function check_incidents(s, params, as_of, check)
  periods.need_disclosed(s, "incidents", { en = "incidents", ja = "インシデント" })
  for _, incident in ipairs(periods.records(s, s.incidents)) do
    if is_reportable(incident) then
      check(incident, params, as_of)
    end
  end
  periods.need_complete(s, s.incidents, params, as_of)
end

-- ---- contacts ----

local function is_receiver(contact, params, today)
  return is_any_of({ given.need(contact.kind) }, params.contact_kinds)
    and given.need(contact.party) ~= "provider" and reachable.is_in_charge(contact, today)
end

local function receivers(s, params, as_of)
  local found, today = {}, statements.today(s, as_of)
  for _, contact in ipairs(s.contacts) do
    if is_receiver(contact, params, today) then
      table.insert(found, contact)
    end
  end
  return found
end

local function check_verified(s, contact, params, as_of)
  local name = contact.name
  local days = time.age_days(contact.email_verified_at, as_of, s.tenant.time_zone)
  ensure(days <= params.contact_days, contact, {
    en = "that mail reaches {name} was last verified {days} days ago, the limit is {limit}",
    ja = "{name} へのメール到達の確認から {days} 日が経過しています（上限 {limit} 日）",
  }, { name = name, days = days, limit = params.contact_days })
end

return {
  title      = { en = "Responsibilities and procedures", ja = "責任及び手順" },
  severity   = "high",
  owner      = { iad = "shared", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 16.1.1", "ISO/IEC 27001:2022 A.5.24", "IIJ-IAD012-0002 16.1.1", "IIJ-VDS051-0002 16.1.1",
  },
  tags       = { "incident" },
  params     = statements.params{
    record_days = periods.DAYS,
    incident_report_hours = {
      type = "integer", default = 72, min = 1, max = 720, unit = { en = "hours", ja = "時間" },
      doc = {
        en = "Hours from the detection of an incident to the first notice",
        ja = "インシデントの検知から初回報告までの時間",
      },
      source = {
        en = "Ours: the white papers say promptly; 72 hours are usual for breaches, PPC wants 3 to 5 days",
        ja = "本パックの提案：ホワイトペーパーでは「速やかに」。漏えい等の通知は 72 時間が一般的で、個人情報保"
          .. "護委員会への速報は3〜5日以内",
      },
    },
    incident_channels = {
      type = "list", one_of = { "portal", "mail", "telephone", "sms", "chat" }, default = { "portal", "mail" },
      doc = {
        en = "Channels of which the first notice has to use one",
        ja = "初回報告で使用すべき手段（いずれか）",
      },
      source = {
        en = "White papers, 16.1.1: the portal, or mail",
        ja = "ホワイトペーパー 16.1.1：ポータルまたはメール",
      },
    },
    contact_kinds = {
      type = "list", one_of = { "operation_manager", "security" }, default = { "operation_manager", "security" },
      doc = {
        en = "Kinds of contact that receive notices of incidents",
        ja = "インシデント通知を受ける連絡先の区分",
      },
      source = {
        en = "Operation managers are whom the provider mails; a security desk should know as well",
        ja = "事業者のメールは運用管理者に届く。セキュリティ窓口にも連絡が必要",
      },
    },
    min_contacts = {
      type = "integer", default = 1, min = 1, max = 100,
      doc = {
        en = "Contacts there have to be",
        ja = "インシデント通知を受ける連絡先の最少人数",
      },
      source = {
        en = "One: without any, no notice arrives; more are a matter of the customer's size",
        ja = "1名。登録がなければ通知が届かない。2名以上は組織の規模に応じて決める",
      },
    },
    contact_days = {
      type = "integer", default = 365, min = 1, max = 1096, unit = { en = "days", ja = "日" },
      doc = {
        en = "How old the last proof that a contact's mail arrives may be",
        ja = "連絡先へのメール到達の確認を有効とみなす日数",
      },
      source = {
        en = "Yearly, like other reviews of contacts; the white papers name no interval",
        ja = "他の連絡先の見直しと同じく年1回。ホワイトペーパーに間隔の記載なし",
      },
    },
  },

  rules = {
    {
      id    = "procedure-stated", ref = "R1",
      title = {
        en = "The provider states how it reports incidents in its area",
        ja = "事業者の責任範囲のインシデントの報告方法を、事業者が表明している",
      },
      fix   = {
        en = "Record the provider's statement with the day on which you confirmed it, or accept its claims.",
        ja = "事業者の表明を最終確認日時とともに記録するか、事業者表明を受諾してください。",
      },
      severity = "medium", owner = "provider", claimable = true,
      check = function(s, params, as_of)
        statements.ensure(s, params, as_of, CLAUSE, "provider")
      end,
    },
    {
      id    = "own-procedure", ref = "R1",
      title = {
        en = "The customer has a procedure for incidents in its own area",
        ja = "お客様の責任範囲のインシデント対応手順が定められている",
      },
      fix   = {
        en = "Write down who does what when a notice arrives or you notice something yourself, and record it as your "
          .. "statement for 16.1.1.",
        ja = "通知の受領時や自ら異常に気付いたときの役割と手順を定め、16.1.1 についてのお客様の表明として"
          .. "記録してください。",
      },
      severity = "medium", owner = "customer",
      check = function(s, params, as_of)
        statements.ensure(s, params, as_of, CLAUSE, "customer")
      end,
    },
    {
      id    = "reported-in-time", ref = "R2",
      title = {
        en = "Incidents of the provider were reported in time",
        ja = "事業者側のインシデントが所定の時間内に報告されている",
      },
      fix   = {
        en = "Ask the enquiry desk why the notice was late or missing, and agree with the provider on a time limit.",
        ja = "報告の遅れ・未報告の理由を問い合わせ窓口に確認し、報告期限を事業者と取り決めてください。",
      },
      owner = "provider",
      check = function(s, params, as_of)
        check_incidents(s, params, as_of, check_time)
      end,
    },
    {
      id    = "reported-by-channel", ref = "R3",
      title = {
        en = "Incidents were reported by portal or mail",
        ja = "インシデントがポータルまたはメールで報告されている",
      },
      fix   = {
        en = "Ask the provider to report by portal or mail first, so that there is a record.",
        ja = "記録が残るよう、初回の報告はポータルまたはメールで行うことを事業者に求めてください。",
      },
      severity = "medium", owner = "provider",
      check = function(s, params, as_of)
        check_incidents(s, params, as_of, check_channel)
      end,
    },
    {
      id    = "contacts-named", ref = "R4",
      title = {
        en = "There are contacts who receive notices of incidents",
        ja = "インシデント通知を受ける連絡先が登録されている",
      },
      fix   = {
        en = "Register an operation manager or security contact in the portal.",
        ja = "運用管理担当者またはセキュリティ担当者をポータルに登録してください。",
      },
      owner = "customer",
      check = function(s, params, as_of)
        local count = #receivers(s, params, as_of)
        is_empty(s.contacts)
        ensure(count >= params.min_contacts, s.contacts, {
          en = "{count} contacts for incidents are active, {needed} are needed",
          ja = "有効なインシデント連絡先が {count} 名です（{needed} 名以上が必要です）",
        }, { count = count, needed = params.min_contacts })
      end,
    },
    {
      id    = "contacts-valid", ref = "R4",
      title = {
        en = "Contacts for incidents are still there, and mail reaches them",
        ja = "インシデント通知を受ける連絡先が在籍しており、メールが到達する",
      },
      fix   = {
        en = "Replace contacts who have left, register a mail address, send a test mail and record its arrival.",
        ja = "退職した連絡先を交代し、メールアドレスを登録したうえで、テストメールの到達を確認して記録してください。",
      },
      owner = "customer",
      check = function(s, params, as_of)
        local what = { en = "an active contact for incidents", ja = "有効なインシデント連絡先" }
        local today = statements.today(s, as_of)
        for _, contact in each(s.contacts, what, function(one) return is_receiver(one, params, today) end) do
          reachable.ensure_present(s, contact, as_of)
          reachable.ensure_mail(contact)
          check_verified(s, contact, params, as_of)
        end
      end,
    },
  },
}
