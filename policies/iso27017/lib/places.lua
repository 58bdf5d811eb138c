-- places.lua: in which countries things may be, and what a region says about the country
-- SPDX-License-Identifier: Apache-2.0
--
-- 6.1.3 (where data is) and 18.1.1 (where equipment stands) take the countries from here, so that
-- they cannot disagree. A tenant with one service is judged by the list of that service, whatever
-- the item says it belongs to; with both services, an item by its own, and one that serves both by
-- what both lists allow.

local words = use("words")

local M = {}

-- ---- countries ----

local LIST_OF = { iad = "allowed_countries_iad", ctx = "allowed_countries_ctx" }

local function services_for(contracted, item)
  if contracted ~= "both" then
    return { contracted }
  end
  return item == "both" and { "iad", "ctx" } or { item }
end

local function allows(list, country)
  for _, allowed in ipairs(list) do
    if text.same(allowed, country) then
      return true
    end
  end
  return false
end

local function in_turn(lists)
  local en, ja = {}, {}
  for i, list in ipairs(lists) do
    en[i], ja[i] = list.en, list.ja
  end
  return { en = table.concat(en, " / "), ja = table.concat(ja, " / ") }
end

-- Whether a country is allowed, and the lists that were asked as text.
function M.is_allowed(params, contracted, item, country)
  local ok, lists = true, {}
  for _, service in ipairs(services_for(contracted, item)) do
    local list = params[LIST_OF[service]]
    ok = ok and country ~= nil and allows(list, country)
    table.insert(lists, words.list(list))
  end
  return ok, in_turn(lists)
end

-- Whether an item that names a service is of one that is judged ("iad").
function M.serves(contracted, item, service)
  return contracted ~= "both" or item == service or item == "both"
end

function M.contracted(s)
  local service = s.contract.service
  return service == "both" and { "iad", "ctx" } or { service }
end

-- ---- regions ----

local function key_of(region)
  return (string.gsub(text.normalise(region), "[%s_-]", ""))
end

local function countries_by_region(params)
  local found = {}
  for _, item in ipairs(params.region_countries) do
    local region, country = string.match(item, "^([^=]+)=(%a%a)$")
    assert(region, "region_countries: expected REGION=COUNTRY, such as japaneast=JP")
    found[key_of(region)] = string.upper(country)
  end
  return found
end

local function boundless_regions(params)
  local found = {}
  for _, region in ipairs(params.boundless_regions) do
    found[key_of(region)] = true
  end
  return found
end

-- What is known of regions: each list is read when it is first asked, once for all regions of a rule.
function M.regions(params)
  return { params = params }
end

-- What the name of a region tells: a country, false for one that is not confined to a country, nil
-- when it tells nothing.
function M.country_of(region, regions)
  local key = key_of(region)
  regions.boundless = regions.boundless or boundless_regions(regions.params)
  if regions.boundless[key] then
    return false
  end
  regions.countries = regions.countries or countries_by_region(regions.params)
  return regions.countries[key]
end

-- A region, the member `key` of an item, has to be of the country that the item names.
function M.ensure_region(item, key, regions)
  local region = item[key]
  if region == nil then
    return
  end
  local told = M.country_of(region, regions)
  ensure(told ~= false, item, {
    en = "{region} is not confined to one country",
    ja = "{region} は特定の国に限定されないリージョンです",
  }, { region = region })
  if told then
    local country = item.country
    ensure(told == country, item, {
      en = "{region} is in {told}, not in {country}",
      ja = "{region} の所在国は {told} ですが、{country} と記載されています",
    }, { region = region, told = told, country = country })
  end
end

-- ---- data and equipment ----

-- Support sees data and metadata is about data: neither needs equipment where it is.
local STORED = { primary = true, replica = true, backup = true, log = true }

function M.is_stored(location)
  return STORED[location.role] == true
end

local function is_providers(item)
  return item.party ~= "customer"
end

-- The provider's equipment; the rule is unknown when there is none.
function M.equipment(s)
  return each(s.equipment.items, { en = "the provider's equipment", ja = "事業者の設備" }, is_providers)
end

local function has_equipment(s, country)
  for _, item in M.equipment(s) do
    if item.country == country then
      return true
    end
  end
  return false
end

-- Countries in which data is kept without any equipment standing there are a contradiction, told
-- once for each country. Those that are not allowed are told by the rules about countries.
-- subject_of(location) is what the finding is about; it reads what the finding points at.
function M.ensure_agreement(s, params, subject_of)
  local known = {}
  for _, location in ipairs(s.data.locations) do
    local country = location.country
    local allowed = M.is_allowed(params, s.contract.service, location.service, country)
    if M.is_stored(location) and country ~= nil and allowed and not known[country] then
      known[country] = true
      local matched = has_equipment(s, country)
      ensure(matched, subject_of(location), {
        en = "data is kept in {country}, where no equipment of the service stands according to the list",
        ja = "{country} にデータが保管されていますが、設備一覧には {country} に設置された設備がありません",
      }, { country = country })
    end
  end
