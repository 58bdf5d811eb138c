-- 12.1.2 Change management
-- SPDX-License-Identifier: Apache-2.0

local accounts = use("accounts")
local disclosed = use("disclosed")
local given = use("given")
local lists = use("lists")

local CHANGES = { en = "changes by the provider that affect the customer", ja = "お客様に影響する事業者の変更" }

local CHANNELS = {
  { key = "announced_at", en = "in the portal", ja = "ポータル" },
  { key = "mailed_at", en = "by mail", ja = "メール" },
}

-- ---- which changes ----

local function concerns(record)
  return given.need(record.party) ~= "customer" and given.need(record.affects_customer)
    and given.need(record.state) ~= "cancelled"
end

local function changes(s, params, as_of)
  local ask = { s = s, params = params, as_of = as_of, kind = "changes", what = CHANGES, is_wanted = concerns }
  local records, journal = disclosed.records(ask)
  return records, function() disclosed.need_whole(ask, journal) end
end

-- ---- when ----

-- Days of notice that a change needs; what cannot wait needs none.
local function notice_of(record, params)
  return given.need(record.category) == "emergency" and 0 or params.notice_days
end

-- Whether something at a moment is too late for a change.
local function is_late(s, record, at, notice)
  local zone = s.tenant.time_zone
  if given.need(time.is_before(record.starts, at)) then
    return true
  end
  return notice > 0 and time.days_between(time.date(at, zone), time.date(record.starts, zone)) < notice
end

-- Whether customers have to know of a change by now: what is done has begun, whatever its date says.
local function is_due(s, record, params, as_of)
  local done = given.need(record.state) == "done"
  return is_late(s, record, as_of, notice_of(record, params)) or done
end

-- ---- R1, R2 ----

local function check_channels(s, record, params, as_of)
  local due = is_due(s, record, params, as_of)
  for _, channel in ipairs(CHANNELS) do
    local told = not is_null(record, channel.key)
    if told then
      given.need(time.age(record[channel.key], as_of))
    end
    ensure(told or not due, record, {
      en = "customers were not told {channel}", ja = "{channel}での通知がありません",
    }, { channel = { en = channel.en, ja = channel.ja } })
  end
end

local LATE = {
  en = "customers were told {channel} at {at}, the change began at {starts}; {notice} days of notice are needed",
  ja = "{channel}での通知は {at} で、変更の開始は {starts} です（{notice} 日前までの通知が必要です）",
}

local LATE_AT_ALL = {
  en = "customers were told {channel} at {at}, after the change had begun at {starts}",
  ja = "{channel}での通知（{at}）が、変更の開始（{starts}）より後です",
}

local function check_notice(s, record, params, as_of)
  local notice, none = notice_of(record, params), true
  for _, channel in ipairs(CHANNELS) do
    if not is_null(record, channel.key) then
      none = false
      local late = is_late(s, record, given.need(record[channel.key]), notice)
      local starts, at = record.starts, record[channel.key]
      ensure(not late, record, notice > 0 and LATE or LATE_AT_ALL, {
        channel = { en = channel.en, ja = channel.ja }, at = at, starts = starts, notice = notice,
      })
    end
  end
  if none then
    ensure(not is_due(s, record, params, as_of), record, {
      en = "customers were not told at all", ja = "通知がまったく行われていません",
    })
  end
end

-- ---- R3, R5: operation managers ----

local A_MANAGER = { en = "an active operation manager of the customer", ja = "有効な運用管理担当者（お客様）" }

local function is_manager(contact)
  return contact.kind == "operation_manager" and contact.party ~= "provider" and contact.active == true
end

-- Who was in charge on a day; where nobody says since when, everybody was. Of somebody who is in charge
-- now, a day that is still to come tells nothing.
local function in_charge(manager, day, today)
  if not has(manager, "since") then
    return true
  end
  local since = given.need(manager.since)
  return time.days_between(since, day) >= 0 or time.days_between(today, since) > 0
end

local function mailed(records)
  local found = {}
  for _, record in ipairs(records) do
    if not is_null(record, "mailed_at") then
      given.need(record.mailed_at)
      table.insert(found, record)
    end
  end
  return found
end

