-- 18.1.3 Protection of records
-- SPDX-License-Identifier: Apache-2.0
--
-- Both papers promise that nobody gets at records across contracts. What is kept, and for how long,
-- is asked in lib/logs.lua, as 12.4.1 asks it.

local given = use("given")
local lists = use("lists")
local logs = use("logs")
local statements = use("statements")

-- ---- whose records ----

local OF = {
  provider = { en = "a log that the provider keeps", ja = "事業者が保管するログ" },
  customer = { en = "a log that the customer keeps", ja = "お客様が保管するログ" },
}

local function of_party(s, party)
  return each(s.logging.sources, OF[party], function(source) return logs.is_of(source, party) end)
end

-- ---- readers and writers ----

-- Whether a role may read records: because it is privileged, or by its id or name.
local function may_read(role, params)
  if role.privileged then
    return true
  end
  for _, allowed in ipairs(params.record_reader_roles) do
    if text.same(allowed, role.id) or text.same(allowed, role.name) then
      return true
    end
  end
  return false
end

local STRANGER = {
  en = "the role {role} can read it, and is neither privileged nor meant for that",
  ja = "特権でも閲覧用でもないロール {role} が参照できます",
}

local function check_readers(readers, roles, params)
  for _, id in ipairs(readers) do
    local role = roles[id]
    if role ~= nil then
      local name, allowed = role.name, may_read(role, params)
      is_empty(readers)  -- read last: it decides
      ensure(allowed, readers, STRANGER, { role = name })
    end
  end
end

local READS_AND_WRITES = {
  en = "the {kind} is not immutable, and who reads it can alter or delete it: {roles}",
  ja = "{kind}は改ざん防止が無効で、参照できるロールが変更・削除もできます（{roles}）",
}

