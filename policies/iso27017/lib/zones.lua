-- zones.lua: what is asserted about the separation of zones
-- SPDX-License-Identifier: Apache-2.0
--
-- Everything that is said about the separation of networks is said here, so that CLD.9.5.1 and
-- 13.1.3 cannot disagree.
--
-- Sides: the customer's jump hosts belong to the customer, and so does a network from which it
-- manages its own; all others belong to the management.

local addresses = use("addresses")
local overlaps = use("overlaps")
local topology = use("topology")
local traffic = use("traffic")

local M = {}

-- ---- sides ----

local ADMINISTERS = { management = true, jump = true }

function M.is_customer(zone)
  return zone.role == "customer" or ADMINISTERS[zone.role] == true and zone.party == "customer"
end

function M.is_management(zone)
  return ADMINISTERS[zone.role] == true and zone.party ~= "customer"
end

-- ---- zones of a kind ----

-- The zones for which a question is true; the rule is unknown when there is none.
function M.select(self, what, question)
  local found = {}
  for _, view in each(self.view.zones, what, function(v) return question(self.by_view[v]) end) do
    table.insert(found, self.by_view[view])
  end
  return found
end

-- ---- findings ----

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

-- The exception that once allowed what now gets from zone to zone, or nil.
local function lapsed(self, record, zone)
  local piece = record.piece
  for _, exception in ipairs(self.expired[record.from.zone.id .. " " .. zone.id] or {}) do
    local same = exception.protocol == piece.protocol or exception.protocol == "any" or piece.protocol == "any"
    if same and ports.overlap(exception.ports, piece.ports) then
      return exception
    end
  end
  return nil
end

-- Fails for a zone that was reached from another one.
function M.ensure_unreached(self, record, zone)
  if record == nil then
    ensure(true, zone.view)
    return
  end
  local by, path, from = record.piece.by, path_text(record)
  local expired = lapsed(self, record, zone)
  M.point_at(by)
  ensure(false, by.view, expired ~= nil and PASSAGE_EXPIRED or PASSAGE, {
    from = from, to = zone.name, path = path, protocol = record.piece.protocol,
    ports = record.piece.ports, by = { en = by.en, ja = by.ja },
    exception = expired ~= nil and expired.id or "", expires = expired ~= nil and expired.expires or "",
  })
end

-- ---- what both controls assert ----

local A_CUSTOMER_ZONE = { en = "a customer zone", ja = "お客様のゾーン" }
local A_MANAGEMENT_ZONE = { en = "a management zone", ja = "管理網のゾーン" }

-- Addresses of the management's zones, and of those that customers have or use, do not overlap where
-- they can meet.
function M.check_overlap(self)
  M.select(self, A_CUSTOMER_ZONE, M.is_customer)
  local managing, others = M.select(self, A_MANAGEMENT_ZONE, M.is_management), {}
  for _, other in ipairs(self.list) do
    if M.is_customer(other) or other.role == "service" then
      table.insert(others, other)
    end
  end
  local shared = overlaps.between(self, managing, others)
  for _, zone in ipairs(managing) do
    M.ensure_disjoint(self, zone, shared[zone])
  end
end

-- A zone has no address in common with the others whose addresses are those (nil for none), unless
-- their routing domains never meet.
function M.ensure_disjoint(self, zone, others)
  for _, other in ipairs(others or {}) do
    local joined = topology.is_joined(self, other.domain, zone.domain)
    local first, second = net.overlap(other.view.cidrs, zone.view.cidrs)
    ensure(not joined, zone.view, {
      en = "{second} of {b} overlaps {first} of {a}, and their routing domains are joined",
      ja = "{b} の {second} が {a} の {first} と重複しており、両者のルーティングドメインはつながっています",
    }, { a = other.name, b = zone.name, first = first, second = second })
  end
  is_empty(zone.view.cidrs)
  ensure(true, zone.view)
end

-- Nothing leads from the customer's zones to the management's or back, but approved passages.
function M.check_passages(self)
  local customers = M.select(self, A_CUSTOMER_ZONE, M.is_customer)
  local managing = M.select(self, A_MANAGEMENT_ZONE, M.is_management)
  local reached = traffic.spread(self, customers, M.is_management)
  for _, zone in ipairs(managing) do
    M.ensure_unreached(self, reached[zone.id], zone)
  end

  -- A jump zone serves the zones beyond it: from there only what it reaches itself counts.
  local origins, jumps = {}, {}
  for _, zone in ipairs(managing) do
    table.insert(zone.role == "jump" and jumps or origins, zone)
  end
  reached = traffic.spread(self, origins, M.is_customer)
  for _, zone in ipairs(customers) do
    local record = reached[zone.id]
    for _, jump in ipairs(jumps) do
      local pieces = record == nil and traffic.step(self, jump, zone) or {}
      if #pieces > 0 then
        record = { zone = zone, from = { zone = jump }, piece = pieces[1] }
      end
    end
    M.ensure_unreached(self, record, zone)
  end
end

-- ---- who administers ----

function M.administers(zone)
  return ADMINISTERS[zone.role] == true
end

local function covers(zone, other, family)
  local blocks = zone.blocks[family]
  return #blocks > 0 and #other.blocks[family] > 0 and net.subset(other.blocks[family], blocks)
end

-- Another zone that a zone which administers has wholly inside itself: who is who cannot be told there.
local function covered_by(zone, list)
  for _, other in ipairs(list) do
    if not M.administers(other) and other.domain == zone.domain
      and (covers(zone, other, 4) or covers(zone, other, 6)) then
      return other
    end
  end
  return nil
end

-- The blocks of the zones that administer, by family. list: zones, of which only name, role, domain
-- and blocks are asked.
function M.admin_blocks(list)
  local admins = {}
  for _, zone in ipairs(list) do
    local other = M.administers(zone) and covered_by(zone, list)
    if other then
      note({
        en = "{zone} covers {other}, and is not taken for a zone that only administers",
        ja = "{zone} のアドレスブロックは {other} を含むため、管理専用のゾーンとはみなしません",
      }, { zone = zone.name, other = other.name })
    elseif M.administers(zone) then
      table.insert(admins, zone)
    end
  end
  return topology.blocks_of(admins)
end

-- ---- sources of what a filter lets in ----

-- The blocks of all zones, but of those that stand for the internet itself.
local function known_blocks(self)
  local blocks, known = topology.blocks_of(self.list), { [4] = {}, [6] = {} }
  for family, list in pairs(blocks) do
    for _, block in ipairs(list) do
      if not net.covers_internet(block) then
        table.insert(known[family], block)
      end
    end
  end
  return known
end

-- Which addresses of the internet a piece comes from: the first such element, or nil. Blocks of
-- the zones themselves are no internet; AzureLoadBalancer is the platform's own probe.
function M.internet_source(self, found)
  if self.all_blocks == nil then
    self.all_blocks = known_blocks(self)
  end
  return M.source_outside(found, self.all_blocks, addresses.is_public)
end

-- The first source of a piece (as own_pieces tells it) that is not wholly inside some blocks, or
-- nil. counts: a question that an address must answer too.
function M.source_outside(found, blocks, counts)
  return addresses.source_outside(found.piece.sources, blocks[found.family], counts)
end

return M
