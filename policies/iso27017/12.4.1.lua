-- 12.4.1 Event logging
-- SPDX-License-Identifier: Apache-2.0
--
-- IAD promises three kinds of log and a size that the service documents state; CTX promises the
-- activity log of the past 31 days. What is wanted beyond that is the customer's to export.

local clocks = use("clocks")
local given = use("given")
local lists = use("lists")
local logs = use("logs")

-- ---- size ----

local TOO_SMALL = {
  en = "the {kind} holds {size} MB, the service document states {stated} MB",
  ja = "{kind}の最大サイズが {size} MB です（サービスドキュメントの記載は {stated} MB）",
}

local NO_LIMIT = { en = "a limit of size or of days for this log", ja = "このログのサイズまたは保存日数の上限" }

-- A log that only time limits has room for whatever arises.
local function check_size(source)
  local stated = source.documented_size_mb
  local kind = logs.kind_text(source.kind)
  local size = given.nullable(source, "max_size_mb")
  if size == nil and given.nullable(source, "retention_days") == nil then
    logs.undecided(source, NO_LIMIT)
  end
  ensure(stated ~= nil and (size == nil or size >= stated), source, TOO_SMALL,
    { kind = kind, size = size or 0, stated = stated or 0 })
end

-- ---- coverage ----

local FULL_AFTER = {
  en = "the {kind} reaches back {days} days only, {needed} are wanted",
  ja = "{kind}が {days} 日分しか残っていません（{needed} 日分以上が必要です）",
}

local NEVER_QUIET = { system = true, application = true, security = true }

-- Days of retention do not help a log that is full before they are over. A log that people's doings
-- fill may have nothing old without being cut.
local function is_limited_by_size(source, needed)
  if not source.enabled or given.nullable(source, "max_size_mb") == nil or source.overwrite ~= "oldest_first" then
    return false
  end
  local days = logs.own_days(source)
  return days == nil or days == math.huge or NEVER_QUIET[source.kind] == true and days > needed
end

-- A young contract has no old records.
local function wanted_days(s, params, as_of)
  local today = given.need(time.date(as_of, s.tenant.time_zone))
  local age = given.need(time.days_between(s.contract.started_on, today))
  return math.min(params.min_coverage_days, math.max(age, 0))
end

-- ---- freshness ----

local STOPPED = {
  en = "the newest record of the {kind} is {hours} hours old, the limit is {limit}",
  ja = "{kind}の最新の記録が {hours} 時間前のものです（上限 {limit} 時間）",
}

local EMPTY = { en = "the {kind} holds no record at all", ja = "{kind}に記録が1件もありません" }

-- Whether a log is on a host that does not run now.
local function is_at_rest(s, source)
  if not has(source, "host") or not has(s, "hosts") then
    return false
  end
  local host = lists.find(s.hosts, function(host) return host.id == source.host end)
  return host ~= nil and given.need(host.state) ~= "running"
end

-- A running host always has something to say; people may have had a few days off. A log of theirs
-- without any record is unknown: the tenant may be new, or the log broken.
local function check_fresh(s, source, params, as_of)
  local kind = source.kind
  local values = { kind = logs.kind_text(kind) }
  if NEVER_QUIET[kind] then
    values.limit = params.fresh_hours
    if is_null(source, "newest_event_at") then
      local at_rest = is_at_rest(s, source)
      is_null(source, "newest_event_at")  -- read last: it decides
      ensure(at_rest, source, EMPTY, values)
      return
    end
  else
    values.limit = params.quiet_days * 24
  end
  local age = time.age(source.newest_event_at, as_of)
  if age == nil then
    ensure(false, source)  -- undecided: it is missing, or of the future
    return
  end
  values.hours = age // 3600
  local recent = age <= values.limit * 3600 or is_at_rest(s, source)
  given.need(source.newest_event_at)
  ensure(recent, source, STOPPED, values)
end

-- ---- which logs ----

local A_LOG = { en = "a log that is on", ja = "記録が有効なログ" }

local function enabled_sources(s)
  return each(s.logging.sources, A_LOG, function(source) return source.enabled end)
end

