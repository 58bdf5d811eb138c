-- 6.1.3 Contact with authorities
-- SPDX-License-Identifier: Apache-2.0
--
-- The provider tells where it is established and in which countries data may be: Japan on IAD,
-- Japan and the United States on CTX. From that the customer knows which authorities it has to do
-- with, and names its own.

local datasets = use("datasets")
local lists = use("lists")
local places = use("places")
local sides = use("sides")
local statements = use("statements")
local words = use("words")

local DATASET_LISTS = { iad = "datasets_iad", ctx = "datasets_ctx" }

-- ---- countries ----

local function ensure_country(s, item, params, service, message)
  local country = item.country
  local allowed, list = places.is_allowed(params, s.contract.service, service, country)
  ensure(allowed, item, message, { country = country or "", allowed = list })
end

local function check_locations(s, params)
  for _, location in ipairs(s.data.locations) do
    local dataset, role = location.dataset, location.role
    local service, country = location.service, location.country
    local allowed, list = places.is_allowed(params, s.contract.service, service, country)
    ensure(allowed, location, {
      en = "{dataset} ({role}) is in {country}; allowed: {allowed}",
      ja = "{dataset}（{role}）の保管国が {country} です（許可した国：{allowed}）",
    }, {
      dataset = words.word(datasets.JA, dataset), role = words.word(words.STORED_AS, role), country = country,
      allowed = list,
    })
  end
end

local COPY = {
  en = "the customer's copy is kept in {country}; allowed: {allowed}",
  ja = "お客様が取得した複製の保管国が {country} です（許可した国：{allowed}）",
}

local function check_copies(s, params)
  local jobs, logging = maybe_empty(s.backup.jobs), s.logging
  local exported = not is_null(logging, "export")
  if is_empty(jobs) and not exported then
    not_applicable({ en = "the customer keeps no copies", ja = "お客様が取得した複製がないため" })
  end
  for _, job in ipairs(jobs) do
    ensure_country(s, job, params, job.service, COPY)
  end
  if exported then
    ensure_country(s, logging.export, params, "both", COPY)
  end
end

-- ---- what Azure says itself ----

-- A region of which nobody knows the country leaves the rule unknown.
local function require_known(list, region)
  for _ in each(list, {
    en = "in a region that region_countries knows (" .. region .. " is not)",
    ja = "、region_countries に登録されたリージョン（" .. region .. " は未登録）",
  }, function() return false end) do end
end

local function ensure_cloud_region(s, list, item, region, regions)
  local country = places.country_of(region, regions)
  if country == nil then
    require_known(list, region)
    return
  end
  local allowed, text_of_list = places.is_allowed(regions.params, s.contract.service, "ctx", country or nil)
  ensure(allowed, item, {
    en = "{region} is not in a country that is allowed ({allowed})",
    ja = "{region} の所在国は、許可した国（{allowed}）に含まれません",
  }, { region = region, allowed = text_of_list })
end

local IN_REGION = { lrs = true, zrs = true } -- kinds of replication that stay there

local function check_cloud(s, params)
  local accounts, pools = maybe_empty(s.azure.storage_accounts), s.azure.host_pools
  local regions = places.regions(params)
  for _, account in ipairs(accounts) do
    local copied = not is_null(account, "paired_region")
    local replication = account.replication
    ensure(copied or IN_REGION[replication] == true, account, {
      en = "the account is replicated to another region ({replication}), and nobody says to which",
      ja = "別のリージョンに複製されています（{replication}）が、複製先リージョンが記載されていません",
    }, { replication = replication })
    if account.region ~= nil then
      ensure_cloud_region(s, accounts, account, account.region, regions)
    end
    if copied and account.paired_region ~= nil then
      ensure_cloud_region(s, accounts, account, account.paired_region, regions)
    end
  end
  for _, pool in ipairs(pools) do
    if pool.region ~= nil then
      ensure_cloud_region(s, pools, pool, pool.region, regions)
    end
  end
end

-- ---- datasets ----

local HOME = { primary = true, log = true } -- what is elsewhere is a copy, or only seen from there

local function wanted_datasets(s, service, params)
  local wanted = {}
  for _, dataset in ipairs(params[DATASET_LISTS[service]]) do
    table.insert(wanted, dataset)
  end
  if service == "iad" and lists.contains(s.contract.options, "entra_connect") then
    table.insert(wanted, "sync_configuration")
  end
  return wanted
end

local function check_datasets(s, service, params)
  local contracted = s.contract.service
  for _, dataset in ipairs(wanted_datasets(s, service, params)) do
    local found = false
    for _, location in ipairs(s.data.locations) do
      found = found or location.dataset == dataset and HOME[location.role] == true
        and places.serves(contracted, location.service, service)
    end
    is_empty(s.data.locations)
    ensure(found, s.data.locations, {
      en = "nobody says where {dataset} of {service} is kept",
      ja = "{service} の {dataset} の保管場所が記載されていません",
    }, { dataset = words.word(datasets.JA, dataset), service = service })
  end
end

-- ---- two sites ----

