-- Tests of CLD.13.1.4. IAD has no virtual networks. CTX has two of the customer (vnet-ctx-jpe,
-- vnet-ctx-usc), which continue the office (seg-office) and follow np-service, and one of the
-- provider (vnet-ops), which continues seg-ops and follows np-management.

local ctx = "ctx/compliant.json"

local networks = "networks.virtual_networks"
local jpe = networks .. "[vnet-ctx-jpe]"
local usc = networks .. "[vnet-ctx-usc]"
local ops = networks .. "[vnet-ops]"
local rules = "networks.rules"
local monitoring = "networks.bandwidth_monitoring"
local drift = "networks.drift_check"

local virtual = { ["no-virtual-networks"] = "fail" }
local policy_fails = { ["customer-networks-policy"] = "fail" }

local function vnet(service, party, kind)
  return {
    id = "vnet-new", name = "vnet-new", service = service, party = party, kind = kind or "vnet", region = "japaneast",
    routing_domain = "rd-customer", cidrs = { "10.99.0.0/16" },
    subnets = { { id = "snet", zone = "z-hq", cidrs = { "10.99.1.0/24" }, filter = "fw-customer" } },
    mapped_to = null, policy = null,
  }
end

local function let_in(filter, sources, destinations, wanted, protocol)
  return {
    id = "new-100", filter = filter, enabled = true, priority = 101, action = "allow", direction = "inbound",
    sources = sources, destinations = destinations, protocol = protocol or "tcp", ports = wanted,
  }
end

local switched_off = let_in("nsg-vda", { "10.40.0.0/17" }, { "10.60.10.0/24" }, { "23" })
switched_off.enabled = false

-- All rules of CTX that read the virtual networks, when these cannot be read.
local no_networks = {
  ["provider-networks-mapped"] = "unknown", ["customer-networks-mapped"] = "unknown",
  ["provider-networks-policy"] = "unknown", ["customer-networks-policy"] = "unknown",
  ["provider-networks-addresses"] = "unknown", ["customer-networks-addresses"] = "unknown",
}

local function and_monitoring(expect)
  expect["bandwidth-monitored"], expect["bandwidth-alert-tested"] = "unknown", "unknown"
  expect["drift-checked"] = "unknown"
  return expect
end