end

-- ---- age of a list ----

function M.ensure_recent(record, key, as_of, zone, limit)
  local age = time.age_days(record[key], as_of, zone)
  if age ~= nil then
    ensure(age <= limit, record, {
      en = "the list was confirmed {age} days ago; the limit is {limit} days",
      ja = "一覧の最終確認から {age} 日が経過しています（上限 {limit} 日）",
    }, { age = age, limit = limit })
  end
end

-- ---- parameters ----

M.params = {
  allowed_countries_iad = {
    type = "list", default = { "JP" },
    doc = {
      en = "Countries where IAD may keep data and equipment (two letters, ISO 3166-1)",
      ja = "IAD のデータ・設備の所在を許可する国（ISO 3166-1 の2文字コード）",
    },
    source = {
      en = "IIJ-IAD012-0002 2.2 and 13.1: in Japan",
      ja = "IIJ-IAD012-0002 2.2 と 13.1：日本国内",
    },
  },
  allowed_countries_ctx = {
    type = "list", default = { "JP", "US" },
    doc = {
      en = "Countries where CTX may keep data and equipment (two letters, ISO 3166-1)",
      ja = "CTX のデータ・設備の所在を許可する国（ISO 3166-1 の2文字コード）",
    },
    source = {
      en = "IIJ-VDS051-0002 2.2 and 13.1: in Japan and the United States",
      ja = "IIJ-VDS051-0002 2.2 と 13.1：日本と米国",
    },
  },
  region_countries = {
    type = "list",
    default = {
      "japaneast=JP", "japanwest=JP", "japan=JP", "eastjapan=JP", "westjapan=JP",
      "eastus=US", "eastus2=US", "centralus=US", "northcentralus=US", "southcentralus=US", "westcentralus=US",
      "westus=US", "westus2=US", "westus3=US", "unitedstates=US",
      "southeastasia=SG", "eastasia=HK", "koreacentral=KR", "koreasouth=KR", "australiaeast=AU",
      "australiasoutheast=AU", "australiacentral=AU", "centralindia=IN", "southindia=IN", "westindia=IN",
      "northeurope=IE", "westeurope=NL", "uksouth=GB", "ukwest=GB", "francecentral=FR", "germanywestcentral=DE",
      "switzerlandnorth=CH", "swedencentral=SE", "norwayeast=NO", "canadacentral=CA", "canadaeast=CA",
      "brazilsouth=BR", "uaenorth=AE", "southafricanorth=ZA",
      "francesouth=FR", "germanynorth=DE", "switzerlandwest=CH", "swedensouth=SE", "norwaywest=NO",
      "polandcentral=PL", "italynorth=IT", "spaincentral=ES", "australiacentral2=AU", "newzealandnorth=NZ",
      "mexicocentral=MX", "brazilsoutheast=BR", "uaecentral=AE", "qatarcentral=QA", "israelcentral=IL",
      "southafricawest=ZA", "indonesiacentral=ID", "malaysiawest=MY", "jioindiawest=IN", "jioindiacentral=IN",
    },
    doc = {
      en = "Country of each region, as REGION=COUNTRY; case, spaces and hyphens do not matter",
      ja = "リージョンの所在国（リージョン=国コード。大文字・小文字、空白、ハイフンは区別しない）",
    },
    source = {
      en = "Microsoft, Azure regions; others are added by whoever uses them",
      ja = "Microsoft の Azure リージョン一覧。その他は利用者が追加",
    },
  },
  boundless_regions = {
    type = "list",
    default = {
      "global", "geo", "worldwide", "any", "europe", "eu", "europeanunion", "asiapacific", "apac", "asiapacificsouth",
      "aps", "americas",
    },
    doc = {
      en = "Names of regions that are not confined to one country",
      ja = "特定の国に限定されないリージョン名",
    },
    source = {
      en = "Names that Azure, Entra and Citrix Cloud use for geographies and global services",
      ja = "Azure、Entra、Citrix Cloud が地域やグローバルサービスに使う名称",
    },
  },
  places_days = {
    type = "integer", default = 365, min = 1, max = 1096, unit = { en = "days", ja = "日" },
    doc = {
      en = "How long a list of places holds after it was last confirmed",
      ja = "所在地の一覧を、最後に確認した日から有効とみなす日数",
    },
    source = {
      en = "Yearly, like the review of the provider's white paper; the papers name no interval",
      ja = "事業者のホワイトペーパーの確認と同じく年1回。ホワイトペーパーに間隔の記載なし",
    },
  },
}

return M
