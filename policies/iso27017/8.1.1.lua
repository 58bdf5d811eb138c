-- 8.1.1 Inventory of assets
-- SPDX-License-Identifier: Apache-2.0
--
-- Both papers say that what the customer stores is kept apart from what the provider needs to run
-- the service. The inventory has to show that, and also name the data that only arises from the use
-- of the service. Portals and networks are not matched with it: they are listed in areas of their
-- own, with whoever is responsible.

local accounts = use("accounts")
local lists = use("lists")
local placeholders = use("placeholders")

-- ---- what is judged ----

local IN_USE = { en = "an asset in use", ja = "使用中の資産" }

local function is_in_use(asset)
  return asset.state == "in_use"
end

local function assets(s)
  return each(s.data.assets, IN_USE, is_in_use)
end

-- ---- R1: owners ----

local function check_owner(asset, params)
  local name, owner = asset.name, asset.owner
  ensure(owner ~= nil and not placeholders.is_one(owner, params), asset, {
    en = "nobody is named as responsible for {name}",
    ja = "{name} の管理責任者が定められていません",
  }, { name = name })
end

local LEFT = {
  en = "{owner}, responsible for {name}, has left",
  ja = "{name} の管理責任者 {owner} が退職しています",
}

-- Whether a last day of employment is over. now: { as_of, zone, left (who has left, once asked) }.
local function is_over(day, now)
  return accounts.days_since(day, now.as_of, now.zone) > 0
end

-- Why an account can answer for nothing, as a sentence; nil when it can.
local function trouble_of(account, now)
  if has(account, "deleted_at") then
    local _ = account.deleted_at
    return {
      en = "the account of {owner}, responsible for {name}, was deleted",
      ja = "{name} の管理責任者 {owner} のアカウントが削除されています",
    }
  end
  local hr = has(account, "hr") and account.hr
  if hr and hr.status == "left" and (not has(hr, "left_on") or is_over(hr.left_on, now)) then
    return LEFT
  end
  return nil
end

-- Personnel often tells one directory only, so that another account of the person says it.
local function check_leaver(s, account, values, now)
  now.left = now.left or accounts.leavers(s)
  local day = accounts.left_on(now.left, account, now.as_of, now.zone)
  local gone = day ~= nil and is_over(day, now)
  local _ = account.owner
  ensure(not gone, account, LEFT, values)
end

local function check_account(s, asset, account, now)
  local values = { name = asset.name, owner = asset.owner }
  local trouble = trouble_of(account, now)
  ensure(trouble == nil, account, trouble, values)
  ensure(account.enabled, account, {
    en = "the account of {owner}, responsible for {name}, is disabled",
    ja = "{name} の管理責任者 {owner} のアカウントが無効になっています",
  }, values)
  if trouble == nil then
    check_leaver(s, account, values, now)
  end
end

local function check_accounts(s, _, as_of)
  local owned = {}
  for _, asset in assets(s) do
    if has(asset, "owner_account") then
      table.insert(owned, asset)
    end
  end
  if #owned == 0 then
    not_applicable({
      en = "no asset names the account of the person responsible",
      ja = "管理責任者のアカウントを記載した資産がないため",
    })
  end
  local by_id, now = lists.by_id(s.identities.accounts), { as_of = as_of, zone = s.tenant.time_zone }
  for _, asset in ipairs(owned) do
    local account = by_id[asset.owner_account]
    if account ~= nil then
      check_account(s, asset, account, now)
    end
  end
end

-- ---- R2: separation ----

local function is_separated(asset, params)
  return has(asset, "separated_by") and not placeholders.is_one(asset.separated_by, params)
end

-- A unit of storage, however its name is spelt.
local function key_of(storage)
  return storage ~= nil and text.normalise(storage) or ""
end

-- The provider's assets by the unit of storage that they lie on.
local function providers_storage(s)
  local found = {}
  for _, asset in assets(s) do
    if asset.class == "provider" then
      found[key_of(asset.storage)] = asset
    end
  end
  return found
end

local function check_separation(s, params)
  local providers = providers_storage(s)
  local customers = { en = "an asset of the customer in use", ja = "使用中のお客様の資産" }
  for _, asset in each(s.data.assets, customers, function(asset)
    return is_in_use(asset) and asset.class == "customer"
  end) do
    local name, apart = asset.name, is_separated(asset, params)
    local storage = asset.storage
    local other = providers[key_of(storage)]
    ensure(other == nil or apart or lists.contains(params.allow_shared_storage_with, storage), asset, {
      en = "{name} lies on {storage} together with {other} of the provider, and nothing is named that separates them",
      ja = "{name} が事業者の {other} と同じ保管先 {storage} にあり、論理的な分離方法が示されていません",
    }, { name = name, storage = storage, other = other ~= nil and other.name or "" })
  end
end

-- ---- R3: derived data ----

local function has_derived(s, service)
  for _, asset in assets(s) do
    if asset.class == "derived" and (asset.service == service or asset.service == "both") then
      return true
    end
  end
  return false
end

-- ---- R4: hosts ----

local NOT_RETIRED = { en = "a host that is not retired", ja = "撤去済みでないホスト" }

