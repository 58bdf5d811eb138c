-- CLD.8.1.5 Removal of cloud service customer assets
-- SPDX-License-Identifier: Apache-2.0

local clocks = use("deletion_clock")
local data = use("datasets")
local given = use("given")
local lists = use("lists")

-- ---- which clock runs for what ----

local NO_END = { en = "the contract goes on: no termination is agreed", ja = "契約継続中で、解約の予定がないため" }

local NOT_YET = {
  en = "the contract lasts until {date}; everything has to be deleted by {deadline}",
  ja = "契約は {date} まで継続するため（削除期限は {deadline}）",
}

local function contract_clock(s, params, as_of)
  local clock = clocks.of_contract(s, params, as_of)
  if clock == nil then
    not_applicable(NO_END)
  elseif not clock.running then
    not_applicable(NOT_YET, { date = clock.date, deadline = clock.deadline })
  end
  return clock
end

-- The option by whose own end a dataset is judged; nil for the contract's.
local function option_of(dataset, options)
  local option = has(dataset, "option") and given.need(dataset.option) or nil
  return options[option or ""] ~= nil and option or nil
end

-- ---- one dataset ----

local LEFT = {
  en = "it still exists {days} days after the deadline {deadline}",
  ja = "削除期限 {deadline} を {days} 日過ぎても残存しています",
}

local HELD = {
  en = LEFT.en .. "; a legal hold needs a waiver",
  ja = LEFT.ja .. "（訴訟ホールドの対象。例外申請が必要です）",
}

-- What exists was seen when the state was learnt; before the deadline that says nothing about later.
local function need_seen_after(s, dataset, clock, today)
  local seen = given.need(time.date(s.deletion.collected_at, s.tenant.time_zone))
  if time.days_between(clock.deadline, today) > 0 and time.days_between(clock.deadline, seen) <= 0 then
    for _ in each(s.deletion.datasets, {
      en = "the state of " .. dataset.id .. " after " .. clock.deadline,
      ja = clock.deadline .. " より後に確認した " .. dataset.id .. " の状態",
    }, function() return false end) do end
    return false
  end
  return true
end

local function judge_remaining(s, dataset, clock, params, as_of)
  local today = clocks.today(s, as_of)
  local left = time.days_between(today, clock.deadline)
  if clock.recontracted ~= nil then
    note({ en = "{id} is taken over by the contract of {date}", ja = "{id} は {date} からの再契約に引き継がれています" },
      { id = dataset.id, date = clock.recontracted })
    ensure(dataset.exists, dataset)
    return
  end
  if not need_seen_after(s, dataset, clock, today) then
    return
  end
  if left >= 0 and left < params.warn_days_left then
    note({ en = "{id} has to be deleted within {days} days", ja = "{id} の削除期限まで残り {days} 日です" },
      { id = dataset.id, days = left })
  end
  local held = get(dataset, "legal_hold", false)
  local gone = not dataset.exists
  ensure(gone or left >= 0, dataset, held and HELD or LEFT, { days = -left, deadline = clock.deadline })
end

local function judge_deleted(s, dataset, clock, as_of)
  local at = given.need(dataset.deleted_at)
  given.need(time.age(at, as_of))
  local day = time.date(at, s.tenant.time_zone)
  local late = time.days_between(clock.deadline, day)
  if late <= 0 and has(s.deletion, "collected_at") then
    given.need(time.age(at, s.deletion.collected_at)) -- what was learnt before it is a plan
  end
  local _ = dataset.deleted_at
  ensure(late <= 0, dataset, {
    en = "it was deleted on {day}, {late} days after the deadline {deadline}",
    ja = "削除日は {day} で、削除期限 {deadline} を {late} 日過ぎています",
  }, { day = day, late = late, deadline = clock.deadline })
end

local function judge(s, dataset, clock, params, as_of)
  if given.need(dataset.exists) then
    judge_remaining(s, dataset, clock, params, as_of)
  else
    judge_deleted(s, dataset, clock, as_of)
  end
end

-- ---- all of them ----

local function is_primary(dataset)
  return dataset.copy == "primary"
end

-- Walks the datasets of the contract's clock: primary ones, or copies.
local function each_of_contract(s, params, as_of, what, wanted)
  local options = clocks.of_options(s, params, as_of)
  return each(s.deletion.datasets, what, function(dataset)
    return option_of(dataset, options) == nil and wanted(dataset)
  end)
