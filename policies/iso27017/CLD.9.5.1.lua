-- CLD.9.5.1 Segregation in virtual computing environments
-- SPDX-License-Identifier: Apache-2.0

local given = use("given")
local lists = use("lists")
local overlaps = use("overlaps")
local topology = use("topology")
local traffic = use("traffic")
local zones = use("zones")

-- ---- words ----

local A_MANAGEMENT_ZONE = { en = "a management zone", ja = "管理網のゾーン" }

-- ---- the internet ----

local function is_managing(zone)
  return zone.role == "management"
end

-- Zones that the internet gets into: because they say so, or by a public address in them.
local function entrances(self)
  local found, public = {}, {}
  for _, address in ipairs(self.public) do
    public[address.zone.id] = true
  end
  for _, zone in ipairs(self.list) do
    if given.need(zone.view.internet_facing) or public[zone.id] then
      table.insert(found, zone)
    end
  end
  return found
end

local function check_addresses(self)
  for _, public in ipairs(self.public) do
    if is_managing(public.zone) then
      local address = public.view.public_address
      ensure(false, public.view, {
        en = "{host} in {zone} has the public address {address}",
        ja = "{zone} の {host} にパブリックIP {address} が割り当てられています",
      }, { host = public.host.name, zone = public.zone.name, address = address })
    end
  end
end

local function check_filters(self, zone)
  local told = {}
  for _, found in ipairs(traffic.own_pieces(self, zone, "inbound")) do
    local by, source = found.piece.by, zones.internet_source(self, found)
    if by ~= nil and source ~= nil and not told[by] then
      told[by] = true
      zones.point_at(by)
      ensure(false, by.view, {
        en = "{by} lets {source} from the internet into {zone} ({protocol} {ports})",
        ja = "{by} により、インターネットの {source} から {zone} への通信（{protocol} {ports}）が許可されています",
      }, {
        by = { en = by.en, ja = by.ja }, source = source, zone = zone.name,
        protocol = found.piece.protocol, ports = found.piece.ports,
      })
    end
  end
end

-- ---- tenants ----

local function is_own(zone)
  return zones.is_customer(zone) or zone.role == "service"
end

-- Zones that serve several tenants, and that traffic of one may pass on its way to another.
local BETWEEN = { dmz = true, transit = true }

-- The zones of this tenant, those of the others, and those between them.
local function by_tenant(self)
  local own, others, between = {}, {}, {}
  for _, zone in ipairs(self.list) do
    if zone.role == "tenant" then
      zone.tenant = given.need(zone.view.tenant)
      table.insert(others, zone)
    elseif is_own(zone) then
      table.insert(own, zone)
    elseif BETWEEN[zone.role] then
      table.insert(between, zone)
    end
  end
  return own, others, between
end

local function is_end(zone)
  return not BETWEEN[zone.role]
end

-- Of some zones (nil for none), those of other tenants than a zone's.
local function of_other_tenants(zone, list)
  local found = {}
  for _, other in ipairs(list or {}) do
    if other.tenant ~= zone.tenant then
      table.insert(found, other)
    end
  end
  return found
end

-- Nothing leads from a zone to the others, straight or through what lies between tenants.
local function check_apart(self, from, others, between)
  local among = {}
  for _, list in ipairs({ between, others }) do
    for _, zone in ipairs(list) do
      table.insert(among, zone)
    end
  end
  local reached = traffic.spread(self, { from }, is_end, among)
  for _, zone in ipairs(others) do
    zones.ensure_unreached(self, reached[zone.id], zone)
  end
end

local STRANGE = {
  en = "{name} of the tenant {tenant} is in {zone}, which is another tenant's",
  ja = "テナント {tenant} の {name} が、他のお客様のゾーン {zone} にあります",
}

-- What is in a zone of another tenant is that tenant's. holder: the part of item that names the zone.
local function check_place(self, item, holder, name)
  local zone = self.by_id[given.need(holder.zone)]
  if zone == nil or zone.role ~= "tenant" then
    return
  end
  for _, tenant in ipairs(given.items(item.tenants)) do
    local same = given.need(text.same(tenant, zone.tenant))
    given.need(holder.zone)
    ensure(same, holder, STRANGE, { name = name, tenant = tenant, zone = zone.name })
  end
end

local function check_places(self, s)
  for _, host in ipairs(s.hosts) do
    if host.state ~= "retired" then
      for _, interface in ipairs(host.interfaces) do
        check_place(self, host, interface, host.name)
      end
    end
  end
  for _, resource in ipairs(maybe_empty(s.networks.resources)) do
    if has(resource, "zone") then
      check_place(self, resource, resource, resource.id)
    end
  end
end