local A_SIZED_LOG = { en = "a log of a host of IAD", ja = "IAD のホストのログ" }

local function is_channel(source)
  return lists.contains(logs.CHANNELS, source.kind)
end

-- Roles of the customer's own hosts, and the log they cannot do without.
local A_CUSTOMER_HOST = {
  en = "a running host of the customer's that has to be logged",
  ja = "ログの対象となる稼働中のお客様ホスト",
}

local function check_customer_hosts(s, params)
  local by_host = logs.by_host(s, { "security" })
  for _, host in each(s.hosts, A_CUSTOMER_HOST, function(host)
    return host.state == "running" and logs.is_of(host, "customer")
      and lists.contains(params.customer_logged_roles, host.role)
  end) do
    for _, source in logs.of_host(s, by_host, host, "security") do
      logs.ensure_enabled(source)
    end
  end
end

-- ---- the export ----

local function check_export_current(s, params, as_of)
  local export = logs.export_of(s)
  if export == nil then
    not_applicable({
      en = "the customer exports no logs",
      ja = "お客様によるログの退避がないため",
    })
  end
  local age = given.need(time.age(export.last_export_at, as_of))
  ensure(age <= params.export_max_age_hours * 3600, export, {
    en = "the last export is {hours} hours old, the limit is {limit}",
    ja = "直近の退避から {hours} 時間が経過しています（上限 {limit} 時間）",
  }, { hours = age // 3600, limit = params.export_max_age_hours })
end

return {
  title      = { en = "Event logging", ja = "イベントログ取得" },
  severity   = "high",
  owner      = { iad = "shared", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 12.4.1", "ISO/IEC 27001:2022 A.8.15", "IIJ-IAD012-0002 12.4.1", "IIJ-VDS051-0002 12.4.1",
  },
  tags       = { "logging", "retention" },
  params     = clocks.params{
    min_days = logs.PARAM_MIN_DAYS,
    count_today = logs.PARAM_COUNT_TODAY,
    logged_roles = logs.PARAM_LOGGED_ROLES,
    customer_logged_roles = {
      type = "list", default = { "vda", "file_server", "dc" },
      doc = {
        en = "Roles of the customer's hosts that have to have a security log",
        ja = "セキュリティログを求めるお客様ホストの役割",
      },
      source = {
        en = "Ours: where people sign in and data is kept; a master image is no host that anybody works on",
        ja = "本パックの提案：利用者がサインインし、データを保管するホスト。マスターイメージは業務に使うホスト"
          .. "ではない",
      },
    },
    min_coverage_days = {
      type = "integer", default = 7, min = 1, max = 366, unit = { en = "days", ja = "日" },
      doc = {
        en = "Days that a log of limited size has to reach back",
        ja = "サイズで制限されたログに求める記録の日数",
      },
      source = {
        en = "Ours: a week, so that what happened over a long weekend can still be read or exported",
        ja = "本パックの提案：連休中の記録も参照・エクスポートできるよう1週間",
      },
    },
    fresh_hours = {
      type = "integer", default = 24, min = 1, max = 720, unit = { en = "hours", ja = "時間" },
      doc = {
        en = "How old the newest record of a host's log may be",
        ja = "ホストのログの最新記録に許容する経過時間",
      },
      source = {
        en = "Ours: a running host writes to its logs many times a day",
        ja = "本パックの提案：稼働中のホストは1日に何度もログを書き込むため",
      },
    },
    quiet_days = {
      type = "integer", default = 10, min = 1, max = 31, unit = { en = "days", ja = "日" },
      doc = {
        en = "How old the newest record of a log may be that only people's doings fill",
        ja = "利用者・管理者の操作によるログの最新記録に許容する日数",
      },
      source = {
        en = "Ours: as long as the longest holidays of an office in Japan",
        ja = "本パックの提案：国内企業で最も長い連休に相当する日数",
      },
    },
    customer_retention_days = {
      type = "integer", default = 365, min = 1, max = 3650, unit = { en = "days", ja = "日" },
      doc = {
        en = "Days for which the customer needs its logs",
        ja = "お客様が必要とするログの保存日数",
      },
      source = {
        en = "Ours: a year, since an intrusion is often noticed months later; the papers leave it to the "
          .. "customer",
        ja = "本パックの提案：侵入は数か月後に発覚することが多いため1年。ホワイトペーパーではお客様の判断とさ"
          .. "れている",
      },
    },
    exported_kinds = {
      type = "list", default = { "security", "activity", "audit", "sign_in" },
      doc = {
        en = "Kinds of log that the customer needs for that long",
        ja = "その日数の保存が必要なログの種別",
      },
      source = {
        en = "Ours: the logs that tell who did what; the others serve operation",
        ja = "本パックの提案：誰が何をしたかを示すログ。その他は運用のためのログ",
      },
    },
    export_max_age_hours = {
      type = "integer", default = 24, min = 1, max = 720, unit = { en = "hours", ja = "時間" },
      doc = {
        en = "How old the last export may be",
        ja = "直近の退避に許容する経過時間",
      },
      source = {
        en = "Ours: what is not exported yet is lost when a log is overwritten or a host is lost",
        ja = "本パックの提案：未エクスポートの記録は、ログの上書きやホストの喪失とともに失われるため",
      },
    },
  },

  rules = {
    {
      id    = "service-logs-on", ref = "R1",
      owner = "provider",
      when  = { service = "iad" },
      title = {
        en = "System, application and security logs of every host of the service are on",
        ja = "サービス設備の全ホストでシステム・アプリケーション・セキュリティログを取得している",
      },
      fix   = {
        en = "Have the log switched on: on a domain controller with the group policy of event logs, otherwise by the "
          .. "provider's desk.",
        ja = "該当のログを有効にしてください。ドメインコントローラーはイベントログのグループポリシーを確認し、"
          .. "変更できない場合は事業者の窓口に依頼してください。",
      },
      check = function(s, params)
        logs.check_channels(s, params)
      end,
    },
    {
      id    = "service-log-size", ref = "R1",
      owner = "provider",
      when  = { service = "iad" },
      title = {
        en = "The logs are as large as the service documents state",
        ja = "ログの最大サイズがサービスドキュメントの記載以上である",
      },
      fix   = {
        en = "Compare the size with the service document (documented_size_mb) and ask the provider to raise it.",
        ja = "サービスドキュメントに記載のサイズ（documented_size_mb）と比較し、不足する場合は事業者に変更を依頼してください。",
      },
      check = function(s)
        for _, source in each(s.logging.sources, A_SIZED_LOG, function(source)
          return logs.concerns(source, "iad") and logs.is_of(source, "provider") and is_channel(source)
        end) do
          check_size(source)
        end
      end,
    },
    {
      id    = "log-coverage", ref = "R1",
      severity = "medium",
      owner = "customer",
      title = {
        en = "A log that its size limits still reaches back far enough",
        ja = "サイズで制限されたログが必要な日数をさかのぼれる",
      },
      fix   = {
        en = "Have the log enlarged, record less that nobody needs, or export it more often than it is overwritten.",
        ja = "ログのサイズを拡大するか、不要な監査項目を減らすか、上書きされるより短い間隔で退避してください。",
      },
      check = function(s, params, as_of)
        local zone, needed = s.tenant.time_zone, wanted_days(s, params, as_of)
        local limited = 0
        for _, source in enabled_sources(s) do
          if is_limited_by_size(source, needed) then
            limited = limited + 1
            local kind = logs.kind_text(source.kind)
            local days = time.age_days(source.oldest_event_at, as_of, zone)
            ensure(days ~= nil and days >= needed, source, FULL_AFTER,
              { kind = kind, days = days or 0, needed = needed })
          end
        end
        if limited == 0 then
          not_applicable({
            en = "no log is cut by its size",
            ja = "サイズの上限により古い記録が失われるログがないため",
          })
        end
      end,
    },
    {
      id    = "log-goes-on-when-full", ref = "R1",
      owner = "shared",
      title = {
        en = "A full log goes on recording",
        ja = "満杯になってもログの記録が止まらない",
      },
      fix   = {
        en = "Set the log to overwrite its oldest records, or to archive itself when it is full.",
        ja = "満杯時の動作を「古いイベントを上書き」または「アーカイブ」に変更してください。",
      },
      check = function(s)
        for _, source in enabled_sources(s) do
          local kind = logs.kind_text(source.kind)
          local sized = given.nullable(source, "max_size_mb") ~= nil
          local overwrite = given.need(source.overwrite)
          ensure(not sized or overwrite ~= "never", source, {
            en = "the {kind} stops when it is full",
            ja = "{kind}は満杯になると記録を停止します",
          }, { kind = kind })
        end
      end,
    },
    {
      id    = "activity-log-kept", ref = "R2",
      owner = "provider",
      when  = { service = "ctx" },
      title = {
        en = "The portal keeps the activity log for the promised days",
        ja = "ポータルのアクティビティログが所定の日数保存されている",
      },
      fix   = {
        en = "Ask the provider why the portal shows less than it promises; until then export the log more often.",
        ja = "保存日数が所定より短い理由を事業者に確認し、解消するまでは短い間隔でログを退避してください。",
      },
      check = function(s, params, as_of)
        logs.check_activity(s, params, as_of)
      end,
    },
    {
      id    = "log-fresh", ref = "R3",
      owner = "shared",
      title = {
        en = "Logs have recent records",
        ja = "ログに最近の記録がある",
      },
      fix   = {
        en = "Find out why nothing arrives: a stopped agent or service, a full disk, a broken subscription.",
        ja = "エージェントやサービスの停止、ディスクの容量不足、転送設定の不備など、記録が止まった原因を調査してください。",
      },
      check = function(s, params, as_of)
        for _, source in enabled_sources(s) do
          check_fresh(s, source, params, as_of)
        end
      end,
    },
    {
      id    = "log-clock", ref = "R4",
      severity = "medium",
      owner = "shared",
      title = {
        en = "Hosts that logs are on have a synchronised clock",
        ja = "ログの取得元ホストの時刻が同期している",
      },
      fix   = {
        en = "Mend the time source of the host that is named (w32tm /query /status); see 12.4.4.",
        ja = "指摘されたホストの時刻源を見直してください（w32tm /query /status で確認、12.4.4 参照）。",
      },
      check = function(s, params, as_of)
        local on = {}
        for _, source in enabled_sources(s) do
          table.insert(on, source)
        end
        clocks.check_hosts_of(s, on, params, as_of)
      end,
    },
    {
      id    = "customer-hosts-log", ref = "R1",
      severity = "medium",
      owner = "customer",
      when  = { service = "ctx" },
      title = {
        en = "The customer's own hosts have a security log",
        ja = "お客様のホストでセキュリティログを取得している",
      },
      fix   = {
        en = "Switch the log on and collect it; on session hosts that are reset, send it off the host.",
        ja = "セキュリティログを有効にして収集してください。再作成されるセッションホストでは、ホストの外へ転送してください。",
      },
      check = function(s, params)
        check_customer_hosts(s, params)
      end,
    },
    {
      id    = "kept-by-customer", ref = "R5",
      severity = "medium",
      owner = "customer",
      title = {
        en = "Logs that the customer needs for longer are exported and kept",
        ja = "提供される期間を超えて必要なログを退避し、保存している",
      },
      fix   = {
        en = "Export the log that is named to a store of your own, and keep it there for customer_retention_days.",
        ja = "指摘されたログを自社の保管先に退避し、customer_retention_days の日数保存してください。",
      },
      check = function(s, params)
        logs.check_kept(s, params.exported_kinds, params.customer_retention_days)
      end,
    },
    {
      id    = "export-current", ref = "R5",
      severity = "medium",
      owner = "customer",
      title = {
        en = "The export of logs is running",
        ja = "ログの退避が継続して実行されている",
      },
      fix   = {
        en = "Look at the last run of the export and repeat it before records are overwritten.",
        ja = "直近の退避ジョブの結果を確認し、記録が上書きされる前に再実行してください。",
      },
      check = function(s, params, as_of)
        check_export_current(s, params, as_of)
      end,
    },
  },
}
