-- 8.2.2 Labelling of information
-- SPDX-License-Identifier: Apache-2.0
--
-- The label is the service code: it tells whose the contract is and which service it is for. That
-- every option has a code of its own, and every asset carries one, goes beyond the papers and is
-- demanded by parameter only.

local lists = use("lists")
local placeholders = use("placeholders")

-- ---- codes ----

local A_CODE = { en = "a service code in force", ja = "有効なサービスコード" }

local function is_active(code)
  return code.state == "active"
end

local function codes(s)
  return each(s.contract.service_codes, A_CODE, is_active)
end

local function contracted(s)
  local service = s.contract.service
  return service == "both" and { "iad", "ctx" } or { service }
end

local function serves(code, service)
  return code.service == service or code.service == "both"
end

-- How many codes in force answer a question.
local function count(s, question)
  local found = 0
  for _, code in ipairs(s.contract.service_codes) do
    if is_active(code) and question(code) then
      found = found + 1
    end
  end
  return found
end

-- ---- R1: what is contracted has a code ----

local function check_services(s)
  for _, service in ipairs(contracted(s)) do
    local found = count(s, function(code)
      return not has(code, "option") and serves(code, service)
    end)
    is_empty(s.contract.service_codes)
    ensure(found > 0, s.contract.service_codes, {
      en = "no service code in force identifies {service}",
      ja = "{service} を識別する有効なサービスコードがありません",
    }, { service = service })
  end
end

local function check_options(s)
  if is_empty(s.contract.options) then
    not_applicable({ en = "no option is contracted", ja = "契約オプションがないため" })
  end
  for _, option in ipairs(s.contract.options) do
    local found = count(s, function(code)
      return has(code, "option") and code.option == option
    end)
    is_empty(s.contract.service_codes)
    ensure(found == 1, s.contract.service_codes, found == 0 and {
      en = "no service code in force is for the option {option}",
      ja = "オプション {option} の有効なサービスコードがありません",
    } or {
      en = "{count} service codes in force are for the option {option}",
      ja = "オプション {option} の有効なサービスコードが {count} 件あります",
    }, { option = option, count = found })
  end
end

-- After the last day every code is cancelled, so the other rules about codes have none to judge.
local LASTING = { state = { "trial", "active", "terminating" } }

local function check_ended(s)
  for _, code in ipairs(s.contract.service_codes) do
    local id = code.id
    ensure(not is_active(code), code, {
      en = "{code} is in force, although the contract has ended",
      ja = "{code} は契約終了後も有効のままです",
    }, { code = id })
  end
end

local function check_stale(s)
  if s.contract.state == "terminated" then
    check_ended(s)
    return
  end
  local service = s.contract.service
  for _, code in codes(s) do
    local id = code.id
    ensure(service == "both" or serves(code, service), code, {
      en = "{code} is in force for a service that is not contracted",
      ja = "{code} は契約のないサービスのコードですが、有効のままです",
    }, { code = id })
    if has(code, "option") then
      local option = code.option
      ensure(lists.contains(s.contract.options, option), code, {
        en = "{code} is in force for the option {option}, which is not contracted",
        ja = "{code} は契約のないオプション {option} のコードですが、有効のままです",
      }, { code = id, option = option })
    end
  end
end

-- ---- R2: one code, one contract, one customer ----

local function check_unique(s)
  local known = {}
  for _, code in ipairs(s.contract.service_codes) do
    local id = code.id
    local key = id ~= nil and text.normalise(id) or ""
    ensure(known[key] == nil, code, {
      en = "{code} differs from {other} in its spelling only",
      ja = "{code} と {other} は表記が異なるだけの同じコードです",
    }, { code = id, other = known[key] or "" })
    known[key] = id
  end
end

local function check_spelling(s, params)
  for _, code in codes(s) do
    local id = code.id
    ensure(id ~= nil and string.find(id, params.service_code_pattern) ~= nil, code, {
      en = "{code} is not spelt like a service code",
      ja = "{code} がサービスコードの形式と一致しません（全角文字・空白の混入など）",
    }, { code = id })
  end
end

-- The customer number that most codes have, the first of several: those with another one stand out.
local function usual_customer(s)
  local counts, usual, most = {}, nil, 0
  for _, code in codes(s) do
    local customer = code.customer_id ~= nil and text.normalise(code.customer_id) or nil
    if customer ~= nil then
      counts[customer] = (counts[customer] or 0) + 1
    end
  end
  for _, code in codes(s) do
    local customer = code.customer_id
    local has_it = customer ~= nil and counts[text.normalise(customer)] or 0
    if has_it > most then
      usual, most = customer, has_it
    end
  end
  return usual
end

local function is_known_customer(id, usual, params)
  if #params.customer_ids == 0 then
    return text.same(id, usual)
  end
  for _, known in ipairs(params.customer_ids) do
    if text.same(id, known) then
      return true
    end
  end
  return false
