-- 16.1.7 Collection of evidence
-- SPDX-License-Identifier: Apache-2.0
--
-- In its own area the customer collects evidence itself; what is in the provider's it asks for, case
-- by case. So the one thing is a procedure, and the other logs that are still there and unaltered
-- when an incident is noticed.

local clocks = use("clocks")
local given = use("given")
local logs = use("logs")
local reachable = use("reachable")
local statements = use("statements")

-- ---- contacts ----

local DESK = { en = "a desk of the provider's", ja = "事業者の問い合わせ窓口" }
local MANAGER = { en = "a person of the customer's for incidents", ja = "お客様のインシデント担当者" }

local FOR_INCIDENTS = { operation_manager = true, security = true }

local function ensure_one_active(s, what, is_wanted, as_of)
  local active, today = 0, statements.today(s, as_of)
  for _, contact in each(s.contacts, what, is_wanted) do
    if reachable.is_in_charge(contact, today) then
      active = active + 1
    end
  end
  is_empty(s.contacts)  -- read last: no single contact is at fault
  ensure(active > 0, s.contacts, {
    en = "there is nobody in charge: {what}",
    ja = "現在有効な担当がいません（{what}）",
  }, { what = what })
end

-- ---- integrity ----

local ALTERABLE_EXPORT = {
  en = "exported logs are not protected against alteration",
  ja = "退避したログに改ざん防止措置がありません",
}

local ALTERABLE_LOG = {
  en = "the {kind} is not protected against alteration where it arises, and no export keeps it long enough",
  ja = "{kind}は取得元での改ざん防止が無効で、必要な期間の退避もされていません",
}

local function keeps_long_enough(export, params)
  local days = export.retention_days
  return days ~= nil and (days == 0 or days >= params.evidence_days)
end

-- What is exported has to be safe there; what is not, or not for long enough, where it arises.
local function check_integrity(s, params)
  local export, exported = logs.export_of(s), 0
  for _, source in logs.to_keep(s, params.evidence_kinds) do
    local is_exported = logs.is_exported(export, source) and export.enabled == true
    exported = exported + (is_exported and 1 or 0)
    if not is_exported or not keeps_long_enough(export, params) then
      local kind = logs.kind_text(source.kind)
      ensure(source.immutable, source, ALTERABLE_LOG, { kind = kind })
    end
  end
  if exported > 0 then
    local integrity = given.need(export.integrity)
    ensure(integrity ~= "none", export, ALTERABLE_EXPORT)
  end
end

local function evidence_logs(s, params)
  local found = {}
  for _, source in logs.to_keep(s, params.evidence_kinds) do
    table.insert(found, source)
  end
  return found
end

return {
  title      = { en = "Collection of evidence", ja = "証拠の収集" },
  severity   = "medium",
  owner      = { iad = "shared", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 16.1.7", "ISO/IEC 27001:2022 A.5.28", "IIJ-IAD012-0002 16.1.7", "IIJ-VDS051-0002 16.1.7",
  },
  tags       = { "logging", "incident" },
  params     = statements.params(clocks.params{
    evidence_days = {
      type = "integer", default = 365, min = 1, max = 3650, unit = { en = "days", ja = "日" },
      doc = {
        en = "Days for which logs have to be there for an investigation",
        ja = "調査に必要なログの保存日数",
      },
      source = {
        en = "Ours: a year, since an intrusion is often noticed months later; the portal of CTX has 31 days",
        ja = "本パックの提案：侵入は数か月後に発覚することが多いため1年。CTX のポータルで確認できるのは 31 日"
          .. "分",
      },
    },
    evidence_kinds = {
      type = "list", default = { "security", "activity", "audit", "sign_in" },
      doc = {
        en = "Kinds of log that an investigation needs",
        ja = "調査に必要なログの種別",
      },
      source = {
        en = "Ours: the logs that tell who did what",
        ja = "本パックの提案：誰が何をしたかを示すログ",
      },
    },
  }),

  rules = {
    {
      id    = "provider-procedure", ref = "R1", owner = "provider", claimable = true,
      title = {
        en = "The provider states how it gives logs out as evidence",
        ja = "証拠となるログの提供方法を事業者が明らかにしている",
      },
      fix   = {
        en = "Ask the desk how evidence is requested and what it needs, and record the answer as an attestation.",
        ja = "ログ提供の依頼方法と必要事項を窓口に確認し、表明として記録してください。",
      },
      check = function(s, params, as_of)
        statements.ensure(s, params, as_of, "16.1.7", "provider")
      end,
    },
    {
      id    = "customer-procedure", ref = "R1", owner = "customer",
      title = {
        en = "The customer has a procedure to collect evidence in its own area",
        ja = "お客様の責任範囲における証拠収集の手順を定めている",
      },
      fix   = {
        en = "Write down who secures which logs in which order, and record it as an attestation with the document.",
        ja = "どのログを誰がどの順に保全するかを手順書に定め、文書を添えて表明として記録してください。",
      },
      check = function(s, params, as_of)
        statements.ensure(s, params, as_of, "16.1.7", "customer")
      end,
    },
    {
      id    = "evidence-contacts", ref = "R1", owner = "customer",
      title = {
        en = "It is known whom to ask for evidence, and who asks",
        ja = "証拠提供の依頼先と、お客様側の担当者が定まっている",
      },
      fix   = {
        en = "Enter the provider's desk and a person of your own for incidents among the contacts.",
        ja = "事業者の問い合わせ窓口と、自社のインシデント担当者を連絡先に登録してください。",
      },
      check = function(s, params, as_of)
        ensure_one_active(s, DESK, function(contact)
          return contact.kind == "enquiry_desk" and logs.is_of(contact, "provider")
        end, as_of)
        ensure_one_active(s, MANAGER, function(contact)
          return FOR_INCIDENTS[contact.kind] == true and logs.is_of(contact, "customer")
        end, as_of)
      end,
    },
    {
      id    = "evidence-kept", ref = "R2", owner = "customer",
      title = {
        en = "Logs are there for as long as an investigation needs them",
        ja = "調査に必要な期間のログが保全されている",
      },
      fix   = {
        en = "Switch on the log that is named where it is off, export it, and keep the export for evidence_days.",
        ja = "指摘されたログが無効の場合は有効にし、退避して evidence_days の日数保存してください。",
      },
      check = function(s, params)
        logs.check_recorded(s, params.evidence_kinds)
        logs.check_kept(s, params.evidence_kinds, params.evidence_days)
      end,
    },
    {
      id    = "evidence-integrity", ref = "R3", owner = "customer",
      title = {
        en = "Logs are protected against alteration",
        ja = "証拠となるログに改ざん防止措置がある",
      },
      fix   = {
        en = "Export to storage that cannot be overwritten (WORM), or sign the export as a chain of hashes.",
        ja = "上書きできないストレージ（WORM）に退避するか、ハッシュチェーンで改ざんを検知できるようにしてください。",
      },
      check = function(s, params)
        check_integrity(s, params)
      end,
    },
    {
      id    = "evidence-clock", ref = "R4", owner = "shared",
      title = {
        en = "The clocks behind these logs are synchronised",
        ja = "証拠となるログの取得元の時刻が同期している",
      },
      fix   = {
        en = "Mend the time source of the host that is named; see 12.4.4.",
        ja = "指摘されたホストの時刻源を見直してください（12.4.4 参照）。",
      },
      check = function(s, params, as_of)
        clocks.check_hosts_of(s, evidence_logs(s, params), params, as_of)
      end,
    },
  },
}
