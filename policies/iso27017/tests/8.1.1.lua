-- Tests of 8.1.1. On IAD the customer's configuration lies on st-ntds, the provider's servers on
-- others; on CTX no asset names the account of whoever is responsible.

local ctx = "ctx/compliant.json"

local assets = "data.assets"
local config = assets .. "[as-config]"
local dc01 = assets .. "[as-dc01]"
local logs = assets .. "[as-logs]"
local owner = "identities.accounts[ad-k.sato]"

local unowned = { ["assets-owned"] = "fail" }
local inactive = { ["owners-active"] = "fail" }
local shared = { ["separation"] = "fail" }
local orphan = { ["hosts-listed"] = "fail" }

local function asset(class, storage, state)
  return {
    id = "as-new", service = "iad", name = "新しい資産", class = class, owner = "総務部", state = state or "in_use",
    location = "東日本", service_code = null, storage = storage,
  }
end

-- Rules that walk the assets in use.
local no_assets = {
  ["assets-owned"] = "unknown", ["owners-active"] = "unknown", ["separation"] = "unknown",
  ["derived-data"] = "unknown",
}

local function and_hosts(expect)
  local copy = { ["hosts-listed"] = "unknown" }
  for rule, status in pairs(expect) do
    copy[rule] = status
  end
  return copy
end

