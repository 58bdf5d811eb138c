-- clocks.lua: whether the clock of a host is synchronised
-- SPDX-License-Identifier: Apache-2.0
--
-- 12.4.4 asks for the clocks themselves; 12.4.1 and 16.1.7 because a record is worth what its time
-- is worth. All three ask here.

local given = use("given")

local M = {}

local PARAMS = {
  clock_kinds = {
    type = "list", default = { "ntp", "nt5ds" },
    doc = {
      en = "Kinds of time source that count: ntp, nt5ds (the domain), vm_host, local",
      ja = "認める時刻源の種別（ntp、nt5ds（ドメイン）、vm_host、local）",
    },
    source = {
      en = "Both white papers speak of NTP, and a domain passes it on (nt5ds); a guest that follows its host "
        .. "is synchronised only if the host is, which the snapshot does not show",
      ja = "両ホワイトペーパーの記載は NTP。ドメインでは nt5ds で配布される。仮想化ホストに追従するゲストはホ"
        .. "ストの同期状況に左右されるが、スナップショットからは分からない",
    },
  },
  clock_sources = {
    type = "list", default = {},
    doc = {
      en = "Time sources that hosts with NTP may use, without the flags of w32tm; empty for any",
      ja = "NTP で同期するホストに認める時刻源（w32tm のフラグは除く。空の場合は制限なし）",
    },
    source = {
      en = "The tenant's own decision; none by default",
      ja = "テナントが決める事項（既定では指定なし）",
    },
  },
  clock_max_age_hours = {
    type = "integer", default = 24, min = 1, max = 720, unit = { en = "hours", ja = "時間" },
    doc = {
      en = "Hours between a host's last synchronisation and the reading of its clock",
      ja = "時刻を確認した時点で許容する、最終同期からの経過時間",
    },
    source = {
      en = "Ours: the default intervals of Windows and chrony are minutes to hours, a day without is a fault",
      ja = "本パックの提案：Windows と chrony の既定の間隔は数分から数時間。1日同期がなければ異常とみなす",
    },
  },
  clock_reading_days = {
    type = "integer", default = 7, min = 0, max = 366, unit = { en = "days", ja = "日" },
    doc = {
      en = "How old the reading of a clock may be",
      ja = "時刻の確認結果を有効とみなす日数",
    },
    source = {
      en = "Ours: clocks are read together with the rest of a snapshot, a week at most before",
      ja = "本パックの提案：時刻の確認はスナップショットの取得と同時期（1週間以内）に行うため",
    },
  },
  clock_max_offset_ms = {
    type = "integer", default = 5000, min = 1, max = 300000, unit = { en = "milliseconds", ja = "ミリ秒" },
    doc = {
      en = "Difference to the reference that is allowed, in either direction",
      ja = "基準時刻とのずれの許容範囲（進み・遅れとも）",
    },
    source = {
      en = "Ours: 5 seconds, so that records of several hosts can still be put in order",
      ja = "本パックの提案：複数ホストの記録を時系列に並べられるよう 5 秒",
    },
  },
}

-- A control's parameters, and those of the clocks.
function M.params(own)
  for name, param in pairs(PARAMS) do
    own[name] = param
  end
  return own
end

-- ---- what can be wrong ----

local LOCAL_SOURCES = { "local cmos clock", "free-running", "free running", "vm ic time", "local clock" }

-- ntpd's driver for the clock of the machine, as ntpq, chronyc and addresses show it.
local LOCAL_DRIVERS = { "127.127.1.", "local(", "7f7f01" }

local ITSELF = { localhost = true, ["127.0.0.1"] = true, ["::1"] = true, locl = true, [".locl."] = true }

-- The servers of a source without the flags that w32tm adds: "192.0.2.1,0x8 192.0.2.2,0x8".
function M.servers(source)
  local found = {}
  for word in string.gmatch(source, "%S+") do
    table.insert(found, string.match(word, "^[^,]*"))
  end
  return found
end

-- Whether a server, by its name, is a host of the snapshot. domain: the host's, where it is known.
function M.is_host(server, host, domain)
  local name, own = text.normalise(server), given.need(text.normalise(host.name))
  return name == own or domain ~= nil and name == own .. "." .. text.normalise(domain)
end

