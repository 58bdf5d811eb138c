-- 15.1.2 Addressing security within supplier agreements
-- SPDX-License-Identifier: Apache-2.0
--
-- Here the supplier is the provider of the service. The agreement is in force, says what security
-- it gives, and divides the work as the matrix of 6.1.1 does.

local contract_end = use("contract_end")
local given = use("given")
local lists = use("lists")
local matrix = use("matrix")
local statements = use("statements")

-- ---- words ----

local KINDS = {
  internet_service_terms = { en = "Internet service terms", ja = "インターネットサービス契約約款" },
  solution_service_terms = { en = "solution service terms", ja = "ソリューションサービス契約約款" },
  individual_agreement = { en = "an individual agreement", ja = "個別契約" },
}

local SUBJECTS = {
  malware = { en = "malware", ja = "マルウェア対策" },
  backup = { en = "backup", ja = "バックアップ" },
  cryptography = { en = "cryptography", ja = "暗号" },
  vulnerability = { en = "vulnerabilities", ja = "脆弱性管理" },
  incident = { en = "incidents", ja = "インシデント管理" },
  compliance = { en = "technical compliance", ja = "技術的順守の確認" },
  testing = { en = "security testing", ja = "セキュリティ試験" },
  audit = { en = "audits", ja = "監査" },
  evidence = { en = "logs and evidence", ja = "ログ・証拠の保全" },
  data_at_termination = { en = "data at the end of the contract", ja = "解約時のデータの取扱い" },
  access = { en = "authentication and access", ja = "認証・アクセス制御" },
  identity = { en = "identities", ja = "ID 管理" },
}

-- The words for some keys, in both languages.
local function joined(keys, words)
  local en, ja = {}, {}
  for _, key in ipairs(keys) do
    local word = words[key] or { en = key, ja = key }
    table.insert(en, word.en)
    table.insert(ja, word.ja)
  end
  return { en = table.concat(en, ", "), ja = table.concat(ja, "、") }
end

-- ---- the contract ----

-- A last day that is over fails on the day after it.
local function check_last_day(today, where, day, message)
  ensure(today <= time.day(day), where, message, { day = day })
end

local function check_started(s, today)
  local day = s.contract.started_on
  ensure(time.day(day) <= today, s.contract, {
    en = "the contract begins on {day}",
    ja = "契約開始日が {day} で、まだ始まっていません",
  }, { day = day })
end

-- Whether a new contract began by today, after the one that was terminated.
local function is_succeeded(termination, today)
  if not has(termination, "recontracted_on") then
    return false
  end
  local on = given.need(time.day(termination.recontracted_on))
  return given.need(time.day(termination.date)) <= on and on <= today
end

-- Of a contract under notice the last day must be known; of another one it may not be, or be that of
-- the contract before it.
local function termination_of(contract, today)
  local state = given.need(contract.state)
  if state == "terminating" or state == "terminated" then
    return given.need(contract.termination)
  end
  if has(contract, "termination") and not is_succeeded(contract.termination, today) then
    return given.need(contract.termination)
  end
  return nil
end

local function check_termination(today, contract)
  local termination = termination_of(contract, today)
  if termination == nil then
    return
  end
  local terminated, day = contract.state == "terminated", termination.date
  ensure(not terminated or time.day(day) <= today, termination, {
    en = "the contract is said to be terminated, but its last day {day} lies ahead",
    ja = "契約状態は「解約済み」ですが、解約日 {day} が到来していません",
  }, { day = day })
  check_last_day(today, termination, termination.date, {
    en = "the contract was terminated, its last day was {day}",
    ja = "契約は {day} をもって解約されています",
  })
end

-- ---- the terms ----

local function is_in_force(term, today)
  local from = given.need(time.day(term.in_force_from))
  local in_time = from <= today
  if has(term, "in_force_until") then
    local last = given.need(time.day(term.in_force_until))
    in_time = in_time and today <= last
  end
  return in_time
end

local function has_terms(s, kinds, today)
  local found = false
  for _, term in ipairs(s.contract.terms) do
    if lists.contains(kinds, given.need(term.kind)) then
      found = is_in_force(term, today) or found
    end
  end
  return found
end

local function missing_subjects(statement, required)
  local missing, covered = {}, {}
  for _, subject in ipairs(statement.clauses) do
    covered[subject] = true
  end
  for _, subject in ipairs(required) do
    if not covered[subject] then
      table.insert(missing, subject)
    end
  end
  return missing
end

