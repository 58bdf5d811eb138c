-- 12.1.3 Capacity management
-- SPDX-License-Identifier: Apache-2.0
--
-- A claim of the provider may stand in for what is absent. So nothing that is absent of one resource
-- ends a rule, or keeps it from seeing what is wrong with the next: each resource closes with an
-- assertion of its own.

local data = use("datasets")
local given = use("given")
local sides = use("sides")
local statements = use("statements")

-- ---- whose resources ----

local PROVIDERS = { en = "a resource of the provider", ja = "事業者のリソース" }
local CUSTOMERS = { en = "a resource of the customer", ja = "お客様のリソース" }

local function each_resource(s, side)
  return each(s.capacity.resources, side == "provider" and PROVIDERS or CUSTOMERS, function(resource)
    return sides.is_of(resource.party, side)
  end)
end

-- The same as a list, once it is known whose each resource is.
local function resources_of(s, side)
  local found = {}
  for _, resource in each_resource(s, side) do
    table.insert(found, resource)
  end
  ensure(true, s.capacity.resources)
  return found
end

local OF_SERVICE = {
  iad = { en = "a resource of the provider for IAD", ja = "IAD に関する事業者のリソース" },
  ctx = { en = "a resource of the provider for CTX", ja = "CTX に関する事業者のリソース" },
}

-- Resources of one service tell nothing about the other.
local function need_every_service(s)
  for _, service in ipairs(statements.services(s)) do
    for _ in each(s.capacity.resources, OF_SERVICE[service], function(resource)
      return sides.is_of(resource.party, "provider") and data.is_of(resource.service, service)
    end) do end
  end
end

-- ---- one resource ----

local METRIC = {
  cpu            = { en = "processors", ja = "CPU" },
  memory         = { en = "memory", ja = "メモリ" },
  disk           = { en = "disk", ja = "ディスク" },
  bandwidth      = { en = "bandwidth", ja = "帯域" },
  sessions       = { en = "sessions", ja = "セッション数" },
  quota          = { en = "quota", ja = "クォータ" },
  directory_size = { en = "size of the directory", ja = "ディレクトリの容量" },
}

-- Exports write this for "no limit" (maxSessionLimit of a host pool).
local UNLIMITED = 999999

local PERCENT = { percent = true, ["%"] = true, ["パーセント"] = true }

local function is_percent(resource)
  local unit = text.normalise(resource.unit)
  return unit ~= nil and PERCENT[unit] == true
end

-- Misses a reading that nobody can interpret: in percent of 100, a peak below 1 that is no whole
-- number is more likely a share of 1.
local function need_scale(s, resource, limit, peak)
  if not is_percent(resource) or limit ~= 100 or peak == 0 or peak >= 1 then
    return true
  end
  local id = resource.id or ""
  for _ in each(s.capacity.resources, {
    en = "a reading of " .. id .. " in percent that is no share of 1",
    ja = id .. " の 0～100 の値（0～1 の割合ではない値）",
  }, function() return false end) do end
  return false
end

-- The limit; nil for a resource that is elastic, or whose limit says nothing (R1 tells that). A share of
-- something ends at 100 %, whether or not anybody wrote that down.
local function limit_of(resource)
  if is_null(resource, "limit") then
    return is_percent(resource) and 100 or nil
  end
  local limit = resource.limit
  return limit ~= nil and limit > 0 and limit < UNLIMITED and limit or nil
end

