-- topology.lua: zones, and what joins them, as the snapshot tells it
-- SPDX-License-Identifier: Apache-2.0
--
-- Routing domains are joined by peerings, routes and tunnels; a host joins the zones that it has
-- interfaces in. A route takes on whatever came into its domain, also over a peering: whether a
-- gateway or an appliance there really does is not in the snapshot.
--
-- Filters on interfaces are left out: the next host in the zone may have none.

local firewall = use("firewall")
local given = use("given")
local need, items, nullable = given.need, given.items, given.nullable

local M = {}

local FAMILIES = { 4, 6 }

-- ---- reading: zones ----

local function by_family(cidrs)
  local blocks = { [4] = {}, [6] = {} }
  for _, block in ipairs(items(cidrs)) do
    table.insert(need(blocks[need(net.family(block))]), block)
  end
  return blocks
end

-- A filter by its id, nil for none.
local function filter_of(view, filters)
  local id = nullable(view, "filter")
  return id ~= nil and need(filters.by_id[id]) or nil
end

local function read_zone(view, filters)
  return {
    view = view,
    id = need(view.id),
    name = need(view.name),
    role = need(view.role),
    party = need(view.party),
    domain = need(view.routing_domain),
    blocks = by_family(view.cidrs),
    filter = filter_of(view, filters),
    subnets = {},
    filtered_interfaces = 0,
  }
end

local function read_subnets(self)
  for _, network in ipairs(items(maybe_empty(need(self.view.virtual_networks)))) do
    local name = need(network.name)
    for _, view in ipairs(items(network.subnets)) do
      local zone = need(self.by_id[need(view.zone)])
      table.insert(zone.subnets, {
        view = view, name = name .. "/" .. need(view.id),
        blocks = by_family(view.cidrs), filter = filter_of(view, self.filters),
      })
    end
  end
end

-- ---- reading: segments, the parts of a zone that have the same filters ----

local function filters_in_series(a, b)
  if a == nil or a == b then
    return { b }
  end
  return { a, b }
end

local function add_segment(zone, filters, blocks)
  for _, segment in ipairs(zone.segments) do
    if segment.filters[1] == filters[1] and segment.filters[2] == filters[2] then
      for _, family in ipairs(FAMILIES) do
        for _, block in ipairs(blocks[family]) do
          table.insert(segment.blocks[family], block)
        end
      end
      return
    end
  end
  table.insert(zone.segments, { zone = zone, filters = filters, blocks = blocks })
end

-- Whether all blocks of a zone lie in its subnets.
local function in_subnets(zone)
  for _, family in ipairs(FAMILIES) do
    local covered = {}
    for _, subnet in ipairs(zone.subnets) do
      for _, block in ipairs(subnet.blocks[family]) do
        table.insert(covered, block)
      end
    end
    local blocks = zone.blocks[family]
    if #blocks > 0 and (#covered == 0 or not net.subset(blocks, covered)) then
      return false
    end
  end
  return true
end

local function read_segments(zone)
  zone.segments = {}
  for _, subnet in ipairs(zone.subnets) do
    local copy = { [4] = {}, [6] = {} }
    for _, family in ipairs(FAMILIES) do
      for _, block in ipairs(subnet.blocks[family]) do
        table.insert(copy[family], block)
      end
    end
    add_segment(zone, filters_in_series(zone.filter, subnet.filter), copy)
  end
  if #zone.subnets == 0 or not in_subnets(zone) then
    table.insert(zone.segments, { zone = zone, filters = { zone.filter }, blocks = zone.blocks })
  end
end

-- ---- reading: what joins routing domains ----

local function add_link(self, link)
  local links = self.links[link.from] or {}
  self.links[link.from] = links
  table.insert(links, link)
end

-- Half a peering: the other side may come in.
local function read_peering(view, filters)
  local half = {
    view = view,
    from = need(view.to), to = need(view.from), home = need(view.from),
    filter = filter_of(view, filters),
    forwarded = need(view.allow_forwarded),
    remote = need(view.use_remote_gateways),
    gateway = need(view.allow_gateway_transit),
  }
  half.open = need(view.state) == "connected" and need(view.allow_access)
  return half
end

-- Traffic that passes the peer on its way comes in when this side accepts it, or when it comes
-- from the peer's gateway and both sides agreed on that.
local function read_peerings(self)
  local halves = {}
  for _, view in ipairs(items(maybe_empty(need(self.view.peerings)))) do
    table.insert(halves, read_peering(view, self.filters))
  end
  local lends = {}
  for _, half in ipairs(halves) do
    lends[half.to .. " " .. half.from] = half.gateway
  end
  for _, half in ipairs(halves) do
    half.passing = half.forwarded or half.remote and lends[half.from .. " " .. half.to] or false
    if half.open then
      add_link(self, half)
    end
  end
end

-- A route to a domain is a link. Where an appliance or a gateway sends what it gets may not be known:
-- such a route (to is nil) leads to whatever domain has the destination.
local function read_route(view, filters)
  local route = {
    view = view,
    id = need(view.id),
    from = need(view.routing_domain), home = need(view.routing_domain),
    hop = need(view.next_hop),
    destination = need(view.destination),
    filter = filter_of(view, filters),
    passing = true,
  }
  if route.hop == "domain" or has(view, "next_domain") then
    route.to = need(view.next_domain)
  end
  return route
end

local function read_routes(self)
  for _, view in ipairs(items(maybe_empty(need(self.view.routes)))) do
    local route = read_route(view, self.filters)
    table.insert(self.routes, route)
    if route.hop == "none" then
      table.insert(self.dropped, route)
    elseif route.hop ~= "internet" then
      add_link(self, route)
    end
  end
end

-- ---- reading: tunnels ----

