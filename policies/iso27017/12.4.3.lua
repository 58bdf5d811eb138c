-- 12.4.3 Administrator and operator logs
-- SPDX-License-Identifier: Apache-2.0
--
-- Only CTX promises logs of the provider's operators, so those rules do not apply to IAD. The
-- standard's guidance is for the customer: privileged operations that were delegated to it are to be
-- logged. Both services delegate some, so the customer's rules hold for both.

local given = use("given")
local lists = use("lists")
local logs = use("logs")
local privilege = use("privilege")
local sessions = use("sessions")

-- ---- the provider's log ----

local OPERATOR_LOG = { en = "a log of the provider's operators", ja = "事業者の運用担当者の作業ログ" }

local function operator_logs(s)
  return each(s.logging.sources, OPERATOR_LOG, function(source)
    return source.kind == "operator" and logs.is_of(source, "provider") and logs.concerns(source, "ctx")
  end)
end

-- What the provider's operators did, and the records it is from; asserts that these are recent and
-- reach back. Whether they are complete is asked after them: a fault is a fault without that.
local function provider_sessions(s, params, as_of)
  sessions.need_disclosed(s)
  local journal = s.logging.operator_sessions
  sessions.ensure_window(s, journal, params, as_of)
  return sessions.of(journal, "provider"), journal
end

-- A record of the future is none.
local function reaches(source, moment, as_of)
  local newest = given.nullable(source, "newest_event_at")
  if newest == nil then
    return false
  end
  given.need(time.age(newest, as_of))
  return not given.need(time.is_before(newest, moment))
end

-- Logs whose last records are all older than a session have a gap, whatever the record of the
-- session says. One of several may be about other systems.
local function check_no_gap(s, found, as_of)
  local sources = {}
  for _, source in operator_logs(s) do
    table.insert(sources, source)
  end
  for _, session in ipairs(found) do
    local ends = given.need(session.ends)
    given.need(time.since(session.starts, ends))
    local seen = lists.find(sources, function(source) return reaches(source, ends, as_of) end)
    for _, source in ipairs(seen == nil and sources or { seen }) do
      local newest = given.need(source.newest_event_at)
      ensure(seen ~= nil, source, {
        en = "the log ends at {newest}, before the work of {actor} did ({ends})",
        ja = "作業ログの最新の記録（{newest}）が、{actor} の作業終了（{ends}）より前です",
      }, { newest = newest, actor = session.actor, ends = ends })
    end
  end
end

-- ---- changes and sessions ----

-- The sessions by their beginning, each with the latest end up to there: of many sessions, only one
-- has to be looked at to tell whether any was held at a time.
local function timeline(list)
  local rows, latest = {}, math.mininteger
  for _, session in ipairs(list) do
    table.insert(rows, {
      starts = given.need(time.seconds(session.starts)), ends = given.need(time.seconds(session.ends)),
    })
  end
  table.sort(rows, function(a, b) return a.starts < b.starts end)
  for _, row in ipairs(rows) do
    latest = math.max(latest, row.ends)
    row.latest = latest
  end
  return rows
end

-- Whether a session was held at some time between two moments, both included.
local function is_held(rows, from, to)
  local began, others = 0, #rows -- so many began by then
  while began < others do
    local middle = (began + others + 1) // 2
    if rows[middle].starts <= to then
      began = middle
    else
      others = middle - 1
    end
  end
  return began > 0 and rows[began].latest >= from
end

local function is_in_window(change, journal)
  return not given.need(time.is_before(change.starts, journal.from))
    and not given.need(time.is_before(journal.to, change.ends))
end

local NO_SESSION = {
  en = "no operator's session was recorded while {change} was carried out",
  ja = "変更 {change} の実施時間帯に、運用担当者の作業記録がありません",
}