end

-- Misses each kind of data that nobody tells of.
local function require_kinds(s, params)
  for _, expected in ipairs(data.expected(s, params, "datasets")) do
    local name = data.name(expected.kind)
    for _ in each(s.deletion.datasets, {
      en = "a record of the primary data: " .. name.en, ja = name.ja .. "（データ本体）の削除状況の記録",
    }, function(dataset)
      return dataset.dataset == expected.kind and is_primary(dataset) and data.is_of(dataset.service, expected.service)
    end) do end
  end
end

-- With the two-site option the directory is at two sites, so it is deleted at both.
local function require_sites(s)
  if not lists.contains(s.contract.options, "two_site") then
    return
  end
  local first = nil
  for _ in each(s.deletion.datasets, {
    en = "directory objects at a second site", ja = "2拠点目のディレクトリオブジェクトの記録",
  }, function(dataset)
    local site = dataset.dataset == "directory_objects" and given.need(text.normalise(dataset.site)) or nil
    first = first or site
    return site ~= nil and site ~= first
  end) do end
end

-- What an option certainly had of its own.
local OPTION_DATA = {
  entra_connect = { en = "data of the Entra Connect option", ja = "Entra Connect オプションのデータ" },
  two_site      = { en = "data of the two-site option", ja = "2拠点オプションのデータ" },
}

-- ---- deleted too early ----

local OF_CONTRACT = { en = "the contract", ja = "契約" }
local OF_OPTION = { en = "the option", ja = "オプション" }

local function judge_early(s, dataset, clock, whose)
  if given.need(dataset.exists) then
    ensure(true, dataset)
    return
  end
  local day = time.date(dataset.deleted_at, s.tenant.time_zone)
  local early = time.days_between(day, clock.date)
  ensure(early <= 0, dataset, {
    en = "it was deleted on {day}, {early} days before the last day of {whose}",
    ja = "{whose}の最終日より {early} 日早い {day} に削除されています",
  }, { day = day, early = early, whose = whose })
end

-- Each dataset by the clock that runs for it: that of its option, or of the contract.
local function check_early(s, params, as_of)
  local options = clocks.of_options(s, params, as_of)
  local clock = clocks.of_contract(s, params, as_of)
  if #options.list == 0 then
    clock = contract_clock(s, params, as_of)
  end
  local runs = clock ~= nil and clock.running
  for _, dataset in each(s.deletion.datasets, {
    en = "a dataset of the contract", ja = "契約に紐づくデータの記録",
  }, function(dataset) return runs or option_of(dataset, options) ~= nil end) do
    local option = option_of(dataset, options)
    judge_early(s, dataset, options[option or ""] or clock, option ~= nil and OF_OPTION or OF_CONTRACT)
  end
end

-- ---- the customer's side ----

local function check_terms(s, params, as_of)
  local terms = s.deletion.terms
  local document = terms.document
  local age = time.age_days(terms.confirmed_at, as_of, s.tenant.time_zone)
  ensure(age <= params.terms_confirmed_days, terms, {
    en = "the terms of deletion in {document} were confirmed {age} days ago, the limit is {limit}",
    ja = "{document} の削除条件の確認から {age} 日が経過しています（上限 {limit} 日）",
  }, { document = document, age = age, limit = params.terms_confirmed_days })
  -- The last day, counted from the day of termination: a clock that starts on it ends a day early.
  local early = terms.first_day == "termination_day" and 1 or 0
  local days = terms.max_days
  ensure(days - early <= params.max_days, terms, {
    en = "the terms as they are recorded allow {days} days, the service promises {limit}",
    ja = "記録された削除条件は {days} 日で、サービスが定める {limit} 日を超えています",
  }, { days = days, limit = params.max_days })
end

local function check_no_export(s, termination, params, as_of)
  local left = time.days_between(clocks.today(s, as_of), termination.date)
  local due = left <= params.export_lead_days
  ensure(not due, termination, left < 0 and {
    en = "the contract ended on {date}, and no export is recorded",
    ja = "契約は {date} に終了しましたが、データ退避の記録がありません",
  } or {
    en = "the contract ends in {left} days, and no export is recorded",
    ja = "契約終了まで残り {left} 日ですが、データ退避の記録がありません",
  }, { date = termination.date, left = left })
