-- 11.2.7 Secure disposal or re-use of equipment
-- SPDX-License-Identifier: Apache-2.0
--
-- A claim of the provider may stand in for what is absent. So nothing that is absent of one record ends
-- a rule, or keeps it from seeing what is wrong with the next: each record closes with an assertion of
-- its own.

local disclosed = use("disclosed")
local lists = use("lists")
local statements = use("statements")

local DISPOSALS = { en = "disposals and re-use of equipment", ja = "装置の廃棄・再利用の記録" }

local METHOD = {
  overwrite    = { en = "overwriting", ja = "上書き消去" },
  purge        = { en = "purging", ja = "パージ（拡張消去）" },
  crypto_erase = { en = "erasure of the key", ja = "暗号化消去" },
  degauss      = { en = "degaussing", ja = "消磁" },
  shred        = { en = "shredding", ja = "物理破壊" },
}

local MEDIUM = {
  hdd          = { en = "a hard disk", ja = "ハードディスク" },
  ssd          = { en = "a solid state drive", ja = "SSD" },
  tape         = { en = "a tape", ja = "磁気テープ" },
  virtual_disk = { en = "a virtual disk", ja = "仮想ディスク" },
}

-- What it destroys cannot be used again.
local DESTROYS = { degauss = true, shred = true }

-- ---- R2 ----

local function check_method(record, params)
  local medium, method = record.medium, record.method or ""
  local accepted = medium ~= nil and params["accepted_" .. medium] or {}
  ensure(lists.contains(accepted, method), record, {
    en = "{method} does not make the data on {medium} unrecoverable",
    ja = "{method}では{medium}のデータを復元不能にできません",
  }, { method = METHOD[method], medium = MEDIUM[medium or ""] })
end

local function check_re_use(record)
  local used_again = record.purpose == "re_use"
  local method = record.method or ""
  ensure(not (used_again and DESTROYS[method]), record, {
    en = "it is recorded as re-used after {method}, which destroys it",
    ja = "{method}は媒体を破壊する方法ですが、「再利用」と記録されています",
  }, { method = METHOD[method] })
end

local function check_evidence(record, params)
  local needed = lists.contains(params.media_with_certificate, record.medium or "")
  local none = needed and (is_null(record, "certificate") or record.certificate == "")
  ensure(not none, record, {
    en = "there is no certificate of erasure or destruction",
    ja = "消去・破壊の証明書がありません",
  })
end

local function check_record(record, params, as_of)
  ensure(time.age(record.at, as_of) ~= nil, record)
  check_evidence(record, params)
  check_method(record, params)
  check_re_use(record)
end

-- ---- R3 ----

-- Whether a record is the last one of its serial number so far: of two at the same moment a disposal
-- is, wherever it stands in the list.
local function is_later(at, record, before)
  if before == nil or at ~= before.at then
    return before == nil or at > before.at
  end
  return record.purpose == "disposal" or before.record.purpose ~= "disposal"
end

-- The last record of each serial number: what was erased for re-use may be disposed of later. One that
-- lacks its number, time or purpose is left out.
local function last_by_serial(records)
  local last, order = {}, {}
  for _, record in ipairs(records) do
    local key, at = text.normalise(record.serial), time.seconds(record.at)
    if key ~= nil and at ~= nil and record.purpose ~= nil then
      if last[key] == nil then
        table.insert(order, key)
      end
      if is_later(at, record, last[key]) then
        last[key] = { record = record, at = at, serial = record.serial }
      end
    end
  end
  return last, order
end

-- Equipment with a serial number, by it; missed when none has one, because then nothing can be found.
local function inventory(s)
  local found = {}
  local equipment = s.equipment
  for _, item in each(equipment ~= nil and equipment.items or {}, {
    en = "equipment with a serial number", ja = "シリアル番号のある設備",
  }, function(item) return has(item, "serial") end) do
    found[text.normalise(item.serial) or ""] = item
  end
  return found
end

local function check_asset(s, record)
  if not has(record, "asset") then
    return
  end
  local id = record.asset
  local asset = id ~= nil and lists.find(s.data.assets, function(item) return item.id == id end) or nil
  local state = asset ~= nil and asset.state
  ensure(state == "removed", asset, {
    en = "{asset} was disposed of as {record}, and is still in use in the inventory of assets",
    ja = "{asset} は廃棄済み（{record}）ですが、資産目録では使用中のままです",
  }, { asset = id, record = record.id })
end

local function check_hosts(s, record)
  if not has(record, "asset") or not has(s, "hosts") then
    return
  end
  local id, asset = record.id, record.asset
  for _, host in ipairs(s.hosts) do
    if has(host, "asset") and host.asset == asset then
      local name, state = host.id, host.state
      ensure(state == "retired", host, {
        en = "{host} runs on what was disposed of as {record}",
        ja = "{host} は廃棄済みの装置（{record}）のホストですが、廃止されていません",
      }, { host = name, record = id })
    end
  end
end

-- A list that was confirmed before the disposal cannot know of it, and is unusable; so is one that
-- somebody confirmed in the future.
local function is_recent(equipment, record, as_of)
  local confirmed = time.age(equipment.confirmed_at, as_of) ~= nil
  return confirmed and time.since(record.at, equipment.confirmed_at) ~= nil
end

local function check_listed(s, gone, as_of)
  local kept, equipment = inventory(s), s.equipment
  ensure(true, equipment)
  for _, entry in ipairs(gone) do
    local record = entry.record
    local recent = equipment ~= nil and is_recent(equipment, record, as_of)
    local item = recent and kept[text.normalise(entry.serial)] or nil
    local _ = item ~= nil and item.serial
    ensure(item == nil, item or record, {
      en = "{serial} was disposed of as {record}, and is still listed as equipment",
      ja = "{serial} は廃棄済み（{record}）ですが、設備一覧に残っています",
    }, { serial = entry.serial, record = record.id })
  end