local function check_changes(s, found, journal)
  local held = timeline(found)
  for _, change in ipairs(maybe_empty(given.need(s.changes.records))) do
    if change.state == "done" and logs.is_of(change, "provider") and logs.concerns(change, "ctx") then
      local name = change.id
      local from, to = given.need(time.seconds(change.starts)), given.need(time.seconds(change.ends))
      local seen = not is_in_window(change, journal) or is_held(held, from, to)
      ensure(seen, change, NO_SESSION, { change = name })
    end
  end
end

-- ---- the customer's logs ----

local ADMIN_LOG = { en = "a log of administrators' operations", ja = "管理者の操作を記録するログ" }

local function admin_logs(s, params)
  return each(s.logging.sources, ADMIN_LOG, function(source)
    return lists.contains(params.admin_log_kinds, source.kind) and source.enabled
  end)
end

local CLOUD_AUDIT = { en = "an audit log of the cloud directory", ja = "クラウドのディレクトリの監査ログ" }

local function check_cloud_log(s)
  for _, source in each(s.logging.sources, CLOUD_AUDIT, function(source) return source.kind == "audit" end) do
    logs.ensure_enabled(source)
  end
end

local DOMAIN_CONTROLLER = { en = "a running domain controller", ja = "稼働中のドメインコントローラー" }

local function is_running_dc(host)
  return host.role == "dc" and host.state == "running"
end

local function check_directory_log(s)
  if s.contract.service == "ctx" and lists.find(given.need(s.hosts), is_running_dc) == nil then
    not_applicable({
      en = "the snapshot has no domain controllers",
      ja = "スナップショットにドメインコントローラーがないため",
    })
  end
  local by_host = logs.by_host(s, { "security" })
  for _, host in each(s.hosts, DOMAIN_CONTROLLER, is_running_dc) do
    for _, source in logs.of_host(s, by_host, host, "security") do
      logs.ensure_enabled(source)
    end
  end
end

-- ---- who can alter a log ----

-- Sign-in names of persons with privileged rights who hold one of the roles, one for each person;
-- accounts that are disabled hold nothing.
local function administrators_with(s, index, roles)
  local found, seen = {}, {}
  for _, account in ipairs(s.identities.accounts) do
    local grants = privilege.grants(index, account)
    local holds = lists.find(grants, function(grant) return lists.contains(roles, grant.role_id) end) ~= nil
    if holds and account.enabled then
      local owner = given.need(account.owner)
      if #privilege.privileged_grants(index, account) > 0 and not seen[owner] then
        seen[owner] = true
        table.insert(found, account.upn)
      end
    end
  end
  return found
end

local function is_kept_apart(export, source)
  return logs.is_exported(export, source) and export.enabled and export.integrity ~= "none"
end

local CAN_ALTER = {
  en = "administrators can alter or delete the {kind} of their own operations: {accounts}",
  ja = "管理者が自身の操作を記録する{kind}を変更または削除できます（{accounts}）",
}

