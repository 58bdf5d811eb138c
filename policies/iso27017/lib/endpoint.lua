-- endpoint.lua: what TLS scans say about every address of an endpoint.
-- SPDX-License-Identifier: Apache-2.0
--
-- An endpoint is as good as its worst address: a load balancer may have one bad node, and a scan
-- may have seen IPv4 only. So what was found is judged first, address by address, and then every
-- address has to have a scan that came to its end; without one the rule is unknown.

local lists = use("lists")

local M = {}

-- tls.version's rank is the position.
M.VERSIONS = { "ssl2", "ssl3", "tls1_0", "tls1_1", "tls1_2", "tls1_3" }

-- The host of a URL, without brackets and port.
function M.host(url)
  local rest = string.match(url, "^%a[%w+.-]*://([^/?#]+)")
  return rest and (string.match(rest, "^%[([^%]]+)%]") or string.match(rest, "^([^:]+)"))
end

local function is_finished(result)
  return result.state == "scanned"
end

local function judge_results(endpoint, part, judge)
  for _, result in ipairs(endpoint.tls.results) do
    if is_finished(result) and has(result, part) then
      judge(result, endpoint)
    end
  end
end

-- Misses what is not there: a scan, a result for an address, that part of a result.
local function require_results(endpoint, part)
  local results = endpoint.tls.results
  for _, address in ipairs(endpoint.addresses) do
    local what = { en = "a finished scan of " .. address, ja = address .. " の完了した走査結果" }
    for _, result in each(results, what, function(result)
      return is_finished(result) and net.canonical(result.address) == net.canonical(address)
    end) do
      maybe_empty(result[part])
    end
  end
end

-- Calls judge(result, endpoint) for all that was found of a part ("protocols") of the results.
function M.judge(endpoints, part, judge)
  for _, endpoint in ipairs(endpoints) do
    if has(endpoint, "tls") then
      judge_results(endpoint, part, judge)
    end
  end
  for _, endpoint in ipairs(endpoints) do
    require_results(endpoint, part)
  end
end

local WITH_NAME = { en = "the result of a scan with the server name (SNI)", ja = "SNI を付けた走査の結果" }

-- The same of certificates: a scan without the server name sees a default one, and tells nothing.
function M.judge_certificates(endpoints, judge)
  local named = {}
  for _, endpoint in ipairs(endpoints) do
    if has(endpoint, "tls") and endpoint.tls.sni then
      table.insert(named, endpoint)
    end
  end
  M.judge(named, "certificate", judge)
  for _, endpoint in ipairs(endpoints) do
    local scan = endpoint.tls
    for _ in each(scan.results, WITH_NAME, function() return scan.sni end) do end
  end
end

-- The first class of a cipher suite that is forbidden, or nil; a suite that is not known is
-- recorded. known tells the two apart.
function M.forbidden_class(cipher, forbidden)
  local classes = tls.classes(cipher)
  if classes == nil then
    return nil, false
  end
  for _, class in ipairs(forbidden) do
    if classes[class] then
      return class, true
    end
  end
  return nil, true
end

-- ---- where endpoints are ----

function M.of_portal(s)
  local found = {}
  for _, path in ipairs(s.portals.customer_portal.access_paths) do
    table.insert(found, path.endpoint)
  end
  return found
end

function M.of_console(s)
  return { s.portals.admin_console.endpoint }
end

-- The portal's and the console's. A console that is contracted and not there is missing it.
function M.of_portal_and_console(s)
  local found = M.of_portal(s)
  if lists.contains(s.contract.options, "admin_console") or has(s.portals, "admin_console") then
    table.insert(found, s.portals.admin_console.endpoint)
  end
  return found
end

local GATEWAY = { gateway_service = true, avd_gateway = true }

-- The workspace, and the gateways of the paths that sessions can take. A gateway without an
-- endpoint is missing it; other paths have none unless it is said.
function M.of_workspace(s)
  local found = { s.portals.workspace.endpoint }
  for _, path in ipairs(s.portals.screen_transfer.paths) do
    if path.in_use and (GATEWAY[path.kind] or has(path, "endpoint")) then
      table.insert(found, path.endpoint)
    end
  end
  return found
end

return M
