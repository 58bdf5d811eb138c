-- firewall.lua: what a filter lets through, by the first match in the order of priority
-- SPDX-License-Identifier: Apache-2.0
--
-- Traffic is told in pieces: a piece has sources and destinations (blocks of one family), a
-- protocol, ports, and says in `by` what let it through. A filter turns a piece into smaller ones.
--
-- Where it is in doubt, a piece is left too large rather than too small, so that what is called
-- separated is separated:
--   - a deny counts against a later allow only where it covers all of its addresses;
--   - a deny and an allow of the same priority: which of them wins is not defined, the allow counts;
--   - a protocol without ports passes a rule that names ports.

local addresses = use("addresses")
local given = use("given")
local names = use("names")
local need, items = given.need, given.items

local M = {}

local FAMILY = { ipv4 = 4, ipv6 = 6 }

-- What "any protocol" is made of; the model has no other words.
local PROTOCOLS = { "tcp", "udp", "icmp", "esp", "ah", "other" }

-- ---- protocols and ports ----

local function covers_protocol(of_rule, protocol)
  return of_rule == "any" or of_rule == protocol
end

-- "" for none. ports.text writes all ports as "*".
local function common_ports(a, b)
  if a == "*" then
    return b
  elseif b == "*" then
    return a
  elseif not ports.overlap(a, b) then
    return ""
  end
  local others = ports.difference(a, b)
  return others == "" and a or ports.difference(a, others)
end

local function common_protocol(a, b)
  if covers_protocol(a, b) then
    return b
  end
  return covers_protocol(b, a) and a or nil
end

-- The ports that are left of a protocol when the denials were applied.
local function ports_left(protocol, wanted, denials)
  for _, deny in ipairs(denials) do
    if covers_protocol(deny.protocol, protocol) then
      if deny.ports == "*" then
        return ""
      end
      wanted = ports.difference(wanted, deny.ports)
      if wanted == "" then
        return ""
      end
    end
  end
  return wanted
end

-- ---- pieces ----

function M.piece(sources, destinations)
  return { sources = sources, destinations = destinations, protocol = "any", ports = "*" }
end

local function like(piece, protocol, wanted, by)
  return {
    sources = piece.sources, destinations = piece.destinations,
    protocol = protocol, ports = wanted, by = by,
  }
end

-- Adds what denials leave of a piece.
local function add_left(found, piece, denials)
  if #denials == 0 then
    table.insert(found, piece)
    return
  end
  local protocols = piece.protocol == "any" and PROTOCOLS or { piece.protocol }
  for _, protocol in ipairs(protocols) do
    local left = ports_left(protocol, piece.ports, denials)
    if left ~= "" then
      table.insert(found, like(piece, protocol, left, piece.by))
    end
  end
end

-- What is left of a piece without the passages that are excepted: protocol and ports of each.
function M.except(piece, passages)
  local found = {}
  add_left(found, piece, passages)
  return found
end

-- The denials that come before a priority and cover all addresses of the piece.
local function denials_before(denials, priority, piece, ctx)
  local found = {}
  for _, deny in ipairs(denials) do
    if deny.priority >= priority then
      break
    end
    if common_protocol(deny.protocol, piece.protocol) ~= nil
      and addresses.covers(deny.sources, piece.sources, ctx)
      and addresses.covers(deny.destinations, piece.destinations, ctx) then
      table.insert(found, deny)
    end
  end
  return found
end

-- What an allowing rule and a piece have in common, or nil.
local function allowed_part(piece, rule, ctx)
  local protocol = common_protocol(rule.protocol, piece.protocol)
  if protocol == nil then
    return nil
  end
  local wanted = common_ports(rule.ports, piece.ports)
  if wanted == "" then
    return nil
  end
  local sources = addresses.meet(piece.sources, rule.sources, ctx)
  if #sources == 0 then
    return nil
  end
  local destinations = addresses.meet(piece.destinations, rule.destinations, ctx)
  if #destinations == 0 then
    return nil
  end
  return {
    sources = sources, destinations = destinations, protocol = protocol, ports = wanted,
    by = rule.by,
  }
end

-- The rules that a question is about, asked of each once for all zones.
local function concerning(allow, ctx)
  if ctx.concerned[allow] == nil then
    local found = {}
    for _, rule in ipairs(allow) do
      if ctx.concerns(rule) then
        table.insert(found, rule)
      end
    end
    ctx.concerned[allow] = found
  end
  return ctx.concerned[allow]
end

-- The end of a piece that lies at what the filter guards.
local NEAR = { inbound = "destinations", outbound = "sources" }

-- The allowing rules by their addresses at that end: many rules share them.
local function grouped(rules, near)
  if rules.groups == nil then
    local by_set = {}
    rules.groups = {}
    for _, rule in ipairs(rules.allow) do
      local group = by_set[rule[near]]
      if group == nil then
        group = { set = rule[near], rules = {} }
        by_set[rule[near]] = group
        table.insert(rules.groups, group)
      end
      table.insert(group.rules, rule)
    end
  end
  return rules.groups
end

-- The allowing rules that have some blocks at that end, kept by the table of the blocks: most rules
-- of a large filter are about other zones. In no order.
local function rules_about(rules, direction, blocks, ctx)
  local memo = rules.memo[ctx.home]
  if memo == nil then
    memo = {}
    rules.memo[ctx.home] = memo
  end
  if memo[blocks] == nil then
    local found = {}
    for _, group in ipairs(grouped(rules, NEAR[direction])) do
      if #addresses.meet(blocks, group.set, ctx) > 0 then
        for _, rule in ipairs(group.rules) do
          table.insert(found, rule)
        end
      end
    end
    memo[blocks] = found
  end
  return memo[blocks]