local function check_known(resource, params, as_of)
  if not is_null(resource, "limit") then
    local limit = resource.limit
    ensure(limit ~= nil and limit > 0 and limit < UNLIMITED, resource, {
      en = "its limit is {limit}: give the real one, or null for none",
      ja = "上限が {limit} になっています。実際の値を、上限がない場合は null を指定してください",
    }, { limit = limit })
  end
  local threshold = resource.threshold_percent
  ensure(threshold ~= nil and threshold > 0 and threshold <= params.highest_threshold_percent, resource, {
    en = "its alarm is set at {threshold} %, which warns too late; {highest} % is the highest",
    ja = "しきい値が {threshold}% で、警告が間に合いません（上限 {highest}%）",
  }, { threshold = threshold, highest = params.highest_threshold_percent })
  local seconds = time.age(resource.sampled_at, as_of)
  ensure(seconds ~= nil and seconds <= params.capacity_sample_hours * 3600, resource, {
    en = "the newest sample is {hours} hours old, the limit is {limit}",
    ja = "直近の計測から {hours} 時間が経過しています（上限 {limit} 時間）",
  }, { hours = seconds ~= nil and seconds // 3600 or "", limit = params.capacity_sample_hours })
end

-- Multiplied, not divided: 80 of 100 is no more than 80 %, whatever a quotient rounds to.
local function ensure_within(resource, key, limit, message)
  local metric, unit = METRIC[resource.metric or ""], is_percent(resource) and "%" or resource.unit
  local threshold, used = resource.threshold_percent, resource[key]
  ensure(threshold ~= nil and used ~= nil and used * 100 <= threshold * limit, resource, message,
    { metric = metric, used = used, limit = limit, unit = unit, threshold = threshold })
end

local NOW = {
  en = "{metric}: {used} of {limit} {unit} are in use, which is above {threshold} %",
  ja = "{metric}：現在値 {used}（上限 {limit} {unit}）がしきい値 {threshold}% を超えています",
}
local PEAK = {
  en = "{metric}: the peak of {used} of {limit} {unit} is above {threshold} %",
  ja = "{metric}：過去30日の最大値 {used}（上限 {limit} {unit}）がしきい値 {threshold}% を超えています",
}

-- More now than in the last 30 days, of which now is one: the peak was not kept. That fails, since
-- a claim of the provider might stand in for what is unknown.
local function check_peak(resource, peak)
  local metric, unit = METRIC[resource.metric or ""], is_percent(resource) and "%" or resource.unit
  local current = resource.current
  ensure(current ~= nil and current <= peak, resource, {
    en = "{metric}: {current} {unit} are in use now, and the recorded peak is {peak}: one of them is wrong",
    ja = "{metric}：現在値 {current} {unit} が過去30日の最大値 {peak} を上回っており、記録が矛盾しています",
  }, { metric = metric, current = current, unit = unit, peak = peak })
end

local function check_usage(s, resource)
  local limit = limit_of(resource)
  ensure(true, resource)
  if limit == nil then
    return
  end
  local has_current = has(resource, "current")
  if has_current then
    ensure_within(resource, "current", limit, NOW)
  end
  local peak = resource.peak_30d
  local known = peak ~= nil and need_scale(s, resource, limit, peak)
  ensure(true, resource)
  if not known then
    return
  end
  ensure_within(resource, "peak_30d", limit, PEAK)
  if has_current then
    check_peak(resource, peak)
  end
end

local function check_forecast(s, resource, params, as_of)
  local limited = limit_of(resource) ~= nil
  ensure(true, resource)
  if not limited or is_null(resource, "exhausted_on") then
    return
  end
  local today = time.date(as_of, s.tenant.time_zone)
  local on = resource.exhausted_on
  local left = time.days_between(today, on)
  ensure(left ~= nil and left > params.capacity_horizon_days, resource, left ~= nil and left < 0 and {
    en = "it was expected to be exhausted on {on}", ja = "枯渇予測日 {on} を過ぎています",
  } or {
    en = "it is expected to be exhausted on {on}, in {left} days; more than {horizon} are needed",
    ja = "{left} 日後の {on} に枯渇する見込みです（{horizon} 日を超える余裕が必要です）",
  }, { on = on, left = left, horizon = params.capacity_horizon_days })
end

-- What is elastic has no usage to be judged.
local function need_limited(s, side)
  for _, resource in each_resource(s, side) do
    if limit_of(resource) ~= nil then
      return
    end
  end
  not_applicable({
    en = "no resource has a limit", ja = "上限のあるリソースがないため",
  })
end

-- ---- CTX: sessions ----

local POOLED = { en = "a pooled host pool", ja = "プール型のホストプール" }

local function check_session_limits(s)
  local pooled = 0
  for _, pool in ipairs(s.azure.host_pools) do
    pooled = pooled + (given.need(pool.kind) == "pooled" and 1 or 0)
  end
  if pooled == 0 then
    not_applicable({ en = "there is no pooled host pool", ja = "プール型のホストプールがないため" })
  end
  for _, pool in each(s.azure.host_pools, POOLED, function(pool) return pool.kind == "pooled" end) do
    local limited, name = false, pool.name
    if not is_null(pool, "max_sessions") then
      limited = given.need(pool.max_sessions) < UNLIMITED
    end
    ensure(limited, pool, {
      en = "{name} has no limit of sessions: one host takes all users",
      ja = "{name} にセッション数の上限がなく、1台のホストに利用者が集中します",
    }, { name = name })
  end
end

local METRICS = {
  sessions = { en = "a reading of sessions", ja = "セッション数の計測値" },
  quota    = { en = "a reading of a quota of Azure", ja = "Azure クォータの計測値" },
}

-- ---- the rules, alike for both sides ----

local FIX_KNOWN = {
  en = "Record limit, threshold and a current sample of the resource.",
  ja = "該当リソースの上限・しきい値・最新の計測値を記録してください。",
}

local FIX_USAGE = {
  en = "Add capacity or move load before the limit is reached; correct a reading that contradicts another one.",
  ja = "上限に達する前に、増強または負荷の分散を行ってください。計測値に矛盾がある場合は訂正してください。",
}

local FIX_FORECAST = {
  en = "Add capacity or move load before the peak reaches the limit.",
  ja = "ピークが上限に達する前に、増強または負荷の分散を行ってください。",
}

return {
  title      = { en = "Capacity management", ja = "容量・能力の管理" },
  severity   = "medium",
  owner      = { iad = "provider", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 12.1.3", "ISO/IEC 27001:2022 A.8.6", "IIJ-IAD012-0002 12.1.3", "IIJ-VDS051-0002 12.1.3",
  },
  tags       = { "capacity" },
  params     = {
    capacity_sample_hours = {
      type = "integer", default = 24, min = 1, max = 744, unit = { en = "hours", ja = "時間" },
      doc = { en = "How old the newest sample may be", ja = "直近の計測からの経過時間の上限" },
      source = {
        en = "Ours: daily; the white papers say that utilization is managed, and name no interval",
        ja = "本パックの提案：毎日。ホワイトペーパーには使用状況を管理するとあるが、間隔の記載なし",
      },
    },
    highest_threshold_percent = {
      type = "integer", default = 90, min = 1, max = 100, unit = { en = "percent", ja = "%" },
      doc = { en = "Highest threshold an alarm may have", ja = "しきい値として認める最大値" },
      source = {
        en = "Ours: 80 % is usual; above 90 % nobody can act in time",
        ja = "本パックの提案：一般に 80 %。90 % を超えると対応が間に合わないため",
      },
    },
    capacity_horizon_days = {
      type = "integer", default = 30, min = 0, max = 1096, unit = { en = "days", ja = "日" },
      doc = { en = "A forecast has to last longer than this", ja = "枯渇予測日までに必要な日数（この日数を超えること）" },
      source = {
        en = "Ours: a month to order and install",
        ja = "本パックの提案：発注と増設に1か月",
      },
    },
  },

  rules = {
    {
      id    = "provider-measured", ref = "R1", owner = "provider", claimable = true,
      title = {
        en = "Resources of the provider have limits, alarms and current samples",
        ja = "事業者のリソースの上限・しきい値・計測値が管理されている",
      },
      fix   = FIX_KNOWN,
      check = function(s, params, as_of)
        for _, resource in ipairs(resources_of(s, "provider")) do
          check_known(resource, params, as_of)
        end
        need_every_service(s)
      end,
    },
    {
      id    = "provider-usage", ref = "R2", owner = "provider", claimable = true,
      title = {
        en = "Usage of the provider's resources stays below the threshold",
        ja = "事業者のリソース使用率がしきい値以下である",
      },
      fix   = FIX_USAGE,
      check = function(s, params, as_of)
        need_limited(s, "provider")
        for _, resource in ipairs(resources_of(s, "provider")) do
          check_usage(s, resource)
        end
      end,
    },
    {
      id    = "provider-forecast", ref = "R3", severity = "low", owner = "provider", claimable = true,
      title = {
        en = "The provider's resources are not about to be exhausted",
        ja = "事業者のリソースに当面の枯渇見込みがない",
      },
      fix   = FIX_FORECAST,
      check = function(s, params, as_of)
        need_limited(s, "provider")
        for _, resource in ipairs(resources_of(s, "provider")) do
          check_forecast(s, resource, params, as_of)
        end
      end,
    },
    {
      id    = "customer-measured", ref = "R1", owner = "customer",
      when  = { service = "ctx" },
      title = {
        en = "Resources of the customer have limits, alarms and current samples",
        ja = "お客様のリソースの上限・しきい値・計測値が管理されている",
      },
      fix   = FIX_KNOWN,
      check = function(s, params, as_of)
        for _, resource in ipairs(resources_of(s, "customer")) do
          check_known(resource, params, as_of)
        end
      end,
    },
    {
      id    = "customer-usage", ref = "R2", owner = "customer",
      when  = { service = "ctx" },
      title = {
        en = "Usage of the customer's resources stays below the threshold",
        ja = "お客様のリソース使用率がしきい値以下である",
      },
      fix   = FIX_USAGE,
      check = function(s, params, as_of)
        need_limited(s, "customer")
        for _, resource in ipairs(resources_of(s, "customer")) do
          check_usage(s, resource)
        end
      end,
    },
    {
      id    = "customer-forecast", ref = "R3", severity = "low", owner = "customer",
      when  = { service = "ctx" },
      title = {
        en = "The customer's resources are not about to be exhausted",
        ja = "お客様のリソースに当面の枯渇見込みがない",
      },
      fix   = FIX_FORECAST,
      check = function(s, params, as_of)
        need_limited(s, "customer")
        for _, resource in ipairs(resources_of(s, "customer")) do
          check_forecast(s, resource, params, as_of)
        end
      end,
    },
    {
      id    = "sessions-and-quotas", ref = "R1", owner = "customer",
      when  = { service = "ctx" },
      title = {
        en = "Sessions and quotas of Azure are watched",
        ja = "セッション数と Azure クォータを監視している",
      },
      fix   = {
        en = "Record the number of sessions and the quota of virtual CPUs of each region as resources.",
        ja = "セッション数と、リージョンごとの vCPU クォータをリソースとして記録してください。",
      },
      check = function(s, params, as_of)
        for _, metric in ipairs({ "sessions", "quota" }) do
          for _, resource in each(s.capacity.resources, METRICS[metric], function(resource)
            return resource.metric == metric and resource.service ~= "iad"
          end) do
            local limited = limit_of(resource) ~= nil
            local _ = is_null(resource, "limit")
            ensure(limited, resource, {
              en = "its limit is not known", ja = "上限が把握されていません",
            })
          end
        end
      end,
    },
    {
      id    = "session-limits", ref = "R1", owner = "customer",
      when  = { service = "ctx" },
      title = {
        en = "Host pools limit the sessions of a host",
        ja = "ホストプールにホストあたりのセッション数の上限がある",
      },
      fix   = {
        en = "Set the maximum of sessions of the host pool to what one host can bear.",
        ja = "ホストプールの最大セッション数を、ホスト1台で処理できる数に設定してください。",
      },
      check = function(s, params, as_of)
        check_session_limits(s)
      end,
    },
  },
}
