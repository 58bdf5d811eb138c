-- CLD.13.1.4 Alignment of security management for virtual and physical networks
-- SPDX-License-Identifier: Apache-2.0
--
-- IAD claims that its provider uses no virtual networks. That claim is verified; where it holds,
-- nothing is left to align. Virtual networks of the customer do not contradict it. CTX runs on
-- virtual networks, of the provider and of the customer, that have to follow what holds for the
-- physical ones, whatever tool made them.

local given = use("given")
local lists = use("lists")
local topology = use("topology")
local traffic = use("traffic")
local need, items, nullable = given.need, given.items, given.nullable

local HOUR = 3600 -- seconds

-- ---- R1: no virtual networks on IAD ----

-- Of the provider, and for IAD: alone, or beside CTX.
local function contradicts(view)
  local party, service = view.party, view.service
  return party == "provider" and (service == "iad" or service == "both")
end

local function check_virtual_networks(networks)
  for _, network in ipairs(maybe_empty(networks.virtual_networks)) do
    local name = network.name
    ensure(not contradicts(network), network, {
      en = "the provider is said to use no virtual networks on IAD, and {name} is one",
      ja = "IAD の事業者側では仮想ネットワークを利用しないとされていますが、{name} が存在します",
    }, { name = name })
  end
end

local function check_domains(networks)
  for _, domain in ipairs(networks.routing_domains) do
    local name = domain.name
    local ours = contradicts(domain)
    ensure(not (ours and domain.kind == "virtual_network"), domain, {
      en = "the provider is said to use no virtual networks on IAD, and the routing domain {name} is one",
      ja = "IAD の事業者側では仮想ネットワークを利用しないとされていますが、ルーティングドメイン {name} の種別が"
        .. "仮想ネットワークです",
    }, { name = name })
  end
end

-- An SD-WAN is a virtual network; encrypted tunnels and private lines only join others.
local function check_tunnels(networks)
  for _, tunnel in ipairs(maybe_empty(networks.tunnels)) do
    local id, ours = tunnel.id, contradicts(tunnel)
    ensure(not (ours and tunnel.kind == "sd_wan"), tunnel, {
      en = "the provider is said to use no virtual networks on IAD, and {id} is an SD-WAN",
      ja = "IAD の事業者側では仮想ネットワークを利用しないとされていますが、{id} が SD-WAN です",
    }, { id = id })
  end
end

-- ---- R2, R5: virtual networks of one side ----

local function is_on_ctx(network)
  return network.service ~= "iad"
end

local PROVIDER = {
  prefix = "provider", owner = "provider", claimable = true,
  en = "of the provider", ja = "事業者の", what = {
    en = "a virtual network of the provider", ja = "事業者の仮想ネットワーク",
  },
  has = function(network) return network.party ~= "customer" end,
}

local CUSTOMER = {
  prefix = "customer", owner = "customer",
  en = "of the customer", ja = "お客様の",
  has = function(network) return network.party ~= "provider" end,
}

-- The virtual networks of a side. That the customer has none is possible; the provider's are not
-- known then.
local function networks_of(s, side)
  local found = {}
  for _, network in ipairs(maybe_empty(s.networks.virtual_networks)) do
    if is_on_ctx(network) and side.has(network) then
      table.insert(found, network)
    end
  end
  if #found == 0 and side.what ~= nil then
    for _ in each(s.networks.virtual_networks, side.what, function() return false end) do end
  elseif #found == 0 then
    not_applicable({
      en = "the customer has no virtual network for CTX",
      ja = "CTX 用のお客様の仮想ネットワークがないため",
    })
  end
  return found
end

local function check_mapping(s, side)
  for _, network in ipairs(networks_of(s, side)) do
    local name = network.name
    local policy, segment = nullable(network, "policy"), nullable(network, "mapped_to")
    ensure(policy ~= nil or segment ~= nil, network, {
      en = "{name} stands for no physical segment and follows no network policy",
      ja = "{name} に、対応する物理セグメントも、適用するネットワークポリシーもありません",
    }, { name = name })
  end
end

-- ---- R2: what the policy says ----

-- The role of a zone, as policies name it.
local ROLE_OF = { jump = "management", tenant = "customer" }

local function check_role(network, policy, zone)
  local name, wanted = network.name, policy.role
  local found = zone.view.role
  ensure((ROLE_OF[found] or found) == wanted, zone.view, {
    en = "{zone} ({role}) of {name} follows the policy {policy}, which is for {wanted}",
    ja = "{name} の {zone}（役割：{role}）に、{wanted} 向けのポリシー {policy} が適用されています",
  }, { zone = zone.name, role = found, name = name, policy = policy.id, wanted = wanted })
end