local function check_recipients(s, record, as_of)
  local today = time.date(as_of, s.tenant.time_zone)
  local day, nobody = time.date(record.mailed_at, s.tenant.time_zone), is_empty(given.need(record.recipients))
  for _, manager in each(s.contacts, A_MANAGER, is_manager) do
    local id, name = given.need(manager.id), manager.name
    local needed = in_charge(manager, day, today)
    ensure(lists.contains(record.recipients, id) or not (needed or nobody), record, {
      en = "the operation manager {name} was not among the recipients of the mail",
      ja = "運用管理担当者「{name}」がメールの宛先に含まれていません",
    }, { name = name })
  end
end

local function check_account(s, manager, as_of)
  if not has(manager, "account") or not has(s, "identities") then
    return
  end
  local id, name = given.need(manager.account), manager.name
  local account = given.need(lists.find(s.identities.accounts, function(item) return item.id == id end))
  local deleted = accounts.is_deleted(account, as_of)
  ensure(not deleted, account, {
    en = "the account of the operation manager {name} is deleted",
    ja = "運用管理担当者「{name}」のアカウントが削除されています",
  }, { name = name })
  ensure(deleted or account.enabled, account, {
    en = "the account of the operation manager {name} is disabled",
    ja = "運用管理担当者「{name}」のアカウントが無効です",
  }, { name = name })
end

local VERIFIED = {
  en = "an operation manager whose mail is known to arrive", ja = "メールの到達を確認済みの運用管理担当者",
}

