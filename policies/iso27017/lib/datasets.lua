-- datasets.lua: the kinds of data that a service holds, and what they are called
-- SPDX-License-Identifier: Apache-2.0

local M = {}

local NAMES = {
  directory_objects     = { en = "directory objects", ja = "ディレクトリオブジェクト" },
  group_policy          = { en = "group policies", ja = "グループポリシー（GPO）" },
  dns_zones             = { en = "DNS zones", ja = "DNS ゾーン" },
  system_state          = { en = "system state", ja = "システム状態" },
  configuration_data    = { en = "configuration data", ja = "設定データ" },
  sync_configuration    = { en = "the configuration of Entra Connect", ja = "Entra Connect の設定" },
  event_logs            = { en = "event logs", ja = "イベントログ" },
  settings              = { en = "settings", ja = "設定" },
  profile_data          = { en = "profile data", ja = "プロファイルデータ" },
  master_image          = { en = "master images", ja = "マスターイメージ" },
  account_information   = { en = "account information", ja = "アカウント情報" },
  mail_information      = { en = "mail information", ja = "メール情報" },
  activity_log          = { en = "the activity log", ja = "アクティビティログ" },
  operator_log          = { en = "operators' work logs", ja = "作業ログ" },
  equipment_information = { en = "equipment information", ja = "設備情報" },
  contract_information  = { en = "contract information", ja = "契約情報" },
  support_records       = { en = "support records", ja = "サポート記録" },
}

-- The words for parameters: every kind that the model knows.
M.ALL = {}
for kind in pairs(NAMES) do
  table.insert(M.ALL, kind)
end
table.sort(M.ALL)

-- The Japanese names alone, for lib/words.lua.
M.JA = {}
for kind, name in pairs(NAMES) do
  M.JA[kind] = name.ja
end

function M.name(kind)
  return NAMES[kind] or { en = kind, ja = kind }
end

-- The kinds that a contract has: params.PREFIX_iad, params.PREFIX_ctx, as contracted. What only
-- Entra Connect has is left out where that option is not contracted.
function M.expected(s, params, prefix)
  local service, connect, found = s.contract.service, false, {}
  for _, option in ipairs(maybe_empty(s.contract.options)) do
    connect = connect or option == "entra_connect"
  end
  for _, one in ipairs(service == "both" and { "iad", "ctx" } or { service }) do
    for _, kind in ipairs(params[prefix .. "_" .. one]) do
      if connect or kind ~= "sync_configuration" then
        table.insert(found, { kind = kind, service = one })
      end
    end
  end
  return found
end

-- Whether something said to be of a service serves another one: "both" serves both.
function M.is_of(service, wanted)
  return service == wanted or service == "both"
end

return M