local function check_subjects(statement, required)
  local missing = missing_subjects(statement, required)
  is_empty(statement.clauses) -- the place: the list, not its last entry
  ensure(#missing == 0, statement, {
    en = "the agreement does not cover: {subjects}",
    ja = "次の {count} 件の事項が契約で定められていません：{subjects}",
  }, { count = #missing, subjects = joined(missing, SUBJECTS) })
end

return {
  title      = {
    en = "Addressing security within supplier agreements",
    ja = "供給者との合意におけるセキュリティの取扱い",
  },
  severity   = "medium",
  owner      = { iad = "shared", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 15.1.2", "ISO/IEC 27001:2022 A.5.20", "IIJ-IAD012-0002 15.1.2", "IIJ-VDS051-0002 15.1.2",
  },
  tags       = { "contract", "responsibility", "attestation" },
  params     = statements.params(matrix.with_params{
    terms_iad = {
      type = "list", default = { "internet_service_terms" },
      doc = {
        en = "Kinds of terms of which one must be in force on IAD",
        ja = "いずれかが有効であるべき約款の種類（IAD）",
      },
      source = {
        en = "IIJ-IAD012-0002, clause 6.1.1",
        ja = "IIJ-IAD012-0002 6.1.1",
      },
    },
    terms_ctx = {
      type = "list", default = { "internet_service_terms", "solution_service_terms" },
      doc = {
        en = "Kinds of terms of which one must be in force on CTX",
        ja = "いずれかが有効であるべき約款の種類（CTX）",
      },
      source = {
        en = "IIJ-VDS051-0002: clause 6.1.1 names the one, its overview the other",
        ja = "IIJ-VDS051-0002（一方は 6.1.1、他方は概要に記載）",
      },
    },
    required_clauses = {
      type = "list",
      default = {
        "malware", "backup", "cryptography", "vulnerability", "incident", "compliance", "testing", "audit",
        "evidence", "data_at_termination", "access", "identity",
      },
      doc = {
        en = "Subjects that the agreement must cover",
        ja = "契約で定めるべき事項",
      },
      source = {
        en = "Subjects of the guidance of ISO/IEC 27017:2015 15.1.2",
        ja = "ISO/IEC 27017:2015 15.1.2 の手引きの項目",
      },
    },
  }),

  rules = {
    {
      id    = "contract-in-force", ref = "R1",
      title = {
        en = "The contract is in force",
        ja = "契約が有効期間内である",
      },
      fix   = {
        en = "Renew the contract, or correct its dates and its state as the portal shows them.",
        ja = "契約を更新するか、契約の日付と状態をポータルの表示に合わせて訂正してください。",
      },
      check = function(s, params, as_of)
        local today = statements.today(s, as_of)
        contract_end.need_running(s.contract, today)
        check_started(s, today)
        if has(s.contract, "ends_on") then
          check_last_day(today, s.contract, s.contract.ends_on, {
            en = "the term of the contract ended on {day}",
            ja = "契約期間が {day} に満了しています",
          })
        end
        check_termination(today, s.contract)
      end,
    },
    {
      id    = "terms-in-force", ref = "R1",
      title = {
        en = "The terms that govern the service are in force",
        ja = "サービスに適用される約款が有効である",
      },
      fix   = {
        en = "Find out which terms govern the contract today, and record their kind, version and dates.",
        ja = "現在適用されている約款を確認し、種類・版・適用期間を記録してください。",
      },
      check = function(s, params, as_of)
        local today = statements.today(s, as_of)
        contract_end.need_running(s.contract, today)
        for _, service in ipairs(statements.services(s)) do
          local kinds = service == "iad" and params.terms_iad or params.terms_ctx
          local found = has_terms(s, kinds, today)
          is_empty(s.contract.terms) -- the place: the list, not its last entry
          ensure(found, s.contract.terms, {
            en = "none of these terms is in force for {service}: {kinds}",
            ja = "{service} に適用される約款（{kinds}）に、有効なものがありません",
          }, { service = service, kinds = joined(kinds, KINDS) })
        end
      end,
    },
    {
      id    = "security-clauses", ref = "R2",
      title = {
        en = "The agreement covers the subjects of security",
        ja = "契約にセキュリティ条項が網羅されている",
      },
      fix   = {
        en = "Find the subjects that are named in terms, service documents or an individual agreement; agree on "
          .. "what is in none of them, and record it.",
        ja = "不足している事項を約款・サービスドキュメント・個別契約で確認し、定めがない場合は取り決めて記録してください。",
      },
      check = function(s, params, as_of)
        local judged = {} -- one may count for both services
        for _, statement in statements.counting(s, params, as_of, {
          clause = "15.1.2", party = "shared", part = "clauses",
        }) do
          if not judged[statement] then
            judged[statement] = true
            check_subjects(statement, params.required_clauses)
          end
        end
      end,
    },
    {
      id    = "matrix-sound", ref = "R3",
      title = {
        en = "The agreement's division of responsibilities is complete and free of contradictions",
        ja = "契約における責任範囲に漏れや矛盾がない",
      },
      fix   = {
        en = "Correct what is named and settle it with the provider; 6.1.1 tells the same in detail.",
        ja = "指摘された箇所を訂正し、責任区分を事業者と取り決めてください（詳細は 6.1.1 を参照）。",
      },
      check = function(s, params)
        matrix.check_all(s, params)
      end,
    },
  },
}