end

local function media_param(medium, methods, source)
  return {
    type = "list", one_of = { "overwrite", "purge", "crypto_erase", "degauss", "shred" }, default = methods,
    doc = {
      en = "Accepted methods for " .. MEDIUM[medium].en, ja = MEDIUM[medium].ja .. "に認める消去・破壊の方法",
    },
    source = source,
  }
end

local function ask(s, params, as_of)
  return { s = s, params = params, as_of = as_of, kind = "disposals", what = DISPOSALS }
end

return {
  title      = {
    en = "Secure disposal or re-use of equipment",
    ja = "装置のセキュリティを保った処分又は再利用",
  },
  severity   = "medium",
  owner      = { iad = "provider", ctx = "provider" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 11.2.7", "ISO/IEC 27001:2022 A.7.14", "IIJ-IAD012-0002 11.2.7", "IIJ-VDS051-0002 11.2.7",
  },
  tags       = { "disposal", "deletion" },
  params     = statements.params{
    accepted_hdd = media_param("hdd", { "overwrite", "purge", "crypto_erase", "degauss", "shred" },
      {
        en = "NIST SP 800-88 Rev. 1: all of them work on magnetic disks",
        ja = "NIST SP 800-88 Rev. 1：磁気ディスクにはいずれも有効",
      }),
    accepted_ssd = media_param("ssd", { "purge", "crypto_erase", "shred" },
      {
        en = "NIST SP 800-88 Rev. 1: overwriting misses spare cells of flash memory, and it is not magnetic",
        ja = "NIST SP 800-88 Rev. 1：上書きは予備領域に届かず、磁気媒体でないため消磁も効かない",
      }),
    accepted_tape = media_param("tape", { "overwrite", "crypto_erase", "degauss", "shred" },
      {
        en = "NIST SP 800-88 Rev. 1: tapes are magnetic; they have no command to purge",
        ja = "NIST SP 800-88 Rev. 1：テープは磁気媒体であり、消去コマンドを持たない",
      }),
    accepted_virtual_disk = media_param("virtual_disk", { "overwrite", "purge", "crypto_erase" },
      {
        en = "Ours: a virtual disk has no medium of its own to be destroyed",
        ja = "本パックの提案：仮想ディスクには破壊できる固有の媒体がない",
      }),
    media_with_certificate = {
      type = "list", one_of = { "hdd", "ssd", "tape", "virtual_disk" }, default = { "hdd", "ssd", "tape" },
      doc = { en = "Media whose disposal needs a certificate", ja = "証明書を求める媒体" },
      source = {
        en = "Ours: hardware leaves the site; a virtual disk does not",
        ja = "本パックの提案：拠点の外に出るのは物理機器であり、仮想ディスクではないため",
      },
    },
    records_days = disclosed.RECORDS_DAYS,
    records_age_days = disclosed.RECORDS_AGE,
  },

  rules = {
    {
      id    = "process", ref = "R1", claimable = true,
      title = {
        en = "The provider erases or destroys equipment by a defined process",
        ja = "廃棄・再利用時の消去・破壊の手順を事業者が定めて運用している",
      },
      fix   = {
        en = "Ask the provider for a statement with evidence, and confirm it once a year.",
        ja = "事業者から証跡付きの表明を取得し、年1回確認してください。",
      },
      check = function(s, params, as_of)
        statements.ensure(s, params, as_of, "11.2.7", "provider")
      end,
    },
    {
      id    = "unrecoverable", ref = "R2", claimable = true,
      title = {
        en = "Data on what was disposed of or re-used cannot be recovered",
        ja = "廃棄・再利用時にデータが復元不能である",
      },
      fix   = {
        en = "Ask the provider where the medium is, have it erased or destroyed by a method that its kind allows, "
          .. "and have it certified.",
        ja = "媒体の所在を事業者に確認し、種類に適した方法での消去・破壊と証明書の発行を依頼してください。",
      },
      check = function(s, params, as_of)
        local asked = ask(s, params, as_of)
        local records, journal = disclosed.records(asked)
        for _, record in ipairs(records) do
          check_record(record, params, as_of)
        end
        disclosed.need_whole(asked, journal)
      end,
    },
    {
      id    = "not-in-inventory", ref = "R3", severity = "low", claimable = true,
      title = {
        en = "What was disposed of is not in the inventory any more",
        ja = "廃棄した装置が設備一覧・資産目録に残っていない",
      },
      fix   = {
        en = "Find out whether it was really disposed of; correct the inventory, or the record.",
        ja = "実際に廃棄されたかを確認し、設備一覧・資産目録または廃棄記録を訂正してください。",
      },
      check = function(s, params, as_of)
        local asked = ask(s, params, as_of)
        local records, journal = disclosed.records(asked)
        local last, order = last_by_serial(records)
        local gone = {}
        for _, key in ipairs(order) do
          if last[key].record.purpose == "disposal" then
            table.insert(gone, last[key])
          end
        end
        if #gone == 0 and #records > 0 and disclosed.need_whole(asked, journal) then
          not_applicable({
            en = "everything on record is re-used", ja = "記録はすべて再利用で、廃棄がないため",
          })
        end
        ensure(true, journal.records)
        for _, entry in ipairs(gone) do
          check_asset(s, entry.record)
          check_hosts(s, entry.record)
          ensure(true, entry.record)
        end
        if #gone > 0 then
          check_listed(s, gone, as_of)
        end
        disclosed.need_whole(asked, journal)
      end,
    },
  },
}
