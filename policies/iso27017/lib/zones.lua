-- zones.lua: which zones touch, and which can reach which
-- SPDX-License-Identifier: Apache-2.0
--
-- Everything that is said about the separation of networks is said here, so that CLD.9.5.1 and
-- 13.1.3 cannot disagree.
--
-- A zone reaches another directly when their routing domains are joined (the same one, a peering, a
-- route) and all filters on the way let something through: those of the one zone outbound, those on
-- peerings and routes, those of the other inbound. A host with interfaces in both zones joins them
-- without any filter. From zone to zone this goes on: who holds a host in between can use it. It
-- does not go on through a jump zone, because there people sign in and are recorded.
--
-- A route takes on whatever came into its domain, also over a peering: whether a gateway or an
-- appliance there really does is not in the snapshot.
--
-- Filters on interfaces are left out: the next host in the zone may have none.
-- Sides: the customer's jump hosts belong to the customer, all others to the management.

local given = use("given")
local firewall = use("firewall")
local need, items, nullable = given.need, given.items, given.nullable

local M = {}

local FAMILIES = { 4, 6 }

-- Of one passage, at one domain, more pieces than these are taken as everything.
local MAX_PIECES = 64

-- ---- sides ----

function M.is_customer(zone)
  return zone.role == "customer" or zone.role == "jump" and zone.party == "customer"
end

function M.is_management(zone)
  return zone.role == "management" or zone.role == "jump" and zone.party ~= "customer"
end

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
      table.insert(self.links, half)
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
      table.insert(self.links, route)
    end
  end
end

-- ---- reading: hosts with interfaces in several zones ----

local function read_interface(self, host, view)
  local zone = need(self.by_id[need(view.zone)])
  local public = nullable(view, "public_address")
  table.insert(host.zones, zone)
  if nullable(view, "filter") ~= nil then
    zone.filtered_interfaces = zone.filtered_interfaces + 1
  end
  if public ~= nil then
    table.insert(self.public, { view = view, host = host, zone = zone })
  end
end

-- A host joins all zones that it has an interface in.
local function bridge(self, host)
  local by = {
    kind = "host", view = host.view, key = "interfaces",
    en = "host " .. host.name .. " (an interface in both)",
    ja = "ホスト " .. host.name .. "（両方にインターフェースあり）",
  }
  for _, from in ipairs(host.zones) do
    for _, to in ipairs(host.zones) do
      if from.id ~= to.id then
        self.bridges[from.id .. " " .. to.id] = by
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
    contexts = {}, reach_memo = {}, step_memo = {},
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
      local host = { view = view, name = need(view.name), zones = {} }
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

-- The zones for which a question is true; the rule is unknown when there is none.
function M.select(self, what, question)
  local found = {}
  for _, view in each(self.view.zones, what, function(v) return question(self.by_view[v]) end) do
    table.insert(found, self.by_view[view])
  end
  return found
end

-- ---- domains ----

-- The domains that traffic from one domain can come to, filters and destinations aside.
local function reachable_domains(self, from)
  if self.reach_memo[from] ~= nil then
    return self.reach_memo[from]
  end
  local reached, queue, head = { [from] = true }, { from }, 1
  while queue[head] ~= nil do
    local here = queue[head]
    head = head + 1
    for _, link in ipairs(self.links) do
      if link.from == here and link.to ~= nil and not reached[link.to]
        and (here == from or link.passing) then
        reached[link.to] = true
        table.insert(queue, link.to)
      end
    end
  end
  self.reach_memo[from] = reached
  return reached
end

function M.leads(self, from, to)
  return reachable_domains(self, from)[to] or false
end

-- Addresses of both domains meet somewhere.
function M.is_joined(self, a, b)
  return M.leads(self, a, b) or M.leads(self, b, a)
end

local function by_gateway(self, home, zone, family)
  for _, route in ipairs(self.routes) do
    if route.hop == "gateway" and route.from == home and #zone.blocks[family] > 0
      and net.family(route.destination) == family
      and net.overlap(zone.blocks[family], route.destination) then
      return true
    end
  end
  return false
end

-- What the tag VirtualNetwork stands for: the domain itself, what it is peered with, and what lies
-- behind its gateway.
local function scope(self, home, family)
  local blocks = {}
  for _, zone in ipairs(self.list) do
    if M.is_joined(self, home, zone.domain) or by_gateway(self, home, zone, family) then
      for _, block in ipairs(zone.blocks[family]) do
        table.insert(blocks, block)
      end
    end
  end
  return blocks
