-- 18.1.2 Intellectual property rights
-- SPDX-License-Identifier: Apache-2.0
--
-- What the customer puts into the service stays under its control, says the provider. The customer
-- has to know whom to ask about rights, and to use no more software than it has licences for.

local given = use("given")
local periods = use("periods")
local statements = use("statements")

local CLAUSE = "18.1.2"

-- The model's words, as people say them.
local NAMES = {
  directory_objects   = { en = "directory objects", ja = "ディレクトリオブジェクト" },
  group_policy        = { en = "group policies", ja = "グループポリシー" },
  dns_zones           = { en = "DNS zones", ja = "DNS ゾーン" },
  configuration_data  = { en = "configuration data", ja = "設定データ" },
  settings            = { en = "settings", ja = "設定内容" },
  profile_data        = { en = "profile data", ja = "プロファイルデータ" },
  master_image        = { en = "master images", ja = "マスターイメージ" },
  account_information = { en = "account information", ja = "アカウント情報" },
  mail_information    = { en = "mail information", ja = "メール情報" },
}

local DATASETS = {
  "directory_objects", "group_policy", "dns_zones", "configuration_data", "settings", "profile_data",
  "master_image", "account_information", "mail_information",
}

local OWNED = { iad = "owned_iad", ctx = "owned_ctx" }

local function contains(list, wanted)
  for _, item in ipairs(list) do
    if item == wanted then
      return true
    end
  end
  return false
end

-- ---- ownership ----

-- What one statement leaves out another may name: the answer to a question is a letter of its own.
local function is_owned(stated, dataset)
  for _, statement in ipairs(stated) do
    if contains(statement.ownership, dataset) then
      return true
    end
  end
  return false
end

local function check_ownership(stated, wanted)
  if #stated == 0 then -- nobody states anything that counts, which was said
    return
  end
  local list = given.need(stated[1].ownership)
  for _, dataset in ipairs(wanted) do
    local found = is_owned(stated, dataset)
    is_empty(list)
    ensure(found, list, {
      en = "the statement does not say that {dataset} stay the customer's",
      ja = "{dataset}がお客様に帰属することが表明に含まれていません",
    }, { dataset = NAMES[dataset] })
  end
end

-- ---- contact ----

local function is_contact(contact, kinds)
  return contains(kinds, given.need(contact.kind)) and given.need(contact.party) ~= "customer"
    and given.need(contact.active)
end

-- One that can be reached is enough: it is judged when all have been read.
local function is_reached(contact)
  local by_phone = has(contact, "telephone") and string.find(contact.telephone, "%d") ~= nil
  return given.nullable(contact, "email") ~= nil or by_phone
end

-- ---- licences ----

local METRICS = {
  user       = { en = "users", ja = "ユーザー" },
  device     = { en = "devices", ja = "デバイス" },
  concurrent = { en = "concurrent sessions", ja = "同時接続" },
  core       = { en = "cores", ja = "コア" },
}

local A_LICENCE = { en = "a licence for the service", ja = "対象サービスのライセンス" }
local A_DESKTOP = { en = "a licence for CTX", ja = "CTX のライセンス" }

-- The licences that concern the contract. On IAD a customer may need none; on CTX there is no
-- desktop without one.
local function licences(s)
  local found = {}
  if given.need(s.contract.service) == "iad" and is_empty(s.licences) then
    not_applicable({
      en = "no licence of the customer is used with IAD",
      ja = "IAD で使用するお客様のライセンスがないため",
    })
  end
  for _, licence in each(s.licences, A_LICENCE, function(one) return periods.concerns(s, one.service) end) do
    table.insert(found, licence)
  end
  return found
end

-- Judges each; of both services, that CTX has none is told after what is wrong with the others.
local function judge(s, check)
  for _, licence in ipairs(licences(s)) do
    check(licence)
  end
  if s.contract.service == "both" then
    for _ in each(s.licences, A_DESKTOP, function(one) return one.service ~= "iad" end) do end
  end
end

local function ensure_enough(licence, key, message)
  local entitled = given.nullable(licence, "entitled")
  local product, metric = licence.product, given.need(METRICS[licence.metric])
  local count = given.need(licence[key])
  ensure(entitled == nil or count <= entitled, licence, message, {
    product = product, metric = metric, count = count, entitled = entitled or 0,
  })
end

local USED = {
  en = "{product}: {count} {metric} use it, {entitled} are licensed",
  ja = "{product}：使用数 {count} が保有数 {entitled}（{metric}単位）を超えています",
}
local PEAK = {
  en = "{product}: {count} {metric} used it at the peak, {entitled} are licensed",
  ja = "{product}：期間中の最大使用数 {count} が保有数 {entitled}（{metric}単位）を超えています",
}

-- More now than ever before: the peak was not kept.
local A_PEAK = { en = "a peak that is not below what is used now", ja = "現在の使用数以上の最大使用数" }

local function check_peak(licence)
  for _ in each({ licence }, A_PEAK, function(one) return one.peak >= one.used end) do
    ensure_enough(licence, "peak", PEAK)
  end
end

local function check_counted(s, licence, params, as_of)
  local product = licence.product
  local days = time.age_days(licence.counted_at, as_of, s.tenant.time_zone)
  ensure(days <= params.licence_count_days, licence, {
    en = "{product} was counted {days} days ago, the limit is {limit}",
    ja = "{product} の集計から {days} 日が経過しています（上限 {limit} 日）",
  }, { product = product, days = days, limit = params.licence_count_days })
end

