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
--
-- Addresses of rules are texts or tags. VirtualNetwork stands for the blocks that ctx.scope knows.
-- Internet stands for addresses that are not private (here, other than in lists of clients, it does
-- not mean everything). The addresses of other tags are not known: they are nobody's zone, and an
-- element "@Tag" among the sources of a piece.

local given = use("given")
local need, items = given.need, given.items

local M = {}

local FAMILY = { ipv4 = 4, ipv6 = 6 }

-- Every address of a family, as the sources or destinations of a piece.
M.EVERYTHING = { [4] = { "0.0.0.0/0" }, [6] = { "::/0" } }

-- What "any protocol" is made of; the model has no other words.
local PROTOCOLS = { "tcp", "udp", "icmp", "esp", "ah", "other" }

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

-- Sources or destinations of a rule, sorted out once for all rules that have the same.
local function address_set(list, known)
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

-- ---- what an element of a piece and the addresses of a rule have in common ----

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
local function meet(elements, set, ctx)
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

local function covers(set, elements, ctx)
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
      and covers(deny.sources, piece.sources, ctx)
      and covers(deny.destinations, piece.destinations, ctx) then
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
  local sources = meet(piece.sources, rule.sources, ctx)
  if #sources == 0 then
    return nil
  end
  local destinations = meet(piece.destinations, rule.destinations, ctx)
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
      if #meet(blocks, group.set, ctx) > 0 then
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
    if #meet(from, rule.sources, ctx) > 0 then
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
    sources = address_set(rule.sources, known),
    destinations = address_set(rule.destinations, known),
    protocol = need(rule.protocol),
    ports = need(ports.text(need(rule.ports))),
  }
end

local function by_rule(rule, filter)
  local values = { rule = rule.id, filter = filter.name }
  return {
    kind = "rule", view = rule.view, key = "ports", rule = rule,
    en = "rule " .. values.rule .. " of " .. values.filter,
    ja = values.filter .. " のルール " .. values.rule,
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

local function side(view, name, key)
  return {
    allow = {}, deny = {}, default = need(view[key]), memo = {},
    by = {
      kind = "default", view = view, key = key,
      en = "the default of " .. name, ja = name .. " の既定の動作",
    },
  }
end

local function read_filter(view)
  local name = need(view.name)
  local filter = {
    view = view,
    id = need(view.id),
    name = name,
    families = {},
    inbound = side(view, name, "default_inbound"),
    outbound = side(view, name, "default_outbound"),
    by_family = {
      kind = "family", view = view, key = "families",
      en = name .. " (does not filter this address family)",
      ja = name .. "（このアドレスファミリーは対象外）",
    },
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

-- ---- a host's own firewall ----

-- In a host's firewall a block wins over every allow; its rules are all inbound.
local PRIORITY = { block = 1, allow = 2 }

local ANYWHERE = { all = { [4] = true, [6] = true } }

local function host_sources(list)
  local set = address_set(list, {})
  if set.vnet then
    set.vnet = nil
    table.insert(set.tags, "@VirtualNetwork")
  end
  return set
end

local function read_host_rule(view)
  return {
    view = view,
    id = need(view.id),
    enabled = need(view.enabled),
    action = need(view.action),
    priority = need(PRIORITY[need(view.action)]),
    sources = host_sources(view.sources),
    destinations = ANYWHERE,
    protocol = need(view.protocol),
    ports = need(ports.text(need(view.ports))),
  }
end

-- A host's firewall as a filter for pass(); off tells that it is switched off.
function M.read_host(view)
  local filter = {
    view = view,
    off = not need(view.enabled),
    families = { [4] = true, [6] = true },
    inbound = { allow = {}, deny = {}, default = need(view.default_inbound), memo = {} },
  }
  filter.inbound.by = {
    kind = "default", view = view, key = "default_inbound",
    en = "the firewall's default", ja = "ファイアウォールの既定の動作",
  }
  for _, rule_view in ipairs(items(maybe_empty(need(view.rules)))) do
    local rule = read_host_rule(rule_view)
    rule.by = {
      kind = "rule", view = rule_view, rule = rule,
      en = "rule " .. rule.id, ja = "規則 " .. rule.id,
    }
    if rule.enabled then
      table.insert(rule.action == "allow" and filter.inbound.allow or filter.inbound.deny, rule)
    end
  end
  return filter
end

-- What a host's firewall lets in, of both families: a list of { piece, family }.
function M.host_pieces(filter)
  local found = {}
  for _, family in ipairs({ 4, 6 }) do
    local ctx = { family = family, home = "host", scope = function() return {} end }
    local piece = M.piece(M.EVERYTHING[family], M.EVERYTHING[family])
    local parts = { piece }
    if filter.off then
      piece.by = {
        kind = "default", view = filter.view, key = "enabled",
        en = "the firewall (switched off)", ja = "ファイアウォール（無効）",
      }
    else
      parts = M.pass(filter, "inbound", piece, ctx)
    end
    for _, part in ipairs(parts) do
      table.insert(found, { piece = part, family = family })
    end
  end
  return found
end

-- ---- questions about sources ----

local ANY_ADDRESS = {
  [M.EVERYTHING[4][1]] = { en = "any IPv4 address", ja = "任意の IPv4 アドレス" },
  [M.EVERYTHING[6][1]] = { en = "any IPv6 address", ja = "任意の IPv6 アドレス" },
}

-- The first of some sources that is not wholly inside the blocks, for a message, or nil. counts: a question that
-- an address must answer too. Azure's load balancer is the platform's own probe, and no source.
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

-- Whether a rule is open to the internet: half of a family or more, or the tag.
function M.is_wide(rule)
  local set = rule.sources
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

-- ---- questions about a filter alone ----

local function is_catch_all(rule, family)
  return rule.protocol == "any" and rule.ports == "*"
    and (rule.sources.all[family] or rule.sources.internet or false)
    and (rule.destinations.all[family] or rule.destinations.internet or false)
end

local function denies_all(rule, family)
  return is_catch_all(rule, family) and rule.sources.all[family] and rule.destinations.all[family]
end

local function first(rules, question, family)
  for _, rule in ipairs(rules) do
    if question(rule, family) then
      return rule
    end
  end
  return nil
end

-- The rule that lets through what no other rule names, or nil. One that only comes after a denial
-- of everything decides nothing.
function M.open_end(filter, direction)
  for _, family in ipairs({ 4, 6 }) do
    local allow = first(filter[direction].allow, is_catch_all, family)
    local deny = first(filter[direction].deny, denies_all, family)
    if allow ~= nil and (deny == nil or allow.priority <= deny.priority) then
      return allow
    end
  end
  return nil
end

return M
