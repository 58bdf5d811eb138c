-- 15.1.3 Information and communication technology supply chain
-- SPDX-License-Identifier: Apache-2.0
--
-- IAD claims that no other cloud service supplies it; data centres and equipment are managed by
-- risk. CTX is built on Citrix Cloud and Azure, and claims that its suppliers have an equivalent
-- level of security. Equivalent is confirmed, not certified: certificates are asked of clouds and
-- data centres only. What the customer contracted itself (its Microsoft 365) supplies nobody.

local SERVES = { iad = { iad = true, both = true }, ctx = { ctx = true, both = true } }

-- ---- suppliers ----

-- Whether a supplier is one of a contracted service.
local function is_of(contracted, supplier)
  local service = supplier.service
  return contracted == "both" or SERVES[contracted][service] == true
end

local CERTIFIED = { cloud = true, data_centre = true }

local A_SUPPLIER = { en = "a supplier of the provider", ja = "事業者の供給者" }
local A_CERTIFIED = {
  en = "a cloud or data-centre supplier of the provider",
  ja = "事業者の供給者（クラウドまたはデータセンター）",
}

local function is_providers(supplier)
  return not supplier.customer_owned
end

local function is_certified(supplier)
  return not supplier.customer_owned and CERTIFIED[supplier.kind] == true
end

-- Judges the provider's suppliers that are wanted; the rule is unknown when a contracted service has
-- none, but not before those of the other were judged.
local function judge(s, what, is_wanted, check)
  local list, contracted = s.supply_chain.suppliers, s.contract.service
  for _, supplier in each(list, what, function(one) return is_wanted(one) and is_of(contracted, one) end) do
    check(supplier)
  end
  for _, service in ipairs(contracted == "both" and { "iad", "ctx" } or {}) do
    for _ in each(list, what, function(one) return is_wanted(one) and is_of(service, one) end) do end
  end
end

-- ---- R1: no cloud behind IAD ----

local function check_no_cloud(s)
  local list = s.supply_chain.suppliers
  for _, supplier in ipairs(maybe_empty(list)) do
    local name, owned = supplier.name, supplier.customer_owned
    local concerned = SERVES.iad[supplier.service] and not owned
    ensure(not (concerned and supplier.kind == "cloud"), supplier, {
      en = "IAD is said to be supplied by no other cloud service, and {name} is one",
      ja = "IAD は他のクラウドサービスの供給を受けないとされていますが、{name} が供給者に含まれています",
    }, { name = name })
  end
  is_empty(list)
  ensure(true, list)
end

local EQUIPMENT = { en = "equipment of the provider's for IAD", ja = "IAD に使用する事業者の設備" }

local function check_no_region(s)
  for _, item in each(s.equipment.items, EQUIPMENT, function(one)
    return SERVES.iad[one.service] == true and one.party ~= "customer"
  end) do
    local site = item.site
    ensure(item.kind ~= "cloud_region", item, {
      en = "IAD is said to be supplied by no other cloud service, and equipment is in the cloud region {site}",
      ja = "IAD は他のクラウドサービスの供給を受けないとされていますが、設備がクラウドのリージョン {site} にあります",
    }, { site = site })
  end
end

-- ---- R2: the clouds behind CTX ----

-- Whether a name holds one of the names of an item such as "Microsoft Azure|Azure", or is the one
-- after a "=": what is called Microsoft alone may be Azure, and Microsoft 365 is not.
local function is_named(name, item)
  for wanted in string.gmatch(item, "[^|]+") do
    local whole = string.match(wanted, "^=(.+)")
    if whole ~= nil and text.same(name, whole)
      or whole == nil and string.find(text.normalise(name), text.normalise(wanted), 1, true) then
      return true
    end
  end
  return false
end

local CITRIX = "Citrix|Cloud Software Group|シトリックス"
local MICROSOFT = "=Microsoft|Microsoft Corporation|Microsoft Ireland|Microsoft Japan|=マイクロソフト"
  .. "|日本マイクロソフト|マイクロソフト株式会社"

local function is_cloud_of_ctx(supplier)
  return supplier.kind == "cloud" and SERVES.ctx[supplier.service] == true
end