end

local function check_customer(s, params)
  local usual = usual_customer(s)
  ensure(usual ~= nil, s.contract.service_codes) -- what was missing so far hides no finding below
  for _, code in codes(s) do
    local id, customer = code.id, code.customer_id
    local named = customer ~= nil and not placeholders.is_one(customer, params)
    ensure(named and is_known_customer(customer, usual, params), code, named and {
      en = "{code} was issued to {customer}, another customer",
      ja = "{code} は別の契約者（{customer}）に発行されたコードです",
    } or {
      en = "it is not written down to which customer {code} was issued",
      ja = "{code} の契約者番号が記載されていません",
    }, { code = id, customer = customer })
  end
end

-- ---- R3: labels ----

local function customers_assets(s)
  local what = { en = "an asset of the customer in use", ja = "使用中のお客様の資産" }
  return each(s.data.assets, what, function(asset)
    return asset.class == "customer" and asset.state == "in_use"
  end)
end

local function check_label(asset, code)
  local name = asset.name
  local id = asset.service_code
  ensure(code.state == "active", asset, {
    en = "{name} is labelled with {code}, which was cancelled",
    ja = "{name} に解約済みのサービスコード {code} が付いています",
  }, { name = name, code = id })
  local service = asset.service
  local fits = serves(code, service) or service == "both"
  local _ = asset.service_code
  ensure(fits, asset, {
    en = "{name} belongs to {service} and is labelled with {code}, a code of another service",
    ja = "{name}（{service}）に、別のサービスのコード {code} が付いています",
  }, { name = name, service = service, code = id })
end

local function check_labels(s)
  local by_id, labelled = lists.by_id(s.contract.service_codes), {}
  for _, asset in customers_assets(s) do
    if not is_null(asset, "service_code") then
      table.insert(labelled, asset)
    end
  end
  if #labelled == 0 then
    not_applicable({
      en = "no asset of the customer is labelled with a service code",
      ja = "サービスコードを付けたお客様の資産がないため",
    })
  end
  for _, asset in ipairs(labelled) do
    local code = by_id[asset.service_code or ""]
    if code ~= nil then
      check_label(asset, code)
    end
  end
end

-- ---- R4: what the portal shows ----

local OFFERED = {
  { "service_list", { en = "the list of what is contracted", ja = "契約サービスの一覧" } },
  { "service_documents", { en = "the service documents", ja = "サービスドキュメント" } },
}

local function check_portal(s)
  local portal = s.portals.customer_portal
  for _, wanted in ipairs(OFFERED) do
    ensure(lists.contains(portal.functions, wanted[1]), portal, {
      en = "the portal does not show {what}",
      ja = "ポータルで{what}を閲覧できません",
    }, { what = wanted[2] })
  end
end