local HAS_PORTS = { any = true, tcp = true, udp = true }

local DENIED_PORTS = {
  en = "{by} lets {ports} ({protocol}) into {zone}; the policy {policy} denies {denied}",
  ja = "{by} が {zone} への {ports}（{protocol}）を許可していますが、ポリシー {policy} は {denied} を拒否しています",
}

local UNFILTERED = {
  en = "{zone} has no filter, so nothing denies {denied}, as the policy {policy} demands",
  ja = "{zone} にフィルターがないため、ポリシー {policy} が定める {denied} の拒否が行われていません",
}

-- told: what was reported, so that IPv6 does not repeat it.
local function check_piece(zone, piece, policy, denied, told)
  local by = piece.by
  if told[by or zone] or not HAS_PORTS[piece.protocol] or not ports.overlap(piece.ports, denied) then
    return
  end
  told[by or zone] = true
  if by == nil then
    is_null(zone.view, "filter")
  elseif by.kind == "rule" then
    local _ = #by.view.ports
  else
    local _ = by.view[by.key]
  end
  ensure(false, by ~= nil and by.view or zone.view, by ~= nil and DENIED_PORTS or UNFILTERED, {
    by = by ~= nil and { en = by.en, ja = by.ja } or "", zone = zone.name, ports = piece.ports,
    protocol = piece.protocol, policy = policy.id, denied = ports.text(denied),
  })
end

local function check_ports(self, zone, policy)
  local denied, told = items(policy.denied_ports), {}
  local function concerns(rule)
    return ports.overlap(rule.ports, denied)
  end
  for _, found in ipairs(traffic.own_pieces(self, zone, "inbound", concerns)) do
    check_piece(zone, found.piece, policy, denied, told)
  end
  ensure(true, zone.view)
end

local function check_policy(s, side)
  local self, followed = topology.read_rules(s), 0
  for _, network in ipairs(networks_of(s, side)) do
    local id = nullable(network, "policy")
    if id == nil then
      note({
        en = "{name} follows no network policy: only its mapping is judged",
        ja = "{name} にはネットワークポリシーがないため、物理セグメントとの対応のみを評価します",
      }, { name = network.name })
    else
      followed = followed + 1
      local policy = need(lists.by_id(need(s.networks.policies))[id])
      for _, subnet in ipairs(items(network.subnets)) do
        local zone = need(self.by_id[need(subnet.zone)])
        check_role(network, policy, zone)
        check_ports(self, zone, policy)
      end
    end
  end
  if followed == 0 then
    for _ in each(s.networks.virtual_networks, {
      en = "a virtual network that follows a policy", ja = "ネットワークポリシーを適用した仮想ネットワーク",
    }, function() return false end) do end
  end
end

-- ---- R5: address space ----

local function mapped_networks(s, side)
  local segments, found = lists.by_id(s.networks.physical), {}
  for _, network in ipairs(networks_of(s, side)) do
    local id = nullable(network, "mapped_to")
    if id ~= nil then
      table.insert(found, { view = network, segment = need(segments[id]) })
    end
  end
  return found
end

local function check_addresses(s, side)
  local mapped = mapped_networks(s, side)
  if #mapped == 0 then
    not_applicable({
      en = "no virtual network stands for a physical segment",
      ja = "物理セグメントに対応する仮想ネットワークがないため",
    })
  end
  for _, one in ipairs(mapped) do
    local name, segment = one.view.name, one.segment.name
    local virtual, physical = net.overlap(one.view.cidrs, one.segment.cidrs)
    ensure(virtual == false, one.view, {
      en = "{virtual} of {name} collides with {physical} of {segment}",
      ja = "{name} の {virtual} が {segment} の {physical} と重複しています",
    }, { virtual = virtual or "", name = name, physical = physical or "", segment = segment })
  end
end

-- ---- rules, made for each side ----

local function mapping_rule(side)
  return {
    id    = side.prefix .. "-networks-mapped", ref = "R2", owner = side.owner, claimable = side.claimable,
    when  = { service = "ctx" },
    title = {
      en = "Virtual networks " .. side.en .. " stand for a physical segment or follow a network policy",
      ja = side.ja .. "仮想ネットワークが、物理セグメントまたはネットワークポリシーに対応づけられている",
    },
    fix   = {
      en = "Decide which physical segment the virtual network continues, or which network policy it follows; "
        .. "delete one that nobody needs.",
      ja = "仮想ネットワークに対応する物理セグメントまたは適用するネットワークポリシーを定めてください。不要であれば"
        .. "削除してください。",
    },
    check = function(s)
      check_mapping(s, side)
    end,
  }
end