end

-- The context in which a filter in a domain sees traffic of a family. concerns: of own_pieces.
local function context(self, home, family, concerns)
  local key = family .. " " .. home
  if self.contexts[key] == nil or self.contexts[key].concerns ~= concerns then
    local blocks
    self.contexts[key] = {
      family = family, home = home, concerns = concerns, concerned = {},
      scope = function()
        blocks = blocks or scope(self, home, family)
        return blocks
      end,
    }
  end
  return self.contexts[key]
end

-- ---- traffic through filters ----

local function pass_all(pieces, filter, directions, ctx)
  local found = {}
  for _, piece in ipairs(pieces) do
    for _, direction in ipairs(directions) do
      for _, part in ipairs(firewall.pass(filter, direction, piece, ctx)) do
        table.insert(found, part)
      end
    end
  end
  return found
end

local INBOUND, OUTBOUND, EITHER = { "inbound" }, { "outbound" }, { "inbound", "outbound" }

local function through(pieces, filters, directions, ctx)
  for _, filter in ipairs(filters) do
    if #pieces == 0 then
      break
    end
    pieces = pass_all(pieces, filter, directions, ctx)
  end
  return pieces
end

local function key_of(piece)
  return piece.protocol .. " " .. piece.ports .. " " .. table.concat(piece.sources, ",") .. " "
    .. table.concat(piece.destinations, ",")
end

-- A dropped destination wins over a route to the same or a wider one.
local function is_dropped(self, link, blocks)
  for _, drop in ipairs(self.dropped) do
    if drop.from == link.from and net.subset(drop.destination, link.destination)
      and net.subset(blocks, drop.destination) then
      return true
    end
  end
  return false
end

local function leads_to(self, link, from, to, blocks)
  if link.to == nil and link.from == to then
    return false
  end
  if link.destination == nil then
    return true
  end
  return net.overlap(link.destination, blocks) ~= false and not is_dropped(self, link, blocks)
end

local function contains(list, wanted)
  for _, element in ipairs(list) do
    if element == wanted then
      return true
    end
  end
  return false
end

-- What of some pieces comes over a link. The filters at both ends are applied there.
local function over(self, link, arrived, ends, family)
  local pieces = {}
  for _, piece in ipairs(arrived) do
    if link.destination == nil or net.overlap(piece.destinations, link.destination) then
      table.insert(pieces, piece)
    end
  end
  if link.filter == nil or contains(ends, link.filter) then
    return pieces
  end
  -- Which way it is passed is not known: what either direction lets through.
  return pass_all(pieces, link.filter, EITHER, context(self, link.home, family))
end

-- Adds what arrives at a domain; true when some of it is new there.
local function arrive(arrived, domain, pieces, whole)
  local at = arrived[domain]
  if at == nil then
    at = { pieces = {}, known = {} }
    arrived[domain] = at
  end
  local news = false
  for _, piece in ipairs(pieces) do
    if #at.pieces == MAX_PIECES then
      piece = whole
    end
    local key = key_of(piece)
    if not at.known[key] and #at.pieces <= MAX_PIECES then
      at.known[key] = true
      table.insert(at.pieces, piece)
      news = true
    end
  end
  return news
end

-- Carries pieces from domain to domain; whole is what was sent before any filter.
local function carry(self, pieces, whole, from, to, ends, family)
  if from == to then
    return pieces
  end
  local arrived, queue, head = {}, { from }, 1
  arrive(arrived, from, pieces, whole)
  while queue[head] ~= nil do
    local here = queue[head]
    head = head + 1
    for _, link in ipairs(self.links) do
      if link.from == here and (here == from or link.passing)
        and leads_to(self, link, from, to, whole.destinations) then
        local next_domain = link.to or to
        local parts = over(self, link, arrived[here].pieces, ends, family)
        if arrive(arrived, next_domain, parts, whole) and next_domain ~= to then
          table.insert(queue, next_domain)
        end
      end
    end
  end
  return arrived[to] ~= nil and arrived[to].pieces or {}
end

-- ---- one step: from zone to zone ----

local function ends_of(a, b)
  local ends = {}
  for _, segment in ipairs({ a, b }) do
    for _, filter in ipairs(segment.filters) do
      table.insert(ends, filter)
    end
  end
  return ends
