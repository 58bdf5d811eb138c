-- 13.1.3 Segregation in networks
-- SPDX-License-Identifier: Apache-2.0

local firewall = use("firewall")
local given = use("given")
local lists = use("lists")
local sides = use("sides")
local topology = use("topology")
local traffic = use("traffic")
local zones = use("zones")

-- ---- sides ----

local ZONES = {
  provider = { en = "a zone of the provider", ja = "事業者のゾーン" },
  customer = { en = "a zone of the customer", ja = "お客様のゾーン" },
}
local ADMINISTERED = {
  provider = { en = "a zone that the provider administers", ja = "事業者が管理するゾーン" },
  customer = { en = "a zone that the customer administers", ja = "お客様が管理するゾーン" },
}
local FILTERS = {
  provider = { en = "a filter of the provider", ja = "事業者のフィルター" },
  customer = { en = "a filter of the customer", ja = "お客様のフィルター" },
}

local function zones_of(self, side)
  return zones.select(self, ZONES[side], function(zone) return sides.is_of(zone.party, side) end)
end

-- None where there is no filter at all; the rule is unknown where all are the other side's.
local function filters_of(self, side)
  local by_view, found = {}, {}
  for _, filter in ipairs(self.filters.list) do
    by_view[filter.view] = filter
  end
  if #self.filters.list > 0 then
    for _, view in each(self.view.filters, FILTERS[side], function(view)
      return sides.is_of(given.need(view.party), side)
    end) do
      table.insert(found, by_view[view])
    end
  end
  return found
end

-- A route is of whom the routing table belongs to that it is in.
local function routes_of(self, side)
  local domains, found = lists.by_id(self.view.routing_domains), {}
  for _, route in ipairs(self.routes) do
    if sides.is_of(given.need(given.need(domains[route.home]).party), side) then
      table.insert(found, route)
    end
  end
  return found
end

-- ---- R1: filters at the boundaries ----

-- Whether every part of a zone has one: its blocks may reach beyond its subnets.
local function has_filter(zone)
  for _, segment in ipairs(zone.segments) do
    if #segment.filters == 0 then
      return false
    end
  end
  return true
end

local NO_FILTER = {
  en = "{what} has no filter attached",
  ja = "{what} にフィルターが適用されていません",
}

local ONLY_INTERFACES = {
  en = "{what} has no filter attached, only {count} of the interfaces in it: the next host has none",
  ja = "{what} にフィルターが適用されていません（インターフェース {count} 件にのみ適用）。新しいホストは保護されません",
}

local BEYOND_SUBNETS = {
  en = "{what} has blocks beyond its subnets, and no filter is attached there",
  ja = "{what} に、サブネットに含まれずフィルターも適用されていないアドレスブロックがあります",
}

local function ensure_filter(ok, view, what, zone, otherwise)
  is_null(view, "filter")
  ensure(ok, view, zone.filtered_interfaces > 0 and ONLY_INTERFACES or otherwise or NO_FILTER,
    { what = what, count = zone.filtered_interfaces })
end

-- What is wrong with a zone that lacks one, where it is not that there is none at all.
local function why_unfiltered(zone)
  for _, subnet in ipairs(zone.subnets) do
    if subnet.filter == nil then
      return nil
    end
  end
  return #zone.subnets > 0 and BEYOND_SUBNETS or nil
end

-- A zone with IPv6 blocks needs a filter that looks at IPv6.
local function check_families(zone)
  for _, segment in ipairs(zone.segments) do
    for _, family in ipairs({ 4, 6 }) do
      local looked_at = #segment.blocks[family] == 0 or #segment.filters == 0
      for _, filter in ipairs(segment.filters) do
        looked_at = looked_at or filter.families[family] or false
      end
      if not looked_at then
        local filter = segment.filters[1]
        local _ = #filter.view.families
        ensure(false, filter.view, {
          en = "{filter} does not filter IPv{family}, and {zone} has such addresses",
          ja = "{filter} は IPv{family} を対象としていませんが、{zone} には IPv{family} のアドレスがあります",
        }, { filter = filter.name, family = family, zone = zone.name })
      end
    end
  end
end

local function check_route(route)
  is_null(route.view, "filter")
  ensure(route.filter ~= nil or route.hop == "none", route.view, {
    en = "route {id} to {destination} leads past all filters",
    ja = "経路 {id}（宛先 {destination}）はフィルターを通りません",
  }, { id = route.id, destination = route.destination })
end

-- ---- R2: what nothing else matches ----