return {
  base = "iad/compliant.json",

  -- ---- R1: class and owner ----
  { "an owner that is not decided yet", set = { [config .. ".owner"] = "未定" }, expect = unowned,
    blame = "data.assets[as-config].owner" },
  { "an owner in the spelling of a spreadsheet", set = { [config .. ".owner"] = " Ｎ／Ａ " }, expect = unowned },
  { "an owner of blanks", set = { [config .. ".owner"] = "　" }, expect = unowned },
  { "a department is an owner", set = { [config .. ".owner"] = "情報システム部" }, expect = {} },
  { "what counts as nobody is a parameter", params = { placeholders = { "佐藤 健一" } }, expect = unowned },
  { "an asset without an owner", remove = { config .. ".owner" },
    expect = { ["assets-owned"] = "unknown", ["owners-active"] = "unknown" }, blame = "data.assets[as-config].owner" },
  { "an owner that is null", set = { [dc01 .. ".owner"] = null }, expect = { ["assets-owned"] = "unknown" },
    blame = "data.assets[as-dc01].owner" },
  { "an asset without a class", remove = { logs .. ".class" },
    expect = { ["assets-owned"] = "unknown", ["separation"] = "unknown", ["derived-data"] = "unknown" },
    blame = "data.assets[as-logs].class" },
  { "a class in Japanese", set = { [logs .. ".class"] = "派生データ" },
    expect = { ["assets-owned"] = "unknown", ["separation"] = "unknown", ["derived-data"] = "unknown" },
    blame = "data.assets[as-logs].class" },
  { "a removed asset needs no owner", set = { [dc01 .. ".owner"] = "-", [dc01 .. ".state"] = "removed" },
    expect = orphan },
  { "two assets with one id: the second is not usable", set = { [logs .. ".id"] = "as-dc01" },
    expect = { ["hosts-listed"] = "unknown" }, blame = "data.assets[イベントログ・監査ログ].id" },
  { "an inventory that is empty", set = { [assets] = empty_list }, expect = and_hosts(no_assets),
    blame = "/data/assets" },
  { "all assets were removed", set = { [config .. ".state"] = "removed", [dc01 .. ".state"] = "removed",
    [logs .. ".state"] = "removed", [assets .. "[as-dc02].state"] = "removed",
    [assets .. "[as-sync01].state"] = "removed", [assets .. "[as-jump01].state"] = "removed" },
    expect = { ["assets-owned"] = "unknown", ["owners-active"] = "unknown", ["separation"] = "unknown",
      ["derived-data"] = "unknown", ["hosts-listed"] = "fail" } },
  { "the inventory was not collected", remove = { "data" },
    expect = { ["assets-owned"] = "unknown", ["owners-active"] = "unknown", ["separation"] = "unknown",
      ["derived-data"] = "unknown", ["hosts-listed"] = "unknown", ["inventory-current"] = "unknown" },
    blame = "/data" },

  { "a dash of any width names nobody", set = { ["data.assets[as-dc02].owner"] = "−" },
    expect = { ["assets-owned"] = "fail" }, blame = "data.assets[as-dc02].owner" },
  { "nobody, in two letters", set = { ["data.assets[as-dc02].owner"] = "無し" },
    expect = { ["assets-owned"] = "fail" } },

  -- ---- R1: owners who are gone ----
  { "the owner's account is disabled", set = { [owner .. ".enabled"] = false }, expect = inactive },
  { "the owner's account was deleted", set = { [owner .. ".deleted_at"] = "2026-11-01T09:00:00+09:00" },
    expect = inactive },
  { "the owner has left, as another account of theirs says",
    set = { ["identities.accounts[en-k.sato].hr"] = { status = "left", left_on = "2026-10-31" } }, expect = inactive,
    blame = owner .. ".owner" },
  { "the owner will leave, and is still there",
    set = { [owner .. ".hr"] = { status = "left", left_on = "2026-11-20" },
      ["identities.accounts[en-k.sato].hr"] = { status = "left", left_on = "2026-11-20" } }, expect = {} },
  { "the owner left yesterday", set = { [owner .. ".hr"] = { status = "left", left_on = "2026-11-19" } },
    expect = inactive, blame = owner .. ".hr.left_on" },
  { "the owner left once and came back to a new account",
    set = { ["identities.accounts[en-k.sato].hr"] = { status = "left", left_on = "2010-10-31" } }, expect = {} },
  { "an account that is to be made in the future shows no return",
    set = { ["identities.accounts[en-k.sato].hr"] = { status = "left", left_on = "2026-10-31" },
      [owner .. ".created_at"] = "2027-04-01T00:00:00+09:00" },
    expect = { ["owners-active"] = "unknown" }, blame = owner .. ".created_at" },
  { "somebody else has left", set = { ["identities.accounts[ad-a.tanaka].hr"] = { status = "left",
      left_on = "2026-10-31" } }, expect = {} },
  { "the owner has left, and the account is still enabled", set = { [owner .. ".hr.status"] = "left" },
    expect = inactive },
  { "the owner is on leave", set = { [owner .. ".hr.status"] = "on_leave" }, expect = {} },
  { "nobody knows whether the account is enabled", remove = { owner .. ".enabled" },
    expect = { ["owners-active"] = "unknown" } },
  { "an account that is not in the list", set = { [config .. ".owner_account"] = "ad-gone" },
    expect = { ["owners-active"] = "unknown" }, blame = "data.assets[as-config].owner_account" },
  { "no asset names an account", remove = { config .. ".owner_account" },
    expect = { ["owners-active"] = "not_applicable" } },
  { "the accounts were not collected", remove = { "identities" }, expect = { ["owners-active"] = "unknown" },
    blame = "data.assets[as-config].owner_account" },

  -- ---- R2: separation ----
  { "customer and provider on one unit of storage", set = { [config .. ".storage"] = "st-sys" }, expect = shared,
    blame = "data.assets[as-config].storage" },
  { "the same, and what separates them is named", set = { [config .. ".storage"] = "st-sys",
    [config .. ".separated_by"] = "テナント別の暗号化ボリューム" }, expect = {} },
  { "the same, and what is named is nothing", set = { [config .. ".storage"] = "st-sys",
    [config .. ".separated_by"] = "なし" }, expect = shared },
  { "the same, and the tenant allows it", params = { allow_shared_storage_with = { "st-sys" } },
    set = { [config .. ".storage"] = "st-sys" }, expect = {} },
  { "derived data beside the provider's is neither's secret", set = { [logs .. ".storage"] = "st-sys" }, expect = {} },
  { "another asset of the provider on the customer's storage", append = { [assets] = asset("provider", "st-ntds") },
    expect = shared },
  { "what was removed shares nothing", append = { [assets] = asset("provider", "st-ntds", "removed") }, expect = {} },
  { "an asset of the customer without its storage", remove = { config .. ".storage" },
    expect = { ["separation"] = "unknown" }, blame = "data.assets[as-config].storage" },
  { "an asset of the provider without its storage", remove = { dc01 .. ".storage" },
    expect = { ["separation"] = "unknown" }, blame = "data.assets[as-dc01].storage" },
  { "the inventory has no asset of the customer", remove = { config },
    expect = { ["separation"] = "unknown", ["owners-active"] = "not_applicable" } },

  { "the same storage in another case", set = { ["data.assets[as-dc01].storage"] = "ST-NTDS" },
    expect = { ["separation"] = "fail" }, blame = "data.assets[as-config].storage" },

  -- ---- R3: derived data ----
  { "no derived data in the inventory", remove = { logs }, expect = { ["derived-data"] = "fail" },
    blame = "/data/assets" },
  { "derived data that was removed", set = { [logs .. ".state"] = "removed" }, expect = { ["derived-data"] = "fail" } },
  { "a tenant with both services: derived data of one only", base = ctx, set = { ["contract.service"] = "both" },
    expect = { ["derived-data"] = "fail" } },
  { "derived data of both services", base = ctx,
    set = { ["contract.service"] = "both", [assets .. "[as-activity].service"] = "both" }, expect = {} },

  -- ---- R4: hosts ----
  { "a host that is not in the inventory", remove = { "hosts[dc02].asset" }, expect = orphan },
  { "a stopped host belongs into the inventory too", remove = { "hosts[dc02].asset" },
    set = { ["hosts[dc02].state"] = "stopped" }, expect = orphan },
  { "a retired host does not", remove = { "hosts[dc02].asset" }, set = { ["hosts[dc02].state"] = "retired" },
    expect = {} },
  { "an asset that was removed while the host is still there", set = { [dc01 .. ".state"] = "removed" },
    expect = orphan },
  { "a host that refers to nothing", set = { ["hosts[dc01].asset"] = "as-gone" },
    expect = { ["hosts-listed"] = "unknown" }, blame = "hosts[dc01].asset" },
  { "a host whose asset is null", set = { ["hosts[dc01].asset"] = null }, expect = { ["hosts-listed"] = "unknown" } },
  { "the hosts were not collected", remove = { "hosts" }, expect = { ["hosts-listed"] = "unknown" },
    blame = "/hosts" },

  -- ---- age of the inventory ----
  { "confirmed exactly 365 days ago, in UTC", set = { ["data.collected_at"] = "2025-11-19T15:00:00Z" }, expect = {} },
  { "confirmed 366 days ago", set = { ["data.collected_at"] = "2025-11-19T23:59:59+09:00" },
    expect = { ["inventory-current"] = "fail" }, blame = "/data/collected_at" },
  { "the interval is a parameter", params = { inventory_days = 2 }, expect = { ["inventory-current"] = "fail" } },
  { "nobody knows when it was confirmed", remove = { "data.collected_at" },
    expect = { ["inventory-current"] = "unknown" }, blame = "/data/collected_at" },
}