local function check_mail(s, params, as_of)
  local with_mail, newest, best = 0, nil, nil
  for _, manager in each(s.contacts, A_MANAGER, is_manager) do
    check_account(s, manager, as_of)
    with_mail = with_mail + (is_null(manager, "email") and 0 or #given.need(manager.email) > 0 and 1 or 0)
  end
  is_empty(s.contacts)
  ensure(with_mail > 0, s.contacts, {
    en = "no operation manager has a mail address", ja = "メールアドレスのある運用管理担当者がいません",
  })
  if with_mail == 0 then
    return
  end
  for _, manager in each(s.contacts, VERIFIED, function(contact)
    return is_manager(contact) and not is_null(contact, "email") and has(contact, "email_verified_at")
  end) do
    local days = given.need(time.age_days(manager.email_verified_at, as_of, s.tenant.time_zone))
    if newest == nil or days < newest then
      newest, best = days, manager
    end
  end
  if best ~= nil then
    local _ = best.email_verified_at
    ensure(newest <= params.mail_verified_days, best, {
      en = "the last mail known to arrive is {days} days old, the limit is {limit}",
      ja = "メールの到達確認から {days} 日が経過しています（上限 {limit} 日）",
    }, { days = newest, limit = params.mail_verified_days })
  end
end

-- ---- R4 ----

local function check_completion(record, params, as_of)
  if is_null(record, "completion_notice_at") then
    ensure(false, record, { en = "its completion was not told", ja = "完了の連絡がありません" })
    return
  end
  local ends = given.need(record.ends)
  local told = given.need(record.completion_notice_at)
  given.need(time.age(told, as_of))
  local after = given.need(time.since(ends, told)) -- what is told before the end tells no completion
  ensure(after <= params.completion_notice_hours * 3600, record, {
    en = "its completion was told {hours} hours after the end, the limit is {limit}",
    ja = "完了の連絡が終了の {hours} 時間後です（上限 {limit} 時間）",
  }, { hours = after // 3600, limit = params.completion_notice_hours })
end

local FIX_NOTICE = {
  en = "Ask the provider why the notice was missing or late, and have both channels used before the change begins.",
  ja = "通知の漏れ・遅れの原因を事業者に確認し、変更の開始前にポータルとメールの両方で通知するよう求めてください。",
}

return {
  title      = { en = "Change management", ja = "変更管理" },
  severity   = "medium",
  owner      = { iad = "shared", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 12.1.2", "ISO/IEC 27001:2022 A.8.32", "IIJ-IAD012-0002 12.1.2", "IIJ-VDS051-0002 12.1.2",
  },
  tags       = { "change", "notice" },
  params     = {
    notice_days = {
      type = "integer", default = 0, min = 0, max = 366, unit = { en = "days", ja = "日" },
      doc = {
        en = "Days of notice before a change; 0: not after it began. Emergencies need none",
        ja = "変更開始の何日前までの通知を求めるか（0 は開始まで。緊急の変更は対象外）",
      },
      source = {
        en = "The white papers promise no time of notice",
        ja = "ホワイトペーパーに予告期間の記載なし",
      },
    },
    require_completion_notice = {
      type = "boolean", default = false,
      doc = { en = "The completion of a change has to be told", ja = "変更の完了連絡を求めるか" },
      source = {
        en = "Optional: neither white paper promises it",
        ja = "任意（いずれのホワイトペーパーにも記載なし）",
      },
    },
    completion_notice_hours = {
      type = "integer", default = 24, min = 0, max = 720, unit = { en = "hours", ja = "時間" },
      doc = { en = "Hours after the end until its completion is told", ja = "変更終了から完了連絡までの時間の上限" },
      source = {
        en = "Ours: by the next day",
        ja = "本パックの提案：翌日まで",
      },
    },
    mail_verified_days = {
      type = "integer", default = 365, min = 1, max = 1096, unit = { en = "days", ja = "日" },
      doc = { en = "How long ago a mail must have arrived", ja = "メールの到達確認を有効とみなす日数" },
      source = {
        en = "Ours: yearly, with the review of contacts",
        ja = "本パックの提案：連絡先の見直しに合わせて年1回",
      },
    },
    records_days = disclosed.RECORDS_DAYS,
    records_age_days = disclosed.RECORDS_AGE,
  },

  rules = {
    {
      id    = "both-channels", ref = "R1", owner = "provider",
      title = {
        en = "Changes are announced in the portal and by mail",
        ja = "変更がポータルとメールの両方で通知されている",
      },
      fix   = FIX_NOTICE,
      check = function(s, params, as_of)
        local records, done = changes(s, params, as_of)
        for _, record in ipairs(records) do
          check_channels(s, record, params, as_of)
        end
        done()
      end,
    },
    {
      id    = "notice-in-time", ref = "R2", owner = "provider",
      title = {
        en = "Changes are announced before they begin",
        ja = "変更が開始前の期限までに通知されている",
      },
      fix   = FIX_NOTICE,
      check = function(s, params, as_of)
        local records, done = changes(s, params, as_of)
        for _, record in ipairs(records) do
          check_notice(s, record, params, as_of)
        end
        done()
      end,
    },
    {
      id    = "all-managers-mailed", ref = "R3", owner = "provider",
      title = {
        en = "All operation managers get the mail",
        ja = "変更のメールが運用管理担当者全員に送付されている",
      },
      fix   = {
        en = "Register the operation manager that is named with the provider, and check the recipients.",
        ja = "該当する運用管理担当者が登録されているかポータルで確認し、宛先への追加を事業者に依頼してください。",
      },
      check = function(s, params, as_of)
        local records, done = changes(s, params, as_of)
        local sent = mailed(records)
        if #records > 0 and #sent == 0 then
          done()
          not_applicable({ en = "no change was told by mail", ja = "メールで通知された変更がないため" })
        end
        for _, record in ipairs(sent) do
          check_recipients(s, record, as_of)
        end
        done()
      end,
    },
    {
      id    = "completion-notice", ref = "R4", severity = "low", owner = "provider",
      title = { en = "The completion of changes is told", ja = "変更の完了が連絡されている" },
      fix   = {
        en = "Ask the provider for a notice when a change is complete.",
        ja = "変更の完了時に連絡するよう事業者に依頼してください。",
      },
      check = function(s, params, as_of)
        if not params.require_completion_notice then
          not_applicable({
            en = "no notice of completion is required (parameter require_completion_notice)",
            ja = "完了連絡を求めていないため（パラメータ require_completion_notice）",
          })
        end
        local records, done = changes(s, params, as_of)
        local over = 0
        for _, record in ipairs(records) do
          over = over + (record.state == "done" and 1 or 0)
        end
        if #records > 0 and over == 0 then
          done()
          not_applicable({ en = "no change is complete yet", ja = "完了した変更がないため" })
        end
        for _, record in ipairs(records) do
          if record.state == "done" then
            check_completion(record, params, as_of)
          end
        end
        done()
      end,
    },
    {
      id    = "managers-reachable", ref = "R5", owner = "customer",
      title = {
        en = "An operation manager can be reached by mail",
        ja = "運用管理担当者にメールが届く状態である",
      },
      fix   = {
        en = "Keep operation managers, their accounts and their addresses current in the portal, and check that a "
          .. "mail arrives.",
        ja = "ポータルの運用管理担当者・アカウント・メールアドレスを最新にし、メールが届くことを確認してください。",
      },
      check = function(s, params, as_of)
        check_mail(s, params, as_of)
      end,
    },
  },
}
