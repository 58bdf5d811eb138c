-- 12.4.4 Clock synchronisation
-- SPDX-License-Identifier: Apache-2.0
--
-- Each side answers for its own hosts, so the rules about hosts come in pairs. The sentence of the
-- IAD paper on FSMO reads as if recorded times were not all synchronised; CTX's says that they all
-- are. Which of them is meant on IAD is to be asked: fsmo_time_rule says what holds until then.

local clocks = use("clocks")
local given = use("given")
local lists = use("lists")
local logs = use("logs")
local statements = use("statements")

-- ---- hosts of a side ----

local HOSTS = {
  provider = { en = "a running host of the provider's", ja = "稼働中の事業者ホスト" },
  customer = { en = "a running host of the customer's", ja = "稼働中のお客様ホスト" },
}

-- The service whose tenants cannot be without hosts of that side.
local CANNOT_LACK = { provider = "iad", customer = "ctx" }

local function is_lacking(s, party, is_wanted)
  local service = s.contract.service
  if service == CANNOT_LACK[party] or service == "both" then
    return false
  end
  return lists.find(given.need(s.hosts), is_wanted) == nil
end

-- Walks the running hosts of a side.
local function hosts_of(s, party)
  local function is_wanted(host)
    return host.state == "running" and logs.is_of(host, party)
  end
  if is_lacking(s, party, is_wanted) then
    not_applicable({
      en = "no running host of the snapshot is the " .. party .. "'s",
      ja = party == "provider" and "スナップショットに稼働中の事業者ホストがないため"
        or "スナップショットに稼働中のお客様ホストがないため",
    })
  end
  return each(s.hosts, HOSTS[party], is_wanted)
end

-- Asserts of every such host what a question of lib/clocks.lua answers.
local function ensure_clocks(s, party, ask)
  for _, host in hosts_of(s, party) do
    if host.clock == nil then
      ensure(false, host)  -- undecided: it is missing, and the next host may be at fault
    else
      local right, message, values = ask(host)
      ensure(right, host.clock, message, values)
    end
  end
end

-- ---- zones ----

local function is_allowed_zone(zone, params)
  for _, allowed in ipairs(params.time_zones) do
    if text.same(zone, allowed) then
      return true
    end
  end
  return false
end

local BAD_ZONE = {
  en = "its time zone is {zone}, and neither JST nor UTC",
  ja = "タイムゾーンが {zone} で、JST または UTC ではありません",
}

local A_LOG = { en = "a log", ja = "ログ" }

-- ---- rules in pairs ----

local function clock_rules(party)
  local ja = party == "provider" and "事業者" or "お客様"
  return {
    {
      id    = party .. "-clock-source", ref = "R1", owner = party,
      title = {
        en = "The " .. party .. "'s hosts take their time from NTP or the domain",
        ja = ja .. "ホストの時刻源が NTP またはドメイン階層である",
      },
      fix   = {
        en = "Configure a time source: w32tm /config /syncfromflags, or chrony. Add vm_host to clock_kinds only if "
          .. "the host's own clock is known to be synchronised.",
        ja = "w32tm /config または chrony で時刻源を設定してください。仮想基盤側の時刻同期を確認できる場合に限り、"
          .. "clock_kinds に vm_host を加えられます。",
      },
      check = function(s, params)
        ensure_clocks(s, party, function(host) return clocks.source(host, params) end)
      end,
    },
    {
      id    = party .. "-clock-synchronised", ref = "R3", owner = party,
      title = {
        en = "The clocks of the " .. party .. "'s hosts are synchronised, and were so lately",
        ja = ja .. "ホストの時刻が最近同期されている",
      },
      fix   = {
        en = "Look why the host does not reach its time source (UDP port 123), and resynchronise it: w32tm /resync.",
        ja = "時刻源との通信（UDP 123番）を確認し、w32tm /resync などで再同期してください。",
      },
      check = function(s, params, as_of)
        ensure_clocks(s, party, function(host) return clocks.stratum(host) end)
        ensure_clocks(s, party, function(host) return clocks.last_sync(host, params) end)
        local zone = s.tenant.time_zone
        ensure_clocks(s, party, function(host) return clocks.reading(host, params, as_of, zone) end)
      end,
    },
    {
      id    = party .. "-clock-offset", ref = "R2", owner = party,
      title = {
        en = "The clocks of the " .. party .. "'s hosts are right",
        ja = ja .. "ホストの時刻のずれが許容範囲内である",
      },
      fix   = {
        en = "Resynchronise the host and find out why it drifted; records of that time have to be corrected when "
          .. "they are compared.",
        ja = "再同期したうえで、ずれた原因を調査してください。その間の記録を突き合わせる際は補正が必要です。",
      },
      check = function(s, params)
        ensure_clocks(s, party, function(host) return clocks.offset(host, params.clock_max_offset_ms) end)
      end,
    },
    {
      id    = party .. "-clock-kerberos", ref = "R2", owner = party, severity = "high",
      title = {
        en = "No clock of the " .. party .. "'s hosts is off by five minutes, where Kerberos ends",
        ja = ja .. "ホストの時刻のずれが Kerberos の許容する5分未満である",
      },
      fix   = {
        en = "Set the clock at once: sign-ins with Kerberos fail, and records are worthless as evidence.",
        ja = "直ちに時刻を修正してください。Kerberos 認証が失敗し、記録も証拠として使えません。",
      },
      check = function(s)
        ensure_clocks(s, party, function(host) return clocks.offset(host, 299999) end)
      end,
    },
    {
      id    = party .. "-clock-zone", ref = "R4", owner = party, severity = "low",
      title = {
        en = "The " .. party .. "'s hosts run on JST or UTC",
        ja = ja .. "ホストのタイムゾーンが JST または UTC である",
      },
      fix   = {
        en = "Set the zone of the system to Asia/Tokyo or UTC; users keep theirs by redirecting the time zone of "
          .. "the client into the session.",
        ja = "システムのタイムゾーンを日本標準時または UTC に設定してください。海外の利用者には、クライアントの"
          .. "タイムゾーンのリダイレクトを使用してください。",
      },
      check = function(s, params)
        ensure_clocks(s, party, function(host)
          local zone = given.need(host.clock.time_zone)
          return is_allowed_zone(zone, params), BAD_ZONE, { zone = zone }
        end)
      end,
    },
  }
