-- Tests of CLD.9.5.1. Both bases pass; the one of CTX has no zone of another tenant. On IAD the
-- management network (z-mgmt, with the provider's jump zone z-jump) and the customer's networks
-- (z-hq, with the customer's jump zone z-admin) are VRFs that routes join; fw-customer, fw-iad and
-- fw-mgmt filter. On CTX they are virtual networks (rd-ops, rd-jpe) that are peered.

local ctx = "ctx/compliant.json"

local rules = "networks.rules"
local mgmt = "networks.zones[z-mgmt]"
local ops = "networks.zones[z-ops]"
local tenant_b = "networks.zones[z-tenant-b]"
local to_mgmt = "networks.routes[rt-iad-jump].destination"

-- All rules that read the zones, when these cannot be read.
local no_zones = {
  ["zone-overlap"] = "unknown", ["no-passage"] = "unknown", ["tenant-separation"] = "unknown",
  ["management-from-internet"] = "unknown",
}
local no_zones_at_all = { ["hosts-in-their-zones"] = "unknown" }
for rule, status in pairs(no_zones) do
  no_zones_at_all[rule] = status
end
local no_passages = {
  ["no-passage"] = "unknown", ["tenant-separation"] = "unknown", ["management-from-internet"] = "unknown",
}

-- A denial of all that fw-mgmt lets in, with a priority.
local function deny(priority)
  return {
    id = "fm-deny", filter = "fw-mgmt", enabled = true, priority = priority, action = "deny", direction = "inbound",
    sources = { "10.10.0.0/16" }, destinations = { "*" }, protocol = "any", ports = { "*" },
  }
end

-- The customer's administrators (z-admin) are let into the management network, by SSH.
local function ssh_to_mgmt(more)
  local set = {
    [rules .. "[fc-120].destinations"] = { "172.20.0.0/22" },
    [rules .. "[fc-120].ports"] = { "22" },
    [rules .. "[fm-100].sources"] = { "10.10.250.0/24" },
    [to_mgmt] = "172.20.0.0/16",
  }
  for i = 1, #more do
    set[more[i][1]] = more[i][2]
  end
  return set
end

-- The domain controllers' zone may send to the management network, on one port.
local function service_to_mgmt(more)
  local set = {
    [rules .. "[fi-200].destinations"] = { "172.20.0.0/22" },
    [rules .. "[fm-100].sources"] = { "10.200.1.0/24" },
    [rules .. "[fm-100].protocol"] = "udp",
    [rules .. "[fm-100].ports"] = { "123" },
    [to_mgmt] = "172.20.0.0/16",
  }
  for i = 1, #more do
    set[more[i][1]] = more[i][2]
  end
  return set
end

-- The session hosts' group and the management's are left with VirtualNetwork, their default.
local vnet_default = { rules .. "[nsg-vda-4096-out]", rules .. "[nsg-ops-4096-in]" }

local function allow(id, filter, direction, sources, ports)
  return {
    id = id, filter = filter, name = id, enabled = true, priority = 100, action = "allow", direction = direction,
    sources = sources, destinations = { "*" }, protocol = "tcp", ports = ports,
  }
end

-- What two network security groups, one at the zone and one at the subnet, let in.
local function in_series(zone, subnet)
  return {
    allow("in-zone", "nsg-infra", "inbound", { zone }, { "443" }),
    allow("in-subnet", "nsg-ops", "inbound", { subnet }, { "443" }),
  }
end

-- The customer's administrators are let through all filters by ninety rules, one for each port.
local function ninety_ports()
  local list = {}
  for i = 1, 90 do
    local port = { tostring(1000 + 2 * i) }
    table.insert(list, allow("fc-" .. i, "fw-customer", "outbound", { "10.10.250.0/24" }, port))
    table.insert(list, allow("fm-" .. i, "fw-mgmt", "inbound", { "10.10.250.0/24" }, port))
  end
  return list
end

-- Tenant B shares the VRF with blocks of its own, and z-iad-west has another role. One value more.
local function beside(role, path, value)
  local set = {
    [tenant_b .. ".routing_domain"] = "rd-customer", [tenant_b .. ".cidrs"] = { "10.200.3.0/24" },
    ["networks.zones[z-iad-west].role"] = role,
  }
  if path ~= nil then
    set[path] = value
  end
  return set
end

-- The internet, written down as a zone.
local internet = {
  id = "z-internet", name = "インターネット", service = "iad", party = "provider", role = "transit",
  routing_domain = "rd-tenant-b", cidrs = { "0.0.0.0/0", "::/0" }, internet_facing = false, filter = "fw-iad",
}

-- Tenant B reaches z-iad-west, which replicates with the domain controllers of z-iad-east.
local from_b = { [rules] = {
  id = "fi-b", filter = "fw-iad", enabled = true, priority = 300, action = "allow", direction = "both",
  sources = { "10.200.3.0/24" }, destinations = { "10.200.2.0/24" }, protocol = "tcp", ports = { "443" },
} }

return {
  base = "iad/compliant.json",

  -- R1: overlap
  { "overlapping private ranges in separate VRFs that nothing joins are fine",
    set = { [mgmt .. ".cidrs"] = { "10.10.0.0/16" } },
    remove = { "networks.routes[rt-mgmt-iad]", "networks.routes[rt-mgmt-trap]", "networks.routes[rt-iad-jump]" },
    expect = {} },
  { "a tunnel between them joins them",
    set = { [mgmt .. ".cidrs"] = { "10.10.0.0/16" } },
    remove = { "networks.routes[rt-mgmt-iad]", "networks.routes[rt-mgmt-trap]", "networks.routes[rt-iad-jump]" },
    append = { ["networks.tunnels"] = {
      id = "tn-ops", service = "iad", party = "provider", kind = "ipsec", zones = { "z-hq", "z-mgmt" },
      encrypted = true,
    } },
    expect = { ["zone-overlap"] = "fail" }, blame = mgmt .. ".cidrs[10.10.0.0/16]" },
  { "no tunnels are fine",
    remove = { "networks.tunnels" },
    expect = {} },
  { "overlapping private ranges in one VRF are not",
    set = { [mgmt .. ".cidrs"] = { "10.10.4.0/22" }, [mgmt .. ".routing_domain"] = "rd-customer" },
    expect = { ["zone-overlap"] = "fail" }, blame = mgmt .. ".cidrs[10.10.4.0/22]" },
  { "hosts that customers use, in the block of the management network",
    set = { [mgmt .. ".cidrs"] = { "10.200.1.0/24" } },
    expect = { ["zone-overlap"] = "fail" }, blame = mgmt .. ".cidrs[10.200.1.0/24]" },
  { "overlapping private ranges in VRFs that a route joins are not",
    set = { [mgmt .. ".cidrs"] = { "10.10.4.0/22" } },
    expect = { ["zone-overlap"] = "fail" }, blame = mgmt .. ".cidrs[10.10.4.0/22]" },
  { "the customer's jump zone counts as the customer's",
    set = { ["networks.zones[z-jump].cidrs"] = { "10.10.250.128/25" } },
    expect = { ["zone-overlap"] = "fail", ["hosts-in-their-zones"] = "fail" },
    blame = "networks.zones[z-jump].cidrs[10.10.250.128/25]" },
  { "an overlap only in IPv6 is found",
    append = { [mgmt .. ".cidrs"] = "2001:db8:10:8::/64" },
    expect = { ["zone-overlap"] = "fail" }, blame = mgmt .. ".cidrs[2001:db8:10:8::/64]" },
  { "an overlap by way of IPv4-mapped addresses is found",
    append = { [mgmt .. ".cidrs"] = "::ffff:10.10.7.0/120" },
    expect = { ["zone-overlap"] = "fail" }, blame = mgmt .. ".cidrs[::ffff:10.10.7.0/120]" },
  { "IPv4-compatible and NAT64 addresses are not taken for IPv4",
    set = { [mgmt .. ".cidrs"] = { "172.20.0.0/22", "::10.10.7.0/120", "64:ff9b::10.10.7.0/120" } },
    expect = {} },
  { "host bits in a block are masked, and its overlap is found",
    append = { [mgmt .. ".cidrs"] = "10.10.7.9/24" },
    expect = { ["zone-overlap"] = "fail" }, blame = mgmt .. ".cidrs[10.10.7.9/24]" },
  { "an overlap of peered virtual networks is found", base = ctx,
    set = { [ops .. ".cidrs"] = { "10.40.5.0/24" }, ["networks.zones[z-office].routing_domain"] = "rd-jpe" },
    expect = { ["zone-overlap"] = "fail" }, blame = ops .. ".cidrs[10.40.5.0/24]" },
  { "a virtual network that only peers with the peer is not joined", base = ctx,
    set = { [ops .. ".cidrs"] = { "10.40.5.0/24" } }, remove = { "networks.routes[rt-jpe-office]" },
    expect = {} },
  { "with forwarded traffic it is joined", base = ctx,
    set = { [ops .. ".cidrs"] = { "10.40.5.0/24" }, ["networks.peerings[pe-ops-jpe].allow_forwarded"] = true },
    remove = { "networks.routes[rt-jpe-office]" },
    expect = { ["zone-overlap"] = "fail" }, blame = ops .. ".cidrs[10.40.5.0/24]" },
  { "a block with leading zeros is no block",
    set = { [mgmt .. ".cidrs"] = { "172.20.000.0/22" } },
    expect = no_zones, blame = mgmt .. ".cidrs[172.20.000.0/22]" },
  { "a zone with an empty list of blocks is unknown",
    set = { [mgmt .. ".cidrs"] = empty_list },
    expect = no_zones },
  { "a zone without blocks is unknown",
    remove = { mgmt .. ".cidrs" },
    expect = no_zones, blame = mgmt .. ".cidrs" },
  { "a zone whose blocks are null is unknown",
    set = { [mgmt .. ".cidrs"] = null },
    expect = no_zones, blame = mgmt .. ".cidrs" },
  { "0 zones are unknown",
    set = { ["networks.zones"] = empty_list },
    expect = no_zones_at_all },
  { "0 zones are unknown", base = ctx,
    set = { ["networks.zones"] = empty_list },
    expect = no_zones_at_all },
  { "networks that were not collected are unknown",
    remove = { "networks" },
    expect = {
      ["hosts-in-their-zones"] = "unknown",
      ["zone-overlap"] = "unknown", ["no-passage"] = "unknown", ["tenant-separation"] = "unknown",
      ["single-tenant-resources"] = "unknown", ["management-from-internet"] = "unknown", ["isolation-test"] = "unknown",
    }, blame = "/networks" },
  { "what is peered with a domain takes its routes", base = ctx,
    set = { [ops .. ".cidrs"] = { "10.40.5.0/24" } },
    expect = { ["zone-overlap"] = "fail" } },
  { "where no zone is known to be the management's, nothing is known to be separate",
    set = { [mgmt .. ".role"] = "dmz", ["networks.zones[z-jump].role"] = "dmz" },
    expect = {
      ["zone-overlap"] = "unknown", ["no-passage"] = "unknown", ["management-from-internet"] = "unknown",
    }, blame = "/networks/zones" },
  { "a network from which the customer manages its own does not stand in for the provider's",
    set = { [mgmt .. ".party"] = "customer", ["networks.zones[z-jump].party"] = "customer" },
    expect = { ["zone-overlap"] = "unknown", ["no-passage"] = "unknown" }, blame = "/networks/zones" },
  { "where no zone is known to be the customer's, nothing is known to be separate",
    set = { ["networks.zones[z-hq].role"] = "dmz", ["networks.zones[z-admin].role"] = "dmz" },
    expect = { ["zone-overlap"] = "unknown", ["no-passage"] = "unknown" }, blame = "/networks/zones" },
  { "a zone of unknown role is unknown",
    set = { [mgmt .. ".role"] = "operations" },
    expect = no_zones, blame = mgmt .. ".role" },

  -- R2: passages
  { "a rule that lets the customer's administrators into the management network is found",
    set = ssh_to_mgmt({}),
    expect = { ["no-passage"] = "fail" }, blame = "networks.rules[fm-100].action" },
  { "first match: a denial before the allow wins",
    set = ssh_to_mgmt({}), append = { [rules] = deny(50) },
    expect = {} },
  { "first match: a denial after the allow does not",
    set = ssh_to_mgmt({}), append = { [rules] = deny(200) },
    expect = { ["no-passage"] = "fail" } },
  { "a denial of the same priority is not relied on",
    set = ssh_to_mgmt({}), append = { [rules] = deny(100) },
    expect = { ["no-passage"] = "fail" } },
  { "a denial that covers some of the addresses only does not hold for all",
    set = ssh_to_mgmt({ { rules .. "[fc-100].action", "deny" },
      { rules .. "[fc-100].sources", { "10.10.250.0/25" } },
      { rules .. "[fc-100].destinations", { "*" } }, { rules .. "[fc-100].ports", { "*" } } }),
    expect = { ["no-passage"] = "fail" } },
  { "a denial that is switched off denies nothing",
    set = ssh_to_mgmt({ { rules .. "[fc-100].action", "deny" }, { rules .. "[fc-100].enabled", false },
      { rules .. "[fc-100].destinations", { "*" } }, { rules .. "[fc-100].ports", { "*" } } }),
    expect = { ["no-passage"] = "fail" } },
  { "a denial of TCP leaves the other protocols",
    set = ssh_to_mgmt({ { rules .. "[fc-100].action", "deny" },
      { rules .. "[fc-100].destinations", { "*" } },
      { rules .. "[fc-100].ports", { "0-65535" } }, { rules .. "[fc-120].protocol", "any" },
      { rules .. "[fm-100].protocol", "any" } }),
    expect = { ["no-passage"] = "fail" } },
  { "an allow that is switched off lets nothing in",
    set = ssh_to_mgmt({ { rules .. "[fm-100].enabled", false } }),
    expect = {} },
  { "ports of two filters that do not meet let nothing through",
    set = ssh_to_mgmt({ { rules .. "[fc-120].ports", { "80-90", "443" } } }),
    expect = {} },
  { "a range of ports holds the port in it",
    set = ssh_to_mgmt({ { rules .. "[fc-120].ports", { "20-25" } } }),
    expect = { ["no-passage"] = "fail" } },
  { "all ports, however they are written, hold every port",
    set = ssh_to_mgmt({ { rules .. "[fc-120].ports", { "0-32767", "32768-65535" } } }),
    expect = { ["no-passage"] = "fail" } },
  { "an address range that reaches into the zone is found",
    set = ssh_to_mgmt({ { rules .. "[fm-100].sources", { "10.10.249.0-10.10.250.9" } } }),
    expect = { ["no-passage"] = "fail" } },
  { "the other direction is found too",
    set = { [rules .. "[fc-200].ports"] = { "162", "514" }, [rules .. "[fm-120].ports"] = { "162", "514" } },
    expect = { ["no-passage"] = "fail" }, blame = "networks.rules[fc-200].action" },
  { "rules without a route lead nowhere",
    set = {
      [rules .. "[fc-200].destinations"] = { "10.10.8.0/24" }, [rules .. "[fc-200].ports"] = { "514" },
      [rules .. "[fm-120].destinations"] = { "10.10.8.0/24" }, [rules .. "[fm-120].ports"] = { "514" },
    },
    expect = {} },
  { "a supernet route (10.0.0.0/8) makes them a passage",
    set = {
      [rules .. "[fc-200].destinations"] = { "10.10.8.0/24" }, [rules .. "[fc-200].ports"] = { "514" },
      [rules .. "[fm-120].destinations"] = { "10.10.8.0/24" }, [rules .. "[fm-120].ports"] = { "514" },
      ["networks.routes[rt-mgmt-iad].destination"] = "10.0.0.0/8",
    },
    expect = { ["no-passage"] = "fail" }, blame = "networks.rules[fc-200].action" },
  { "a dropped destination wins over a wider route",
    set = {
      [rules .. "[fc-200].ports"] = { "514" }, [rules .. "[fm-120].ports"] = { "514" },
      ["networks.routes[rt-mgmt-iad].destination"] = "10.0.0.0/8",
      ["networks.zones[z-hq].cidrs"] = { "10.10.0.0/17" },
      ["networks.routes[rt-mgmt-trap].next_hop"] = "none",
      ["networks.routes[rt-mgmt-trap].destination"] = "10.10.0.0/16",
    },
    remove = { "networks.routes[rt-mgmt-trap].next_domain" },
    expect = {} },
  { "a route to a gateway may lead there as well",
    set = ssh_to_mgmt({ { "networks.routes[rt-iad-jump].next_hop", "gateway" } }),
    remove = { "networks.routes[rt-iad-jump].next_domain" },
    expect = { ["no-passage"] = "fail" } },
  { "reachability is transitive: through the zone of the domain controllers",
    set = service_to_mgmt({}),
    expect = { ["no-passage"] = "fail" }, blame = "networks.rules[fm-100].action" },
  { "a jump zone is not passed through",
    set = {
      [rules .. "[fm-100].sources"] = { "172.20.0.0/22", "172.20.8.0/24" },
      [rules .. "[fm-100].destinations"] = { "172.20.0.0/22", "172.20.8.0/24" },
      [rules .. "[fi-200].destinations"] = { "10.10.20.5" }, [rules .. "[fc-200].sources"] = { "10.200.1.0/24" },
      [rules .. "[fc-200].ports"] = { "123" },
    },
    expect = {} },
  { "the provider's jump zone may not reach the customer's network itself",
    set = {
      [rules .. "[fm-120].sources"] = { "172.20.8.0/24" }, [rules .. "[fc-200].sources"] = { "172.20.8.0/24" },
    },
    expect = { ["no-passage"] = "fail" }, blame = "networks.rules[fc-200].action" },
  { "a network from which the customer manages its own is the customer's",
    set = { ["networks.zones[z-admin].role"] = "management", [rules .. "[fc-200].sources"] = { "10.10.0.0/17" },
      [rules .. "[fc-200].destinations"] = { "10.10.250.0/24" }, [rules .. "[fc-100].direction"] = "both",
      [rules .. "[fc-100].destinations"] = { "10.10.250.0/24" } },
    expect = {} },
  { "nothing leads into it from the provider's either",
    set = { ["networks.zones[z-admin].role"] = "management", [rules .. "[fc-200].destinations"] = { "10.10.250.9" },
      [rules .. "[fm-120].destinations"] = { "10.10.250.9" },
      ["networks.routes[rt-mgmt-trap].destination"] = "10.10.250.0/24" },
    expect = { ["no-passage"] = "fail" }, blame = "networks.rules[fc-200].action" },
  { "a passage that only the filter on the route stops is none",
    set = ssh_to_mgmt({ { "networks.routes[rt-iad-jump].filter", "fw-iad" } }),
    expect = {} },
  { "a tunnel leads past the routes, not past the filters",
    set = ssh_to_mgmt({ { to_mgmt, "172.20.8.0/24" } }),
    append = { ["networks.tunnels"] = {
      id = "tn-ops", service = "iad", party = "provider", kind = "ipsec", zones = { "z-admin", "z-mgmt" },
      encrypted = true,
    } },
    expect = { ["no-passage"] = "fail" }, blame = "networks.rules[fm-100].action" },
  { "zones without filters let everything through",
    set = { [mgmt .. ".filter"] = null, ["networks.zones[z-hq].filter"] = null, [to_mgmt] = "172.20.0.0/16",
      ["networks.routes[rt-iad-jump].filter"] = null },
    expect = { ["no-passage"] = "fail" } },
  { "what a filter allows by default is a passage",
    set = { ["networks.filters[fw-customer].default_outbound"] = "allow",
      ["networks.filters[fw-mgmt].default_inbound"] = "allow", [to_mgmt] = "172.20.0.0/16" },
    expect = { ["no-passage"] = "fail", ["management-from-internet"] = "fail" },
    blame = "networks.filters[fw-mgmt].default_inbound" },
  { "only one family filtered: IPv6 passes a filter for IPv4",
    set = { ["networks.filters[fw-customer].families"] = { "ipv4" },
      ["networks.filters[fw-mgmt].families"] = { "ipv4" }, [to_mgmt] = "2001:db8:172::/48" },
    append = { [mgmt .. ".cidrs"] = "2001:db8:172::/64" },
    expect = { ["no-passage"] = "fail", ["management-from-internet"] = "fail" },
    blame = "networks.filters[fw-mgmt].families" },
  { "a host with interfaces in both zones joins them, whatever the filters say",
    append = { ["hosts[dc01].interfaces"] = {
      id = "eth1", zone = "z-mgmt", address = "172.20.0.50", filter = "fw-mgmt", public_address = null,
    } },
    expect = { ["no-passage"] = "fail" }, blame = "hosts[dc01].interfaces" },
  { "a retired host joins nothing",
    set = { ["hosts[dc01].state"] = "retired" },
    append = { ["hosts[dc01].interfaces"] = {
      id = "eth1", zone = "z-mgmt", address = "172.20.0.50", filter = "fw-mgmt", public_address = null,
    } },
    expect = {} },
  { "an approved exception that expires today still holds",
    set = { ["networks.exceptions[ex-trap].expires"] = "2026-11-20" },
    expect = {} },
  { "an expired exception is none",
    set = { ["networks.exceptions[ex-trap].expires"] = "2026-11-19" },
    expect = { ["no-passage"] = "fail" }, blame = "networks.rules[fc-200].action" },
  { "an exception for another protocol does not cover it",
    set = { ["networks.exceptions[ex-trap].protocol"] = "tcp" },
    expect = { ["no-passage"] = "fail" } },
  { "an exception for the other direction does not cover it",
    set = { ["networks.exceptions[ex-trap].from_zone"] = "z-hq", ["networks.exceptions[ex-trap].to_zone"] = "z-mgmt" },
    expect = { ["no-passage"] = "fail" } },
  { "an exception whose end is not known is unknown",
    set = { ["networks.exceptions[ex-trap].expires"] = "soon" },
    expect = no_passages, blame = "networks.exceptions[ex-trap].expires" },
  { "an exception that nobody approved is unknown",
    remove = { "networks.exceptions[ex-trap].approved_by" },
    expect = no_passages, blame = "networks.exceptions[ex-trap].approved_by" },
  { "no exceptions at all, with a passage, fail",
    set = { ["networks.exceptions"] = empty_list },
    expect = { ["no-passage"] = "fail" } },
  { "VirtualNetwork: the default rule makes peered networks reachable", base = ctx,
    set = { [rules .. "[nsg-vda-65000].direction"] = "both" }, remove = vnet_default,
    expect = { ["no-passage"] = "fail" }, blame = "networks.rules[nsg-ops-65000].action" },
  { "VirtualNetwork: not when the peering lets nobody in", base = ctx,
    set = { [rules .. "[nsg-vda-65000].direction"] = "both", ["networks.peerings[pe-ops-jpe].allow_access"] = false,
      ["networks.peerings[pe-ops-usc].allow_access"] = false },
    remove = vnet_default,
    expect = {} },
  { "VirtualNetwork: nor when the peering is not connected", base = ctx,
    set = { [rules .. "[nsg-vda-65000].direction"] = "both", ["networks.peerings[pe-ops-jpe].state"] = "disconnected",
      ["networks.peerings[pe-ops-usc].state"] = "initiated" },
    remove = vnet_default,
    expect = {} },
  { "VirtualNetwork: only with the denial before it missing on both sides", base = ctx,
    remove = { rules .. "[nsg-ops-4096-in]" },
    expect = {} },
  { "a rule without an action is unknown",
    remove = { rules .. "[fm-100].action" },
    expect = no_passages, blame = "networks.rules[fm-100].action" },
  { "a rule without a priority is unknown",
    set = { [rules .. "[fm-100].priority"] = null },
    expect = no_passages, blame = "networks.rules[fm-100].priority" },
  { "a rule with an empty list of sources is unknown",
    set = { [rules .. "[fm-100].sources"] = empty_list },
    expect = no_passages },
  { "a template expression that was not resolved is unknown",
    set = { [rules .. "[fm-100].sources"] = { "[parameters('jumpSubnet')]" } },
    expect = no_passages, blame = rules .. "[fm-100].sources[1]" },
  { "a port as a number is not what the snapshot has, and unknown",
    set = { [rules .. "[fm-100].ports"] = { 22 } },
    expect = no_passages, blame = "networks.rules[fm-100].ports[1]" },
  { "a reversed range of ports is unknown",
    set = { [rules .. "[fm-100].ports"] = { "90-80" } },
    expect = no_passages, blame = "networks.rules[fm-100].ports[90-80]" },
  { "port 65536 is unknown",
    set = { [rules .. "[fm-100].ports"] = { "65536" } },
    expect = no_passages, blame = 'networks.rules[fm-100].ports["65536"]' },
  { "port 0 alone is unknown",
    set = { [rules .. "[fm-100].ports"] = { "0" } },
    expect = no_passages, blame = 'networks.rules[fm-100].ports["0"]' },
  { "a zone whose filter nobody named is unknown",
    remove = { mgmt .. ".filter" },
    expect = no_zones, blame = mgmt .. ".filter" },
  { "a filter that is not in the list is unknown",
    set = { [mgmt .. ".filter"] = "fw-gone" },
    expect = no_zones, blame = mgmt .. ".filter" },
  { "without the hosts it is not known what joins the zones",
    remove = { "hosts" },
    expect = {
      ["no-passage"] = "unknown", ["tenant-separation"] = "unknown", ["management-from-internet"] = "unknown",
      ["single-tenant-resources"] = "unknown", ["hosts-in-their-zones"] = "unknown",
    }, blame = "/hosts" },

  -- R3: tenants
  { "overlapping zones of two tenants in one VRF are found",
    set = { [tenant_b .. ".routing_domain"] = "rd-customer" },
    expect = { ["tenant-separation"] = "fail" }, blame = tenant_b .. ".cidrs[10.200.1.0/24]" },
  { "zones of two tenants in one VRF with blocks of their own are kept apart by rules",
    set = { [tenant_b .. ".routing_domain"] = "rd-customer", [tenant_b .. ".cidrs"] = { "10.200.3.0/24" } },
    expect = {} },
  { "a rule that lets them talk is found",
    set = { [tenant_b .. ".routing_domain"] = "rd-customer", [tenant_b .. ".cidrs"] = { "10.200.3.0/24" },
      [rules .. "[fi-130].sources"] = { "10.200.0.0/22" }, [rules .. "[fi-130].destinations"] = { "10.200.0.0/22" } },
    expect = { ["tenant-separation"] = "fail" }, blame = "networks.rules[fi-130].action" },
  { "a zone between the tenants, that the one reaches and that reaches the other, joins them",
    set = beside("transit"), append = from_b,
    expect = { ["tenant-separation"] = "fail" }, blame = "networks.rules[fi-130].action" },
  { "so does a relay for all tenants", set = beside("dmz"), append = from_b,
    expect = { ["tenant-separation"] = "fail" } },
  { "not when it may not send on", set = beside("transit", rules .. "[fi-130].enabled", false), append = from_b,
    expect = {} },
  { "not when nobody reaches it", set = beside("transit"), expect = {} },
  { "a jump zone is not passed through on the way to a tenant either", set = beside("jump"), append = from_b,
    expect = { ["no-passage"] = "fail" } },
  { "a host of this tenant in a zone of another one",
    set = { ["hosts[dc02].interfaces[1].zone"] = "z-tenant-b", ["hosts[dc02].interfaces[1].address"] = "10.200.1.12" },
    expect = { ["tenant-separation"] = "fail" }, blame = "hosts[dc02].interfaces[1].zone" },
  { "a host of the other tenant in its own zone",
    set = { ["hosts[dc02].interfaces[1].zone"] = "z-tenant-b", ["hosts[dc02].interfaces[1].address"] = "10.200.1.12",
      ["hosts[dc02].tenants"] = { "Tenant-B" } }, expect = {} },
  { "a retired host is in no zone any more",
    set = { ["hosts[dc02].interfaces[1].zone"] = "z-tenant-b", ["hosts[dc02].state"] = "retired" }, expect = {} },
  { "a resource of this tenant in a zone of another one",
    set = { ["networks.resources[res-dirlog].zone"] = "z-tenant-b" },
    expect = { ["tenant-separation"] = "fail" }, blame = "networks.resources[res-dirlog].zone" },
  { "a resource of which nobody says where it is", remove = { "networks.resources[res-dirlog].zone" }, expect = {} },
  { "overlapping zones of two other tenants are found",
    append = { ["networks.zones"] = {
      id = "z-tenant-c", name = "C", service = "iad", party = "provider", role = "tenant", tenant = "tenant-c",
      routing_domain = "rd-tenant-b", cidrs = { "10.200.1.128/25" }, internet_facing = false, filter = "fw-iad",
    } },
    expect = { ["tenant-separation"] = "fail" }, blame = "networks.zones[z-tenant-c].cidrs[10.200.1.128/25]" },
  { "two zones of one other tenant may overlap",
    append = { ["networks.zones"] = {
      id = "z-tenant-c", name = "C", service = "iad", party = "provider", role = "tenant", tenant = "tenant-b",
      routing_domain = "rd-tenant-b", cidrs = { "10.200.1.128/25" }, internet_facing = false, filter = "fw-iad",
    } },
    expect = {} },
  { "with a single tenant there is nothing to keep apart",
    remove = { tenant_b },
    expect = { ["tenant-separation"] = "not_applicable" } },
  { "whose zone it is must be known",
    remove = { tenant_b .. ".tenant" },
    expect = { ["tenant-separation"] = "unknown" }, blame = tenant_b .. ".tenant" },
  { "a resource with two tenants is found",
    append = { ["networks.resources[res-lb-console].tenants"] = "tenant-b" },
    expect = { ["single-tenant-resources"] = "fail" } },
  { "a resource with one tenant twice has one",
    append = { ["networks.resources[res-lb-console].tenants"] = "Minato-Seiki" },
    expect = {} },
  { "a host with two tenants is found", base = ctx,
    append = { ["hosts[vda-jp-01].tenants"] = "tenant-b" },
    expect = { ["single-tenant-resources"] = "fail" } },
  { "no shared resources at all leave the hosts",
    set = { ["networks.resources"] = empty_list },
    expect = {} },
  { "a resource without tenants is unknown",
    set = { ["networks.resources[res-lb-console].tenants"] = null },
    expect = { ["single-tenant-resources"] = "unknown" }, blame = "networks.resources[res-lb-console].tenants" },

  -- R4: the internet
  { "a management zone that faces the internet fails",
    set = { [mgmt .. ".internet_facing"] = true },
    expect = { ["management-from-internet"] = "fail" }, blame = mgmt .. ".internet_facing" },
  { "whether it faces the internet must be known",
    remove = { mgmt .. ".internet_facing" },
    expect = { ["management-from-internet"] = "unknown" }, blame = mgmt .. ".internet_facing" },
  { "a host in it with a public address fails",
    set = { ["hosts[jump01].interfaces[eth0].zone"] = "z-mgmt",
      ["hosts[jump01].interfaces[eth0].public_address"] = "203.0.113.9" },
    expect = { ["management-from-internet"] = "fail", ["hosts-in-their-zones"] = "fail" },
    blame = "hosts[jump01].interfaces[eth0].public_address" },
  { "the internet reaches it through another zone",
    set = service_to_mgmt({ { "networks.zones[z-iad-east].internet_facing", true } }),
    expect = { ["no-passage"] = "fail", ["management-from-internet"] = "fail" },
    blame = "networks.rules[fm-100].action" },
  { "the internet reaches it through a host with a public address",
    set = service_to_mgmt({ { "hosts[dc01].interfaces[eth0].public_address", "203.0.113.9" } }),
    expect = { ["no-passage"] = "fail", ["management-from-internet"] = "fail" } },
  { "everything in disguise: the tag Internet",
    set = { [rules .. "[fm-100].sources"] = { "internet" } },
    expect = { ["management-from-internet"] = "fail" }, blame = "networks.rules[fm-100].action" },
  { "everything in disguise: a star",
    set = { [rules .. "[fm-100].sources"] = { "*" } },
    expect = { ["management-from-internet"] = "fail" } },
  { "everything in disguise: two halves",
    set = { [rules .. "[fm-100].sources"] = { "0.0.0.0/1", "128.0.0.0/1" } },
    expect = { ["management-from-internet"] = "fail" } },
  { "everything in disguise: a range",
    set = { [rules .. "[fm-100].sources"] = { "0.0.0.0-255.255.255.255" } },
    expect = { ["management-from-internet"] = "fail" } },
  { "an address of a zone that stands for the internet is the internet",
    set = { [rules .. "[fm-100].sources"] = { "198.51.100.77" } }, append = { ["networks.zones"] = internet },
    expect = { ["management-from-internet"] = "fail" }, blame = "networks.rules[fm-100].action" },
  { "such a zone alone changes nothing", append = { ["networks.zones"] = internet }, expect = {} },
  { "one public address is the internet too",
    set = { [rules .. "[fm-100].sources"] = { "198.51.100.77" } },
    expect = { ["management-from-internet"] = "fail" } },
  { "an address for private use is not",
    set = { [rules .. "[fm-100].sources"] = { "192.168.9.0/24" } },
    expect = {} },
  { "a service tag whose addresses are not known is", base = ctx,
    set = { [rules .. "[no-110].sources"] = { "AzureCloud.JapanEast" } },
    expect = { ["management-from-internet"] = "fail" } },
  { "the platform's load balancer is not", base = ctx,
    remove = { rules .. "[nsg-ops-4096-in]" },
    expect = {} },
  { "a denial before it keeps the internet out", base = ctx,
    set = { [rules .. "[nsg-ops-65000].sources"] = { "Internet" } },
    expect = {} },

  -- R5: tests of isolation
  { "a test that is exactly as old as the limit still counts",
    set = { ["networks.isolation_tests[it-2026].performed_at"] = "2025-11-20T01:00:00+09:00" },
    expect = {} },
  { "a test that is a day older does not",
    set = { ["networks.isolation_tests[it-2026].performed_at"] = "2025-11-19T23:00:00+09:00" },
    expect = { ["isolation-test"] = "fail" }, blame = "networks.isolation_tests[it-2026].performed_at" },
  { "the limit is a parameter",
    params = { isolation_test_days = 30 },
    expect = { ["isolation-test"] = "fail" } },
  { "no test at all fails",
    set = { ["networks.isolation_tests"] = empty_list },
    expect = { ["isolation-test"] = "fail" }, blame = "/networks/isolation_tests" },
  { "two subnets with the same filter are judged as one", base = ctx,
    append = {
      ["networks.zones[z-vda-jp].cidrs"] = "10.60.11.0/24",
      ["networks.virtual_networks[vnet-ctx-jpe].subnets"] = {
        id = "snet-vda-2", zone = "z-vda-jp", cidrs = { "10.60.11.0/24" }, filter = "nsg-vda" },
    },
    expect = {} },
  { "two filters one behind the other: both let a service in", base = ctx,
    set = { ["networks.zones[z-ops].filter"] = "nsg-infra", ["networks.rules"] = in_series("Storage", "Storage") },
    expect = { ["management-from-internet"] = "fail" } },
  { "two filters one behind the other: the service that one lets in is none of the other's", base = ctx,
    set = { ["networks.zones[z-ops].filter"] = "nsg-infra", ["networks.rules"] = in_series("Storage", "Sql") },
    expect = {} },
  { "two filters one behind the other: one lets in the internet, the other a part of it", base = ctx,
    set = { ["networks.zones[z-ops].filter"] = "nsg-infra",
      ["networks.rules"] = in_series("Internet", "203.0.113.0/24") },
    expect = { ["management-from-internet"] = "fail" } },
  { "two filters one behind the other: the same in the other order", base = ctx,
    set = { ["networks.zones[z-ops].filter"] = "nsg-infra",
      ["networks.rules"] = in_series("203.0.113.0/24", "Internet") },
    expect = { ["management-from-internet"] = "fail" } },
  { "more kinds of traffic than are kept apart count as all traffic",
    set = { ["networks.rules"] = ninety_ports(), [to_mgmt] = "172.20.0.0/16" },
    expect = { ["no-passage"] = "fail" } },
  { "a test of the other service does not count",
    set = { ["networks.isolation_tests[it-2026].service"] = "ctx" },
    expect = { ["isolation-test"] = "fail" } },
  { "a test of both services does",
    set = { ["networks.isolation_tests[it-2026].service"] = "both" },
    expect = {} },
  { "a tenant with both services needs a test of both",
    set = { ["contract.service"] = "both" },
    expect = { ["isolation-test"] = "fail" } },
  { "the newest test decides",
    append = { ["networks.isolation_tests"] = {
      id = "it-2026b", service = "iad", performed_at = "2026-10-01T09:00:00+09:00", performed_by = "A",
      result = "findings_open",
    } },
    expect = { ["isolation-test"] = "fail" }, blame = "networks.isolation_tests[it-2026b].result" },
  { "an older test with open findings is past",
    append = { ["networks.isolation_tests"] = {
      id = "it-2025", service = "iad", performed_at = "2025-12-01T09:00:00+09:00", performed_by = "A",
      result = "findings_open",
    } },
    expect = {} },
  { "a test that lies in the future is unknown",
    set = { ["networks.isolation_tests[it-2026].performed_at"] = "2027-01-01T09:00:00+09:00" },
    expect = { ["isolation-test"] = "unknown" }, blame = "networks.isolation_tests[it-2026].performed_at" },
  { "a test without a result is unknown",
    set = { ["networks.isolation_tests[it-2026].result"] = null },
    expect = { ["isolation-test"] = "unknown" }, blame = "networks.isolation_tests[it-2026].result" },

  -- hosts in their zones
  { "a host of the customer's network with an address of the management network",
    set = { ["hosts[dc01].interfaces[1].address"] = "172.20.0.11" },
    expect = { ["hosts-in-their-zones"] = "fail" }, blame = "hosts[dc01].interfaces[1].address" },
  { "the same address as IPv4-mapped IPv6 is the same",
    set = { ["hosts[dc01].interfaces[1].address"] = "::ffff:10.200.1.11" }, expect = {} },
  { "a host that is retired is nowhere", base = ctx,
    set = { ["hosts[fs-jp-01].state"] = "retired", ["hosts[fs-jp-01].interfaces[nic0].address"] = "192.0.2.1" },
    expect = {} },
  { "an interface of which nobody knows the address", remove = { "hosts[dc01].interfaces[1].address" },
    expect = { ["hosts-in-their-zones"] = "unknown" }, blame = "hosts[dc01].interfaces[1].address" },
}
