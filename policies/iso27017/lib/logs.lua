-- logs.lua: which logs are judged, how long they keep their records, and whose records they show
-- SPDX-License-Identifier: Apache-2.0
--
-- 12.4.1, 12.4.3, 16.1.7, 18.1.3 and CLD.12.4.5 look at the same logs. What they ask in common is
-- asked here, so that they cannot disagree: above all how many days a log keeps.

local given = use("given")
local lists = use("lists")
local names = use("names")

local M = {}

-- ---- parameters that several controls have ----

M.PARAM_MIN_DAYS = {
  type = "integer", default = 31, min = 1, max = 3650, unit = { en = "days", ja = "日" },
  doc = {
    en = "Days for which the portal has to keep its activity log",
    ja = "ポータルのアクティビティログに求める保存日数",
  },
  source = {
    en = "IIJ-VDS051-0002 12.4.1 and 18.1.3: the records of the past 31 days",
    ja = "IIJ-VDS051-0002 12.4.1 と 18.1.3：過去 31 日分の記録",
  },
}

M.PARAM_COUNT_TODAY = {
  type = "boolean", default = true,
  doc = {
    en = "Whether the day of the evaluation is one of the days that the oldest record proves",
    ja = "最古の記録から保存日数を確かめる際に、評価日当日を1日と数えるか",
  },
  source = {
    en = "The white paper does not say; this is the lenient reading of the promise",
    ja = "ホワイトペーパーに記載なし。緩やかな方の解釈を採用",
  },
}

M.PARAM_LOGGED_ROLES = {
  type = "list", default = { "dc", "sync_server", "admin_console" },
  doc = {
    en = "Roles of the hosts of IAD that have to have the three logs",
    ja = "3種のログ（システム・アプリケーション・セキュリティ）を求める IAD のホストの役割",
  },
  source = {
    en = "IIJ-IAD012-0002 12.4.1 speaks of the equipment of the service; these are the hosts a tenant has of "
      .. "it",
    ja = "IIJ-IAD012-0002 12.4.1 の対象はサービス設備。そのうちテナントに割り当てられたホスト",
  },
}

M.CHANNELS = { "system", "application", "security" }

local KIND = {
  system      = { en = "system log", ja = "システムログ" },
  application = { en = "application log", ja = "アプリケーションログ" },
  security    = { en = "security log", ja = "セキュリティログ" },
  activity    = { en = "activity log", ja = "アクティビティログ" },
  sign_in     = { en = "sign-in log", ja = "サインインログ" },
  audit       = { en = "audit log", ja = "監査ログ" },
  operator    = { en = "operator log", ja = "作業ログ" },
  flow        = { en = "flow log", ja = "フローログ" },
}

function M.kind_text(kind)
  return KIND[kind] or { en = "log", ja = "ログ" }
end

-- ---- which logs ----

-- Whether a log (or a host) belongs to a service.
function M.concerns(item, service)
  return item.service == service or item.service == "both"
end

-- Whether a side answers for it; both do for what is shared.
function M.is_of(item, party)
  return item.party == party or item.party == "shared"
end

-- Makes the rule unknown: something is there, and does not tell what was asked. Ends with an
-- assertion, so that the next log is judged by itself.
function M.undecided(view, what)
  for _ in each({ view }, what, function() return false end) do end
  ensure(true, view)
end

local SWITCHED_OFF = {
  en = "the {kind} is switched off",
  ja = "{kind}の記録が無効になっています",
}

function M.ensure_enabled(source)
  local kind = M.kind_text(source.kind)
  local enabled = source.enabled
  ensure(enabled, source, SWITCHED_OFF, { kind = kind })
  return enabled
end

-- ---- how long ----

-- The days a log keeps: math.huge without limit, nil when nothing but its size limits it.
function M.own_days(source)
  local days = given.nullable(source, "retention_days")
  if days == 0 then
    return math.huge
  end
  return days
end

-- Whether its size may cut a log before its days are over.
function M.may_be_cut(source)
  return given.nullable(source, "max_size_mb") ~= nil and source.overwrite ~= "archive"
end

local TOO_SHORT = {
  en = "the {kind} is kept for {days} days, {needed} are needed",
  ja = "{kind}の保存日数が {days} 日です（{needed} 日以上が必要です）",
}

