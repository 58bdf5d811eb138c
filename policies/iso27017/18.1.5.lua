-- 18.1.5 Regulation of cryptographic controls
-- SPDX-License-Identifier: Apache-2.0
--
-- What both papers promise here is what 10.1.1 judges, so the rules about TLS are the very same
-- (lib/encryption.lua). CTX adds that nothing under export control is used; IAD is silent on that.

local encryption = use("encryption")
local endpoint = use("endpoint")
local statements = use("statements")

-- ---- export control ----

-- One that admits something decides, and not another that counts as well.
local function by_weight(statement)
  return statement.export_control == "listed" and 1 or 0
end

-- ---- algorithms by country ----

-- What a parameter such as { "CN=TLS_SM4_GCM_SM3", "US=*" } permits: country -> suites.
local function permitted(items)
  local found = {}
  for _, item in ipairs(items) do
    local country, suite = string.match(item, "^(%a%a)=(.+)$")
    assert(country, "permitted_algorithms: expected COUNTRY=SUITE, such as US=*")
    country = string.upper(country)
    found[country] = found[country] or {}
    found[country][text.normalise(suite)] = true
  end
  return found
end

local function configured_countries(s, allowed)
  local found = {}
  for _, country in ipairs(s.contract.user_countries) do
    if allowed[country] ~= nil then
      table.insert(found, country)
    else
      note({
        en = "no algorithms are given for {country}, where users sit (permitted_algorithms)",
        ja = "利用者の所在国 {country} について permitted_algorithms の指定がありません",
      }, { country = country })
    end
  end
  return found
end

local function check_suites(result, countries, allowed)
  for _, suite in ipairs(result.ciphers) do
    for _, country in ipairs(countries) do
      local set = allowed[country]
      ensure(set["*"] or set[text.normalise(suite)] or false, result.ciphers, {
        en = "{address} accepts {suite}, which is not permitted for users in {country}",
        ja = "{address} が {suite} を受け付けますが、{country} の利用者には許可されていません",
      }, { address = result.address, suite = suite, country = country })
    end
  end
end

-- What users open: on CTX the workspace and its gateways above all.
local function endpoints_of_users(s)
  local found = endpoint.of_portal_and_console(s)
  for _, place in ipairs(s.contract.service ~= "iad" and endpoint.of_workspace(s) or {}) do
    table.insert(found, place)
  end
  return found
end

-- ---- where users sit ----

local function is_abroad(s)
  local home = s.tenant.country
  for _, country in ipairs(s.contract.user_countries) do
    if country ~= home then
      return true
    end
  end
  return false
end

-- ---- the control ----

local rules = {}

for _, of in ipairs({ encryption.PORTAL, encryption.CONSOLE }) do
  for _, rule in ipairs(encryption.rules(of, "R1")) do
    table.insert(rules, rule)
  end
end

table.insert(rules, encryption.scans_rule(endpoint.of_portal_and_console))

table.insert(rules, {
  id    = "no-export-controlled", ref = "R2", owner = "provider", claimable = true, when = { service = "ctx" },
  title = {
    en = "No cryptography under export control is used",
    ja = "輸出規制対象の暗号を使用していない",
  },
  fix   = {
    en = "Have the provider confirm that nothing under export control is used, or obtain the licence and have "
      .. "the use of what is listed approved.",
    ja = "輸出規制対象の暗号を使用していないことを事業者に確認してください。使用している場合は、輸出許可の取得状況を"
      .. "確認したうえで、利用の可否を承認してください。",
  },
  check = function(s, params, as_of)
    for _, statement in statements.counting(s, params, as_of, {
      clause = "18.1.5", party = "provider", services = { "ctx" }, part = "export_control", rank = by_weight,
    }) do
      ensure(statement.export_control == "none", statement, {
        en = "the provider states that it uses cryptography under export control",
        ja = "事業者が、輸出規制対象の暗号を使用していると表明しています",
      })
    end
  end,
})

table.insert(rules, {
  id    = "permitted-algorithms", ref = "R3", owner = "customer",
  title = {
    en = "Only algorithms are offered that the countries of the users permit",
    ja = "利用者の所在国で認められた暗号方式のみを受け付けている",
  },
  fix   = {
    en = "Clarify what that country permits; then correct permitted_algorithms, or have the cipher suite removed.",
    ja = "該当国で認められる暗号方式を確認し、permitted_algorithms を訂正するか、該当の暗号スイートの無効化を"
      .. "事業者に依頼してください。",
  },
  check = function(s, params)
    local allowed = permitted(params.permitted_algorithms)
    local countries = next(allowed) ~= nil and configured_countries(s, allowed) or {}
    if #countries == 0 then
      not_applicable({
        en = "no algorithms are given for a country where users sit (parameter permitted_algorithms)",
        ja = "利用者の所在国について認められた暗号方式の指定がないため（パラメータ permitted_algorithms）",
      })
    end
    endpoint.judge(endpoints_of_users(s), "ciphers", function(result)
      check_suites(result, countries, allowed)
    end)
  end,
})

table.insert(rules, {
  id    = "users-abroad-checked", owner = "customer",
  title = {
    en = "The law on cryptography was looked up for the countries where users sit",
    ja = "国外の利用者について、現地の暗号規制を確認している",
  },
  fix   = {
    en = "Find out what the countries of contract.user_countries demand of encryption and of bringing encrypting "
      .. "devices in, and record that as a statement for 18.1.5.",
    ja = "contract.user_countries の各国について、暗号の使用や機器の持ち込みに関する規制を確認し、18.1.5 の表明として"
      .. "記録してください。",
  },
  check = function(s, params, as_of)
    if not is_abroad(s) then
      not_applicable({ en = "no users sit abroad", ja = "国外に利用者がいないため" })
    end
    statements.ensure(s, params, as_of, "18.1.5", "customer")
  end,
})

return {
  title      = { en = "Regulation of cryptographic controls", ja = "暗号化機能に対する規制" },
  severity   = "low",
  owner      = { iad = "provider", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 18.1.5", "ISO/IEC 27001:2022 A.5.31", "IIJ-IAD012-0002 13.4", "IIJ-VDS051-0002 13.4",
  },
  tags       = { "tls", "cryptography", "law" },
  params     = statements.params{
    tls_min_version = encryption.params.tls_min_version,
    tls_max_age_scan_days = encryption.params.tls_max_age_scan_days,
    forbidden_ciphers = encryption.params.forbidden_ciphers,
    cert_min_days = encryption.params.cert_min_days,
    permitted_algorithms = {
      type = "list", default = {},
      doc = {
        en = "Cipher suites that a country permits, as COUNTRY=SUITE with the name that the scan uses; "
          .. "COUNTRY=* for all",
        ja = "国ごとに認められた暗号スイート（国コード=走査結果の表記。すべて認める場合は 国コード=*）",
      },
      source = {
        en = "Given by nobody: most countries permit all; the rule is judged only for countries that are named",
        ja = "既定値なし。制限のない国が多いため、指定した国についてのみ判定",
      },
    },
  },

  rules = rules,
}