local function check_required(s, params)
  local list = s.supply_chain.suppliers
  for _, item in ipairs(params.required_suppliers_ctx) do
    local found = false
    for _, supplier in ipairs(maybe_empty(list)) do
      local name = supplier.name
      found = found or name ~= nil and is_cloud_of_ctx(supplier) and is_named(name, item)
    end
    is_empty(list)
    ensure(found, list, {
      en = "{name}, which CTX is built on, is not among the cloud suppliers",
      ja = "IIJ CTX の基盤である {name} が、クラウドの供給者として記載されていません",
    }, { name = string.match(item, "^=?([^|]*)") })
  end
end

-- ---- R2: whose contract the clouds are ----

-- Who holds the clouds of CTX, as they say themselves: nil where both sides do.
local function holder_of_azure(s)
  local holder
  for _, subscription in ipairs(s.azure.subscriptions) do
    local one = subscription.holder
    if one == "shared" or (holder ~= nil and one ~= holder) then
      return nil
    end
    holder = one
  end
  return holder
end

local function check_holder(s, names, holder)
  for _, supplier in ipairs(maybe_empty(s.supply_chain.suppliers)) do
    local name = supplier.name
    if name ~= nil and is_cloud_of_ctx(supplier) and is_named(name, names) and holder ~= nil
      and holder ~= "shared" then
      local owned = supplier.customer_owned
      ensure(owned == (holder == "customer"), supplier, owned and {
        en = "{name} is listed as the customer's own, and the provider holds it",
        ja = "{name} はお客様の契約として記載されていますが、保有者は事業者です",
      } or {
        en = "{name} is listed as the provider's supplier, and the customer holds it",
        ja = "{name} は事業者の供給者として記載されていますが、保有者はお客様です",
      }, { name = name })
    end
  end
end

-- The company stands for Azure where nothing in the list is called Azure.
local function names_of_azure(s)
  for _, supplier in ipairs(maybe_empty(s.supply_chain.suppliers)) do
    local name = supplier.name
    if name ~= nil and is_cloud_of_ctx(supplier) and is_named(name, "Azure") then
      return "Azure"
    end
  end
  return MICROSOFT
end

local function check_holders(s)
  local list = s.supply_chain.suppliers
  check_holder(s, CITRIX, s.citrix.tenant_holder)
  check_holder(s, names_of_azure(s), holder_of_azure(s))
  is_empty(list)
  ensure(true, list)
end

-- ---- R3: assurance ----

-- Editions whose certificates ended, and when: ISO/IEC 27001:2013 and its translation JIS Q 27001:2014.
local ENDED = { { "27001%D*2013", "2025-10-31" }, { "27001%D*2014", "2025-10-31" } }

local function is_recognised(assurance, params)
  for _, standard in ipairs(params.accepted_assurances) do
    if is_named(assurance.standard, standard) then
      return true
    end
  end
  return false
end

local function has_ended(assurance, today)
  for _, edition in ipairs(ENDED) do
    local named = string.find(text.normalise(assurance.standard), edition[1])
    if named and today > time.day(edition[2]) then
      return true
    end
  end
  return false
end

local function is_valid(assurance, params, today)
  return is_recognised(assurance, params) and not has_ended(assurance, today)
    and time.day(assurance.expires) >= today
end

local function check_assured(supplier, params, today)
  local name, valid = supplier.name, false
  is_empty(supplier.assurances)
  for _, assurance in ipairs(maybe_empty(supplier.assurances)) do
    valid = is_valid(assurance, params, today) or valid
  end
  ensure(valid, supplier, {
    en = "{name} has no certificate or report that is accepted and valid",
    ja = "{name} に、有効な認証・第三者報告書がありません",
  }, { name = name })
end

local function covered_countries(supplier, params, today)
  local covered = {}
  for _, assurance in ipairs(maybe_empty(supplier.assurances)) do
    if is_valid(assurance, params, today) then
      for _, country in ipairs(assurance.covers) do
        covered[country] = true
      end
    end
  end
  return covered
end

local function check_covered(supplier, params, today)
  local name, covered = supplier.name, covered_countries(supplier, params, today)
  for _, country in ipairs(supplier.countries) do
    ensure(covered[country] == true, supplier, {
      en = "{name} supplies from {country}, which no valid certificate or report covers",
      ja = "{name} の供給元に {country} が含まれますが、有効な認証・報告書の対象範囲に含まれていません",
    }, { name = name, country = country })
  end
