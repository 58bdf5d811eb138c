-- overlaps.lua: which zones of a network have addresses in common
-- SPDX-License-Identifier: Apache-2.0
--
-- A network has many zones and hardly any that overlap. They are asked about in halves, so that one
-- question settles most pairs; and only within a part of the network, because tenants that nothing
-- joins often use the same private addresses.

local topology = use("topology")

local M = {}

-- ---- parts of a network ----

local function add_neighbour(neighbours, from, to)
  neighbours[from] = neighbours[from] or {}
  table.insert(neighbours[from], to)
end

-- What each routing domain is joined to straight, whichever way.
local function neighbours_of(self)
  local neighbours = {}
  for from, links in pairs(self.links) do
    for _, link in ipairs(links) do
      if link.to ~= nil then
        add_neighbour(neighbours, from, link.to)
        add_neighbour(neighbours, link.to, from)
      end
    end
  end
  return neighbours
end

-- Gives a domain, and all that is joined to it over any number of others, the same mark.
local function mark(marks, domain, neighbours)
  local queue, head = { domain }, 1
  marks[domain] = domain
  while queue[head] ~= nil do
    for _, other in ipairs(neighbours[queue[head]] or {}) do
      if marks[other] == nil then
        marks[other] = domain
        table.insert(queue, other)
      end
    end
    head = head + 1
  end
end

-- The part that each domain is in, told by one domain of it.
local function parts_of(self)
  if self.parts == nil then
    local neighbours = neighbours_of(self)
    self.parts = {}
    for _, zone in ipairs(self.list) do
      if self.parts[zone.domain] == nil then
        mark(self.parts, zone.domain, neighbours)
      end
    end
  end
  return self.parts
end

-- Zones by their part of the network.
local function by_part(self, list)
  local parts, found = parts_of(self), {}
  for _, zone in ipairs(list) do
    local part = parts[zone.domain]
    found[part] = found[part] or {}
    table.insert(found[part], zone)
  end
  return found
end

-- ---- halves ----

local function halves(list)
  local first, second = {}, {}
  for i, zone in ipairs(list) do
    table.insert(i <= #list // 2 and first or second, zone)
  end
  return first, second
end

-- Of both families together.
local function blocks_of(list)
  local blocks = topology.blocks_of(list)
  for _, block in ipairs(blocks[6]) do
    table.insert(blocks[4], block)
  end
  return blocks[4]
end

local function overlap(a, b)
  local first, second = blocks_of(a), blocks_of(b)
  return #first > 0 and #second > 0 and net.overlap(first, second) ~= false
end

-- Adds to found, by the zones of a, those of b that share an address with them, in their order.
local function add_overlaps(found, a, b)
  if not overlap(a, b) then
    return
  elseif #a > 1 then
    local first, second = halves(a)
    add_overlaps(found, first, b)
    add_overlaps(found, second, b)
  elseif #b > 1 then
    local first, second = halves(b)
    add_overlaps(found, a, first)
    add_overlaps(found, a, second)
  else
    found[a[1]] = found[a[1]] or {}
    table.insert(found[a[1]], b[1])
  end
end

local function add_overlaps_within(found, list)
  if #list > 1 then
    local first, second = halves(list)
    add_overlaps(found, second, first)
    add_overlaps_within(found, first)
    add_overlaps_within(found, second)
  end
end

-- ---- questions ----

-- For each zone of a list that has addresses in common with some of another list: zone -> those, in
-- their order. Both are of one part of the network, but need not be joined.
function M.between(self, a, b)
  local found, others = {}, by_part(self, b)
  for part, list in pairs(by_part(self, a)) do
    add_overlaps(found, list, others[part] or {})
  end
  return found
end

-- The same within one list; each pair is told at the one that comes later.
function M.within(self, list)
  local found = {}
  for _, of_part in pairs(by_part(self, list)) do
    add_overlaps_within(found, of_part)
  end
  return found
end

return M