local function policy_rule(side)
  return {
    id    = side.prefix .. "-networks-policy", ref = "R2", owner = side.owner, claimable = side.claimable,
    when  = { service = "ctx" },
    title = {
      en = "Virtual networks " .. side.en .. " keep to the policy that holds for physical ones",
      ja = side.ja .. "仮想ネットワークが、物理ネットワークと共通のポリシーに従っている",
    },
    fix   = {
      en = "Narrow the rule that is named so that it leaves the denied ports out, attach a filter where there is "
        .. "none, or give the network the policy that is for its role.",
      ja = "指摘されたルールから拒否対象のポートを除いてください。フィルターがない場合は適用し、役割が異なる場合は役割に"
        .. "合ったネットワークポリシーを適用してください。",
    },
    check = function(s)
      check_policy(s, side)
    end,
  }
end

local function addresses_rule(side)
  return {
    id    = side.prefix .. "-networks-addresses", ref = "R5", owner = side.owner, claimable = side.claimable,
    when  = { service = "ctx" },
    title = {
      en = "Virtual networks " .. side.en .. " have no addresses of their physical segments",
      ja = side.ja .. "仮想ネットワークと物理セグメントのアドレスが重複していない",
    },
    fix   = {
      en = "Give the virtual network another address space.",
      ja = "仮想ネットワークのアドレス空間を変更してください。",
    },
    check = function(s)
      check_addresses(s, side)
    end,
  }
end

local function absence_rule()
  return {
    id    = "no-virtual-networks", ref = "R1", owner = "provider", claimable = true, when = { service = "iad" },
    title = {
      en = "The provider uses no virtual networks on IAD",
      ja = "IAD の事業者側で仮想ネットワークを利用していない",
    },
    fix   = {
      en = "Ask the provider whether the virtual network is used for IAD. If it is, the statement of the white paper "
        .. "no longer holds, and its alignment has to be shown; if not, correct the entry.",
      ja = "当該の仮想ネットワークが IAD で利用されているか事業者に確認してください。利用されている場合は、ホワイト"
        .. "ペーパーの記載と異なるため、物理ネットワークとの整合の説明を求めてください。利用されていない場合は、記載を"
        .. "訂正してください。",
    },
    check = function(s)
      local networks = s.networks
      check_virtual_networks(networks)
      check_domains(networks)
      if has(networks, "tunnels") then
        check_tunnels(networks)
      end
      is_empty(networks.virtual_networks)
      ensure(true, networks.virtual_networks)
    end,
  }
end

-- ---- R3, R4: monitoring and comparison ----