local ONLY_SIZE = {
  en = "only its size limits the {kind}; no number of days is kept, and {needed} are needed",
  ja = "{kind}がサイズのみで制限されており、保存日数が定められていません（{needed} 日以上が必要です）",
}

local AN_OLD_RECORD = {
  en = "a record old enough to show that the size does not cut the days of this log",
  ja = "サイズの上限で保存日数が短くならないことを示す古い記録",
}

-- Whether the oldest record, or a contract that is younger still, shows that all the days are kept.
local function is_proven(s, source, needed, params, as_of)
  local zone = s.tenant.time_zone
  local today = given.need(time.date(as_of, zone))
  if given.need(time.days_between(s.contract.started_on, today)) < needed then
    return true
  end
  local days = given.need(time.age_days(source.oldest_event_at, as_of, zone))
  return days + (params.count_today and 1 or 0) >= needed
end

-- A log keeps its records for so many days. What its oldest record says never fails: a quiet
-- tenant has none. It is asked only where a size may cut the days.
function M.ensure_days(s, source, needed, params, as_of)
  local kind = M.kind_text(source.kind)
  local days = M.own_days(source)
  local enough = days ~= nil and days >= needed
  ensure(enough, source, days == nil and ONLY_SIZE or TOO_SHORT, { kind = kind, days = days or 0, needed = needed })
  if enough and M.may_be_cut(source) and not is_proven(s, source, needed, params, as_of) then
    M.undecided(source, AN_OLD_RECORD)
  end
end

local AN_ACTIVITY_LOG = { en = "an activity log of CTX", ja = "CTX のアクティビティログ" }

-- CTX: walks the portal's activity log, which is the provider's: subscriptions of the customer's have
-- logs of that name too.
function M.portal_activity(s)
  return each(s.logging.sources, AN_ACTIVITY_LOG, function(source)
    return source.kind == "activity" and M.concerns(source, "ctx") and M.is_of(source, "provider")
  end)
end

-- CTX: the portal's activity log is on and keeps its days.
function M.check_activity(s, params, as_of)
  for _, source in M.portal_activity(s) do
    if M.ensure_enabled(source) then
      M.ensure_days(s, source, params.min_days, params, as_of)
    end
  end
end

-- ---- the three logs of a host ----

local A_SERVICE_HOST = { en = "a running host of IAD that has to be logged", ja = "ログの対象となる稼働中の IAD のホスト" }

-- Hosts of the service IAD that have to have the three logs.
function M.service_hosts(s, params)
  return each(s.hosts, A_SERVICE_HOST, function(host)
    return host.state == "running" and M.concerns(host, "iad") and lists.contains(params.logged_roles, host.role)
  end)
end

-- The logs of hosts, of those kinds, by the host's id: for M.of_host.
function M.by_host(s, kinds)
  local found = {}
  for _, source in ipairs(s.logging.sources) do
    local host = lists.contains(kinds, source.kind) and source.host
    if host then
      found[host] = found[host] or {}
      table.insert(found[host], source)
    end
  end
  return found
end

local function none() return false end

-- Walks a host's logs of a kind; the rule is unknown when the snapshot has none.
function M.of_host(s, by_host, host, kind)
  local found = {}
  for _, source in ipairs(by_host[host.id] or {}) do
    if source.kind == kind then
      table.insert(found, source)
    end
  end
  if #found == 0 then
    return each(s.logging.sources, {
      en = "a " .. M.kind_text(kind).en .. " of " .. host.name,
      ja = names.of_ja(host.name) .. M.kind_text(kind).ja,
    }, none)
  end
  return ipairs(found)
end

-- IAD: system, application and security logs of every host of the service are on.
function M.check_channels(s, params)
  local by_host = M.by_host(s, M.CHANNELS)
  for _, host in M.service_hosts(s, params) do
    for _, kind in ipairs(M.CHANNELS) do
      for _, source in M.of_host(s, by_host, host, kind) do
        M.ensure_enabled(source)
      end
    end
  end
end

-- ---- kept by the customer beyond that ----

local NOT_KEPT = {
  en = "the {kind} is kept for {days} days where it arises, and is not exported ({needed} are needed)",
  ja = "{kind}は取得元で {days} 日分しか保存されず、退避の対象にもなっていません（{needed} 日以上が必要です）",
}

local NOT_KEPT_SIZE = {
  en = "only its size limits the {kind} where it arises, and it is not exported ({needed} days are needed)",
  ja = "{kind}は取得元のサイズ上限でしか保存されず、退避の対象にもなっていません（{needed} 日以上が必要です）",
}