local TRAFFIC = {
  any = { en = "traffic", ja = "通信" },
  tcp = { en = "TCP traffic", ja = "TCP 通信" },
  udp = { en = "UDP traffic", ja = "UDP 通信" },
}

local function check_default(filter, direction, key)
  ensure(filter.view[key] == "deny", filter.view, {
    en = "{filter} allows {direction} traffic that no rule matches",
    ja = "{filter} は、どのルールにも一致しない通信（{direction}）を許可します",
  }, { filter = filter.name, direction = direction })

  local rule = firewall.open_end(filter, direction.en)
  if rule ~= nil then
    local _ = rule.view.action
    ensure(false, rule.view, {
      en = "rule {rule} of {filter} allows all {direction} {traffic} that no rule before it matches",
      ja = "{filter} のルール {rule} が、それまでのルールに一致しないすべての {traffic}（{direction}）を許可しています",
    }, { rule = rule.id, filter = filter.name, direction = direction, traffic = TRAFFIC[rule.protocol] })
  end
end

local INBOUND = { en = "inbound", ja = "受信" }
local OUTBOUND = { en = "outbound", ja = "送信" }

local function directions(params)
  return params.outbound and { INBOUND, OUTBOUND } or { INBOUND }
end

-- ---- R3: from anywhere to anywhere ----

local HAS_PORTS = { any = true, tcp = true, udp = true }

local function is_wholly_inside(blocks, elements)
  local texts = {}
  for _, element in ipairs(elements) do
    if string.sub(element, 1, 1) ~= "@" then
      table.insert(texts, element)
    end
  end
  return #blocks > 0 and #texts > 0 and net.subset(blocks, texts)
end

-- Another zone that lies wholly at the far end of a piece, or nil.
local function whole_zone(self, zone, far, family)
  for _, other in ipairs(self.list) do
    if other ~= zone and topology.is_joined(self, other.domain, zone.domain)
      and is_wholly_inside(other.blocks[family], far) then
      return other
    end
  end
  return nil
end

-- All ports but a few: the numbers below 1024 are the services that a denial before usually names.
local ALL_PORTS, A_FEW = 65536, 1024

local function are_all(wanted)
  if wanted == "*" then
    return true
  end
  local count = 0
  for first, last in string.gmatch(wanted, "(%d+)%-?(%d*)") do
    count = count + (tonumber(last) or tonumber(first)) - tonumber(first) + 1
  end
  return count > ALL_PORTS - A_FEW
end

local function has_all_ports(rule)
  return are_all(rule.ports)
end

local WIDE = {
  en = "{by} allows {protocol} on all ports between all of {other} and all of {zone} ({direction})",
  ja = "{by} が、{other} 全体と {zone} 全体の間で {protocol} の全ポートを許可しています（{direction}）",
}

local NEARLY_WIDE = {
  en = "{by} allows {protocol} on nearly all ports ({ports}) between all of {other} and all of {zone} ({direction})",
  ja = "{by} が、{other} 全体と {zone} 全体の間で {protocol} のほぼすべてのポート（{ports}）を許可しています（{direction}）",
}

local function check_wide(self, zone, direction)
  local told = {}
  for _, found in ipairs(traffic.own_pieces(self, zone, direction.en, has_all_ports)) do
    local piece = found.piece
    local by = piece.by
    if by ~= nil and by.kind == "rule" and not told[by] and HAS_PORTS[piece.protocol] and are_all(piece.ports) then
      local inbound = direction == INBOUND
      local near = inbound and piece.destinations or piece.sources
      local far = inbound and piece.sources or piece.destinations
      local other = is_wholly_inside(found.blocks, near) and whole_zone(self, zone, far, found.family)
      if other then
        told[by] = true
        local _ = #by.view.ports
        ensure(false, by.view, piece.ports == "*" and WIDE or NEARLY_WIDE, {
          by = { en = by.en, ja = by.ja }, protocol = piece.protocol, ports = piece.ports,
          other = other.name, zone = zone.name, direction = direction,
        })
      end
    end
  end
  ensure(true, zone.view)
end

-- ---- R4: management ports ----

-- What the provider, or the customer on its own servers, administers.
local function is_administered(zone)
  return zone.role == "management" or zone.role ~= "tenant" and not zones.is_customer(zone)
end

-- Every provider administers something; a customer on IAD need not.
local function administered(self, side)
  local function is_wanted(zone)
    return is_administered(zone) and sides.is_of(zone.party, side)
  end
  if side == "customer" and lists.find(self.list, is_wanted) == nil then
    not_applicable({
      en = "no zone that is administered is the customer's",
      ja = "管理対象のゾーンがお客様側にないため",
    })
  end
  return zones.select(self, ADMINISTERED[side], is_wanted)