local function check_sites(s)
  local seen = {}
  local kept = { en = "data of IAD that is kept at a site", ja = "拠点に保管される IAD のデータ" }
  for _, location in each(s.data.locations, kept, function(location)
    return places.is_stored(location) and places.serves(s.contract.service, location.service, "iad")
  end) do
    local dataset, site = location.dataset, location.site
    seen[site or ""] = seen[site or ""] or dataset == "directory_objects"
    ensure(site ~= "other", location, {
      en = "{dataset} is kept at a site that is none of the two",
      ja = "{dataset} が東日本・西日本のどちらでもない拠点に保管されています",
    }, { dataset = words.word(datasets.JA, dataset) })
  end
  is_empty(s.data.locations)
  ensure(seen.east_japan and seen.west_japan or false, s.data.locations, {
    en = "the two sites are contracted, and the directory is not kept at both of them",
    ja = "2拠点オプションの契約がありますが、ディレクトリの保管場所が両拠点にそろっていません",
  })
end

-- ---- contacts ----

local function is_usable(contact)
  local telephone, no_mail = has(contact, "telephone"), is_null(contact, "email")
  return contact.active and (telephone or (not no_mail and contact.email ~= nil))
end

-- One of the wanted contacts is in charge and can be reached.
local function check_contact(contacts, is_wanted, nobody)
  local last, usable = nil, false
  for _, contact in ipairs(contacts) do
    if is_wanted(contact) then
      last = contact
      usable = is_usable(contact) or usable
    end
  end
  if last == nil then
    is_empty(contacts)
    ensure(false, contacts, nobody)
    return
  end
  local name = last.name
  local _ = last.active and is_null(last, "email")
  ensure(usable, last, {
    en = "{name} is not in charge now, or has neither telephone nor mail address",
    ja = "{name} が現在有効でないか、電話番号・メールアドレスのいずれも登録されていません",
  }, { name = name })
end

