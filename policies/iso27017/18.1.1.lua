-- 18.1.1 Identification of applicable legislation and contractual requirements
-- SPDX-License-Identifier: Apache-2.0
--
-- Where equipment stands decides whose law reaches it: Japan on IAD, Japan and the United States on
-- CTX. Both papers name the court; neither names a governing law, so none is demanded here.

local contract_end = use("contract_end")
local lists = use("lists")
local places = use("places")
local statements = use("statements")

-- ---- R1: equipment ----

local OF_SERVICE = {
  iad = { en = "the provider's equipment of IAD", ja = "IAD に使用する事業者の設備" },
  ctx = { en = "the provider's equipment of CTX", ja = "CTX に使用する事業者の設備" },
}

-- Each contracted service stands somewhere: a list without its equipment is not complete.
local function need_equipment(s)
  local contracted = s.contract.service
  for _, service in ipairs(places.contracted(s)) do
    for _ in each(s.equipment.items, OF_SERVICE[service], function(item)
      return item.party ~= "customer" and places.serves(contracted, item.service, service)
    end) do end
  end
end

local function check_countries(s, params)
  for _, item in places.equipment(s) do
    local service, site, country = item.service, item.site, item.country
    local allowed, list = places.is_allowed(params, s.contract.service, service, country)
    ensure(allowed, item, {
      en = "equipment at {site} stands in {country}; allowed: {allowed}",
      ja = "{site} の設備の設置国が {country} です（許可した国：{allowed}）",
    }, { site = site, country = country, allowed = list })
  end
  need_equipment(s)
end

-- ---- R2: court ----

-- "The Tokyo  District Court" and "Tokyo District Court" are one; so are Tōkyō and Tokyo.
local function plain_court(name)
  local plain = string.gsub(text.normalise(name), "%s+", " ")
  plain = string.gsub(string.gsub(plain, "^the ", ""), "ō", "o")
  return plain
end

local function is_accepted(court, accepted)
  for _, name in ipairs(accepted) do
    if plain_court(name) == plain_court(court) then
      return true
    end
  end
  return false
end

-- ---- R3: terms ----

local TERMS = {
  iad = { internet_service_terms = true },
  ctx = { internet_service_terms = true, solution_service_terms = true },
}

local function is_in_force(terms, today)
  local from = time.day(terms.in_force_from)
  local ended = has(terms, "in_force_until") and time.day(terms.in_force_until) < today
  return from <= today and not ended
end

local function check_terms(contract, service, today)
  local found = false
  for _, terms in ipairs(contract.terms) do
    if TERMS[service][terms.kind] then
      found = is_in_force(terms, today) or found
    end
  end
  is_empty(contract.terms)
  ensure(found, contract.terms, {
    en = "no terms that govern {service} are in force",
    ja = "{service} に適用される約款のうち、現在有効なものがありません",
  }, { service = service })
end

-- ---- R4: regimes of other countries ----

-- The customer's own copies are data as well (6.1.3).
local function add_copies(s, add)
  if has(s, "backup") then
    for _, job in ipairs(maybe_empty(s.backup.jobs)) do
      add(job.country, job)
    end
  end
  if has(s, "logging") and not is_null(s.logging, "export") then
    add(s.logging.export.country, { service = "both" })
  end
end

-- Countries abroad where data is kept or seen from, or equipment stands: a list, each once, of
-- { country, services }, which are those that are concerned.
local function countries_abroad(s)
  local home, contracted, known, found = s.tenant.country, s.contract.service, {}, {}
  local function add(country, item)
    if country == nil or country == home then
      return
    end
    if known[country] == nil then
      known[country] = { country = country, services = {} }
      table.insert(found, known[country])
    end
    local services, of = known[country].services, contracted == "both" and item.service or contracted
    for _, service in ipairs(places.contracted(s)) do
      if places.serves(contracted, of, service) and not lists.contains(services, service) then
        table.insert(services, service)
      end
    end
  end
  for _, location in ipairs(s.data.locations) do
    add(location.country, location)
  end
  for _, item in places.equipment(s) do
    add(item.country, item)
  end
  add_copies(s, add)
  return found
end

local function names_country(statement, country)
  return has(statement, "foreign_regime") and lists.contains(statement.foreign_regime, country)
end

local function check_regime(s, abroad, params, as_of)
  local country = abroad.country
  for _, statement in statements.counting(s, params, as_of, {
    clause = "18.1.1", party = "customer", part = "foreign_regime", services = abroad.services,
    rank = function(item) return names_country(item, country) and 1 or 0 end,
  }) do
    local named = names_country(statement, country)
    is_empty(s.attestations)
    ensure(named, s.attestations, {
      en = "nobody stated that regime and safeguards of {country} are known",
      ja = "{country} の制度と安全管理措置を把握したことを示す表明がありません",
    }, { country = country })
  end
end