end

local function check_export(s, termination, params, as_of)
  local export, last = termination.export, given.need(termination.date)
  for _, expected in ipairs(data.expected(s, params, "export")) do
    ensure(lists.contains(export.datasets, expected.kind), export, {
      en = "{what}: not exported", ja = "{what}が退避されていません",
    }, { what = data.name(expected.kind) })
  end
  local at = given.need(export.completed_at)
  given.need(time.age(at, as_of))
  local day = time.date(at, s.tenant.time_zone)
  ensure(time.days_between(day, last) >= 0, export, {
    en = "the export was complete on {day}, after the last day of the contract, {last}",
    ja = "データ退避の完了日は {day} で、契約の最終日 {last} より後です",
  }, { day = day, last = last })
end

return {
  title      = {
    en = "Removal of cloud service customer assets",
    ja = "クラウドサービスカスタマの資産の除去",
  },
  severity   = "high",
  owner      = { iad = "provider", ctx = "provider" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 CLD.8.1.5", "ISO/IEC 27001:2022 A.8.10",
    "IIJ-IAD012-0002 CLD.8.1.5", "IIJ-VDS051-0002 CLD.8.1.5",
  },
  tags       = { "termination", "deletion" },
  params     = {
    max_days = {
      type = "integer", default = 90, min = 1, max = 3660, unit = { en = "days", ja = "日" },
      doc = { en = "Number of the last day on which data may remain", ja = "削除期限となる日数（起算日を1日目とする）" },
      source = {
        en = "IIJ-IAD012-0002 CLD.8.1.5 and IIJ-VDS051-0002 CLD.8.1.5: within 90 days",
        ja = "IIJ-IAD012-0002 CLD.8.1.5、IIJ-VDS051-0002 CLD.8.1.5：90 日以内",
      },
    },
    first_day = {
      type = "string", default = "day_after", one_of = { "day_after", "termination_day" },
      doc = { en = "Which day is day 1", ja = "起算日（1日目）とする日" },
      source = {
        en = "IIJ-IAD012-0002 CLD.8.1.5 and IIJ-VDS051-0002 CLD.8.1.5: the day after termination is day 1",
        ja = "IIJ-IAD012-0002 CLD.8.1.5、IIJ-VDS051-0002 CLD.8.1.5：契約終了の翌日を1日目とする",
      },
    },
    warn_days_left = {
      type = "integer", default = 14, min = 0, max = 365, unit = { en = "days", ja = "日" },
      doc = { en = "Fewer days left than this are remarked on", ja = "残り日数がこれを下回ると備考に記載する" },
      source = {
        en = "Ours: two weeks are enough to ask the provider",
        ja = "本パックの提案：事業者に照会するには2週間あれば足りる",
      },
    },
    require_certificate = {
      type = "boolean", default = false,
      doc = { en = "Deletion needs a certificate", ja = "削除証明書を求めるか" },
      source = {
        en = "Optional: neither white paper promises a certificate",
        ja = "任意（いずれのホワイトペーパーにも証明書の記載なし）",
      },
    },
    terms_confirmed_days = {
      type = "integer", default = 365, min = 1, max = 1096, unit = { en = "days", ja = "日" },
      doc = { en = "How long ago the terms may have been confirmed", ja = "削除条件の確認を有効とみなす日数" },
      source = {
        en = "Ours: yearly, as statements are confirmed",
        ja = "本パックの提案：表明の確認と同じく年1回",
      },
    },
    export_lead_days = {
      type = "integer", default = 14, min = 0, max = 365, unit = { en = "days", ja = "日" },
      doc = {
        en = "So many days before the end of the contract the export has to be complete",
        ja = "契約終了の何日前までにデータ退避の完了を求めるか",
      },
      source = {
        en = "Ours: leaves time to repeat an export that cannot be restored",
        ja = "本パックの提案：復元できないエクスポートをやり直す時間を確保するため",
      },
    },
    datasets_iad = {
      type = "list", one_of = data.ALL,
      default = { "directory_objects", "group_policy", "dns_zones", "event_logs", "sync_configuration" },
      doc = { en = "Data whose deletion has to be told of, IAD", ja = "削除状況の記録を求めるデータ（IAD）" },
      source = {
        en = "What IAD keeps for a tenant; the white paper says all information",
        ja = "IAD がテナントのために保持する情報。ホワイトペーパーでは全情報",
      },
    },
    datasets_ctx = {
      type = "list", one_of = data.ALL,
      default = {
        "settings", "profile_data", "master_image", "account_information", "mail_information", "activity_log",
      },
      doc = { en = "Data whose deletion has to be told of, CTX", ja = "削除状況の記録を求めるデータ（CTX）" },
      source = {
        en = "IIJ-VDS051-0002 6.1.1 names the customer's data; 12.4.1 the activity log",
        ja = "IIJ-VDS051-0002 6.1.1（お客様のデータ）と 12.4.1（アクティビティログ）",
      },
    },
    export_iad = {
      type = "list", one_of = data.ALL,
      default = { "directory_objects", "group_policy", "dns_zones", "sync_configuration" },
      doc = { en = "Data the customer exports before the end, IAD", ja = "解約前に退避するデータ（IAD）" },
      source = {
        en = "What a customer can export of IAD; logs are exported while the contract lasts",
        ja = "IAD からお客様がエクスポートできるもの。ログは契約期間中にエクスポートする",
      },
    },
    export_ctx = {
      type = "list", one_of = data.ALL,
      default = { "settings", "profile_data", "master_image" },
      doc = { en = "Data the customer exports before the end, CTX", ja = "解約前に退避するデータ（CTX）" },
      source = {
        en = "IIJ-VDS051-0002 6.1.1: profile data and master images are the customer's",
        ja = "IIJ-VDS051-0002 6.1.1：プロファイルデータとマスターイメージはお客様のもの",
      },
    },
  },

  rules = {
    {
      id    = "deletion-terms", severity = "medium", owner = "customer",
      title = {
        en = "The customer knows when its data will be deleted after the end",
        ja = "解約後の削除条件（日数・起算日）を把握している",
      },
      fix   = {
        en = "Read clause CLD.8.1.5 of the current white paper and record days, day 1, document and the date of "
          .. "confirmation; ask the provider where they differ.",
        ja = "最新のホワイトペーパーの CLD.8.1.5 を確認し、削除までの日数・起算日・文書名・確認日時を記録してください。"
          .. "相違がある場合は事業者に照会してください。",
      },
      check = check_terms,
    },
    {
      id    = "export-before-end", owner = "customer",
      title = {
        en = "The customer's data are exported before the contract ends",
        ja = "契約終了前にお客様データの退避が完了している",
      },
      fix   = {
        en = "Export what is named, restore it elsewhere to verify it, and record when and by whom, before the last "
          .. "day of the contract.",
        ja = "契約の最終日までに該当データを退避し、復元できることを確認したうえで、完了日時と確認者を記録してください。",
      },
      check = function(s, params, as_of)
        local termination = clocks.termination(s)
        if termination == nil then
          not_applicable(NO_END)
        elseif clocks.recontracted(termination, clocks.today(s, as_of)) ~= nil then
          not_applicable({
            en = "a new contract began on {date}", ja = "{date} から再契約しているため",
          }, { date = termination.recontracted_on })
        elseif has(termination, "export") then
          check_export(s, termination, params, as_of)
        else
          check_no_export(s, termination, params, as_of)
        end
      end,
    },
    {
      id    = "data-deleted", ref = "R2",
      title = {
        en = "Everything is deleted by the 90th day after termination",
        ja = "解約翌日を1日目として90日以内にデータが削除されている",
      },
      fix   = {
        en = "Ask the provider to delete what remains and to confirm when; where it has to be kept (legal hold), "
          .. "file a waiver.",
        ja = "残存データの削除と削除日時の回答を事業者に依頼してください。保全が必要な場合（訴訟ホールドなど）は"
          .. "例外申請を行ってください。",
      },
      check = function(s, params, as_of)
        local clock = contract_clock(s, params, as_of)
        if has(clock.view, "moved_from") then
          note({ en = "the end was moved from {from} to {date}", ja = "解約日が {from} から {date} に変更されています" },
            { from = clock.view.moved_from, date = clock.date })
        end
        local ahead = time.days_between(clocks.today(s, as_of), clock.view.date)
        ensure(ahead <= 0, clock.view, {
          en = "the contract is said to be terminated, but its last day {date} lies ahead",
          ja = "契約状態は「解約済み」ですが、解約日 {date} が到来していません",
        }, { date = clock.date })
        for _, dataset in each_of_contract(s, params, as_of, {
          en = "primary data of the contract", ja = "契約に紐づくデータ本体",
        }, is_primary) do
          judge(s, dataset, clock, params, as_of)
        end
        require_kinds(s, params)
      end,
    },
    {
      id    = "copies-deleted", ref = "R4",
      title = {
        en = "Replicas, backups and recycle bins are deleted by the same day",
        ja = "複製・バックアップ・ごみ箱のデータも同じ期限までに削除されている",
      },
      fix   = {
        en = "Ask the provider to delete the copy that is named at every site. The white papers say \"all "
          .. "information\"; that copies are part of it is our reading, so have it confirmed.",
        ja = "該当する複製の削除を、すべての拠点について事業者に依頼してください。ホワイトペーパーの「すべての情報」に"
          .. "複製が含まれるという解釈は本ツールによるものです。事業者にも確認してください。",
      },
      check = function(s, params, as_of)
        local clock = contract_clock(s, params, as_of)
        for _, dataset in each_of_contract(s, params, as_of, {
          en = "a copy: replica, backup or recycle bin", ja = "複製・バックアップ・ごみ箱の記録",
        }, function(dataset) return not is_primary(dataset) end) do
          judge(s, dataset, clock, params, as_of)
        end
        require_sites(s)
      end,
    },
    {
      id    = "option-data-deleted", ref = "R2",
      title = {
        en = "Data of an option that was cancelled alone are deleted by its own 90th day",
        ja = "部分解約したオプションのデータが、その解約翌日から90日以内に削除されている",
      },
      fix   = {
        en = "Ask the provider to delete the data of the option. That an option has a clock of its own is our "
          .. "reading of the white papers, so have it confirmed.",
        ja = "該当オプションのデータの削除を事業者に依頼してください。オプション単位で起算するという解釈は"
          .. "本ツールによるものです。事業者にも確認してください。",
      },
      check = function(s, params, as_of)
        local options = clocks.of_options(s, params, as_of)
        if #options.list == 0 then
          not_applicable({
            en = "no option was cancelled alone before the evaluation time",
            ja = "評価基準日時までに部分解約したオプションがないため",
          })
        end
        for _, clock in ipairs(options.list) do
          for _, dataset in each(s.deletion.datasets, OPTION_DATA[clock.option] or {
            en = "data of the option " .. clock.option, ja = "オプション " .. clock.option .. " のデータ",
          }, function(dataset) return option_of(dataset, options) == clock.option end) do
            judge(s, dataset, clock, params, as_of)
          end
        end
      end,
    },
    {
      id    = "not-deleted-early", ref = "R5", severity = "medium",
      title = {
        en = "Nothing was deleted before the contract, or its option, ended",
        ja = "契約（オプション）の終了前に削除されたデータがない",
      },
      fix   = {
        en = "Ask the provider why it was deleted early and whether it can be restored; the customer may have lost "
          .. "data that it was entitled to.",
        ja = "契約期間中に削除された理由と復元の可否を事業者に確認してください。お客様のデータが失われた可能性があります。",
      },
      check = function(s, params, as_of)
        check_early(s, params, as_of)
      end,
    },
    {
      id    = "deletion-evidence", ref = "R6", severity = "low",
      title = { en = "Deletion is certified", ja = "削除証明書がある" },
      fix   = {
        en = "Ask the provider for the certificate of deletion and record its number.",
        ja = "事業者に削除証明書を請求し、番号を記録してください。",
      },
      check = function(s, params, as_of)
        if not params.require_certificate then
          not_applicable({
            en = "no certificate is required (parameter require_certificate)",
            ja = "削除証明書を求めていないため（パラメータ require_certificate）",
          })
        end
        contract_clock(s, params, as_of)
        for _, dataset in each(s.deletion.datasets, {
          en = "a deleted dataset", ja = "削除済みのデータ",
        }, function(dataset) return dataset.exists == false end) do
          ensure(has(dataset, "certificate"), dataset, {
            en = "no certificate of deletion", ja = "削除証明書がありません",
          })
        end
      end,
    },
  },
}
