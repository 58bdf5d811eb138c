-- matrix.lua: what is asserted about the matrix of responsibilities
-- SPDX-License-Identifier: Apache-2.0
--
-- 6.1.1, CLD.6.3.1 and 15.1.2 rest on the same matrix. Whether it is sound is said here and nowhere
-- else, so that the three cannot disagree: 6.1.1 asks the questions one by one, the other two ask
-- all of them at once (check_all).

local given = use("given")
local lists = use("lists")
local placeholders = use("placeholders")
local statements = use("statements")

local M = {}

-- ---- words ----

local AREAS = {
  application = { en = "applications", ja = "アプリケーション" },
  equipment = { en = "equipment", ja = "設備" },
  service_base = { en = "service base", ja = "サービス基盤" },
  configuration_data = { en = "configuration data", ja = "設定データ" },
  settings = { en = "settings", ja = "設定情報" },
  profile_data = { en = "profile data", ja = "プロファイルデータ" },
  master_image = { en = "master image", ja = "マスターイメージ" },
  account_information = { en = "account information", ja = "アカウント情報" },
  mail_information = { en = "mail information", ja = "メール情報" },
  sync_configuration = { en = "configuration of Entra Connect", ja = "Entra Connect の同期設定" },
  authentication = { en = "authentication", ja = "認証" },
  session_hosts = { en = "session hosts", ja = "セッションホスト" },
}

local PARTIES = {
  provider = { en = "the provider", ja = "事業者" },
  customer = { en = "the customer", ja = "お客様" },
  shared = { en = "both", ja = "共有" },
}

local function area_text(area)
  return AREAS[area] or { en = area, ja = area }
end

-- ---- parameters ----

-- The three controls have the same parameters.
M.PARAMS = {
  placeholders = placeholders.PARAM,
  provider_areas = {
    type = "list", default = { "application", "equipment", "service_base" },
    doc = { en = "Areas that are the provider's", ja = "事業者の責任範囲である領域" },
    source = {
      en = "IIJ-IAD012-0002 and IIJ-VDS051-0002, clause 6.1.1: applications and equipment, the base of the "
        .. "service, are the provider's",
      ja = "IIJ-IAD012-0002、IIJ-VDS051-0002 の 6.1.1：アプリケーションと設備（サービス基盤）は事業者の責任範囲",
    },
  },
  customer_areas_iad = {
    type = "list", default = { "configuration_data" },
    doc = { en = "Areas that are the customer's on IAD", ja = "お客様の責任範囲である領域（IAD）" },
    source = {
      en = "IIJ-IAD012-0002, clause 6.1.1: configuration data is the customer's",
      ja = "IIJ-IAD012-0002 6.1.1：設定データはお客様の責任範囲",
    },
  },
  customer_areas_ctx = {
    type = "list",
    default = { "settings", "profile_data", "master_image", "account_information", "mail_information" },
    doc = { en = "Areas that are the customer's on CTX", ja = "お客様の責任範囲である領域（CTX）" },
    source = {
      en = "IIJ-VDS051-0002, clause 6.1.1: stored data is the customer's; its parts as in clause 18.1.2",
      ja = "IIJ-VDS051-0002 6.1.1：格納データはお客様の責任範囲（内訳は 18.1.2 による）",
    },
  },
}

-- Those parameters beside a control's own.
function M.with_params(own)
  for name, definition in pairs(M.PARAMS) do
    own[name] = definition
  end
  return own
end

-- What a contracted option adds to the matrix, on the services that offer it.
local OPTION_AREAS = {
  iad = { entra_connect = "sync_configuration", mfa_option = "authentication" },
  ctx = { mfa_option = "authentication" },
}

-- ---- the matrix of a service ----

local function customer_areas(params, service)
  return service == "iad" and params.customer_areas_iad or params.customer_areas_ctx
end

-- All rows of a service, in their order; one without its service or area tells half a story.
function M.rows(s, service)
  local found = {}
  for _, row in ipairs(given.items(s.responsibility.areas)) do
    local of = given.need(row.service)
    given.need(row.area)
    if of == service or of == "both" then
      table.insert(found, row)
    end
  end
  return found