local function check_host(host, by_id)
  local name = host.name
  local listed = has(host, "asset")
  ensure(listed, host, {
    en = "{host} is not in the inventory of assets",
    ja = "{host} が資産目録に記載されていません",
  }, { host = name })
  if listed then
    local asset = by_id[host.asset or ""]
    ensure(asset ~= nil and asset.state == "in_use", host, {
      en = "{host} is there, and the inventory says that it was removed",
      ja = "{host} が存在しますが、資産目録では撤去済みです",
    }, { host = name })
  end
end

return {
  title      = { en = "Inventory of assets", ja = "資産目録" },
  severity   = "medium",
  owner      = { iad = "shared", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 8.1.1", "ISO/IEC 27001:2022 A.5.9", "IIJ-IAD012-0002 4.1", "IIJ-VDS051-0002 4.1",
  },
  tags       = { "assets" },
  params     = {
    placeholders = placeholders.PARAM,
    allow_shared_storage_with = {
      type = "list", default = {},
      doc = {
        en = "Units of storage that customer and provider may share",
        ja = "お客様と事業者の資産の同居を認める保管先",
      },
      source = {
        en = "None by default: IIJ-IAD012-0002 4.1 and IIJ-VDS051-0002 4.1 promise that they are kept apart",
        ja = "既定ではなし。IIJ-IAD012-0002 4.1 と IIJ-VDS051-0002 4.1 では区別して管理するとされている",
      },
    },
    inventory_days = {
      type = "integer", default = 365, min = 1, max = 1096, unit = { en = "days", ja = "日" },
      doc = {
        en = "How long the inventory holds after it was last confirmed",
        ja = "資産目録を、最後に確認した日から有効とみなす日数",
      },
      source = {
        en = "Yearly, as is usual for stocktaking; the white papers name no interval",
        ja = "棚卸しの一般的な頻度として年1回。ホワイトペーパーに間隔の記載なし",
      },
    },
  },

  rules = {
    {
      id    = "assets-owned", ref = "R1",
      title = {
        en = "Every asset has a class and somebody responsible",
        ja = "資産が区分され、管理責任者が定まっている",
      },
      fix   = {
        en = "Name the person or department responsible.",
        ja = "管理責任者（担当者または部署）を定めて記載してください。",
      },
      check = function(s, params)
        for _, asset in assets(s) do
          ensure(asset.class ~= nil, asset)
          check_owner(asset, params)
        end
      end,
    },
    {
      id    = "owners-active", ref = "R1", owner = "customer",
      title = {
        en = "Those responsible for assets have accounts that are in use",
        ja = "資産の管理責任者のアカウントが有効である",
      },
      fix   = {
        en = "Hand the asset over to somebody who is still there, and name that account.",
        ja = "在籍中の担当者に資産を引き継ぎ、管理責任者とアカウントを更新してください。",
      },
      check = check_accounts,
    },
    {
      id    = "separation", ref = "R2", owner = "provider", claimable = true,
      title = {
        en = "Assets of the customer are kept apart from those of the provider",
        ja = "お客様の資産と事業者の資産が分離されている",
      },
      fix   = {
        en = "Have one of the two moved, or name what separates them on that storage.",
        ja = "一方を別の保管先へ移すか、同じ保管先での論理的な分離方法を記載してください。",
      },
      check = check_separation,
    },
    {
      id    = "derived-data", ref = "R3", severity = "low",
      title = {
        en = "Data that arises from the use of the service is in the inventory",
        ja = "サービスの利用に伴う派生データ（ログなど）が目録に記載されている",
      },
      fix   = {
        en = "Add logs and other data that arises from the use of the service, with the class derived.",
        ja = "ログなどサービスの利用に伴って生じるデータを、区分 derived として目録に追加してください。",
      },
      check = function(s)
        local contracted = s.contract.service
        for _, service in ipairs(contracted == "both" and { "iad", "ctx" } or { contracted }) do
          local found = has_derived(s, service)
          is_empty(s.data.assets)
          ensure(found, s.data.assets, {
            en = "no data derived from the use of {service} is in the inventory",
            ja = "{service} の利用に伴う派生データが目録に記載されていません",
          }, { service = service })
        end
      end,
    },
    {
      id    = "hosts-listed", ref = "R4",
      title = {
        en = "Every host is in the inventory, as something in use",
        ja = "すべてのホストが、使用中の資産として目録に記載されている",
      },
      fix   = {
        en = "Add the host to the inventory, or have it switched off and retired.",
        ja = "ホストを資産目録に追加してください。不要なホストは停止し、撤去済みとしてください。",
      },
      check = function(s)
        local by_id = lists.by_id(s.data.assets)
        for _, host in each(s.hosts, NOT_RETIRED, function(host) return host.state ~= "retired" end) do
          check_host(host, by_id)
        end
      end,
    },
    {
      id    = "inventory-current", severity = "low",
      title = {
        en = "The inventory was confirmed recently",
        ja = "資産目録を期限内に確認している",
      },
      fix   = {
        en = "Go through the inventory and confirm it.",
        ja = "資産目録の棚卸しを実施してください。",
      },
      check = function(s, params, as_of)
        local age = time.age_days(s.data.collected_at, as_of, s.tenant.time_zone)
        if age ~= nil then
          ensure(age <= params.inventory_days, s.data, {
            en = "the inventory was confirmed {age} days ago; the limit is {limit} days",
            ja = "資産目録の最終確認から {age} 日が経過しています（上限 {limit} 日）",
          }, { age = age, limit = params.inventory_days })
        end
      end,
    },
  },
}