local function check_writers(source, roles)
  local kind, both = logs.kind_text(source.kind), {}
  for _, id in ipairs(maybe_empty(given.need(source.writers))) do
    if lists.contains(source.readers, id) then
      table.insert(both, roles[id] ~= nil and roles[id].name or id)
    end
  end
  local immutable = given.need(source.immutable)
  ensure(immutable or #both == 0, source, READS_AND_WRITES, { kind = kind, roles = table.concat(both, ", ") })
end

-- ---- the export ----

local HOLDS_LOGS = { event_logs = true, activity_log = true, operator_log = true }

-- Storage of CTX that holds records, exported or put there by the platform.
local function log_storage(s)
  local found = {}
  if s.contract.service == "iad" or not has(s, "azure") then
    return found
  end
  for _, account in ipairs(maybe_empty(s.azure.storage_accounts)) do
    if HOLDS_LOGS[account.purpose] then
      table.insert(found, account)
    end
  end
  return found
end

local function is_public(account)
  return given.need(account.public_blobs)
end

-- Nobody without a name gets at it.
local function check_storage(accounts)
  for _, account in ipairs(accounts) do
    ensure(not is_public(account), account, {
      en = "anybody can read the blobs of this storage account",
      ja = "このストレージアカウントの BLOB は匿名で読み取れます",
    })
  end
end

local function check_export(s, export, params)
  local encrypted = export.encrypted
  ensure(encrypted, export, {
    en = "exported records are not encrypted",
    ja = "退避した記録が暗号化されていません",
  })
  check_readers(export.readers, lists.by_id(s.identities.roles), params)
end

local function scope_rule(party)
  return {
    id    = party .. "-records-own-tenant", ref = "R1", owner = party,
    title = {
      en = "Logs that the " .. party .. " keeps hold records of this tenant alone",
      ja = (party == "provider" and "事業者" or "お客様") .. "が保管するログに他のテナントの記録が含まれていない",
    },
    fix   = party == "provider" and {
      en = "Report it to the provider as a security event at once: the promise is that records are kept apart.",
      ja = "契約間の分離が約束されているため、直ちに情報セキュリティ事象として事業者に報告してください。",
    } or {
      en = "Give each tenant a workspace of its own, or part the records by who may read them.",
      ja = "テナントごとにワークスペースを分けるか、記録の参照範囲をテナントごとに限定してください。",
    },
    check = function(s)
      if party == "customer" and lists.find(given.need(s.logging.sources), function(source)
        return logs.is_of(source, "customer")
      end) == nil then
        not_applicable({
          en = "the customer keeps no log of its own",
          ja = "お客様が保管するログがないため",
        })
      end
      for _, source in of_party(s, party) do
        logs.ensure_own_tenant(s, source)
      end
    end,
  }
end

local A_LOG = { en = "a log", ja = "ログ" }

local function all_sources(s)
  return each(s.logging.sources, A_LOG, function(source) return source.id ~= nil end)
end

return {
  title      = { en = "Protection of records", ja = "記録の保護" },
  severity   = "high",
  owner      = { iad = "provider", ctx = "shared" },
  when       = { service = { "iad", "ctx" } },
  references = {
    "ISO/IEC 27017:2015 18.1.3", "ISO/IEC 27001:2022 A.5.33", "IIJ-IAD012-0002 18.1.3", "IIJ-VDS051-0002 18.1.3",
  },
  tags       = { "logging", "retention", "isolation" },
  params     = statements.params{
    min_days = logs.PARAM_MIN_DAYS,
    count_today = logs.PARAM_COUNT_TODAY,
    logged_roles = logs.PARAM_LOGGED_ROLES,
    record_reader_roles = {
      type = "list",
      default = {
        "Event Log Readers", "Security Reader", "Global Reader", "Reports Reader", "Log Analytics Reader",
        "Monitoring Reader", "ログ閲覧者",
      },
      doc = {
        en = "Ids or names of roles that may read records besides privileged ones",
        ja = "特権ロールのほかに記録の参照を認めるロールの ID または名称",
      },
      source = {
        en = "Built-in roles of Windows, Entra and Azure that are made for it, and the usual name in Japanese",
        ja = "Windows、Entra、Azure にある該当の組み込みロールと、日本語での一般的な名称",
      },
    },
  },

  rules = {
    scope_rule("provider"),
    scope_rule("customer"),
    {
      id    = "isolation-stated", ref = "R1", owner = "provider", claimable = true, severity = "medium",
      title = {
        en = "The provider states that records cannot be reached across contracts",
        ja = "契約を超えて記録にアクセスできない仕組みを事業者が明らかにしている",
      },
      fix   = {
        en = "Record the provider's statement as an attestation, or accept its claim for 18.1.3.",
        ja = "事業者の説明を表明として記録するか、18.1.3 の事業者表明を受諾してください。",
      },
      check = function(s, params, as_of)
        statements.ensure(s, params, as_of, "18.1.3", "provider")
      end,
    },
    {
      id    = "record-readers", ref = "R2", owner = "customer", severity = "medium",
      title = {
        en = "Only roles that are meant for it can read records",
        ja = "記録を参照できるロールが限定されている",
      },
      fix   = {
        en = "Take the right to read away from the role, or name it in record_reader_roles if it is meant to read.",
        ja = "該当のロールから参照権限を外してください。閲覧用のロールであれば record_reader_roles に加えてください。",
      },
      check = function(s, params)
        local roles = lists.by_id(s.identities.roles)
        for _, source in all_sources(s) do
          check_readers(source.readers, roles, params)
        end
      end,
    },
    {
      id    = "record-writers", ref = "R2", owner = "shared",
      title = {
        en = "Who reads records cannot alter or delete them",
        ja = "記録を参照できるロールが記録を変更・削除できない",
      },
      fix   = {
        en = "Part the two rights, or protect the log against alteration until it expires.",
        ja = "参照と変更の権限を分けるか、保存期間中の改ざん防止を有効にしてください。",
      },
      check = function(s)
        local roles = lists.by_id(s.identities.roles)
        for _, source in all_sources(s) do
          check_writers(source, roles)
        end
      end,
    },
    {
      id    = "service-logs-kept", ref = "R3", owner = "provider", when = { service = "iad" },
      title = {
        en = "System, application and security logs of the service are stored",
        ja = "サービス設備のシステム・アプリケーション・セキュリティログが保存されている",
      },
      fix   = {
        en = "Have the log switched on; see 12.4.1, which asks the same.",
        ja = "該当のログを有効にしてください（12.4.1 と同じ判定です）。",
      },
      check = function(s, params)
        logs.check_channels(s, params)
      end,
    },
    {
      id    = "activity-log-kept", ref = "R3", owner = "provider", when = { service = "ctx" },
      title = {
        en = "The portal keeps the activity log for the promised days",
        ja = "ポータルのアクティビティログが所定の日数保存されている",
      },
      fix   = {
        en = "Ask the provider why the portal shows less than it promises; see 12.4.1, which asks the same.",
        ja = "保存日数が所定より短い理由を事業者に確認してください（12.4.1 と同じ判定です）。",
      },
      check = function(s, params, as_of)
        logs.check_activity(s, params, as_of)
      end,
    },
    {
      id    = "export-protected", ref = "R4", owner = "customer",
      title = {
        en = "Exported records are encrypted and kept from strangers",
        ja = "退避した記録が暗号化され、参照できるロールが限定されている",
      },
      fix   = {
        en = "Encrypt the store, forbid anonymous access to it, and leave reading to the roles that are meant for it.",
        ja = "保管先を暗号化し、匿名アクセスを禁止したうえで、参照を閲覧用のロールに限定してください。",
      },
      check = function(s, params)
        local export = logs.export_of(s)
        if export ~= nil then
          check_export(s, export, params)
        end
        local accounts = log_storage(s)
        if export == nil and lists.find(accounts, is_public) == nil then
          not_applicable({
            en = "the customer exports no logs",
            ja = "お客様によるログの退避がないため",
          })
        end
        check_storage(accounts)
      end,
    },
  },
}