return {
  title      = {
    en = "Identification of applicable legislation and contractual requirements",
    ja = "適用法令及び契約上の要求事項の特定",
  },
  severity   = "high",
  owner      = { iad = "provider", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 18.1.1", "ISO/IEC 27001:2022 A.5.31", "IIJ-IAD012-0002 13.1", "IIJ-VDS051-0002 13.1",
  },
  tags       = { "law", "countries", "contract" },
  params     = statements.params{
    allowed_countries_iad = places.params.allowed_countries_iad,
    allowed_countries_ctx = places.params.allowed_countries_ctx,
    region_countries = places.params.region_countries,
    boundless_regions = places.params.boundless_regions,
    places_days = places.params.places_days,
    accepted_courts = {
      type = "list", default = { "東京地方裁判所", "東京地裁", "Tokyo District Court", "Tokyo Chiho Saibansho" },
      doc = {
        en = "Courts that may have jurisdiction; case, width and macrons do not matter",
        ja = "専属的合意管轄として認める裁判所（大文字・小文字、全角・半角、長音記号は区別しない）",
      },
      source = {
        en = "IIJ-IAD012-0002 13.1, IIJ-VDS051-0002 13.1: Tokyo District Court",
        ja = "IIJ-IAD012-0002 13.1、IIJ-VDS051-0002 13.1：東京地方裁判所",
      },
    },
  },

  rules = {
    {
      id    = "equipment-countries", ref = "R1", owner = "provider",
      title = {
        en = "The provider's equipment stands in allowed countries only",
        ja = "事業者の設備の設置国が許可した国に限られている",
      },
      fix   = {
        en = "Ask the provider why equipment stands there. Have the service moved, or examine that country and allow "
          .. "it (allowed_countries_iad, allowed_countries_ctx).",
        ja = "当該国に設備がある理由を事業者に確認し、移設を依頼するか、当該国の制度を確認のうえ許可国"
          .. "（allowed_countries_iad・allowed_countries_ctx）に追加してください。",
      },
      check = check_countries,
    },
    {
      id    = "regions-agree", ref = "R1", owner = "provider",
      title = {
        en = "Site and country of equipment do not contradict each other",
        ja = "設備の拠点・リージョンと設置国の記載が矛盾していない",
      },
      fix   = {
        en = "Ask the provider in which country the site lies and correct the entry.",
        ja = "拠点・リージョンの所在国を事業者に確認し、記載を訂正してください。",
      },
      check = function(s, params)
        local regions = places.regions(params)
        for _, item in places.equipment(s) do
          places.ensure_region(item, "site", regions)
        end
      end,
    },
    {
      id    = "places-agree", ref = "R1", owner = "provider", severity = "medium",
      title = {
        en = "Equipment is listed for every country where data is kept",
        ja = "データの保管国すべてについて設備が一覧に記載されている",
      },
      fix   = {
        en = "Ask the provider which of the two lists is right: where data is kept, or where equipment stands.",
        ja = "データの保管場所と設備の設置国のどちらの記載が正しいか、事業者に確認してください。",
      },
      check = function(s, params)
        places.ensure_agreement(s, params, function()
          is_empty(s.equipment.items)
          return s.equipment.items
        end)
      end,
    },
    {
      id    = "equipment-current", ref = "R1", owner = "provider", severity = "low",
      title = {
        en = "The list of equipment was confirmed recently",
        ja = "設備の一覧を期限内に確認している",
      },
      fix   = {
        en = "Confirm where equipment stands with the current white paper and service documents.",
        ja = "最新のホワイトペーパーとサービスドキュメントで、設備の設置場所を確認してください。",
      },
      check = function(s, params, as_of)
        places.ensure_recent(s.equipment, "confirmed_at", as_of, s.tenant.time_zone, params.places_days)
      end,
    },
    {
      id    = "court", ref = "R2", severity = "medium", owner = "shared",
      title = {
        en = "The contract names the expected court",
        ja = "管轄裁判所が契約どおりである",
      },
      fix   = {
        en = "Read the court of the first instance in the terms in force and correct the entry; if it really is "
          .. "another one, have the contract examined.",
        ja = "現行の約款で第一審の専属的合意管轄裁判所を確認し、記載を訂正してください。約款自体が異なる場合は、"
          .. "法務部門に契約内容の確認を依頼してください。",
      },
      check = function(s, params)
        local court = s.contract.court
        ensure(court ~= nil and is_accepted(court, params.accepted_courts), s.contract, {
          en = "the contract names {court}",
          ja = "管轄裁判所が {court} になっています",
        }, { court = court })
      end,
    },
    {
      id    = "terms", ref = "R3", severity = "medium", owner = "shared",
      title = {
        en = "Terms that govern the service are in force",
        ja = "サービスに適用される契約約款が有効である",
      },
      fix   = {
        en = "Record the terms that hold now (Internet service terms; for CTX also solution service terms) with "
          .. "version and first day.",
        ja = "現在適用されている約款（インターネットサービス契約約款、CTX はソリューションサービス契約約款も可）を、"
          .. "版と適用開始日とともに記載してください。",
      },
      check = function(s, params, as_of)
        local today = time.day(as_of, s.tenant.time_zone)
        contract_end.need_running(s.contract, today)
        for _, service in ipairs(places.contracted(s)) do
          check_terms(s.contract, service, today)
        end
      end,
    },
    {
      id    = "foreign-regime", ref = "R4", owner = "customer",
      title = {
        en = "Regime and safeguards are known for every foreign country concerned",
        ja = "データ・設備がある外国の制度と安全管理措置を把握している（外的環境の把握）",
      },
      fix   = {
        en = "Survey how that country protects personal data and what the service does about it, and record that as "
          .. "the customer's statement for 18.1.1, with the country in foreign_regime.",
        ja = "当該国の個人情報保護制度と、サービス側の安全管理措置を調査し、18.1.1 の表明として（foreign_regime に"
          .. "国コードを記載して）記録してください。",
      },
      check = function(s, params, as_of)
        local abroad = countries_abroad(s)
        if #abroad == 0 then
          not_applicable({
            en = "neither data nor equipment is abroad",
            ja = "データも設備も国外にないため",
          })
        end
        for _, one in ipairs(abroad) do
          check_regime(s, one, params, as_of)
        end
      end,
    },
  },
}