return {
  title      = { en = "Labelling of information", ja = "情報のラベル付け" },
  severity   = "low",
  owner      = { iad = "shared", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 8.2.2", "ISO/IEC 27001:2022 A.5.13", "IIJ-IAD012-0002 4.2", "IIJ-VDS051-0002 4.2",
  },
  tags       = { "assets", "contract" },
  params     = {
    service_code_pattern = {
      type = "string", default = "^[A-Za-z0-9-][A-Za-z0-9-][A-Za-z0-9-][A-Za-z0-9-]+$",
      doc = {
        en = "How service codes are spelt, as a Lua pattern",
        ja = "サービスコードの形式（Lua のパターン）",
      },
      source = {
        en = "Proposal of this pack: four letters, digits or hyphens, or more; the white papers name no form",
        ja = "本パックの提案：英数字またはハイフン4文字以上。ホワイトペーパーに形式の記載なし",
      },
    },
    customer_ids = {
      type = "list", default = {},
      doc = {
        en = "Customer numbers that codes may be issued to; without any, all codes have to have the same",
        ja = "サービスコードの発行先として認める契約者番号（未指定の場合は、すべて同じ番号であること）",
      },
      source = {
        en = "Given by the customer: a group of companies may have several",
        ja = "お客様が指定（企業グループでは複数になり得る）",
      },
    },
    placeholders = placeholders.PARAM,
    require_option_codes = {
      type = "boolean", default = false,
      doc = {
        en = "Every option has to have one service code of its own",
        ja = "オプションごとに固有のサービスコードを求めるか",
      },
      source = {
        en = "Optional: IIJ-IAD012-0002 4.2 and IIJ-VDS051-0002 4.2 speak of services only",
        ja = "任意（IIJ-IAD012-0002 4.2 と IIJ-VDS051-0002 4.2 の記載はサービス単位のみ）",
      },
    },
    require_labels = {
      type = "boolean", default = false,
      doc = {
        en = "Every asset of the customer has to carry a service code",
        ja = "お客様のすべての資産にサービスコードの付与を求めるか",
      },
      source = {
        en = "Optional: the white papers label contracts, not assets",
        ja = "任意（ホワイトペーパーでのラベル付けは契約単位で、資産単位ではない）",
      },
    },
  },

  rules = {
    {
      id    = "services-identified", ref = "R1", when = LASTING,
      title = {
        en = "Every contracted service is identified by a service code",
        ja = "契約サービスをサービスコードで識別できる",
      },
      fix   = {
        en = "Take the service code from the list of contracts in the portal.",
        ja = "ポータルの契約一覧でサービスコードを確認し、記載してください。",
      },
      check = check_services,
    },
    {
      id    = "options-identified", ref = "R1", when = LASTING,
      title = {
        en = "Every contracted option has one service code of its own",
        ja = "契約オプションごとに固有のサービスコードがある",
      },
      fix   = {
        en = "Ask the enquiry desk for the code of the option, and mark codes that are no longer used as cancelled.",
        ja = "オプションのサービスコードをお問い合わせ窓口に確認してください。使用しないコードは解約済みとしてください。",
      },
      check = function(s, params)
        if not params.require_option_codes then
          not_applicable({
            en = "codes for options are not required (parameter require_option_codes)",
            ja = "オプションごとのコードを求めていないため（パラメータ require_option_codes）",
          })
        end
        check_options(s)
      end,
    },
    {
      id    = "no-stale-codes", ref = "R1",
      title = {
        en = "No service code is in force for what is not contracted",
        ja = "契約のないサービス・オプションのコードが有効のまま残っていない",
      },
      fix   = {
        en = "Mark the code as cancelled, or correct the list of contracted options if the option is in use.",
        ja = "当該コードを解約済みとするか、利用中のオプションであれば契約オプションの記載を訂正してください。",
      },
      check = check_stale,
    },
    {
      id    = "codes-unique", ref = "R2",
      title = {
        en = "Service codes differ in more than their spelling",
        ja = "サービスコードが表記ゆれを含めて重複していない",
      },
      fix   = {
        en = "Keep the spelling of the portal and remove the other.",
        ja = "ポータルの表記に統一し、重複した記載を削除してください。",
      },
      check = check_unique,
    },
    {
      id    = "codes-spelt", ref = "R2", when = LASTING,
      title = {
        en = "Service codes are spelt as they are issued",
        ja = "サービスコードが所定の形式で記載されている",
      },
      fix   = {
        en = "Copy the code from the portal: half-width letters, no blanks.",
        ja = "ポータルに表示されたコードを、半角・空白なしで記載してください。",
      },
      check = check_spelling,
    },
    {
      id    = "codes-of-customer", ref = "R2", when = LASTING,
      title = {
        en = "Service codes were issued to this customer",
        ja = "サービスコードが自社の契約者番号に発行されたものである",
      },
      fix   = {
        en = "Find out whose contract the code is for. If it is a company of the group, name its number in "
          .. "customer_ids; if not, tell the provider.",
        ja = "コードの契約者を確認してください。グループ会社であれば customer_ids に契約者番号を追加し、そうでなければ"
          .. "事業者に連絡してください。",
      },
      check = check_customer,
    },
    {
      id    = "labels-valid", ref = "R3", owner = "customer", when = LASTING,
      title = {
        en = "Labels on the customer's assets name a code in force, of the right service",
        ja = "お客様の資産に付けたサービスコードが有効で、サービスと一致している",
      },
      fix   = {
        en = "Label the asset with the code of the contract that it belongs to now.",
        ja = "資産に、現在の契約のサービスコードを付け直してください。",
      },
      check = check_labels,
    },
    {
      id    = "assets-labelled", ref = "R3", owner = "customer", when = LASTING,
      title = {
        en = "Every asset of the customer is labelled with a service code",
        ja = "お客様のすべての資産にサービスコードが付いている",
      },
      fix   = {
        en = "Label the asset with the service code of its contract.",
        ja = "資産に、契約のサービスコードを付けてください。",
      },
      check = function(s, params)
        if not params.require_labels then
          not_applicable({
            en = "labels on assets are not required (parameter require_labels)",
            ja = "資産へのラベル付けを求めていないため（パラメータ require_labels）",
          })
        end
        for _, asset in customers_assets(s) do
          local name = asset.name
          ensure(not is_null(asset, "service_code"), asset, {
            en = "{name} has no service code",
            ja = "{name} にサービスコードが付いていません",
          }, { name = name })
        end
      end,
    },
    {
      id    = "listing-offered", ref = "R4", owner = "provider", claimable = true,
      title = {
        en = "The portal shows what is contracted, and the service documents",
        ja = "契約サービスの一覧とサービスドキュメントをポータルで閲覧できる",
      },
      fix   = {
        en = "Ask the provider where contracts and service documents are shown.",
        ja = "契約一覧とサービスドキュメントの閲覧方法を事業者に確認してください。",
      },
      check = check_portal,
    },
  },
}
