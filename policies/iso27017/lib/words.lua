-- words.lua: how the closed words of the model are read out in Japanese; in English they stay.
-- SPDX-License-Identifier: Apache-2.0

local M = {}

-- Authentication methods.
M.METHOD = {
  fido2 = "FIDO2", client_certificate = "クライアント証明書", windows_hello = "Windows Hello for Business",
  authenticator = "認証アプリ", totp = "ワンタイムパスワード（TOTP）", hardware_token = "ハードウェアトークン",
  sms = "SMS", voice = "音声通話", email_otp = "メールのワンタイムパスワード", security_questions = "秘密の質問",
  temporary_access_pass = "一時アクセス パス",
}

-- Where an account is registered.
M.SOURCE = {
  portal = "ポータル", ad = "Active Directory", entra = "Entra ID", citrix = "Citrix Cloud", azure = "Azure",
}

-- What a host does.
M.HOST_ROLE = {
  dc = "ドメインコントローラー", sync_server = "同期サーバー", admin_console = "管理コンソール",
  connector = "Cloud Connector", vda = "セッションホスト", master_image = "マスターイメージ",
  file_server = "ファイルサーバー", management = "管理サーバー", jump = "踏み台", log_server = "ログサーバー",
  other = "その他",
}

-- How a service starts, as Windows calls it.
M.START_MODE = {
  automatic = "自動", automatic_delayed = "自動（遅延開始）", manual = "手動", disabled = "無効",
}

-- Legacy protocols.
M.LEGACY = {
  smb1 = "SMBv1", ntlm1 = "NTLMv1", llmnr = "LLMNR", netbios = "NetBIOS 名前解決", powershell2 = "PowerShell 2.0",
}

-- Paths of screens, and what encrypts them.
M.SCREEN_PATH = {
  gateway_service = "ゲートウェイサービス経由", internal_direct = "社内からの直接接続", avd_gateway = "AVD ゲートウェイ経由",
  rdp_shortpath = "RDP Shortpath",
}
M.ENCRYPTION = {
  tls = "TLS", dtls = "DTLS", secure_hdx = "Secure HDX", secureica = "SecureICA", none = "なし",
}

-- As what data are kept.
M.STORED_AS = {
  primary = "原本", replica = "複製", backup = "バックアップ", log = "ログ", support = "サポート", metadata = "メタデータ",
}

-- How somebody is told, and in which language.
M.CHANNEL = { portal = "ポータル", mail = "メール", telephone = "電話", sms = "SMS", chat = "チャット" }
M.LANGUAGE = { ja = "日本語", en = "英語" }

function M.word(words, value)
  return value ~= nil and { en = value, ja = words[value] or value } or nil
end

-- A list in a sentence; words may be left out.
function M.list(values, words)
  local found = {}
  for i, value in ipairs(values) do
    found[i] = words ~= nil and words[value] or value
  end
  return { en = table.concat(values, ", "), ja = table.concat(found, "、") }
end

return M
