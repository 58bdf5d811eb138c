-- hosts.lua: what of a host the world outside management can reach
-- SPDX-License-Identifier: Apache-2.0
--
-- Three facts are kept apart: what listens, what the host's firewall lets in, and which services
-- can start. A port is exposed when something listens on it, other than on loopback, and the
-- firewall lets in sources that are not wholly inside management and jump zones.

local addresses = use("addresses")
local given = use("given")
local host_firewall = use("host_firewall")
local zones = use("zones")
local need, items = given.need, given.items

local M = {}

-- Parameter that lists the ports of a role; all other roles have ports_other.
local PORTS_OF = {
  dc            = "ports_dc",
  vda           = "ports_vda",
  master_image  = "ports_vda",
  connector     = "ports_connector",
  file_server   = "ports_file_server",
  admin_console = "ports_admin_console",
  log_server    = "ports_log_server",
}

-- Blocks of the zones that administer, by family.
function M.management_blocks(s)
  local list = {}
  for _, view in ipairs(items(s.networks.zones)) do
    local zone = {
      name = need(view.name), role = need(view.role), domain = need(view.routing_domain),
      blocks = { [4] = {}, [6] = {} },
    }
    for _, block in ipairs(items(view.cidrs)) do
      table.insert(need(zone.blocks[need(net.family(block))]), block)
    end
    table.insert(list, zone)
  end
  return zones.admin_blocks(list)
end

-- ---- ports of a role ----

-- What a role may serve: protocol -> ports as text. Items of the parameter are "443/tcp",
-- "49152-65535/tcp"; without a protocol they count for both.
function M.allowed(params, role)
  local lists = { tcp = {}, udp = {} }
  for _, item in ipairs(params[PORTS_OF[role] or "ports_other"]) do
    local wanted, protocol = string.match(item, "^([^/]*)/?(.*)$")
    protocol = text.normalise(protocol)
    if protocol ~= "udp" then
      table.insert(lists.tcp, wanted)
    end
    if protocol ~= "tcp" then
      table.insert(lists.udp, wanted)
    end
  end
  return lists
end

-- The ports that are not allowed, "" for none.
local function ports_left(allowed, protocol, wanted)
  local list = allowed[protocol]
  return #list == 0 and wanted or ports.difference(wanted, list)
end

-- ---- what the firewall lets in from outside management ----

local PROTOCOLS = { any = { "tcp", "udp" }, tcp = { "tcp" }, udp = { "udp" } }

-- What reaches the host from elsewhere than management and jump zones on ports that its role does
-- not serve: a list of { by, family, source, protocol, ports }.
function M.surplus(host, blocks, allowed)
  local found = {}
  for _, open in ipairs(host_firewall.pieces(host_firewall.read(host.firewall))) do
    local piece = open.piece
    local source = addresses.source_outside(piece.sources, blocks[open.family])
    for _, protocol in ipairs(source ~= nil and PROTOCOLS[piece.protocol] or {}) do
      local left = ports_left(allowed, protocol, piece.ports)
      if left ~= "" then
        table.insert(found, {
          by = piece.by, family = open.family, source = source, protocol = protocol, ports = left,
        })
      end
    end
  end
  return found
end

-- ---- what listens ----

function M.is_loopback(row)
  return need(net.classes(need(row.address))).loopback or false
end

-- Whether a row is served to a family: "::", however it is spelt, answers IPv4 too.
local function serves(row, family)
  return net.canonical(row.address) == "::" or net.family(row.address) == family
end

-- The surplus by which a listening row is reached, or nil.
function M.reached_by(row, surplus)
  for _, open in ipairs(surplus) do
    if open.protocol == row.protocol and serves(row, open.family) and ports.contains(open.ports, row.port) then
      return open
    end
  end
  return nil
end

return M