end

-- ---- FSMO ----

local function has_directory(s)
  return has(s, "ad") or s.contract.service ~= "ctx" or lists.find(given.need(s.hosts), function(host)
    return host.role == "dc"
  end) ~= nil
end

-- Ends as not applicable when the other side holds the operations masters.
local function need_holder(s, party)
  if not has_directory(s) then
    not_applicable({
      en = "the snapshot has no domain controllers",
      ja = "スナップショットにドメインコントローラーがないため",
    })
  end
  local holder = given.need(s.ad.fsmo.holder_party)
  if holder ~= party and holder ~= "shared" then
    not_applicable({
      en = "the operations masters are not the " .. party .. "'s",
      ja = party == "provider" and "操作マスターを事業者が保持していないため" or "操作マスターをお客様が保持していないため",
    })
  end
end

local function host_by_id(s, id)
  given.need(id)
  return given.need(lists.find(s.hosts, function(host) return host.id == id end))
end

-- The running domain controllers of a service.
local function controllers(s, service)
  local found = {}
  for _, host in ipairs(s.hosts) do
    if host.role == "dc" and host.state == "running" and host.service == service then
      table.insert(found, host)
    end
  end
  return found
end

-- Whether a server is a host of the domain, by name or address.
local function is_in_domain(server, hosts, domain)
  return lists.find(hosts, function(host)
    return clocks.is_host(server, host, domain) or lists.find(host.interfaces, function(interface)
      return text.same(server, interface.address)
    end) ~= nil
  end) ~= nil
end

-- What the PDC emulator follows may be called NTP and be its own clock, or that of a domain
-- controller which follows it.
local function is_outside(root, hosts, domain)
  local clock = root.clock
  if clock.kind ~= "ntp" then
    return false
  end
  local source = given.need(clock.source)
  local outside = not clocks.is_local(source, root)
  for _, server in ipairs(clocks.servers(source)) do
    outside = outside and not is_in_domain(server, hosts, domain)
  end
  given.need(clock.source)
  return outside
end

-- The PDC emulator is the root of the domain's time: it follows a source outside the domain, the
-- other domain controllers of its service follow the domain.
local function check_hierarchy(s)
  local root = host_by_id(s, s.ad.fsmo.pdc_emulator)
  local hosts, name = controllers(s, root.service), root.name
  ensure(root.state == "running", root, {
    en = "the PDC emulator {host} is not running",
    ja = "PDC エミュレーター {host} が稼働していません",
  }, { host = name })
  ensure(is_outside(root, hosts, s.ad.domain), root.clock, {
    en = "the PDC emulator {host} does not follow a source outside the domain by NTP",
    ja = "PDC エミュレーター {host} がドメイン外の NTP サーバーと同期していません",
  }, { host = name })
  for _, host in ipairs(hosts) do
    if host.id ~= root.id then
      local kind
      name, kind = host.name, host.clock.kind
      ensure(kind == "nt5ds", host.clock, {
        en = "the domain controller {host} does not follow the domain (NT5DS)",
        ja = "ドメインコントローラー {host} がドメイン階層（NT5DS）と同期していません",
      }, { host = name })
    end
  end
end