local function ensure_protected(s, source, index, export)
  local kind = logs.kind_text(source.kind)
  if is_kept_apart(export, source) or source.immutable then
    ensure(true, source)
    return
  end
  local holders = administrators_with(s, index, source.writers)
  is_empty(source.writers)  -- read last: it decides
  ensure(#holders == 0, source, CAN_ALTER, { kind = kind, accounts = table.concat(holders, ", ") })
end

-- ---- reviews ----

local function ensure_reviewed(source, zone, params, as_of)
  local kind = logs.kind_text(source.kind)
  local days = time.age_days(source.reviewed_at, as_of, zone)
  ensure(days ~= nil and days <= params.oplog_review_days, source, {
    en = "the {kind} was last reviewed {days} days ago, the limit is {limit}",
    ja = "{kind}の直近の点検から {days} 日が経過しています（上限 {limit} 日）",
  }, { kind = kind, days = days or 0, limit = params.oplog_review_days })
end

local ON_CTX = { service = "ctx" }

local RECORD_FIX = {
  en = "Find out why the log has no entry for this work, and record it afterwards with a reference to the request.",
  ja = "作業がログに記録されなかった原因を調査し、申請番号とあわせて事後に記録してください。",
}

local PERSONAL_FIX = {
  en = "Give every person an account of their own and close the shared one; automatic work runs under an account of "
    .. "its own with a named owner.",
  ja = "作業者ごとに個人アカウントを発行し、共用アカウントを廃止してください。自動処理には専用のアカウントを用意し、"
    .. "責任者を定めてください。",
}

return {
  title      = { en = "Administrator and operator logs", ja = "実務管理者及び運用担当者の作業ログ" },
  severity   = "high",
  owner      = { iad = "customer", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = { "ISO/IEC 27017:2015 12.4.3", "ISO/IEC 27001:2022 A.8.15", "IIJ-VDS051-0002 12.4.3" },
  tags       = { "logging", "privilege" },
  params     = {
    count_today = logs.PARAM_COUNT_TODAY,
    oplog_min_days = {
      type = "integer", default = 365, min = 1, max = 3650, unit = { en = "days", ja = "日" },
      doc = {
        en = "Days for which logs of operators and administrators are kept",
        ja = "作業ログ・管理者の操作ログの保存日数",
      },
      source = {
        en = "Ours: a year, so that a yearly audit still finds all of it; the white paper names no number",
        ja = "本パックの提案：年次監査で全件を確認できるよう1年。ホワイトペーパーに数値の記載なし",
      },
    },
    oplog_review_days = {
      type = "integer", default = 90, min = 1, max = 366, unit = { en = "days", ja = "日" },
      doc = {
        en = "How old the last review of these logs may be",
        ja = "これらのログの直近の点検を有効とみなす日数",
      },
      source = {
        en = "Ours: quarterly, like the usual review of privileged access",
        ja = "本パックの提案：特権の一般的な棚卸しと同じく四半期ごと",
      },
    },
    session_days = {
      type = "integer", default = 31, min = 1, max = 366, unit = { en = "days", ja = "日" },
      doc = {
        en = "Days that the records of privileged work have to reach back",
        ja = "特権作業の記録に求める対象日数",
      },
      source = {
        en = "Ours: a month, the period for which CTX offers its own records",
        ja = "本パックの提案：CTX が自らの記録を提供する期間に合わせて1か月",
      },
    },
    session_record_age_days = {
      type = "integer", default = 31, min = 0, max = 366, unit = { en = "days", ja = "日" },
      doc = {
        en = "How long ago the records of privileged work may end",
        ja = "特権作業の記録の終わりに許容する経過日数",
      },
      source = {
        en = "Ours: records are disclosed monthly at best",
        ja = "本パックの提案：記録の開示は多くても月1回のため",
      },
    },
    admin_log_kinds = {
      type = "list", default = { "security", "audit", "activity" },
      doc = {
        en = "Kinds of log that administrators' operations are in",
        ja = "管理者の操作を記録するログの種別",
      },
      source = {
        en = "Ours: the directory's, the cloud's and the portal's; a sign-in tells who came and not what was "
          .. "done",
        ja = "本パックの提案：ディレクトリ・クラウド・ポータルの操作ログ。サインインログでは操作の内容が分から"
          .. "ない",
      },
    },
    privileged_roles = privilege.ROLES_PARAM,
  },

  rules = {
    {
      id    = "operator-log-on", ref = "R1", owner = "provider", when = ON_CTX, claimable = true,
      title = {
        en = "The provider logs the work of its operators",
        ja = "事業者が運用担当者の作業ログを取得している",
      },
      fix   = {
        en = "Ask the provider whether the log is on, or accept its claim for 12.4.3.",
        ja = "作業ログの取得状況を事業者に確認するか、12.4.3 の事業者表明を受諾してください。",
      },
      check = function(s)
        for _, source in operator_logs(s) do
          logs.ensure_enabled(source)
        end
      end,
    },
    {
      id    = "operator-sessions-logged", ref = "R2", owner = "provider", when = ON_CTX, claimable = true,
      title = {
        en = "Every session of the provider's operators is in the log",
        ja = "事業者の運用担当者の作業がすべてログに記録されている",
      },
      fix   = RECORD_FIX,
      check = function(s, params, as_of)
        local found, journal = provider_sessions(s, params, as_of)
        sessions.check_recorded(found)
        check_no_gap(s, found, as_of)
        sessions.need_complete(journal)
      end,
    },
    {
      id    = "changes-have-sessions", ref = "R2", owner = "provider", when = ON_CTX, claimable = true,
      severity = "medium",
      title = {
        en = "Changes of the service have a session in the records",
        ja = "サービスの変更に対応する作業記録がある",
      },
      fix   = {
        en = "Ask the provider who carried the change out, and have the record completed.",
        ja = "変更の実施者を事業者に確認し、作業記録を補ってもらってください。",
      },
      check = function(s, params, as_of)
        if not given.need(s.disclosed.changes) then
          not_applicable({
            en = "the provider does not disclose its changes (disclosed.changes)",
            ja = "事業者が変更記録を開示していないため（disclosed.changes）",
          })
        end
        local found, journal = provider_sessions(s, params, as_of)
        check_changes(s, found, journal)
        sessions.need_complete(journal)
        sessions.need_complete(s.changes)
      end,
    },
    {
      id    = "operator-accounts-personal", ref = "R2", owner = "provider", when = ON_CTX, claimable = true,
      title = {
        en = "The provider's operators do not share accounts",
        ja = "事業者の運用担当者がアカウントを共用していない",
      },
      fix   = PERSONAL_FIX,
      check = function(s, params, as_of)
        local found, journal = provider_sessions(s, params, as_of)
        sessions.check_personal(found, journal)
        sessions.need_complete(journal)
      end,
    },
    {
      id    = "operator-log-protected", ref = "R3", owner = "provider", when = ON_CTX, claimable = true,
      title = {
        en = "The provider's operators cannot alter their logs",
        ja = "事業者の運用担当者が作業ログを変更・削除できない",
      },
      fix   = {
        en = "Ask the provider to keep the log where no operator can write, or to make it immutable.",
        ja = "運用担当者が書き込めない場所（改ざん防止、または変更できるロールのない設定）での保管を事業者に依頼してください。",
      },
      check = function(s)
        for _, source in operator_logs(s) do
          local safe = is_empty(source.writers)
          if not safe then
            safe = source.immutable
          end
          ensure(safe, source, {
            en = "there are roles that can alter the log, and nothing prevents it",
            ja = "作業ログを変更できるロールがあり、改ざん防止も無効です",
          })
        end
      end,
    },
    {
      id    = "operator-log-kept", ref = "R4", owner = "provider", when = ON_CTX, claimable = true,
      severity = "medium",
      title = {
        en = "The log of the provider's operators is kept long enough",
        ja = "事業者の運用担当者の作業ログが十分な期間保存されている",
      },
      fix   = {
        en = "Agree with the provider how long it keeps the log, or lower oplog_min_days with a reason.",
        ja = "作業ログの保存期間を事業者と取り決めるか、理由を明らかにしたうえで oplog_min_days を見直してください。",
      },
      check = function(s, params, as_of)
        for _, source in operator_logs(s) do
          logs.ensure_days(s, source, params.oplog_min_days, params, as_of)
        end
      end,
    },
    {
      id    = "operator-log-reviewed", ref = "R5", owner = "provider", when = ON_CTX, claimable = true,
      severity = "medium",
      title = {
        en = "The log of the provider's operators is reviewed",
        ja = "事業者の運用担当者の作業ログが定期的に点検されている",
      },
      fix   = {
        en = "Ask the provider for the date of its last review.",
        ja = "直近の点検日を事業者に確認してください。",
      },
      check = function(s, params, as_of)
        local zone = s.tenant.time_zone
        for _, source in operator_logs(s) do
          ensure_reviewed(source, zone, params, as_of)
        end
      end,
    },

    -- ---- the customer's ----
    {
      id    = "cloud-admin-log-on", ref = "R1", owner = "customer",
      title = {
        en = "Operations of the cloud's administrators are logged",
        ja = "クラウド管理者の操作を監査ログに記録している",
      },
      fix   = {
        en = "Switch the audit log of Entra and of Citrix Cloud on, and collect it.",
        ja = "Entra と Citrix Cloud の監査ログを有効にし、収集してください。",
      },
      check = function(s)
        privilege.needs_entra(s)
        check_cloud_log(s)
      end,
    },
    {
      id    = "directory-admin-log-on", ref = "R1", owner = "customer",
      title = {
        en = "Operations of the directory's administrators are logged",
        ja = "Active Directory 管理者の操作をセキュリティログに記録している",
      },
      fix   = {
        en = "Switch the security log of the domain controller on, and audit account and directory changes.",
        ja = "ドメインコントローラーのセキュリティログを有効にし、アカウント管理とディレクトリ変更を監査対象にしてください。",
      },
      check = function(s)
        check_directory_log(s)
      end,
    },
    {
      id    = "admin-sessions-logged", ref = "R2", owner = "customer",
      title = {
        en = "Every privileged session of the customer's is in the log",
        ja = "お客様の特権作業がすべてログに記録されている",
      },
      fix   = RECORD_FIX,
      check = function(s, params, as_of)
        local journal = s.logging.operator_sessions
        sessions.ensure_window(s, journal, params, as_of)
        sessions.check_recorded(sessions.of(journal, "customer"))
        sessions.need_complete(journal)
      end,
    },
    {
      id    = "admin-accounts-personal", ref = "R2", owner = "customer",
      title = {
        en = "The customer's administrators do not share accounts",
        ja = "お客様の管理者がアカウントを共用していない",
      },
      fix   = PERSONAL_FIX,
      check = function(s, params, as_of)
        local journal = s.logging.operator_sessions
        sessions.ensure_window(s, journal, params, as_of)
        sessions.check_personal(sessions.of(journal, "customer"), journal)
        sessions.need_complete(journal)
      end,
    },
    {
      id    = "admin-log-protected", ref = "R3", owner = "customer",
      title = {
        en = "Administrators cannot alter the logs of their own operations",
        ja = "管理者が自身の操作ログを変更・削除できない",
      },
      fix   = {
        en = "Export the log to a store with protection against alteration, or give the right to alter it to somebody "
          .. "who does not administer.",
        ja = "改ざん防止のある保管先にログを退避するか、ログを変更できる権限を管理業務に携わらない担当者に移してください。",
      },
      check = function(s, params)
        local index = privilege.index(s, params)
        local export = logs.export_of(s)
        for _, source in admin_logs(s, params) do
          ensure_protected(s, source, index, export)
        end
      end,
    },
    {
      id    = "admin-log-kept", ref = "R4", owner = "customer", severity = "medium",
      title = {
        en = "Logs of administrators' operations are kept long enough",
        ja = "管理者の操作ログが十分な期間保存されている",
      },
      fix   = {
        en = "Export the log that is named, and keep the export for oplog_min_days.",
        ja = "指摘されたログを退避し、oplog_min_days の日数保存してください。",
      },
      check = function(s, params)
        logs.check_kept(s, params.admin_log_kinds, params.oplog_min_days)
      end,
    },
    {
      id    = "admin-log-reviewed", ref = "R5", owner = "customer", severity = "medium",
      title = {
        en = "Logs of administrators' operations are reviewed",
        ja = "管理者の操作ログを定期的に点検している",
      },
      fix   = {
        en = "Look through the log for operations that nobody asked for, and record the date (reviewed_at).",
        ja = "申請のない操作がないかログを点検し、実施日時（reviewed_at）を記録してください。",
      },
      check = function(s, params, as_of)
        local zone = s.tenant.time_zone
        for _, source in admin_logs(s, params) do
          ensure_reviewed(source, zone, params, as_of)
        end
      end,
    },
  },
}