local NOT_KEPT_CUT = {
  en = "the size limit of the {kind} may cut it before {needed} days are over, and it is not exported",
  ja = "{kind}はサイズの上限があるため {needed} 日間の保存が保証されず、退避の対象にもなっていません",
}

-- What is said of a log that is neither kept long enough nor exported; the value that is to blame is
-- read last.
local function why_not_kept(source, days, needed)
  if days == nil then
    return NOT_KEPT_SIZE
  elseif days < needed then
    return NOT_KEPT
  end
  given.nullable(source, "max_size_mb")
  return NOT_KEPT_CUT
end

local function ensure_export(export, needed)
  local enabled = export.enabled
  ensure(enabled, export, {
    en = "the export is switched off",
    ja = "ログの退避が無効になっています",
  })
  local days = export.retention_days
  ensure(days == 0 or days >= needed, export, {
    en = "exported logs are kept for {days} days, {needed} are needed",
    ja = "退避したログの保存日数が {days} 日です（{needed} 日以上が必要です）",
  }, { days = days, needed = needed })
end

local A_LOG_TO_KEEP = { en = "a log that has to be kept", ja = "保存が必要なログ" }

-- Logs that are on and have to be kept. kinds: of which kinds.
function M.to_keep(s, kinds)
  return each(s.logging.sources, A_LOG_TO_KEEP, function(source)
    return lists.contains(kinds, source.kind) and source.enabled
  end)
end

-- The customer's export, nil for none.
function M.export_of(s)
  return given.nullable(s.logging, "export")
end

local has_source = {} -- by export

function M.is_exported(export, source)
  if export == nil then
    return false
  end
  has_source[export] = has_source[export] or lists.asked(export.sources)
  return has_source[export](source.id)
end

-- Whether a log keeps so many days where it arises.
function M.keeps(source, needed)
  local cut = M.may_be_cut(source)
  local days = M.own_days(source)
  return days ~= nil and days >= needed and not cut, days
end

-- Logs of those kinds are kept for so many days, where they arise or in the customer's export.
function M.check_kept(s, kinds, needed)
  local export, relied_on = M.export_of(s), false
  for _, source in M.to_keep(s, kinds) do
    local kind = M.kind_text(source.kind)
    local exported = M.is_exported(export, source)
    local alone, days = M.keeps(source, needed)
    relied_on = relied_on or exported and not alone
    ensure(alone or exported, source, why_not_kept(source, days, needed),
      { kind = kind, days = days or 0, needed = needed })
  end
  if relied_on then
    ensure_export(export, needed)
  end
end

-- Kinds of log that not every tenant has. Who signs in to IAD alone is in the directory's security log.
local HAS_KIND = {
  activity = function(contract) return contract.service ~= "iad" end,
  sign_in = function(contract) return contract.service ~= "iad" end,
  audit = function(contract)
    return contract.service ~= "iad" or lists.contains(given.need(contract.options), "entra_connect")
  end,
}

local function is_listed(s, kind)
  return lists.find(s.logging.sources, function(source) return source.kind == kind end) ~= nil
end

-- Logs of each of those kinds are on. A kind that is needed and not there was not collected.
function M.check_recorded(s, kinds)
  for _, kind in ipairs(kinds) do
    local has_kind = HAS_KIND[kind]
    if is_listed(s, kind) or has_kind == nil or has_kind(s.contract) then
      local what = { en = "a log of the kind " .. kind, ja = M.kind_text(kind).ja }
      for _, source in each(s.logging.sources, what, function(source) return source.kind == kind end) do
        M.ensure_enabled(source)
      end
    end
  end
end

-- ---- whose records ----

-- A log holds the records of this tenant, and of no other.
function M.ensure_own_tenant(s, source)
  local own = given.need(s.tenant.id)
  local scope, found = source.tenant_scope, false
  for _, tenant in ipairs(scope) do
    local same = text.same(tenant, own)
    found = found or same
    ensure(same, scope, {
      en = "it also holds records of the tenant {tenant}",
      ja = "他のテナント {tenant} の記録も含まれています",
    }, { tenant = tenant })
  end
  ensure(found, scope, {
    en = "it holds no records of this tenant",
    ja = "当テナントの記録が含まれていません",
  })
end

return M
