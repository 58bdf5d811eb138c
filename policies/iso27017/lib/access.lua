-- access.lua: where the portal, the console and the tools can be reached from.
-- SPDX-License-Identifier: Apache-2.0
--
-- A list of source addresses is judged by what it lets in once it is merged and its order is
-- honoured, never by its spelling: 0.0.0.0/1 and 128.0.0.0/1 are everything as much as "*" is.
-- IPv4 is counted in addresses; IPv6 in /64 networks, because whoever has one address of a /64 can
-- take them all.

local given = use("given")
local lists = use("lists")

local M = {}

-- ---- allow-lists ----

local function is_deny(entry)
  return get(entry, "action", "allow") == "deny"
end

-- The entries in the order in which the product asks them: by priority where there is one, then as
-- they are listed.
local function in_order(entries)
  local ordered = {}
  for position, entry in ipairs(entries) do
    table.insert(ordered, { entry = entry, position = position,
      priority = get(entry, "priority", math.maxinteger) })
  end
  table.sort(ordered, function(a, b)
    if a.priority ~= b.priority then
      return a.priority < b.priority
    end
    return a.position < b.position
  end)
  return ordered
end

-- The networks that an entry adds to those asked before it. Their number stops at maxinteger, and
-- then a difference tells nothing.
local function added_networks(entry, before, after)
  if before.ipv6_networks == math.maxinteger and not before.all_ipv6 then
    return net.size(entry.address).ipv6_networks
  end
  return after.ipv6_networks - before.ipv6_networks
end

-- What each entry adds when the first match decides: an address that an earlier entry decided is
-- not counted again.
local function shares_in_order(entries)
  local shares, asked = {}, {}
  local before = { ipv4 = 0, ipv6_networks = 0 }
  for _, one in ipairs(in_order(entries)) do
    table.insert(asked, one.entry.address)
    local after = given.need(net.size(asked))
    if not is_deny(one.entry) then
      table.insert(shares, { entry = one.entry, ipv4 = after.ipv4 - before.ipv4,
        ipv6_networks = added_networks(one.entry, before, after) })
    end
    before = { ipv4 = after.ipv4, ipv6_networks = after.ipv6_networks,
      all_ipv6 = net.covers_family(asked, 6) }
  end
  return shares
end

local function shares_alone(entries)
  local shares = {}
  for _, entry in ipairs(entries) do
    local size = net.size(entry.address)
    if size ~= nil then
      table.insert(shares, { entry = entry, ipv4 = size.ipv4, ipv6_networks = size.ipv6_networks })
    end
  end
  return shares
end

-- What a list lets in: ipv4 (addresses), ipv6_networks, and the share of each allowing entry. nil
-- when an entry cannot be understood, which is then recorded.
function M.size(entries)
  if lists.find(entries, is_deny) == nil then
    local whole = net.size(entries, "address")
    return whole and { ipv4 = whole.ipv4, ipv6_networks = whole.ipv6_networks,
      shares = shares_alone(entries) }
  end
  local shares = shares_in_order(entries)
  local whole = { ipv4 = 0, ipv6_networks = 0, shares = shares }
  for _, share in ipairs(shares) do
    whole.ipv4 = whole.ipv4 + share.ipv4
    whole.ipv6_networks = whole.ipv6_networks + share.ipv6_networks
  end
  return whole
end

-- Whether a size keeps to the limits of the parameters.
function M.is_small(size, params)
  return size.ipv4 <= params.max_addresses and size.ipv6_networks <= params.max_ipv6_networks
end

-- A path of the portal that answers on IPv6: the path and the address, or nil.
function M.ipv6_path(portal)
  for _, path in ipairs(portal.access_paths) do
    for _, address in ipairs(path.endpoint.addresses) do
      if net.family(address) == 6 then
        return path, address
      end
    end
  end
  return nil
end

-- Whether the judged address is the sender's own: that of the connection, or one that a named
-- proxy vouches for.
function M.knows_sender(list)
  if has(list, "trusted_proxies") and list.client_address ~= "connection" then
    return net.covers_internet(list.trusted_proxies) == false
  end
  return list.client_address == "connection"
end

-- Whether a list lets anybody in: one that only denies is a list of whom to keep out.
function M.lists_somebody(entries)
  return lists.find(entries, function(entry) return not is_deny(entry) end) ~= nil
end

-- Whether the list of a portal really keeps strangers out, on the paths that apply it.
function M.restricts(portal, params)
  local list = portal.ip_allowlist
  if not list.enabled or list.mode ~= "enforce" or not M.lists_somebody(list.entries) then
    return false
  end
  local size = M.size(list.entries)
  local ipv6_held = list.ipv6 ~= "unrestricted" or M.ipv6_path(portal) == nil
  return size ~= nil and M.is_small(size, params) and ipv6_held and M.knows_sender(list)
