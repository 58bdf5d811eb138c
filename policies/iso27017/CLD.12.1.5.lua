-- CLD.12.1.5 Administrator's operational security
-- SPDX-License-Identifier: Apache-2.0
--
-- The white papers promise that the service documents hold the procedures that are needed. Which
-- operations are critical, whether a procedure kept up with the service, and whether the customer
-- can use its emergency accounts, somebody has to look at.

local given = use("given")
local lists = use("lists")
local periods = use("periods")
local statements = use("statements")

local CLAUSE = "CLD.12.1.5"

local NAMES = {
  device_change    = { en = "creating, changing and deleting devices", ja = "仮想デバイス・リソースの作成・変更・削除" },
  termination      = { en = "terminating the service", ja = "サービスの利用終了" },
  backup_restore   = { en = "backup and restore", ja = "バックアップと復元" },
  key_handling     = { en = "handling keys and certificates", ja = "鍵・証明書の取り扱い" },
  account_recovery = { en = "recovering an account", ja = "アカウントの復旧" },
  dc_restore       = { en = "restoring a domain controller", ja = "ドメインコントローラーの復元" },
  sync_staging     = { en = "switching the staging server of Entra Connect", ja = "Entra Connect のステージング切り替え" },
  image_publishing = { en = "publishing a master image", ja = "マスターイメージの公開" },
  break_glass      = { en = "using the emergency accounts", ja = "緊急アクセス用アカウントの使用" },
}

local OPERATIONS = {
  "device_change", "termination", "backup_restore", "key_handling", "account_recovery", "dc_restore",
  "sync_staging", "image_publishing", "break_glass",
}

-- ---- procedures ----

local function is_own(statement)
  return statement.subject_party == "customer" and has(statement, "procedures")
end

-- The procedures of all statements that count for a service, and the first list of them; without
-- any, the field is missing. Either side may have them: a manual may be divided. That there are
-- none is not known until the provider says so, as long as the customer has not begun its own.
local function procedures(s, service, params, as_of)
  local party = lists.find(s.attestations, is_own) ~= nil and "shared" or "provider"
  local stated = statements.all(s, params, as_of, { clause = CLAUSE, party = party, part = "procedures" }, service)
  local found, first = {}, nil
  for _, statement in ipairs(stated) do
    if has(statement, "procedures") then
      first = first or statement.procedures
      for _, procedure in ipairs(statement.procedures) do
        table.insert(found, procedure)
      end
    end
  end
  if #stated > 0 and first == nil then
    given.need(stated[1].procedures)
  end
  return found, first
end

-- The procedures of all services of the contract, each once, and the first list of them.
local function all_procedures(s, params, as_of)
  local found, first, seen = {}, nil, {}
  for _, service in ipairs(statements.services(s)) do
    local more, list = procedures(s, service, params, as_of)
    first = first or list
    for _, procedure in ipairs(more) do
      if not seen[procedure] then
        seen[procedure] = true
        table.insert(found, procedure)
      end
    end
  end
  return found, first
end

local function of_operation(list, operation)
  local found = {}
  for _, procedure in ipairs(list) do
    if given.need(procedure.operation) == operation then
      table.insert(found, procedure)
    end
  end
  return found
end

-- ---- operations ----

local function has_option(s, wanted)
  for _, option in ipairs(maybe_empty(s.contract.options)) do
    if option == wanted then
      return true
    end
  end
  return false
end

-- What has no object in the contract needs no procedure.
local function is_needed(s, operation)
  return operation ~= "sync_staging" or has_option(s, "entra_connect")
end

local OPERATIONS_OF = { iad = "critical_operations_iad", ctx = "critical_operations_ctx" }

-- The whole list is where a procedure is missing, so it is read last.
local function ensure_procedure(found, list, operation)
  is_empty(list)
  ensure(#found > 0, list, {
    en = "there is no procedure for {operation}",
    ja = "{operation}の手順書がありません",
  }, { operation = NAMES[operation] })
end

-- Services may share one list: what it lacks for both is told once.
local function check_operations(s, service, params, as_of, told)
  local found, list = procedures(s, service, params, as_of)
  if list == nil then
    return
  end
  local missing = told[list] or {}
  told[list] = missing
  for _, operation in ipairs(params[OPERATIONS_OF[service]]) do
    if is_needed(s, operation) and not missing[operation] then
      local those = of_operation(found, operation)
      missing[operation] = #those == 0
      ensure_procedure(those, list, operation)
    end
  end