return {
  base = "iad/compliant.json",

  -- ---- R1: the claim of absence ----
  { "IAD: a virtual network of the provider contradicts the claim", append = { [networks] = vnet("iad", "provider") },
    expect = virtual, blame = networks .. "[vnet-new].service" },
  { "IAD: one that serves both services does too", append = { [networks] = vnet("both", "provider") },
    expect = virtual },
  { "IAD: an overlay is a virtual network", append = { [networks] = vnet("iad", "provider", "overlay") },
    expect = virtual },
  { "IAD: the customer's own Azure networks do not contradict it", append = { [networks] = vnet("iad", "customer") },
    expect = {} },
  { "IAD: a network of the provider for CTX does not contradict it", append = { [networks] = vnet("ctx", "provider") },
    expect = {} },
  { "IAD: a virtual network without workload contradicts it all the same",
    append = { [networks] = vnet("iad", "provider") }, set = { ["networks.resources"] = empty_list },
    expect = virtual },
  { "IAD: a routing domain of the provider that is a virtual network",
    set = { ["networks.routing_domains[rd-management].kind"] = "virtual_network" }, expect = virtual,
    blame = "networks.routing_domains[rd-management].kind" },
  { "IAD: a routing domain of the customer that is one",
    set = { ["networks.routing_domains[rd-customer].kind"] = "virtual_network",
      ["networks.routing_domains[rd-customer].party"] = "customer" }, expect = {} },
  { "IAD: an SD-WAN of the provider is an overlay", set = { ["networks.tunnels[tn-backbone].kind"] = "sd_wan" },
    expect = virtual, blame = "networks.tunnels[tn-backbone].kind" },
  { "IAD: an IPsec tunnel is none", set = { ["networks.tunnels[tn-backbone].kind"] = "ipsec" }, expect = {} },
  { "IAD: no tunnels are said", remove = { "networks.tunnels" }, expect = {} },
  { "IAD: the list is missing: the absence is not confirmed", remove = { networks },
    expect = { ["no-virtual-networks"] = "unknown" }, blame = "/networks/virtual_networks" },
  { "IAD: the list is null, which is no empty list", set = { [networks] = null },
    expect = { ["no-virtual-networks"] = "unknown" }, blame = "/networks/virtual_networks" },
  { "IAD: nobody says when the networks were read", remove = { "networks.collected_at" },
    expect = { ["no-virtual-networks"] = "unknown" } },
  { "IAD: the networks were not collected", remove = { "networks" },
    expect = { ["no-virtual-networks"] = "unknown" }, blame = "/networks" },
  { "IAD: whose network it is must be known", append = { [networks] = vnet("iad", null) },
    expect = { ["no-virtual-networks"] = "unknown" }, blame = networks .. "[vnet-new].party" },
  { "a tenant with both services: CTX's networks do not contradict IAD's claim", base = ctx,
    set = { ["contract.service"] = "both" }, expect = { ["no-virtual-networks"] = "pass" } },
  { "a tenant with both services: what serves both contradicts it", base = ctx,
    set = { ["contract.service"] = "both", [ops .. ".service"] = "both" }, expect = virtual,
    blame = networks .. "[vnet-ops].service" },

  -- ---- R2: mapping ----
  { "a network of the customer that nobody mapped", base = ctx,
    set = { [usc .. ".mapped_to"] = null, [usc .. ".policy"] = null },
    expect = { ["customer-networks-mapped"] = "fail" }, blame = networks .. "[vnet-ctx-usc].mapped_to" },
  { "a network in the United States that follows a policy only", base = ctx, set = { [usc .. ".mapped_to"] = null },
    expect = {} },
  { "a network that is mapped and follows no policy", base = ctx, set = { [usc .. ".policy"] = null }, expect = {} },
  { "a network of both sides that nobody mapped is both sides' to map", base = ctx,
    set = { [usc .. ".party"] = "shared", [usc .. ".mapped_to"] = null, [usc .. ".policy"] = null },
    expect = { ["provider-networks-mapped"] = "fail", ["customer-networks-mapped"] = "fail" },
    blame = networks .. "[vnet-ctx-usc].mapped_to" },
  { "a network of the provider that nobody mapped", base = ctx,
    set = { [ops .. ".mapped_to"] = null, [ops .. ".policy"] = null },
    expect = { ["provider-networks-mapped"] = "fail", ["provider-networks-policy"] = "unknown",
      ["provider-networks-addresses"] = "not_applicable" } },
  { "a mapping that leads nowhere", base = ctx, set = { [jpe .. ".mapped_to"] = "seg-gone" },
    expect = { ["customer-networks-mapped"] = "unknown", ["customer-networks-addresses"] = "unknown" },
    blame = networks .. "[vnet-ctx-jpe].mapped_to" },
  { "nobody says what it is mapped to", base = ctx, remove = { jpe .. ".mapped_to" },
    expect = { ["customer-networks-mapped"] = "unknown", ["customer-networks-addresses"] = "unknown" } },
  { "the customer has no virtual networks", base = ctx, remove = { jpe, usc },
    expect = { ["customer-networks-mapped"] = "not_applicable", ["customer-networks-policy"] = "not_applicable",
      ["customer-networks-addresses"] = "not_applicable" } },
  { "the provider's virtual networks were not disclosed", base = ctx, remove = { ops },
    expect = { ["provider-networks-mapped"] = "unknown", ["provider-networks-policy"] = "unknown",
      ["provider-networks-addresses"] = "unknown" }, blame = "/networks/virtual_networks" },
  { "a network of another service is not CTX's", base = ctx, set = { [usc .. ".service"] = "iad",
    [usc .. ".mapped_to"] = null, [usc .. ".policy"] = null }, expect = {} },
  { "the networks were not collected", base = ctx, remove = { "networks" }, expect = and_monitoring(no_networks),
    blame = "/networks" },

  -- ---- R2: the policy ----
  { "a denied port is let in", base = ctx,
    append = { [rules] = let_in("nsg-vda", { "10.40.0.0/17" }, { "10.60.10.0/24" }, { "20-23" }) },
    expect = policy_fails, blame = "networks.rules[new-100].ports" },
  { "a denied port is let in over UDP", base = ctx,
    append = { [rules] = let_in("nsg-vda", { "10.40.0.0/17" }, { "10.60.10.0/24" }, { "5900" }, "udp") },
    expect = policy_fails },
  { "all ports hold the denied ones", base = ctx,
    append = { [rules] = let_in("nsg-vda", { "10.40.0.0/17" }, { "10.60.10.0/24" }, { "*" }, "any") },
    expect = policy_fails },
  { "a port beside the denied ones", base = ctx,
    append = { [rules] = let_in("nsg-vda", { "10.40.0.0/17" }, { "10.60.10.0/24" }, { "22", "24-5899" }) },
    expect = {} },
  { "a rule that is switched off lets nothing in", base = ctx,
    append = { [rules] = switched_off }, expect = {} },
  { "icmp has no ports", base = ctx,
    append = { [rules] = let_in("nsg-vda", { "10.40.0.0/17" }, { "10.60.10.0/24" }, { "*" }, "icmp") }, expect = {} },
  { "without the denial before it the default rule lets the virtual network in", base = ctx,
    remove = { rules .. "[nsg-vda-4096-in]" }, expect = policy_fails },
  { "a filter that allows by default, and nothing before that denies", base = ctx,
    set = { ["networks.filters[nsg-vda].default_inbound"] = "allow",
      [rules .. "[nsg-vda-65000].enabled"] = false, [rules .. "[nsg-vda-65001].enabled"] = false },
    remove = { rules .. "[nsg-vda-4096-in]", rules .. "[nsg-vda-65500]" },
    expect = policy_fails, blame = "networks.filters[nsg-vda].default_inbound" },
  { "a denied port in the provider's network", base = ctx, set = { [rules .. "[no-110].ports"] = { "22-23" } },
    expect = { ["provider-networks-policy"] = "fail" } },
  { "a subnet without any filter", base = ctx,
    set = { [usc .. ".subnets[snet-vda].filter"] = null, ["networks.zones[z-vda-us].filter"] = null },
    expect = policy_fails, blame = "networks.zones[z-vda-us].filter" },
  { "a policy for another role", base = ctx, set = { [usc .. ".policy"] = "np-management" }, expect = policy_fails,
    blame = "networks.zones[z-vda-us].role" },
  { "a jump zone belongs to the management's role", base = ctx,
    set = { ["networks.policies[np-management].role"] = "service" },
    expect = { ["provider-networks-policy"] = "fail" } },
  { "no network of the customer follows a policy", base = ctx,
    set = { [jpe .. ".policy"] = null, [usc .. ".policy"] = null },
    expect = { ["customer-networks-policy"] = "unknown" } },
  { "the policies were not collected", base = ctx, remove = { "networks.policies" },
    expect = { ["provider-networks-policy"] = "unknown", ["customer-networks-policy"] = "unknown",
      ["provider-networks-mapped"] = "unknown", ["customer-networks-mapped"] = "unknown" } },
  { "a policy without its ports", base = ctx, set = { ["networks.policies[np-service].denied_ports"] = empty_list },
    expect = { ["customer-networks-policy"] = "unknown" }, blame = "networks.policies[np-service].denied_ports" },
  { "a rule without an action leaves the policy undecided", base = ctx, remove = { rules .. "[nv-100].action" },
    expect = { ["customer-networks-policy"] = "unknown", ["provider-networks-policy"] = "unknown" } },

  -- ---- R5: addresses ----
  { "the address space lies in that of the office", base = ctx,
    set = { [usc .. ".cidrs"] = { "10.40.128.0/17" } }, expect = { ["customer-networks-addresses"] = "fail" },
    blame = networks .. "[vnet-ctx-usc].cidrs[10.40.128.0/17]" },
  { "the address space only touches it", base = ctx, set = { [usc .. ".cidrs"] = { "10.41.0.0/16" } }, expect = {} },
  { "the provider's address space collides", base = ctx,
    set = { ["networks.physical[seg-ops].cidrs"] = { "172.24.0.0/16" } },
    expect = { ["provider-networks-addresses"] = "fail" } },
  { "a segment that it is not mapped to may have the same addresses", base = ctx,
    set = { ["networks.physical[seg-ops].cidrs"] = { "10.70.0.0/16" } }, expect = {} },
  { "a segment without addresses", base = ctx, set = { ["networks.physical[seg-office].cidrs"] = empty_list },
    expect = { ["customer-networks-addresses"] = "unknown" }, blame = "networks.physical[seg-office].cidrs" },

  -- ---- R3: bandwidth ----
  { "bandwidth is not monitored", base = ctx, set = { [monitoring .. ".enabled"] = false },
    expect = { ["bandwidth-monitored"] = "fail" }, blame = "/networks/bandwidth_monitoring/enabled" },
  { "no signs of trouble are looked for", base = ctx, set = { [monitoring .. ".predictive"] = false },
    expect = { ["bandwidth-monitored"] = "fail" }, blame = "/networks/bandwidth_monitoring/predictive" },
  { "a threshold of exactly 90", base = ctx, set = { [monitoring .. ".threshold_percent"] = 90 }, expect = {} },
  { "a threshold just above", base = ctx, set = { [monitoring .. ".threshold_percent"] = 90.1 },
    expect = { ["bandwidth-monitored"] = "fail" }, blame = "/networks/bandwidth_monitoring/threshold_percent" },
  { "a threshold of nothing", base = ctx, set = { [monitoring .. ".threshold_percent"] = 0 },
    expect = { ["bandwidth-monitored"] = "fail" } },
  { "the threshold is a parameter", base = ctx, params = { max_bandwidth_threshold = 70 },
    expect = { ["bandwidth-monitored"] = "fail" } },
  { "a threshold as a string", base = ctx, set = { [monitoring .. ".threshold_percent"] = "75" },
    expect = { ["bandwidth-monitored"] = "unknown" } },
  { "a sample of exactly 24 hours, in UTC", base = ctx,
    set = { [monitoring .. ".sampled_at"] = "2026-11-19T09:00:00Z" },
    expect = {} },
  { "a sample that is a second older", base = ctx,
    set = { [monitoring .. ".sampled_at"] = "2026-11-19T17:59:59+09:00" },
    expect = { ["bandwidth-monitored"] = "fail" }, blame = "/networks/bandwidth_monitoring/sampled_at" },
  { "the age of samples is a parameter", base = ctx, params = { bandwidth_sample_hours = 1 },
    set = { [monitoring .. ".sampled_at"] = "2026-11-20T16:00:00+09:00" },
    expect = { ["bandwidth-monitored"] = "fail" } },
  { "a sample of the future", base = ctx, set = { [monitoring .. ".sampled_at"] = "2026-11-21T00:00:00+09:00" },
    expect = { ["bandwidth-monitored"] = "unknown" } },
  { "nobody knows of any monitoring", base = ctx, remove = { monitoring },
    expect = { ["bandwidth-monitored"] = "unknown", ["bandwidth-alert-tested"] = "unknown" },
    blame = "/networks/bandwidth_monitoring" },
  { "the alert was tested 365 days ago", base = ctx,
    set = { [monitoring .. ".alert_tested_at"] = "2025-11-20T00:00:00+09:00" }, expect = {} },
  { "the alert was tested 366 days ago", base = ctx,
    set = { [monitoring .. ".alert_tested_at"] = "2025-11-19T14:59:59Z" },
    expect = { ["bandwidth-alert-tested"] = "fail" }, blame = "/networks/bandwidth_monitoring/alert_tested_at" },
  { "the interval of tests is a parameter", base = ctx, params = { alert_test_days = 30 },
    expect = { ["bandwidth-alert-tested"] = "fail" } },
  { "nobody knows when the alert was tested", base = ctx, remove = { monitoring .. ".alert_tested_at" },
    expect = { ["bandwidth-alert-tested"] = "unknown" }, blame = "/networks/bandwidth_monitoring/alert_tested_at" },

  -- ---- R4: comparison ----
  { "compared exactly 7 days ago", base = ctx, set = { [drift .. ".checked_at"] = "2026-11-13T00:00:00+09:00" },
    expect = {} },
  { "compared 8 days ago, in UTC", base = ctx, set = { [drift .. ".checked_at"] = "2026-11-12T14:59:59Z" },
    expect = { ["drift-checked"] = "fail" }, blame = "/networks/drift_check/checked_at" },
  { "the interval is a parameter", base = ctx, params = { vnet_drift_days = 1 },
    expect = { ["drift-checked"] = "fail" } },
  { "the networks were changed after the comparison", base = ctx,
    set = { [drift .. ".last_network_change_at"] = "2026-11-18T05:00:01+09:00" },
    expect = { ["drift-checked"] = "fail" }, blame = "/networks/drift_check/checked_at" },
  { "the networks were changed in the moment of the comparison", base = ctx,
    set = { [drift .. ".last_network_change_at"] = "2026-11-17T20:00:00Z" }, expect = {} },
  { "a difference is open", base = ctx, set = { [drift .. ".differences"] = 1 },
    expect = { ["drift-checked"] = "fail" },
    blame = "/networks/drift_check/differences" },
  { "nobody counted the differences", base = ctx, set = { [drift .. ".differences"] = null },
    expect = { ["drift-checked"] = "unknown" }, blame = "/networks/drift_check/differences" },
  { "nobody compared", base = ctx, remove = { drift }, expect = { ["drift-checked"] = "unknown" },
    blame = "/networks/drift_check" },
}