end

local function between(self, a, b, family)
  if #a.blocks[family] == 0 or #b.blocks[family] == 0 then
    return {}
  end
  local from, to = a.zone.domain, b.zone.domain
  local inside = context(self, to, family)
  for _, filter in ipairs(b.filters) do
    if not firewall.may_enter(filter, a.blocks[family], b.blocks[family], inside) then
      return {}
    end
  end
  local whole = firewall.piece(a.blocks[family], b.blocks[family])
  local pieces = through({ whole }, a.filters, OUTBOUND, context(self, from, family))
  if #pieces > 0 then
    pieces = carry(self, pieces, whole, from, to, ends_of(a, b), family)
  end
  return through(pieces, b.filters, INBOUND, inside)
end

local function unfiltered(zone)
  return {
    kind = "open", view = zone.view, key = "filter",
    en = zone.name .. " (no filter)",
    ja = zone.name .. "（フィルターなし）",
  }
end

local function all_between(self, a, b)
  local pieces = {}
  local by = self.bridges[a.id .. " " .. b.id]
  if by ~= nil then
    local piece = firewall.piece(a.blocks, b.blocks)
    piece.by = by
    table.insert(pieces, piece)
  end
  for _, from in ipairs(a.segments) do
    for _, to in ipairs(b.segments) do
      for _, family in ipairs(FAMILIES) do
        for _, piece in ipairs(between(self, from, to, family)) do
          piece.by = piece.by or unfiltered(b)
          table.insert(pieces, piece)
        end
      end
    end
  end
  return pieces
end

local function without_exceptions(pieces, exceptions)
  if exceptions == nil then
    return pieces
  end
  local found = {}
  for _, piece in ipairs(pieces) do
    for _, part in ipairs(firewall.except(piece, exceptions)) do
      table.insert(found, part)
    end
  end
  return found
end

-- What one zone can send straight to another, approved passages aside: a list of pieces.
function M.step(self, a, b)
  local pair = a.id .. " " .. b.id
  if self.step_memo[pair] == nil then
    self.step_memo[pair] = without_exceptions(all_between(self, a, b), self.exceptions[pair])
  end
  return self.step_memo[pair]
end

-- ---- from zone to zone ----

-- Goes on from all origins until nothing new is reached: zone id -> { zone, from (the record of
-- the zone before it, nil for an origin), piece (what got there) }. Targets and jump zones are
-- reached but not passed.
function M.spread(self, origins, is_target)
  local reached, queue, head = {}, {}, 1
  for _, zone in ipairs(origins) do
    reached[zone.id] = { zone = zone }
    table.insert(queue, reached[zone.id])
  end
  while queue[head] ~= nil do
    local here = queue[head]
    head = head + 1
    for _, zone in ipairs(self.list) do
      local pieces = reached[zone.id] == nil and M.step(self, here.zone, zone) or {}
      if #pieces > 0 then
        local record = { zone = zone, from = here, piece = pieces[1] }
        reached[zone.id] = record
        if zone.role ~= "jump" and not is_target(zone) then
          table.insert(queue, record)
        end
      end
    end
  end
  return reached
end

local function path_text(record)
  local names = {}
  while record ~= nil do
    table.insert(names, 1, record.zone.name)
    record = record.from
  end
  return table.concat(names, " → "), names[1]
end

-- Reads once more what decided, so that the finding points at it.
function M.point_at(by)
  if by.kind == "open" then
    return is_null(by.view, by.key)
  elseif by.kind == "host" or by.kind == "family" then
    return #by.view[by.key]
  elseif by.kind == "rule" then
    return by.view.action
  end
  return by.view[by.key]
end

local PASSAGE = {
  en = "{from} can reach {to} ({path}): {protocol} {ports} is allowed by {by}",
  ja = "{from} から {to} に到達できます（{path}）。{by} により {protocol} {ports} が許可されています",
}

local PASSAGE_EXPIRED = {
  en = PASSAGE.en .. "; the exception {exception} expired on {expires}",
  ja = PASSAGE.ja .. "。例外 {exception} は {expires} に期限が切れています",
}