end

local DOUBTFUL = {
  private = true, loopback = true, link_local = true, multicast = true, unique_local = true,
  unspecified = true, nat64 = true, ["6to4"] = true, reserved = true,
}

local function remark_on_entry(entry)
  local address = entry.address
  local classes = net.classes(address) or {}
  local values = { address = address, description = entry.description }
  if net.host_bits(address) then
    note({
      en = "{address} ({description}) has bits set behind its prefix; they are ignored",
      ja = "{address}（{description}）はプレフィックスより後ろのビットが立っています（無視して評価）",
    }, values)
  end
  if classes.shared and not classes.public then
    note({
      en = "{address} ({description}) is carrier-grade NAT: strangers share it",
      ja = "{address}（{description}）はキャリアグレード NAT のアドレスで、第三者と共有されます",
    }, values)
  end
  for class in pairs(DOUBTFUL) do
    if classes[class] and not classes.public then
      note({
        en = "{address} ({description}) is not an address of the internet, so it lets nobody in",
        ja = "{address}（{description}）はインターネットのアドレスではないため、登録の意味がありません",
      }, values)
      return
    end
  end
end

-- Remarks on what is untidy but lets nobody in.
function M.remarks(entries)
  for _, entry in ipairs(entries) do
    remark_on_entry(entry)
  end
  local untidy = net.hygiene(entries, "address")
  if untidy ~= nil and untidy.duplicates + untidy.contained + untidy.joinable > 0 then
    note({
      en = "the list could be tidied up: {duplicates} duplicates, {contained} inside other entries, "
        .. "{joinable} that touch others",
      ja = "リストを整理できます：重複 {duplicates} 件、他の登録に含まれるもの {contained} 件、"
        .. "他の登録と連続・重複するもの {joinable} 件",
    }, untidy)
  end
end

-- ---- customer networks ----

-- Networks of the customer: what params.customer_network_zones names, else zones of the role
-- customer, and jump zones that are the customer's own (segments of administrators' terminals).
local function is_customer_zone(zone, params)
  local named = params.customer_network_zones
  if #named > 0 then
    return lists.contains(named, zone.id)
  end
  return zone.role == "customer" or (zone.role == "jump" and zone.party == "customer")
end

local function is_operator_zone(zone)
  return zone.role == "management" or (zone.role == "jump" and zone.party ~= "customer")
end

local CUSTOMER_NETWORK = { en = "a customer network of this service", ja = "このサービスのお客様ネットワーク" }

-- The zones by id and the blocks of the customer's networks, of a service ("iad").
function M.customer_networks(s, params, service)
  local zones, blocks = {}, {}
  for _, zone in each(s.networks.zones, CUSTOMER_NETWORK, function(zone)
    return (zone.service == service or zone.service == "both") and is_customer_zone(zone, params)
  end) do
    zones[zone.id] = zone
    for _, block in ipairs(zone.cidrs) do
      table.insert(blocks, block)
    end
  end
  return zones, blocks
end

-- Whether traffic gets from one routing domain to another at all, directly.
local function are_joined(s, a, b)
  if a == b then
    return true
  end
  local function joins(from, to) return (from == a and to == b) or (from == b and to == a) end
  return lists.find(s.networks.routes, function(route)
    return route.next_hop == "domain" and joins(route.routing_domain, route.next_domain)
  end) ~= nil or lists.find(s.networks.peerings, function(peering)
    return peering.state == "connected" and joins(peering.from, peering.to)
  end) ~= nil
end

-- The operators' zones of a service whose addresses can arrive in one of those zones (by id).
function M.operator_zones(s, service, zones)
  local by_id, found = lists.by_id(s.networks.zones), {}
  for _, zone in ipairs(s.networks.zones) do
    local ours = (zone.service == service or zone.service == "both") and is_operator_zone(zone)
    if ours and lists.find(zones, function(id)
      return are_joined(s, zone.routing_domain, by_id[id].routing_domain)
    end) then
      table.insert(found, zone)
    end
  end
  return found
end

local INTERNAL = { private = true, unique_local = true, shared = true, link_local = true, loopback = true }

-- Whether an address cannot be reached from the internet: every class it has is an internal one.
function M.is_internal(address)
  for class in pairs(given.need(net.classes(address))) do
    if not INTERNAL[class] then
      return false
    end
  end
  return true
end

return M