end

-- ---- changes ----

-- What ended before it began has no day that tells anything.
local function changed_on(s, change)
  local starts, ended = change.starts, given.nullable(change, "ends") or change.starts
  given.need(time.since(starts, ended))
  return time.date(ended, s.tenant.time_zone)
end

local A_PROCEDURE = { en = "the procedure that a change names", ja = "変更記録が示す手順書" }

-- The procedure has to be of the day of the change, or later; or of shortly before, where it was
-- written for the change.
-- Nobody works by a revision of tomorrow yet.
local function check_procedure(s, list, change, id, params, as_of)
  local on, summary = changed_on(s, change), change.summary
  for _, procedure in each(list, A_PROCEDURE, function(one) return given.need(one.id) == id end) do
    local operation, version = given.need(NAMES[procedure.operation]), procedure.version
    local behind = time.days_between(procedure.dated, on)
    ensure(time.day(procedure.dated) <= statements.today(s, as_of), procedure, {
      en = "the procedure for {operation} (version {version}) is dated {dated} only",
      ja = "{operation}の手順書（{version} 版）は日付が {dated} で、まだ有効ではありません",
    }, { operation = operation, version = version, dated = procedure.dated })
    ensure(behind <= params.procedure_lead_days, procedure, {
      en = "the procedure for {operation} (version {version}) was not revised after the change of {on}: {summary}",
      ja = "{operation}の手順書（{version} 版）が、{on} の変更（{summary}）以降に改定されていません",
    }, { operation = operation, version = version, on = on, summary = summary })
  end
end

local function check_changes(s, list, params, as_of)
  for _, change in ipairs(periods.records(s, s.changes)) do
    if given.need(change.state) == "done" and has(change, "procedures") then
      for _, id in ipairs(change.procedures) do
        check_procedure(s, list, change, id, params, as_of)
      end
    end
  end
end

-- ---- exercise ----

local function check_exercise(s, procedure, params, as_of)
  local version = procedure.version
  local days = time.age_days(procedure.exercised_at, as_of, s.tenant.time_zone)
  ensure(days <= params.exercise_days, procedure, {
    en = "the emergency procedure (version {version}) was last exercised {days} days ago, the limit is {limit}",
    ja = "緊急アクセス手順（{version} 版）の直近の訓練から {days} 日が経過しています（上限 {limit} 日）",
  }, { version = version, days = days, limit = params.exercise_days })
end