end

-- ---- R4: assessment ----

local function check_assessment(supplier, s, params, as_of)
  local name = supplier.name
  local age = time.age_days(supplier.assessed_at, as_of, s.tenant.time_zone)
  if age ~= nil then
    ensure(age <= params.supplier_days, supplier, {
      en = "{name} was last assessed {age} days ago; the limit is {limit} days",
      ja = "{name} の最終評価から {age} 日が経過しています（上限 {limit} 日）",
    }, { name = name, age = age, limit = params.supplier_days })
  end
end

local function check_list_age(s, params, as_of)
  local chain = s.supply_chain
  local age = time.age_days(chain.confirmed_at, as_of, s.tenant.time_zone)
  if age ~= nil then
    ensure(age <= params.supplier_days, chain, {
      en = "the list of suppliers was confirmed {age} days ago; the limit is {limit} days",
      ja = "供給者一覧の最終確認から {age} 日が経過しています（上限 {limit} 日）",
    }, { age = age, limit = params.supplier_days })
  end
end

return {
  title      = {
    en = "Information and communication technology supply chain",
    ja = "ICTサプライチェーン",
  },
  severity   = "high",
  owner      = { iad = "provider", ctx = "provider" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 15.1.3", "ISO/IEC 27001:2022 A.5.21", "IIJ-IAD012-0002 11.2", "IIJ-VDS051-0002 11.2",
  },
  tags       = { "suppliers" },
  params     = {
    required_suppliers_ctx = {
      type = "list",
      default = {
        "Citrix Cloud|" .. CITRIX, "Microsoft Azure|Azure|" .. MICROSOFT,
      },
      doc = {
        en = "Clouds that CTX is built on; names of one supplier, its holding company included, are parted by |, and "
          .. "one after = must be the whole name",
        ja = "IIJ CTX の基盤となるクラウド（同じ供給者の別名・親会社名は | で区切り、完全一致とする名称には = を前置する）",
      },
      source = {
        en = "White paper IIJ-VDS051-0002, overview: Citrix Cloud for Azure Virtual Desktop",
        ja = "IIJ-VDS051-0002 概要：Citrix Cloud for Azure Virtual Desktop",
      },
    },
    accepted_assurances = {
      type = "list", default = { "27001", "27017", "SOC 2|SOC2", "ISMAP" },
      doc = {
        en = "Certificates and reports that count, by a part of their names",
        ja = "有効と認める認証・第三者報告書（名称の一部）",
      },
      source = {
        en = "Common for clouds and data centres in Japan; the white papers name none",
        ja = "国内のクラウドやデータセンターで一般的な認証。ホワイトペーパーに名称の記載なし",
      },
    },
    supplier_days = {
      type = "integer", default = 365, min = 1, max = 1096, unit = { en = "days", ja = "日" },
      doc = {
        en = "How long the assessment of a supplier holds",
        ja = "供給者の評価を有効とみなす日数",
      },
      source = {
        en = "Yearly, like surveillance audits; the white papers name no interval",
        ja = "サーベイランス審査と同じく年1回。ホワイトペーパーに間隔の記載なし",
      },
    },
  },

  rules = {
    {
      id    = "no-cloud-supplier", ref = "R1", claimable = true, when = { service = "iad" },
      title = {
        en = "No other cloud service supplies IAD",
        ja = "IAD が他のクラウドサービスの供給を受けていない",
      },
      fix   = {
        en = "Ask the provider what the cloud service does for IAD: the statement of the white paper no longer holds. "
          .. "One that the customer contracted itself is marked customer_owned.",
        ja = "当該クラウドサービスの用途を事業者に確認し、ホワイトペーパーの記載との相違について説明を求めてください。"
          .. "お客様自身の契約であれば customer_owned を true にしてください。",
      },
      check = check_no_cloud,
    },
    {
      id    = "no-cloud-region", ref = "R1", claimable = true, when = { service = "iad" },
      title = {
        en = "No equipment of IAD is in a region of a public cloud",
        ja = "IAD の設備がパブリッククラウドのリージョンに置かれていない",
      },
      fix   = {
        en = "Ask the provider what runs or is backed up in that region; correct the entry if it is not IAD's.",
        ja = "当該リージョンで稼働または保管しているものを事業者に確認してください。IAD の設備でない場合は記載を"
          .. "訂正してください。",
      },
      check = check_no_region,
    },
    {
      id    = "clouds-listed", ref = "R2", claimable = true, when = { service = "ctx" },
      title = {
        en = "The clouds that CTX is built on are listed as suppliers",
        ja = "IIJ CTX の基盤となるクラウドが供給者として明らかになっている",
      },
      fix   = {
        en = "Ask the provider for its list of suppliers and add what is missing.",
        ja = "供給者の一覧を事業者に確認し、不足している供給者を追加してください。",
      },
      check = check_required,
    },
    {
      id    = "holders-agree", ref = "R2", severity = "medium", owner = "shared", when = { service = "ctx" },
      title = {
        en = "Who holds Citrix Cloud and the Azure subscriptions agrees with the list of suppliers",
        ja = "Citrix Cloud・Azure サブスクリプションの保有者が供給者一覧の記載と一致している",
      },
      fix   = {
        en = "Find out whose contract it is, and correct the holder or customer_owned: who holds it answers for its "
          .. "settings.",
        ja = "契約者を確認し、保有者または customer_owned の記載を訂正してください。設定の責任は保有者にあります。",
      },
      check = check_holders,
    },
    {
      id    = "equivalent-level", ref = "R3", claimable = true,
      title = {
        en = "Every supplier was confirmed to have an equivalent level of security",
        ja = "供給者が同等のセキュリティ水準であることを確認している",
      },
      fix   = {
        en = "Ask the provider how it assessed the supplier, and what it demands until the gap is closed.",
        ja = "供給者の評価結果と、差異が解消されるまでの対応を事業者に確認してください。",
      },
      check = function(s)
        judge(s, A_SUPPLIER, is_providers, function(supplier)
          local name = supplier.name
          ensure(supplier.equivalent, supplier, {
            en = "{name} is not confirmed to have an equivalent level of security",
            ja = "{name} が同等のセキュリティ水準であることを確認できていません",
          }, { name = name })
        end)
      end,
    },
    {
      id    = "assured", ref = "R3", claimable = true,
      title = {
        en = "Cloud and data-centre suppliers have a valid certificate or report",
        ja = "クラウド・データセンターの供給者が有効な認証・第三者報告書を有している",
      },
      fix   = {
        en = "Ask the provider for the supplier's current certificate or report; one that is being renewed counts "
          .. "when it has been issued.",
        ja = "供給者の最新の認証・報告書を事業者に確認してください。更新中の認証は、発行後に有効とみなします。",
      },
      check = function(s, params, as_of)
        local today = time.day(as_of, s.tenant.time_zone)
        judge(s, A_CERTIFIED, is_certified, function(supplier)
          check_assured(supplier, params, today)
        end)
      end,
    },
    {
      id    = "assurance-countries", ref = "R3", severity = "medium", claimable = true,
      title = {
        en = "Valid certificates and reports cover every country that is supplied from",
        ja = "有効な認証・第三者報告書の対象範囲に供給元の国がすべて含まれている",
      },
      fix   = {
        en = "Ask the provider whether the region is in the scope of the current certificate or report.",
        ja = "当該国の拠点・リージョンが現在有効な認証・報告書の対象範囲に含まれるか、事業者に確認してください。",
      },
      check = function(s, params, as_of)
        local today = time.day(as_of, s.tenant.time_zone)
        judge(s, A_CERTIFIED, is_certified, function(supplier)
          check_covered(supplier, params, today)
        end)
      end,
    },
    {
      id    = "assessed", ref = "R4", severity = "medium", claimable = true,
      title = {
        en = "Suppliers and their list were assessed recently",
        ja = "供給者とその一覧を期限内に評価している",
      },
      fix   = {
        en = "Ask the provider for the next assessment of the supplier, and record its date.",
        ja = "供給者の評価の実施を事業者に依頼し、評価日を記録してください。",
      },
      check = function(s, params, as_of)
        check_list_age(s, params, as_of)
        judge(s, A_SUPPLIER, is_providers, function(supplier)
          check_assessment(supplier, s, params, as_of)
        end)
      end,
    },
  },
}