end

local OPEN = {
  en = "{by} lets {source} reach the management ports {ports} ({protocol}) of {zone}",
  ja = "{by} により、{source} から {zone} の管理用ポート {ports}（{protocol}）への通信が許可されています",
}

local UNGUARDED = {
  en = "{zone} has no filter, so its management ports {ports} are open to {source}",
  ja = "{zone} にはフィルターがないため、管理用ポート {ports} が {source} に開放されています",
}

-- told: what let something in and was reported, so that IPv6 does not repeat it.
local function check_management_ports(zone, found, blocks, wanted, told)
  local piece = found.piece
  if told[piece.by or zone] or not HAS_PORTS[piece.protocol] or not ports.overlap(piece.ports, wanted) then
    return
  end
  local source = zones.source_outside(found, blocks)
  if source == nil then
    return
  end
  told[piece.by or zone] = true
  local by = piece.by or { kind = "open", view = zone.view, key = "filter", en = "", ja = "" }
  if by.kind == "rule" then
    local _ = #by.view.sources
  else
    zones.point_at(by)
  end
  local others = ports.difference(wanted, piece.ports)
  ensure(false, by.view, piece.by == nil and UNGUARDED or OPEN, {
    by = { en = by.en, ja = by.ja }, source = source, zone = zone.name, protocol = piece.protocol,
    ports = others == "" and ports.text(wanted) or ports.difference(wanted, others),
  })
end

-- ---- rules ----

local rules = {}

sides.add_pair(rules, {
  id    = "boundary-filter", ref = "R1",
  title = {
    en = "Every zone of the %s, and every route from it, has a filter",
    ja = "%sのゾーンの境界すべてにフィルターが適用されている",
  },
  fix   = {
    en = "Attach a firewall or network security group to the zone, the subnet or the route, for IPv4 "
      .. "and IPv6; one on interfaces alone is not enough.",
    ja = "該当するゾーン・サブネット・経路に、IPv4・IPv6 の両方を対象とするファイアウォールまたは NSG を"
      .. "適用してください。インターフェースのみへの適用では不十分です。",
  },
  check = function(s, side)
    local self = topology.read(s)
    if has(s, "hosts") then
      topology.read_hosts(self, s)
    end
    for _, zone in ipairs(zones_of(self, side)) do
      ensure_filter(has_filter(zone), zone.view, zone.name, zone, why_unfiltered(zone))
      for _, subnet in ipairs(zone.subnets) do
        ensure_filter(subnet.filter ~= nil, subnet.view, subnet.name, zone)
      end
      check_families(zone)
    end
    for _, route in ipairs(routes_of(self, side)) do
      check_route(route)
    end
  end,
})

sides.add_pair(rules, {
  id    = "default-deny", ref = "R2",
  title = {
    en = "Filters of the %s deny by default",
    ja = "%sのネットワーク境界が既定で拒否である",
  },
  fix   = {
    en = "Set the default of the filter to deny, and end its rules with a denial of everything that "
      .. "comes before any rule allowing everything (in a network security group before 65000).",
    ja = "フィルターの既定の動作を拒否にし、すべてを許可するルールより優先度の高い位置（NSG では 65000 より前）に"
      .. "すべてを拒否するルールを置いてください。",
  },
  check = function(s, side, params)
    local self = topology.read_rules(s)
    zones_of(self, side)
    if is_empty(self.view.filters) then
      ensure(false, self.view.filters, {
        en = "there is no filter at all",
        ja = "フィルターが1つもありません",
      })
    end
    for _, filter in ipairs(filters_of(self, side)) do
      check_default(filter, INBOUND, "default_inbound")
      if params.outbound then
        check_default(filter, OUTBOUND, "default_outbound")
      end
    end
  end,
})

sides.add_pair(rules, {
  id    = "no-any-any", ref = "R3",
  title = {
    en = "No rule allows everything between a zone of the %s and another",
    ja = "%sのゾーンと他のゾーンの間ですべての通信を許可するルールがない",
  },
  fix   = {
    en = "Name the ports that are needed and the addresses that need them. For a network security "
      .. "group's rule 65000 (VirtualNetwork, which includes peered and on-premises ranges): deny "
      .. "everything at a lower number.",
    ja = "必要なポートとアドレスに限定してください。NSG の既定ルール 65000（VirtualNetwork。ピアリング先と"
      .. "オンプレミスを含む）については、より小さい番号で全拒否のルールを追加してください。",
  },
  check = function(s, side, params)
    local self = topology.read_rules(s)
    for _, zone in ipairs(zones_of(self, side)) do
      for _, direction in ipairs(directions(params)) do
        check_wide(self, zone, direction)
      end
    end
  end,
})