return {
  title      = { en = "Contact with authorities", ja = "関係当局との連絡" },
  severity   = "high",
  owner      = { iad = "provider", ctx = "provider" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 6.1.3", "ISO/IEC 27001:2022 A.5.5", "IIJ-IAD012-0002 2.2", "IIJ-VDS051-0002 2.2",
  },
  tags       = { "law", "countries" },
  params     = statements.params{
    allowed_countries_iad = places.params.allowed_countries_iad,
    allowed_countries_ctx = places.params.allowed_countries_ctx,
    region_countries = places.params.region_countries,
    boundless_regions = places.params.boundless_regions,
    places_days = places.params.places_days,
    datasets_iad = {
      type = "list", default = { "configuration_data", "directory_objects", "group_policy", "dns_zones", "event_logs" },
      doc = {
        en = "Datasets of IAD whose place has to be known; sync_configuration is added with Entra Connect",
        ja = "保管場所を明らかにすべき IAD のデータ（Entra Connect の契約時は sync_configuration を追加）",
      },
      source = {
        en = "IIJ-IAD012-0002 2.1 (what the customer configures) and 13.3 (logs)",
        ja = "IIJ-IAD012-0002 2.1（お客様が設定する範囲）と 13.3（ログ）",
      },
    },
    datasets_ctx = {
      type = "list",
      default = {
        "settings", "profile_data", "master_image", "account_information", "mail_information", "activity_log",
      },
      doc = {
        en = "Datasets of CTX whose place has to be known",
        ja = "保管場所を明らかにすべき CTX のデータ",
      },
      source = {
        en = "IIJ-VDS051-0002 13.2 (what stays the customer's) and 13.3 (activity log)",
        ja = "IIJ-VDS051-0002 13.2（お客様に帰属するもの）と 13.3（アクティビティログ）",
      },
    },
  },

  rules = {
    {
      id    = "data-countries", ref = "R1",
      title = {
        en = "Data is kept in allowed countries only",
        ja = "データの保管国が許可した国に限られている",
      },
      fix   = {
        en = "Have the data moved to an allowed country, or examine that country and allow it "
          .. "(allowed_countries_iad, allowed_countries_ctx).",
        ja = "許可した国へのデータの移設を事業者に依頼するか、当該国の制度を確認のうえ許可国"
          .. "（allowed_countries_iad・allowed_countries_ctx）に追加してください。",
      },
      check = check_locations,
    },
    {
      id    = "regions-agree", ref = "R1",
      title = {
        en = "Region and country of a place do not contradict each other",
        ja = "保管場所のリージョンと国の記載が矛盾していない",
      },
      fix   = {
        en = "Ask the provider in which country the region lies and correct the entry; a service without a fixed "
          .. "region has to be pinned to one.",
        ja = "リージョンの所在国を事業者に確認し、記載を訂正してください。リージョンが固定されていないサービスは、"
          .. "特定のリージョンに固定してください。",
      },
      check = function(s, params)
        local regions = places.regions(params)
        for _, location in ipairs(s.data.locations) do
          places.ensure_region(location, "region", regions)
        end
      end,
    },
    {
      id    = "cloud-regions", ref = "R1", owner = "shared", when = { service = "ctx" },
      title = {
        en = "Storage, its copies and session hosts are in regions of allowed countries",
        ja = "ストレージ・複製先・セッションホストのリージョンが許可した国にある",
      },
      fix   = {
        en = "Move the resource to an allowed region; where its copies go elsewhere, choose another replication.",
        ja = "リソースを許可した国のリージョンへ移設してください。複製先が国外の場合は、冗長化の方式を変更してください。",
      },
      check = check_cloud,
    },
    {
      id    = "customer-copies", ref = "R1", owner = "customer",
      title = {
        en = "The customer's own backups and log exports are kept in allowed countries",
        ja = "お客様が取得したバックアップ・ログの保管国が許可した国に限られている",
      },
      fix   = {
        en = "Move the backup or the export to an allowed country.",
        ja = "バックアップまたはログの保管先を、許可した国に変更してください。",
      },
      check = check_copies,
    },
    {
      id    = "datasets-located", ref = "R2", severity = "medium",
      title = {
        en = "For every dataset of the service it is known where it is kept",
        ja = "サービスが扱うすべてのデータについて保管場所が明らかである",
      },
      fix   = {
        en = "Ask the enquiry desk where the dataset is kept and add it to data.locations.",
        ja = "該当データの保管場所をお問い合わせ窓口に確認し、data.locations に記載してください。",
      },
      check = function(s, params)
        for _, service in ipairs(places.contracted(s)) do
          check_datasets(s, service, params)
        end
      end,
    },
    {
      id    = "places-agree", ref = "R1", severity = "medium",
      title = {
        en = "Data is kept only where equipment of the service stands",
        ja = "データの保管国と設備の設置国が矛盾していない",
      },
      fix   = {
        en = "Ask the provider which of the two lists is right: where data is kept, or where equipment stands.",
        ja = "データの保管場所と設備の設置国のどちらの記載が正しいか、事業者に確認してください。",
      },
      check = function(s, params)
        places.ensure_agreement(s, params, function(location)
          local _ = location.country
          return location
        end)
      end,
    },
    {
      id    = "places-current", ref = "R1", severity = "low",
      title = {
        en = "The list of places was confirmed recently",
        ja = "保管場所の一覧を期限内に確認している",
      },
      fix   = {
        en = "Confirm the places of data with the current white paper and service documents.",
        ja = "最新のホワイトペーパーとサービスドキュメントで、データの保管場所を確認してください。",
      },
      check = function(s, params, as_of)
        places.ensure_recent(s.data, "collected_at", as_of, s.tenant.time_zone, params.places_days)
      end,
    },
    {
      id    = "provider-stated", ref = "R3", severity = "medium",
      title = {
        en = "The provider states its address and the countries where data is kept",
        ja = "事業者が所在地とデータの保管国を明示している",
      },
      fix   = {
        en = "Record the clause of the current white paper as a statement for 6.1.3, with the document as evidence.",
        ja = "最新のホワイトペーパーの該当項目を、文書を証跡として 6.1.3 の表明に記録してください。",
      },
      check = function(s, params, as_of)
        statements.ensure(s, params, as_of, "6.1.3", "provider")
      end,
    },
    {
      id    = "enquiry-desk", ref = "R3", severity = "low", owner = "shared",
      title = {
        en = "The provider's enquiry desk is known and can be reached",
        ja = "事業者のお問い合わせ窓口の連絡先が明らかである",
      },
      fix   = {
        en = "Take the desk's telephone number or mail address over from the service documents.",
        ja = "サービスドキュメントに記載されたお問い合わせ窓口の電話番号またはメールアドレスを登録してください。",
      },
      check = function(s)
        check_contact(s.contacts, function(contact)
          return contact.kind == "enquiry_desk" and sides.is_of(contact.party, "provider")
        end, {
          en = "the provider's enquiry desk is not among the contacts",
          ja = "事業者のお問い合わせ窓口が連絡先に登録されていません",
        })
      end,
    },
    {
      id    = "two-sites", ref = "R4", when = { service = "iad", option = "two_site" },
      title = {
        en = "With the two-site option data is kept in East and West Japan, and nowhere else",
        ja = "2拠点オプションのデータの保管場所が東日本・西日本の2拠点である",
      },
      fix   = {
        en = "Ask the provider at which sites the data is kept, and have the second one set up.",
        ja = "データを保管している拠点を事業者に確認し、2拠点での保管となるよう依頼してください。",
      },
      check = check_sites,
    },
    {
      id    = "own-authorities", severity = "low", owner = "customer",
      title = {
        en = "The customer has named the authorities it has to contact",
        ja = "お客様が連絡すべき関係当局の連絡先を把握している",
      },
      fix   = {
        en = "Add the authorities that have to be told of an incident (in Japan the Personal Information Protection "
          .. "Commission, the police, the regulator of the trade) to the contacts.",
        ja = "インシデント発生時に連絡すべき機関（個人情報保護委員会、警察、所管省庁など）を連絡先に登録してください。",
      },
      check = function(s)
        check_contact(s.contacts, function(contact)
          return contact.kind == "authority" and sides.is_of(contact.party, "customer")
        end, {
          en = "no authority is among the contacts",
          ja = "関係当局が連絡先に登録されていません",
        })
      end,
    },
  },
}