-- A tunnel is a line between the domains of the zones that it connects; only their filters hold.
local function read_tunnels(self)
  if not has(self.view, "tunnels") then
    return
  end
  for _, view in ipairs(items(maybe_empty(self.view.tunnels))) do
    local ends = {}
    for _, id in ipairs(items(view.zones)) do
      table.insert(ends, need(self.by_id[id]).domain)
    end
    for _, from in ipairs(ends) do
      for _, to in ipairs(ends) do
        if from ~= to then
          add_link(self, { view = view, from = from, to = to, home = from, passing = true })
        end
      end
    end
  end
end

-- ---- reading: hosts with interfaces in several zones ----

local function read_interface(self, host, view)
  local zone = need(self.by_id[need(view.zone)])
  local public = nullable(view, "public_address")
  if not host.is_in[zone] then
    host.is_in[zone] = true
    table.insert(host.zones, zone)
  end
  if nullable(view, "filter") ~= nil then
    zone.filtered_interfaces = zone.filtered_interfaces + 1
  end
  if public ~= nil then
    table.insert(self.public, { view = view, host = host, zone = zone })
  end
end

-- A host joins all zones that it has an interface in: bridges[from][to] is what says so.
local function bridge(self, host)
  local by = {
    kind = "host", view = host.view, key = "interfaces",
    en = "host " .. host.name .. " (an interface in both)",
    ja = "ホスト " .. host.name .. "（両方にインターフェースあり）",
  }
  for _, from in ipairs(host.zones) do
    for _, to in ipairs(host.zones) do
      if from ~= to then
        self.bridges[from] = self.bridges[from] or {}
        self.bridges[from][to] = by
      end
    end
  end
end

-- ---- reading: exceptions ----

local function read_exceptions(self, s, as_of)
  local tz = need(need(s.tenant).time_zone)
  for _, view in ipairs(items(maybe_empty(need(self.view.exceptions)))) do
    local exception = {
      id = need(view.id),
      protocol = need(view.protocol),
      ports = need(ports.text(need(view.ports))),
      expires = need(view.expires),
    }
    need(view.ticket)
    need(view.approved_by)
    local pair = need(view.from_zone) .. " " .. need(view.to_zone)
    local holds = need(time.day(as_of, tz)) <= need(time.day(exception.expires, tz))
    local where = holds and self.exceptions or self.expired
    where[pair] = where[pair] or {}
    table.insert(where[pair], exception)
  end
end

-- ---- reading ----

-- The networks of a snapshot, read once for a rule: zones, and what joins them.
function M.read(s)
  local view = need(s.networks)
  local self = {
    view = view, filters = firewall.read(view), list = {}, by_id = {}, by_view = {},
    links = {}, routes = {}, dropped = {}, public = {}, bridges = {}, exceptions = {}, expired = {},
    reach_memo = {}, contexts = {}, step_memo = {}, -- the last two: lib/traffic.lua
  }
  for _, zone_view in ipairs(items(view.zones)) do
    local zone = read_zone(zone_view, self.filters)
    table.insert(self.list, zone)
    self.by_id[zone.id] = zone
    self.by_view[zone_view] = zone
  end
  read_subnets(self)
  for _, zone in ipairs(self.list) do
    read_segments(zone)
  end
  read_peerings(self)
  read_routes(self)
  read_tunnels(self)
  return self
end

-- The same with the rules of all filters.
function M.read_rules(s)
  local self = M.read(s)
  firewall.read_rules(self.filters, self.view)
  return self
end

-- Hosts join zones, have public addresses, and filters of their own.
function M.read_hosts(self, s)
  for _, view in ipairs(items(s.hosts)) do
    if need(view.state) ~= "retired" then
      local host = { view = view, name = need(view.name), zones = {}, is_in = {} }
      for _, interface in ipairs(items(view.interfaces)) do
        read_interface(self, host, interface)
      end
      bridge(self, host)
    end
  end
end

-- With all that decides whether one zone reaches another.
function M.read_passages(s, as_of)
  local self = M.read_rules(s)
  M.read_hosts(self, s)
  read_exceptions(self, s, as_of)
  return self
end

-- ---- domains ----

-- The domains that traffic from one domain can come to, filters and destinations aside, and whether
-- it may leave for one that is not known.
local function reach(self, from)
  if self.reach_memo[from] ~= nil then
    return self.reach_memo[from]
  end
  local reached, queue, head, anywhere = { [from] = true }, { from }, 1, false
  while queue[head] ~= nil do
    local here = queue[head]
    head = head + 1
    for _, link in ipairs(self.links[here] or {}) do
      if here == from or link.passing then
        anywhere = anywhere or link.to == nil
        if link.to ~= nil and not reached[link.to] then
          reached[link.to] = true
          table.insert(queue, link.to)
        end
      end
    end
  end
  self.reach_memo[from] = { domains = reached, anywhere = anywhere }
  return self.reach_memo[from]
end

function M.leads(self, from, to)
  return reach(self, from).domains[to] or false
end

-- Addresses of both domains meet somewhere.
function M.is_joined(self, a, b)
  return M.leads(self, a, b) or M.leads(self, b, a)
end

-- Whether traffic from a zone may come to another, filters and destinations aside.
function M.may_come(self, from, to)
  local reached, bridged = reach(self, from.domain), self.bridges[from]
  return reached.domains[to.domain] or reached.anywhere or bridged ~= nil and bridged[to] ~= nil
end

-- The blocks of some zones, by family.
function M.blocks_of(list)
  local blocks = { [4] = {}, [6] = {} }
  for _, zone in ipairs(list) do
    for _, family in ipairs(FAMILIES) do
      for _, block in ipairs(zone.blocks[family]) do
        table.insert(blocks[family], block)
      end
    end
  end
  return blocks
end

return M