end

-- Its rows by area: area -> list.
local function by_area(s, service)
  local found = {}
  for _, row in ipairs(M.rows(s, service)) do
    local area = row.area
    found[area] = found[area] or {}
    table.insert(found[area], row)
  end
  return found
end

-- ---- what is asserted ----

local function ensure_listed(s, rows, service, area, why)
  is_empty(s.responsibility.areas) -- the place: the list, not its last row
  ensure(rows[area] ~= nil, s.responsibility.areas, {
    en = "the matrix has no row for {area} on {service}{why}",
    ja = "{service} の責任分担表に「{area}」の行がありません{why}",
  }, { area = area_text(area), service = service, why = why })
end

local NOT_OPTIONAL = { en = "", ja = "" }

-- Every area that the service and its options need has a row.
function M.check_listed(s, params)
  for _, service in ipairs(statements.services(s)) do
    local rows = by_area(s, service)
    for _, list in ipairs({ params.provider_areas, customer_areas(params, service) }) do
      for _, area in ipairs(list) do
        ensure_listed(s, rows, service, area, NOT_OPTIONAL)
      end
    end
    for option, area in pairs(OPTION_AREAS[service]) do
      if lists.contains(s.contract.options, option) then
        ensure_listed(s, rows, service, area, {
          en = ", although " .. option .. " is contracted",
          ja = "（" .. option .. " を契約中）",
        })
      end
    end
  end
end

-- No area is given to two sides by two rows.
function M.check_parties(s)
  for _, service in ipairs(statements.services(s)) do
    local first = {}
    for _, row in ipairs(M.rows(s, service)) do
      local area = row.area
      first[area] = first[area] or row
      local one, other = first[area].party, row.party
      ensure(one == other, row, {
        en = "{area} on {service} is listed twice: as {one}'s and as {other}'s",
        ja = "{service} の「{area}」が重複しており、責任区分が食い違っています（{one}／{other}）",
      }, { area = area_text(area), service = service, one = PARTIES[one] or "", other = PARTIES[other] or "" })
    end
  end
end

local function has_split(row, params)
  return has(row, "split") and not placeholders.is_one(row.split, params)
end

-- Every shared area says how it is shared.
function M.check_splits(s, params)
  for _, service in ipairs(statements.services(s)) do
    for _, row in ipairs(M.rows(s, service)) do
      local area = row.area
      local described = row.party ~= "shared" or has_split(row, params)
      ensure(described, row, {
        en = "{area} on {service} is shared, and nothing says who does what",
        ja = "{service} の「{area}」は共有ですが、分担の内容（split）が記載されていません",
      }, { area = area_text(area), service = service })
    end
  end
end

local function check_areas_of(s, service, areas, party)
  for _, row in ipairs(M.rows(s, service)) do
    local area = row.area
    if lists.contains(areas, area) then
      local is = row.party
      ensure(is == party, row, {
        en = "{area} on {service} is listed as the responsibility of {is}, not of {party}",
        ja = "{service} の「{area}」の責任区分が「{party}」ではなく「{is}」になっています",
      }, { area = area_text(area), service = service, is = PARTIES[is] or "", party = PARTIES[party] })
    end
  end
end

-- The areas of the customer are listed as the customer's.
function M.check_customer(s, params)
  for _, service in ipairs(statements.services(s)) do
    check_areas_of(s, service, customer_areas(params, service), "customer")
  end
end

-- The areas of the provider are listed as the provider's.
function M.check_provider(s, params)
  for _, service in ipairs(statements.services(s)) do
    check_areas_of(s, service, params.provider_areas, "provider")
  end
end

-- All of it. The one that reads more than the matrix (the options) comes last: what is missing there
-- hides nothing that is wrong here.
function M.check_all(s, params)
  M.check_parties(s)
  M.check_splits(s, params)
  M.check_customer(s, params)
  M.check_provider(s, params)
  M.check_listed(s, params)
end

return M