-- Fails for a zone that was reached from another one.
function M.ensure_unreached(self, record, zone)
  if record == nil then
    ensure(true, zone.view)
    return
  end
  local by, path, from = record.piece.by, path_text(record)
  local expired = self.expired[record.from.zone.id .. " " .. zone.id]
  M.point_at(by)
  ensure(false, by.view, expired ~= nil and PASSAGE_EXPIRED or PASSAGE, {
    from = from, to = zone.name, path = path, protocol = record.piece.protocol,
    ports = record.piece.ports, by = { en = by.en, ja = by.ja },
    exception = expired ~= nil and expired[1].id or "", expires = expired ~= nil and expired[1].expires or "",
  })
end

-- ---- what both controls assert ----

local A_CUSTOMER_ZONE = { en = "a customer zone", ja = "お客様のゾーン" }
local A_MANAGEMENT_ZONE = { en = "a management zone", ja = "管理網のゾーン" }

-- Addresses of the customer's and of the management's zones do not overlap where they can meet.
function M.check_overlap(self)
  local customers = M.select(self, A_CUSTOMER_ZONE, M.is_customer)
  for _, zone in ipairs(M.select(self, A_MANAGEMENT_ZONE, M.is_management)) do
    for _, customer in ipairs(customers) do
      M.ensure_disjoint(self, customer, zone)
    end
  end
end

-- Two zones have no address in common, unless their routing domains never meet.
function M.ensure_disjoint(self, a, b)
  local joined = M.is_joined(self, a.domain, b.domain)
  local first, second = net.overlap(a.view.cidrs, b.view.cidrs)
  ensure(first == false or not joined, b.view, {
    en = "{second} of {b} overlaps {first} of {a}, and their routing domains are joined",
    ja = "{b} の {second} が {a} の {first} と重複しており、両者のルーティングドメインはつながっています",
  }, { a = a.name, b = b.name, first = first or "", second = second or "" })
end

-- Nothing leads from the customer's zones to the management's or back, but approved passages.
function M.check_passages(self)
  local customers = M.select(self, A_CUSTOMER_ZONE, M.is_customer)
  local managing = M.select(self, A_MANAGEMENT_ZONE, M.is_management)
  local reached = M.spread(self, customers, M.is_management)
  for _, zone in ipairs(managing) do
    M.ensure_unreached(self, reached[zone.id], zone)
  end

  -- A jump zone serves the zones beyond it: from there only what it reaches itself counts.
  local origins, jumps = {}, {}
  for _, zone in ipairs(managing) do
    table.insert(zone.role == "jump" and jumps or origins, zone)
  end
  reached = M.spread(self, origins, M.is_customer)
  for _, zone in ipairs(customers) do
    local record = reached[zone.id]
    for _, jump in ipairs(jumps) do
      local pieces = record == nil and M.step(self, jump, zone) or {}
      if #pieces > 0 then
        record = { zone = zone, from = { zone = jump }, piece = pieces[1] }
      end
    end
    M.ensure_unreached(self, record, zone)
  end
end

-- ---- what a zone's own filters let in and out ----

-- Which addresses of the internet a piece comes from: the first such element, or nil. Blocks of
-- the zones themselves are no internet; AzureLoadBalancer is the platform's own probe.
function M.internet_source(self, found)
  if self.all_blocks == nil then
    self.all_blocks = M.blocks_of(self.list)
  end
  return M.source_outside(found, self.all_blocks, firewall.is_public)
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

-- The first source of a piece (as own_pieces tells it) that is not wholly inside some blocks, or
-- nil. counts: a question that an address must answer too.
function M.source_outside(found, blocks, counts)
  return firewall.source_outside(found.piece.sources, blocks[found.family], counts)
end

-- The pieces that a zone's filters let in ("inbound") or out ("outbound"), whoever sends and
-- whatever other filters say. Pieces of a zone without a filter have no `by`. concerns: a question,
-- so that only some of the allowing rules are looked at (the same function for all zones).
function M.own_pieces(self, zone, direction, concerns)
  local found = {}
  for _, segment in ipairs(zone.segments) do
    for _, family in ipairs(FAMILIES) do
      local blocks, everything = segment.blocks[family], firewall.EVERYTHING[family]
      if #blocks > 0 then
        local inbound = direction == "inbound"
        local piece = firewall.piece(inbound and everything or blocks, inbound and blocks or everything)
        local directions = inbound and INBOUND or OUTBOUND
        local ctx = context(self, zone.domain, family, concerns)
        for _, part in ipairs(through({ piece }, segment.filters, directions, ctx)) do
          table.insert(found, { piece = part, family = family, blocks = blocks })
        end
      end
    end
  end
  return found
end

return M