end

local function candidates(rules, direction, piece, ctx)
  if ctx.concerns ~= nil then
    return concerning(rules.allow, ctx)
  end
  return rules_about(rules, direction, piece[NEAR[direction]], ctx)
end

-- The pieces of a piece that a filter lets through. direction: "inbound" or "outbound", as seen
-- from what the filter guards. ctx: family (4 or 6), home (routing domain it is in), scope (the
-- blocks that VirtualNetwork stands for there), concerns (optional: the allowing rules to look at).
function M.pass(filter, direction, piece, ctx)
  if not filter.families[ctx.family] then
    return { like(piece, piece.protocol, piece.ports, filter.by_family) }
  end
  local found, rules = {}, filter[direction]
  for _, rule in ipairs(candidates(rules, direction, piece, ctx)) do
    local part = allowed_part(piece, rule, ctx)
    if part ~= nil then
      add_left(found, part, denials_before(rules.deny, rule.priority, part, ctx))
    end
  end
  if rules.default == "allow" then
    local rest = like(piece, piece.protocol, piece.ports, rules.by)
    add_left(found, rest, denials_before(rules.deny, math.maxinteger, rest, ctx))
  end
  return found
end

-- Whether a filter might let anything in: a quick no for most pairs of zones, in large networks.
function M.may_enter(filter, from, to, ctx)
  if not filter.families[ctx.family] or filter.inbound.default == "allow" then
    return true
  end
  for _, rule in ipairs(rules_about(filter.inbound, "inbound", to, ctx)) do
    if #addresses.meet(from, rule.sources, ctx) > 0 then
      return true
    end
  end
  return false
end

-- ---- reading ----

local function read_rule(rule, known)
  return {
    view = rule,
    id = need(rule.id),
    filter = need(rule.filter),
    enabled = need(rule.enabled),
    priority = need(rule.priority),
    action = need(rule.action),
    direction = need(rule.direction),
    sources = addresses.read(rule.sources, known),
    destinations = addresses.read(rule.destinations, known),
    protocol = need(rule.protocol),
    ports = need(ports.text(need(rule.ports))),
  }
end

local function by_rule(rule, filter)
  return {
    kind = "rule", view = rule.view, key = "ports", rule = rule,
    en = "rule " .. rule.id .. " of " .. filter.name,
    ja = filter.of_ja .. "ルール " .. rule.id,
  }
end

local function add_rule(filter, rule)
  rule.by = by_rule(rule, filter)
  for _, direction in ipairs({ "inbound", "outbound" }) do
    if rule.direction == direction or rule.direction == "both" then
      table.insert(filter[direction][rule.action], rule)
    end
  end
end

local function side(filter, key)
  return {
    allow = {}, deny = {}, default = need(filter.view[key]), memo = {},
    by = {
      kind = "default", view = filter.view, key = key,
      en = "the default of " .. filter.name, ja = filter.of_ja .. "既定の動作",
    },
  }
end

local function read_filter(view)
  local name = need(view.name)
  local filter = { view = view, name = name, of_ja = names.of_ja(name), id = need(view.id), families = {} }
  filter.inbound = side(filter, "default_inbound")
  filter.outbound = side(filter, "default_outbound")
  filter.by_family = {
    kind = "family", view = view, key = "families",
    en = name .. " (does not filter this address family)",
    ja = name .. "（このアドレスファミリーは対象外）",
  }
  for _, family in ipairs(items(view.families)) do
    filter.families[FAMILY[family]] = true
  end
  return filter
end

-- All filters, without their rules. The result: list, and by_id.
function M.read(networks)
  local filters = { list = {}, by_id = {} }
  for _, view in ipairs(items(maybe_empty(need(networks.filters)))) do
    local filter = read_filter(view)
    table.insert(filters.list, filter)
    filters.by_id[filter.id] = filter
  end
  return filters
end

-- Gives the filters their rules, those in force, in order.
function M.read_rules(filters, networks)
  local rules, known = {}, {}
  for _, view in ipairs(items(maybe_empty(need(networks.rules)))) do
    local rule = read_rule(view, known)
    if rule.enabled then
      table.insert(rules, rule)
    end
  end
  table.sort(rules, function(a, b) return a.priority < b.priority end)
  for _, rule in ipairs(rules) do
    add_rule(need(filters.by_id[rule.filter]), rule)
  end
end

-- ---- questions about a filter alone ----

local CATCHES = { any = true, tcp = true, udp = true }

local function is_catch_all(rule, family)
  return CATCHES[rule.protocol] == true and rule.ports == "*"
    and (rule.sources.all[family] or rule.sources.internet or false)
    and (rule.destinations.all[family] or rule.destinations.internet or false)
end

local function denies_all(rule, family, protocol)
  return rule.ports == "*" and covers_protocol(rule.protocol, protocol)
    and rule.sources.all[family] and rule.destinations.all[family]
end

-- Whether a denial of everything comes before an allowing rule.
local function is_shadowed(denials, allow, family)
  for _, deny in ipairs(denials) do
    if deny.priority >= allow.priority then
      return false
    elseif denies_all(deny, family, allow.protocol) then
      return true
    end
  end
  return false
end

-- The rule that lets through what no other rule names, or nil: of a protocol that has ports, or of
-- all. One that only comes after a denial of everything decides nothing.
function M.open_end(filter, direction)
  for _, family in ipairs({ 4, 6 }) do
    for _, allow in ipairs(filter[direction].allow) do
      if is_catch_all(allow, family) and not is_shadowed(filter[direction].deny, allow, family) then
        return allow
      end
    end
  end
  return nil
end

return M