sides.add_pair(rules, {
  id    = "management-ports", ref = "R4",
  title = {
    en = "Management ports in the %s's zones are open to management and jump zones only",
    ja = "%sのゾーンで、管理用ポートへの通信が管理網と踏み台のゾーンに限られている",
  },
  fix   = {
    en = "Limit the sources of the rule that is named to the blocks of management and jump zones, or "
      .. "remove it.",
    ja = "指摘されたルールの送信元を管理網・踏み台のゾーンのアドレスに限定するか、ルールを削除してください。",
  },
  check = function(s, side, params)
    local self = topology.read_rules(s)
    local blocks, wanted = zones.admin_blocks(self.list), params.management_ports
    local function concerns(rule)
      return ports.overlap(rule.ports, wanted)
    end
    for _, zone in ipairs(administered(self, side)) do
      local told = {}
      for _, found in ipairs(traffic.own_pieces(self, zone, "inbound", concerns)) do
        check_management_ports(zone, found, blocks, wanted, told)
      end
      ensure(true, zone.view)
    end
  end,
})

table.insert(rules, {
  id    = "flow-logs", ref = "R5", severity = "low",
  title = { en = "Filters keep flow logs", ja = "フィルターのフローログが有効である" },
  fix   = {
    en = "Switch on the flow logs of the filter that is named.",
    ja = "指摘されたフィルターのフローログを有効にしてください。",
  },
  check = function(s, params)
    if not params.require_flow_logs then
      not_applicable({
        en = "flow logs are not required (parameter require_flow_logs)",
        ja = "フローログを求めていないため（パラメータ require_flow_logs）",
      })
    end
    for _, filter in ipairs(s.networks.filters) do
      ensure(filter.flow_logs.enabled, filter.flow_logs, {
        en = "{filter} keeps no flow logs",
        ja = "{filter} のフローログが無効です",
      }, { filter = filter.name })
    end
  end,
})

table.insert(rules, {
  id    = "customer-management-separation", ref = "R6", owner = "provider", claimable = true,
  title = {
    en = "Customer and management networks are separated",
    ja = "お客様網と管理網が分離されている",
  },
  fix   = {
    en = "Remove what joins the two: overlapping blocks, rules, peerings, routes, hosts with an "
      .. "interface in both. A passage that is needed is approved as an exception with an expiry.",
    ja = "重複するアドレスブロック、ルール、ピアリング、経路、両方に接続するホストなど、両者をつなぐ要因を"
      .. "取り除いてください。必要な通信は、有効期限を付けて例外として承認してください。",
  },
  check = function(s, params, as_of)
    local self = topology.read_passages(s, as_of)
    zones.check_overlap(self)
    zones.check_passages(self)
  end,
})

return {
  title      = { en = "Segregation in networks", ja = "ネットワークの分離" },
  severity   = "high",
  owner      = { iad = "provider", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = { "ISO/IEC 27017:2015 13.1.3", "ISO/IEC 27001:2022 A.8.22" },
  tags       = { "network", "isolation", "firewall" },
  params     = {
    outbound = {
      type = "boolean", default = true,
      doc = {
        en = "Outbound traffic has to be denied by default too",
        ja = "送信方向についても既定で拒否を求めるか",
      },
      source = {
        en = "CIS Controls v8 13.4 (filtering between segments) names no direction; both are judged",
        ja = "CIS Controls v8 13.4（セグメント間のフィルタリング）は方向を限定していないため、両方向を判定",
      },
    },
    management_ports = {
      type = "list", default = { "22", "23", "3389", "5900-5901", "5985-5986" },
      doc = {
        en = "Ports of remote administration (SSH, Telnet, RDP, VNC, WinRM)",
        ja = "遠隔管理に使うポート（SSH・Telnet・RDP・VNC・WinRM）",
      },
      source = {
        en = "IANA Service Name and Port Number Registry; Microsoft, WinRM",
        ja = "IANA のサービス名・ポート番号一覧、Microsoft の WinRM の資料",
      },
    },
    require_flow_logs = {
      type = "boolean", default = false,
      doc = { en = "Every filter has to keep flow logs", ja = "すべてのフィルターでフローログの取得を求めるか" },
      source = {
        en = "Optional: neither white paper promises flow logs",
        ja = "任意（いずれのホワイトペーパーにもフローログの記載なし）",
      },
    },
  },

  rules = rules,
}