local FSMO_FIX = {
  en = "Point the PDC emulator at NTP servers outside the domain (w32tm /config /manualpeerlist) and the other "
    .. "domain controllers at the domain (/syncfromflags:domhier); move the role away from a host that no longer runs.",
  ja = "PDC エミュレーターはドメイン外の NTP サーバー（w32tm /config /manualpeerlist）に、その他のドメインコントローラーは"
    .. "ドメイン階層（/syncfromflags:domhier）に同期させてください。稼働していないホストが役割を保持している場合は、"
    .. "稼働中のドメインコントローラーに移してください。",
}

local function rules()
  local found = {}
  for _, party in ipairs({ "provider", "customer" }) do
    for _, rule in ipairs(clock_rules(party)) do
      table.insert(found, rule)
    end
  end
  for _, rule in ipairs({
    {
      id    = "log-zone", ref = "R4", severity = "low",
      title = {
        en = "Logs are stamped in JST or UTC",
        ja = "ログの記録時刻が JST または UTC である",
      },
      fix   = {
        en = "Have the log stamped in JST or UTC, or with the offset to UTC in every record.",
        ja = "記録時刻を JST または UTC にするか、各記録に UTC との時差を含めてください。",
      },
      check = function(s, params)
        for _, source in each(s.logging.sources, A_LOG, function(source) return source.enabled end) do
          local zone = given.need(source.time_zone)
          ensure(is_allowed_zone(zone, params), source, BAD_ZONE, { zone = zone })
        end
      end,
    },
    {
      id    = "provider-fsmo-clock", ref = "R5", owner = "provider",
      title = {
        en = "The provider's operations masters follow a source outside the domain",
        ja = "事業者が保持する操作マスターがドメイン外の時刻源と同期している",
      },
      fix   = FSMO_FIX,
      check = function(s, params)
        need_holder(s, "provider")
        if params.fsmo_time_rule == "exempt_if_fsmo" then
          not_applicable({
            en = "fsmo_time_rule exempts operations masters that the provider holds",
            ja = "fsmo_time_rule により、事業者が保持する操作マスターを対象外としているため",
          })
        end
        check_hierarchy(s)
      end,
    },
    {
      id    = "customer-fsmo-clock", ref = "R5", owner = "customer",
      title = {
        en = "The customer's operations masters follow a source outside the domain",
        ja = "お客様が保持する操作マスターがドメイン外の時刻源と同期している",
      },
      fix   = FSMO_FIX,
      check = function(s)
        need_holder(s, "customer")
        check_hierarchy(s)
      end,
    },
    {
      id    = "clock-stated", ref = "R1", owner = "provider", claimable = true, severity = "low",
      title = {
        en = "The provider states how its clocks are kept",
        ja = "事業者が時刻同期の方式を明らかにしている",
      },
      fix   = {
        en = "Record the provider's statement (NTP, JST) as an attestation, or accept its claims; on IAD ask as well "
          .. "what the sentence on FSMO means.",
        ja = "事業者の説明（NTP・JST）を表明として記録するか、事業者表明を受諾してください。IAD では FSMO に関する記載の"
          .. "意味もあわせて確認してください。",
      },
      check = function(s, params, as_of)
        statements.ensure(s, params, as_of, "12.4.4", "provider")
      end,
    },
  }) do
    table.insert(found, rule)
  end
  return found
end

return {
  title      = { en = "Clock synchronisation", ja = "クロックの同期" },
  severity   = "medium",
  owner      = { iad = "shared", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 12.4.4", "ISO/IEC 27001:2022 A.8.17", "IIJ-IAD012-0002 12.4.4", "IIJ-VDS051-0002 12.4.4",
  },
  tags       = { "logging", "time" },
  params     = statements.params(clocks.params{
    time_zones = {
      type = "list",
      default = { "Asia/Tokyo", "Tokyo Standard Time", "JST", "+09:00", "UTC", "Etc/UTC", "GMT", "Z", "+00:00" },
      doc = {
        en = "Time zones that hosts and logs may have",
        ja = "ホストとログに認めるタイムゾーン",
      },
      source = {
        en = "Both white papers keep time in JST; UTC has a fixed offset to it, a zone with summer time has "
          .. "not",
        ja = "両ホワイトペーパーの時刻は JST。UTC は時差が一定だが、夏時間のある地域では一定でない",
      },
    },
    fsmo_time_rule = {
      type = "string", default = "require_sync", one_of = { "require_sync", "exempt_if_fsmo" },
      doc = {
        en = "Whether operations masters that the provider holds have to be synchronised",
        ja = "事業者が保持する操作マスターに時刻同期を求めるか",
      },
      source = {
        en = "IIJ-IAD012-0002 12.4.4 can be read both ways; the stricter one until the provider has answered",
        ja = "IIJ-IAD012-0002 12.4.4 はどちらにも読める。事業者に確認できるまでは厳しい方を採用",
      },
    },
  }),
  rules = rules(),
}