local function bandwidth_rule()
  return {
    id    = "bandwidth-monitored", ref = "R3", owner = "provider", claimable = true, when = { service = "ctx" },
    title = {
      en = "Bandwidth is monitored, with a threshold and signs of trouble ahead",
      ja = "帯域の監視と予兆検知が行われている",
    },
    fix   = {
      en = "Ask the provider to monitor bandwidth again, with a threshold that still leaves time to act.",
      ja = "帯域の監視と予兆検知を再開し、対処の時間が残るしきい値を設定するよう、事業者に依頼してください。",
    },
    check = function(s, params, as_of)
      local monitoring = s.networks.bandwidth_monitoring
      ensure(monitoring.enabled, monitoring, {
        en = "bandwidth is not monitored", ja = "帯域の監視が無効です",
      })
      ensure(monitoring.predictive, monitoring, {
        en = "signs of trouble ahead are not detected", ja = "予兆検知が行われていません",
      })
      local threshold, limit = monitoring.threshold_percent, params.max_bandwidth_threshold
      ensure(threshold > 0 and threshold <= limit, monitoring, {
        en = "the threshold is {threshold} %; it has to be above 0 and at most {limit} %",
        ja = "しきい値が {threshold}% です（0% を超え {limit}% 以下とすること）",
      }, { threshold = threshold, limit = limit })
      local age = time.age(monitoring.sampled_at, as_of)
      if age ~= nil then
        ensure(age <= params.bandwidth_sample_hours * HOUR, monitoring, {
          en = "the newest sample is {age} hours old; the limit is {limit} hours",
          ja = "最新の計測から {age} 時間が経過しています（上限 {limit} 時間）",
        }, { age = age // HOUR, limit = params.bandwidth_sample_hours })
      end
    end,
  }
end

local function alert_rule()
  return {
    id    = "bandwidth-alert-tested", ref = "R3", severity = "low", owner = "provider", claimable = true,
    when  = { service = "ctx" },
    title = {
      en = "The alert of the bandwidth monitoring was tested",
      ja = "帯域監視のアラートを試験している",
    },
    fix   = {
      en = "Ask the provider for a test of the alert, and record its date.",
      ja = "アラートの試験を事業者に依頼し、実施日時を記録してください。",
    },
    check = function(s, params, as_of)
      local monitoring = s.networks.bandwidth_monitoring
      local age = time.age_days(monitoring.alert_tested_at, as_of, s.tenant.time_zone)
      if age ~= nil then
        ensure(age <= params.alert_test_days, monitoring, {
          en = "the alert was last tested {age} days ago; the limit is {limit} days",
          ja = "アラートの最終試験から {age} 日が経過しています（上限 {limit} 日）",
        }, { age = age, limit = params.alert_test_days })
      end
    end,
  }
end

local function drift_rule()
  return {
    id    = "drift-checked", ref = "R4", owner = "provider", claimable = true, when = { service = "ctx" },
    title = {
      en = "Virtual and physical networks were compared after the last change, and agree",
      ja = "仮想・物理ネットワークの差分を最終変更後に確認し、差分が解消している",
    },
    fix   = {
      en = "Compare the rules of virtual and physical networks again, and explain or remove every difference.",
      ja = "仮想・物理ネットワークのルールの差分を改めて確認し、差分をすべて解消するか、理由を明らかにしてください。",
    },
    check = function(s, params, as_of)
      local drift = s.networks.drift_check
      ensure(drift.differences == 0, drift, {
        en = "{count} differences between virtual and physical networks are open",
        ja = "仮想・物理ネットワークの差分が {count} 件未解消です",
      }, { count = drift.differences })
      local changed = drift.last_network_change_at
      ensure(not time.is_before(drift.checked_at, changed), drift, {
        en = "the networks were changed at {changed}, after they were last compared",
        ja = "最後の差分確認より後の {changed} にネットワークが変更されています",
      }, { changed = changed })
      local age = time.age_days(drift.checked_at, as_of, s.tenant.time_zone)
      if age ~= nil then
        ensure(age <= params.vnet_drift_days, drift, {
          en = "the networks were last compared {age} days ago; the limit is {limit} days",
          ja = "最後の差分確認から {age} 日が経過しています（上限 {limit} 日）",
        }, { age = age, limit = params.vnet_drift_days })
      end
    end,
  }
end

return {
  title      = {
    en = "Alignment of security management for virtual and physical networks",
    ja = "仮想及び物理ネットワークのセキュリティ管理の整合",
  },
  severity   = "medium",
  owner      = { iad = "provider", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 CLD.13.1.4", "ISO/IEC 27001:2022 A.8.20", "IIJ-IAD012-0002 9.2", "IIJ-VDS051-0002 9.2",
  },
  tags       = { "network", "monitoring" },
  params     = {
    max_bandwidth_threshold = {
      type = "integer", default = 90, min = 1, max = 100, unit = { en = "percent", ja = "%" },
      doc = {
        en = "Highest threshold of the bandwidth monitoring that still leaves time to act",
        ja = "帯域監視のしきい値の上限（対処の時間を残すため）",
      },
      source = {
        en = "Proposal of this pack; the white papers name no number",
        ja = "本パックの提案。ホワイトペーパーに数値の記載なし",
      },
    },
    bandwidth_sample_hours = {
      type = "integer", default = 24, min = 1, max = 168, unit = { en = "hours", ja = "時間" },
      doc = { en = "How old the newest bandwidth sample may be", ja = "最新の帯域計測を有効とみなす時間" },
      source = {
        en = "Proposal of this pack: a monitoring that is silent for a day is taken as stopped",
        ja = "本パックの提案：1日記録のない監視は停止しているとみなす",
      },
    },
    alert_test_days = {
      type = "integer", default = 365, min = 1, max = 1096, unit = { en = "days", ja = "日" },
      doc = { en = "How long ago the alert may have been tested", ja = "アラートの試験を有効とみなす日数" },
      source = {
        en = "Yearly; the white papers name no interval",
        ja = "年1回。ホワイトペーパーに間隔の記載なし",
      },
    },
    vnet_drift_days = {
      type = "integer", default = 7, min = 1, max = 92, unit = { en = "days", ja = "日" },
      doc = {
        en = "How old the last comparison of virtual and physical networks may be",
        ja = "仮想・物理ネットワークの差分確認を有効とみなす日数",
      },
      source = {
        en = "Proposal of this pack: weekly, so that a change by hand is found soon",
        ja = "本パックの提案：手作業による変更を早期に見つけられるよう週1回",
      },
    },
  },

  rules = {
    absence_rule(),
    mapping_rule(PROVIDER), mapping_rule(CUSTOMER), policy_rule(PROVIDER), policy_rule(CUSTOMER),
    addresses_rule(PROVIDER), addresses_rule(CUSTOMER),
    bandwidth_rule(), alert_rule(), drift_rule(),
  },
}