return {
  title      = { en = "Intellectual property rights", ja = "知的財産権" },
  severity   = "low",
  owner      = { iad = "shared", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 18.1.2", "ISO/IEC 27001:2022 A.5.32", "IIJ-IAD012-0002 18.1.2", "IIJ-VDS051-0002 18.1.2",
  },
  tags       = { "legal", "licences" },
  params     = statements.params{
    owned_iad = {
      type = "list", one_of = DATASETS, default = { "configuration_data" },
      doc = {
        en = "Data on IAD that has to be stated to stay the customer's",
        ja = "IAD でお客様への帰属が表明されているべきデータ",
      },
      source = {
        en = "White paper of IAD, 18.1.2: what is set with the functions of the service",
        ja = "IAD のホワイトペーパー 18.1.2：サービスの機能で設定した情報",
      },
    },
    owned_ctx = {
      type = "list", one_of = DATASETS,
      default = { "settings", "profile_data", "master_image", "account_information", "mail_information" },
      doc = {
        en = "Data on CTX that has to be stated to stay the customer's",
        ja = "CTX でお客様への帰属が表明されているべきデータ",
      },
      source = {
        en = "White paper of CTX, 18.1.2: settings, profiles, master images, accounts, mail",
        ja = "CTX のホワイトペーパー 18.1.2：設定、プロファイル、マスターイメージ、アカウント、メール",
      },
    },
    complaint_kinds = {
      type = "list", one_of = { "complaints", "enquiry_desk" }, default = { "complaints", "enquiry_desk" },
      doc = {
        en = "Kinds of contact that take complaints about rights",
        ja = "権利に関する申し出を受ける窓口の区分",
      },
      source = {
        en = "White papers, 18.1.2: the enquiry desk; some providers have a desk of its own for rights",
        ja = "ホワイトペーパー 18.1.2：問い合わせ窓口。権利関係の専用窓口を設ける事業者もある",
      },
    },
    licence_count_days = {
      type = "integer", default = 92, min = 1, max = 366, unit = { en = "days", ja = "日" },
      doc = {
        en = "How old the count of licences may be",
        ja = "ライセンスの集計を有効とみなす日数",
      },
      source = {
        en = "Quarterly, as users come and go; the white papers say nothing of licences",
        ja = "利用者の増減に合わせて四半期ごと。ホワイトペーパーにライセンスの記載なし",
      },
    },
  },

  rules = {
    {
      id    = "ownership-stated", ref = "R1",
      title = {
        en = "The provider states that the customer's data stays the customer's",
        ja = "お客様のデータがお客様に帰属することを事業者が表明している",
      },
      fix   = {
        en = "Record the provider's statement with the data it names and the day on which you confirmed it, or accept "
          .. "its claims. Ask the enquiry desk about data it does not name.",
        ja = "事業者の表明を、対象データ・最終確認日時とともに記録するか、事業者表明を受諾してください。"
          .. "表明に含まれないデータは問い合わせ窓口に確認してください。",
      },
      owner = "provider", claimable = true,
      check = function(s, params, as_of)
        for _, service in ipairs(statements.services(s)) do
          local ask = { clause = CLAUSE, party = "provider", part = "ownership" }
          check_ownership(statements.all(s, params, as_of, ask, service), params[OWNED[service]])
        end
      end,
    },
    {
      id    = "complaint-contact", ref = "R2",
      title = {
        en = "It is known whom to ask about rights",
        ja = "知的財産権に関する問い合わせ窓口を把握している",
      },
      fix   = {
        en = "Look up the desk in the service documents and record mail or telephone.",
        ja = "サービスドキュメントで窓口を確認し、メールアドレスまたは電話番号を記録してください。",
      },
      owner = "customer",
      check = function(s, params)
        local what = { en = "an active desk of the provider for rights", ja = "権利に関する事業者の有効な窓口" }
        local reached = false
        for _, contact in each(s.contacts, what, function(one)
          return is_contact(one, params.complaint_kinds)
        end) do
          reached = is_reached(contact) or reached
        end
        is_empty(s.contacts)
        ensure(reached, s.contacts, {
          en = "no desk for rights has mail or telephone",
          ja = "権利に関する窓口のメールアドレスも電話番号も記録されていません",
        })
      end,
    },
    {
      id    = "licences-used", ref = "R3",
      title = {
        en = "No more licences are used than there are",
        ja = "ライセンスの使用数が保有数を超えていない",
      },
      fix   = {
        en = "Buy the missing licences, or take the software away from users who do not need it.",
        ja = "不足分のライセンスを購入するか、不要な利用者への割り当てを解除してください。",
      },
      owner = "customer",
      check = function(s)
        judge(s, function(licence) ensure_enough(licence, "used", USED) end)
      end,
    },
    {
      id    = "licences-peak", ref = "R3",
      title = {
        en = "No more licences were used at the peak than there are",
        ja = "ライセンスの最大使用数が保有数を超えていない",
      },
      fix   = {
        en = "Buy licences for the peak, or limit how far hosts and sessions scale out.",
        ja = "最大使用数に合わせてライセンスを購入するか、ホスト・セッションの自動拡張の上限を見直してください。",
      },
      owner = "customer",
      check = function(s)
        judge(s, check_peak)
      end,
    },
    {
      id    = "licences-counted", ref = "R3",
      title = {
        en = "Licences were counted recently",
        ja = "ライセンスを定期的に集計している",
      },
      fix   = {
        en = "Count the licences again, and record the day.",
        ja = "ライセンスの使用数を集計し直し、集計日時を記録してください。",
      },
      owner = "customer",
      check = function(s, params, as_of)
        judge(s, function(licence) check_counted(s, licence, params, as_of) end)
      end,
    },
  },
}
