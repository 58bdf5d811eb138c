-- reference.lua: the 41 checks written by hand for lua5.4 and lua-cjson
-- SPDX-License-Identifier: Apache-2.0
--
--   lua5.4 reference.lua FILE         one snapshot
--   lua5.4 reference.lua -l FILE      one a line
--   lua5.4 reference.lua -n N FILE    the same N times: microseconds of CPU each
--
-- The yardstick of the bench: what somebody would write who needs no engine. It has no sandbox, no
-- evidence, no places and no model; a value that is missing is an error that ends it, or passes.

local cjson = require("cjson")
local format = string.format

-- ---- time ----

-- Days from 1970-01-01 to a civil date; the year begins in March here, so that leap days are last.
local function civil(year, month, day)
  if month <= 2 then
    year, month = year - 1, month + 12
  end
  return 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 3) + 2) // 5 + day - 719469
end

local function seconds(text)
  local year, month, day, hour, minute, second, zone =
    text:match("^(%d%d%d%d)%-(%d%d)%-(%d%d)T(%d%d):(%d%d):(%d%d)(.+)$")
  if not year then
    error("no time: " .. text)
  end
  local offset = 0
  if zone ~= "Z" then
    local sign, hours, minutes = zone:match("^([+-])(%d%d):(%d%d)$")
    offset = (hours * 60 + minutes) * 60
    if sign == "-" then
      offset = -offset
    end
  end
  return civil(year // 1 | 0, month // 1 | 0, day // 1 | 0) * 86400 + hour * 3600 + minute * 60 + second - offset
end

-- ---- addresses ----

local function ipv4(text)
  local a, b, c, d = text:match("^(%d+)%.(%d+)%.(%d+)%.(%d+)$")
  if a then
    return a * 16777216 + b * 65536 + c * 256 + d | 0
  end
end

local function groups(text)
  local list = {}
  for group in text:gmatch("%x+") do
    list[#list + 1] = tonumber(group, 16)
  end
  return list
end

-- The two halves of an address.
local function ipv6(text)
  local left, right = text:match("^(.-)::(.*)$")
  local g = groups(left or text)
  if left then
    local rest = groups(right)
    while #g + #rest < 8 do
      g[#g + 1] = 0
    end
    for _, group in ipairs(rest) do
      g[#g + 1] = group
    end
  end
  return g[1] << 48 | g[2] << 32 | g[3] << 16 | g[4], g[5] << 48 | g[6] << 32 | g[7] << 16 | g[8]
end

local function network(text)
  local address, length = text:match("^(.-)/(%d+)$")
  length = length // 1 | 0
  local value = ipv4(address)
  if value then
    local mask = length == 0 and 0 or (0xffffffff << (32 - length)) & 0xffffffff
    return { v4 = true, length = length, mask = mask, value = value & mask }
  end
  local high, low = ipv6(address)
  local mask = length >= 64 and -1 or (length == 0 and 0 or -1 << (64 - length))
  local low_mask = length <= 64 and 0 or -1 << (128 - length)
  return { v4 = false, length = length, mask = mask, value = high & mask, low_mask = low_mask, low = low & low_mask }
end

local function contains(net, text)
  local value = ipv4(text)
  if value then
    return net.v4 and value & net.mask == net.value
  elseif net.v4 then
    return false
  end
  local high, low = ipv6(text)
  return high & net.mask == net.value and low & net.low_mask == net.low
end

-- Of IPv4 networks.
local function overlap(a, b)
  if a.v4 ~= b.v4 then
    return false
  end
  local mask = a.length < b.length and a.mask or b.mask
  return a.value & mask == b.value & mask
end

local function set(list)
  local members = {}
  for _, value in ipairs(list) do
    members[value] = true
  end
  return members
end

-- ---- the checks: s is the snapshot, bad(message) says what is wrong with it ----

local checks = {}
local now

local function age(text)
  return (now - seconds(text)) / 86400
end

local function check(id, title, run)
  checks[#checks + 1] = { id = id, title = title, run = run }
end

check("CLD.6.3.1", "Shared roles and responsibilities", function(s, bad)
  local g = s.governance
  if not g.matrix_approved then
    bad("responsibility matrix is not approved")
  end
  if age(g.matrix_reviewed) > 365 then
    bad(format("responsibility matrix last reviewed %s", g.matrix_reviewed))
  end
end)

check("CLD.8.1.5", "Removal of cloud service customer assets", function(s, bad)
  for _, former in ipairs(s.offboarding) do
    if former.deletion_days > 30 then
      bad(format("%s: assets deleted after %d days", former.customer, former.deletion_days))
    end
    if not former.certificate then
      bad(format("%s: no deletion certificate", former.customer))
    end
  end
end)

check("CLD.9.5.1", "Segregation in virtual computing environments", function(s, bad)
  local list, ranges = s.networks, {}
  for i, entry in ipairs(list) do
    ranges[i] = network(entry.cidr)
  end
  for i = 1, #list do
    for j = i + 1, #list do
      local a, b = list[i], list[j]
      if a.tenant ~= b.tenant and overlap(ranges[i], ranges[j]) then
        bad(format("%s (%s) overlaps %s (%s)", a.id, a.tenant, b.id, b.tenant))
      end
    end
  end
end)

check("CLD.9.5.2", "Virtual machine hardening", function(s, bad)
  local allowed = set(s.settings.ports_allow)
  for _, host in ipairs(s.hosts) do
    if not host.hardened then
      bad(format("%s: image is not hardened", host.id))
    end
    for _, port in ipairs(host.ports) do
      if not allowed[port] then
        bad(format("%s: port %d is open", host.id, port))
      end
    end
  end
end)

check("CLD.12.1.5", "Administrator's operational security", function(s, bad)
  for _, operation in ipairs(s.operations) do
    if operation.critical then
      if not operation.documented then
        bad(format("%s: critical operation is not documented", operation.id))
      end
      if operation.approvers < 2 then
        bad(format("%s: critical operation has %d approvers", operation.id, operation.approvers))
      end
    end
  end
end)

check("CLD.12.4.5", "Monitoring of cloud services", function(s, bad)
  for _, monitor in ipairs(s.monitors) do
    if not monitor.enabled then
      bad(format("%s: monitor is disabled", monitor.id))
    end
    if monitor.interval_s > 300 then
      bad(format("%s: interval is %d s", monitor.id, monitor.interval_s))
    end
  end
end)

check("CLD.13.1.4", "Alignment of virtual and physical networks", function(s, bad)
  local planned = set(s.settings.vlans)
  for _, entry in ipairs(s.networks) do
    if not planned[entry.vlan] then
      bad(format("%s: vlan %d is not in the physical plan", entry.id, entry.vlan))
    end
  end
end)

check("5.1.1", "Policies for information security", function(s, bad)
  for _, policy in ipairs(s.governance.policies) do
    if age(policy.reviewed) > 365 then
      bad(format("%s: last reviewed %s", policy.id, policy.reviewed))
    end
  end
end)

check("6.1.1", "Information security roles", function(s, bad)
  local owned = {}
  for _, role in ipairs(s.governance.roles) do
    if role.owner ~= "" then
      owned[role.name] = true
    end
  end
  for _, name in ipairs({ "CISO", "DPO", "NOC", "IR" }) do
    if not owned[name] then
      bad(format("role %s has no owner", name))
    end
  end
end)

check("6.1.3", "Contact with authorities", function(s, bad)
  for _, contact in ipairs(s.governance.contacts) do
    if age(contact.verified) > 365 then
      bad(format("%s: contact verified %s", contact.authority, contact.verified))
    end
  end
end)

check("7.2.2", "Awareness, education and training", function(s, bad)
  for _, admin in ipairs(s.admins) do
    if age(admin.trained) > 365 then
      bad(format("%s: last trained %s", admin.id, admin.trained))
    end
  end
end)

check("8.1.1", "Inventory of assets", function(s, bad)
  for _, host in ipairs(s.hosts) do
    if host.owner == "" then
      bad(format("%s: host has no owner", host.id))
    end
  end
end)

check("8.2.2", "Labelling of information", function(s, bad)
  local classes = set({ "public", "internal", "confidential", "restricted" })
  for _, store in ipairs(s.datastores) do
    if not classes[store.class] then
      bad(format("%s: class %s is unknown", store.id, store.class))
    end
    if store.public and store.class ~= "public" then
      bad(format("%s: %s data store is public", store.id, store.class))
    end
  end
end)

check("9.1.2", "Access to networks and network services", function(s, bad)
  for _, rule in ipairs(s.firewall) do
    if rule.action == "allow" and rule.source == "0.0.0.0/0" and rule.port ~= 443 then
      bad(format("%s: port %d is open to the world", rule.id, rule.port))
    end
  end
end)

check("9.2.1", "User registration", function(s, bad)
  local domains = set(s.settings.email_domains)
  for _, admin in ipairs(s.admins) do
    if not domains[admin.email:match("@(.*)$")] then
      bad(format("%s: address %s", admin.id, admin.email))
    end
  end
end)

check("9.2.2", "User access provisioning", function(s, bad)
  local roles = set(s.settings.roles)
  for _, admin in ipairs(s.admins) do
    if not roles[admin.role] then
      bad(format("%s: role %s", admin.id, admin.role))
    end
  end
end)

check("9.2.3", "Management of privileged access rights", function(s, bad)
  for _, admin in ipairs(s.admins) do
    if not admin.mfa then
      bad(format("%s: no MFA", admin.id))
    end
    if not admin.fido2 then
      bad(format("%s: no FIDO2 key", admin.id))
    end
  end
end)

check("9.2.4", "Management of secret authentication information", function(s, bad)
  for _, admin in ipairs(s.admins) do
    if age(admin.rotated) > 90 then
      bad(format("%s: credential rotated %s", admin.id, admin.rotated))
    end
  end
  for _, account in ipairs(s.service_accounts) do
    if account.key_days > 90 then
      bad(format("%s: key is %d days old", account.id, account.key_days))
    end
  end
end)

check("9.2.5", "Review of user access rights", function(s, bad)
  local reviewed = s.governance.access_review
  if age(reviewed) > 90 then
    bad(format("access rights last reviewed %s", reviewed))
  end
end)

check("9.4.1", "Information access restriction", function(s, bad)
  local allowed = {}
  for i, text in ipairs(s.settings.ip_allow) do
    allowed[i] = network(text)
  end
  for _, admin in ipairs(s.admins) do
    local listed = false
    for i = 1, #allowed do
      if contains(allowed[i], admin.source_ip) then
        listed = true
        break
      end
    end
    if not listed then
      bad(format("%s: access from %s", admin.id, admin.source_ip))
    end
  end
end)

check("9.4.2", "Secure log-on procedures", function(s, bad)
  for _, admin in ipairs(s.admins) do
    if admin.session_min > 30 then
      bad(format("%s: session lasts %d min", admin.id, admin.session_min))
    end
  end
end)

check("9.4.4", "Use of privileged utility programs", function(s, bad)
  for _, utility in ipairs(s.utilities) do
    if not utility.restricted then
      bad(format("%s: not restricted", utility.name))
    end
    if not utility.logged then
      bad(format("%s: use is not logged", utility.name))
    end
  end
end)

check("10.1.1", "Use of cryptographic controls", function(s, bad)
  for _, store in ipairs(s.datastores) do
    if store.cipher:sub(1, 7) ~= "AES-256" then
      bad(format("%s: cipher %s", store.id, store.cipher))
    end
  end
  for _, host in ipairs(s.hosts) do
    if not host.disk_enc then
      bad(format("%s: disk is not encrypted", host.id))
    end
  end
end)

check("10.1.2", "Key management", function(s, bad)
  local min_bits = { aes = 256, rsa = 3072, ecdsa = 256 }
  for _, key in ipairs(s.keys) do
    if min_bits[key.algo] and key.bits < min_bits[key.algo] then
      bad(format("%s: %s with %d bits", key.id, key.algo, key.bits))
    end
    if age(key.rotated) > 365 then
      bad(format("%s: rotated %s", key.id, key.rotated))
    end
    if not key.hsm then
      bad(format("%s: not in an HSM", key.id))
    end
  end
end)

check("11.2.7", "Secure disposal or reuse of equipment", function(s, bad)
  for _, medium in ipairs(s.media) do
    if medium.state == "disposed" and medium.certificate == "" then
      bad(format("%s: disposed without certificate", medium.id))
    end
  end
end)

check("12.1.2", "Change management", function(s, bad)
  for _, change in ipairs(s.changes) do
    if change.author == change.approver then
      bad(format("%s: approved by its author", change.id))
    end
    if not change.tested then
      bad(format("%s: not tested", change.id))
    end
  end
end)

check("12.1.3", "Capacity management", function(s, bad)
  for _, host in ipairs(s.hosts) do
    if host.cpu > 85 then
      bad(format("%s: cpu at %d%%", host.id, host.cpu))
    end
    if host.disk > 90 then
      bad(format("%s: disk at %d%%", host.id, host.disk))
    end
  end
end)

check("12.2.1", "Controls against malware", function(s, bad)
  for _, host in ipairs(s.hosts) do
    if host.sig_days > 7 then
      bad(format("%s: signatures are %d days old", host.id, host.sig_days))
    end
  end
end)

check("12.3.1", "Information backup", function(s, bad)
  for _, store in ipairs(s.datastores) do
    local backup = store.backup
    if not backup.enabled then
      bad(format("%s: no backup", store.id))
    end
    if backup.interval_h > 24 then
      bad(format("%s: backup every %d h", store.id, backup.interval_h))
    end
    if backup.retention_d < 30 then
      bad(format("%s: backup kept %d days", store.id, backup.retention_d))
    end
    if backup.location == store.location then
      bad(format("%s: backup is at the primary location", store.id))
    end
  end
end)

check("12.4.1", "Event logging", function(s, bad)
  for _, log in ipairs(s.logs) do
    if log.retention_d < 365 then
      bad(format("%s: log kept %d days", log.source, log.retention_d))
    end
    if not log.shipped then
      bad(format("%s: log is not shipped", log.source))
    end
  end
end)

check("12.4.3", "Administrator and operator logs", function(s, bad)
  for _, log in ipairs(s.logs) do
    if log.admin and not log.immutable then
      bad(format("%s: administrator log can be changed", log.source))
    end
  end
end)

check("12.4.4", "Clock synchronization", function(s, bad)
  local servers = set(s.settings.ntp)
  for _, host in ipairs(s.hosts) do
    if math.abs(host.clock_ms) > 100 then
      bad(format("%s: clock off by %d ms", host.id, host.clock_ms))
    end
    if not servers[host.ntp] then
      bad(format("%s: time server %s", host.id, host.ntp))
    end
  end
end)

check("12.6.1", "Management of technical vulnerabilities", function(s, bad)
  for _, host in ipairs(s.hosts) do
    if host.patch_days > 30 then
      bad(format("%s: last patched %d days ago", host.id, host.patch_days))
    end
    if host.crit_vulns > 0 then
      bad(format("%s: %d critical vulnerabilities", host.id, host.crit_vulns))
    end
  end
end)

check("13.1.3", "Segregation in networks", function(s, bad)
  local ranges = {}
  for _, entry in ipairs(s.networks) do
    ranges[entry.id] = network(entry.cidr)
  end
  for _, host in ipairs(s.hosts) do
    if not (ranges[host.net] and contains(ranges[host.net], host.ip)) then
      bad(format("%s: %s is outside %s", host.id, host.ip, host.net))
    end
  end
end)

check("13.2.1", "Information transfer policies", function(s, bad)
  local versions, weak = set({ "1.2", "1.3" }), set(s.settings.weak_ciphers)
  for _, endpoint in ipairs(s.endpoints) do
    if not versions[endpoint.tls] then
      bad(format("%s: TLS %s", endpoint.id, endpoint.tls))
    end
    for _, cipher in ipairs(endpoint.ciphers) do
      if weak[cipher] then
        bad(format("%s: cipher %s", endpoint.id, cipher))
      end
    end
    if not endpoint.hsts then
      bad(format("%s: no HSTS", endpoint.id))
    end
    if -age(endpoint.cert_expires) < 14 then
      bad(format("%s: certificate expires %s", endpoint.id, endpoint.cert_expires))
    end
  end
end)

check("14.2.1", "Secure development policy", function(s, bad)
  for _, repository in ipairs(s.repos) do
    if not repository.protected then
      bad(format("%s: default branch is not protected", repository.id))
    end
    if repository.reviews < 1 then
      bad(format("%s: no review needed", repository.id))
    end
    if not repository.sast then
      bad(format("%s: no static analysis", repository.id))
    end
  end
end)

check("15.1.2", "Security within supplier agreements", function(s, bad)
  for _, supplier in ipairs(s.suppliers) do
    if not supplier.agreement then
      bad(format("%s: no agreement", supplier.id))
    end
    for _, attestation in ipairs(supplier.attestations) do
      if seconds(attestation.expires) <= now then
        bad(format("%s: %s expired %s", supplier.id, attestation.standard, attestation.expires))
      end
    end
  end
end)

check("16.1.2", "Reporting information security events", function(s, bad)
  local hours = s.governance.incident_notify_h
  if hours > 72 then
    bad(format("customers are notified after %d h", hours))
  end
end)

check("18.1.1", "Applicable legislation: data locations", function(s, bad)
  local countries = set(s.settings.countries)
  for _, store in ipairs(s.datastores) do
    if not countries[store.location] then
      bad(format("%s: data in %s", store.id, store.location))
    end
  end
  for _, host in ipairs(s.hosts) do
    if not countries[host.location] then
      bad(format("%s: host in %s", host.id, host.location))
    end
  end
end)

check("18.1.3", "Protection of records", function(s, bad)
  local min_years = { tax = 10, contract = 6, log = 1 }
  for _, record in ipairs(s.records) do
    if min_years[record.type] and record.retention_y < min_years[record.type] then
      bad(format("%s: kept %d years", record.type, record.retention_y))
    end
  end
end)

check("18.2.1", "Independent review of information security", function(s, bad)
  local audit = s.governance.audit
  if age(audit) > 365 then
    bad(format("last audit %s", audit))
  end
end)

-- ---- the program ----

local function judge_one(entry, snapshot)
  local messages, seen = {}, {}
  entry.run(snapshot, function(message)
    if not seen[message] then
      seen[message] = true
      messages[#messages + 1] = message
    end
  end)
  table.sort(messages)
  return messages
end

local function judge(snapshot)
  local controls, failed = {}, 0
  now = seconds(snapshot.snapshot_time)
  for _, entry in ipairs(checks) do
    local messages = judge_one(entry, snapshot)
    local pass = #messages == 0
    controls[entry.id] = { title = entry.title, pass = pass, messages = not pass and messages or nil }
    failed = failed + (pass and 0 or 1)
  end
  return { controls = controls, failed = failed, total = #checks }
end

local function answer(text)
  io.write(cjson.encode(judge(cjson.decode(text))), "\n")
end

local function time_it(times, text)
  for _ = 1, 20 do
    judge(cjson.decode(text))
  end
  local start = os.clock()
  for _ = 1, times do
    judge(cjson.decode(text))
  end
  print(format("%.1f", (os.clock() - start) / times * 1e6))
end

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

if arg[1] == "-n" then
  time_it(tonumber(arg[2]), read(arg[3]))
elseif arg[1] == "-l" then
  for line in io.lines(arg[2]) do
    answer(line)
  end
else
  answer(read(arg[1]))
end