local function check_one_tenant(view)
  local distinct, names = {}, {}
  for _, tenant in ipairs(given.items(view.tenants)) do
    local name = given.need(text.normalise(tenant))
    if not distinct[name] then
      distinct[name] = true
      table.insert(names, tenant)
    end
  end
  ensure(#names == 1, view, {
    en = "it is tagged with {count} tenants: {tenants}",
    ja = "{count} つのテナントのタグが付いています（{tenants}）",
  }, { count = #names, tenants = table.concat(names, ", ") })
end

-- ---- tests of isolation ----

-- The newest test for a service, or nil.
local function newest_test(tests, service)
  local newest, newest_at
  for _, test in ipairs(given.items(maybe_empty(tests))) do
    local at = given.need(time.seconds(test.performed_at))
    local of = given.need(test.service)
    if (of == service or of == "both") and (newest == nil or at > newest_at) then
      newest, newest_at = test, at
    end
  end
  return newest
end

local function check_test(test, days, limit)
  ensure(days <= limit, test, {
    en = "the last test of isolation is {days} days old, the limit is {limit}",
    ja = "直近の分離の検証から {days} 日が経過しています（上限 {limit} 日）",
  }, { days = days, limit = limit })
  ensure(test.result ~= "findings_open", test, {
    en = "findings of the last test of isolation are still open",
    ja = "直近の分離の検証で見つかった指摘事項が未解消です",
  })
end

-- ---- R1: hosts where they are said to be ----

local A_HOST = { en = "a host of the inventory", ja = "台帳上のホスト" }

local function check_address(host, interface, zone)
  if zone ~= nil then
    local address = interface.address
    ensure(net.subset(address, zone.cidrs), interface, {
      en = "{address} of {host} is no address of {zone}",
      ja = "{host} のアドレス {address} は {zone} のアドレスブロックに含まれません",
    }, { address = address, host = host.name, zone = zone.name })
  end
end

return {
  title      = {
    en = "Segregation in virtual computing environments",
    ja = "仮想コンピューティング環境における分離",
  },
  severity   = "critical",
  owner      = { iad = "provider", ctx = "provider" },
  when       = { service = { "iad", "ctx" } },
  references = { "ISO/IEC 27017:2015 CLD.9.5.1", "ISO/IEC 27001:2022 A.8.22" },
  tags       = { "network", "isolation" },
  params     = {
    isolation_test_days = {
      type = "integer", default = 365, min = 1, max = 1096, unit = { en = "days", ja = "日" },
      doc = {
        en = "How old the last test of isolation may be",
        ja = "分離の検証（侵入テストなど）を有効とみなす日数",
      },
      source = {
        en = "Yearly, as is usual for penetration tests; the white papers name no interval",
        ja = "侵入テストの一般的な頻度として年1回。ホワイトペーパーに間隔の記載なし",
      },
    },
  },

  rules = {
    {
      id    = "zone-overlap", ref = "R1", claimable = true,
      title = {
        en = "Customer and management zones have no addresses in common",
        ja = "お客様網と管理網のアドレスが重複していない",
      },
      fix   = {
        en = "Give one of the two zones another block, or keep their routing domains apart: remove "
          .. "the peering or route that joins them.",
        ja = "どちらかのゾーンのアドレスブロックを変更するか、両者をつなぐピアリング・経路を削除して"
          .. "ルーティングドメインを分離してください。",
      },
      check = function(s)
        zones.check_overlap(topology.read(s))
      end,
    },
    {
      id    = "hosts-in-their-zones", ref = "R1", claimable = true,
      title = {
        en = "Hosts have addresses of the zones that they are in",
        ja = "ホストのアドレスが所属ゾーンのアドレスブロックに含まれている",
      },
      fix   = {
        en = "Correct the zone of the interface, or the blocks of the zone: what is judged about zones holds for "
          .. "hosts only where both agree.",
        ja = "インターフェースの所属ゾーン、またはゾーンのアドレスブロックの記載を訂正してください。両者が一致しないと、"
          .. "ゾーンの判定がホストに当てはまりません。",
      },
      check = function(s)
        local by_id = lists.by_id(s.networks.zones)
        for _, host in each(s.hosts, A_HOST, function(host) return host.state ~= "retired" end) do
          for _, interface in ipairs(host.interfaces) do
            check_address(host, interface, by_id[interface.zone or ""])
          end
        end
      end,
    },
    {
      id    = "no-passage", ref = "R2", claimable = true,
      title = {
        en = "Nothing leads from the customer network to the management network or back, but "
          .. "approved passages",
        ja = "承認済みの例外を除き、お客様網と管理網の間に通信経路がない",
      },
      fix   = {
        en = "Remove or narrow the rule, peering, route or second interface that is named, or have the passage "
          .. "approved: an exception with ticket, approver and expiry.",
        ja = "指摘されたルール・ピアリング・経路・2つ目のインターフェースを削除または限定してください。"
          .. "必要な通信であれば、申請番号・承認者・有効期限を付けて例外として承認してください。",
      },
      check = function(s, params, as_of)
        zones.check_passages(topology.read_passages(s, as_of))
      end,
    },
    {
      id    = "tenant-separation", ref = "R3", claimable = true,
      title = {
        en = "Zones of other tenants are kept apart",
        ja = "他のお客様のゾーンと分離されている",
      },
      fix   = {
        en = "Put each tenant, with its hosts, into a routing domain of its own and remove what joins them; where "
          .. "they must share one, give them blocks of their own and deny traffic between them.",
        ja = "テナントごとにルーティングドメインとホストの配置を分け、相互の接続を削除してください。共有が避けられない場合は、"
          .. "アドレスを重複させず、テナント間の通信を拒否してください。",
      },
      check = function(s, params, as_of)
        local self = topology.read_passages(s, as_of)
        local own, others, between = by_tenant(self)
        if #others == 0 then
          not_applicable({
            en = "no zone of another tenant is in the snapshot",
            ja = "スナップショットに他のお客様のゾーンがないため",
          })
        end
        check_places(self, s)
        for _, zone in ipairs(own) do
          check_apart(self, zone, others, between)
        end
        local of_own, of_others = overlaps.between(self, others, own), overlaps.within(self, others)
        for _, other in ipairs(others) do
          zones.ensure_disjoint(self, other, of_own[other])
          check_apart(self, other, own, between)
          zones.ensure_disjoint(self, other, of_other_tenants(other, of_others[other]))
        end
      end,
    },
    {
      id    = "single-tenant-resources", ref = "R3", claimable = true,
      title = {
        en = "No host or resource belongs to two tenants",
        ja = "複数のテナントに属するホスト・リソースがない",
      },
      fix   = {
        en = "Give each tenant a host or resource of its own, or correct the tags.",
        ja = "テナントごとにホスト・リソースを分けるか、タグを訂正してください。",
      },
      check = function(s)
        for _, resource in ipairs(maybe_empty(s.networks.resources)) do
          check_one_tenant(resource)
        end
        for _, host in each(s.hosts, { en = "a host in use", ja = "使用中のホスト" }, function(host)
          return host.state ~= "retired"
        end) do
          check_one_tenant(host)
        end
      end,
    },
    {
      id    = "management-from-internet", ref = "R4", claimable = true,
      title = {
        en = "The management network cannot be reached from the internet",
        ja = "管理網にインターネットから到達できない",
      },
      fix   = {
        en = "Remove the public address or the rule that is named; reach the management network through a "
          .. "jump zone only.",
        ja = "指摘されたパブリックIPまたはルールを削除し、管理網へは踏み台のゾーンからのみ接続してください。",
      },
      check = function(s, params, as_of)
        local self = topology.read_passages(s, as_of)
        local managing = zones.select(self, A_MANAGEMENT_ZONE, is_managing)
        local reached = traffic.spread(self, entrances(self), is_managing)
        for _, zone in ipairs(managing) do
          ensure(not zone.view.internet_facing, zone.view, {
            en = "{zone} is said to be reachable from the internet",
            ja = "{zone} がインターネットから到達できる設定になっています",
          }, { zone = zone.name })
          if reached[zone.id] ~= nil and reached[zone.id].from ~= nil then
            zones.ensure_unreached(self, reached[zone.id], zone)
          end
          check_filters(self, zone)
        end
        check_addresses(self)
      end,
    },
    {
      id    = "isolation-test", ref = "R5", claimable = true,
      title = {
        en = "Isolation was tested, and nothing that was found is open",
        ja = "分離の検証が期限内に行われ、指摘事項が解消している",
      },
      fix   = {
        en = "Have the isolation tested for the service, close the findings, and record date and result.",
        ja = "対象サービスの分離を検証し、指摘事項を解消したうえで、実施日時と結果を記録してください。",
      },
      check = function(s, params, as_of)
        local service, tests = s.contract.service, s.networks.isolation_tests
        for _, wanted in ipairs(service == "both" and { "iad", "ctx" } or { service }) do
          local test = newest_test(tests, wanted)
          is_empty(tests)
          ensure(test ~= nil, tests, {
            en = "no test of isolation is recorded for {service}",
            ja = "{service} の分離の検証が記録されていません",
          }, { service = wanted })
          if test ~= nil then
            local days = time.age_days(test.performed_at, as_of, s.tenant.time_zone)
            check_test(test, days, params.isolation_test_days)
          end
        end
      end,
    },
  },
}
