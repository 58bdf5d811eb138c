-- addresses.lua: the sources and destinations of filter rules, and what they share with blocks
-- SPDX-License-Identifier: Apache-2.0
--
-- Addresses of rules are texts or tags. VirtualNetwork stands for the blocks that ctx.scope knows.
-- Internet stands for addresses that are not private (here, other than in lists of clients, it does
-- not mean everything). The addresses of other tags are not known: they are nobody's zone, and an
-- element "@Tag" among the sources of traffic.
--
-- ctx is where a filter sees traffic: family (4 or 6), home (routing domain it is in), scope (a
-- function: the blocks that VirtualNetwork stands for there).

local given = use("given")
local need, items = given.need, given.items

local M = {}

-- Every address of a family, as the sources or destinations of traffic.
M.EVERYTHING = { [4] = { "0.0.0.0/0" }, [6] = { "::/0" } }

-- ---- addresses of a rule ----

local function add_address(set, entry)
  local service = net.service(entry)
  if service == "Internet" then
    set.internet = true
  elseif service == "VirtualNetwork" then
    set.vnet = true
  elseif service then
    table.insert(set.tags, "@" .. service)
  elseif net.kind(entry) == "any" then
    set.all[4], set.all[6] = true, true
  else
    table.insert(need(set.texts[need(net.family(entry))]), entry)
  end
end

-- Sources or destinations of a rule, sorted out once for all rules that have the same (known keeps
-- them).
function M.read(list, known)
  local entries = items(list)
  local key = table.concat(entries, " ")
  if known[key] ~= nil then
    return known[key]
  end
  local set = { texts = { [4] = {}, [6] = {} }, all = {}, tags = {}, memo = {} }
  known[key] = set
  for _, entry in ipairs(entries) do
    add_address(set, entry)
  end
  for family, texts in pairs(set.texts) do
    if #texts > 0 and net.covers_family(texts, family) then
      set.all[family] = true
    end
  end
  return set
end

-- An address that the internet can have: what no registry keeps for private or local use. The
-- blocks of documentation count, because examples use them for public ones.
function M.is_public(entry)
  local classes = need(net.classes(entry))
  return classes.public or classes.documentation or false
end

local function has_tag(set, tag)
  for _, own in ipairs(set.tags) do
    if own == tag then
      return true
    end
  end
  return false
end

-- ---- what blocks and the addresses of a rule have in common ----

local function add_all(found, list)
  for _, entry in ipairs(list) do
    table.insert(found, entry)
  end
end

local function meet_everything(found, set, ctx)
  add_all(found, set.texts[ctx.family])
  add_all(found, set.tags)
  if set.internet then
    table.insert(found, "@Internet")
  end
  if set.vnet then
    add_all(found, ctx.scope())
  end
end

local function meet_texts(found, block, texts)
  for _, entry in ipairs(texts) do
    if net.subset(entry, block) then
      table.insert(found, entry)
    elseif net.overlap(entry, block) then
      table.insert(found, block)               -- a range across its edge: all of it, to be sure
      return
    end
  end
end

-- The questions of net, of lists that may have no entry.
local function is_inside(element, list)
  return #list > 0 and net.subset(element, list)
end

local function touches(elements, list)
  return #list > 0 and net.overlap(elements, list) ~= false
end

local function is_internet(block, ctx)
  return M.is_public(block) and not is_inside(block, ctx.scope())
end

local function meet_block(found, block, set, ctx)
  local texts = set.texts[ctx.family]
  if is_inside(block, texts)
    or set.internet and is_internet(block, ctx)
    or set.vnet and touches(block, ctx.scope()) then
    table.insert(found, block)
  else
    meet_texts(found, block, texts)
  end
end

-- A tag is in itself and in the internet; the internet is in no tag, but public blocks are in it.
local function meet_tag(found, tag, set, ctx)
  if has_tag(set, tag) or set.internet then
    table.insert(found, tag)
    return
  end
  for _, entry in ipairs(set.texts[ctx.family]) do
    if tag == "@Internet" and M.is_public(entry) then
      table.insert(found, entry)
    end
  end
end

local function is_tag(element)
  return string.sub(element, 1, 1) == "@"
end

local function has_tags(elements)
  for _, element in ipairs(elements) do
    if is_tag(element) then
      return true
    end
  end
  return false
end

-- Most rules are about other blocks: one question settles that.
local function is_elsewhere(elements, set, ctx)
  if set.internet or set.vnet or elements == M.EVERYTHING[ctx.family] or has_tags(elements) then
    return false
  end
  return not touches(elements, set.texts[ctx.family])
end

local function meet_elements(elements, set, ctx)
  local found = {}
  if is_elsewhere(elements, set, ctx) then
    return found
  end
  for _, element in ipairs(elements) do
    if is_tag(element) then
      meet_tag(found, element, set, ctx)
    elseif elements == M.EVERYTHING[ctx.family] then
      meet_everything(found, set, ctx)
    else
      meet_block(found, element, set, ctx)
    end
  end
  return found
end

-- Asked again and again of the same blocks: kept by the table that holds them.
function M.meet(elements, set, ctx)
  if set.all[ctx.family] then
    return elements
  end
  local memo = set.memo[ctx.home]
  if memo == nil then
    memo = {}
    set.memo[ctx.home] = memo
  end
  if memo[elements] == nil then
    memo[elements] = meet_elements(elements, set, ctx)
  end
  return memo[elements]
end

-- ---- whether the addresses of a rule cover all elements ----

local function covers_element(set, element, ctx)
  if is_tag(element) then
    return has_tag(set, element) or set.internet or false
  end
  return is_inside(element, set.texts[ctx.family])
    or set.vnet and is_inside(element, ctx.scope())
    or false
end

function M.covers(set, elements, ctx)
  if set.all[ctx.family] then
    return true
  end
  for _, element in ipairs(elements) do
    if not covers_element(set, element, ctx) then
      return false
    end
  end
  return true
end

-- ---- questions ----

local ANY_ADDRESS = {
  [M.EVERYTHING[4][1]] = { en = "any IPv4 address", ja = "任意の IPv4 アドレス" },
  [M.EVERYTHING[6][1]] = { en = "any IPv6 address", ja = "任意の IPv6 アドレス" },
}

-- The first of some sources that is not wholly inside the blocks, for a message, or nil. counts: a
-- question that an address must answer too. Azure's load balancer is the platform's own probe, and
-- no source.
function M.source_outside(sources, blocks, counts)
  for _, element in ipairs(sources) do
    if is_tag(element) then
      if element ~= "@AzureLoadBalancer" then
        return string.sub(element, 2)
      end
    elseif not is_inside(element, blocks) and (counts == nil or counts(element)) then
      return ANY_ADDRESS[element] or element
    end
  end
  return nil
end

-- Whether a set is open to the internet: half of a family or more, or the tag.
function M.is_wide(set)
  if set.all[4] or set.all[6] or set.internet then
    return true
  end
  for _, family in ipairs({ 4, 6 }) do
    if #set.texts[family] > 0 and net.covers_internet(set.texts[family]) then
      return true
    end
  end
  return false
end

return M