return {
  title      = {
    en = "Administrator's operational security",
    ja = "実務管理者の運用のセキュリティ",
  },
  severity   = "low",
  owner      = { iad = "shared", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 CLD.12.1.5", "ISO/IEC 27001:2022 A.5.37", "IIJ-IAD012-0002 CLD.12.1.5",
    "IIJ-VDS051-0002 CLD.12.1.5",
  },
  tags       = { "operation", "documents" },
  params     = statements.params{
    record_days = periods.DAYS,
    critical_operations_iad = {
      type = "list", one_of = OPERATIONS,
      default = {
        "device_change", "termination", "backup_restore", "key_handling", "account_recovery", "dc_restore",
        "sync_staging",
      },
      doc = {
        en = "Operations on IAD that need a procedure; sync_staging only with Entra Connect",
        ja = "IAD で手順書が必要な重要操作（sync_staging は Entra Connect オプションの契約時のみ）",
      },
      source = {
        en = "The standard's three (devices, termination, backup) and what cannot be undone on IAD",
        ja = "規格が挙げる3種（機器、契約終了、バックアップ）と、IAD で元に戻せない操作",
      },
    },
    critical_operations_ctx = {
      type = "list", one_of = OPERATIONS,
      default = {
        "device_change", "termination", "backup_restore", "key_handling", "account_recovery", "image_publishing",
      },
      doc = {
        en = "Operations on CTX that need a procedure",
        ja = "CTX で手順書が必要な重要操作",
      },
      source = {
        en = "The standard's three (devices, termination, backup) and what cannot be undone on CTX",
        ja = "規格が挙げる3種（機器、契約終了、バックアップ）と、CTX で元に戻せない操作",
      },
    },
    procedure_lead_days = {
      type = "integer", default = 0, min = 0, max = 90, unit = { en = "days", ja = "日" },
      doc = {
        en = "Days before a change from which a procedure counts as written for it",
        ja = "変更の何日前に改定された手順書までを、変更に対応済みとみなすか",
      },
      source = {
        en = "None: of a procedure from before the change nobody can tell that it knows the change",
        ja = "なし。変更前の手順書に変更が反映されているとは言えないため",
      },
    },
    exercise_days = {
      type = "integer", default = 365, min = 1, max = 1096, unit = { en = "days", ja = "日" },
      doc = {
        en = "How old the last exercise of the emergency procedure may be",
        ja = "緊急アクセス手順の訓練を有効とみなす日数",
      },
      source = {
        en = "Yearly, as emergency drills are in most companies; the white papers name no interval",
        ja = "多くの企業の防災訓練と同じく年1回。ホワイトペーパーに間隔の記載なし",
      },
    },
  },

  rules = {
    {
      id    = "procedures-offered", ref = "R1",
      title = {
        en = "The provider states that its service documents hold the procedures",
        ja = "操作手順をサービスドキュメントで提供していることを事業者が表明している",
      },
      fix   = {
        en = "Look up in the service documents where the procedures are, and record the provider's statement with "
          .. "this place as evidence and the day on which you confirmed it.",
        ja = "サービスドキュメントで操作手順の掲載場所を確認し、掲載場所を証跡、確認日を最終確認日時として"
          .. "事業者の表明を記録してください。",
      },
      owner = "provider", claimable = true,
      check = function(s, params, as_of)
        statements.ensure(s, params, as_of, CLAUSE, "provider")
      end,
    },
    {
      id    = "critical-operations", ref = "R2",
      title = {
        en = "Every critical operation has a procedure",
        ja = "すべての重要操作に手順書がある",
      },
      fix   = {
        en = "Add the procedure that is named: ask the enquiry desk for the provider's, or write your own and "
          .. "state it.",
        ja = "指摘された操作の手順書を整備してください。事業者の手順書は問い合わせ窓口に確認し、"
          .. "なければお客様の手順書を作成して表明に追加してください。",
      },
      check = function(s, params, as_of)
        local told = {}
        for _, service in ipairs(statements.services(s)) do
          check_operations(s, service, params, as_of, told)
        end
      end,
    },
    {
      id    = "procedures-current", ref = "R3",
      title = {
        en = "Procedures were revised after the last change that concerns them",
        ja = "手順書が、関係する直近の変更以降に改定されている",
      },
      fix   = {
        en = "Get the newest version of the procedure. If there is none since the change, ask the provider whether the "
          .. "procedure still holds, or revise your own.",
        ja = "手順書の最新版を入手してください。変更以降の改定がない場合は、手順が現在も有効か事業者に確認するか、"
          .. "お客様の手順書を改定してください。",
      },
      check = function(s, params, as_of)
        if not has(s, "changes") or is_empty(s.changes.records) then -- what is there is judged
          periods.need_disclosed(s, "changes", { en = "changes", ja = "変更" })
        end
        local list = all_procedures(s, params, as_of)
        check_changes(s, list, params, as_of)
        periods.need_complete(s, s.changes, params, as_of)
      end,
    },
    {
      id    = "emergency-exercised", ref = "R4",
      title = {
        en = "The procedure for the emergency accounts exists and was exercised",
        ja = "緊急アクセス用アカウントの手順書があり、訓練を実施している",
      },
      fix   = {
        en = "Write down how the emergency accounts are taken out, used and locked away again, exercise it, and "
          .. "record the day.",
        ja = "緊急アクセス用アカウントの払い出し・使用・返却の手順を定めて訓練を行い、実施日を記録してください。",
      },
      owner = "customer",
      check = function(s, params, as_of)
        local all, list = all_procedures(s, params, as_of)
        if list == nil then
          return
        end
        local found = of_operation(all, "break_glass")
        ensure_procedure(found, list, "break_glass")
        for _, procedure in ipairs(found) do
          check_exercise(s, procedure, params, as_of)
        end
      end,
    },
  },
}