local function is_local_server(server, host)
  local name = text.normalise(server)
  for _, driver in ipairs(LOCAL_DRIVERS) do
    if string.sub(name, 1, #driver) == driver then
      return true
    end
  end
  return ITSELF[name] == true or M.is_host(server, host)
end

-- Whether a host's own clock is its source, or that of the machine beneath it.
function M.is_local(source, host)
  local name = given.need(text.normalise(source))
  for _, wanted in ipairs(LOCAL_SOURCES) do
    if string.find(name, wanted, 1, true) then
      return true
    end
  end
  for _, server in ipairs(M.servers(source)) do
    if is_local_server(server, host) then
      return true
    end
  end
  return false
end

local function names(list, wanted)
  for _, name in ipairs(list) do
    if text.same(name, wanted) then
      return true
    end
  end
  return false
end

-- Whether all servers of a source are listed; a name may have spaces.
local function are_listed(list, source)
  if names(list, source) then
    return true
  end
  for _, server in ipairs(M.servers(source)) do
    if not names(list, server) then
      return false
    end
  end
  return true
end

local KIND = {
  ntp     = { en = "NTP", ja = "NTP" },
  nt5ds   = { en = "the domain", ja = "ドメイン階層" },
  vm_host = { en = "the host of the virtual machine", ja = "仮想マシンのホスト" },
  ["local"] = { en = "its own clock", ja = "自身の時計" },
}

local BAD_KIND = {
  en = "{host} takes its time from {kind} ({source})",
  ja = "{host} の時刻源が{kind}（{source}）です",
}

local BAD_SOURCE = {
  en = "{host} takes its time from {source}",
  ja = "{host} の時刻源が {source} です",
}

local UNSYNCHRONISED = {
  en = "{host} is not synchronised (stratum {stratum})",
  ja = "{host} は同期していません（ストラタム {stratum}）",
}

local OLD_SYNC = {
  en = "{host} was last synchronised {hours} hours before its clock was read, the limit is {limit}",
  ja = "{host} の最終同期が、時刻の確認より {hours} 時間前です（上限 {limit} 時間）",
}

local OLD_READING = {
  en = "the clock was read {days} days ago, the limit is {limit}",
  ja = "時刻の確認から {days} 日が経過しています（上限 {limit} 日）",
}

local OFF = {
  en = "the clock of {host} is off by {offset} ms, the limit is {limit}",
  ja = "{host} の時刻のずれが {offset} ミリ秒です（上限 {limit} ミリ秒）",
}

-- Each of these gives whether it is right, and the message and its values for when it is not. The
-- deciding value is read last.

function M.source(host, params)
  local clock, name = host.clock, host.name
  local source = clock.source
  local kind = clock.kind
  if not names(params.clock_kinds, kind) then
    return false, BAD_KIND, { host = name, kind = KIND[kind] or kind, source = source }
  end
  source = given.need(clock.source)
  local listed = kind ~= "ntp" or #params.clock_sources == 0 or are_listed(params.clock_sources, source)
  local is_own = M.is_local(source, host)
  given.need(clock.source)
  return listed and not is_own, BAD_SOURCE, { host = name, source = source }
end

-- Stratum 0 is "unspecified", 16 "unsynchronised" (RFC 5905, figure 11).
function M.stratum(host)
  local name = host.name
  local stratum = host.clock.stratum
  return stratum >= 1 and stratum <= 15, UNSYNCHRONISED, { host = name, stratum = stratum }
end

-- Counted to the reading of the clock, which is what was seen.
function M.last_sync(host, params)
  local clock, name, limit = host.clock, host.name, params.clock_max_age_hours
  local read_at = clock.read_at
  local age = time.since(clock.last_sync_at, read_at)
  return age <= limit * 3600, OLD_SYNC, { host = name, hours = age // 3600, limit = limit }
end

function M.reading(host, params, as_of, zone)
  local limit = params.clock_reading_days
  local days = given.need(time.age_days(host.clock.read_at, as_of, zone))
  return days <= limit, OLD_READING, { days = days, limit = limit }
end

function M.offset(host, limit)
  local name = host.name
  local offset = host.clock.offset_ms
  return math.abs(offset) <= limit, OFF, { host = name, offset = offset, limit = limit }
end

-- ---- for the controls that need a clock to be right ----

local function ensure_right(host, right, message, values)
  ensure(right, host.clock, message, values)
end

local function ensure_synchronised(host, params, as_of, zone)
  if host.clock == nil then
    ensure(false, host)  -- undecided: it is missing, and the next host may be at fault
    return
  end
  ensure_right(host, M.source(host, params))
  ensure_right(host, M.stratum(host))
  ensure_right(host, M.last_sync(host, params))
  ensure_right(host, M.offset(host, params.clock_max_offset_ms))
  ensure_right(host, M.reading(host, params, as_of, zone))
end

local ON_A_HOST = { system = true, application = true, security = true }

-- Running hosts that logs are on: the clock of each is synchronised. logs: a list of views.
function M.check_hosts_of(s, logs, params, as_of)
  local wanted = {}
  for _, log in ipairs(logs) do
    if ON_A_HOST[log.kind] or has(log, "host") then
      wanted[given.need(log.host)] = true
    end
  end
  if next(wanted) == nil then
    not_applicable({
      en = "none of these logs is on a host of the snapshot",
      ja = "対象のログに、スナップショットのホストから取得するものがないため",
    })
  end
  for _, host in each(s.hosts, {
    en = "a running host that a log is on", ja = "稼働中のログ取得元ホスト",
  }, function(host)
    return wanted[host.id] == true and host.state == "running"
  end) do
    ensure_synchronised(host, params, as_of, s.tenant.time_zone)
  end
end

return M
